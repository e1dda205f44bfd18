"""One press of Generate: its documents, how far drawing has come, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain import access
from domain.access import SignedIn
from storage.models import Claim, Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDocument:
    """An invoice or insurance form of the batch. `number` is the invoice's number or box 26; cents its total."""

    kind: Literal["invoice", "claim"]
    id: int
    number: str
    name: str
    payer_name: str
    total_cents: int
    drawn: bool


async def documents_of(batch_id: int, *, seen_by: SignedIn) -> list[MadeDocument]:
    """The batch's live documents: insurance forms by payer, then invoices by number; two queries."""
    await access.require(seen_by)
    claims = await Claim.filter(batch_id=batch_id, voided_at=None).order_by("payer__name", "id").values_list(
        "id", "account_number", "client__name", "payer__name", "total_cents", "sha256")
    invoices = await Invoice.filter(batch_id=batch_id, voided_at=None).order_by("number").values_list(
        "id", "number", "bill_to_name", "total_cents", "sha256")
    return [
        MadeDocument(kind="claim", id=key, number=number, name=name, payer_name=payer, total_cents=cents,
                     drawn=sha is not None)
        for key, number, name, payer, cents, sha in claims
    ] + [
        MadeDocument(kind="invoice", id=key, number=number, name=name, payer_name="", total_cents=cents,
                     drawn=sha is not None)
        for key, number, name, cents, sha in invoices
    ]
