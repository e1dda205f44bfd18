"""One wrapper answers a tap: a refusal is said beside its field, the unforeseen with a number to quote."""

from __future__ import annotations

import inspect
import logging
import secrets
import traceback
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Protocol

from domain.errors import PracticeError, Refused
from ui.visit import Visit

log = logging.getLogger(__name__)


class Answers:
    """A page or dialog that can say a sentence; without a field of its own the page's red banner says it."""

    visit: Visit

    def say(self, sentence: str, *, at: str = "") -> None:
        """Say a refusal. Pages with fields override this and fall back here."""
        del at
        self.visit.refused(sentence)


class CanSay(Protocol):
    """What `answering` needs of the object whose method it wraps."""

    def say(self, sentence: str, *, at: str = "") -> None:
        """Say a sentence, beside the field `at` where there is one."""


Tap = Callable[..., Awaitable[None] | None]


def answering(tap: Tap) -> Callable[..., Awaitable[None]]:
    """Wrap a handler method so that no refusal and no failure is lost or shown as a stack trace."""

    @wraps(tap)
    async def answered(page: Any, *event: Any, **more: Any) -> None:
        try:
            result = tap(page, *event, **more)
            if inspect.isawaitable(result):
                await result
        except Refused as refusal:
            for field, sentence in refusal.fields.items():
                page.say(sentence, at=field)
        except PracticeError as refusal:
            page.say(refusal.told(), at=refusal.at)
        except Exception as failure:  # noqa: BLE001  the last catch: the person gets a sentence, the log gets no names
            page.say(unforeseen(failure))

    return answered


def unforeseen(failure: BaseException) -> str:
    """Log where it failed, without the failure's own words (they may hold names); return the sentence to show."""
    number = secrets.token_hex(3).upper()
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(failure.__traceback__)))
    log.warning("unforeseen %s: %s at %s", number, type(failure).__name__, where)
    return f"This did not work, and nothing was changed. Try again; if it stays, quote number {number}."
