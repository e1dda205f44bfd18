"""A font file the practice adds, for scripts that the bundled ones do not hold."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from domain import access, jobs
from domain.access import SignedIn
from domain.errors import FieldRefused
from storage.models import Practice
from storage.transactions import one_transaction
from storage.versions import keep_at_version

BIGGEST = 40_000_000  # a font of all Chinese letters has about 16 MB
FIELD = "extra_font"


def letters_in(content: bytes) -> int:
    """How many letters a font file draws. Raises FieldRefused for anything that is no font."""
    try:
        with TTFont(BytesIO(content), lazy=True) as font:
            return len(font.getBestCmap() or ())
    except (TTLibError, KeyError, OSError, AssertionError, ValueError):
        raise FieldRefused(at=FIELD, sentence="This file is no TrueType or OpenType font. Choose a .ttf or .otf file.") from None


def safe_name(file_name: str) -> str:
    """A file name that stays in its folder: letters, digits, dots and hyphens."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", Path(file_name).name).strip(".-") or "font.ttf"


async def keep_font(file_name: str, content: bytes, *, by: SignedIn, now: datetime) -> str:
    """Put a font into the data folder and use it for documents from now on; returns its name there."""
    await access.require(by)
    if len(content) > BIGGEST:
        raise FieldRefused(at=FIELD, sentence="This file is larger than 40 MB. Choose a smaller font.")
    if await asyncio.to_thread(letters_in, content) == 0:
        raise FieldRefused(at=FIELD, sentence="This font draws no letters. Choose another file.")
    name = safe_name(file_name)
    await asyncio.to_thread(write, jobs.workplace().fonts / name, content)
    await use_font(name, "added a font", by=by, now=now)
    return name


async def forget_font(*, by: SignedIn, now: datetime) -> None:
    """Stop using the practice's font. Its file stays: documents made with it are drawn again from it."""
    await use_font("", "stopped using a font", by=by, now=now)


def write(file: Path, content: bytes) -> None:
    """Write the file whole, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.part")
    beside.write_bytes(content)
    beside.replace(file)


async def use_font(name: str, act: str, *, by: SignedIn, now: datetime) -> None:
    """Note which font documents use."""
    async with one_transaction() as changes:
        await access.require(by)
        practice = await Practice.get(id=1)
        await keep_at_version(Practice, 1, practice.version, extra_font=name)
        await access.audit(by, act, "practice", [1], at=now)
        changes.add("practice", [1])
