"""Client Sessions: every session of a range, and the button that brings in the calendar's appointments."""

from __future__ import annotations

from datetime import datetime

from nicegui import PageArguments, ui

from domain import access, sending
from domain.access import SYSTEM
from domain.reading import sessions as reading
from domain.reading import to_invoice
from domain.reading.choices import choices
from domain.reading.sessions import SessionFilter, SessionLine
from domain.scheduling import day_bounds
from ui import clock, routes
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.buttons import count as count_badge
from ui.components.buttons import primary, quiet, standard
from ui.components.date_range import DateRangeBox, Days
from ui.components.empty import empty_state
from ui.components.fields import search_field, select_field
from ui.components.session_status import session_status
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import money_text, time_text, weekday_text
from ui.dialogs.client_session import edit_session, new_session
from ui.dialogs.send_to_billing import SendToBilling
from ui.live import Announcement, Listening
from ui.together import Together
from ui.visit import Visit

PAGE = 300
STATUSES = {"": "Any status", "ready": "Ready", "held": "On hold", "invoiced": "Invoiced"}
COLUMNS = (
    Column(name="number", label="No.", look="sb-3 sb-num", width="64px", folds=True),
    Column(name="when", label="Date and time", html=True, look="sb-num", width="188px", tablet_width="100px"),
    Column(name="client", label="Client", look="sb-name", sub="payer"),
    Column(name="service_code", label="Service Code", html=True, width="104px", tablet_width="92px"),
    Column(name="codes", label="Billing Codes", look="sb-num", width="124px", tablet_width="124px"),
    Column(name="amount", label="Amount", align="right", look="sb-num sb-strong", width="84px"),
    Column(name="payer", label="Payer", look="sb-2", width="124px", folds=True),
    Column(name="status", label="Status", html=True, width="92px", tablet_width="92px"),
)


async def count_waiting_in(bounds: tuple[datetime, datetime]) -> int:
    """How many appointments of a stretch could be sent; each page asks for its own person's right to know."""
    rows = await sending.listed(*bounds, seen_by=SYSTEM, now=clock.now())
    return sum(row.state in {"to_send", "without_code"} for row in rows)


waiting_in = Together(count_waiting_in)  # one reading, however many look at this page when something changes


async def client_sessions(visit: Visit, args: PageArguments) -> None:
    """The page; `?session=ID` opens an editor, `?new_for=CLIENT` a new session."""
    page = ClientSessions(visit)
    await page.build()
    asked = args.query_parameters
    if (number := routes.number(asked.get("session", ""))) is not None:
        await edit_session(visit, number)
    elif (client := routes.number(asked.get("new_for", ""))) is not None:
        await new_session(visit, client_id=client)


class ClientSessions(Answers):
    """What one browser looks at: range, provider, status, name."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.days = Days.month_of(visit.today())
        self.provider_id: int | None = None
        self.status, self.text, self.shown = "", "", PAGE
        self.lines: list[SessionLine] = []
        self.to_fix: dict[int, int] = {}  # how much is to fix, by session

    async def build(self) -> None:
        """Draw the page as it is read: header, filters, table."""
        self.choices = await choices(seen_by=self.visit.user)
        with self.visit.header("Client Sessions", acts_below=True):
            standard("New session", icon="plus", on_click=self.make_one)
            self.import_button = primary("Import Calendar Appointments", icon="calendar-arrow-down",
                                         on_click=self.import_appointments)
        self.filters()
        self.sessions_table()
        Listening({*to_invoice.SUBJECTS}, self.heard)
        Listening({"session", "appointment", "service_code", "billing_code"}, self.count_waiting)
        await self.reload()
        await self.count_waiting({})

    def filters(self) -> None:
        """Date range, provider, status, and a box to find a client."""
        with ui.element("div").classes("sb-toolbar"):
            DateRangeBox(self.days, today=self.visit.today(), on_change=self.show_days)
            select_field("Provider", {None: "All providers"} | self.choices.providers, None, searchable=False,
                         show_label=False, width="160px", on_change=self.show_provider)
            select_field("Status", STATUSES, "", searchable=False, show_label=False, width="128px",
                         on_change=self.show_status)
            search_field("Find a client", width="168px", on_change=self.find).frame.classes("sb-right")

    def sessions_table(self) -> None:
        """The rows, what stands there when there are none, and a way to more."""
        self.table = LongTable(COLUMNS, label="Client sessions", edits="Edit session", on_row=self.edit,
                               on_edit=self.edit).classes("sb-fill")
        self.nothing = ui.element("div").classes("sb-fill")
        self.more = quiet("Show more", on_click=self.show_more)

    async def show_days(self, days: Days) -> None:
        """Another range."""
        self.days, self.shown = days, PAGE
        await self.reload()

    async def show_provider(self, event: object) -> None:
        """One provider's, or all."""
        self.provider_id, self.shown = getattr(event, "value", None), PAGE
        await self.reload()

    async def show_status(self, event: object) -> None:
        """One status, or any."""
        self.status, self.shown = getattr(event, "value", "") or "", PAGE
        await self.reload()

    async def find(self, event: object) -> None:
        """Sessions of clients whose name holds the text."""
        self.text, self.shown = getattr(event, "value", "") or "", PAGE
        await self.reload()

    async def show_more(self) -> None:
        """The next rows."""
        self.shown += PAGE
        await self.reload()

    def asked(self) -> SessionFilter:
        """What is looked at."""
        return SessionFilter(start=self.days.start, end=self.days.end, provider_id=self.provider_id,
                             client_text=self.text, status=self.status)

    async def reload(self) -> None:
        """Read, then draw in one go."""
        await self.count_to_fix()
        self.lines = await reading.listed(self.asked(), seen_by=self.visit.user, limit=self.shown)
        total = await reading.count(self.asked(), seen_by=self.visit.user) if len(self.lines) == self.shown else 0
        self.table.set_rows([self.row(line) for line in self.lines])
        self.table.set_visibility(bool(self.lines))
        self.more.set_visibility(total > self.shown)
        self.more.set_text(f"Show more of {total:,} sessions")
        self.nothing.clear()
        self.nothing.set_visibility(not self.lines)
        if not self.lines:
            self.say_nothing_here()

    def say_nothing_here(self) -> None:
        """Why the list is empty, and the next step."""
        with self.nothing, empty_state(
            "No client sessions here",
            f"There are none in {self.days.text()}. Bring in the appointments that were held.",
        ):
            standard("Import Calendar Appointments", icon="calendar-arrow-down", on_click=self.import_appointments)

    async def heard(self, told: Announcement) -> None:
        """Changed elsewhere: one row is put in its place, more are read again."""
        ids = told.get("session", frozenset())
        if len(ids) == 1 and set(told) == {"session"} and self.table.row(next(iter(ids))) is not None:
            await self.count_to_fix()
            for line in await reading.some(ids, seen_by=self.visit.user):
                self.table.put(self.row(line), changed=True)
                return
        await self.reload()

    def row(self, line: SessionLine) -> TableRow:
        """One session as the table shows it."""
        starts = line.starts_at.astimezone(self.visit.zone)
        payer = {"insurance": line.payer_name, "unclear": "Two policies"}.get(line.billing.kind, "Self-pay")
        return {
            "id": line.id, "number": str(line.id),
            "when": cells.day_and_time(weekday_text(line.day), time_text(starts)),
            "client": line.client_name,
            "service_code": cells.chip_html(line.service_code, line.service_code_color) if line.service_code else "",
            "codes": line.codes, "amount": money_text(line.amount_cents), "payer": payer,
            "status": session_status(line.status, self.to_fix.get(line.id, 0)),
            "_name": f"session {line.id}, {line.client_name}",
        }

    async def count_to_fix(self) -> None:
        """What keeps sessions from being billed, by the grid's own rule; kept for all browsers."""
        self.to_fix = await to_invoice.reasons_to_fix(on=self.visit.today(), seen_by=self.visit.user)

    async def count_waiting(self, _told: Announcement) -> None:
        """How many of this month's appointments could be sent, as a number on the button."""
        await access.require(self.visit.user)
        month = Days.month_of(self.visit.today())
        waiting = await waiting_in.ask(day_bounds(month.start or self.visit.today(), month.end or self.visit.today(), self.visit.zone))
        for part in [part for part in self.import_button.descendants() if "sb-count" in part.classes]:
            part.delete()
        if waiting:
            with self.import_button:
                count_badge(waiting, f"{waiting} waiting")

    @answering
    async def import_appointments(self, _event: object = None) -> None:
        """Open Send to Billing over this page."""
        await SendToBilling(self.visit).open()

    @answering
    async def make_one(self, _event: object = None) -> None:
        """A session by hand."""
        await new_session(self.visit)

    @answering
    async def edit(self, session_id: int) -> None:
        """Open a session's editor."""
        await edit_session(self.visit, session_id)
