"""Import a calendar file: whose it is and which days, what each event becomes, corrections, and the import itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from nicegui import ui

from domain.importing.calendar_file import CalendarFile, read_calendar
from domain.importing.calendar_preview import ImportRow, State, preview_calendar
from domain.importing.keeping import ImportedCalendar, Plan, keep_calendar
from domain.reading.calendar_setup import calendar_setup
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.date_range import DateRangeBox, Days
from ui.components.fields import check, select_field
from ui.components.pills import Pills
from ui.components.table import LongTable
from ui.importing.calendar_rows import COLUMNS, counts, pills, rows_of, with_same_subject
from ui.importing.correct_event import CorrectEvent
from ui.importing.parts import Progress, Running, counted, problems_table, result_card
from ui.visit import Visit

AHEAD = timedelta(days=92)


class CalendarImport(Answers):
    """One chosen file in one browser. Corrections are kept by title, also when other days are shown."""

    def __init__(self, visit: Visit, raw: bytes, *, place: ui.element, again: Callable[[], Any]) -> None:
        self.visit, self.raw, self.place, self.again = visit, raw, place, again
        today = visit.today()
        last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        self.days = Days(last_month, today + AHEAD)
        self.corrected: dict[str, ImportRow] = {}
        self.only: State | None = None

    async def open(self) -> None:
        """Read the file, then show what it holds. Raises NotACalendarFile."""
        self.setup = await calendar_setup(seen_by=self.visit.user)
        await self.read()
        self.place.clear()
        with self.place:
            self.toolbar()
            self.pills = Pills([], on_change=self.show_only).classes("sb-import-pills")
            self.problems_place = ui.element("div")
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(
                    COLUMNS, label="Events of the file", edits="Correct", on_row=self.correct, on_edit=self.correct,
                    on_act=lambda _act, place, _arg: self.correct(place),
                )  # fmt: skip
            self.bottom_bar()
        self.draw()

    async def read(self) -> None:
        """Read and match; off the event loop, since a large file takes a moment."""
        start, end = self.days.start or date.min, self.days.end or date.max
        self.file: CalendarFile = await asyncio.to_thread(read_calendar, self.raw, zone=self.visit.zone, start=start, end=end)
        self.preview = await preview_calendar(self.file, seen_by=self.visit.user)
        for row in self.preview.rows:
            if row.imported is None and (like := self.corrected.get(row.subject)):
                take_over(row, like)

    # ---- parts ----

    def toolbar(self) -> None:
        """Whose calendar, which days, and what its events are unless they say so."""
        setup = self.setup
        with ui.element("div").classes("sb-toolbar sb-import-toolbar"):
            self.provider = select_field("Whose calendar is it?", setup.providers, first_of(setup.providers), width="210px")
            with ui.element("div").classes("sb-field sb-days"):
                ui.label("Days").classes("sb-label")
                DateRangeBox(self.days, today=self.visit.today(), presets=ranges(self.visit.today()), on_change=self.show_days)
            self.type = select_field("Type, unless it names one", setup.types, setup.usual_type, width="210px")
            self.type.on_value_change(self.draw_rows)
            self.location = select_field("Place, unless it names one", setup.locations, first_of(setup.locations), width="210px")

    def bottom_bar(self) -> None:
        """What will be done, what is left out, and the button."""
        with ui.element("div").classes("sb-bottom-bar"):
            self.words = ui.label().classes("sb-total-words").props("role=status")
            self.without = check("Leave out those to fix", on_change=lambda _: self.draw_button())
            with ui.element("div").classes("sb-row sb-right"):
                buttons.standard("Another file", on_click=self.again)
                self.button = buttons.primary("Import", on_click=self.run)

    def draw(self) -> None:
        """Rows, pills and problems as they stand now."""
        found = counts(self.preview, self.visit.zone)
        self.pills.show(pills(found))
        self.draw_rows()
        self.problems_place.clear()
        with self.problems_place:
            problems_table(self.file.problems)
        self.draw_button()

    def draw_rows(self, _event: object = None) -> None:
        """The rows of the pressed pill, or all."""
        usual = self.setup.types.get(self.type.value or 0, "")
        self.table.set_rows(rows_of(self.preview, self.visit.zone, only=self.only, usual_type=usual))

    def draw_button(self) -> None:
        """How many are imported; what is to fix must be left out knowingly."""
        found = counts(self.preview, self.visit.zone)
        to_fix = found["to_fix"] + sum(problem.left_out for problem in self.file.problems)
        doing = found["new"] + found["changes"] + found["cancels"]
        self.without.set_visibility(bool(to_fix))
        self.without.set_text("Leave out the one with problems" if to_fix == 1 else f"Leave out the {to_fix:,} with problems")
        self.words.set_text(f"{counted(len(self.preview.rows), 'event')} in these days")
        self.button.set_text(f"Import {counted(doing, 'appointment')}" if doing else "Import" if found["left_alone"] else "Nothing to import")
        self.button.set_enabled(bool(doing or found["left_alone"]) and (not to_fix or bool(self.without.value)))

    # ---- what the person does ----

    async def show_days(self, days: Days) -> None:
        """Other days of the same file."""
        self.days = days
        await self.read()
        self.draw()

    def show_only(self, event: Any) -> None:
        """The rows of one pill, or all."""
        self.only = event.value
        self.draw_rows()

    def correct(self, place: Any) -> None:
        """Choose client, code and type of an event, and of all with its title."""
        if not isinstance(place, int) or self.preview.rows[place].imported is not None:
            return
        row = self.preview.rows[place]
        alike = list(with_same_subject(self.preview, row))
        CorrectEvent(self.visit, row, self.preview, count=len(alike), on_done=partial(self.take_correction, alike)).open()

    def take_correction(self, alike: list[ImportRow], like: ImportRow) -> None:
        """The same for all events of the title."""
        for row in alike:
            take_over(row, like)
        self.corrected[like.subject] = like
        self.draw()

    @answering
    async def run(self, _event: object = None) -> None:
        """Import; it goes on when the page is left."""
        if self.provider.value is None:
            self.provider.say("Choose whose calendar it is.")
            return
        plan = Plan(provider_id=self.provider.value, location_id=self.location.value, type_id=self.type.value)
        rows, gone, user, now = list(self.preview.rows), list(self.preview.taken_out), self.visit.user, self.visit.now()
        running = Running(len(rows))
        running.start(lambda tell: keep_calendar(rows, gone, plan, by=user, now=now, on_progress=tell))
        self.place.clear()
        with self.place:
            Progress(running, "events", on_over=self.show_result)

    def show_result(self, done: ImportedCalendar) -> None:
        """What came of it."""
        lines = [
            counted(len(done.changed), "appointment") + " changed" if done.changed else "",
            counted(len(done.canceled), "appointment") + " canceled" if done.canceled else "",
            counted(done.unchanged, "event") + " already imported and unchanged" if done.unchanged else "",
            counted(done.left_out, "event") + " left out" if done.left_out else "",
        ]
        self.place.clear()
        with self.place:
            result_card(
                self.visit, f"{counted(len(done.made), 'appointment')} imported", [line for line in lines if line],
                done.left_alone, onward="Open the calendar", to=routes.CALENDAR, again=self.again,
            )  # fmt: skip


def take_over(row: ImportRow, like: ImportRow) -> None:
    """The person's choices of one event for another of the same title."""
    row.client_id, row.without_client, row.left_out = like.client_id, like.without_client, like.left_out
    row.type_id, row.service_code_id = like.type_id, like.service_code_id


def first_of(choices: dict[int, str]) -> int | None:
    """The only or first one, to start with."""
    return next(iter(choices), None)


def ranges(today: date) -> dict[str, Days]:
    """What people bring in: a while back and ahead, this month, the year."""
    last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return {
        "Last month and three ahead": Days(last_month, today + AHEAD),
        "This month": Days.month_of(today),
        "From today on": Days(today, today + timedelta(days=366)),
        "This year": Days(today.replace(month=1, day=1), today.replace(month=12, day=31)),
    }
