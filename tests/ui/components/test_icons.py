"""The drawings: only those used are shipped, and every name used has one."""

import re
from pathlib import Path

from ui.components import icons
from ui.components.status import MARKS

UI = Path(icons.__file__).resolve().parent.parent
NAMES = {file.stem for folder in (icons.OWN, icons.FAMILY) for file in folder.glob("*.svg")}
WORDS = {word for file in UI.rglob("*.py") for word in re.findall(r'"([a-z][a-z0-9-]*)"', file.read_text(encoding="utf-8"))}
CALLS = re.compile(r'(?:icon|drawing|svg|icon_after)(?:=|\()"([a-z0-9-]+)"')


def test_every_shipped_drawing_is_used():
    assert {file.stem for file in icons.FAMILY.glob("*.svg")} - WORDS == set()


def test_every_drawing_that_is_asked_for_is_there():
    asked = {name for file in UI.rglob("*.py") for name in CALLS.findall(file.read_text(encoding="utf-8"))}
    asked |= {drawing for drawing, *_ in MARKS.values() if drawing}
    drawings = {"empty-list", "empty-people", "empty-papers"}
    assert asked - NAMES - drawings == set()


def test_a_drawing_is_passed_over_by_screen_readers_and_takes_its_size():
    lock = icons.svg("lock", 14, "sb-lock")
    assert 'aria-hidden="true"' in lock
    assert 'width="14" height="14"' in lock
    assert "<rect" in lock
    assert 'width="15.6"' in lock, "the lock's body keeps its own width"


def test_the_family_comes_with_its_licence():
    assert "ISC" in (icons.FAMILY / "LICENSE").read_text(encoding="utf-8")
