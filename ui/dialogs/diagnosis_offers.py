"""Codes of ICD-10-CM offered below a diagnosis being typed, by the beginning of the code or by words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from nicegui import ui

from domain.icd10cm import Code, standing, suggestions

MOST = 6


class DiagnosisOffers(ui.element):
    """Empty until something is typed that is not yet a billable code; a tap takes one over."""

    def __init__(self, day: date, on_choose: Callable[[Code], None]) -> None:
        super().__init__("div")
        self.day, self.on_choose = day, on_choose
        self.classes("sb-offers").props("role=group aria-label='Codes that fit'")

    def offer(self, typed: str) -> None:
        """What fits; nothing once the code is whole."""
        self.clear()
        if not typed.strip() or standing(typed, self.day) == "billable":
            return
        with self:
            for code in suggestions(typed, self.day, most=MOST):
                with ui.element("button").classes("sb-offer").props("type=button") as button:
                    ui.label(code.code).classes("sb-num sb-strong")
                    ui.label(code.title)
                button.on("click", lambda _, code=code: self.on_choose(code))
