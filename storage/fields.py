"""Field types chosen on purpose: whole cents, and instants that must know their zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tortoise import fields
from tortoise.models import Model


class NaiveInstantError(TypeError):
    """A date and time without a zone was about to be kept; its meaning would be a guess."""


class CentsField(fields.BigIntField):
    """Money in integer cents; a float or a Decimal is refused instead of rounded."""

    def to_python_value(self, value: Any) -> Any:
        """Tortoise would quietly cut 12.5 to 12 here, already when a record is made."""
        refuse_fraction(value)
        return super().to_python_value(value)

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> int | None:  # noqa: ARG002  the ORM passes it
        """The cents themselves."""
        refuse_fraction(value)
        return value  # type: ignore[no-any-return]


def refuse_fraction(value: Any) -> None:
    """Raise TypeError for money that is not whole cents."""
    if value is not None and type(value) is not int:
        raise TypeError("money is kept in whole cents (int)")


class InstantField(fields.DatetimeField):  # type: ignore[type-arg]
    """A moment in UTC; a naive datetime is refused, since Tortoise would take it for UTC without a word."""

    def to_python_value(self, value: Any) -> Any:
        """Tortoise would quietly read a naive value as UTC here, already when a record is made.

        SQLite's text of an instant is read directly: Tortoise reads each with a regular expression.
        """
        if type(value) is str and value.endswith("+00:00"):
            return datetime.fromisoformat(value)
        refuse_naive(value)
        return super().to_python_value(value)

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """The same moment in UTC, so that text sorts as time does."""
        refuse_naive(value)
        return super().to_db_value(value.astimezone(UTC) if isinstance(value, datetime) else value, instance)


def refuse_naive(value: Any) -> None:
    """Raise NaiveInstantError for a datetime whose zone nobody said."""
    if isinstance(value, datetime) and value.tzinfo is None:
        raise NaiveInstantError("an instant needs a time zone")


class DayField(fields.DateField):  # type: ignore[type-arg]
    """A calendar day. Tortoise reads each with a regular expression; a list of sessions holds thousands."""

    def to_python_value(self, value: Any) -> Any:
        """The day of SQLite's text, read directly."""
        return date.fromisoformat(value) if type(value) is str and len(value) == 10 else super().to_python_value(value)
