"""How an issued invoice or insurance form stands in a list: the id of its row, and its mark and word."""

from __future__ import annotations

from datetime import date

from domain.reading.documents import IssuedDocument
from domain.reading.invoice_money import InvoiceMoney, Paid
from ui.components import cells
from ui.components.typed import money_text


def key_of(one: IssuedDocument) -> str:
    """The id of a document's row."""
    return f"{one.kind}-{one.id}"


def status_of(one: IssuedDocument) -> str:
    """Void, being drawn, sent, or of an invoice how far it is paid."""
    if one.voided_at is not None:
        return cells.status_html("void")
    if not one.drawn:
        return cells.status_html("scheduled", "Being drawn")
    if one.sent:
        return cells.status_html("gone", f"Sent {short_day(one.sent.on)}")
    return paid_html(one.money) if one.money else cells.status_html("invoiced", "Issued")


MARKS_OF_PAID: dict[Paid, tuple[str, str]] = {
    "open": ("unpaid", "Open"), "part paid": ("unpaid", "Part paid"), "paid": ("paid", "Paid"), "settled": ("invoiced", "Settled"),
}


def paid_html(money: InvoiceMoney) -> str:
    """How far an invoice is paid, as the books have it."""
    return cells.status_html(*MARKS_OF_PAID[money.state])


def paid_facts(money: InvoiceMoney) -> dict[str, str]:
    """The same in amounts; what is nothing is left out, but not what is open."""
    amounts = {"Paid": money.paid_cents, "Written off or changed": money.changed_cents}
    return {words: money_text(cents) for words, cents in amounts.items() if cents} | {"Open": money_text(money.open_cents)}


def short_day(on: date) -> str:
    """Oct 14."""
    return f"{on:%b} {on.day}"
