"""What the calendar shows: appointments and blocked time in the practice's wall time, and the providers' columns."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from ui.components import typed
from ui.components.status import MARKS
from ui.theme import color_class

View = Literal["day", "week", "month"]

# The usual state has no label; only what differs is marked.
UNMARKED = {"", "scheduled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One block. `start` and `end` are naive, as the practice's clock shows them; `status` is a kind of `status.MARKS`."""

    id: str
    start: datetime
    end: datetime
    name: str
    resource_id: str = ""
    code: str = ""
    color: str = "Slate"
    status: str = ""
    status_word: str = ""  # for a word other than the mark's usual one
    locked: bool = False
    editable: bool = True
    kind: Literal["appointment", "blocked", "more"] = "appointment"
    more: int = 0  # of kind "more", in the month: how many of the day are not sent

    @property
    def canceled(self) -> bool:
        """Whether it is shown struck and dashed."""
        return self.status in {"canceled", "late"}

    @property
    def words(self) -> str:
        """What is marked beside the code, or nothing."""
        return "" if self.status in UNMARKED else self.status_word or MARKS[self.status][3]

    def spoken(self) -> str:
        """Rowan Applewick, 9:00 – 9:50 AM, IN60, Attended, sent to billing: what a block reads out as (blocks.js)."""
        parts = [self.name, typed.time_span_text(self.start, self.end), self.code, self.words,
                 "sent to billing" if self.locked else ""]
        return ", ".join(part for part in parts if part)

    def to_browser(self) -> dict[str, Any]:
        """The row as the browser draws it."""
        return {
            "id": self.id, "kind": self.kind, "start": local_text(self.start), "end": local_text(self.end),
            "resource": self.resource_id, "name": self.name, "code": self.code, "color": color_class(self.color),
            "status": "" if self.status in UNMARKED else self.status, "words": self.words, "canceled": self.canceled,
            "locked": self.locked, "editable": self.editable and not self.locked, "more": self.more,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarResource:
    """A provider's column in the day."""

    id: str
    name: str
    initials: str = ""

    def to_browser(self) -> dict[str, Any]:
        """The column as the browser draws it."""
        return asdict(self)


def local_text(moment: datetime) -> str:
    """2026-10-14T09:00, without a zone: the browser's own zone must not matter."""
    if moment.tzinfo is not None:
        raise ValueError("the calendar takes the practice's wall time, without a zone")
    return moment.strftime("%Y-%m-%dT%H:%M")


def shown_days(view: View, day: date, *, week_starts_on: int = 0) -> tuple[date, date]:
    """The first day shown and the day after the last; whole weeks, since a day with an appointment is never hidden."""
    if view == "day":
        return day, day + timedelta(days=1)
    first = day.replace(day=1) if view == "month" else day
    start = first - timedelta(days=(first.weekday() - week_starts_on) % 7)
    if view == "week":
        return start, start + timedelta(days=7)
    next_month = (first + timedelta(days=32)).replace(day=1)
    return start, next_month + timedelta(days=(week_starts_on - next_month.weekday()) % 7)
