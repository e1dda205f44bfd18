"""Statements: every press with its documents, to open again; and making them for all who owe."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from nicegui import PageArguments, ui

from domain.reading.statements_made import MadeStatement, StatementPress, press, presses
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.buttons import primary, quiet
from ui.components.date_range import DateRangeBox, Days
from ui.components.empty import empty_state
from ui.components.fields import search_field
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import money_text, time_text, weekday_text
from ui.dialogs.make_statements import MakeStatements, counted_statements
from ui.dialogs.statements_result import MakingStatements, due_text, statement_address
from ui.live import Announcement, Listening
from ui.visit import Visit

PAGE = 30  # presses
COLUMNS = (
    Column(name="name", label="Bill-to person", look="sb-name", html=True),
    Column(name="by", label="Made", look="sb-2", width="184px", folds=True),
    Column(name="due", label="Due", align="right", look="sb-num sb-strong", width="132px", tablet_width="132px"),
    Column(name="status", label="Status", html=True, width="132px", tablet_width="132px"),
    Column(name="open", label="Open", html=True, align="right", width="128px", tablet_width="128px", hide_label=True),
)


async def statements(visit: Visit, args: PageArguments) -> None:
    """The page."""
    del args
    await StatementsPage(visit).build()


class StatementsPage(Answers):
    """What one browser looks at: days and name."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.days = Days(None, None)
        self.text = ""
        self.limit = PAGE

    async def build(self) -> None:
        """Header, filters, table."""
        with self.visit.header("Statements"):
            primary("Make statements", icon="receipt-text", on_click=self.make)
        with ui.element("div").classes("sb-toolbar"):
            DateRangeBox(self.days, today=self.visit.today(), presets=self.presets(), on_change=self.show_days)
            search_field("Find a name", width="232px", on_change=self.find).frame.classes("sb-right")
        with ui.element("div").classes("sb-work is-still"):
            self.table = LongTable(COLUMNS, label="Statements", on_act=self.act)
            self.nothing = ui.element("div").classes("sb-fill")
            self.more = quiet("Show older ones", on_click=self.show_more)
        Listening("statement", self.heard)
        await self.reload()

    def presets(self) -> dict[str, Days]:
        """Ranges that people look back to."""
        today = self.visit.today()
        last_month = Days.month_of(today.replace(day=1) - timedelta(days=1))
        year = Days(today.replace(month=1, day=1), today.replace(month=12, day=31))
        return {"Any date": Days(None, None), "This month": Days.month_of(today), "Last month": last_month, "This year": year}

    # ---- what is looked at ----

    async def show_days(self, days: Days) -> None:
        """Made in these days."""
        self.days, self.limit = days, PAGE
        await self.reload()

    async def find(self, event: object) -> None:
        """Whose name holds the text."""
        self.text, self.limit = getattr(event, "value", "") or "", PAGE
        await self.reload()

    async def show_more(self) -> None:
        """Older presses."""
        self.limit += PAGE
        await self.reload()

    async def heard(self, _told: Announcement) -> None:
        """Made or drawn elsewhere."""
        await self.reload()

    async def reload(self) -> None:
        """Read, then show in one go."""
        start = datetime.combine(self.days.start, time(), tzinfo=self.visit.zone) if self.days.start else None
        end = datetime.combine(self.days.end + timedelta(days=1), time(), tzinfo=self.visit.zone) if self.days.end else None
        found = await presses(seen_by=self.visit.user, start=start, end=end, text=self.text, limit=self.limit + 1)
        self.put([row for one in found[: self.limit] for row in self.rows_of(one)], more=len(found) > self.limit)

    def put(self, rows: list[TableRow], *, more: bool) -> None:
        """Show these rows, or why there are none."""
        self.table.set_rows(rows)
        self.table.set_visibility(bool(rows))
        self.more.set_visibility(more)
        self.nothing.clear()
        self.nothing.set_visibility(not rows)
        if rows:
            return
        looked = self.text or self.days != Days(None, None)
        title, why = ("Nothing found", "Nothing here fits what you look for.") if looked else (
            "No statements yet", "A statement says what a client owes, since when, and what was paid. It is no new charge.")
        with self.nothing, empty_state(title, why, drawing="empty-papers"):
            if not looked:
                primary("Make statements", on_click=self.make)

    # ---- rows ----

    def rows_of(self, one: StatementPress) -> list[TableRow]:
        """A head for the press, then its statements."""
        at = one.made_at.astimezone(self.visit.zone)
        year = "" if at.year == self.visit.today().year else f", {at.year}"
        when = f"{weekday_text(at.date())}{year}, {time_text(at)}"
        head = {
            "id": f"press-{one.id}", "name": cells.text(f"{when} · {counted_statements(len(one.statements))}"), "by": f"by {one.made_by}",
            "due": money_text(one.due_cents), "status": "", "open": cells.button("Open all", "press", str(one.id)),
            "_name": f"statements of {when}", "_class": "sb-batch-row",
        }
        return [head, *(self.row(each) for each in one.statements)]

    def row(self, one: MadeStatement) -> TableRow:
        """One statement."""
        status = cells.status_html("scheduled", "Being drawn") if not one.drawn else (
            "" if one.has_address else cells.status_html("warning", "No address"))
        return {
            "id": one.id, "name": cells.name(one.name), "by": "", "due": due_text(one.due_cents), "status": status,
            "open": cells.anchor("Open PDF", statement_address(one.id), f"Open PDF of statement of {one.name}"), "_name": one.name,
        }

    # ---- acts ----

    @answering
    async def make(self, _event: object = None) -> None:
        """Ask; for all who owe."""
        await MakeStatements(self.visit).open()

    @answering
    async def act(self, _act: str, _row_id: str, arg: str | None) -> None:
        """Open all: the press's list, or its progress while it is still being drawn."""
        found = await press(int(arg or 0), seen_by=self.visit.user)
        await MakingStatements(self.visit, found.id, ui.context.client.layout).open()
