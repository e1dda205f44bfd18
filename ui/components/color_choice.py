"""The twelve colors of Service Codes to choose from, and how a code will look, light and dark."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from ui.components.buttons import Button
from ui.components.chips import chip_html
from ui.components.fields import OnChange
from ui.components.icons import svg
from ui.theme import SERVICE_CODE_COLORS, color_class

# A made-up visit, so that the preview shows everything a block can show.
SAMPLE_NAME, SAMPLE_START = "Milo Pebblebrook", datetime(2026, 10, 14, 15, 30)  # noqa: DTZ001  a wall-clock time, never kept


class ColorChoice(ValueElement[str]):
    """Twelve buttons, each in its color with its name; `value` is the name."""

    def __init__(self, value: str, *, on_change: OnChange = None) -> None:
        super().__init__(tag="div", value=value, on_value_change=on_change)
        self._props.pop("loopback", None)
        self.classes("sb-colors").props('role=radiogroup aria-label="Color"')
        self.mark("color")
        with self:
            self.buttons = {name: self._color(name) for name in SERVICE_CODE_COLORS}
        self._press()

    def _color(self, name: str) -> Button:
        button = Button(look=f"sb-color {color_class(name)}", on_click=lambda: self.set_value(name))
        with button.props("role=radio"):
            ui.html(f'<span class="sb-dot"></span><span>{name}</span>', sanitize=False, tag="span")
        return button

    def _press(self) -> None:
        for name, button in self.buttons.items():
            button.props["aria-checked"] = "true" if name == self.value else "false"

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        self._press()

    def _value_to_model_value(self, _value: Any) -> None:
        """The browser sees which one is pressed."""

    def focus(self) -> None:
        """Put the keyboard on the chosen color."""
        self.buttons[self.value if self.value in self.buttons else "Sky"].run_method("focus")


class CodePreview(ui.html):
    """A block of the calendar and a chip in both themes, as they will look."""

    def __init__(self, code: str, name: str, color: str, minutes: int | None) -> None:
        super().__init__(self._both(code, name, color, minutes), sanitize=False)
        self.classes("sb-preview").props('role=img aria-label="How it will look, light and dark"')

    def show(self, code: str, name: str, color: str, minutes: int | None) -> None:
        """Show it with these values."""
        self.set_content(self._both(code, name, color, minutes))

    def _both(self, code: str, name: str, color: str, minutes: int | None) -> str:
        shown = code.strip().upper()[:6] or "CODE"
        return "".join(
            f'<div class="sb-{theme}"><div class="sb-preview-theme">{theme.capitalize()}</div>'
            f"{sample_block(shown, color, minutes)}"
            f'<div class="sb-preview-chip">{chip_html(shown, color)}<span>{escape(name.strip() or "Name")}</span></div></div>'
            for theme in ("light", "dark")
        )


def sample_block(code: str, color: str, minutes: int | None) -> str:
    """A locked, attended visit of the sample client."""
    ends = SAMPLE_START + timedelta(minutes=minutes or 50)
    time = f"{SAMPLE_START:%-I:%M} – {ends:%-I:%M}"
    return (
        f'<div class="sb-sample {color_class(color)}"><div class="sb-sample-top"><b>{SAMPLE_NAME}</b>{svg("lock", 14, "sb-lock")}</div>'
        f'<div>{time}</div><div class="sb-sample-foot"><span class="sb-chip sb-on-block">{escape(code)}</span>'
        f'{svg("check", 13)}<span>Attended</span></div></div>'
    )
