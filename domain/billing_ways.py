"""Who bills a payer for a provider's visits, from a day on: themselves, a supervisor, or nobody. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Key: words on the screen.
WAYS: dict[str, str] = {
    "own": "In their own name",
    "with_supervisor": "In their own name, supervisor told",
    "under_supervisor": "Under a supervisor's name",
    "not_enrolled": "Not enrolled: the client pays",
}
SUPERVISED = frozenset({"with_supervisor", "under_supervisor"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one provider's visits are billed to a payer (None: all) from a day on (None: always)."""

    provider_id: int
    payer_id: int | None = None
    starts_on: date | None = None
    way: str
    supervisor_id: int | None = None


class Ways:
    """What is set for all providers; without anything set they bill as their own record says."""

    def __init__(self, ways: Iterable[Way] = ()) -> None:
        self._by: defaultdict[tuple[int, int | None], list[Way]] = defaultdict(list)
        for one in sorted(ways, key=lambda one: one.starts_on or date.min, reverse=True):
            self._by[one.provider_id, one.payer_id].append(one)

    def of(self, provider_id: int, payer_id: int, day: date) -> Way | None:
        """The one in force on a day: a payer's own goes before the one for all payers."""
        both = (*self._by.get((provider_id, payer_id), ()), *self._by.get((provider_id, None), ()))
        return next((one for one in both if one.starts_on is None or one.starts_on <= day), None)

    def bills(self, provider_id: int, payer_id: int, day: date) -> bool:
        """Whether the practice bills this payer for the provider's visits of a day."""
        way = self.of(provider_id, payer_id, day)
        return way is None or way.way != "not_enrolled"
