"""The Calendar: day, week, month and list of the appointments, live; make, move, mark and open them."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

from nicegui import PageArguments, app, ui

from domain import scheduling
from domain.access import SYSTEM, require
from domain.errors import NotSignedIn, PracticeError
from domain.reading import calendar as reading
from domain.reading.calendar import AppointmentLine
from domain.reading.calendar_setup import calendar_setup
from domain.scheduling import end_of, instant_of, wall_of
from ui import routes
from ui.answering import Answers, answering
from ui.calendar.finding import Finding, show_keys
from ui.calendar.legend import Legend
from ui.calendar.panel import AppointmentPanel
from ui.calendar.shown import View, shown_again
from ui.calendar.surface import Surface
from ui.calendar.toolbar import Toolbar
from ui.components import buttons
from ui.components.editing import try_it
from ui.components.empty import empty_state
from ui.components.letter_keys import LetterKeys
from ui.components.typed import time_text, weekday_text
from ui.dialogs.appointment import new_appointment
from ui.live import Announcement, Listening
from ui.together import Together
from ui.visit import Visit

FOLLOWED_SINGLY = 60  # above this it is quicker to read everything again
MASTERS = {"service_code", "provider", "appointment_type", "location", "practice"}
NONE: frozenset[int] = frozenset()
Touch = tuple[frozenset[int], frozenset[int]]  # ids of appointments and of sessions
LETTER_VIEWS: dict[str, View] = {"d": "day", "w": "week", "m": "month", "l": "list"}


async def read_changed(asked: Touch) -> dict[int, AppointmentLine | None]:
    """The lines that a change touches; each calendar asks for its own person's right to see them."""
    return await reading.touched(*asked, seen_by=SYSTEM)


changes = Together(read_changed)


async def calendar(visit: Visit, args: PageArguments) -> None:
    """The page; `?client=ID` opens New with that client, `?appointment=ID` shows that one."""
    page = Calendar(visit)
    await page.build()
    asked = args.query_parameters
    if (appointment := routes.number(asked.get("appointment", ""))) is not None:
        await page.show_appointment(appointment)
    elif (client := routes.number(asked.get("client", ""))) is not None:
        await new_appointment(visit, client_id=client)


class Calendar(Answers):
    """What one browser looks at."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    async def build(self) -> None:
        """Draw the page as it is read: header, calendar beside the panel, legend."""
        self.setup = await calendar_setup(seen_by=self.visit.user)
        kept = app.storage.user.get("calendar", {})
        self.shown = shown_again(kept, today=self.visit.today(), setup=self.setup)
        self.header()
        if not self.setup.providers:
            self.nobody_yet()
            return
        with ui.element("div").classes("sb-with-panel"):
            self.surface = Surface(
                self.visit, self.shown, self.setup, on_slot=self.slot_tapped, on_open=self.open, on_moved=self.moved,
                on_day=self.open_day,
            )  # fmt: skip
            self.panel = AppointmentPanel(self.visit, self.setup, on_close=lambda: self.surface.choose(None))
        self.legend = Legend(self.visit, self.shown.service_codes, on_change=self.show)
        self.keys = LetterKeys([*"tdwmln/?", "ArrowLeft", "ArrowRight"], self.pressed, letters=self.visit.letter_keys)
        Listening({"appointment", "session", "client", *MASTERS}, self.heard)
        await self.show()

    def header(self) -> None:
        """What is shown, and how to show something else."""
        menu = {
            "Block time": partial(self.new, kind="none"),
            "Find an appointment": self.find,
            "Import a calendar file": partial(self.visit.go, routes.IMPORT),
            "Keys": self.show_keys,
        }
        self.bar = Toolbar(
            self.visit, self.shown, self.setup, on_step=self.step, on_day=self.go_to_day, on_view=self.change_view,
            on_provider=self.change_provider, on_new=self.new, menu=menu,
        )  # fmt: skip
        self.visit.banner_place = ui.element("div").classes("sb-banner-place")

    def nobody_yet(self) -> None:
        """Before there is a provider there is nobody to book."""
        self.bar.write("Calendar")
        why = "Appointments are booked with a provider. Add the first one, then come back."
        with empty_state("No providers yet", why, drawing="empty-people"):
            buttons.primary("Add a provider", icon="plus", on_click=lambda: self.visit.go(routes.PROVIDERS))

    async def show(self) -> None:
        """Read and draw what is wished for now."""
        if await self.surface.show():
            self.legend.show(self.setup.service_codes)
            listed = self.shown.view == "list"
            self.legend.set_visibility(not listed or bool(self.shown.service_codes) or self.visit.is_demo)
            self.write_title()

    def write_title(self) -> None:
        """The days that are shown, in words."""
        used = {wall_of(line.starts_at, self.visit.zone).date() for line in self.surface.lines.values()}
        today, working = self.visit.today(), self.setup.working_days
        self.bar.write(self.shown.title(today=today, working_days=working, used=used))

    # ---- live ----

    async def heard(self, told: Announcement) -> None:
        """What was kept anywhere: the rows it touches are put in their place, everything else stays."""
        if MASTERS & told.keys():
            await self.follow_masters()
        asked = (told.get("appointment", NONE), told.get("session", NONE))
        lines = await self.what_changed(asked) if any(asked) else {}
        if clients := self.surface.touched_by(told.get("client", NONE)) - lines.keys():
            lines |= await reading.touched(clients, (), seen_by=self.visit.user)
        concerned = self.surface.concerns(lines)
        if len(concerned) > FOLLOWED_SINGLY:
            await self.show()
        elif concerned:
            await self.surface.follow(concerned)
            self.write_title()
        if self.panel.open_id in lines:
            await self.panel.show_again()

    async def what_changed(self, asked: Touch) -> dict[int, AppointmentLine | None]:
        """Read once for all calendars that heard of it; who is signed out gets nothing."""
        lines = await changes.ask(asked)
        try:
            await require(self.visit.user)
        except NotSignedIn:
            return {}
        return dict(lines)

    async def follow_masters(self) -> None:
        """Names, colors, hours or providers changed."""
        before, self.setup = self.setup, await calendar_setup(seen_by=self.visit.user)
        if before != self.setup:
            self.bar.follow(self.setup)
            self.panel.setup = self.setup
            self.legend.show(self.setup.service_codes)
            await self.surface.follow_setup(self.setup)

    # ---- what is shown ----

    async def step(self, count: int) -> None:
        """Back or forth."""
        self.shown.step(count)
        await self.show()

    async def go_to_day(self, day: date) -> None:
        """Another day, in the same view."""
        self.shown.day = day
        await self.show()

    async def open_day(self, day: date) -> None:
        """One day, providers side by side."""
        self.shown.day = day
        await self.change_view("day")

    async def change_view(self, view: View) -> None:
        """Day, week, month or list; remembered by this browser."""
        self.shown.view = view
        self.remember()
        await self.show()

    async def change_provider(self, provider_id: int | None) -> None:
        """One provider's, or all."""
        if provider_id != self.shown.provider_id:
            self.shown.provider_id = provider_id
            self.remember()
            self.surface.follow_provider()
            await self.show()

    def remember(self) -> None:
        """Keep view and provider for this browser's next visit: nothing of a client."""
        app.storage.user["calendar"] = self.shown.remembered()

    # ---- what is done ----

    @answering
    async def open(self, appointment_id: Any) -> None:
        """Details of one appointment in the panel."""
        if not await self.panel.may_leave():
            self.surface.choose(self.panel.open_id)
            return
        await self.panel.show(int(appointment_id))
        self.surface.choose(int(appointment_id))

    @answering
    async def show_appointment(self, appointment_id: int) -> None:
        """Go to an appointment's day and open it, whatever is filtered."""
        found = await reading.appointments([appointment_id], seen_by=self.visit.user)
        if found:
            self.shown.day = wall_of(found[0].starts_at, self.visit.zone).date()
            self.shown.service_codes.clear()
            if self.shown.provider_id not in {None, found[0].provider_id}:
                self.bar.provider.set_value(0)
            await self.show()
        await self.open(appointment_id)

    async def slot_tapped(self, start: datetime, end: datetime | None, resource_id: str | None) -> None:
        """An empty stretch: a new appointment there."""
        provider = int(resource_id) if resource_id else self.shown.provider_id
        await new_appointment(self.visit, start=start, end=end, provider_id=provider)

    async def new(self, _event: object = None, *, kind: str = "one") -> None:
        """A new appointment: at the first hour of another day that is shown, else soon."""
        start = None
        if self.shown.view == "day" and self.shown.day != self.visit.today():
            start = datetime.combine(self.shown.day, time(*divmod(self.setup.opens_minute, 60)))
        await new_appointment(self.visit, start=start, provider_id=self.shown.provider_id, kind=kind)

    @answering
    async def moved(self, event_id: str, start: datetime, end: datetime, resource_id: str) -> None:
        """A block was dragged: kept, or put back where it was with the reason."""
        line = self.surface.lines[int(event_id)]
        self.visit.clear_refusal()
        try:
            await self.move(line, start, end, int(resource_id or line.provider_id))
        except PracticeError:
            self.surface.grid.refuse(event_id)
            raise
        await self.tell_moved(line, start)

    async def move(self, line: AppointmentLine, start: datetime, end: datetime, provider_id: int) -> None:
        """Keep the new time and provider."""
        zone = self.visit.zone
        starts_at = instant_of(start.date(), start.time(), zone)
        ends_at = end_of(end.date(), end.time(), zone, after=starts_at)
        self.surface.mine.add(line.id)
        await scheduling.move(
            line.id, line.version, starts_at=starts_at, ends_at=ends_at, provider_id=provider_id,
            by=self.visit.user, now=self.visit.now(),
        )  # fmt: skip

    async def tell_moved(self, line: AppointmentLine, start: datetime) -> None:
        """Say where it is now and whom it meets there; one tap undoes it."""
        draft = await scheduling.draft_of(line.id, seen_by=self.visit.user)
        met = await scheduling.conflicts(draft, seen_by=self.visit.user)
        words = f"Moved to {weekday_text(start.date())}, {time_text(start)}" + "".join(f". {one.sentence}" for one in met[:1])

        async def back() -> None:
            moving = scheduling.move(
                line.id, draft.version, starts_at=line.starts_at, ends_at=line.ends_at, provider_id=line.provider_id,
                by=self.visit.user, now=self.visit.now(),
            )  # fmt: skip
            await try_it(self.visit, moving, "Moved back")

        self.visit.toast(words, action="Undo", on_action=back)

    # ---- keys ----

    async def pressed(self, key: str) -> None:
        """T today, arrows, D W M L, N new, / find, ? these keys."""
        if key in LETTER_VIEWS:
            await self.change_view(LETTER_VIEWS[key])
        elif key in {"ArrowLeft", "ArrowRight"}:
            await self.step(1 if key == "ArrowRight" else -1)
        elif key == "t":
            await self.go_to_day(self.visit.today())
        elif key == "n":
            await self.new()
        elif key == "/":
            self.find()
        else:
            self.show_keys()

    def find(self, _event: object = None) -> None:
        """Look for an appointment by name."""
        Finding(self.visit, on_choice=self.show_appointment).open()

    def show_keys(self, _event: object = None) -> None:
        """The list of keys."""
        show_keys(self.visit, on_switch=self.keys.allow_letters)
