"""Receipts: that a client's payment or refund was received or given back, drawn from the books as they stand."""

from __future__ import annotations

from datetime import date

from domain import access
from domain.access import SignedIn
from domain.claims.facts import PracticeFacts
from domain.client_sessions import METHODS
from domain.documents.account_records import PaidLine, ReceiptRecord
from domain.documents.receipt import receipt_pdf
from domain.documents.records import Party
from domain.errors import NotFound, PracticeError
from domain.invoicing.gathering import clients_of, practice_facts
from domain.invoicing.invoice import practice_block
from domain.invoicing.stored import StoredPdf
from domain.ledger.entries import items
from domain.reading.account import in_words
from domain.statements.gathering import brought_forward, parties_of, taken_back
from domain.statements.printing import printed
from domain.statements.shares import Persons, persons_of
from storage.models import Payment
from storage.open_items import paid_by


class TakenBack(PracticeError):
    """Money that was not received after all."""

    sentence = "This payment was taken back. There is no receipt for it."


class CameForward(PracticeError):
    """Money that the earlier program received."""

    sentence = "This credit was brought forward from your earlier program, which received the money. There is no receipt for it here."


class InsurersMoney(PracticeError):
    """An insurer's payment was told by the insurer itself."""

    sentence = "Receipts are for what clients paid. This came from an insurer."


async def receipt(payment_id: int, *, seen_by: SignedIn, on: date) -> StoredPdf:
    """The PDF; it is not kept. Raises NotFound, TakenBack, CameForward, InsurersMoney, FieldRefused."""
    await access.require(seen_by)
    practice = await practice_facts()
    record = await receipt_record(payment_id, practice, on=on)
    words = "Refund" if record.kind == "refund" else "Receipt"
    return await printed(receipt_pdf, record, practice, f"{words} {record.number} {record.party.name}")


async def receipt_record(payment_id: int, practice: PracticeFacts, *, on: date) -> ReceiptRecord:
    """What the receipt says. Raises NotFound, TakenBack, CameForward, InsurersMoney."""
    payment = await Payment.get_or_none(id=payment_id)
    if payment is None:
        raise NotFound(what="This payment")
    client_id: int | None = payment.client_id  # type: ignore[attr-defined]
    if payment.party != "client" or not client_id:
        raise InsurersMoney
    if await taken_back([payment_id]):
        raise TakenBack
    if await brought_forward([payment_id]):
        raise CameForward
    paid, invoices = await _paid(payment_id, on=on)
    invoiced_to = await parties_of(key for key, _ in invoices if key)
    persons = persons_of((await clients_of({client_id}))[client_id], invoiced_to.values())
    refund = payment.kind == "refund"
    return ReceiptRecord(
        kind="refund" if refund else "payment", number=str(payment_id), made_on=on, practice=practice_block(practice),
        party=_whose([(invoiced_to.get(key), cents) for key, cents in invoices], persons),
        client_name=persons.client.name, received_on=payment.received_on,
        method=METHODS.get(payment.method, payment.method), reference=payment.reference, cents=payment.cents, paid=paid,
        left_cents=0 if refund else payment.cents - sum(line.cents for line in paid), font_path=practice.extra_font)


async def _paid(payment_id: int, *, on: date) -> tuple[tuple[PaidLine, ...], list[tuple[int, int]]]:
    """What it paid in words, and how much of which invoice (0: of none)."""
    rows = await paid_by(payment_id=[payment_id])
    paid = {item: -cents for _, item, cents in rows}
    found = await in_words(await items(id=paid), today=on) if paid else []
    lines = tuple(PaidLine(day=one.day, what=one.what, document=one.document, cents=paid[one.id])
                  for one in sorted(found, key=lambda one: (one.day, one.id)))
    return lines, [(one.invoice_id or 0, paid[one.id]) for one in found]


def _whose(paid: list[tuple[Party | None, int]], persons: Persons) -> Party:
    """To whom the receipt is made out: whose invoices it paid most of, else the first who pays."""
    sums = [0] * len(persons.parties)
    for party, cents in paid:
        for at, part in enumerate(persons.parts(cents, party)):
            sums[at] += part
    return persons.parties[sums.index(max(sums))]
