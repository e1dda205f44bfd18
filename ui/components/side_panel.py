"""Details beside the work: a panel at the right of the desk, a sheet from below (or still a panel) on a tablet."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from ui.components import buttons

REMEMBER = "window.sbBeforePanel = document.activeElement;"
GO_BACK = "const was = window.sbBeforePanel; if (was && was.isConnected) was.focus({preventScroll: true});"

# Esc closes an open list of choices first, and only then what it stands in.
UNLESS_A_LIST_IS_OPEN = """(event) => { if (!event.target.closest('[aria-expanded="true"]')) emit(); }"""


class SidePanel(ui.element):
    """Made once beside the work (`sb-with-panel` is the row for both), filled anew at each `show(title)`.

    It is closed by its cross or Esc; focus goes to it when it opens and back when it closes.
    """

    def __init__(self, *, wide: bool = False, sheet: bool = True, on_close: Callable[[], Any] | None = None) -> None:
        super().__init__("aside")
        self.classes(f"sb-panel {'is-wide' if wide else ''} {'is-sheet' if sheet else ''}").props("tabindex=-1")
        self.on_close = on_close
        with self:
            ui.element("div").classes("sb-grip").props("aria-hidden=true")
            with ui.element("div").classes("sb-panel-head"):
                with ui.element("div"):
                    self.over = ui.element("div").classes("sb-over")
                    self.title = ui.label().classes("sb-panel-title").props("role=heading aria-level=2")
                    self.hint = ui.label().classes("sb-hint")
                buttons.icon_button("x", "Close", size=20, on_click=self.close)
            self.body = ui.element("div").classes("sb-panel-body")
            self.foot = ui.element("div").classes("sb-panel-foot")
        self.on("keydown.escape", self.close, js_handler=UNLESS_A_LIST_IS_OPEN)
        self.set_visibility(False)

    def show(self, title: str, hint: str = "", *, take_focus: bool = True) -> None:
        """Empty the panel and open it under a new title; then fill `over`, `body` and `foot`."""
        for part in (self.over, self.body, self.foot):
            part.clear()
        self.title.set_text(title)
        self.hint.set_text(hint)
        self.hint.set_visibility(bool(hint))
        self.props["aria-label"] = title
        opening = not self.visible
        self.set_visibility(True)
        if opening and take_focus:
            self.client.run_javascript(f"{REMEMBER} setTimeout(() => document.getElementById('{self.html_id}')?.focus(), 60)")

    def close(self) -> None:
        """Close, and put the focus back where it was."""
        if not self.visible:
            return
        self.set_visibility(False)
        self.client.run_javascript(GO_BACK)
        if self.on_close is not None:
            self.on_close()


class AskingPanel(SidePanel):
    """A panel in which somebody types: its cross and Esc ask before typed text is thrown away."""

    def __init__(self, may_close: Callable[[], Awaitable[bool]], *, wide: bool = False, sheet: bool = True,
                 on_close: Callable[[], Any] | None = None) -> None:
        self.may_close = may_close
        super().__init__(wide=wide, sheet=sheet, on_close=on_close)

    async def close(self) -> None:  # type: ignore[override]
        """Close, unless the person would rather go on."""
        if self.visible and await self.may_close():
            super().close()


def facts(pairs: dict[str, str | Callable[[], Any]]) -> ui.element:
    """What is known, a line each: words at the left, value at the right (text, or a function that draws it)."""
    with ui.element("dl").classes("sb-facts") as table:
        for words, value in pairs.items():
            with ui.element("dt"):
                ui.label(words)
            with ui.element("dd"):
                ui.label(value) if isinstance(value, str) else value()
    return table
