"""Reads an 835 (005010X221A1) into payments, claims and service lines; whether they balance is judged apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from domain.claims.x12.amounts import cents, decimal
from domain.claims.x12.elements import from_day
from domain.claims.x12.refusals import OtherPayee, SegmentUnreadable
from domain.claims.x12.remitted import (
    Adjustment,
    Party,
    ProviderAdjustment,
    RemittedClaim,
    RemittedLine,
    RemittedPayment,
)
from domain.claims.x12.segments import Segment, Transaction, only, read_segments

GUIDE = "005010X221"
BETWEEN_CLAIMS = frozenset({"LX", "TS2", "TS3", "PLB", "SE"})
ANY = ""


def read_remittance(content: bytes) -> tuple[RemittedPayment, ...]:
    """Every payment of a file; a file that is no whole 835 is refused by one sentence."""
    found = only(read_segments(content), "835", GUIDE)
    return tuple(_payment(transaction, is_test=interchange.is_test) for interchange, _, transaction in found)


def by_payee(payments: Iterable[RemittedPayment], *, npis: Collection[str], tax_ids: Collection[str],
             ) -> tuple[tuple[RemittedPayment, ...], tuple[RemittedPayment, ...]]:
    """The payments to the practice or one of its providers, and the others; a file without any of ours is refused."""
    ids = {*npis, *(_digits(tax_id) for tax_id in tax_ids)} - {""}
    ours, others = list[RemittedPayment](), list[RemittedPayment]()
    for payment in payments:
        (ours if {payment.payee_npi, payment.payee_tax_id} & ids else others).append(payment)
    if others and not ours:
        named = others[0]
        raise OtherPayee(payee=named.payee.name or "another payee", id=named.payee_npi or named.payee_tax_id or "no id")
    return tuple(ours), tuple(others)


def _payment(transaction: Transaction, *, is_test: bool) -> RemittedPayment:
    blocks = _blocks(transaction)
    header = next(blocks)
    claims, adjusted = list[RemittedClaim](), list[ProviderAdjustment]()
    for block in blocks:
        if block[0].tag == "CLP":
            claims.append(_claim(block))
        elif block[0].tag == "PLB":
            adjusted += _provider_adjustments(block[0])
    return _header(header, is_test, tuple(claims), tuple(adjusted))


def _blocks(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """The header, then one block a claim and one for each segment between claims."""
    block = list[Segment]()
    for segment in segments:
        if block and (segment.tag == "CLP" or segment.tag in BETWEEN_CLAIMS):
            yield block
            block = []
        block.append(segment)
    yield block


def _header(header: Sequence[Segment], is_test: bool, claims: tuple[RemittedClaim, ...],
            adjusted: tuple[ProviderAdjustment, ...]) -> RemittedPayment:
    money, trace = _needed(header, "BPR"), _needed(header, "TRN")
    paid_on = from_day(money.at(16)) or _day_of(header, "405")
    if paid_on is None or not trace.at(2):
        missing = "number (TRN02)" if paid_on else "date (BPR16)"
        raise SegmentUnreadable(segment=money.position, what=f"nothing of the payment's {missing}")
    payer, payee = _loop(header, "PR"), _loop(header, "PE")
    to = _named(payee)
    return RemittedPayment(
        payer=_named(payer), payer_tax_id=trace.at(3), payer_contact=_contact(payer, "BL") or _contact(payer, "CX"),
        payee=to, payee_npi=to.id if to.id_kind == "XX" else "", payee_tax_id=_digits(_tax_id(to, payee)),
        trace_number=trace.at(2), paid_on=paid_on, cents=cents(money, 2), method=money.at(4), is_test=is_test,
        claims=claims, provider_adjustments=adjusted)


def _tax_id(to: Party, payee: Sequence[Segment]) -> str:
    return to.id if to.id_kind == "FI" else _reference(payee, "TJ")


def _claim(block: Sequence[Segment]) -> RemittedClaim:
    clp = block[0]
    first_line = next((at for at, segment in enumerate(block) if segment.tag == "SVC"), len(block))
    claim = block[:first_line]
    names = {segment.at(1): _person(segment) for segment in claim if segment.tag == "NM1"}
    return RemittedClaim(
        control_number=clp.at(1), status=clp.at(2), charge_cents=cents(clp, 3), paid_cents=cents(clp, 4),
        patient_cents=cents(clp, 5), filing_indicator=clp.at(6), payer_control_number=clp.at(7),
        place_of_service=clp.at(8), frequency=clp.at(9), patient=names.get("QC"), subscriber=names.get("IL"),
        corrected=names.get("74"), rendering=names.get("82"), forwarded_to=names.get("TT"),
        starts_on=_day_of(claim, "232"), ends_on=_day_of(claim, "233"), received_on=_day_of(claim, "050"),
        coverage_ended_on=_day_of(claim, "036"), authorization_number=_reference(claim, "G1"),
        adjustments=_adjustments(claim), amounts=tuple((a.at(1), cents(a, 2)) for a in claim if a.tag == "AMT"),
        remarks=_claim_remarks(claim), contact=_contact(claim, ANY), lines=tuple(_lines(block[first_line:])))


def _lines(segments: Sequence[Segment]) -> Iterator[RemittedLine]:
    starts = [at for at, segment in enumerate(segments) if segment.tag == "SVC"]
    for start, end in pairwise([*starts, len(segments)]):
        yield _line(segments[start:end])


def _line(block: Sequence[Segment]) -> RemittedLine:
    svc = block[0]
    allowed = next((cents(amount, 2) for amount in block if amount.tag == "AMT" and amount.at(1) == "B6"), None)
    starts_on = _day_of(block, "472") or _day_of(block, "150")
    return RemittedLine(
        code=svc.part(1, 2) or svc.part(1, 1), modifiers=_modifiers(svc, 1), submitted_code=svc.part(6, 2),
        submitted_modifiers=_modifiers(svc, 6), charge_cents=cents(svc, 2), paid_cents=cents(svc, 3),
        units=decimal(svc, 5, empty="1"),  # the guide: 1 when it was left out
        starts_on=starts_on, ends_on=_day_of(block, "151") or starts_on, control_number=_reference(block, "6R"),
        allowed_amount_cents=allowed, adjustments=_adjustments(block),
        remarks=tuple(remark.at(2) for remark in block if remark.tag == "LQ" and remark.at(1) == "HE"))


def _modifiers(svc: Segment, number: int) -> tuple[str, ...]:
    return tuple(modifier for modifier in svc.parts(number)[2:6] if modifier)


def _adjustments(segments: Iterable[Segment]) -> tuple[Adjustment, ...]:
    return tuple(
        Adjustment(cas.at(1), cas.at(first), cents(cas, first + 1), decimal(cas, first + 2) if cas.at(first + 2) else None)
        for cas in segments if cas.tag == "CAS" for first in range(2, len(cas.elements), 3) if cas.at(first))


def _provider_adjustments(plb: Segment) -> list[ProviderAdjustment]:
    return [ProviderAdjustment(plb.at(1), from_day(plb.at(2)), plb.part(at, 1), plb.part(at, 2), cents(plb, at + 1))
            for at in range(3, len(plb.elements), 2) if plb.at(at)]


def _claim_remarks(claim: Iterable[Segment]) -> tuple[str, ...]:
    """MOA03–07 of outpatient claims; MIA05 and MIA20–23 of inpatient ones."""
    places = {"MOA": range(3, 8), "MIA": (5, 20, 21, 22, 23)}
    return tuple(code for segment in claim for at in places.get(segment.tag, ()) if (code := segment.at(at)))


def _loop(header: Sequence[Segment], qualifier: str) -> list[Segment]:
    """N1 of a qualifier and what follows it up to the next N1."""
    found = list[Segment]()
    inside = False
    for segment in header:
        inside = segment.at(1) == qualifier if segment.tag == "N1" else inside
        if inside:
            found.append(segment)
    return found


def _named(loop: Sequence[Segment]) -> Party:
    return Party(loop[0].at(2), id_kind=loop[0].at(3), id=loop[0].at(4)) if loop else Party("")


def _person(nm1: Segment) -> Party:
    return Party(nm1.at(3), nm1.at(4), nm1.at(5), nm1.at(8), nm1.at(9))


def _contact(segments: Iterable[Segment], function: str) -> str:
    """Name and numbers of a PER, as the payer wrote them."""
    per = next((s for s in segments if s.tag == "PER" and function in {ANY, s.at(1)}), None)
    return ", ".join(text for at in (2, 4, 6, 8) if per and (text := per.at(at)))


def _reference(segments: Iterable[Segment], qualifier: str) -> str:
    return next((s.at(2) for s in segments if s.tag == "REF" and s.at(1) == qualifier), "")


def _day_of(segments: Iterable[Segment], qualifier: str) -> date | None:
    return next((from_day(s.at(2)) for s in segments if s.tag == "DTM" and s.at(1) == qualifier), None)


def _needed(header: Sequence[Segment], tag: str) -> Segment:
    found = next((segment for segment in header if segment.tag == tag), None)
    if found is None:
        raise SegmentUnreadable(segment=header[0].position, what=f"nothing of the payment ({tag})")
    return found


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
