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


OF_A_DAY = "FROM appointment a WHERE a.starts_at >= {starts} AND a.starts_at < {ends}{wanted}"
# Day by day, so that each part reads no more of the index than it shows: the first few, and the count.
FIRST_OF_A_DAY = "SELECT * FROM (SELECT {number} AS number, a.id AS id {of_a_day} ORDER BY a.starts_at, a.id LIMIT {most})"
COUNT_OF_A_DAY = "SELECT {number} AS number, count(*) AS total {of_a_day}"
# The plus keeps the planner at the attendances of one appointment: those of a Service Code are far more.
WITH_SERVICE_CODE = """(CASE WHEN a.kind IN ('none', 'group') THEN a.service_code_id IN ({codes})
  ELSE EXISTS (SELECT 1 FROM attendance t
    WHERE t.appointment_id = a.id AND NOT t.participant AND +t.service_code_id IN ({codes})) END)"""


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
    wanted = f" AND a.provider_id = {int(provider_id)}" if provider_id is not None else ""
    if service_code_ids:
        codes = ", ".join(str(int(code)) for code in service_code_ids)
        wanted += f" AND {WITH_SERVICE_CODE.format(codes=codes)}"
    days = [
        OF_A_DAY.format(starts=_instant(start), ends=_instant(end), wanted=wanted) for start, end in bounds.values()
    ]
    first = [FIRST_OF_A_DAY.format(number=n, of_a_day=day, most=int(each_day)) for n, day in enumerate(days)]
    count = [COUNT_OF_A_DAY.format(number=n, of_a_day=day) for n, day in enumerate(days)]
    ids: dict[int, list[int]] = {}
    for row in await rows(" UNION ALL ".join(first)):
        ids.setdefault(row["number"], []).append(row["id"])
    totals = {row["number"]: row["total"] for row in await rows(" UNION ALL ".join(count))}
    return {day: (ids.get(number, []), totals[number]) for number, day in enumerate(bounds)}


def _instant(moment: datetime) -> str:
    """An instant as it is kept in SQLite and read by PostgreSQL."""
    kept = f"'{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}+00:00'"
    postgres = get_connection("default").capabilities.dialect == "postgres"
    return f"CAST({kept} AS timestamptz)" if postgres else kept


VISITS = """
SELECT s.id, s.day, s.client_id, s.provider_id, s.starts_at, s.ends_at, t.appointment_id
FROM client_session s LEFT JOIN attendance t ON t.id = s.attendance_id
WHERE s.undone_at IS NULL AND s.day IN ({days})
"""


async def visits_of_days(days: Collection[date]) -> list[dict[str, Any]]:
    """All live sessions of these days, of every status, as far as others of the day can clash with them."""
    found: list[dict[str, Any]] = []
    asked = sorted(days)
    for start in range(0, len(asked), AT_ONCE):
        listed = ", ".join(f"'{day.isoformat()}'" for day in asked[start : start + AT_ONCE])
        found += await rows(VISITS.format(days=listed))
    return found
