"""Letters that an X12 file may hold: plain Latin ones in capitals, so names are written over, never silently cut."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# Guide 005010X222A1, B.1.1.2.2 and B.1.1.2.3: the basic and the extended character set, without the four marks
# of our files (* : ^ ~), which no text may hold. A caret and a grave accent are in neither set.
BASIC = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"&'()+,-./;?= ")
EXTENDED = frozenset("abcdefghijklmnopqrstuvwxyz%@[]_{}\\|<>#$")
ALLOWED = BASIC | EXTENDED
# What has another mark of nearly the same sense; the rest of what is not allowed stays and is found by the check.
INSTEAD = str.maketrans({"*": " ", ":": " ", "^": " ", "~": "-", "`": "'"})


def plain(text: str) -> str:
    """Capitals of the Latin alphabet for any script: Żółć is ZOLC, Иванова is IVANOVA. What has none stays as it is."""
    whole = (letter for letter in unicodedata.normalize("NFC", text) if not unicodedata.combining(letter))
    letters = (letter if letter.isascii() else anyascii(letter) or letter for letter in whole)
    return " ".join("".join(letters).upper().translate(INSTEAD).split())


def strange(text: str) -> str:
    """The letters that a file must not hold, each once."""
    return "".join(sorted(set(text) - ALLOWED))


def joined(text: str) -> str:
    """A number without the hyphens and spaces that people write in it."""
    return re.sub(r"[\s-]", "", plain(text))
