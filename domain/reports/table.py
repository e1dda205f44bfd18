"""A report as a plain table: columns with their kind, rows, and the totals of what is money or counted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Cell = str | int | date | None
Kind = Literal["text", "month", "day", "money", "number"]


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column; money is in whole cents, a month is written 2026-10. `adds` is false where a sum would say nothing.

    What `folds` has no room on a tablet.
    """

    label: str
    kind: Kind = "text"
    adds: bool = True
    folds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A table under a title. `grouped`: rows with the same first cell stand under a heading on the screen."""

    title: str
    about: str
    columns: tuple[ReportColumn, ...]
    rows: Sequence[tuple[Cell, ...]]
    grouped: bool = False

    @property
    def totals(self) -> tuple[Cell, ...]:
        """The last line: what the columns come to."""
        return totals_of(self.columns, self.rows)


def totals_of(columns: Sequence[ReportColumn], rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """Sums of money and numbers; the first cell says that it is the total."""
    sums: list[Cell] = [
        sum(cell for row in rows if isinstance(cell := row[place], int)) if column.kind in {"money", "number"} and column.adds else None
        for place, column in enumerate(columns)
    ]
    return ("Total", *sums[1:])
