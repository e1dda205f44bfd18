"""How a line of text is set: runs of one font and one direction each, in the order in which they stand on the paper."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from fpdf.bidi import BidiParagraph, auto_detect_base_direction

from domain.documents.fonts import Face, letters_of, visible

FROM_THE_RIGHT = {"R", "AL"}
STACKED = {"Mn", "Mc"}


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters, set at once."""

    text: str
    face: str
    shaped: bool = False
    from_right: bool = False


def runs_of(text: str, faces: tuple[Face, ...]) -> list[Run]:
    """The line from left to right; fpdf2's own fallback fonts put brackets and numbers in Arabic on the wrong side."""
    if not needs_shaping(text):
        return [Run(piece, face) for piece, face in _by_face(visible(text), faces) if piece]
    return [run for part, from_right in _directed(text) for run in _shaped(part, faces, from_right=from_right)]


def needs_shaping(text: str) -> bool:
    """Whether letters join, stack or run from the right, so that they must be set by their script's rules."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in FROM_THE_RIGHT or unicodedata.category(letter) in STACKED
        for letter in text
    )


def _directed(text: str) -> Iterator[tuple[str, bool]]:
    """Parts from left to right, each with whether its letters run from the right (Unicode bidi, rules L1 and L2)."""
    paragraph = BidiParagraph(text=text, base_direction=auto_detect_base_direction(text))
    letters, _ = paragraph.get_all()
    parts = [
        ("".join(letter.character for letter in part), level)
        for level, part in groupby(letters, key=lambda letter: int(letter.embedding_level))
    ]
    for level in range(max(level for _, level in parts), 0, -1):
        parts = _turned(parts, level)
    return ((part, level % 2 == 1) for part, level in parts)


def _turned(parts: list[tuple[str, int]], level: int) -> list[tuple[str, int]]:
    """Neighbors at this level or above stand in the opposite order."""
    turned: list[tuple[str, int]] = []
    for inside, group in groupby(parts, key=lambda part: part[1] >= level):
        turned += list(group)[:: -1 if inside else 1]
    return turned


def _shaped(text: str, faces: tuple[Face, ...], *, from_right: bool) -> list[Run]:
    runs = [Run(piece, face, shaped=True, from_right=from_right) for piece, face in _by_face(text, faces)]
    return runs[::-1] if from_right else runs


def _by_face(text: str, faces: tuple[Face, ...]) -> list[tuple[str, str]]:
    """Neighbors share a font as long as it holds them, so that spaces and accents stay with their word."""
    if len(faces) == 1 or letters_of(faces[0]).issuperset(text):
        return [(text, faces[0].name)]
    held = {face.name: letters_of(face) for face in faces}
    pieces: list[tuple[str, str]] = []
    for letter in text:
        if pieces and letter in held[pieces[-1][1]]:
            pieces[-1] = (pieces[-1][0] + letter, pieces[-1][1])
        else:
            pieces.append((letter, next((name for name in held if letter in held[name]), faces[0].name)))
    return pieces
