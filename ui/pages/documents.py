"""Invoices and claims made: every press of Generate with its documents, to open again or to void."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from nicegui import PageArguments, ui

from domain.claim_files import WAYS
from domain.reading import documents as reading
from domain.reading.claim_files import claim_files
from domain.reading.documents import DocumentFilter, IssuedBatch, IssuedDocument, Kind, SessionOnIt
from domain.reading.payer_files import last_word
from ui import routes
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.buttons import danger, quiet, standard
from ui.components.date_range import DateRangeBox, Days
from ui.components.empty import empty_state
from ui.components.fields import search_field
from ui.components.icons import icon
from ui.components.issued import key_of, paid_facts, status_of
from ui.components.segmented import Segmented
from ui.components.side_panel import SidePanel, facts
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import day_text, money_text, time_text, weekday_text
from ui.dialogs.generate import Making
from ui.dialogs.printing import document_address, open_link
from ui.dialogs.result import Result, counted, what_it_is
from ui.dialogs.sent_claims import ClaimsToSend, TakeBack, file_address, file_row
from ui.dialogs.superbill import NewSuperbill
from ui.dialogs.void import VoidDialog
from ui.live import Announcement, Listening
from ui.visit import Visit

PAGE = 30  # presses of Generate
KINDS = {"": "All", "claim": "Insurance forms", "invoice": "Client invoices", "void": "Voided", "file": "Claim files"}
COLUMNS = (
    Column(name="name", label="Client or bill-to person", look="sb-name", sub="what", html=True),
    Column(name="what", label="Document", look="sb-num", width="244px", folds=True),
    Column(name="payer", label="Payer", look="sb-2", width="168px", folds=True),
    Column(name="total", label="Total", align="right", look="sb-num sb-strong", width="104px"),
    Column(name="status", label="Status", html=True, width="132px", tablet_width="120px"),
    Column(name="open", label="Open", html=True, align="right", width="128px", tablet_width="128px", hide_label=True),
)


async def documents(visit: Visit, args: PageArguments) -> None:
    """The page; `?find=TEXT` looks for a number or name, `?invoice=ID` and `?claim=ID` open one document's panel."""
    page = Documents(visit, text=args.query_parameters.get("find", ""))
    await page.build()
    for kind in ("invoice", "claim"):
        number = routes.number(args.query_parameters.get(kind, ""))
        if number is not None:
            await page.show(f"{kind}-{number}")
            page.table.show_row(f"{kind}-{number}")


class Documents(Answers):
    """What one browser looks at: days, kind, name or number."""

    def __init__(self, visit: Visit, *, text: str = "") -> None:
        self.visit, self.text = visit, text
        self.days = Days(None, None)
        self.kind = ""
        self.limit = PAGE
        self.batches: list[IssuedBatch] = []
        self.shown: IssuedDocument | None = None
        self.sending = ClaimsToSend(visit)

    async def build(self) -> None:
        """Header, filters, table, and the panel beside it."""
        with self.visit.header("Invoices and claims made", acts_below=True):
            superbill = standard("New superbill", icon="file-text", on_click=self.new_superbill)
            self.sending.buttons(instead_of=superbill)
        self.filters()
        with ui.element("div").classes("sb-with-panel"):
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(COLUMNS, label="Invoices and claims made", ticks=True, on_tick=self.sending.count,
                                       on_row=self.show, on_act=self.act, tick_all_words="Select all claims to send")
                self.nothing = ui.element("div").classes("sb-fill")
                self.more = quiet("Show older ones", on_click=self.show_more)
            self.sending.watch(self.table)
            self.panel = SidePanel(on_close=self.let_go)
        Listening({"batch", "invoice", "claim", "client"}, self.heard)
        self.finder.set_value(self.text)
        await self.reload()

    def filters(self) -> None:
        """Days, kind, and a box to find a number or name."""
        with ui.element("div").classes("sb-toolbar"):
            DateRangeBox(self.days, today=self.visit.today(), presets=presets(self.visit.today()), on_change=self.show_days)
            Segmented(KINDS, self.kind, label="Kind", on_change=self.show_kind)
            self.finder = search_field("Find a number or name", width="232px", on_change=self.find)
            self.finder.frame.classes("sb-right")

    # ---- what is looked at ----

    async def show_days(self, days: Days) -> None:
        """Made in these days."""
        self.days, self.limit = days, PAGE
        await self.reload()

    async def show_kind(self, event: object) -> None:
        """Invoices, insurance forms, both, or what is void."""
        self.kind, self.limit = getattr(event, "value", None) or "", PAGE
        await self.reload()

    async def find(self, event: object) -> None:
        """Number or name holds the text."""
        self.text, self.limit = getattr(event, "value", "") or "", PAGE
        await self.reload()

    async def show_more(self) -> None:
        """Older presses."""
        self.limit += PAGE
        await self.reload()

    def asked(self) -> DocumentFilter:
        """The filter, its days as instants of the practice's zone."""
        start = self.midnight(self.days.start) if self.days.start else None
        end = self.midnight(self.days.end + timedelta(days=1)) if self.days.end else None
        kind: Kind | None = "claim" if self.kind == "claim" else "invoice" if self.kind == "invoice" else None
        return DocumentFilter(start=start, end=end, text=self.text, kind=kind, void=self.kind == "void")

    def midnight(self, day: date) -> datetime:
        """When a day begins here."""
        return datetime.combine(day, time(), tzinfo=self.visit.zone)

    async def reload(self) -> None:
        """Read, then draw in one go."""
        if self.kind == "file":
            await self.reload_files()
            return
        found = await reading.batches(self.asked(), seen_by=self.visit.user, limit=self.limit + 1)
        self.batches = found[: self.limit]
        self.put([row for batch in self.batches for row in self.rows_of(batch)], more=len(found) > self.limit)

    async def reload_files(self) -> None:
        """The claim files instead of documents."""
        asked = self.asked()
        found = await claim_files(seen_by=self.visit.user, start=asked.start, end=asked.end, text=self.text,
                                  limit=self.limit + 1)
        self.put([file_row(one, self.visit.zone) for one in found[: self.limit]], more=len(found) > self.limit)

    def put(self, rows: list[TableRow], *, more: bool) -> None:
        """Show these rows, or why there are none."""
        self.table.set_rows(rows)
        self.sending.count()
        self.table.set_visibility(bool(rows))
        self.more.set_visibility(more)
        self.nothing.clear()
        self.nothing.set_visibility(not rows)
        if not rows:
            self.say_nothing_here()

    def say_nothing_here(self) -> None:
        """Why the list is empty, and where documents come from."""
        looked = self.text or self.kind or self.days != Days(None, None)
        title, why = ("Nothing found", "Nothing here fits what you look for.") if looked else (
            "No invoices or claims yet", "They are made from sessions that are ready.")
        with self.nothing, empty_state(title, why, drawing="empty-papers"):
            standard("Open Invoice Clients and Insurance", icon="receipt-text", on_click=lambda: self.visit.go(routes.INVOICE))

    async def heard(self, told: Announcement) -> None:
        """Made, drawn or voided elsewhere: read again; scroll and panel stay."""
        await self.reload()
        if self.shown and self.shown.id in told.get(self.shown.kind, ()):
            await self.show(key_of(self.shown))

    # ---- rows ----

    def rows_of(self, batch: IssuedBatch) -> list[TableRow]:
        """A head for the press of Generate, then its documents."""
        at = batch.made_at.astimezone(self.visit.zone)
        kinds = (counted(sum(one.kind == "claim" for one in batch.documents), "form"),
                 counted(sum(one.kind == "invoice" for one in batch.documents), "invoice"))
        held = ", ".join(words for words in kinds if not words.startswith("0 "))
        year = "" if at.year == self.visit.today().year else f", {at.year}"
        head = {
            "id": f"batch-{batch.id}", "name": cells.text(f"{weekday_text(at.date())}{year}, {time_text(at)}"),
            "what": held, "payer": f"by {batch.made_by}", "total": money_text(batch.total_cents), "status": "",
            "open": cells.button("Open all", "batch", str(batch.id)) if batch.live else "", "_name": f"batch of {day_text(at.date())}",
            "_class": "sb-batch-row", "_can": False, "_untickable": True,
        }
        return [head, *(self.row(one) for one in batch.documents)]

    def row(self, one: IssuedDocument) -> TableRow:
        """One document."""
        address = document_address(one.kind, one.id)
        spoken = f"Open PDF of {what_it_is(one)}, {one.name}"
        return {
            "id": key_of(one), "name": cells.name(one.name) if one.voided_at is None else cells.struck(one.name),
            "what": what_it_is(one), "payer": one.payer_name or "Client pays", "total": money_text(one.total_cents),
            "status": status_of(one), "open": cells.anchor("Open PDF", address, spoken),
            "_name": f"{what_it_is(one)}, {one.name}", "_tone": "muted" if one.voided_at else "",
            "_can": one.to_send, "_untickable": not one.to_send,
        }

    # ---- one document ----

    @answering
    async def act(self, _act: str, _row_id: str, arg: str | None) -> None:
        """Open all: the batch's list, or its progress while it is still being drawn."""
        batch = await reading.batch(int(arg or 0), seen_by=self.visit.user)
        if all(one.drawn for one in batch.live):
            Result(self.visit, batch).open()
        else:
            await Making(self.visit, batch.id).open()

    @answering
    async def show(self, row_id: str) -> None:
        """A document's panel; a batch's head has none."""
        kind, _, key = row_id.partition("-")
        if kind in {"batch", "file"}:
            return
        one = await reading.document("claim" if kind == "claim" else "invoice", int(key), seen_by=self.visit.user)
        sessions = await reading.sessions_on(one.kind, one.id, seen_by=self.visit.user)
        said = await last_word(one.id, seen_by=self.visit.user) if one.kind == "claim" else None
        self.shown = one
        self.table.choose(row_id)
        self.panel.show(one.name, what_it_is(one))
        with self.panel.body:
            facts({
                "Issued": day_text(one.issued_on), "Payer": one.payer_name or "Client pays",
                "Total": money_text(one.total_cents),
                **({"Paid at the session": money_text(one.paid_cents)} if one.paid_cents else {}),
                **(paid_facts(one.money) if one.money else {}),
                "Status": lambda: ui.html(status_of(one), sanitize=False),
                **({"Sent": f"{day_text(one.sent.on)} by {WAYS[one.sent.way].lower()}"} if one.sent else {}),
                **({"The payer says": f"{said.state.capitalize()}, {day_text(said.on)}",
                    **({"In its words": f"{said.code} {said.words}".strip()} if said.code or said.words else {})} if said else {}),
                **({"Voided": f"{day_text(one.voided_at.astimezone(self.visit.zone).date())} by {one.voided_by}",
                    "Reason": one.void_reason} if one.voided_at else {}),
            })
            self.sessions_on_it(one, sessions)
        with self.panel.foot:
            self.panel_buttons(one)

    def sessions_on_it(self, one: IssuedDocument, sessions: list[SessionOnIt]) -> None:
        """A line a session that leads to it; whose it is only where that is not the panel's name."""
        with ui.element("div").classes("sb-column"):
            ui.label("Client sessions").classes("sb-card-title")
            with ui.element("div").classes("sb-sum-lines"):
                for session in sessions:
                    whose = "" if session.client_name == one.name else f" · {session.client_name}"
                    with ui.link(target=routes.client_session(session.id)).classes("sb-sum-line is-link"):
                        ui.label(f"{weekday_text(session.day)}{whose}").classes("sb-grow")
                        ui.label(f"Session {session.id}").classes("sb-link")
                        icon("arrow-right", 15)

    def panel_buttons(self, one: IssuedDocument) -> None:
        """Void or take back, the printings, the file it went out in, open."""
        if one.sent:
            quiet("Not sent after all", on_click=self.take_back)
        elif one.voided_at is None:
            danger("Void", icon="ban", on_click=self.void)
        ui.element("div").classes("sb-grow")
        if one.sent and one.sent.file_id:
            open_link("Claim file", file_address(one.sent.file_id), f"Download {one.sent.file_name}")
        if one.kind == "claim":
            open_link("Pre-printed", document_address(one.kind, one.id, preprinted=True),
                      f"Open {what_it_is(one)} for a pre-printed form")
        open_link("Open PDF", document_address(one.kind, one.id), f"Open PDF of {what_it_is(one)}")

    @answering
    async def take_back(self, _event: object = None) -> None:
        """Ask why a claim was not sent after all."""
        if self.shown is not None:
            TakeBack(self.visit, self.shown).open()

    @answering
    async def void(self, _event: object = None) -> None:
        """Say what goes with it, ask why."""
        if self.shown is not None:
            await VoidDialog.of_document(self.visit, self.shown).open()

    def let_go(self) -> None:
        """The panel was closed."""
        self.shown = None
        self.table.choose(None)

    @answering
    async def new_superbill(self, _event: object = None) -> None:
        """Ask whose and for which days."""
        await NewSuperbill(self.visit).open()


def presets(today: date) -> dict[str, Days]:
    """Ranges that people look back to."""
    last_month = Days.month_of(today.replace(day=1) - timedelta(days=1))
    year = Days(today.replace(month=1, day=1), today.replace(month=12, day=31))
    return {"Any date": Days(None, None), "Today": Days(today, today), "This month": Days.month_of(today),
            "Last month": last_month, "This year": year}
