"""Keeps an edit only if the record still is at the version it was read at."""

from __future__ import annotations

from typing import Any

from storage.models.base import Record


async def keep_at_version(model: type[Record], record_id: int, version: int, **values: Any) -> bool:
    """Write `values` to a record and raise its version by one; False when someone else was faster."""
    count = await model.filter(id=record_id, version=version).update(version=version + 1, **values)
    return bool(count == 1)
