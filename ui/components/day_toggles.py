"""The days of the week, each a button to switch on or off."""

from __future__ import annotations

from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from ui.components.buttons import Button
from ui.components.fields import OnChange

DAYS = {"1": "Mon", "2": "Tue", "3": "Wed", "4": "Thu", "5": "Fri", "6": "Sat", "7": "Sun"}


class DayToggles(ValueElement[str]):
    """`value` holds the ISO weekdays that are on, as in "12345"."""

    def __init__(self, label: str, value: str, *, on_change: OnChange = None) -> None:
        super().__init__(tag="div", value=value, on_value_change=on_change)
        self._props.pop("loopback", None)
        self.classes("sb-days").props("role=group")
        self.props["aria-label"] = label
        with self:
            self.days = {day: Button(words, look="", on_click=lambda _, day=day: self.toggle(day)) for day, words in DAYS.items()}
            self.refusal = ui.label().classes("sb-says").props("role=alert")
        self._press()

    def toggle(self, day: str) -> None:
        """On becomes off, off becomes on."""
        on = set(self.value) ^ {day}
        self.value = "".join(sorted(on))

    def say(self, sentence: str) -> None:
        """Say in red what is wrong."""
        self.refusal.set_text(sentence)

    def clear_error(self) -> None:
        """Say nothing."""
        self.refusal.set_text("")

    def focus(self) -> None:
        """Put the keyboard on the first day."""
        self.days["1"].run_method("focus")

    def _press(self) -> None:
        for day, button in self.days.items():
            button.props["aria-pressed"] = "true" if day in self.value else "false"

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        self._press()
        self.clear_error()

    def _value_to_model_value(self, _value: Any) -> None:
        """The browser sees which ones are pressed."""
