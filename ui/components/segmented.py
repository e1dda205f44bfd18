"""Segmented control: one of a few views or filters, all of them in sight."""

from collections.abc import Mapping
from typing import Any

from nicegui.elements.mixins.value_element import ValueElement

from ui.components.buttons import Button
from ui.components.fields import OnChange


class Segmented(ValueElement[Any]):
    """`Segmented({"day": "Day", "week": "Week"}, "week", label="View", on_change=…)`; value None presses none."""

    def __init__(self, options: Mapping[Any, str], value: Any, *, label: str, on_change: OnChange = None) -> None:
        super().__init__(tag="div", value=value, on_value_change=on_change)
        self._props.pop("loopback", None)
        self.classes("sb-segmented").props("role=group")
        self.props["aria-label"] = label
        with self:
            self.segments = {key: Button(words, look="sb-segment", on_click=lambda _, key=key: self.set_value(key))
                             for key, words in options.items()}
        self._press()

    def _press(self) -> None:
        for key, segment in self.segments.items():
            segment.props["aria-pressed"] = "true" if key == self.value else "false"

    def rename(self, key: Any, words: str) -> None:
        """Change a segment's words, such as its count."""
        self.segments[key].set_text(words)

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        self._press()

    def _value_to_model_value(self, _value: Any) -> None:
        """The browser sees which one is pressed, not its key."""
