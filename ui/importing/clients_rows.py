"""The preview of a client list as rows: new, updated with what changes, unchanged, or a question who it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.importing.client_preview import Change, ClientRow, Outcome, Records, State, outcome_of, state_of
from domain.importing.client_row import ClientDraft
from ui.components import cells
from ui.components.pills import Pill
from ui.components.table import Column, Row
from ui.components.typed import day_text, money_text

COLUMNS = (
    Column(name="line", label="Line", look="sb-3 sb-num", width="64px", folds=True),
    Column(name="client", label="Client", look="sb-name", sub="policy"),
    Column(name="born", label="Birth date", look="sb-num sb-2", width="130px", tablet_width="120px"),
    Column(name="policy", label="Policy", look="sb-2", folds=True),
    Column(name="changes", label="What changes", look="sb-2", tablet_width="190px"),
    Column(name="then", label="What happens", html=True, width="132px", tablet_width="120px"),
)
THEN: dict[State, tuple[str, str]] = {
    "new": ("ready", "New"), "updated": ("ready", "Updated"), "unchanged": ("scheduled", "Unchanged"),
    "to_fix": ("to fix", "To fix"), "left_out": ("scheduled", "Left out"),
}  # fmt: skip
PILLS: dict[State, str] = {
    "to_fix": "to fix", "new": "new", "updated": "updated", "unchanged": "unchanged", "left_out": "left out",
}  # fmt: skip
Judged = tuple[int, ClientRow, Outcome, State]


def judged(rows: Sequence[ClientRow], records: Records) -> list[Judged]:
    """Every row with its place, what would be written and what becomes of it."""
    told = ((place, row, outcome_of(row, records)) for place, row in enumerate(rows))
    return [(place, row, outcome, state_of(row, outcome)) for place, row, outcome in told]


def pills(told: Sequence[Judged]) -> list[Pill]:
    """What the list holds, each a tap that shows those rows."""
    found = Counter(state for *_, state in told)
    return [
        Pill(key=state, count=found[state], words=words, tone="bad" if state == "to_fix" else "")
        for state, words in PILLS.items()
        if found[state]
    ]


def rows_of(told: Sequence[Judged], *, only: State | None) -> list[Row]:
    """The table's rows; those to fix first, since they ask for something."""
    wanted = [one for one in told if only in {None, one[3]}]
    return [_row(*one) for one in sorted(wanted, key=lambda one: one[3] != "to_fix")]


def _row(place: int, row: ClientRow, outcome: Outcome, state: State) -> Row:
    mark, word = THEN[state]
    return {
        "id": place,
        "line": str(row.draft.line),
        "client": row.draft.name,
        "born": day_text(row.draft.birth_date) if row.draft.birth_date else "",
        "policy": policies(row.draft),
        "changes": ", ".join(change.words for change in outcome.changes) if state == "updated" else "",
        "then": cells.status_html(mark, word),
        "_tone": "bad" if state == "to_fix" else "muted" if state in {"left_out", "unchanged"} else "",
        "_more": _more(place, row, outcome, state),
        "_name": row.draft.name,
    }


def _more(place: int, row: ClientRow, outcome: Outcome, state: State) -> str:
    if state == "to_fix":
        count = len(row.candidates)
        who = "a client of this name" if count == 1 else f"{count} clients of this name"
        return cells.reasons([(f"There is {who} already. Say whether it is the same person.", "Choose", str(place))])
    if state in {"left_out", "unchanged"} or not outcome.remarks:
        return ""
    return cells.reasons([(remark, "", "") for remark in outcome.remarks], tone="warn")


def policies(draft: ClientDraft) -> str:
    """Bluebell Health DEMO-0201, Old Oak Mutual."""
    return ", ".join(f"{one.insurance} {one.member_id}".strip() for one in draft.policies)


def in_words(change: Change) -> tuple[str, str, str]:
    """What changes, from what, to what, as people write it."""
    return change.words, _value(change.words, change.before), _value(change.words, change.after)


def _value(words: str, value: Any) -> str:
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, int) and "copay" in words:
        return money_text(value)
    if isinstance(value, int) and "coinsurance" in words:
        return f"{value / 100:g} %"
    return str(value or "")
