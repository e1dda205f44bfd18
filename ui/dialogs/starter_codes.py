"""Usual procedure codes with our own short words; the practice types its fee beside those it bills."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from domain.codes import STARTER_CODES, StarterCode, keep_starter_codes
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.dialog import Dialog
from ui.components.typed_fields import MoneyField, all_readable, money_field
from ui.visit import Visit


class StarterCodes(Answers):
    """A list of codes; each one that gets a fee is added."""

    def __init__(self, visit: Visit, have: Sequence[str]) -> None:
        self.visit = visit
        self.offered = [one for one in STARTER_CODES if one.code not in have]
        self.fees: dict[str, MoneyField] = {}

    def open(self) -> None:
        """Draw and show."""
        hint = "Type your fee beside each code you bill; the others are left out. You can change all of it later."
        with Dialog("Add usual codes", hint) as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                with ui.element("div").classes("sb-lines"):
                    for starter in self.offered:
                        self.line(starter)
                if not self.offered:
                    ui.label("You have all of the usual codes already.").classes("sb-2")
            with self.dialog.foot:
                buttons.quiet("Cancel", on_click=self.dialog.close)
                self.add_button = buttons.primary("Add Billing Codes", on_click=self.add)
            self.dialog.enter_presses(self.add_button)
        self.count()
        self.dialog.open()

    def line(self, starter: StarterCode) -> None:
        """Code, our words, the fee to type."""
        with ui.element("div").classes("sb-line-row is-typed"):
            ui.label(starter.code).classes("sb-line-code")
            ui.label(starter.description).classes("sb-line-words")
            if starter.client_only:
                ui.label("Client only").classes("sb-small")
            field = money_field(f"Fee for {starter.code}", width="120px", on_change=self.count)
            field.classes("is-bare")
            self.fees[starter.code] = field

    def typed(self) -> dict[str, int]:
        """The codes with a fee."""
        return {code: field.value for code, field in self.fees.items() if field.value is not None}

    def count(self, _event: object = None) -> None:
        """The button says how many."""
        many = len(self.typed())
        self.add_button.set_text(f"Add {many} Billing Code{'' if many == 1 else 's'}" if many else "Add Billing Codes")
        self.add_button.set_enabled(many > 0)

    @answering
    async def add(self, _event: object = None) -> None:
        """Keep those with a fee."""
        if not all_readable(self.dialog.body):
            return
        made = await keep_starter_codes(self.typed(), by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.visit.toast(f"{len(made)} Billing Code{'' if len(made) == 1 else 's'} added")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Above the list."""
        del at
        self.news.clear()
        with self.news:
            Banner(sentence)
