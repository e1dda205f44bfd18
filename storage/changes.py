"""What changed, told to whoever listens in this process: a subject and ids, never a name."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

Announcement = Mapping[str, frozenset[int]]
Listener = Callable[[Announcement], object]


@dataclass(slots=True)
class Changes:
    """The changes of one transaction, gathered until it is committed."""

    by_subject: dict[str, set[int]] = field(default_factory=dict)

    def add(self, subject: str, ids: Iterable[int]) -> None:
        """Note that these records of a subject were made, changed or removed."""
        if found := set(ids):
            self.by_subject.setdefault(subject, set()).update(found)


_listeners: dict[Listener, None] = {}


def listen(listener: Listener) -> Callable[[], None]:
    """Hear every announcement from now on; returns what ends it."""
    _listeners[listener] = None
    return lambda: _listeners.pop(listener, None) and None


def listener_count() -> int:
    """How many are listening (a test counts that none is left behind)."""
    return len(_listeners)


def announce(changes: Changes) -> None:
    """Tell every listener; one that fails is logged by its kind and cannot undo what is already kept."""
    if not changes.by_subject:
        return
    told = {subject: frozenset(ids) for subject, ids in changes.by_subject.items()}
    for listener in list(_listeners):
        try:
            listener(told)
        except Exception as failure:  # noqa: BLE001  a broken screen must not look like a failed write
            log.warning("a listener failed: %s", type(failure).__name__)
