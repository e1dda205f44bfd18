"""Why the calendar refuses something, each with its sentence."""

from __future__ import annotations

from domain.errors import PracticeError


class BilledBefore(PracticeError):
    """An appointment or member that once was billed stays on record, though the session was removed since."""

    sentence = (
        "{client}'s appointment was billed before as session {session}, so it stays on record. Cancel it instead."
    )
    field = "members"


class RepeatsTooOften(PracticeError):
    """A repeat that would make no appointment or far too many."""

    sentence = "Choose from 2 to {most} appointments."
    field = "times"
