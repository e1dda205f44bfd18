"""A Service Code as a colored chip; its letters are always written."""

from html import escape

from nicegui import ui

from ui.theme import color_class


def service_code_chip(code: str, color: str | None, *, name: str = "") -> ui.html:
    """The chip, with the Service Code's full name beside it where there is room."""
    return ui.html(chip_html(code, color, name=name), sanitize=False, tag="span")


def no_code_chip() -> ui.html:
    """The dashed chip of an appointment without a Service Code."""
    return ui.html(no_code_html(), sanitize=False, tag="span")


def chip_html(code: str, color: str | None, *, name: str = "") -> str:
    """The chip as text, for table cells; a name follows on the desk and stands below on a tablet."""
    chip = f'<span class="sb-chip {color_class(color)}">{escape(code)}</span>'
    return f'<span class="sb-chip-name">{chip}<span class="sb-2">{escape(name)}</span></span>' if name else chip


def no_code_html(name: str = "") -> str:
    """The dashed chip as text; what the visit is called follows or stands below, as with a code."""
    chip = '<span class="sb-chip sb-no-code">None</span>'
    return f'<span class="sb-chip-name">{chip}<span class="sb-2">{escape(name)}</span></span>' if name else chip


def color_dot_html(color: str | None) -> str:
    """The dot of a color in a list of colors."""
    return f'<span class="sb-dot {color_class(color)}"></span>'
