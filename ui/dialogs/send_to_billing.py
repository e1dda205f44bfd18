"""Send to Billing: the pop-up that turns attended appointments into client sessions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from nicegui import ui

from domain import scheduling, sending
from domain.reading.choices import choices
from domain.reading.sessions import codes_text
from domain.scheduling import day_bounds
from domain.sending import Row, Sent, State
from ui import routes
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.banner import Banner
from ui.components.buttons import primary, quiet
from ui.components.date_range import DateRangeBox, Days
from ui.components.dialog import Dialog
from ui.components.empty import empty_state
from ui.components.fields import select_field
from ui.components.icons import svg
from ui.components.pills import Pill, Pills
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import day_text, money_text, time_text, weekday_text
from ui.dialogs.choose_codes import choose_codes
from ui.dialogs.sent import show_sent
from ui.live import Announcement, Listening
from ui.visit import Visit

WORDS: dict[State, str] = {
    "without_code": "without a code",
    "to_mark": "not marked attended",
    "to_send": "to send",
    "not_held": "not yet held",
    "billed": "already billed",
    "not_billable": "not billable",
}
ALWAYS = ("to_send", "billed", "not_billable", "without_code")
MENDS = {
    "session": "Open session {session}",
    "service_codes": "Change in Service Codes",
    "appointment_type": "Change the type",
    "practice": "Set the fee",
    "choose_code": "Choose a Service Code",
    "mark": "Mark attended",
    "appointment": "Open the appointment",
}
ASKS = {"without_code", "to_mark"}  # rows that wait for somebody, in amber
MARKS: dict[State, str] = {"billed": cells.lock_html(), "not_billable": svg("minus", 16), "not_held": svg("clock", 16)}
YEAR = timedelta(days=366)
PRESETS = ("This week", "This month", "Last month", "Up to today")
COLUMNS = (
    Column(name="type", label="Appointment Type", html=True, width="180px", tablet_width="124px"),
    Column(name="client", label="Client", look="sb-name", sub="provider"),
    Column(name="provider", label="Provider", look="sb-2", width="150px", folds=True),
    Column(name="when", label="Date and time", html=True, look="sb-num", width="190px", tablet_width="112px"),
    Column(name="codes", label="Billing Codes", html=True, look="sb-num", width="136px", tablet_width="184px", sub="source", sub_html=True),
    Column(name="amount", label="Amount", align="right", look="sb-num sb-strong", width="84px", tablet_width="84px"),
    Column(name="source", label="Codes from", html=True, look="sb-2", width="176px", folds=True),
)


class SendToBilling(Answers):
    """One open pop-up: its range, its rows, what is ticked on it."""

    def __init__(self, visit: Visit, *, after: Callable[[], Awaitable[None]] | None = None) -> None:
        self.visit, self.after = visit, after
        self.days = Days.month_of(visit.today())
        self.provider_id: int | None = None
        self.rows: list[Row] = []
        self.chosen: dict[int, list[int]] = {}
        self.sending = False

    async def open(self) -> None:
        """Read the month, then draw and open."""
        self.choices = await choices(seen_by=self.visit.user)
        with Dialog("Send to Billing", "Each appointment you send becomes one client session.", size="large",
                    flush=True) as self.dialog:
            with self.dialog.body:
                self.range_and_filters()
                self.news = ui.element("div")
                self.appointments_table()
            with self.dialog.foot:
                self.totals_and_buttons()
            Listening({"session", "appointment", "service_code", "billing_code", "client", "practice",
                       "appointment_type", "payer"}, self.heard)
        await self.reload()
        self.dialog.open()

    def range_and_filters(self) -> None:
        """The date range with its presets, the provider, and what the range holds."""
        with ui.element("div").classes("sb-toolbar is-bare"):
            box = DateRangeBox(self.days, today=self.visit.today(), long=True, on_change=self.show_days)
            box.segments(PRESETS)
            providers = {None: "All providers"} | self.choices.providers
            select_field("Provider", providers, None, searchable=False, show_label=False, width="150px",
                         on_change=self.show_provider).frame.classes("sb-right")
        with ui.element("div").classes("sb-toolbar is-bare is-last"):
            self.pills = Pills(label="What the range holds", on_change=self.draw)

    def appointments_table(self) -> None:
        """The rows, and the drawing that takes their place when there are none."""
        self.table = LongTable(
            COLUMNS, label="Appointments", ticks=True, row_height=37,
            tick_all_words="Select all appointments that can be sent",
            on_tick=self.count, on_act=self.act,
        ).classes("sb-fill")
        self.nothing = ui.element("div").classes("sb-fill")

    def totals_and_buttons(self) -> None:
        """How many and how much, and the two ways out."""
        with ui.element("div").classes("sb-left").props("aria-live=polite"):
            self.selected = ui.label().classes("sb-total-words")
            self.total = ui.label().classes("sb-total")
        quiet("Cancel", on_click=self.dialog.close)
        self.send_button = primary("Send to Billing", icon="send", on_click=self.send)

    async def show_days(self, days: Days) -> None:
        """Look at another range."""
        self.days = days
        await self.reload()

    async def show_provider(self, event: object) -> None:
        """Look at one provider's appointments, or at all."""
        self.provider_id = getattr(event, "value", None)
        await self.reload()

    def instants(self) -> tuple[datetime, datetime]:
        """The range in UTC, cut at the practice's midnights; an open end reaches a year from today."""
        today = self.visit.today()
        return day_bounds(self.days.start or today - YEAR, self.days.end or today + YEAR, self.visit.zone)

    async def reload(self) -> None:
        """Read what the range holds, then draw in one go."""
        start, end = self.instants()
        self.rows = await sending.listed(
            start, end, provider_id=self.provider_id, chosen=self.chosen, seen_by=self.visit.user, now=self.visit.now()
        )
        self.draw()

    async def heard(self, _told: Announcement) -> None:
        """Something changed elsewhere: read again, and say which rows someone else has sent."""
        if self.sending:
            return
        waiting = {row.visit.attendance_id for row in self.rows if row.state == "to_send"}
        await self.reload()
        gone = [row for row in self.rows if row.visit.attendance_id in waiting and row.state == "billed"]
        if gone:
            self.tell_gone(gone)

    def tell_gone(self, gone: list[Row]) -> None:
        """A line above the list, until it is closed."""
        names = ", ".join(row.visit.client_name for row in gone[:3]) + (" and others" if len(gone) > 3 else "")
        count = "1 appointment was" if len(gone) == 1 else f"{len(gone):,} appointments were"
        self.news.clear()
        with self.news:
            Banner(f"{count} just sent to billing by someone else and left this list: {names}.", tone="info")

    def draw(self, _event: object = None) -> None:
        """Show the rows of the pressed pill, or all in their groups."""
        held = {state: [row for row in self.rows if row.state == state] for state in WORDS}
        self.pills.show([
            Pill(key=state, count=len(held[state]), words=WORDS[state],
                 tone="warn" if state in ASKS and held[state] else "")
            for state in ("to_send", "billed", "not_billable", "without_code", "to_mark", "not_held")
            if held[state] or state in ALWAYS
        ])
        shown = [self.pills.value] if self.pills.value else list(WORDS)
        self.table.set_rows([line for state in shown for line in self.group(state, held[state])])  # type: ignore[index]
        self.say_if_empty(any(held[state] for state in shown))  # type: ignore[index]
        self.count()

    def group(self, state: State, rows: list[Row]) -> list[TableRow]:
        """A heading and its rows."""
        if not rows:
            return []
        asks = state in ASKS
        heading = {"id": f"group-{state}", "_group": f"{len(rows):,} {WORDS[state]}"}
        if asks:
            heading |= {"_tone": "warn", "_icon": svg("to-fix", 17)}
        return [heading, *(self.line(row) for row in rows)]

    def line(self, row: Row) -> TableRow:
        """One appointment as the table shows it."""
        visit = row.visit
        starts = visit.starts_at.astimezone(self.visit.zone)
        chip = (cells.chip_html(visit.service_code, visit.service_code_color, name=visit.service_code_name or visit.type_name)
                if visit.service_code else cells.no_code_html(visit.type_name))
        sent = row.state == "to_send"
        return {
            "id": visit.attendance_id or -visit.appointment_id,
            "type": chip,
            "client": visit.client_name, "provider": visit.provider_name,
            "when": cells.day_and_time(weekday_text(starts.date()), time_text(starts)),
            "codes": cells.text(codes_text([(code.code, code.modifiers) for code in row.codes])) if sent else "",
            "amount": money_text(row.amount_cents) if sent else "", "source": cells.text(source_words(row), "sb-hint") if sent else "",
            "_name": f"{visit.client_name}, {weekday_text(starts.date())}, {time_text(starts)}",
            "_can": sent, "_mark": MARKS.get(row.state, ""), "_rest": "" if sent else self.why_not(row), "_rest_from": "codes",
            "_tone": "warn" if row.state in ASKS else "" if sent else "muted",
        }

    def why_not(self, row: Row) -> str:
        """Why it is not sent, and its mend: a button where the row waits for somebody, else a quiet link."""
        words = self.mend_words(row)
        if not words:
            return cells.why(row.reason)
        return cells.why(row.reason, cells.button(words, row.mend) if row.state in ASKS else cells.link(words, row.mend))

    def mend_words(self, row: Row) -> str:
        """What a row's link is called."""
        return MENDS.get(row.mend, "").format(session=row.visit.session_id)

    def say_if_empty(self, anything: bool) -> None:
        """An empty range says so and offers the month before."""
        self.table.set_visibility(anything)
        self.nothing.set_visibility(not anything)
        self.nothing.clear()
        if not anything:
            with self.nothing:
                empty_state("No appointments here", f"Nothing stands in the calendar for {self.days.text()}.")

    def count(self) -> None:
        """The running total of rows and money."""
        ticked = [row for row in self.rows if row.visit.attendance_id in self.table.ticked]
        can = sum(row.state == "to_send" for row in self.rows)
        self.selected.set_text(f"{len(ticked):,} of {can:,} selected")
        self.total.set_text(money_text(sum(row.amount_cents for row in ticked)))
        self.send_button.set_enabled(bool(ticked) and not self.sending)

    @answering
    async def act(self, act: str, row_id: int, arg: str | None) -> None:
        """A row's own mend."""
        del arg
        row = next(row for row in self.rows if (row.visit.attendance_id or -row.visit.appointment_id) == row_id)
        if act == "choose_code":
            await self.choose(row)
        elif act == "mark":
            await scheduling.set_status(
                "completed", attendances=[row.visit.attendance_id or 0], by=self.visit.user, now=self.visit.now())
        else:
            self.visit.go(self.place_to_mend(act, row))

    async def choose(self, row: Row) -> None:
        """Give the appointment a service code, or this one send some billing codes."""
        picked = await choose_codes(self.choices, row.visit.client_name)
        attendance = row.visit.attendance_id
        if picked is None or attendance is None:
            return
        if picked.service_code_id:
            await scheduling.set_service_code(
                picked.service_code_id, attendances=[attendance], by=self.visit.user, now=self.visit.now())
        else:
            self.chosen[attendance] = picked.billing_code_ids
            await self.reload()

    def place_to_mend(self, act: str, row: Row) -> str:
        """Where a row's link leads."""
        visit = row.visit
        return {
            "session": routes.client_session(visit.session_id or 0),
            "service_codes": routes.master(routes.SERVICE_CODES, visit.service_code_id or 0),
            "appointment_type": routes.APPOINTMENT_TYPES,
            "practice": routes.PRACTICE + "?at=missed_visit_code",
        }.get(act, f"{routes.CALENDAR}?appointment={visit.appointment_id}")

    @answering
    async def send(self, _event: object = None) -> None:
        """Send what is ticked: once, however often it is tapped."""
        if self.sending or not self.table.ticked:
            return
        self.sending = True  # and so it stays once it is sent: a second tap, while the pop-up fades, sends nothing
        try:
            with self.send_button.busy("Sending…"):
                sent = await sending.send_to_billing(
                    sorted(self.table.ticked), chosen=self.chosen, by=self.visit.user, now=self.visit.now())
        except Exception:
            self.sending = False
            raise
        await self.finish(sent)

    async def finish(self, sent: Sent) -> None:
        """Give way to the result; a tab that was closed meanwhile needs none."""
        if self.dialog.is_deleted or self.dialog.client.is_deleted:
            return
        left_out = [row for row in self.rows if row.state != "to_send"] + sent.skipped
        with self.dialog.client.layout:
            self.dialog.close()
            await show_sent(self.visit, sent, left_out=left_out, open_again=self.open_again)
            if self.after is not None:
                await self.after()

    async def open_again(self, state: State) -> None:
        """The pop-up once more, at the rows that were left out."""
        again = SendToBilling(self.visit, after=self.after)
        again.days, again.provider_id, again.chosen = self.days, self.provider_id, self.chosen
        await again.open()
        again.pills.value = state

    def say(self, sentence: str, *, at: str = "") -> None:
        """In the pop-up itself, above the list."""
        del at
        self.news.clear()
        with self.news:
            Banner(sentence)


def source_words(row: Row) -> str:
    """Where the codes come from."""
    if row.codes_from == "last_saved" and row.copied_from:
        return f"Last session, {day_text(row.copied_from).rsplit(',', 1)[0]}"
    return {"service_code": "Service Code", "missed_visit": "Missed visit fee", "chosen": "Chosen here"}.get(row.codes_from, "")


