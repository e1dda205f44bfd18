"""A year's summary for taxes: of which year, for whom; it opens as a PDF and is not kept."""

from __future__ import annotations

from typing import Any

from domain import statements
from ui import routes
from ui.components.act_dialog import ActDialog
from ui.components.fields import select_field
from ui.dialogs.printing import save_pdf
from ui.visit import Visit

TOGETHER = -1


class YearSummary(ActDialog):
    """The year, and of several who pay the one it is for."""

    title, verb, busy = "Year's summary for taxes", "Download summary", "Drawing…"

    def __init__(self, visit: Visit, client_id: int, name: str) -> None:
        super().__init__(visit)
        self.client_id, self.name = client_id, name
        self.hint = f"What was paid for {name} in a year, by day, provider and service."

    async def open(self) -> None:
        """Look which years there are, then ask; the latest whole year is offered first."""
        today = self.visit.today()
        self.years = await statements.years_of(self.client_id, seen_by=self.visit.user) or [today.year]
        self.year = next((year for year in self.years if year < today.year), self.years[0])
        self.payers = await self.read_payers(self.year)
        self.show()

    async def read_payers(self, year: int) -> list[str]:
        """Who paid in a year; nobody in one without payments."""
        try:
            return await statements.payers_in_year(self.client_id, year, seen_by=self.visit.user)
        except statements.NothingPaid:
            return []

    def draw(self) -> None:
        """The fields."""
        self.which = self.field("year", select_field(
            "Year", {year: str(year) for year in self.years}, self.year, searchable=False, on_change=self.year_chosen))
        self.whose = self.field("person", select_field("For", self.choices(), TOGETHER, searchable=False))
        self.whose.frame.set_visibility(len(self.payers) > 1)

    def choices(self) -> dict[int, str]:
        """All who pay together, or one of them."""
        return {TOGETHER: f"All who paid, to {self.name}"} | dict(enumerate(self.payers))

    async def year_chosen(self, event: Any) -> None:
        """Others may have paid in that year."""
        self.payers = await self.read_payers(event.value or self.year)
        self.whose.set_options(self.choices(), value=TOGETHER)
        self.whose.frame.set_visibility(len(self.payers) > 1)

    async def act(self) -> str:
        """Ask before the browser is sent for the PDF."""
        person = None if self.whose.value in {TOGETHER, None} else int(self.whose.value)
        await statements.year_summary(self.client_id, self.which.value, person=person, seen_by=self.visit.user, on=self.visit.today())
        save_pdf(year_address(self.client_id, self.which.value, person))
        return f"Summary of {self.which.value} made"


def year_address(client_id: int, year: int, person: int | None) -> str:
    """Where a year's summary opens."""
    return f"{routes.STORED_PDF}/year?client={client_id}&year={year}" + (f"&person={person}" if person is not None else "")
