"""A migrated database file made once a run and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage import database
from tests.fixtures import builders

# A slow machine is no finding: neither a deadline nor slow drawing of examples fails a property.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database."""
    file = tmp_path_factory.mktemp("migrated") / database.FILE
    database.migrate(file)
    return file


@pytest.fixture
async def practice_db(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Path]:
    """A real SQLite file with one practice and its signed-in owner (builders.OWNER); yields its folder."""
    shutil.copy(migrated_file, tmp_path / database.FILE)
    await database.connect(tmp_path / database.FILE)
    try:
        await builders.a_practice()
        yield tmp_path
    finally:
        await database.close_database()
