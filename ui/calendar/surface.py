"""The surface of the Calendar page: what is shown is read in one go, and what others change is put in row by row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nicegui import ui

from domain.reading import calendar as reading
from domain.reading.calendar import AppointmentLine
from domain.reading.calendar_setup import CalendarSetup
from domain.scheduling import day_bounds, wall_of
from ui.calendar.blocks import COLUMNS, as_event, as_row, as_rows, of_month
from ui.calendar.shown import Shown
from ui.components.event_calendar import CalendarResource, EventCalendar
from ui.components.table import LongTable
from ui.visit import Visit

LINES_A_DAY = 4  # what a month has room for


class Surface(ui.element):
    """Day, week and month in a grid, the list in a table. `lines` are the appointments shown, by id."""

    def __init__(
        self,
        visit: Visit,
        shown: Shown,
        setup: CalendarSetup,
        *,
        on_slot: Callable[..., Any],
        on_open: Callable[[Any], Any],
        on_moved: Callable[..., Any],
        on_day: Callable[[date], Any],
    ) -> None:
        super().__init__("div")
        self.visit, self.shown, self.setup = visit, shown, setup
        self.lines: dict[int, AppointmentLine] = {}
        self.mine: set[int] = set()  # dragged here a moment ago: they need not light up
        self.classes("sb-work is-still")
        with self:
            self.grid = EventCalendar(
                view="week" if shown.view == "list" else shown.view, day=shown.day, now=self.wall_now(),
                hours=self.hours(), resources=self.columns(), week_starts_on=setup.week_starts - 1, on_slot=on_slot,
                on_event=on_open, on_moved=on_moved, on_more=on_day, on_day=on_day,
            )  # fmt: skip
            self.table = LongTable(COLUMNS, label="Appointments", on_row=on_open).classes("sb-fill")
            self.nothing = ui.label("No appointments in this week.").classes("sb-hint sb-padded")

    def wall_now(self) -> datetime:
        """What the practice's wall shows."""
        return wall_of(self.visit.now(), self.visit.zone)

    def hours(self) -> dict[int, tuple[int, int] | None]:
        """When the practice works, by weekday from Monday 0."""
        open_ = (self.setup.opens_minute, self.setup.closes_minute)
        return {day - 1: open_ if day in self.setup.working_days else None for day in range(1, 8)}

    def columns(self) -> list[CalendarResource]:
        """The providers side by side in the day."""
        return [
            CalendarResource(id=str(id_), name=name, initials="".join(part[0] for part in name.split()[:2]).upper())
            for id_, name in self.setup.providers.items()
            if self.shown.provider_id in {None, id_}
        ]

    def days(self) -> list[date]:
        """The days shown."""
        first, after = self.shown.days()
        return [date.fromordinal(number) for number in range(first.toordinal(), after.toordinal())]

    # ---- read, then draw ----

    async def show(self) -> bool:
        """Read and draw what is to be shown; False when a newer wish made this reading void."""
        asked = self.asked()
        if self.shown.view == "month":
            month = await self.read_month(self.days())
            lines, events = month.lines, of_month(month, self.visit.zone)
        else:
            lines = await self.read()
            events = [as_event(line, self.visit.zone) for line in lines]
        if asked != self.asked() or self.is_deleted:
            return False
        self.lines = {line.id: line for line in lines}
        if self.shown.view == "list":
            self.draw_list()
        else:
            self.grid.set_now(self.wall_now())
            self.grid.go_to(self.shown.view, self.shown.day, events)
        self.uncover()
        return True

    def asked(self) -> tuple[Any, ...]:
        """What is wished for now."""
        return self.shown.view, self.shown.day, self.shown.provider_id, frozenset(self.shown.service_codes)

    def uncover(self) -> None:
        """The part of this view is seen, the others not."""
        listed = self.shown.view == "list"
        self.grid.set_visibility(not listed)
        self.table.set_visibility(listed and bool(self.lines))
        self.nothing.set_visibility(listed and not self.lines)

    def draw_list(self) -> None:
        """The week's rows, scrolled to today."""
        today = self.visit.today()
        self.table.set_rows(as_rows(self.lines.values(), self.visit.zone, today=today))
        if self.table.row(f"day-{today.isoformat()}") is not None:
            self.table.show_row(f"day-{today.isoformat()}", edge="start")

    async def read(self) -> list[AppointmentLine]:
        """The appointments of the days shown."""
        days = self.days()
        start, end = day_bounds(days[0], days[-1], self.visit.zone)
        return await reading.appointments_between(
            start, end, provider_id=self.shown.provider_id, service_code_ids=self.shown.service_codes,
            seen_by=self.visit.user,
        )  # fmt: skip

    async def read_month(self, days: Iterable[date]) -> reading.Month:
        """The first few of each day, with the count of the rest."""
        return await reading.month(
            list(days), self.visit.zone, each_day=LINES_A_DAY, provider_id=self.shown.provider_id,
            service_code_ids=self.shown.service_codes, seen_by=self.visit.user,
        )  # fmt: skip

    # ---- what others change ----

    async def follow_setup(self, setup: CalendarSetup) -> None:
        """Names, colors, hours or providers changed."""
        before, self.setup = self.setup, setup
        if before.providers != setup.providers:
            self.grid.set_resources(self.columns())
        if self.hours() != self.grid.hours:
            self.grid.set_hours(self.hours())
        await self.show()

    def follow_provider(self) -> None:
        """Another provider is chosen: the day has other columns."""
        self.grid.set_resources(self.columns())

    def touched_by(self, clients: Collection[int]) -> set[int]:
        """The appointments shown of these clients."""
        return {line.id for line in self.lines.values() if not line.client_ids.isdisjoint(clients)}

    def concerns(self, lines: Mapping[int, AppointmentLine | None]) -> dict[int, AppointmentLine | None]:
        """Of what changed anywhere, what is shown here or is to be; None for what is not any more."""
        here = {id_: line if line is not None and self.belongs(line) else None for id_, line in lines.items()}
        return {id_: line for id_, line in here.items() if line is not None or id_ in self.lines}

    async def follow(self, lines: Mapping[int, AppointmentLine | None]) -> None:
        """Put or remove single rows; the rest of the screen stays as it is."""
        if self.shown.view == "month" and not all(self.stays(id_, line) for id_, line in lines.items()):
            await self.follow_in_month(lines)
            return
        for id_, line in lines.items():
            self.follow_one(id_, line)

    def stays(self, id_: int, line: AppointmentLine | None) -> bool:
        """Whether a row keeps its place: the day's order and count are the same."""
        had = self.lines.get(id_)
        return line is not None and had is not None and had.starts_at == line.starts_at

    def follow_one(self, id_: int, line: AppointmentLine | None) -> None:
        """One row of day, week or list; None when it is not there any more."""
        had = self.lines.pop(id_, None)
        changed = had != line and id_ not in self.mine
        self.mine.discard(id_)
        if line is not None:
            self.lines[id_] = line
        if self.shown.view == "list":
            self.follow_in_list(line, changed=changed)
        elif line is not None:
            self.grid.put(as_event(line, self.visit.zone), changed=changed)
        elif had is not None:
            self.grid.remove(str(id_))

    def follow_in_list(self, line: AppointmentLine | None, *, changed: bool) -> None:
        """The rows in their order; scroll stays."""
        in_order = sorted(self.lines.values(), key=lambda one: (one.starts_at, one.id))
        self.table.set_rows(as_rows(in_order, self.visit.zone, today=self.visit.today()))
        if line is not None:
            self.table.put(as_row(line, self.visit.zone), changed=changed)
        self.uncover()

    async def follow_in_month(self, lines: Mapping[int, AppointmentLine | None]) -> None:
        """The days from and to which something moved, with their counts."""
        zone = self.visit.zone
        touched = [one for id_, line in lines.items() for one in (self.lines.get(id_), line) if one is not None]
        days = {wall_of(line.starts_at, zone).date() for line in touched} & set(self.days())
        month = await self.read_month(days)
        events = {event.id: event for event in of_month(month, zone)}
        gone = [one.id for one in self.grid.events.values() if one.start.date() in days and one.id not in events]
        for event_id in gone:
            self.grid.remove(event_id)
        self.lines = {id_: line for id_, line in self.lines.items() if str(id_) not in gone}
        self.lines |= {line.id: line for line in month.lines}
        for event in events.values():
            if self.grid.events.get(event.id) != event:
                self.grid.put(event, changed=event.id.isdecimal() and int(event.id) in lines.keys() - self.mine)
        self.mine -= lines.keys()

    def belongs(self, line: AppointmentLine) -> bool:
        """Whether an appointment is among those to be shown."""
        days = self.days()
        start, end = day_bounds(days[0], days[-1], self.visit.zone)
        codes = self.shown.service_codes
        within = line.starts_at < end and line.ends_at > start
        return within and self.shown.provider_id in {None, line.provider_id} and (
            not codes or line.service_code_id in codes
        )

    def choose(self, appointment_id: int | None) -> None:
        """Ring the one whose details are open."""
        self.grid.choose(None if appointment_id is None else str(appointment_id))
        self.table.choose(appointment_id)
