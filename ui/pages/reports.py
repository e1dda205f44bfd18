"""Reports: aging, income, what is not billed yet, claims outstanding and the bank deposit, on one page with downloads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from nicegui import PageArguments, ui

from domain import reports as reading
from domain.reading.masters import payers, providers
from domain.reports import KINDS, Report, ReportColumn, ReportFilter, ReportKind
from domain.reports.asking import BY
from domain.reports.table import Cell, Kind, totals_of
from ui.answering import Answers, answering
from ui.components.buttons import standard
from ui.components.date_range import DateRangeBox, Days
from ui.components.empty import empty_state
from ui.components.fields import select_field
from ui.components.report_chart import draw_chart
from ui.components.segmented import Segmented
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import day_text, money_text, weekday_text
from ui.live import Announcement, Listening
from ui.report_files import Form, report_address
from ui.visit import Visit

SUBJECTS = {"account", "payer_account", "invoice", "claim", "client", "session", "payer_file", "payment", "payer", "provider"}
WITH_DAYS: set[ReportKind] = {"income", "not-billed", "deposit"}
WITH_PROVIDER: set[ReportKind] = {"aging", "income", "not-billed", "claims"}
WITH_PAYER: set[ReportKind] = {"aging", "claims"}
MOST_ROWS = 2000  # on the screen; a file has them all
WIDTHS: dict[Kind, str] = {"day": "124px", "money": "116px", "number": "96px"}
WIDE = 4  # money columns whose totals fit in the bar below
NOTHING: dict[ReportKind, str] = {
    "aging": "Nobody owes anything.", "income": "Nothing was charged or received in these days.",
    "not-billed": "Every session of these days is billed.", "claims": "Every claim is settled.",
    "deposit": "No money was received in these days.",
}


async def reports(visit: Visit, args: PageArguments) -> None:
    """The page; `?report=income` opens one of them."""
    named = args.query_parameters.get("report", "")
    await Reports(visit, next((kind for kind in KINDS if kind == named), "aging")).build()


class Reports(Answers):
    """What one browser asks for."""

    def __init__(self, visit: Visit, kind: ReportKind) -> None:
        self.visit = visit
        self.days = presets(visit.today())["This year"]
        self.asked = ReportFilter(kind=kind, start=self.days.start, end=self.days.end)
        self.seen: Report

    async def build(self) -> None:
        """Header with the downloads, which report, its filters, and what it says."""
        self.seen = await self.read()
        self.providers = {one.id: one.name for one in await providers(seen_by=self.visit.user)}
        self.payers = {one.id: one.name for one in await payers(seen_by=self.visit.user)}
        with self.visit.header("Reports", acts_below=True):
            standard("Download CSV", icon="download", on_click=lambda: self.download("csv"))
            standard("Download XLSX", icon="download", on_click=lambda: self.download("xlsx"))
        with ui.element("div").classes("sb-toolbar is-wrapping"):
            Segmented(KINDS, self.asked.kind, label="Report", on_change=self.choose)
        self.filters()
        with ui.element("div").classes("sb-work is-still sb-report"):
            self.shown()
        Listening(SUBJECTS, self.heard)

    @ui.refreshable_method
    def filters(self) -> None:
        """Only those that the report has a use for."""
        kind = self.asked.kind
        with ui.element("div").classes("sb-toolbar is-wrapping"):
            if kind in BY:
                by = self.asked.by if self.asked.by in BY[kind] else next(iter(BY[kind]))
                Segmented(BY[kind], by, label="Split", on_change=lambda event: self.ask(by=event.value or ""))
            if kind in WITH_DAYS:
                DateRangeBox(self.days, today=self.visit.today(), presets=presets(self.visit.today()), on_change=self.choose_days)
            if kind in WITH_PROVIDER:
                select_field("Provider", {None: "All providers"} | self.providers, self.asked.provider_id, show_label=False, width="180px",
                             on_change=lambda event: self.ask(provider_id=event.value))
            if kind in WITH_PAYER:
                select_field("Payer", {None: "All payers"} | self.payers, self.asked.payer_id, show_label=False, width="180px",
                             on_change=lambda event: self.ask(payer_id=event.value))

    # ---- what is asked ----

    async def choose(self, event: object) -> None:
        """Another report, with the same days and persons."""
        self.asked = replace(self.asked, kind=getattr(event, "value", None) or "aging", by="")
        self.filters.refresh()
        await self.reload()

    async def choose_days(self, days: Days) -> None:
        """Other days."""
        self.days = days
        await self.ask(start=days.start, end=days.end)

    async def ask(self, **what: Any) -> None:
        """Another filter."""
        self.asked = replace(self.asked, **what)
        await self.reload()

    async def read(self) -> Report:
        """The report that is asked for."""
        return await reading.report(self.effective(), today=self.visit.today(), seen_by=self.visit.user)

    def effective(self) -> ReportFilter:
        """Without what the report shows no filter for."""
        kind = self.asked.kind
        days = {} if kind in WITH_DAYS else {"start": None, "end": None}
        return replace(self.asked, **days, provider_id=self.asked.provider_id if kind in WITH_PROVIDER else None,
                       payer_id=self.asked.payer_id if kind in WITH_PAYER else None)

    async def heard(self, _told: Announcement) -> None:
        """The books changed."""
        await self.reload()

    @answering
    async def reload(self) -> None:
        """Read, then draw in one go; an answer to an older question is dropped."""
        asked = self.asked
        seen = await self.read()
        if asked == self.asked:
            self.seen = seen
            self.shown.refresh()

    def download(self, form: Form) -> None:
        """The same report as a file."""
        ui.download.from_url(report_address(self.effective(), form))

    # ---- what is shown ----

    @ui.refreshable_method
    def shown(self) -> None:
        """Chart, table and total, or why there is nothing."""
        seen, kind = self.seen, self.asked.kind
        if not seen.rows:
            empty_state("Nothing to report", NOTHING[kind], drawing="empty-papers")
            return
        if kind in {"aging", "income"}:
            draw_chart(kind, seen)
        ui.label(seen.about).classes("sb-hint sb-report-about")
        first = 1 if seen.grouped else 0
        columns = [column_of(place, column, look="sb-name" if place == first else "") for place, column in enumerate(seen.columns)]
        columns[-1] = replace(columns[-1], width="132px", tablet_width="116px")  # with the page's side line
        LongTable(columns[first:], self.lines(), label=seen.title)
        self.total()

    def lines(self) -> list[TableRow]:
        """Rows under the heading of their month or day, each with its sum; then the total of all."""
        seen = self.seen
        found: list[TableRow] = []
        last: Cell = None
        for number, row in enumerate(seen.rows[:MOST_ROWS]):
            if seen.grouped and row[0] != last:
                last = row[0]
                found.append({"id": f"group-{last}", "_group": heading(last), "_note": self.sum_of(last)})
            found.append({"id": number, "_name": str(row[0])} | self.cells(row))
        if len(self.sums()) > WIDE:
            found.append({"id": "total", "_name": "Total", "_class": "sb-batch-row"} | self.cells(seen.totals))
        return found

    def cells(self, row: tuple[Cell, ...]) -> TableRow:
        """A row's cells as people read them."""
        return {f"c{place}": told(cell, self.seen.columns[place].kind) for place, cell in enumerate(row)}

    def sums(self) -> list[tuple[str, Cell]]:
        """The totals of money, by the words of their columns."""
        return [(column.label, cell) for column, cell in zip(self.seen.columns, self.seen.totals, strict=True) if column.kind == "money"]

    def sum_of(self, group: Cell) -> str:
        """What stands below a heading, in words."""
        totals = totals_of(self.seen.columns, [row for row in self.seen.rows if row[0] == group])
        return "  ".join(f"{column.label} {told(cell, 'money')}" for cell, column in zip(totals, self.seen.columns, strict=True) if column.kind == "money")

    def total(self) -> None:
        """What all rows come to, also those that only the file shows."""
        seen = self.seen
        with ui.element("div").classes("sb-bottom-bar"):
            more = f", the first {MOST_ROWS:,} shown" if len(seen.rows) > MOST_ROWS else ""
            ui.label(f"{len(seen.rows):,} line{'' if len(seen.rows) == 1 else 's'}{more}").classes("sb-total-words sb-num")
            with ui.element("div").classes("sb-row is-wrapping sb-right sb-report-totals"):
                for label, cell in self.sums() if len(self.sums()) <= WIDE else self.sums()[-1:]:
                    ui.label(label).classes("sb-hint")
                    ui.label(told(cell, "money")).classes("sb-num sb-strong")


def column_of(place: int, column: ReportColumn, *, look: str) -> Column:
    """A report's column as one of the table's."""
    number = column.kind in {"money", "number"}
    return Column(name=f"c{place}", label=column.label, align="right" if number else "left", look=f"{look} sb-num" if number else look or "sb-2",
                  width=WIDTHS.get(column.kind), tablet_width={"day": "124px", "money": "100px"}.get(column.kind), folds=column.folds)


def heading(cell: Cell) -> str:
    """October 2026, or a day."""
    if isinstance(cell, date):
        return f"{weekday_text(cell)}, {cell.year}"
    return month_text(str(cell))


def month_text(month: str) -> str:
    """October 2026 for 2026-10."""
    year, number = month.split("-")
    return f"{date(int(year), int(number), 1):%B} {year}"


def told(cell: Cell, kind: Kind) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return day_text(cell)
    if isinstance(cell, int):
        return money_text(cell) if kind == "money" else f"{cell:,}"
    return month_text(cell) if kind == "month" else cell


def presets(today: date) -> dict[str, Days]:
    """Ranges that reports are asked for."""
    year = Days(today.replace(month=1, day=1), today.replace(month=12, day=31))
    last = Days(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    last_month = Days.month_of(today.replace(day=1) - timedelta(days=1))
    return {"This year": year, "Last year": last, "This month": Days.month_of(today), "Last month": last_month,
            "Today": Days(today, today), "Any date": Days(None, None)}
