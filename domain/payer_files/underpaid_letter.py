"""The letter to a payer about what it allowed short, from the books as they stand; it is not kept."""

from __future__ import annotations

from datetime import date

from domain.access import SignedIn
from domain.documents.records import Party
from domain.documents.underpaid import ShortLine, UnderpaidLetter, underpaid_pdf
from domain.errors import NotFound, PracticeError
from domain.invoicing.gathering import practice_facts
from domain.invoicing.invoice import practice_block
from domain.invoicing.stored import StoredPdf
from domain.reading.paid_right import paid_right
from domain.statements.printing import printed
from storage.models import Payer


class NothingShort(PracticeError):
    """A letter about nothing."""

    sentence = "{payer} allowed nothing short of its contract in the last year, so there is nothing to write about."


async def underpaid_letter(payer_id: int, *, on: date, seen_by: SignedIn) -> StoredPdf:
    """The PDF. Raises NotFound, NothingShort, FieldRefused."""
    payer = await Payer.get_or_none(id=payer_id)
    found = await paid_right(today=on, payer_id=payer_id, seen_by=seen_by)
    if payer is None:
        raise NotFound(what="This payer")
    if not found.short:
        raise NothingShort(payer=payer.name)
    practice = await practice_facts()
    record = UnderpaidLetter(
        made_on=on, practice=practice_block(practice), payer=party_of(payer), font_path=practice.extra_font,
        lines=tuple(ShortLine(
            on=line.day, patient_name=line.client_name, claim_number=line.claim_number, paid_on=line.paid_on,
            code=" ".join([line.code, *line.modifiers.split(",")]).strip(), expected_cents=line.expected_cents,
            allowed_cents=line.allowed_cents, trace_number=line.trace_number) for line in found.short))
    return await printed(underpaid_pdf, record, practice, f"Underpaid {payer.name}")


def party_of(payer: Payer) -> Party:
    """As an envelope has it."""
    last = ", ".join(part for part in (payer.city, f"{payer.state} {payer.zip}".strip()) if part)
    return Party(name=payer.name, lines=tuple(line for line in (payer.street, payer.street2, last) if line))
