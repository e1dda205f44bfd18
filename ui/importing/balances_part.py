"""Import opening balances: what each line would bring forward, the day where lines have none, and the posting itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from nicegui import ui

from domain.importing.balance_list import BalanceRow, State, balance_rows
from domain.ledger.brought_forward import bring_all_forward, take_back
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.editing import try_it
from ui.components.fields import check
from ui.components.status import status_html
from ui.components.table import Column, LongTable, Row
from ui.components.typed import day_text, money_text
from ui.components.typed_fields import date_field
from ui.importing.parts import counted, result_card
from ui.visit import Visit

COLUMNS = (
    Column(name="line", label="Line", look="sb-3 sb-num", width="64px", folds=True),
    Column(name="client", label="Client", look="sb-name", sub="account"),
    Column(name="account", label="Account", look="sb-2", width="190px", folds=True),
    Column(name="as_of", label="As of", look="sb-num sb-2", width="120px"),
    Column(name="balance", label="Balance", align="right", look="sb-num", width="120px", tablet_width="104px"),
    Column(name="then", label="What happens", html=True, tablet_width="190px"),
)
THEN: dict[State, tuple[str, str]] = {"ready": ("ready", "Brought forward"), "there": ("scheduled", "There already"), "to_fix": ("to fix", "")}
UNDONE = "The whole list was undone"


class BalancesImport(Answers):
    """One chosen list in one browser."""

    def __init__(self, visit: Visit, raw: bytes, *, place: ui.element, again: Callable[[], Any]) -> None:
        self.visit, self.raw, self.place, self.again = visit, raw, place, again
        self.as_of: date | None = None
        self.posting = False

    async def open(self) -> None:
        """Read the list, then show it. Raises NotAClientList."""
        await self.read()
        self.place.clear()
        with self.place:
            with ui.element("div").classes("sb-toolbar"):
                date_field("Day of lines without one", None, today=self.visit.today(), on_change=self.choose_day)
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(COLUMNS, label="Opening balances of the list")
            with ui.element("div").classes("sb-bottom-bar"):
                self.words = ui.label().classes("sb-total-words").props("role=status")
                self.without = check("Leave out those with problems", on_change=lambda _: self.draw_button())
                with ui.element("div").classes("sb-row sb-right"):
                    buttons.standard("Another file", on_click=self.again)
                    self.button = buttons.primary("Bring forward", on_click=self.run)
        self.draw()

    async def read(self) -> None:
        """The lines as they stand against the records."""
        self.rows = await balance_rows(self.raw, as_of=self.as_of, on=self.visit.today(), seen_by=self.visit.user)

    @answering
    async def choose_day(self, event: Any) -> None:
        """Lines without a day get this one."""
        self.as_of = event.value
        await self.read()
        self.draw()

    def draw(self) -> None:
        """Those to fix first."""
        self.table.set_rows([self.line(row) for row in sorted(self.rows, key=lambda row: (row.state != "to_fix", row.line))])
        self.draw_button()

    def line(self, row: BalanceRow) -> Row:
        """One line of the table."""
        mark, word = THEN[row.state]
        balance = row.balance
        return {
            "id": row.line, "_name": row.client_name or f"line {row.line}", "line": str(row.line), "client": row.client_name,
            "account": row.account, "as_of": day_text(balance.as_of) if balance else "",
            "balance": money_text(balance.cents) if balance else "", "then": status_html(mark, word or row.problem),
        }

    def ready(self) -> list[BalanceRow]:
        """What would be posted."""
        return [row for row in self.rows if row.state == "ready" and row.balance]

    def draw_button(self) -> None:
        """How much; what has a problem must be left out knowingly."""
        wrong = sum(row.state == "to_fix" for row in self.rows)
        ready = self.ready()
        self.without.set_visibility(bool(wrong))
        self.without.set_text("Leave out the one with problems" if wrong == 1 else f"Leave out the {wrong} with problems")
        total = money_text(sum(row.balance.cents for row in ready if row.balance))
        self.words.set_text(f"{counted(len(self.rows), 'line')} in the list, {total} to bring forward")
        self.button.set_text(f"Bring {counted(len(ready), 'balance')} forward" if ready else "Nothing to bring forward")
        self.button.set_enabled(bool(ready) and (not wrong or bool(self.without.value)))

    @answering
    async def run(self, _event: object = None) -> None:
        """Post them all, or none; a second tap finds it done."""
        if self.posting:
            return
        self.posting = True
        ready = self.ready()
        try:
            with self.button.busy("Bringing forward…"):
                made = await bring_all_forward([row.balance for row in ready if row.balance], by=self.visit.user, now=self.visit.now())
        except Exception:
            self.posting = False
            raise
        self.show_result(ready, made)

    def show_result(self, ready: list[BalanceRow], made: list[int]) -> None:
        """What came of it, with a way back."""
        left = len(self.rows) - len(ready)
        total = money_text(sum(row.balance.cents for row in ready if row.balance))
        lines = [f"{total} in all", f"{counted(left, 'line')} left out" if left else ""]
        self.place.clear()
        with self.place:
            result_card(self.visit, f"{counted(len(made), 'balance')} brought forward", [line for line in lines if line], [],
                        onward="Open Clients", to=routes.CLIENTS, again=self.again)

        async def undo() -> None:
            back = take_back(made, reason=UNDONE, by=self.visit.user, now=self.visit.now())
            await try_it(self.visit, back, "All of them are taken back")

        with self.place:  # the button that was pressed is gone
            self.visit.toast(f"{counted(len(made), 'balance')} brought forward", action="Undo", on_action=undo)
