"""One browser tab's visit: who is looking, in which zone, and the page's header, toast and red banner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nicegui import ui

from domain.access import SignedIn
from ui import clock
from ui.components.icons import icon
from ui.components.toast import toast


class Visit:
    """What a page needs of the frame around it. Made once a tab, by the shell."""

    def __init__(self, user: SignedIn, *, zone: ZoneInfo, practice_name: str, is_demo: bool) -> None:
        self.user, self.zone, self.practice_name, self.is_demo = user, zone, practice_name, is_demo
        self.letter_keys = True
        self.banner_place: ui.element | None = None

    def now(self) -> datetime:
        """This moment, in UTC."""
        return clock.now()

    def today(self) -> date:
        """The practice's day."""
        return clock.today(self.zone)

    def go(self, path: str) -> None:
        """Show another page in this tab."""
        ui.navigate.to(path)

    def toast(self, text: str, *, action: str = "", on_action: Callable[[], object] | None = None) -> None:
        """Good news at the bottom of the screen for six seconds, with at most one thing to do."""
        toast(text, action=action, on_action=on_action)

    @contextmanager
    def header(self, title: str, *, back: str = "", back_to: str = "") -> Iterator[ui.element]:
        """The page's header: title (or a way back) at the left, Live badge, then the buttons made inside."""
        with ui.element("header").classes("sb-header"):
            if back:
                self._way_back(back, back_to)
            heading = ui.label(title).classes("sb-title" + (" sb-visually-hidden" if back else "")).props("role=heading aria-level=1")
            if self.is_demo:
                ui.label("Demo practice").classes("sb-demo-mark")
            live_badge()
            yield heading
        self.banner_place = ui.element("div").classes("sb-banner-place")

    def _way_back(self, path: str, words: str) -> None:
        with ui.link(target=path).classes("sb-way-back"):
            icon("chevron-left", 20)
            ui.label(words)

    def refused(self, sentence: str, *, more: str = "") -> None:
        """A red banner under the header that stays until it is closed or the next try."""
        self.clear_refusal()
        if self.banner_place is None or self.banner_place.is_deleted:
            return
        with self.banner_place, ui.element("div").classes("sb-banner is-line").props("role=alert") as banner:
            icon("triangle-alert", 20)
            with ui.element("div").classes("sb-banner-words"):
                ui.label(sentence)
                if more:
                    ui.label(more).classes("sb-banner-more")
            close = ui.button(on_click=banner.delete).classes("sb-icon-button").props('flat aria-label="Close"')
            with close:
                icon("x", 18)

    def clear_refusal(self) -> None:
        """Take the red banner away."""
        if self.banner_place is not None and not self.banner_place.is_deleted:
            self.banner_place.clear()


def live_badge() -> None:
    """Live or Offline: the page's own script swaps the word when the connection comes and goes."""
    with ui.element("span").classes("sb-live").props("role=status"):
        ui.element("span").classes("sb-live-dot")
        ui.label("Live").classes("sb-when-live")
        ui.label("Offline").classes("sb-when-offline")
