"""Reads one claim of an 837P: loops 2300 to 2430."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.claims.x12.elements import cents
from domain.claims.x12.professional.loops import ABSENT, Loop, Reading, find, parted
from domain.claims.x12.professional.read_names import address_of, ids_of, name_of, provider_of, some_address
from domain.claims.x12.professional.records import (
    Adjustment,
    Claim,
    Facility,
    Line,
    LineDecision,
    OtherInsurance,
)
from domain.claims.x12.segments import Segment


def claim_of(loops: Sequence[Loop], reading: Reading, **above: Any) -> Claim:
    """2300 and all below it, under the levels above it."""
    before, lines = parted(loops, lambda loop: loop.starts("LX"))
    own, others = parted(before, lambda loop: loop.starts("SBR"))
    top = own[0]
    top.label = "2300"
    clm = top.one("CLM")
    reading.claim = clm.at(1)
    claim = Claim(
        **above, **_clm(clm, reading), **_dates(top, reading),
        patient_paid_cents=reading.money_or_none(top, "F5") or 0,
        referral=top.said("REF", "9F"), authorization=top.said("REF", "G1"), original_reference=top.said("REF", "F8"),
        record_number=top.said("REF", "EA"), note=top.said("NTE", "ADD"),
        diagnoses=_coded(top, "ABK", "ABF"), conditions=_coded(top, "BG"),
        referrer=provider_of(find(own, "2310A", "NM1", "DN")), rendering=provider_of(find(own, "2310B", "NM1", "82")),
        facility=_facility(find(own, "2310C", "NM1", "77")), supervisor=provider_of(find(own, "2310D", "NM1", "DQ")),
        others=tuple(_other(some, reading) for some in others),
        lines=tuple(_line(some, number, reading) for number, some in enumerate(lines, 1)),
    )
    reading.unread(loops)
    return claim


def _clm(clm: Segment, reading: Reading) -> dict[str, Any]:
    return {
        "number": clm.at(1), "charge_cents": reading.money(clm, 2, "2300"), "place": clm.part(5, 1),
        "frequency": clm.part(5, 3), "signature": clm.at(6) == "Y", "assignment": clm.at(7),
        "benefits_assigned": clm.at(8), "release": clm.at(9),
        "causes": tuple(part for part in (clm.part(11, 1), clm.part(11, 2)) if part),
        "accident_state": clm.part(11, 4), "delay_reason": clm.at(20),
    }


def _dates(top: Loop, reading: Reading) -> dict[str, Any]:
    names = {"onset_on": "431", "first_treated_on": "454", "accident_on": "439", "last_period_on": "484",
             "admitted_on": "435", "discharged_on": "096"}
    found = {name: reading.day(top.one("DTP", qualifier), 3, "2300") for name, qualifier in names.items()}
    span = top.one("DTP", "314")
    if span is ABSENT:
        unable = reading.day(top.one("DTP", "360"), 3, "2300"), reading.day(top.one("DTP", "361"), 3, "2300")
    else:
        unable = reading.days(span, "2300")
    return found | {"unable_from": unable[0], "unable_to": unable[1]}


def _coded(top: Loop, *qualifiers: str) -> tuple[str, ...]:
    """The codes of an HI segment whose first says one of these qualifiers."""
    for place, segment in enumerate(top.left):
        if segment.tag == "HI" and segment.part(1, 1) in qualifiers:
            top.left.pop(place)
            parts = [segment.parts(number) for number in range(1, len(segment.elements))]
            return tuple(part[1] for part in parts if len(part) > 1)
    return ()


def _facility(loop: Loop) -> Facility | None:
    if loop.head is ABSENT:
        return None
    named = loop.one("NM1")
    return Facility(name=named.at(3), npi=named.at(9), address=some_address(loop), ids=ids_of(loop))


def _other(loops: Sequence[Loop], reading: Reading) -> OtherInsurance:
    top = loops[0]
    top.label = "2320"
    sbr, oi, moa = top.one("SBR"), top.one("OI"), top.one("MOA")
    holder, payer = find(loops, "2330A", "NM1", "IL"), find(loops, "2330B", "NM1", "PR")
    named, insurer = holder.one("NM1"), payer.one("NM1")
    return OtherInsurance(
        responsibility=sbr.at(1), relationship=sbr.at(2), group_number=sbr.at(3), group_name=sbr.at(4),
        insurance_type=sbr.at(5), filing=sbr.at(9), adjustments=_adjustments(top, reading),
        paid_cents=reading.money_or_none(top, "D"), not_covered_cents=reading.money_or_none(top, "A8"),
        left_cents=reading.money_or_none(top, "EAF"), benefits_assigned=oi.at(3), release=oi.at(6),
        remarks=tuple(moa.at(place) for place in range(3, 8) if moa.at(place)),
        name=name_of(named), member_id=named.at(9), address=address_of(holder), payer_name=insurer.at(3),
        payer_id=insurer.at(9), decided_on=reading.day(payer.one("DTP", "573"), 3, "2330B"),
        authorization=payer.said("REF", "G1"), claim_control=payer.said("REF", "F8"),
    )


def _line(loops: Sequence[Loop], number: int, reading: Reading) -> Line:
    top, decisions = loops[0], [loop for loop in loops[1:] if loop.starts("SVD")]
    top.label = "2400"
    if top.one("LX").at(1) != str(number):
        reading.fault("line_number", f"The line {number} is numbered otherwise", loop="2400", segment="LX", element="LX01")
    sv1 = top.one("SV1")
    first_day, last_day = reading.days(top.one("DTP", "472"), "2400")
    if first_day is None:
        reading.fault("no_day", f"Line {number} has no day of service", loop="2400", segment="DTP", element="DTP03")
    if sv1.at(3) not in {"UN", ""}:
        reading.fault("unit_kind", f"Line {number} counts {sv1.at(3)}, not units", loop="2400", segment="SV1",
                      element="SV103")
    return Line(
        first_day=first_day or date.min, last_day=last_day, code=sv1.part(1, 2), modifiers=_modifiers(sv1, 1),
        description=sv1.part(1, 7), charge_cents=reading.money(sv1, 2, "2400"),
        units=reading.count(sv1, 4, "2400", instead=0), place=sv1.at(5), pointers=_pointers(sv1, reading),
        emergency=sv1.at(9) == "Y", family_plan=sv1.at(12) == "Y", authorization=top.said("REF", "G1"),
        control=top.said("REF", "6R"), note=top.said("NTE", "ADD"),
        decisions=tuple(_decision(loop, reading) for loop in decisions),
    )


def _pointers(sv1: Segment, reading: Reading) -> tuple[int, ...]:
    said = [part for part in sv1.parts(7) if part]
    if any(not (part.isascii() and part.isdigit()) for part in said):
        reading.fault("bad_number", f"{sv1.at(7)} is not a list of pointers", loop="2400", segment="SV1", element="SV107")
        return ()
    return tuple(int(part) for part in said)


def _modifiers(segment: Segment, place: int) -> tuple[str, ...]:
    return tuple(part for part in segment.parts(place)[2:6] if part)


def _decision(loop: Loop, reading: Reading) -> LineDecision:
    loop.label = "2430"
    svd = loop.one("SVD")
    decided_on = reading.day(loop.one("DTP", "573"), 3, "2430")
    if decided_on is None:
        reading.fault("no_decision_day", "A decision on a line has no day", loop="2430", segment="DTP", element="DTP03")
    return LineDecision(
        payer_id=svd.at(1), paid_cents=reading.money(svd, 2, "2430"), code=svd.part(3, 2), modifiers=_modifiers(svd, 3),
        units=reading.count(svd, 5, "2430", instead=0), bundled_into=reading.count(svd, 6, "2430", instead=0),
        adjustments=_adjustments(loop, reading), decided_on=decided_on or date.min,
        left_cents=reading.money_or_none(loop, "EAF"),
    )


def _adjustments(loop: Loop, reading: Reading) -> tuple[Adjustment, ...]:
    found = []
    for cas in loop.all("CAS"):
        for reason, money, quantity in cas.starting(2, 3):
            amount = cents(money)
            if amount is None:
                reading.fault("bad_amount", f"{money or 'Nothing'} stands where an adjustment should", loop=loop.label,
                              segment="CAS", element="CAS03")
            found.append(Adjustment(cas.at(1), reason, amount or 0, int(quantity) if quantity.isdigit() else 0))
    return tuple(found)
