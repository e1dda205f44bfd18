"""The records on a PostgreSQL server, for a practice that outgrows one machine: reach it, migrate it, connect."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from storage.database import HEAD, NEWER, DatabaseError, connect_to, run_migrations

DRIVERS = ("asyncpg", "psycopg")  # the models' and, since Alembic waits for nothing, the migrations'
# Any number will do: within a database, advisory locks are told apart by it.
WAIT_FOR_WRITER = "SELECT pg_advisory_xact_lock(7328226)"
OURS = "SELECT to_regclass('alembic_version') IS NOT NULL"
EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema())"


async def open_postgres(url: str) -> None:
    """Make or migrate the records in the database at `url` and connect to it. Raises DatabaseError with a sentence."""
    bring_up_to_date(url)
    await connect(url)


def bring_up_to_date(url: str) -> None:
    """Run the migrations that are due, all or none: PostgreSQL takes a change of the schema back like any other."""
    if missing := [name for name in DRIVERS if find_spec(name) is None]:
        raise DatabaseError(
            f"PostgreSQL needs {' and '.join(missing)}. Start Sessionbook with: uv run --extra postgres main.py"
        )
    from sqlalchemy import create_engine  # noqa: PLC0415  half a second that a SQLite start need not pay
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    engine = create_engine(_address(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(WAIT_FOR_WRITER)
            if revision_of(connection) != HEAD:
                run_migrations(connection)
    except OperationalError as failure:
        raise DatabaseError("The PostgreSQL server cannot be reached, or it refuses this name and password.") from failure
    finally:
        engine.dispose()


def revision_of(connection: Any) -> str | None:
    """The migration a database stands at; None for an empty one. Raises DatabaseError for one that is not ours."""
    if not connection.exec_driver_sql(OURS).scalar():
        if not connection.exec_driver_sql(EMPTY).scalar():
            raise DatabaseError("This PostgreSQL database holds something else. Make an empty one for Sessionbook.")
        return None
    have: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if have and have > HEAD:
        raise DatabaseError(NEWER)
    return have


async def connect(url: str) -> None:
    """Connect the models to a migrated database. No second connection for reads: they have a pool."""
    await connect_to({"default": {"engine": "storage.postgres_engine", "credentials": credentials(url)}})


def credentials(url: str) -> dict[str, Any]:
    """What the models' driver is told. It calls `ssl` what PostgreSQL's own addresses call `sslmode`."""
    at = _address(url)
    asked = {"ssl" if key == "sslmode" else key: value for key, value in at.query.items()}
    usual = {"user": at.username, "password": at.password, "host": at.host, "database": at.database}
    return usual | {"port": at.port or 5432} | asked


def _address(url: str) -> Any:
    """The parts of `postgresql://name:password@host:port/database`. Raises DatabaseError, which never shows the password."""
    from sqlalchemy.engine import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        at = make_url(url)
    except (ArgumentError, ValueError):
        at = None
    if at is None or at.drivername not in {"postgresql", "postgres"}:
        raise DatabaseError("A PostgreSQL address looks like postgresql://name:password@host:5432/database.") from None
    return at
