"""SQL that the models can't say; each statement runs on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from tortoise.connection import get_connection
from tortoise.models import Model

from storage.models import ClientSession

LAST_SAVED = """
WITH pair(client_id, provider_id) AS (VALUES {pairs}),
usable AS (
  SELECT s.id, s.client_id, s.provider_id, s.saved_at FROM client_session s
  WHERE s.undone_at IS NULL AND s.client_id IN (SELECT client_id FROM pair) AND EXISTS (
    SELECT 1 FROM charge_line l LEFT JOIN billing_code b ON b.id = l.billing_code_id
    WHERE l.session_id = s.id AND NOT l.client_only AND (b.id IS NULL OR (NOT b.once AND b.archived_at IS NULL)))
)
SELECT p.client_id, p.provider_id, COALESCE(
  (SELECT u.id FROM usable u WHERE u.client_id = p.client_id AND u.provider_id = p.provider_id
   ORDER BY u.saved_at DESC, u.id DESC LIMIT 1),
  (SELECT u.id FROM usable u WHERE u.client_id = p.client_id ORDER BY u.saved_at DESC, u.id DESC LIMIT 1)
) AS session_id
FROM pair p
"""
AT_ONCE = 400  # SQLite takes at most 500 rows in one compound VALUES of older builds


async def rows(sql: str, *, of: type[Model] = ClientSession) -> list[dict[str, Any]]:
    """Run a statement where reads of `of` go: the reader, or the running transaction."""
    inside = hasattr(get_connection("default"), "savepoint")
    known = "reader" if _has_reader() and not inside else "default"
    return cast("list[dict[str, Any]]", await get_connection(known).execute_query_dict(sql))


def _has_reader() -> bool:
    from tortoise.connection import get_connections  # noqa: PLC0415

    return "reader" in (get_connections().db_config or {})


async def last_saved_sessions(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """For each (client, provider): the session saved last whose codes may be copied, of this provider if there is one.

    Sessions that hold only client-only fees or codes marked once (90791, 90792) are passed over.
    """
    found: dict[tuple[int, int], int] = {}
    asked = sorted(pairs)
    for start in range(0, len(asked), AT_ONCE):
        values = ", ".join(f"({int(client)}, {int(provider)})" for client, provider in asked[start : start + AT_ONCE])
        for row in await rows(LAST_SAVED.format(pairs=values)):
            if row["session_id"] is not None:
                found[(row["client_id"], row["provider_id"])] = row["session_id"]
    return found
