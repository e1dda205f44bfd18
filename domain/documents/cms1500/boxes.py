"""What goes into each field of a CMS-1500: the claim's values, written the NUCC's way."""

from collections.abc import Iterator
from datetime import date

from domain.documents.claim_record import Address, ClaimRecord, DatedFact, ServiceLine, Site, Span
from domain.documents.cms1500 import nucc
from domain.documents.cms1500.fields import Field, fields

Box = tuple[str, str]
DIAGNOSIS_LETTERS = "ABCDEFGHIJKL"
OTHER_CLAIM_ID = "Y4"
ICD_10 = "0"
UPPER_LINE = 23


def boxes(claim: ClaimRecord) -> list[Box]:
    """Every filled field with its text in full, by the key of its position."""
    parts = (
        _carrier,
        _patient,
        _condition,
        _insured,
        _other_insured,
        _signatures,
        _history,
        _diagnoses,
        _services,
        _provider,
    )
    return [(key, text) for part in parts for key, text in part(claim) if text]


def cut_fields(claim: ClaimRecord) -> list[tuple[Field, str]]:
    """Every field whose text is wider than the form allows, with the text in full; a mark is never cut."""
    known = fields()
    return [
        (known[key], text)
        for key, text in boxes(claim)
        if key in known and len(text) > known[key].width
    ]


def overflows(claim: ClaimRecord) -> list[str]:
    """A sentence for each field whose text is wider than the form allows and is cut."""
    return [
        f"Box {field.box}, {field.name}: “{text}” is cut after {field.width} characters"
        for field, text in cut_fields(claim)
    ]


def unprintable(claim: ClaimRecord) -> list[str]:
    """A sentence for each field with letters that a payer's reader does not know and the form can't print."""
    return [
        f"Box {fields()[key].box}, {fields()[key].name}: “{''.join(sorted(strange))}” can't be printed on the form"
        for key, text in boxes(claim)
        if (strange := {letter for letter in text if not " " <= letter <= "~"})
    ]


def _carrier(claim: ClaimRecord) -> Iterator[Box]:
    address = claim.payer.address
    yield "carrier.1", nucc.business(claim.payer.name)
    yield "carrier.2", nucc.street(Address(street=address.street))
    yield "carrier.3", nucc.street(Address(street=address.street2))
    yield "carrier.4", nucc.city_line(address)
    yield f"1.{claim.payer.kind}", "X"


def _patient(claim: ClaimRecord) -> Iterator[Box]:
    patient = claim.patient
    yield "2", nucc.last_first(patient.name)
    yield from _date("3", patient.born_on)
    yield from _sex("3", patient.sex)
    yield from _address("5", patient.address)
    if not medicare_first(claim):
        yield f"6.{patient.relationship}", "X"


def _condition(claim: ClaimRecord) -> Iterator[Box]:
    patient = claim.patient
    yield from _yes_no("10a", answer=patient.accident_at_work)
    yield from _yes_no("10b", answer=patient.accident_by_car)
    yield "10b.state", nucc.capitals(patient.accident_state)
    yield from _yes_no("10c", answer=patient.accident_other)
    yield "10d", nucc.capitals(patient.claim_codes)


def medicare_first(claim: ClaimRecord) -> bool:
    """Medicare Claims Processing Manual, chapter 26, 10.2: with nothing primary to it, 4, 6, 7 and 11a to 11d stay empty."""
    return claim.payer.kind == "medicare" and claim.rank == "primary"


def _insured(claim: ClaimRecord) -> Iterator[Box]:
    insured = claim.insured
    yield "1a", nucc.capitals(insured.member_id)
    if medicare_first(claim):
        yield "11", nucc.joined(insured.group_number)
        return
    yield "4", nucc.last_first(insured.name)
    yield from _address("7", insured.address)
    yield "11", nucc.joined(insured.group_number)
    yield from _date("11a", insured.born_on)
    yield from _sex("11a", insured.sex)
    yield "11b.qualifier", OTHER_CLAIM_ID if insured.other_claim_id else ""
    yield "11b", nucc.capitals(insured.other_claim_id)
    yield "11c", nucc.capitals(insured.plan_name)
    yield from _yes_no("11d", answer=claim.another_plan)


def _other_insured(claim: ClaimRecord) -> Iterator[Box]:
    if other := claim.other_insured:
        yield "9", nucc.last_first(other.name)
        yield "9a", nucc.joined(other.policy_number)
        yield "9d", nucc.capitals(other.plan_name)


def _signatures(claim: ClaimRecord) -> Iterator[Box]:
    yield "12.signature", nucc.capitals(claim.patient_signature)
    yield "12.date", nucc.in_one(claim.patient_signed_on)
    yield "13.signature", nucc.capitals(claim.insured_signature)


def _history(claim: ClaimRecord) -> Iterator[Box]:
    yield from _dated("14", claim.onset)
    yield from _dated("15", claim.other_date)
    yield from _span("16", claim.unable_to_work)
    if referrer := claim.referrer:
        yield "17.qualifier", referrer.qualifier
        yield "17.name", nucc.first_last(referrer.name, referrer.credentials)
        yield "17a.qualifier", nucc.capitals(referrer.other_id_qualifier)
        yield "17a", nucc.joined(referrer.other_id)
        yield "17b", nucc.joined(referrer.npi)
    yield from _span("18", claim.in_hospital)
    yield from _additional(nucc.capitals(claim.additional))
    yield from _yes_no("20", answer=claim.outside_lab)
    yield "20.charges", " ".join(nucc.money(claim.outside_lab_cents)) if claim.outside_lab else ""


def _additional(text: str) -> Iterator[Box]:
    """Item 19 has 48 characters, and the 23 to the right of its caption for what does not fit."""
    if len(text) <= fields()["19.lower"].width:
        yield "19.lower", text
        return
    cut = text.rfind(" ", 0, UPPER_LINE + 1) if " " in text[: UPPER_LINE + 1] else UPPER_LINE
    if len(text) - cut > fields()["19.lower"].width:
        cut = UPPER_LINE
    yield "19.upper", text[:cut]
    yield "19.lower", text[cut:].strip()


def _diagnoses(claim: ClaimRecord) -> Iterator[Box]:
    yield "21.icd", ICD_10 if claim.diagnoses else ""
    for letter, code in zip(DIAGNOSIS_LETTERS, claim.diagnoses, strict=False):
        yield f"21.{letter}", nucc.diagnosis(code)
    yield "22.code", nucc.capitals(claim.resubmission_code)
    yield "22.reference", nucc.capitals(claim.original_reference)
    yield "23", nucc.joined(claim.authorization)


def _services(claim: ClaimRecord) -> Iterator[Box]:
    for number, line in enumerate(claim.lines, start=1):
        yield from _service(number, line)


def _service(number: int, line: ServiceLine) -> Iterator[Box]:
    yield f"24.{number}.supplement", nucc.capitals(line.supplement)
    for side, on in (("from", line.first_day), ("to", line.last_day or line.first_day)):
        month, day, year = nucc.month_day_year(on)
        yield from _keyed(f"24A.{number}.{side}", mm=month, dd=day, yy=year[-2:])
    yield f"24B.{number}", nucc.capitals(line.place)
    yield f"24C.{number}", "Y" if line.emergency else ""
    yield f"24D.{number}.code", nucc.joined(line.code)
    for place, modifier in enumerate(line.modifiers, start=1):
        yield f"24D.{number}.modifier{place}", nucc.capitals(modifier)
    yield f"24E.{number}", nucc.joined(line.pointers)
    yield from _money(f"24F.{number}", line.charge_cents)
    yield f"24G.{number}", str(line.units)
    yield f"24H.{number}", nucc.capitals(line.family_plan)
    yield f"24I.{number}", nucc.capitals(line.rendering_id_qualifier)
    yield f"24J.{number}.id", nucc.joined(line.rendering_id)
    yield f"24J.{number}.npi", nucc.joined(line.rendering_npi)


def _provider(claim: ClaimRecord) -> Iterator[Box]:
    yield "25", nucc.joined(claim.tax_id)
    yield f"25.{claim.tax_id_kind.lower()}", "X" if claim.tax_id else ""
    yield "26", nucc.joined(claim.account_number)
    yield from _yes_no("27", answer=claim.accept_assignment)
    yield from _money("28", claim.total_cents)
    yield from _money("29", claim.paid_cents)
    yield "31.signature", nucc.capitals(claim.provider_signature)
    yield "31.date", nucc.in_one(claim.provider_signed_on)
    if claim.facility:
        yield from _site("32", claim.facility)
    yield from _site("33", claim.billing)
    area, number = nucc.phone(claim.billing.address.phone)
    yield from _keyed("33", area_code=area, phone=number)


def _site(box: str, site: Site) -> Iterator[Box]:
    yield f"{box}.name", nucc.business(site.name)
    yield f"{box}.street", nucc.street(site.address)
    yield f"{box}.city", nucc.city_line(site.address)
    yield f"{box}a", nucc.joined(site.npi)
    yield f"{box}b", nucc.joined(site.other_id)


def _address(box: str, address: Address) -> Iterator[Box]:
    area, number = nucc.phone(address.phone)
    yield from _keyed(box, street=nucc.street(address), city=nucc.city(address), state=nucc.capitals(address.state))
    yield from _keyed(box, zip=nucc.zip_code(address), area_code=area, phone=number)


def _date(box: str, on: date | None) -> Iterator[Box]:
    month, day, year = nucc.month_day_year(on)
    yield from _keyed(box, mm=month, dd=day, yyyy=year)


def _dated(box: str, fact: DatedFact | None) -> Iterator[Box]:
    if fact:
        yield from _date(box, fact.on)
        yield f"{box}.qualifier", fact.qualifier


def _span(box: str, span: Span) -> Iterator[Box]:
    yield from _date(f"{box}.from", span.first_day)
    yield from _date(f"{box}.to", span.last_day)


def _money(box: str, cents: int) -> Iterator[Box]:
    dollars, rest = nucc.money(cents)
    yield from _keyed(box, dollars=dollars, cents=rest)


def _sex(box: str, sex: str) -> Iterator[Box]:
    if sex:
        yield f"{box}.{sex.lower()}", "X"


def _yes_no(box: str, *, answer: bool | None) -> Iterator[Box]:
    if answer is not None:
        yield f"{box}.{'yes' if answer else 'no'}", "X"


def _keyed(box: str, **texts: str) -> Iterator[Box]:
    for part, text in texts.items():
        yield f"{box}.{part}", text
