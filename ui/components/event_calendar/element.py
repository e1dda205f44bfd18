"""The calendar as a NiceGUI element: the page gives rows and hears what was tapped, dragged or lengthened."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments, handle_event

from ui.components.event_calendar.rows import CalendarEvent, CalendarResource, View, local_text, shown_days
from ui.components.icons import svg
from ui.components.status import MARKS
from ui.theme import ASSETS, TABLET_QUERY

# Of each weekday (0 is Monday) the minutes after midnight at which the practice opens and closes; None is closed.
Hours = Mapping[int, tuple[int, int] | None]

NINE_TO_FIVE: Hours = {weekday: (9 * 60, 17 * 60) if weekday < 5 else None for weekday in range(7)}


class EventCalendar(Element, component="event_calendar.js", esm={
    "event-calendar": str(ASSETS / "vendor" / "event-calendar"),
    "sessionbook-calendar": "js",
}):
    """Handlers may be async. `on_slot(start, end | None, resource_id)`, `on_event(id)`,
    `on_moved(id, start, end, resource_id)`, `on_more(day)`, `on_day(day)`, `on_range(first, after_last)`.

    After `on_moved` the block stands where it was dropped: the page answers with `put(row)`, or `refuse(id)`.
    """

    def __init__(self, *, view: View = "week", day: date, now: datetime | None = None, hours: Hours = NINE_TO_FIVE,
                 resources: Sequence[CalendarResource] = (), week_starts_on: int = 0, label: str = "Calendar",
                 slot_times: tuple[time, time] = (time(7), time(20)),
                 on_slot: Callable[[datetime, datetime | None, str | None], Any] | None = None,
                 on_event: Callable[[str], Any] | None = None,
                 on_moved: Callable[[str, datetime, datetime, str], Any] | None = None,
                 on_more: Callable[[date], Any] | None = None, on_day: Callable[[date], Any] | None = None,
                 on_range: Callable[[date, date], Any] | None = None) -> None:
        super().__init__()
        self.view, self.day, self.hours, self.week_starts_on = view, day, hours, week_starts_on
        self.events: dict[str, CalendarEvent] = {}
        self.on_slot, self.on_event, self.on_moved = on_slot, on_event, on_moved
        self.on_more, self.on_day, self.on_range = on_more, on_day, on_range
        self.classes("sb-calendar")
        self._props.update({
            "view": view, "day": day.isoformat(), "now": local_text(now) if now else None, "rows": [], "chosen": None,
            "resources": [resource.to_browser() for resource in resources], "hours": _hours(hours), "words": label,
            "weekStart": (week_starts_on + 1) % 7, "slotTimes": [_minutes(at) for at in slot_times],
            "marks": {kind: svg(drawing, 14) for kind, (drawing, *_) in MARKS.items() if drawing},
            "icons": {"lock": svg("lock", 14, "sb-lock"), "x": svg("x", 14)}, "tabletQuery": TABLET_QUERY,
        })
        self.on("slot", self._slot)
        self.on("choose_event", lambda event: self._tell(self.on_event, event.args))
        self.on("moved", self._moved)
        self.on("more", lambda event: self._tell(self.on_more, date.fromisoformat(event.args)))
        self.on("day", lambda event: self._tell(self.on_day, date.fromisoformat(event.args)))

    # ---- what the page does ----

    @property
    def shown(self) -> tuple[date, date]:
        """The first day shown and the day after the last: what rows are asked for."""
        return shown_days(self.view, self.day, week_starts_on=self.week_starts_on)

    def go_to(self, view: View, day: date, rows: Iterable[CalendarEvent] | None = None) -> None:
        """Show another view or day, with its rows in the same moment if they are known; tells `on_range`."""
        self.view, self.day = view, day
        if rows is not None:
            self.events = {row.id: row for row in rows}
        self._keep(view=view, day=day.isoformat())
        self.run_method("go_to", view, day.isoformat(), None if rows is None else self._rows())
        self._tell(self.on_range, *self.shown)

    def set_events(self, rows: Iterable[CalendarEvent]) -> None:
        """Show these rows; blocks that did not change are not touched."""
        self.events = {row.id: row for row in rows}
        self._keep()
        self.run_method("set_rows", self._rows())

    def put(self, row: CalendarEvent, *, changed: bool = False) -> None:
        """Add a row or show it anew; `changed` lights it up for a second."""
        self.events[row.id] = row
        self._keep()
        self.run_method("put", row.to_browser(), changed)

    def remove(self, event_id: str) -> None:
        """Take a row away."""
        self.events.pop(event_id, None)
        self._keep()
        self.run_method("remove", event_id)

    def refuse(self, event_id: str) -> None:
        """Put a block back where it was before it was dragged."""
        if event_id in self.events:
            self.run_method("put", self.events[event_id].to_browser(), False)
        else:
            self.run_method("remove", event_id)

    def choose(self, event_id: str | None) -> None:
        """Ring the block whose details are open; None rings none."""
        self._keep(chosen=event_id)
        self.run_method("choose", event_id)

    def set_resources(self, resources: Sequence[CalendarResource]) -> None:
        """Show other providers' columns in the day."""
        columns = [resource.to_browser() for resource in resources]
        self._keep(resources=columns)
        self.run_method("set_resources", columns)

    def set_hours(self, hours: Hours) -> None:
        """Hatch other hours and hide other days."""
        self.hours = hours
        self._keep(hours=_hours(hours))
        self.run_method("set_hours", _hours(hours))

    def set_now(self, now: datetime) -> None:
        """Put the now-line right; between calls the browser moves it on by itself."""
        self._keep(now=local_text(now))
        self.run_method("set_now", local_text(now))

    def focus_event(self, event_id: str) -> None:
        """Give the keyboard's focus to a block, as when its details close."""
        self.run_method("focus_event", event_id)

    # ---- what the person does ----

    def _slot(self, event: GenericEventArguments) -> None:
        start, end, resource = event.args["start"], event.args.get("end"), event.args.get("resource")
        if "T" not in start:
            start = self._opening(date.fromisoformat(start)).isoformat()
        self._tell(self.on_slot, datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None, resource)

    def _opening(self, day: date) -> datetime:
        """A day tapped in the month means its first working hour."""
        opens = (self.hours.get(day.weekday()) or (9 * 60, 0))[0]
        return datetime.combine(day, time()) + timedelta(minutes=opens)

    def _moved(self, event: GenericEventArguments) -> None:
        told = event.args
        self._tell(self.on_moved, told["id"], datetime.fromisoformat(told["start"]), datetime.fromisoformat(told["end"]),
                   told["resource"])

    def _tell(self, whom: Callable[..., Any] | None, *what: Any) -> None:
        if whom is not None:
            handle_event(lambda _: whom(*what), GenericEventArguments(sender=self, client=self.client, args=what))

    # ---- what is kept for a page that connects again, without sending it now ----

    def _rows(self) -> list[dict[str, Any]]:
        return [row.to_browser() for row in self.events.values()]

    def _keep(self, **props: Any) -> None:
        with self._props.suspend_updates():
            self._props.update(props)
            self._props["rows"] = self._rows()

    def _displayed_contents(self, **_kwargs: Any) -> list[str]:
        """What in-process tests see: every block's words."""
        return [row.spoken() for row in self.events.values()]


def _hours(hours: Hours) -> list[list[int] | None]:
    """By the browser's weekdays, which start on Sunday."""
    return [list(span) if (span := hours.get((weekday - 1) % 7)) else None for weekday in range(7)]


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
