"""What is open by its age: four sums, each a tap that shows only that age."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.reading.balances import AGES
from ui.components.typed import money_text


class AgeStrip:
    """The strip above a list of balances; `on_choose` hears the age tapped."""

    def __init__(self, on_choose: Callable[[str], Awaitable[None]]) -> None:
        self.sums: dict[str, ui.label] = {}
        self.boxes: dict[str, ui.element] = {}
        with ui.element("div").classes("sb-totals").props("role=group aria-label=Age"), ui.element("div").classes("sb-totals-boxes"):
            for age in AGES:
                with ui.element("button").classes("sb-totals-box").props("type=button") as self.boxes[age]:
                    ui.label(f"{age} days").classes("sb-totals-name")
                    self.sums[age] = ui.label().classes("sb-total sb-num")
                self.boxes[age].on("click", lambda age=age: on_choose(age))

    def show(self, by_age: dict[str, int], chosen: str) -> None:
        """Write the sums, and press the age that is shown."""
        for age, cents in by_age.items():
            self.sums[age].set_text(money_text(cents))
            self.boxes[age].props["aria-pressed"] = "true" if age == chosen else "false"
