"""Appointments and who attends them: make, change, move, repeat, mark, cancel, delete; what stands in the way."""

from domain.scheduling.booking import book, book_all, book_repeating, next_of
from domain.scheduling.changing import change, move
from domain.scheduling.conflicts import Conflict, conflicts
from domain.scheduling.defaults import Usual, minutes_of, new_draft, usual_of
from domain.scheduling.drafts import OFF, STATUSES, AppointmentDraft, MemberDraft, draft_of
from domain.scheduling.marking import cancel, set_service_code, set_status
from domain.scheduling.refusals import BilledBefore, RepeatsTooOften
from domain.scheduling.removing import Deleted, delete, put_back
from domain.scheduling.repeating import MOST, Repeat
from domain.scheduling.wall_clock import NoSuchTime, day_bounds, end_of, instant_of, wall_of

__all__ = [
    "MOST",
    "OFF",
    "STATUSES",
    "AppointmentDraft",
    "BilledBefore",
    "Conflict",
    "Deleted",
    "MemberDraft",
    "NoSuchTime",
    "Repeat",
    "RepeatsTooOften",
    "Usual",
    "book",
    "book_all",
    "book_repeating",
    "cancel",
    "change",
    "conflicts",
    "day_bounds",
    "delete",
    "draft_of",
    "end_of",
    "instant_of",
    "minutes_of",
    "move",
    "new_draft",
    "next_of",
    "put_back",
    "set_service_code",
    "set_status",
    "usual_of",
    "wall_of",
]
