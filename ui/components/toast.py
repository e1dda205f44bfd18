"""A toast: good news at the bottom of the screen for six seconds, with one thing to do. Errors never come so."""

from collections.abc import Callable
from typing import Any

from nicegui import context, ui
from nicegui.client import Client

from ui.components.buttons import Button
from ui.components.icons import icon

SECONDS = 6.0


class Toast(ui.element):
    """One at a time: a newer one takes the place of the older."""

    def __init__(self, sentence: str, act: str, on_act: Callable[..., Any] | None) -> None:
        super().__init__("div")
        self.classes("sb-toast").props("role=status aria-live=polite")
        self.on_act = on_act
        with self:
            icon("circle-check", 20)
            ui.label(sentence).classes("sb-toast-words")
            if act:
                Button(act, look="sb-toast-act", on_click=self._acted)
            ui.timer(SECONDS, self.delete, once=True, immediate=False)

    async def _acted(self) -> None:
        on_act = self.on_act
        parent = self.client.layout
        self.delete()
        if on_act is not None:
            with parent:
                answer = on_act()
                if hasattr(answer, "__await__"):
                    await answer


def toast(sentence: str, act: str = "", on_act: Callable[..., Any] | None = None, *, client: Client | None = None) -> None:
    """`toast("Session 1044 saved", "Undo", undo)`; a browser that has gone meanwhile is passed over."""
    where = client or context.client
    if where.is_deleted:
        return
    for shown in [part for part in where.layout.descendants() if isinstance(part, Toast)]:
        shown.delete()
    with where.layout:
        Toast(sentence, act, on_act)
