"""Asks for statements, of one client or of all who owe: what they will say is foreseen, then they are made and drawn."""

from __future__ import annotations

from nicegui import ui

from domain import statements
from domain.statements import Foreseen
from ui.components.act_dialog import ActDialog
from ui.components.banner import Banner
from ui.components.dialog import Size
from ui.components.fields import text_area
from ui.components.typed import money_text
from ui.components.typed_fields import date_field
from ui.dialogs.statements_result import MakingStatements
from ui.visit import Visit

NAMES_SHOWN = 3


class MakeStatements(ActDialog):
    """From when payments are listed, a message, and what will come of it."""

    verb, busy = "Make statement", "Making…"
    hint = "What is open and for how long, and the payments. It is no new charge."
    size: Size = "medium"

    def __init__(self, visit: Visit, client_id: int | None = None, name: str = "") -> None:
        super().__init__(visit)
        self.client_id, self.name = client_id, name
        self.run_id = 0
        self.foreseen: Foreseen

    async def open(self) -> None:
        """Look at what there is to state, then ask."""
        self.page = ui.context.client.layout
        self.since_usually = statements.usual_since(self.visit.today())
        self.foreseen = await statements.foreseen(self.client_id, since=self.since_usually, on=self.visit.today(),
                                                  seen_by=self.visit.user)
        self.title = f"Statement for {self.name}" if self.client_id else "Statements for all who owe"
        if len(self.foreseen.due) > 1 or not self.client_id:
            self.verb = f"Make {counted_statements(len(self.foreseen.due))}"
        self.show()
        if not self.client_id and not self.foreseen.due:
            self.button.disable()

    def draw(self) -> None:
        """The fields, and below them what is due by person."""
        with ui.element("div").classes("sb-fields"):
            self.since = self.field("since", date_field("List payments since", self.since_usually, today=self.visit.today()), span=6)
            self.message = self.field("message", text_area(
                "Message", "", placeholder="Printed below the amounts, if you like", max_length=1000, rows=2))
        self.what_is_due()
        self.warnings()

    def what_is_due(self) -> None:
        """Who gets one and what is due; of many only how many, and the sum."""
        due = self.foreseen.due
        if not due:
            ui.label("No client owes anything today." if not self.client_id else "Nothing is open on this account.").classes("sb-2")
            return
        with ui.element("div").classes("sb-sum-lines"):
            for name, cents in due if self.client_id else ():
                due_line(name, cents)
            if not self.client_id:
                due_line(counted_statements(len(due)), self.foreseen.due_cents)

    def warnings(self) -> None:
        """What can't be made or can't be mailed, before it is asked for."""
        told = self.foreseen
        if told.not_made:
            first = told.not_made[0].reason
            more = f" {len(told.not_made) - 1} more can't be made either." if len(told.not_made) > 1 else ""
            Banner("Not all can be made." if told.due else "It can't be made.", f"{first}{more}", tone="warn", closable=False)
        if told.no_address:
            Banner("No address to mail to.", f"{named(told.no_address)}: the window shows the name alone. Add the address "
                   "with the client's details or bill-to person, or hand it over.", tone="warn", closable=False)

    async def act(self) -> str:
        """Keep them; they are drawn while the next dialog shows how far they are."""
        self.run_id = await statements.make_statements(
            self.client_id, since=self.since.value, message=self.message.value or "", by=self.visit.user, now=self.visit.now())
        return ""

    def acted(self, said: str) -> None:
        """On to the progress, which stands in the page since this dialog is going."""
        del said
        with self.page:
            ui.timer(0, MakingStatements(self.visit, self.run_id, self.page).open, once=True)


def due_line(words: str, cents: int) -> None:
    """A name with its amount; what is below zero is the person's credit."""
    with ui.element("div").classes("sb-sum-line"):
        ui.label(words).classes("sb-grow")
        ui.label(money_text(cents) if cents >= 0 else f"{money_text(-cents)} credit").classes("sb-num")


def named(names: tuple[str, ...]) -> str:
    """The first few names, and how many more."""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def counted_statements(count: int) -> str:
    """12 statements."""
    return f"{count:,} statement{'' if count == 1 else 's'}"
