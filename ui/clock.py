"""Today and now in the practice's zone; SESSIONBOOK_NOW sets the clock for the demo and browser tests.

The clock then runs on from that moment, so that things which follow each other stay in order.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_started = datetime.now(UTC)
_set_to = datetime.fromisoformat(os.environ["SESSIONBOOK_NOW"]) if "SESSIONBOOK_NOW" in os.environ else None


def now() -> datetime:
    """The present moment, in UTC."""
    real = datetime.now(UTC)
    return real if _set_to is None else _set_to.astimezone(UTC) + (real - _started)


def today(zone: ZoneInfo) -> date:
    """The practice's day."""
    return now().astimezone(zone).date()
