"""A box that says which days are shown, with the usual ranges one tap away."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from nicegui import ui

from ui.components import buttons, typed
from ui.components.menus import popover
from ui.components.segmented import Segmented
from ui.components.typed_fields import all_readable, date_field

FULL_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December")


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both shown; None is open."""

    start: date | None
    end: date | None

    @classmethod
    def month_of(cls, day: date) -> Self:
        """The whole calendar month of a day."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @classmethod
    def week_of(cls, day: date, *, starts_on: int = 0) -> Self:
        """Seven days from the practice's first day of the week (0 is Monday)."""
        first = day - timedelta(days=(day.weekday() - starts_on) % 7)
        return cls(first, first + timedelta(days=6))

    def text(self) -> str:
        """October 2026, Oct 5 – Oct 11, 2026, Wed, Oct 14, 2026, Up to Oct 14, 2026, or Any date."""
        if self.start is None or self.end is None:
            return self._open_text()
        if self == Days.month_of(self.start):
            return f"{FULL_MONTHS[self.start.month - 1]} {self.start.year}"
        if self.start == self.end:
            return f"{typed.weekday_text(self.start)}, {self.start.year}"
        return self.long_text()

    def long_text(self) -> str:
        """Oct 1 – Oct 31, 2026."""
        if self.start is None or self.end is None:
            return self._open_text()
        first = typed.day_text(self.start)
        if self.start.year == self.end.year:
            first = first.rsplit(",", 1)[0]
        return f"{first} – {typed.day_text(self.end)}"

    def _open_text(self) -> str:
        if self.start is not None:
            return f"From {typed.day_text(self.start)}"
        return "Any date" if self.end is None else f"Up to {typed.day_text(self.end)}"


def usual_ranges(today: date, *, week_starts_on: int = 0) -> dict[str, Days]:
    """The ranges people ask for, this month first."""
    last_month = today.replace(day=1) - timedelta(days=1)
    return {
        "This month": Days.month_of(today),
        "Last month": Days.month_of(last_month),
        "This week": Days.week_of(today, starts_on=week_starts_on),
        "Today": Days(today, today),
        "Up to today": Days(None, today),
    }


class DateRangeBox(buttons.Button):
    """The button with the range on it; its menu has presets and two dates. `on_change` gets the new `Days`."""

    def __init__(self, days: Days, *, today: date, presets: dict[str, Days] | None = None, long: bool = False,
                 on_change: Callable[[Days], Any] | None = None) -> None:
        super().__init__("", look="sb-standard sb-date-range", icon="calendar", icon_after="chevron-down", icon_size=16)
        self.days, self.today, self.long, self.on_change = days, today, long, on_change
        self.presets = presets or usual_ranges(today)
        self.strip: Segmented | None = None
        self.props("aria-haspopup=dialog")
        self.on("click", self._open)
        with self:
            self.menu = popover("Dates shown").classes("sb-bare").props('no-parent-event anchor="bottom left" self="top left"')
        self._write()

    def segments(self, names: Sequence[str]) -> Segmented:
        """The commonest presets beside the box, as a segmented control that follows it."""
        self.strip = Segmented({name: name for name in names}, self._preset(), label="Range", on_change=self._strip_tapped)
        return self.strip

    async def _strip_tapped(self, event: Any) -> None:
        if event.value is not None and self.presets[event.value] != self.days:
            await self._take(self.presets[event.value])

    def _preset(self) -> str | None:
        return next((name for name, days in self.presets.items() if days == self.days), None)

    def _write(self) -> None:
        words = self.days.long_text() if self.long else self.days.text()
        self.set_text(words)
        self.props["aria-label"] = f"Dates shown: {words}"

    def _open(self) -> None:
        self.menu.clear()
        with self.menu, ui.element("div").classes("sb-date-range-menu"):
            with ui.element("div").classes("sb-date-range-presets"):
                for name, days in self.presets.items():
                    preset = buttons.Button(name, look="", on_click=lambda _, days=days: self._take(days))
                    preset.props("align=left")
                    preset.props["aria-pressed"] = "true" if days == self.days else "false"
            with ui.element("div").classes("sb-date-range-dates") as self.dates:
                self.first = date_field("From", self.days.start, today=self.today)
                self.last = date_field("To", self.days.end, today=self.today)
                buttons.primary("Show these days", on_click=self._take_typed)
        self.menu.open()

    async def _take_typed(self) -> None:
        if not all_readable(self.dates):
            return
        start, end = self.first.value, self.last.value
        if start and end and end < start:
            self.last.say("The last day is before the first.")
            return
        await self._take(Days(start, end))

    async def _take(self, days: Days) -> None:
        self.menu.close()
        self.show(days)
        if self.on_change is not None:
            answer = self.on_change(days)
            if hasattr(answer, "__await__"):
                await answer

    def show(self, days: Days) -> None:
        """Write other days on the box without telling anyone."""
        self.days = days
        self._write()
        if self.strip is not None:
            self.strip.value = self._preset()
