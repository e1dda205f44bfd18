"""A font file the practice adds: only a font, into the data folder, used from then on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain import jobs, own_font
from domain.errors import FieldRefused
from storage.models import Practice
from tests.fixtures.builders import NOW, OWNER

FONT = Path(__file__).parents[2] / "assets" / "fonts" / "NotoSansHebrew-Regular.ttf"


@pytest.fixture
def data_folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder of this test's own."""
    before = jobs.workplace()
    jobs.set_up(jobs.Workplace(folder=tmp_path))
    yield tmp_path
    jobs.set_up(before)


@pytest.mark.usefixtures("practice_db")
async def test_a_font_is_kept_in_the_data_folder_and_used(data_folder: Path) -> None:
    name = await own_font.keep_font("../My font (1).ttf", FONT.read_bytes(), by=OWNER, now=NOW)
    assert name == "My-font-1-.ttf"
    assert (data_folder / "fonts" / name).read_bytes() == FONT.read_bytes()
    assert (await Practice.get(id=1)).extra_font == name
    await own_font.forget_font(by=OWNER, now=NOW)
    assert (await Practice.get(id=1)).extra_font == ""
    assert (data_folder / "fonts" / name).exists()


@pytest.mark.usefixtures("practice_db")
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a font", b"\x00\x01\x00\x00broken"])
async def test_what_is_no_font_is_refused_and_nothing_is_written(data_folder: Path, content: bytes) -> None:
    with pytest.raises(FieldRefused):
        await own_font.keep_font("x.ttf", content, by=OWNER, now=NOW)
    assert not (data_folder / "fonts").exists()
    assert (await Practice.get(id=1)).extra_font == ""
