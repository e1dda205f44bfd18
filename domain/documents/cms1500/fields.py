"""Where each field of the CMS-1500 (02/12) stands: the table in assets/cms1500/positions.csv, with its sources beside it."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "cms1500"
COLUMN = 7.2
"""Points: ten characters to the inch."""
ROW = 12.0
"""Points: six lines to the inch."""
FIRST_COLUMN = 21.6
"""Points from the paper's left edge to column 1."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its row from the paper's top and its column, in characters."""

    key: str
    box: str
    name: str
    row: int
    column: int
    width: int
    flush_right: bool

    @property
    def is_mark(self) -> bool:
        """Whether an X goes here, in a box of the form's."""
        return self.name.endswith(" X")

    def left_of(self, text: str) -> float:
        """Where the text begins, in points."""
        column = self.column + (self.width - len(text) if self.flush_right else 0)
        return left(column)


def left(column: float) -> float:
    """Points from the paper's left edge to a column's left edge."""
    return FIRST_COLUMN + (column - 1) * COLUMN


@cache
def fields() -> dict[str, Field]:
    """Every field that may be filled, by its key: 2, 3.mm, 24F.1.dollars."""
    with (FOLDER / "positions.csv").open(newline="", encoding="utf-8") as table:
        return {row["key"]: _field(row) for row in csv.DictReader(table) if row["key"]}


def _field(row: dict[str, str]) -> Field:
    return Field(
        row["key"],
        row["box"],
        row["field"],
        int(row["row"]),
        int(row["col"]),
        int(row["width"]),
        row["align"] == "right",
    )
