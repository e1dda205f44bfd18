"""A sheet to try pre-printed forms with: every box that matters typed full, moved as the practice's printer wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain import access, jobs
from domain.access import SignedIn
from domain.documents.claim_record import (
    Address,
    ClaimRecord,
    Insured,
    Patient,
    Payer,
    PersonName,
    ServiceLine,
    Site,
)
from domain.documents.cms1500 import cms1500_pdf
from domain.invoicing.shifting import printer_offset
from domain.invoicing.stored import StoredPdf

NOBODY = PersonName(last="ALIGNMENT", first="TEST", middle="X")
NOWHERE = Address(street="1 XXXXXXXXXXXXXXXXXXXXXXXX", city="XXXXXXXXXXXXXXXX", state="XX", zip="00000-0000",
                  phone="000-000-0000")
A_SITE = Site(name="XXXXXXXXXXXXXXXXXXXXXXXXX", npi="0000000000",
              address=replace(NOWHERE, city="XXXXXXXXXX"))


async def form_test(*, seen_by: SignedIn, on: date) -> StoredPdf:
    """The sheet, with nobody's name on it."""
    await access.require(seen_by)
    content = await jobs.workplace().off_loop(
        cms1500_pdf, test_record(on), form=False, offset=await printer_offset())
    return StoredPdf("Test sheet for pre-printed forms.pdf", content)


def test_record(on: date) -> ClaimRecord:
    """A claim of nobody; six lines, twelve diagnoses."""
    line = ServiceLine(first_day=on, place="11", code="00000", pointers="ABCD", charge_cents=88_888,
                       modifiers=("XX", "XX", "XX", "XX"), rendering_npi="0000000000")
    return ClaimRecord(
        account_number="TEST-SHEET",
        made_on=on,
        payer=Payer(name="TEST SHEET, NOT A CLAIM", kind="group", address=NOWHERE),
        patient=Patient(name=NOBODY, born_on=on, sex="F", address=NOWHERE),
        insured=Insured(member_id="XXXXXXXXXXXX", name=NOBODY, address=NOWHERE, group_number="XXXXXXXX",
                        born_on=on, sex="F", plan_name="XXXXXXXXXXXX"),
        patient_signature="TEST SHEET", patient_signed_on=on, insured_signature="TEST SHEET",
        diagnoses=("X00.0",) * 12, lines=(line,) * 6, authorization="XXXXXXXXXX",
        provider_signature="TEST SHEET", provider_signed_on=on,
        tax_id="00-0000000", facility=A_SITE, billing=A_SITE, paid_cents=88_888,
    )
