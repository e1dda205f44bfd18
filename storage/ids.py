"""Ids taken before rows are written, so that many rows and what hangs on them are kept in two bulk inserts."""

from __future__ import annotations

from tortoise.connection import get_connection
from tortoise.models import Model


async def new_ids(model: type[Model], count: int) -> list[int]:
    """The next ids of a table. Call it inside the transaction that uses them: its write lock keeps them ours."""
    connection = get_connection("default")
    table = model._meta.db_table
    if connection.capabilities.dialect == "postgres":
        taken = f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS id FROM generate_series(1, {count})"
        return [row["id"] for row in await connection.execute_query_dict(taken)]
    given = f"(SELECT seq FROM sqlite_sequence WHERE name = '{table}')"
    last = f"SELECT max(coalesce({given}, 0), coalesce((SELECT max(id) FROM {table}), 0)) AS id"
    [highest] = await connection.execute_query_dict(last)
    return list(range(highest["id"] + 1, highest["id"] + 1 + count))
