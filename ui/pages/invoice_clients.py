"""Invoice Clients and Insurance: the sessions that wait, what each lacks, and the button that makes the papers."""

from __future__ import annotations

from datetime import date

from nicegui import PageArguments, ui

from domain.claims.reasons import Reason
from domain.invoicing import generate
from domain.reading import to_invoice
from domain.reading.choices import choices
from domain.reading.to_invoice import Total, WaitingSession
from ui import routes
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.banner import Banner
from ui.components.buttons import Button, primary, standard
from ui.components.date_range import DateRangeBox, Days
from ui.components.empty import empty_state
from ui.components.fields import search_field, select_field, text_area
from ui.components.segmented import Segmented
from ui.components.status import status_mark
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import MONTHS, money_text
from ui.dialogs.client_session import edit_session
from ui.dialogs.generate import Making
from ui.live import Announcement, Listening
from ui.visit import Visit

BILL_TO = {"insurance": "Insurance", "client": "Client", "unclear": "Choose"}
COLUMNS = (
    Column(name="status", label="Status", html=True, width="100px", tablet_width="96px"),
    Column(name="client", label="Client", look="sb-name", sub="who_pays"),
    Column(name="day", label="Date", look="sb-num", width="72px", tablet_width="64px"),
    Column(name="codes", label="Codes", look="sb-num", width="136px", tablet_width="120px"),
    Column(name="units", label="Units", align="right", look="sb-num", width="56px", folds=True),
    Column(name="fee", label="Fee", align="right", look="sb-num sb-strong", width="88px"),
    Column(name="bill_to", label="Bill to", look="sb-2", width="88px", folds=True),
    Column(name="payer", label="Payer", width="136px", folds=True),
    Column(name="diagnoses", label="Diagnoses", look="sb-num", width="108px", tablet_width="104px"),
)
MOST_TOTALS = 4


async def invoice_clients(visit: Visit, args: PageArguments) -> None:
    """The page; `?show=to_fix` opens it at the red rows."""
    page = InvoiceClients(visit)
    if args.query_parameters.get("show") == "to_fix":
        page.shown = "to_fix"
    await page.build()


class InvoiceClients(Answers):
    """What one browser looks at and has ticked."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.days = Days(None, visit.today())
        self.provider_id: int | None = None
        self.payer, self.text, self.shown, self.totals_by = "", "", "all", "payer"
        self.rows: list[WaitingSession] = []
        self.making = False

    async def build(self) -> None:
        """Header, filters, totals, grid, and the bar that acts."""
        self.choices = await choices(seen_by=self.visit.user)
        with self.visit.header("Invoice Clients and Insurance"):
            pass
        self.filters()
        self.news = ui.element("div")
        self.totals_place = ui.element("div").classes("sb-totals")
        self.grid()
        self.bottom_bar()
        Listening({"session", "client", "policy", "provider", "payer", "practice", "location"}, self.heard)
        await self.reload()

    def filters(self) -> None:
        """Days, client, payer, provider, and ready or to fix."""
        with ui.element("div").classes("sb-toolbar is-bare"):
            DateRangeBox(self.days, today=self.visit.today(), on_change=self.show_days)
            search_field("Find a client", width="136px", on_change=self.find)
            self.payer_box = select_field("Payer", {"": "All payers"}, "", searchable=False, show_label=False,
                                          width="132px", on_change=self.show_payer)
            select_field("Provider", {None: "All providers"} | self.choices.providers, None, searchable=False,
                         show_label=False, width="146px", on_change=self.show_provider).frame.classes("sb-desk-only")
            words = {"all": "All", "ready": "Ready", "to_fix": "To fix", "held": "On hold"}
            self.segments = Segmented(words, self.shown, label="Show", on_change=self.show_which)

    def grid(self) -> None:
        """The rows, or why there are none."""
        self.table = LongTable(
            COLUMNS, label="Sessions to invoice", ticks=True, edits="Edit session", on_tick=self.count,
            on_edit=self.edit, on_act=self.mend, tick_all_words="Select all sessions that are ready",
        ).classes("sb-fill")
        self.nothing = ui.element("div").classes("sb-fill")

    def bottom_bar(self) -> None:
        """Select All, how many and how much, the optional message, and Generate."""
        with ui.element("div").classes("sb-bottom-bar"):
            standard("Select All", icon="list-checks", on_click=self.select_all)
            with ui.element("div").props("aria-live=polite"):
                self.selected = ui.label().classes("sb-total-words")
                self.total = ui.label().classes("sb-total")
            with Button("Message", look="sb-quiet sb-right", icon="message-square"), ui.menu().props("no-focus"):
                with ui.element("div").classes("sb-message-box"):
                    self.message = text_area("Message printed on the client invoices", max_length=600)
            self.generate_button = primary("Generate Invoices and Insurance Forms", icon="copy-check", on_click=self.generate)

    async def show_days(self, days: Days) -> None:
        """Other days."""
        self.days = days
        await self.reload()

    async def show_provider(self, event: object) -> None:
        """One provider's, or all."""
        self.provider_id = getattr(event, "value", None)
        await self.reload()

    def find(self, event: object) -> None:
        """Clients whose name holds the text."""
        self.text = getattr(event, "value", "") or ""
        self.draw()

    def show_payer(self, event: object) -> None:
        """One payer's, or all."""
        self.payer = getattr(event, "value", "") or ""
        self.draw()

    def show_which(self, event: object) -> None:
        """All, ready, to fix or held."""
        self.shown = getattr(event, "value", "all") or "all"
        self.draw()

    async def reload(self) -> None:
        """Read what waits, then draw in one go."""
        self.rows = await to_invoice.waiting(
            on=self.visit.today(), start=self.days.start, until=self.days.end, provider_id=self.provider_id,
            seen_by=self.visit.user)
        self.draw()

    async def heard(self, told: Announcement) -> None:
        """Mended, sent, invoiced or held elsewhere: read again; ticks and scroll stay."""
        before = {row.id: row for row in self.rows}
        await self.reload()
        gone = [row for key, row in before.items() if key in self.ticked_before and key not in {r.id for r in self.rows}]
        if gone and not self.making and "session" in told:
            self.news.clear()
            with self.news:
                words = "1 ticked session was" if len(gone) == 1 else f"{len(gone)} ticked sessions were"
                Banner(f"{words} invoiced or removed by someone else and left this list.", tone="info")

    def visible(self) -> list[WaitingSession]:
        """The rows that the filters leave."""
        text = self.text.casefold()
        return [
            row for row in self.rows
            if (not text or text in row.client_name.casefold())
            and (not self.payer or self.payer == (str(row.payer_id) if row.payer_id else "client"))
        ]

    def draw(self) -> None:
        """Counts, totals and rows."""
        kept = self.visible()
        of = {
            "all": kept, "ready": [row for row in kept if row.ready], "to_fix": [row for row in kept if row.reasons],
            "held": [row for row in kept if row.held_reason],
        }
        for key, words in (("all", "All"), ("ready", "Ready"), ("to_fix", "To fix"), ("held", "On hold")):
            self.segments.rename(key, f"{words} {len(of[key])}")
        self.offer_payers()
        self.draw_totals(kept)
        self.table.set_rows([self.line(row) for row in of[self.shown]])
        self.table.set_visibility(bool(of[self.shown]))
        self.nothing.set_visibility(not of[self.shown])
        self.nothing.clear()
        if not of[self.shown]:
            self.say_nothing_here()
        self.count()

    def offer_payers(self) -> None:
        """The payers that have something waiting."""
        found = {str(row.payer_id): row.payer_name for row in self.rows if row.payer_id}
        self.payer_box.set_options({"": "All payers", **found, "client": "Clients pay"}, value=self.payer)

    def draw_totals(self, rows: list[WaitingSession]) -> None:
        """All, then the largest payers or clients, each a tap that shows only theirs."""
        self.totals_place.clear()
        if not rows:
            return
        with self.totals_place:
            ready, to_fix = sum(row.ready for row in rows), sum(bool(row.reasons) for row in rows)
            whole = Total(key="", name="All sessions", cents=sum(row.fee_cents for row in rows), ready=ready, to_fix=to_fix)
            self.total_box(whole, f"{len(rows)} session{'' if len(rows) == 1 else 's'}")
            for total in to_invoice.totals(rows, by=self.totals_by)[:MOST_TOTALS]:
                self.total_box(total)
            with ui.element("div").classes("sb-totals-by sb-desk-only"):
                ui.label("Totals by").classes("sb-small")
                Segmented({"payer": "Payer", "client": "Client"}, self.totals_by, label="Totals by",
                          on_change=self.show_totals_by)

    def total_box(self, total: Total, words: str = "") -> None:
        """One sum with its ready and red counts."""
        with ui.element("div").classes("sb-totals-box" + (" is-all" if words else "")):
            ui.label(total.name).classes("sb-totals-name")
            ui.label(money_text(total.cents)).classes("sb-total")
            with ui.element("div").classes("sb-totals-marks"):
                if words:
                    ui.label(words).classes("sb-small")
                else:
                    status_mark("ready", f"{total.ready} ready")
                    if total.to_fix:
                        status_mark("to fix", f"{total.to_fix} to fix")

    def show_totals_by(self, event: object) -> None:
        """Sum by payer or by client."""
        self.totals_by = getattr(event, "value", "payer") or "payer"
        self.draw_totals(self.visible())

    def say_nothing_here(self) -> None:
        """Why the grid is empty, and where sessions come from."""
        with self.nothing, empty_state(
            "Nothing to invoice here", "Sessions come from the calendar: import appointments on Client Sessions.",
            drawing="empty-papers",
        ):
            standard("Open Client Sessions", icon="notebook-pen", on_click=lambda: self.visit.go(routes.CLIENT_SESSIONS))

    def line(self, row: WaitingSession) -> TableRow:
        """One session as the grid shows it; red ones list every reason."""
        payer = row.payer_name or "–"
        return {
            "id": row.id, "status": status_of(row), "client": row.client_name, "day": short_day(row.day),
            "codes": row.codes, "units": str(row.units), "fee": money_text(row.fee_cents),
            "bill_to": BILL_TO[row.bill_to], "payer": payer, "who_pays": row.payer_name or "Client pays",
            "diagnoses": row.diagnoses or "–",
            "_name": f"session {row.id}, {row.client_name}, {short_day(row.day)}", "_can": row.ready,
            "_tone": "bad" if row.reasons else "muted" if row.held_reason else "",
            "_more": reasons_of(row),
        }

    def count(self) -> None:
        """How many are ticked, what they come to, and how many wait to be mended."""
        self.ticked_before = set(self.table.ticked)
        ticked = [row for row in self.rows if row.id in self.table.ticked]
        to_fix = sum(bool(row.reasons) for row in self.visible())
        words = f"{len(ticked)} selected" + (f", {to_fix} to fix first" if to_fix else "")
        self.selected.set_text(words)
        self.total.set_text(money_text(sum(row.fee_cents for row in ticked)))
        self.generate_button.set_enabled(bool(ticked) and not self.making)

    def select_all(self) -> None:
        """Everything shown that is ready; held and red ones are not."""
        self.table.tick([row.id for row in self.visible() if row.ready])
        self.count()

    @answering
    async def generate(self, _event: object = None) -> None:
        """Make the papers of what is ticked: once, however often it is tapped."""
        if self.making or not self.table.ticked:
            return
        self.making = True
        try:
            with self.generate_button.busy("Generating…"):
                made = await generate(
                    sorted(self.table.ticked), by=self.visit.user, on=self.visit.today(), now=self.visit.now(),
                    message=(self.message.value or "").strip())
        finally:
            self.making = False
        if self.table.client.is_deleted:
            return
        if made.batch_id is None:
            self.visit.refused("Nothing was made.", more="; ".join(f"{one.client_name}: {one.reason}" for one in made.left_out[:5]))
            return
        await Making(self.visit, made.batch_id, sessions=len(made.sessions), cents=made.total_cents,
                     show_to_fix=self.show_red).open()

    @answering
    async def edit(self, session_id: int) -> None:
        """Open a session's editor."""
        await edit_session(self.visit, session_id)

    @answering
    async def mend(self, _act: str, session_id: int, arg: str | None) -> None:
        """A reason's link: to the very field."""
        row = next(row for row in self.rows if row.id == session_id)
        reason = row.reasons[int(arg or 0)]
        if reason.keeper == "session":
            await edit_session(self.visit, reason.id)
        else:
            self.visit.go(place_of(reason))


def status_of(row: WaitingSession) -> str:
    """The mark and its word."""
    if row.held_reason:
        return cells.status_html("held")
    return cells.status_html("to fix", f"{len(row.reasons)} to fix") if row.reasons else cells.status_html("ready")


def reasons_of(row: WaitingSession) -> str:
    """All that is wrong, each with its link; or why it is held."""
    listed = [(reason.sentence, reason.mend, str(number)) for number, reason in enumerate(row.reasons)]
    if row.held_reason:
        listed = [(f"On hold: {row.held_reason}", "", ""), *listed]
    return cells.reasons(listed) if listed else ""


def place_of(reason: Reason) -> str:
    """The address of the page and field that mends a reason."""
    if reason.keeper == "policy":
        return f"{routes.CLIENTS}/{reason.client_id}?policy={reason.id}&at={reason.field}"
    if reason.keeper == "client":
        return routes.client(reason.id, section=reason.field)
    if reason.keeper == "practice":
        return f"{routes.PRACTICE}?at={reason.field}"
    pages = {"provider": routes.PROVIDERS, "payer": routes.PAYERS, "location": routes.LOCATIONS}
    return routes.master(pages[reason.keeper], reason.id, field=reason.field)


def short_day(day: date) -> str:
    """Oct 14."""
    return f"{MONTHS[day.month - 1]} {day.day}"
