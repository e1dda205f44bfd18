"""How an open balance stands, as a red, blue or green mark with its word, and the payer's last words below."""

from __future__ import annotations

from domain.claims.life import State
from domain.reading.balances import BalanceRow
from domain.reading.claim_life import ClaimLife
from ui.components import cells
from ui.components.claim_course import MARKS
from ui.components.issued import short_day

RED: frozenset[State] = frozenset({"rejected", "denied", "reversed"})
GREEN: frozenset[State] = frozenset({"accepted", "paid"})


def state_html(row: BalanceRow) -> str:
    """Of an insurer the claim's state, of a client when it is due."""
    if row.life is not None:
        return claim_html(row.life)
    if row.first.payer_id is not None and row.first.claim_id is not None:
        return cells.status_html("on its way", "Not billed yet")
    if row.due_on is None or not row.is_due:
        return cells.status_html("scheduled", f"Due {short_day(row.due_on or row.today)}")
    return cells.status_html("unpaid", f"Due since {short_day(row.due_on)}")


def claim_html(one: ClaimLife) -> str:
    """Rejected, Sent, Accepted and so on, with the day: red is refused, green accepted or paid, blue on its way."""
    kind = "refused" if one.state in RED else "accepted" if one.state in GREEN else "on its way"
    return cells.status_html(kind, f"{MARKS[one.state][1]} {short_day(one.course.last.on)}")


def words_of(row: BalanceRow) -> str:
    """The payer's last words; without any, what the claim waits for."""
    return "" if row.life is None else last_words(row.life) or (row.life.needs[0].sentence if row.life.needs else "")


def last_words(one: ClaimLife) -> str:
    """What the payer or clearinghouse said last, with its codes."""
    said = next((step for step in reversed(one.course.steps) if step.state in {*RED, *GREEN, "forwarded"}), None)
    return " ".join(part for part in (said.code, said.words) if part) if said else ""
