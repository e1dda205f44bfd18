"""Money, dates and times, typed as people type them; their `value` is cents, a date or a time of day, never text.

While the text can't be read the field stands in red with a sentence and its value is None; a form asks
`all_readable(body)` before it saves.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, Self, TypeVar

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.value_element import ValueElement

from ui.components import buttons, typed
from ui.components.fields import OnChange, TextField, text_field
from ui.components.menus import menu_entry, popover
from ui.components.typed import Unreadable

T = TypeVar("T")

MENU_PLACE = 'anchor="bottom right" self="top right" no-parent-event'


class TypedField(ValueElement[T | None], Generic[T]):
    """A line of text that stands for a value: read at each keystroke, tidied when the cursor leaves."""

    def __init__(self, label: str, value: T | None, *, read: Callable[[str], T], write: Callable[[T], str],
                 hint: str = "", placeholder: str = "", width: str | None = None, on_change: OnChange = None) -> None:
        super().__init__(tag="div", value=value, on_value_change=on_change)
        self._props.pop("loopback", None)
        self.read, self.write = read, write
        self.classes("sb-typed")
        if width:
            self.style(f"width:{width}")
        with self:
            self.input: TextField = text_field(label, self._written(), hint=hint, placeholder=placeholder)
        self.frame: ui.element = self
        self._typing = False
        self.input.on_value_change(lambda event: self._typed(event.value or ""))
        self.input.on("blur", self.tidy)
        self.input.on("keydown.enter", self.tidy)

    def _written(self) -> str:
        return "" if self.value is None else self.write(self.value)

    def _typed(self, text: str) -> None:
        self._typing = True
        try:
            self.value = self.read(text) if text.strip() else None
        except Unreadable:
            self.value = None
        finally:
            self._typing = False

    def _opener(self, drawing: str, words: str, pick: Callable[[], None], opens: Callable[[], ui.menu]) -> ui.menu:
        """A button inside the box for mouse and finger; the keyboard types, or opens it with the arrow down."""
        with self.input.add_slot("append"):
            opener = buttons.icon_button(drawing, words, size=16, tooltip=False, on_click=pick)
            opener.classes("sb-field-button").props("tabindex=-1")
            with opener:
                menu = opens().props(MENU_PLACE)
        self.input.on("keydown.down", pick)
        return menu

    def tidy(self) -> None:
        """Write the value the practice's way, or say why what was typed is none."""
        text = self.input.value or ""
        try:
            self.value = self.read(text) if text.strip() else None
        except Unreadable as refused:
            self.input.say(refused.sentence)
        else:
            self.input.value = self._written()

    @property
    def readable(self) -> bool:
        """Whether what is typed is a value, or nothing at all."""
        return self.value is not None or not (self.input.value or "").strip()

    @property
    def error(self) -> str | None:
        """The sentence the field stands in red with, if any."""
        return self.input.error

    def say(self, sentence: str) -> Self:
        """Stand in red with a sentence below, until something else is typed."""
        self.input.say(sentence)
        return self

    def clear_error(self) -> Self:
        """Stand as if nothing were wrong."""
        self.input.clear_error()
        return self

    def focus(self) -> None:
        """Put the cursor here."""
        self.input.focus()

    def set_enabled(self, value: bool) -> None:
        """Let it be typed in, or only read."""
        self.input.set_enabled(value)

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        if not self._typing and self.readable_text_differs():
            self.input.value = self._written()

    def readable_text_differs(self) -> bool:
        """Whether the box shows something else than its value."""
        return (self.input.value or "") != self._written()

    def _value_to_model_value(self, _value: Any) -> None:
        """The browser gets the text only."""


class MoneyField(TypedField[int]):
    """An amount in whole cents."""

    def __init__(self, label: str, cents: int | None = None, *, negative: bool = False, hint: str = "",
                 width: str | None = None, on_change: OnChange = None) -> None:
        def read(text: str) -> int:
            amount = typed.cents_from(text)
            if amount < 0 and not negative:
                raise Unreadable("An amount can't be less than zero here.")
            return amount

        super().__init__(label, cents, read=read, write=typed.amount_text, hint=hint, width=width, on_change=on_change)
        self.input.props("prefix=$ inputmode=decimal")
        self.classes("sb-money")


class DateField(TypedField[date]):
    """A day, typed or picked from a calendar."""

    def __init__(self, label: str, day: date | None = None, *, today: date | None = None, hint: str = "",
                 width: str | None = None, on_change: OnChange = None) -> None:
        super().__init__(label, day, read=lambda text: typed.day_from(text, today=today), write=typed.day_text,
                         hint=hint, placeholder="Oct 14, 2026", width=width, on_change=on_change)
        self.today = today
        words = f"Choose {label.lower()} from a calendar"
        self._menu = self._opener("calendar", words, self.pick, lambda: popover(words)).classes("sb-bare")

    def pick(self) -> None:
        """Open the calendar at the field's day."""
        self._menu.clear()
        shown = self.value or self.today
        with self._menu:
            calendar = ui.date(value=self.value.isoformat() if self.value else None, on_change=self._picked)
            calendar.props("minimal no-unset")
            if shown:
                calendar.props(f"default-year-month={shown:%Y/%m}")
        self._menu.open()

    def _picked(self, event: Any) -> None:
        if event.value:
            self.value = date.fromisoformat(event.value)
            self._menu.close()
            self.focus()


class TimeField(TypedField[time]):
    """A time of day, typed or picked from a list in steps."""

    def __init__(self, label: str, at: time | None = None, *, step_minutes: int = 15, hint: str = "",
                 width: str | None = None, on_change: OnChange = None) -> None:
        super().__init__(label, at, read=typed.time_from, write=typed.time_text, hint=hint, placeholder="9:00 AM",
                         width=width, on_change=on_change)
        self.step_minutes = step_minutes
        self._menu = self._opener("clock", f"Choose {label.lower()} from a list", self.pick, ui.menu).props("max-height=280px")

    def pick(self) -> None:
        """Open the list of times, at the field's own."""
        self._menu.clear()
        with self._menu:
            for at in self._times():
                entry = menu_entry(typed.time_text(at), lambda _, at=at: self._take(at))
                entry.classes("is-chosen" if at == self.value else "")
        self._menu.open()
        ui.run_javascript(
            f"setTimeout(() => document.querySelectorAll('.q-menu .is-chosen, .q-menu .q-item:nth-child({self._ninth()})')"
            "[0]?.scrollIntoView({block: 'center'}), 60)")

    def _times(self) -> list[time]:
        start = datetime(2026, 1, 1)  # noqa: DTZ001  a day to count in, of no zone
        return [(start + timedelta(minutes=minute)).time() for minute in range(0, 24 * 60, self.step_minutes)]

    def _ninth(self) -> int:
        """Where nine o'clock stands in the list: the view to open when no time is set."""
        return 9 * 60 // self.step_minutes + 1

    def _take(self, at: time) -> None:
        self.value = at
        self.focus()


def money_field(label: str, cents: int | None = None, *, negative: bool = False, hint: str = "",
                width: str | None = None, on_change: OnChange = None) -> MoneyField:
    """An amount: "$1,200.50" and "1200.5" are 120050 cents."""
    return MoneyField(label, cents, negative=negative, hint=hint, width=width, on_change=on_change)


def date_field(label: str, day: date | None = None, *, today: date | None = None, hint: str = "",
               width: str | None = None, on_change: OnChange = None) -> DateField:
    """A day; `today` lets people leave out the year."""
    return DateField(label, day, today=today, hint=hint, width=width, on_change=on_change)


def time_field(label: str, at: time | None = None, *, step_minutes: int = 15, hint: str = "",
               width: str | None = None, on_change: OnChange = None) -> TimeField:
    """A time of day: "9", "930" and "2:15 pm" are read."""
    return TimeField(label, at, step_minutes=step_minutes, hint=hint, width=width, on_change=on_change)


def all_readable(container: Element) -> bool:
    """Whether every typed field inside holds a value or nothing; the first that does not gets the cursor."""
    wrong = [field for field in container.descendants() if isinstance(field, TypedField) and not field.readable]
    for field in wrong:
        field.tidy()
    if wrong:
        wrong[0].focus()
    return not wrong
