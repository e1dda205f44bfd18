"""Every text that a record holds, to know which letters its document needs."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

FIXED = "·–"
"""What the documents add of their own beyond ASCII."""


def texts_in(record: Any) -> list[str]:
    """The record's texts, and the documents' own."""
    return [FIXED, *_texts(record)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
