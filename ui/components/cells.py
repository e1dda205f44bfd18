"""Pieces of a table's cells, as text for the browser: every name that goes in is escaped here."""

from collections.abc import Sequence
from html import escape
from typing import Literal

from ui.components.chips import chip_html, no_code_html
from ui.components.icons import svg
from ui.components.status import lock_html, status_html

__all__ = ["anchor", "button", "chip_html", "day_and_time", "link", "lock_html", "name", "no_code_html", "reasons", "status_html",
           "struck", "text", "why"]


def text(words: str, look: str = "") -> str:
    """Words, with classes if any: `text("Self-pay", "sb-2")`."""
    return f'<span class="{escape(look)}">{escape(words)}</span>'


def name(words: str) -> str:
    """Who the row is about: the boldest text in it."""
    return text(words, "sb-name")


def struck(words: str) -> str:
    """The name of what was canceled."""
    return text(words, "sb-struck")


def day_and_time(day: str, time: str) -> str:
    """One line on the desk ("Mon, Oct 12 · 9:00 AM"), two on a tablet."""
    return (f'<span class="sb-day-time"><span>{escape(day)}</span><span class="sb-3 sb-time">{escape(time)}</span></span>')


def button(words: str, act: str, arg: str = "", *, drawing: str = "") -> str:
    """A small button in a row, told to the table's `on_act`."""
    picture = svg(drawing, 16) if drawing else ""
    return (f'<button type="button" class="q-btn sb-standard sb-in-row" data-act="{escape(act)}" data-arg="{escape(arg)}">'
            f'<span class="q-btn__content col row no-wrap items-center justify-center">{picture}<span>{escape(words)}</span></span></button>')


def anchor(words: str, address: str, spoken: str) -> str:
    """A link that looks like a button and opens an address in a tab of its own."""
    return (f'<a class="q-btn sb-standard sb-in-row" href="{escape(address)}" target="_blank" rel="noopener" '
            f'aria-label="{escape(spoken)}"><span class="q-btn__content col row no-wrap items-center justify-center"><span>{escape(words)}</span></span></a>')


def link(words: str, act: str, arg: str = "") -> str:
    """Underlined words to tap, told to the table's `on_act`."""
    return (f'<button type="button" class="sb-link sb-link-button" data-act="{escape(act)}" data-arg="{escape(arg)}">'
            f"{escape(words)}</button>")


def why(sentence: str, mend: str = "") -> str:
    """Why a row is left out, in the columns it has no use for; its mend (`link` or `button`) at the right."""
    return f"{text(sentence, 'sb-hint')}{mend}"


def reasons(lines: Sequence[tuple[str, str, str]], *, act: str = "mend", tone: Literal["bad", "warn", "quiet"] = "bad") -> str:
    """All there is to say of a row, each with its mend: (what is wrong, words of the link, its argument)."""
    if not lines:
        return ""
    arrow = svg("arrow-right", 15)
    items = "".join(
        f"<li><span>{escape(wrong)}</span>"
        + (f'<button type="button" class="sb-mend" data-act="{escape(act)}" data-arg="{escape(arg)}">'
           f"<span>{escape(mend)}</span>{arrow}</button>" if mend else "")
        + "</li>" for wrong, mend, arg in lines)
    return f'<ul class="sb-reasons is-{tone}">{items}</ul>'
