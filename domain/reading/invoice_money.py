"""Whether an invoice is paid: what the books say of it now, not what it said when it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from storage.open_items import sums_of

Paid = Literal["open", "part paid", "paid", "settled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceMoney:
    """What became of an invoice's amount: paid, changed since (written off, or decided otherwise by an insurer), open."""

    total_cents: int
    paid_cents: int
    open_cents: int

    @property
    def changed_cents(self) -> int:
        """What nobody pays any more."""
        return self.total_cents - self.paid_cents - self.open_cents

    @property
    def state(self) -> Paid:
        """In a word; settled means that nothing is open and not all of it was paid."""
        if self.open_cents > 0:
            return "part paid" if self.paid_cents > 0 else "open"
        return "settled" if self.changed_cents > 0 else "paid"


async def money_of_invoices(totals: Mapping[int, int]) -> dict[int, InvoiceMoney]:
    """By invoice, of these with their totals: two queries, however many."""
    if not totals:
        return {}
    left = await sums_of("invoice_id", list(totals))
    paid = await sums_of("invoice_id", list(totals), kind="allocation")
    return {key: InvoiceMoney(total_cents=cents, paid_cents=-paid.get(key, 0), open_cents=left.get(key, 0))
            for key, cents in totals.items()}
