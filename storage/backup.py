"""A copy of the whole data folder, made while the app may be running."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from storage.database import FILE, copy_database


class BackupError(Exception):
    """The copy could not be made; the text is the sentence for the person who asked."""


def back_up_folder(data: Path, to: Path) -> Path:
    """Copy database (online backup) and documents into a new dated folder inside `to`. Raises BackupError.

    The database first: every document it names is written before its name is kept, so none is missing.
    """
    if not (data / FILE).exists():
        raise BackupError(f"There is no Sessionbook data in {data}. Say where it is with --data.")
    copy = to / f"sessionbook-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    try:
        copy.mkdir(parents=True, mode=0o700)
        copy_database(data / FILE, copy / FILE)
        for folder in ("documents", "fonts"):
            if (data / folder).exists():
                shutil.copytree(data / folder, copy / folder)
        if (data / "secret").exists():
            shutil.copy2(data / "secret", copy / "secret")
    except (OSError, sqlite3.Error) as failure:
        raise BackupError(f"The folder {to} cannot be written. Choose another.") from failure
    return copy
