"""Invoice Clients and Insurance: the sessions that wait, what each lacks, and the button that makes the papers."""

from __future__ import annotations

from nicegui import PageArguments, ui

from domain.client_sessions import release
from domain.invoicing import generate, usual_message
from domain.reading import to_invoice
from domain.reading.choices import choices
from domain.reading.to_invoice import WaitingFilter, WaitingSession, payer_key
from ui import routes
from ui.answering import Answers, answering
from ui.components.banner import Banner
from ui.components.buttons import standard
from ui.components.date_range import DateRangeBox, Days
from ui.components.empty import empty_state
from ui.components.fields import search_field, select_field
from ui.components.segmented import Segmented
from ui.components.table import LongTable
from ui.components.waiting_bar import WaitingBar
from ui.components.waiting_rows import COLUMNS, place_of, said_of, waiting_row
from ui.components.waiting_totals import WaitingTotals
from ui.dialogs.accept import AcceptDialog
from ui.dialogs.client_session import edit_session
from ui.dialogs.generate import Unfinished
from ui.dialogs.hold import HoldDialog
from ui.dialogs.preview import PreviewDialog
from ui.live import Announcement, Listening
from ui.visit import Visit

SHOWN = {"all": "All", "ready": "Ready", "to_fix": "To fix", "to_check": "To check", "held": "On hold"}
ROW_BY_ROW = 200  # more changed rows than that are sent as a new list


async def invoice_clients(visit: Visit, args: PageArguments) -> None:
    """The page; `?show=to_fix` opens it at the red rows."""
    page = InvoiceClients(visit)
    if (show := args.query_parameters.get("show")) in SHOWN:
        page.shown = show
    await page.build()


class InvoiceClients(Answers):
    """What one browser looks at and has ticked."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.days = Days(None, visit.today())
        self.provider_id: int | None = None
        self.client_id: int | None = None
        self.payer, self.text, self.shown = "", "", "all"
        self.rows: dict[int, WaitingSession] = {}
        self.making = False
        self.pressed: set[int] = set()  # sessions that left by this browser's own doing

    async def build(self) -> None:
        """Header, filters, totals, grid, and the bar that acts."""
        self.choices = await choices(seen_by=self.visit.user)
        words = await usual_message(seen_by=self.visit.user)
        with self.visit.header("Invoice Clients and Insurance"):
            pass
        self.filters()
        self.unfinished = Unfinished(self.visit, show_to_fix=self.show_red)
        self.news = ui.element("div")
        self.totals = WaitingTotals(self.choose_total)
        self.grid()
        self.bar = WaitingBar(words, on_select_all=self.select_all, on_hold=self.hold, on_release=self.release_all,
                              on_preview=self.preview, on_generate=self.generate)
        Listening({*to_invoice.SUBJECTS, "batch"}, self.heard)
        await self.unfinished.reload()
        await self.reload()

    def filters(self) -> None:
        """Days, client, payer, provider, and ready, to fix, to check or held."""
        with ui.element("div").classes("sb-toolbar is-bare is-first"):
            DateRangeBox(self.days, today=self.visit.today(), on_change=self.show_days)
            self.finder = search_field("Find a client", width="152px", on_change=self.find)
            self.payer_box = select_field("Payer", {"": "All payers"}, "", searchable=False, show_label=False,
                                          width="126px", on_change=self.show_payer)
            select_field("Provider", {None: "All providers"} | self.choices.providers, None, searchable=False,
                         show_label=False, width="140px", on_change=self.show_provider)
            self.segments = Segmented(SHOWN, self.shown, label="Show", on_change=self.show_which)

    def grid(self) -> None:
        """The rows, or why there are none."""
        self.table = LongTable(
            COLUMNS, label="Sessions to invoice", ticks=True, edits="Edit session", on_tick=self.count,
            on_edit=self.edit, on_act=self.mend, tick_all_words="Select all sessions that are ready",
        ).classes("sb-fill")
        self.nothing = ui.element("div").classes("sb-work")

    # ---- what is looked at ----

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

    def choose_total(self, by: str, key: str) -> None:
        """A tap on a total: only that payer's or client's."""
        self.payer = key if by == "payer" else ""
        self.client_id = int(key) if by == "client" and key else None
        self.draw()

    def show_which(self, event: object) -> None:
        """All, ready, to fix, to check or held."""
        self.shown = getattr(event, "value", "all") or "all"
        self.draw()

    async def show_red(self) -> None:
        """The rows with something to fix."""
        self.segments.set_value("to_fix")

    def asked(self) -> WaitingFilter:
        """The days and the provider."""
        return WaitingFilter(start=self.days.start, until=self.days.end, provider_id=self.provider_id)

    async def reload(self) -> None:
        """Read what waits, then draw in one go."""
        rows = await to_invoice.waiting(self.asked(), on=self.visit.today(), seen_by=self.visit.user)
        self.rows = {row.id: row for row in rows}
        self.draw()

    async def heard(self, told: Announcement) -> None:
        """Mended, sent, invoiced or held elsewhere: only what changed is read and drawn; ticks and scroll stay."""
        if "batch" in told:
            await self.unfinished.reload()
        if not told.keys() & to_invoice.SUBJECTS:
            return
        ticked = set(self.table.ticked)
        self.rows = await to_invoice.brought_up_to_date(
            self.rows, told, self.asked(), on=self.visit.today(), seen_by=self.visit.user)
        self.draw()
        if gone := ticked - self.rows.keys() - self.pressed:
            self.say_they_left(len(gone))

    def say_they_left(self, count: int) -> None:
        """Ticked rows that somebody else took."""
        self.news.clear()
        with self.news:
            words = "1 ticked session was" if count == 1 else f"{count} ticked sessions were"
            Banner(f"{words} invoiced or removed by someone else and left this list.", tone="info")

    # ---- drawing ----

    def named(self) -> list[WaitingSession]:
        """The rows that the name leaves, in order."""
        text = self.text.casefold()
        return [row for row in to_invoice.in_order(self.rows.values()) if not text or text in row.client_name.casefold()]

    def visible(self) -> list[WaitingSession]:
        """The rows that name, payer and total leave."""
        return [
            row for row in self.named()
            if (not self.payer or self.payer == payer_key(row)) and (not self.client_id or self.client_id == row.client_id)
        ]

    def draw(self) -> None:
        """Counts, totals and rows."""
        kept = self.visible()
        of = {
            "all": kept, "ready": [row for row in kept if row.ready], "to_fix": [row for row in kept if row.reasons],
            "to_check": [row for row in kept if row.warnings], "held": [row for row in kept if row.held_reason],
        }
        for key, words in SHOWN.items():
            self.segments.rename(key, f"{words} {len(of[key]):,}")
        self.segments.segments["to_check"].set_visibility(bool(of["to_check"]) or self.shown == "to_check")
        payers = {payer_key(row): row.payer_name or "Clients pay" for row in self.rows.values()}
        self.payer_box.set_options({"": "All payers"} | payers | ({self.payer: payers.get(self.payer, "–")} if self.payer else {}),
                                   value=self.payer)
        self.totals.show(self.named(), self.payer or (str(self.client_id) if self.client_id else ""))
        self.show_rows(of[self.shown])
        self.bar.offer(ready=any(row.ready for row in of[self.shown]), held=len(of["held"]) if self.shown == "held" else 0)
        self.count()

    def show_rows(self, rows: list[WaitingSession]) -> None:
        """Row by row where few changed, so that nobody loses their place; a row that was mended stays where it is."""
        lines = {row.id: waiting_row(row, self.visit.today()) for row in rows}
        before = {row["id"]: row for row in self.table.rows}
        gone = before.keys() - lines.keys()
        changed = [key for key, line in lines.items() if before.get(key) != line]
        if not before or len(gone) + len(changed) > ROW_BY_ROW:
            self.table.set_rows(list(lines.values()))
        else:
            if gone:
                self.table.remove(*gone)
            places = {key: place for place, key in enumerate(lines)}
            for key in changed:
                self.table.put(lines[key], at=None if key in before else places[key], changed=True)
        self.table.set_visibility(bool(rows))
        self.nothing.set_visibility(not rows)
        self.nothing.clear()
        if not rows:
            self.say_nothing_here()

    def say_nothing_here(self) -> None:
        """Why the grid is empty, and the next step."""
        with self.nothing:
            if self.rows:
                with empty_state("Nothing fits these filters", "Sessions are waiting, but none of this kind.", drawing="empty-papers"):
                    standard("Show all of them", on_click=self.show_all)
                return
            why = "Sessions come from the calendar: import appointments on Client Sessions."
            with empty_state("Nothing to invoice here", why, drawing="empty-papers"):
                standard("Open Client Sessions", icon="notebook-pen", on_click=lambda: self.visit.go(routes.CLIENT_SESSIONS))

    def show_all(self) -> None:
        """Let go of every filter but the days and the provider."""
        self.payer, self.client_id, self.shown = "", None, "all"
        self.finder.set_value("")
        self.segments.set_value("all")
        self.draw()

    def count(self) -> None:
        """How many are ticked, what they come to, and how many wait to be mended."""
        ticked = [row for row in self.rows.values() if row.id in self.table.ticked]
        self.bar.count(ticked, to_fix=sum(bool(row.reasons) for row in self.visible()), making=self.making)

    # ---- acts ----

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
        self.visit.clear_refusal()
        try:
            ticked = [row for row in self.rows.values() if row.id in self.table.ticked]
            chosen = await AcceptDialog(self.visit, ticked).answer()
            if chosen is None:
                self.bar.generate.enable()
                return
            self.pressed = set(chosen)
            with self.bar.generate.busy("Generating…"):
                made = await generate(
                    sorted(chosen), by=self.visit.user, on=self.visit.today(), now=self.visit.now(),
                    message=(self.bar.message.value or "").strip())
            self.table.tick(made.sessions, on=False)  # a second tap before the rows are gone makes nothing
        finally:
            self.making = False
        if self.table.client.is_deleted:
            return
        self.count()
        if made.batch_id is None:
            why = "; ".join(f"{one.client_name}: {one.reason}" for one in made.left_out[:5])
            self.visit.refused("Nothing was made, and no session was changed.", more=why)
            return
        await self.unfinished.watch(made.batch_id, sessions=len(made.sessions), cents=made.total_cents)

    @answering
    async def preview(self, _event: object = None) -> None:
        """Look at the papers that the ticked rows would make."""
        if self.table.ticked:
            with self.bar.preview.busy("Drawing…"):
                await PreviewDialog(self.visit, sorted(self.table.ticked), (self.bar.message.value or "").strip()).open()

    @answering
    async def hold(self, _event: object = None) -> None:
        """Ask why, then keep what is ticked out of invoicing."""
        if self.table.ticked:
            HoldDialog(self.visit, sorted(self.table.ticked)).open()

    @answering
    async def release_all(self, _event: object = None) -> None:
        """Every held row that is shown, back among the ready ones."""
        await self.let_go([row.id for row in self.visible() if row.held_reason])

    async def let_go(self, session_ids: list[int]) -> None:
        """Release, and say so."""
        released = await release(session_ids, by=self.visit.user, now=self.visit.now())
        what = f"Session {released[0]} is" if len(released) == 1 else f"{len(released):,} sessions are"
        self.visit.toast(f"{what} ready again")

    @answering
    async def edit(self, session_id: int) -> None:
        """Open a session's editor."""
        await edit_session(self.visit, session_id)

    @answering
    async def mend(self, _act: str, session_id: int, arg: str | None) -> None:
        """A reason's link: to the very field; a held row's: back among the ready ones."""
        if arg == "release":
            await self.let_go([session_id])
            return
        if (row := self.rows.get(session_id)) is None or int(arg or 0) >= len(said_of(row)):
            return
        reason = said_of(row)[int(arg or 0)]
        if reason.keeper == "session":
            await edit_session(self.visit, reason.id, at=reason.field)
        else:
            self.visit.go(place_of(reason))
