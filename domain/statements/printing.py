"""Papers that are drawn when they are asked for and not kept: first their letters are looked at, then they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain import jobs
from domain.claims.facts import PracticeFacts
from domain.documents.texts import texts_in
from domain.errors import FieldRefused
from domain.invoicing.printing import unprintable_for
from domain.invoicing.stored import StoredPdf, file_name


def no_font_for(letters: str, where: str) -> str:
    """The sentence about letters that would print blank."""
    return f"No font here has {' '.join(letters)}, written {where}. Change it, or add a font file in Practice."


def refuse_unprintable(record: Any, practice: PracticeFacts, where: str) -> None:
    """Raises FieldRefused for letters that no font has."""
    if letters := unprintable_for(practice)(texts_in(record)):
        raise FieldRefused(at="", sentence=no_font_for(letters, where))


async def printed(draw: Callable[..., bytes], record: Any, practice: PracticeFacts, name: str) -> StoredPdf:
    """The PDF under this name. Raises FieldRefused."""
    refuse_unprintable(record, practice, f"in “{name}”")
    workplace = jobs.workplace()
    content = await workplace.off_loop(draw, record, fonts_in=workplace.fonts)
    return StoredPdf(f"{file_name(name)}.pdf", content)
