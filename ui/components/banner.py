"""Banners: amber for the connection, red for what went wrong; they stay until solved or closed."""

from typing import Literal, Self

from nicegui import ui

from ui.components import buttons
from ui.components.icons import icon

Tone = Literal["bad", "warn", "info"]
DRAWINGS: dict[Tone, str] = {"bad": "to-fix", "warn": "wifi-off", "info": "info"}


class Banner(ui.element):
    """`Banner("The sessions could not be saved", "Nothing was sent. …")`; buttons go into `acts`."""

    def __init__(self, title: str, sentence: str = "", *, tone: Tone = "bad", drawing: str = "", closable: bool = True) -> None:
        super().__init__("div")
        self.classes(f"sb-banner is-{tone} {'' if sentence and tone == 'bad' else 'is-line'}")
        self.props("role=alert" if tone == "bad" else "role=status")
        with self:
            icon(drawing or DRAWINGS[tone], 20)
            with ui.element("div").classes("sb-banner-words"):
                self.title = ui.label(title).classes("sb-strong")
                self.sentence = ui.label(sentence).classes("sb-banner-more")
                self.sentence.set_visibility(bool(sentence))
                self.acts = ui.element("div").classes("sb-banner-acts")
            if closable:
                buttons.icon_button("x", "Close this message", size=18, on_click=self.delete)

    def say(self, title: str, sentence: str = "") -> Self:
        """Say something else in the same place."""
        self.title.set_text(title)
        self.sentence.set_text(sentence)
        self.sentence.set_visibility(bool(sentence))
        return self
