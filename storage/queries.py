"""SQL that the models can't say; each statement runs on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any, cast

from tortoise.connection import get_connection, get_connections

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


async def rows(sql: str) -> list[dict[str, Any]]:
    """Run a statement where reads go: the reader, or the running transaction."""
    inside = hasattr(get_connection("default"), "savepoint")
    known = "reader" if _has_reader() and not inside else "default"
    return cast("list[dict[str, Any]]", await get_connection(known).execute_query_dict(sql))


def _has_reader() -> bool:
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


FIRST_OF_EACH_DAY = """
WITH day(number, starts, ends) AS (VALUES {days}),
ranked AS (
  SELECT d.number, a.id,
    row_number() OVER (PARTITION BY d.number ORDER BY a.starts_at, a.id) AS place,
    count(*) OVER (PARTITION BY d.number) AS total
  FROM day d JOIN appointment a ON a.starts_at >= d.starts AND a.starts_at < d.ends
  WHERE {wanted}
)
SELECT number, id, total FROM ranked WHERE place <= {each_day} ORDER BY number, place
"""
WITH_SERVICE_CODE = """(CASE WHEN a.kind IN ('none', 'group') THEN a.service_code_id IN ({codes})
  ELSE EXISTS (SELECT 1 FROM attendance t
    WHERE t.appointment_id = a.id AND NOT t.participant AND t.service_code_id IN ({codes})) END)"""


async def first_of_each_day(
    bounds: Mapping[date, tuple[datetime, datetime]],
    each_day: int,
    *,
    provider_id: int | None = None,
    service_code_ids: Collection[int] = (),
) -> dict[date, tuple[list[int], int]]:
    """For each day the ids of its first appointments by start, and how many it has in all."""
    if not bounds:
        return {}
    days = ", ".join(f"({n}, {_instant(start)}, {_instant(end)})" for n, (start, end) in enumerate(bounds.values()))
    wanted = [f"a.provider_id = {int(provider_id)}"] if provider_id is not None else []
    if service_code_ids:
        wanted.append(WITH_SERVICE_CODE.format(codes=", ".join(str(int(code)) for code in service_code_ids)))
    sql = FIRST_OF_EACH_DAY.format(days=days, wanted=" AND ".join(wanted) or "TRUE", each_day=int(each_day))
    found: dict[date, tuple[list[int], int]] = {day: ([], 0) for day in bounds}
    named = list(bounds)
    for row in await rows(sql):
        ids, _ = found[named[row["number"]]]
        found[named[row["number"]]] = ([*ids, row["id"]], row["total"])
    return found


def _instant(moment: datetime) -> str:
    """An instant as it is kept in SQLite and read by PostgreSQL."""
    kept = f"'{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}+00:00'"
    postgres = get_connection("default").capabilities.dialect == "postgres"
    return f"CAST({kept} AS timestamptz)" if postgres else kept
