"""One browser tab's visit: who is looking, in which zone, and the page's header, toast and red banner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nicegui import ui

from domain.access import SignedIn
from ui import clock
from ui.components.banner import Banner
from ui.components.icons import icon
from ui.components.status import LiveBadge
from ui.components.toast import toast
from ui.leaving import Leaving


class Visit:
    """What a page needs of the frame around it. Made once a tab, by the shell."""

    def __init__(self, user: SignedIn, *, zone: ZoneInfo, practice_name: str, is_demo: bool) -> None:
        self.user, self.zone, self.practice_name, self.is_demo = user, zone, practice_name, is_demo
        self.letter_keys = True
        self.leaving = Leaving()
        self.banner_place: ui.element | None = None

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return clock.now()

    def today(self) -> date:
        """The practice's day."""
        return clock.today(self.zone)

    def go(self, path: str) -> None:
        """Show another page in this tab; typed text is asked about first."""
        self.leaving.go(path)

    def toast(self, text: str, *, action: str = "", on_action: Callable[[], object] | None = None) -> None:
        """Good news at the bottom of the screen for six seconds, with at most one thing to do."""
        toast(text, action, on_action)

    @contextmanager
    def header(self, title: str, *, back: str = "", back_to: str = "", acts_below: bool = False) -> Iterator[ui.element]:
        """The page's header: title (or a way back) at the left, Live badge, then the buttons made inside.

        `acts_below`: on a tablet the buttons stand in a row of their own, since they leave no room for the title.
        """
        with ui.element("header").classes("sb-header" + (" has-acts-below" if acts_below else "")):
            if back:
                self._way_back(back, back_to)
            heading = ui.label(title).classes("sb-title").props("role=heading aria-level=1")
            if back:
                heading.classes("sb-visually-hidden")
            if self.is_demo:
                ui.label("Demo practice").classes("sb-demo-mark")
            LiveBadge()
            yield heading
        self.banner_place = ui.element("div").classes("sb-banner-place")

    def _way_back(self, path: str, words: str) -> None:
        with ui.link(target=path).classes("sb-way-back"):
            icon("chevron-left", 20)
            ui.label(words)

    def refused(self, sentence: str, *, more: str = "") -> None:
        """A red banner under the header that stays until it is closed or the next try."""
        self.clear_refusal()
        if self.banner_place is not None and not self.banner_place.is_deleted:
            with self.banner_place:
                Banner(sentence, more)

    def clear_refusal(self) -> None:
        """Take the red banner away."""
        if self.banner_place is not None and not self.banner_place.is_deleted:
            self.banner_place.clear()

