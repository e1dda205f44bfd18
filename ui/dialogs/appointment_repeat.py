"""How a new appointment repeats, in its editor: how often, how many, and until when that is."""

from __future__ import annotations

from datetime import date

from nicegui import ui

from domain.scheduling import MOST
from domain.scheduling.repeating import days_from
from ui.components.editing import Editing
from ui.components.fields import number_field, select_field
from ui.components.typed import WEEKDAYS, weekday_text
from ui.dialogs.appointment_form import AppointmentForm

ORDINALS = ("first", "second", "third", "fourth", "last")


class RepeatPart(ui.element):
    """Plain appointments, made at once."""

    def __init__(self, editing: Editing, form: AppointmentForm, *, today: date) -> None:
        super().__init__("div")
        self.form, self.today = form, today
        self.classes("sb-fields")
        with self:
            self.every = select_field("Repeats", self.choices(), form.every, searchable=False)
            self.times = number_field("Appointments in all", form.times, minimum=2, maximum=MOST)
            editing.bind("every", self.every, span=4)
            editing.bind("times", self.times, span=4)
            self.until = ui.label().classes("sb-span-4 sb-hint sb-until")
        self.follow()

    def choices(self) -> dict[str, str]:
        """Every month means the same weekday of the month."""
        day = self.form.day or self.today
        which = f"{ORDINALS[(day.day - 1) // 7]} {WEEKDAYS[day.weekday()]}"
        return {"": "Does not repeat", "week": "Every week", "two_weeks": "Every two weeks", "month": f"Every month, {which}"}

    @property
    def count(self) -> int:
        """How many appointments it makes."""
        return int(self.form.times) if self.form.every and self.form.times else 1

    def follow(self) -> None:
        """The days it means, for the day and number that stand there."""
        form = self.form
        if self.every.options != self.choices():
            self.every.set_options(self.choices(), value=form.every)
        self.times.frame.set_visibility(bool(form.every))
        self.until.set_visibility(bool(form.every))
        if form.every and form.day and 2 <= self.count <= MOST:
            days = days_from(form.day, form.every)  # type: ignore[arg-type]
            last = [next(days) for _ in range(self.count)][-1]
            self.until.set_text(f"The last is on {weekday_text(last)}, {last.year}.")
