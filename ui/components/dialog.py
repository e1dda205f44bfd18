"""Dialogs: a title, one line of hint, close at the top right, and a footer with the primary button at the right.

Focus stays inside while one is open and returns to where it was; Esc closes; Enter presses `dialog.enter_presses`.
"""

from typing import Any, Literal

from nicegui import ui

from ui.components import buttons

Size = Literal["small", "medium", "wide", "large"]

# Enter in a line of text presses the primary; in lists, areas and on buttons it keeps its own meaning.
ENTER = """(event) => {
  const at = event.target;
  if (at.closest('textarea, button, a, [role="combobox"], [role="listbox"], [role="option"], table') || event.isComposing) return;
  const button = document.getElementById('%s');
  if (button && !button.disabled && !button.classList.contains('disabled')) setTimeout(() => button.click(), 30);
}"""


class Dialog(ui.dialog):
    """Fill `body` and `foot`, then `open()` or `await` it; `submit(answer)` closes it with an answer.

    Once closed it is gone, unless it was made to be kept.
    """

    def __init__(self, title: str, hint: str = "", *, size: Size = "medium", flush: bool = False, keep: bool = False,
                 locked: bool = False) -> None:
        super().__init__()
        self.props("transition-show=fade transition-hide=fade transition-duration=140")
        self.props["aria-label"] = title
        if locked:
            self.props("persistent no-esc-dismiss")
        with self, ui.element("div").classes(f"sb-dialog is-{size}") as self.card:
            self._head(title, hint)
            self.body = ui.element("div").classes(f"sb-dialog-body {'is-flush' if flush else ''}")
            self.foot = ui.element("div").classes("sb-dialog-foot")
        if not keep:
            self.on("hide", self._leave)

    def _head(self, title: str, hint: str) -> None:
        with ui.element("div").classes("sb-dialog-head") as self.head:
            with ui.element("div") as self.words:
                self.title = ui.label(title).classes("sb-title").props("role=heading aria-level=2")
                self.hint = ui.label(hint).classes("sb-hint")
                self.hint.set_visibility(bool(hint))
            self.close_button = buttons.icon_button("x", "Close", size=20, on_click=self.close)

    def say(self, hint: str) -> None:
        """Change the line under the title."""
        self.hint.set_text(hint)
        self.hint.set_visibility(bool(hint))

    def enter_presses(self, button: ui.button) -> None:
        """Let Enter in a field act on the primary button."""
        self.card.on("keydown.enter", js_handler=ENTER % button.html_id)

    def _leave(self) -> None:
        if not self.is_deleted:
            self.delete()


async def ask(title: str, sentence: str, verb: str, keep: str = "Keep it", *, deletes: bool = True) -> bool:
    """Whether the person means it; Esc keeps.

    `await ask("Delete session 1044?", "The appointment can then be changed again.", "Delete session")`
    """
    with Dialog(title, size="small") as dialog:
        dialog.card.classes("is-question")
        dialog.props("role=alertdialog")
        with dialog.body:
            ui.label(sentence)
        with dialog.foot:
            buttons.standard(keep, on_click=lambda: dialog.submit(False)).props("autofocus")
            if deletes:
                buttons.danger(verb, solid=True, on_click=lambda: dialog.submit(True))
            else:
                buttons.primary(verb, on_click=lambda: dialog.submit(True))
    answer: Any = await dialog
    return bool(answer)
