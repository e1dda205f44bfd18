"""Fields to type in: the words above, a hint or a red sentence below, always with an accessible name.

What these functions return is the NiceGUI element itself (its `value` can be bound), grown by `say(sentence)`,
`clear_error()` and `frame`, the element around words and box that takes its width (`.frame.classes("sb-span-6")`).
Money, dates and times are in `typed_fields.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Self

from nicegui import ui
from nicegui.element import Element

from ui.components.icons import icon

OnChange = Callable[..., Any] | None


class Field(Element):
    """What a box gets from its field: words above it, a name for those who hear it, a sentence when refused."""

    frame: ui.element
    error: str | None

    def _settle(self, frame: ui.element, label: str, hint: str, *, show_label: bool = True) -> None:
        self.frame = frame
        self.props("outlined dense hide-bottom-space no-error-icon")
        self.props["aria-label"] = label
        self.props["for"] = self.html_id
        self.props.set_optional("hint", hint or None)
        self.mark(marker_of(label))
        if show_label:
            with frame:
                words = label_for(self.html_id, label)
            words.move(target_index=0)

    def say(self, sentence: str) -> Self:
        """Stand in red with a sentence below, until something else is typed."""
        self.error = sentence
        return self.props("aria-invalid=true")

    def clear_error(self) -> Self:
        """Stand as if nothing were wrong."""
        self.error = None
        return self.props(remove="aria-invalid")

    def focus(self) -> None:
        """Put the cursor here."""
        self.run_method("focus")


def marker_of(label: str) -> str:
    """What tests find a field by: `birth-date` for Birth date."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in label.lower()).split())


def label_for(input_id: str, label: str) -> ui.element:
    """The words above a box, tied to it; the box bears its name itself as well."""
    words = ui.element("label").classes("sb-label").props(f"for={input_id}")
    with words:
        ui.html(escape(label), sanitize=False, tag="span")
    return words


def _frame(width: str | None) -> ui.element:
    frame = ui.element("div").classes("sb-field")
    return frame.style(f"width:{width}") if width else frame


class TextField(ui.input, Field):
    """One line of text."""


class TextArea(ui.textarea, Field):
    """Several lines of text."""


class NumberField(ui.number, Field):
    """A plain number; money has a field of its own."""


class SelectField(ui.select, Field):
    """One of several, found by typing."""


def text_field(label: str, value: str = "", *, hint: str = "", placeholder: str = "", password: bool = False,
               prefix: str | None = None, suffix: str | None = None, width: str | None = None, show_label: bool = True,
               max_length: int | None = None, autocomplete: str = "off", on_change: OnChange = None) -> TextField:
    """A line of text; `suffix` is a unit such as "min"."""
    with _frame(width) as frame:
        field = TextField(value=value, placeholder=placeholder or None, password=password, prefix=prefix, suffix=suffix,
                          on_change=on_change)
    field._settle(frame, label, hint, show_label=show_label)
    field.props["autocomplete"] = autocomplete
    field.props.set_optional("maxlength", max_length)
    return field


def search_field(label: str, *, placeholder: str = "", width: str = "200px", on_change: OnChange = None) -> TextField:
    """A box to find things, without words above it; what is typed arrives when the typing pauses."""
    field = text_field(label, placeholder=placeholder or label, width=width, show_label=False, on_change=on_change)
    field.props("debounce=200 type=search clearable")
    with field.add_slot("prepend"):
        icon("search", 16)
    return field


def text_area(label: str, value: str = "", *, hint: str = "", placeholder: str = "", max_length: int | None = None,
              rows: int = 3, width: str | None = None, on_change: OnChange = None) -> TextArea:
    """A box for several lines."""
    with _frame(width) as frame:
        field = TextArea(value=value, placeholder=placeholder or None, on_change=on_change)
    field._settle(frame, label, hint)
    field.props(f"rows={rows}")
    field.props.set_optional("maxlength", max_length)
    return field


def number_field(label: str, value: float | None = None, *, hint: str = "", minimum: float | None = None,
                 maximum: float | None = None, step: float = 1, precision: int = 0, suffix: str | None = None,
                 width: str | None = None, on_change: OnChange = None) -> NumberField:
    """A number such as minutes or units; whole unless a precision is given."""
    with _frame(width) as frame:
        field = NumberField(value=value, min=minimum, max=maximum, step=step, precision=precision, suffix=suffix,
                            on_change=on_change)
    field._settle(frame, label, hint)
    field.props["inputmode"] = "decimal" if precision else "numeric"
    field.classes("sb-num-field")
    return field


def select_field(label: str, options: Mapping[Any, str] | Sequence[str], value: Any = None, *, hint: str = "",
                 placeholder: str = "", searchable: bool = True, clearable: bool = False, multiple: bool = False,
                 width: str | None = None, show_label: bool = True, on_change: OnChange = None) -> SelectField:
    """One (or several) of the options, a mapping of value to words; typing narrows the list."""
    choices = dict(options) if isinstance(options, Mapping) else list(options)
    with _frame(width) as frame:
        field = SelectField(choices, value=value, with_input=searchable, multiple=multiple, clearable=clearable,
                            on_change=on_change)
    field._settle(frame, label, hint, show_label=show_label)
    field.props("behavior=menu options-dense")
    field.props.set_optional("placeholder", None if multiple else placeholder or None)
    return field


def switch(label: str, value: bool = False, *, hint: str = "", on_change: OnChange = None) -> ui.switch:
    """An on/off choice with its words at the left and the switch at the right."""
    with ui.element("div").classes("sb-switch"):
        with ui.element("div").classes("sb-switch-words"):
            ui.label(label).classes("sb-switch-label")
            if hint:
                ui.label(hint).classes("sb-hint")
        turn = ui.switch(value=value, on_change=on_change)
        turn.props["aria-label"] = label
        turn.mark(marker_of(label))
    return turn


def check(label: str, value: bool | None = False, *, on_change: OnChange = None) -> ui.checkbox:
    """A check box with its words; None shows the third state."""
    box = ui.checkbox(label, value=value, on_change=on_change).props("dense")
    box.mark(marker_of(label))
    return box
