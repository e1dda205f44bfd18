"""The one ear: hears what was kept, and tells the parts on the screen; listening ends with the part."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import background_tasks, ui

from storage.changes import Announcement, listen

__all__ = ["Announcement", "Listening"]

OnChange = Callable[[Announcement], Awaitable[None]]


class Listening(ui.element):
    """An invisible part that hears changes of some subjects for as long as it is on the screen.

    It runs one reading at a time; what is announced meanwhile is gathered into one more reading.
    """

    def __init__(self, subjects: str | set[str], on_change: OnChange) -> None:
        super().__init__("span")
        self.set_visibility(False)
        self.subjects = {subjects} if isinstance(subjects, str) else subjects
        self.on_change = on_change
        self.waiting: dict[str, set[int]] = {}
        self.reading = False
        self._stop = listen(self._hear)

    def _hear(self, told: Announcement) -> None:
        heard = {subject: ids for subject, ids in told.items() if subject in self.subjects}
        if not heard or self.is_deleted:
            return
        for subject, ids in heard.items():
            self.waiting.setdefault(subject, set()).update(ids)
        if not self.reading:
            self.reading = True
            background_tasks.create(self._read(), name="reading what changed")

    async def _read(self) -> None:
        try:
            while self.waiting and not self.is_deleted:
                told = {subject: frozenset(ids) for subject, ids in self.waiting.items()}
                self.waiting = {}
                with self:
                    await self.on_change(told)
        finally:
            self.reading = False

    def _handle_delete(self) -> None:
        self._stop()
        super()._handle_delete()
