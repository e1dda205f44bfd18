"""A migrated database made once a run and copied for each test: a SQLite file, or with --postgres on a server."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage import database
from tests.fixtures import builders

# A slow machine is no finding: neither a deadline nor slow drawing of examples fails a property.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

os.environ.setdefault("SESSIONBOOK_NOW", builders.NOW.isoformat())  # before ui.clock is read: no screen knows the hour it is tested at

Connecting = Callable[[], Awaitable[None]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --postgres tests/domain` runs the services on PostgreSQL."""
    parser.addoption("--postgres", action="store_true", help="keep the tests' practices on a PostgreSQL server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test marked `sqlite` looks into the file itself, which is not there on a server."""
    for item in items:
        if config.getoption("--postgres") and item.get_closest_marker("sqlite"):
            item.add_marker(pytest.mark.skip(reason="looks into the SQLite file"))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database."""
    file = tmp_path_factory.mktemp("migrated") / database.FILE
    database.migrate(file)
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server with a migrated, empty database."""
    from tests.fixtures import postgres_server

    if not postgres_server.is_there():
        pytest.skip(f"{postgres_server.PACKAGE} has no PostgreSQL for this Python and system")
    with postgres_server.server() as address:
        yield address


@pytest.fixture
def postgres_address(postgres_server: str) -> str:
    """The address of a migrated, empty database on a PostgreSQL server."""
    from tests.fixtures.postgres_server import new_database

    return new_database(postgres_server)


@pytest.fixture
def connecting(request: pytest.FixtureRequest, tmp_path: Path) -> Connecting:
    """Connects to a migrated, empty database of the test's own."""
    if request.config.getoption("--postgres"):
        from storage import postgres

        return partial(postgres.connect, request.getfixturevalue("postgres_address"))
    shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / database.FILE)
    return partial(database.connect, tmp_path / database.FILE)


@pytest.fixture
async def practice_db(connecting: Connecting, tmp_path: Path) -> AsyncIterator[Path]:
    """One practice and its signed-in owner (builders.OWNER) in a real database; yields the folder for its files."""
    await connecting()
    try:
        await builders.a_practice()
        yield tmp_path
    finally:
        await database.close_database()
