"""Which letters the practice's documents can print: the bundled fonts, and the font file it added."""

from __future__ import annotations

from functools import partial

from domain import jobs
from domain.claims.facts import PracticeFacts
from domain.claims.session_rules import Unprintable
from domain.documents.fonts import letters_without_font


def unprintable_for(practice: PracticeFacts) -> Unprintable:
    """Tells the letters of some texts that no font here has."""
    file = jobs.workplace().fonts / practice.extra_font if practice.extra_font else None
    return partial(letters_without_font, extra_font=file if file and file.is_file() else None)
