"""What one browser looks at on the calendar: view, day, provider, Service Codes; and how that is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, cast

from domain.reading.calendar_setup import CalendarSetup
from ui.components.date_range import FULL_MONTHS

View = Literal["day", "week", "month", "list"]
VIEWS: dict[View, str] = {"day": "Day", "week": "Week", "month": "Month", "list": "List"}
FULL_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class Shown:
    """The state of one browser's calendar; view and provider are remembered, the day starts as today."""

    day: date
    view: View = "week"
    provider_id: int | None = None
    service_codes: set[int] = field(default_factory=set)
    week_starts: int = 1  # ISO weekday

    def days(self) -> tuple[date, date]:
        """The first day and the day after the last, whole weeks except in the day view."""
        if self.view == "day":
            return self.day, self.day + timedelta(days=1)
        if self.view != "month":
            return self._week_of(self.day), self._week_of(self.day) + timedelta(days=7)
        next_month = (self.day.replace(day=1) + timedelta(days=32)).replace(day=1)
        last_week = self._week_of(next_month - timedelta(days=1))
        return self._week_of(self.day.replace(day=1)), last_week + timedelta(days=7)

    def _week_of(self, day: date) -> date:
        return day - timedelta(days=(day.isoweekday() - self.week_starts) % 7)

    def step(self, count: int) -> None:
        """The next or previous day, week or month."""
        if self.view == "day":
            self.day += timedelta(days=count)
        elif self.view == "month":
            month = self.day.year * 12 + self.day.month - 1 + count
            self.day = date(month // 12, month % 12 + 1, 1)
        else:
            self.day += timedelta(days=7 * count)

    def title(self, *, today: date, working_days: Iterable[int], used: Iterable[date] = ()) -> str:
        """Wednesday, October 14; October 12 – 17, 2026; October 2026: the days that are really shown."""
        if self.view == "month":
            return f"{FULL_MONTHS[self.day.month - 1]} {self.day.year}"
        if self.view == "day":
            year = "" if self.day.year == today.year else f", {self.day.year}"
            return f"{FULL_WEEKDAYS[self.day.weekday()]}, {_month_day(self.day)}{year}"
        first, last = self._week_shown(set(working_days), set(used))
        if first.month == last.month:
            return f"{_month_day(first)} – {last.day}, {last.year}"
        year = "" if first.year == last.year else f", {first.year}"
        return f"{_month_day(first)}{year} – {_month_day(last)}, {last.year}"

    def _week_shown(self, working: set[int], used: set[date]) -> tuple[date, date]:
        start, end = self.days()
        week = [start + timedelta(days=number) for number in range((end - start).days)]
        open_days = [day for day in week if day.isoweekday() in working or day in used] or week
        return open_days[0], open_days[-1]

    def called(self, count: int) -> str:
        """What the arrows lead to, for those who hear it: Next week."""
        unit = {"day": "day", "week": "week", "month": "month", "list": "week"}[self.view]
        return f"{'Next' if count > 0 else 'Previous'} {unit}"

    def remembered(self) -> dict[str, Any]:
        """What this browser shows again next time."""
        return {"view": self.view, "provider": self.provider_id}


def shown_again(kept: dict[str, Any], *, today: date, setup: CalendarSetup) -> Shown:
    """As this browser left it; a provider archived since is left out."""
    view = kept.get("view") if kept.get("view") in VIEWS else "week"
    provider = kept.get("provider")
    return Shown(
        day=today,
        view=cast("View", view),
        provider_id=provider if provider in setup.providers else None,
        week_starts=setup.week_starts,
    )


def _month_day(day: date) -> str:
    return f"{FULL_MONTHS[day.month - 1]} {day.day}"
