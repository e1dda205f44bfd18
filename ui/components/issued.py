"""How an issued invoice or insurance form stands in a list: the id of its row, and its mark and word."""

from __future__ import annotations

from datetime import date

from domain.reading.documents import IssuedDocument
from ui.components import cells


def key_of(one: IssuedDocument) -> str:
    """The id of a document's row."""
    return f"{one.kind}-{one.id}"


def status_of(one: IssuedDocument) -> str:
    """Void, being drawn, sent, paid at the session, or issued."""
    if one.voided_at is not None:
        return cells.status_html("void")
    if not one.drawn:
        return cells.status_html("scheduled", "Being drawn")
    if one.sent:
        return cells.status_html("gone", f"Sent {short_day(one.sent.on)}")
    if one.kind == "invoice" and one.paid_cents >= one.total_cents:
        return cells.status_html("paid")
    return cells.status_html("invoiced", "Issued")


def short_day(on: date) -> str:
    """Oct 14."""
    return f"{on:%b} {on.day}"
