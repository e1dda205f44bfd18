"""Frozen records to text and back, exactly: what the database keeps of an issued document."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


class NotThisRecord(ValueError):
    """The text is of another kind of record, or of a newer version of this one."""


def to_text(record: Any) -> str:
    """The record with the name of its kind, in the order of its fields."""
    return json.dumps({"record": type(record).__name__} | _plain(record), ensure_ascii=False, separators=(",", ":"))


def from_text(kind: type[Record], text: str) -> Record:
    """The record that the text was written from."""
    said = json.loads(text)
    if said.pop("record", None) != kind.__name__:
        raise NotThisRecord(f"not a {kind.__name__}")
    record: Record = _built(kind, said)
    return record


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _built(kind: Any, said: dict[str, Any]) -> Any:
    hints = _hints(kind)
    if unknown := said.keys() - hints.keys():
        raise NotThisRecord(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _typed(hints[name], value) for name, value in said.items()})


def _typed(hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):  # only ever "this or None"
        return None if value is None else _typed(next(part for part in get_args(hint) if part is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], part) for part in value)
    if hint is date:
        return date.fromisoformat(value)
    return _built(hint, value) if is_dataclass(hint) else _checked(hint, value)


def _checked(hint: Any, value: Any) -> Any:
    known = value in get_args(hint) if get_origin(hint) is Literal else type(value) is hint
    if not known:
        raise NotThisRecord(f"{value!r} is not {hint}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
