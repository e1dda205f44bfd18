"""Opens, migrates, copies and closes the practice's database: a SQLite file (a server's is in storage.postgres)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection

FILE = "sessionbook.db"
HEAD = "0019"  # the newest migration this program knows
MODELS = ["storage.models"]
NEWER = "This data was last used by a newer Sessionbook. Install that version, or restore a backup made before it."


class DatabaseError(Exception):
    """The database can't be used; the text is the sentence for the person who started the program."""


class ReadsGoOn:
    """Sends reads to a second connection, so that they need not wait for a write; inside a transaction to it."""

    def db_for_read(self, _model: Any) -> str:
        """The transaction's own connection when there is one: else its writes would silently be unseen."""
        return "default" if hasattr(get_connection("default"), "savepoint") else "reader"

    def db_for_write(self, _model: Any) -> str:
        """Always the one writer."""
        return "default"


def prepare_folder(folder: Path) -> None:
    """Make the data folder, for its owner only, and prove that it can be written. Raises DatabaseError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as failure:
        raise DatabaseError(f"The folder {folder} cannot be written. Choose another with --data.") from failure


def have_to_oneself(folder: Path) -> sqlite3.Connection:
    """Hold the folder until the connection is closed or the program ends. Raises DatabaseError when another holds it.

    Two programs on one folder would not tell each other's browsers what changed, and both would draw the same papers.
    """
    hold = sqlite3.connect(folder / "running", timeout=0)  # a lock that the system lets go of, however the program ends
    try:
        hold.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as failure:
        hold.close()
        raise DatabaseError(f"Sessionbook already runs on the folder {folder}. Open its address, or stop it first.") from failure
    return hold


async def open_database(folder: Path) -> None:
    """Make or migrate the database in `folder` and connect to it. Raises DatabaseError with a sentence."""
    prepare_folder(folder)
    bring_up_to_date(folder / FILE)
    await connect(folder / FILE)


async def connect(file: Path) -> None:
    """Connect Tortoise to a migrated file. WAL with full sync: a commit that was answered survives a power cut."""
    await connect_to({"default": sqlite(file), "reader": sqlite(file, query_only=1)}, ReadsGoOn)


async def connect_to(connections: dict[str, Any], *routers: type) -> None:
    """Connect the models. The global fallback lets page actions, timers and background tasks find the connection."""
    EXECUTOR_CACHE.clear()  # written SQL, kept by the connection's name: the last one may have been of another kind
    await Tortoise.init(
        config={
            "connections": connections,
            "apps": {"models": {"models": MODELS, "default_connection": "default"}},
            "routers": list(routers),
            "use_tz": True,
            "timezone": "UTC",
        },
        _enable_global_fallback=True,
    )


def sqlite(file: Path, **pragmas: int) -> dict[str, Any]:
    """A connection's settings."""
    kept = {"journal_mode": "WAL", "synchronous": "FULL", "foreign_keys": "ON", "busy_timeout": 5000}
    return {"engine": "storage.sqlite_engine", "credentials": {"file_path": str(file), **kept, **pragmas}}


async def close_database() -> None:
    """Let go of the database; an open connection would hang the interpreter at its end."""
    await Tortoise.close_connections()


def bring_up_to_date(file: Path) -> None:
    """Run the migrations that are due, after copying the file beside itself. Imports Alembic only when needed."""
    have = revision_of(file)
    if have == HEAD:
        return
    if have and have > HEAD:
        raise DatabaseError(NEWER)
    if have:
        copy_database(file, file.with_name(f"before-{HEAD}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"))
    migrate(file)


def revision_of(file: Path) -> str | None:
    """The migration a file stands at; None for a file that is not there or empty."""
    if not file.exists():
        return None
    with closing(sqlite3.connect(file)) as database:
        try:
            known = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        except sqlite3.DatabaseError as failure:
            raise DatabaseError(f"{file} is not a Sessionbook database, or it is damaged.") from failure
        if not known and database.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise DatabaseError(f"{file} is not a Sessionbook database.")
        if not known:
            return None
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else None


def migrate(file: Path) -> None:
    """Bring a SQLite file to HEAD and prove that no row lost its parent."""
    from sqlalchemy import create_engine  # noqa: PLC0415  half a second that most starts need not pay

    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.begin() as connection:
            run_migrations(connection)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        if database.execute("PRAGMA foreign_key_check").fetchall():
            raise DatabaseError("The database did not come through its migration whole. The copy beside it is intact.")


def run_migrations(connection: Any, to: str = HEAD) -> None:
    """Run every migration that is due on a SQLAlchemy connection, SQLite or PostgreSQL."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def copy_database(source: Path, target: Path) -> None:
    """An exact copy of a database, also while it is in use (SQLite's online backup). Raises OSError."""
    if not source.exists():
        raise FileNotFoundError(source)
    with closing(sqlite3.connect(source)) as have, closing(sqlite3.connect(target)) as copy:
        have.backup(copy)

