"""The CMS-1500's own rules, shades and captions, drawn for plain paper from the tables in assets/cms1500."""

import csv
from datetime import date
from functools import cache, partial

from domain.documents import fonts
from domain.documents.cms1500.fields import COLUMN, FOLDER, ROW, Field, fields, left
from domain.documents.paper import Align, Color, Paper

RED: Color = (0xB8, 0x1D, 0x2C)
SHADE: Color = (0xFA, 0xE1, 0xE2)
GRAY: Color = (0x46, 0x54, 0x61)
MARK_WEIGHT = 0.5
ALIGNED: dict[str, Align] = {"L": "L", "R": "R", "C": "C"}
NO_DAY = date(2012, 2, 1)
"""The form's own; each copy of the sheet takes the day of its claim."""
ON_PLAIN_PAPER = "On plain paper: for your files and payers that take copies"


@cache
def blank_sheet() -> Paper:
    """A sheet for data alone."""
    return _sheet()


@cache
def form_sheet() -> Paper:
    """A sheet with all that a printer of forms would have put on it."""
    paper = _sheet()
    paper.set_draw_color(*RED)
    paper.set_fill_color(*SHADE)
    for rule in _table("rules.csv"):
        _draw_rule(paper, rule)
    for field in fields().values():
        if field.is_mark:
            _draw_mark_box(paper, field)
    for caption in _table("captions.csv"):
        _draw_caption(paper, caption)
    paper.say(ON_PLAIN_PAPER, left(1), 2.7 * ROW, size=7, color=GRAY, face=fonts.CAPTIONS.name)
    return paper


def _sheet() -> Paper:
    paper = Paper(dated=NO_DAY, title="CMS-1500", author="", faces=(fonts.TYPEWRITER, fonts.CAPTIONS))
    paper.add_page()
    return paper


def _draw_rule(paper: Paper, rule: dict[str, str]) -> None:
    x1, x2 = left(float(rule["x1"])), left(float(rule["x2"]))
    y1, y2 = float(rule["y1"]) * ROW, float(rule["y2"]) * ROW
    if rule["kind"] == "shade":
        paper.rect(x1, y1, x2 - x1, y2 - y1, style="F")
        return
    paper.set_line_width(float(rule["weight"]))
    if rule["kind"] == "box":
        paper.rect(x1, y1, x2 - x1, y2 - y1)
    elif rule["kind"] == "dash":
        paper.set_dash_pattern(dash=1.5, gap=1.5)
        paper.line(x1, y1, x2, y2)
        paper.set_dash_pattern()
    else:
        paper.line(x1, y1, x2, y2)


def _draw_mark_box(paper: Paper, field: Field) -> None:
    """A box about the X, a little wider than a character, as the form has it."""
    paper.set_line_width(MARK_WEIGHT)
    paper.rect(left(field.column - 0.2), (field.row - 0.93) * ROW, 1.4 * COLUMN, 0.86 * ROW)


def _draw_caption(paper: Paper, caption: dict[str, str]) -> None:
    x, y = left(float(caption["x"])), float(caption["y"]) * ROW
    say = partial(
        paper.say, caption["text"], x, y, size=float(caption["size"]), bold=caption["weight"] == "B", color=RED,
        face=fonts.CAPTIONS.name,
    )  # fmt: skip
    if caption["align"] == "V":
        with paper.rotation(90, x, y):
            say()
    else:
        say(align=ALIGNED[caption["align"]])


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table))
