"""The calendar surface: day with providers side by side, week and month, for mouse, finger and keyboard."""

from ui.components.event_calendar.element import EventCalendar
from ui.components.event_calendar.rows import CalendarEvent, CalendarResource, View

__all__ = ["CalendarEvent", "CalendarResource", "EventCalendar", "View"]
