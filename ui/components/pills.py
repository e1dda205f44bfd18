"""Summary pills: what a range holds, each a tap that shows those rows only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from ui.components.buttons import Button
from ui.components.fields import OnChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """One count with its words; amber and red ones ask to be looked at."""

    key: str
    count: int
    words: str
    tone: Literal["", "warn", "bad"] = ""


class Pills(ValueElement[str | None]):
    """`value` is the key of the pressed pill, or None; a second tap lets go."""

    def __init__(self, pills: Sequence[Pill] = (), value: str | None = None, *, label: str = "Show",
                 on_change: OnChange = None) -> None:
        super().__init__(tag="div", value=value, on_value_change=on_change)
        self._props.pop("loopback", None)
        self.classes("sb-pills").props("role=group")
        self.props["aria-label"] = label
        self.shown: tuple[Pill, ...] = ()
        self.buttons: dict[str, Button] = {}
        self.counts: dict[str, ui.html] = {}
        self.show(pills)

    def show(self, pills: Sequence[Pill]) -> None:
        """Show these counts; pills that stay keep their place and the keyboard's focus."""
        if [(pill.key, pill.words, pill.tone) for pill in pills] != [(p.key, p.words, p.tone) for p in self.shown]:
            self._build(pills)
        self.shown = tuple(pills)
        for pill in pills:
            self.counts[pill.key].set_content(f"{pill.count:,}")
        self._press()

    def _build(self, pills: Sequence[Pill]) -> None:
        self.clear()
        with self:
            for pill in pills:
                button = Button(pill.words, look=f"sb-pill is-{pill.tone}" if pill.tone else "sb-pill",
                                on_click=lambda _, key=pill.key: self._tapped(key))
                with button:
                    self.counts[pill.key] = ui.html(f"{pill.count:,}", sanitize=False, tag="b").classes("sb-pill-count")
                self.buttons[pill.key] = button
        gone = set(self.buttons) - {pill.key for pill in pills}
        for key in gone:
            del self.buttons[key], self.counts[key]

    def _tapped(self, key: str) -> None:
        self.value = None if self.value == key else key

    def _press(self) -> None:
        for key, button in self.buttons.items():
            button.props["aria-pressed"] = "true" if key == self.value else "false"

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        self._press()

    def _value_to_model_value(self, _value: Any) -> None:
        """The browser sees which one is pressed, not its key."""
