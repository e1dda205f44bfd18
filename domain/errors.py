"""Every refusal is a class that carries its sentence and the field it belongs to."""

from __future__ import annotations

from typing import ClassVar


class PracticeError(Exception):
    """Something the practice's rules refuse. str() is the class name, so that logs hold no client's name.

    `sentence` may have {places} filled from the keyword arguments; `field` names the box on the screen it belongs to.
    """

    sentence: ClassVar[str] = "This could not be done. Nothing was changed."
    field: ClassVar[str] = ""

    def __init__(self, *, at: str = "", **details: object) -> None:
        super().__init__(type(self).__name__)
        self.details = details
        self.at = at or self.field

    def told(self) -> str:
        """The sentence for the person who asked."""
        return self.sentence.format(**self.details)


class NotSignedIn(PracticeError):
    """The one who asks is signed out, or their account was removed."""

    sentence = "You are signed out. Nothing was changed. Sign in again to go on."


class WrongPassword(PracticeError):
    """E-mail and password do not belong together."""

    sentence = "That email and password do not belong together. Check both and try again."
    field = "password"


class TooManyTries(PracticeError):
    """Too many wrong passwords in a short time."""

    sentence = "Too many wrong passwords. Wait {minutes} minutes, then try again."
    field = "password"


class FieldRefused(PracticeError):
    """A value that can't be kept, with the sentence that says what to do. `at` names the field."""

    sentence = "{sentence}"


class Refused(PracticeError):
    """Several fields at once: `fields` maps each to its sentence; nothing was kept."""

    sentence = "{count} to fix. Nothing was saved."

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(at=next(iter(fields), ""), count=len(fields))
        self.fields = fields

    def told(self) -> str:
        """The one sentence, when there is only one."""
        return next(iter(self.fields.values())) if len(self.fields) == 1 else super().told()


class ChangedMeanwhile(PracticeError):
    """Someone else kept a change of the record since it was read."""

    sentence = "{what} was changed by someone else while you were editing. Nothing of yours was saved yet."


class NotFound(PracticeError):
    """The record is not there (any more)."""

    sentence = "{what} is no longer there. It may have been removed on another computer."


class InUse(PracticeError):
    """A record that others point to can't be deleted; it can be archived."""

    sentence = "{what} is in use and cannot be deleted. Archive it instead: it stays on old records."


class LockedByBilling(PracticeError):
    """An appointment that was sent to billing keeps its time, clients and codes."""

    sentence = "{client}'s appointment was sent to billing as session {session}. Remove that session first to change it."


class AlreadyInvoiced(PracticeError):
    """A session on an invoice or claim can't be changed before that is void."""

    sentence = "Session {session} is on {document}. Void that document first."


class MoneyTaken(PracticeError):
    """A session with a payment can't be removed: the visit sent anew would ask for the money a second time."""

    sentence = "{cents} was taken at session {session}. Take that payment out of the session first, then remove it."
