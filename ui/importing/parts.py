"""What both imports share: the problems by line, the work that goes on when the page is left, the result."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from nicegui import ui

from domain import jobs
from domain.errors import PracticeError
from domain.importing.chosen_file import Problem
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.icons import icon
from ui.components.status import status_html
from ui.components.table import Column, LongTable
from ui.visit import Visit

PROBLEMS = (
    Column(name="line", label="Line", look="sb-num sb-2", width="72px"),
    Column(name="column", label="Column", look="sb-2", width="180px", tablet_width="120px"),
    Column(name="wrong", label="What is wrong"),
    Column(name="kept", label="Then", html=True, width="150px", tablet_width="124px"),
)
_numbers = count(1)


def problems_table(problems: Sequence[Problem]) -> None:
    """By line, with whether the line is kept out of the import."""
    if not problems:
        return
    rows = [
        {
            "id": number, "line": str(problem.line), "column": problem.column, "wrong": problem.sentence,
            "kept": status_html("to fix", "Left out") if problem.left_out else status_html("warning", "Imported"),
            "_name": f"line {problem.line}",
        }
        for number, problem in enumerate(problems)
    ]  # fmt: skip
    with ui.element("details").classes("sb-problems"):
        with ui.element("summary"):
            words = f"{len(problems)} line{'' if len(problems) == 1 else 's'} with problems in the file"
            ui.html(status_html("to fix", words), sanitize=False)
        with ui.element("div").classes("sb-problems-table"):
            LongTable(PROBLEMS, rows, label="Problems in the file")


@dataclass(slots=True)
class Running:
    """An import at work: how far it is, and what came of it."""

    total: int
    done: int = 0
    result: Any = None
    refusal: str = ""

    def start(self, work: Callable[[Callable[[int], None]], Awaitable[Any]]) -> None:
        """Begin; it goes on when the page is left."""

        async def go() -> None:
            try:
                self.result = await work(self.reach)
            except PracticeError as refused:
                self.refusal = refused.told()
            except BaseException:
                self.refusal = STOPPED
                raise

        jobs.start(f"import {next(_numbers)}", go)

    def reach(self, done: int) -> None:
        """So many are done."""
        self.done = done

    @property
    def over(self) -> bool:
        """Whether it ended, well or not."""
        return self.result is not None or bool(self.refusal)


STOPPED = "The import stopped in the middle. What was imported is kept; import the same file again for the rest."


class Progress(ui.element):
    """A bar and a count until the work is over; then `on_over(result)`, or the refusal in red."""

    def __init__(self, running: Running, what: str, *, on_over: Callable[[Any], Any]) -> None:
        super().__init__("div")
        self.running, self.what, self.on_over = running, what, on_over
        self.classes("sb-padded sb-import-progress")
        with self:
            self.words = ui.label().classes("sb-panel-title").props("role=status")
            self.bar = ui.element("div").classes("sb-progress").props("role=progressbar aria-valuemin=0 aria-label=Imported")
            ui.label("You can leave this page; the import goes on.").classes("sb-hint")
            self.timer = ui.timer(0.15, self.look)
        self.write()

    def write(self) -> None:
        """How far it is."""
        running = self.running
        self.words.set_text(f"Importing {running.done:,} of {running.total:,} {self.what}")
        self.bar.style(f"--done: {100 * running.done / max(1, running.total):.1f}%")
        self.bar.props(f"aria-valuenow={running.done} aria-valuemax={running.total}")

    async def look(self) -> None:
        """Look again."""
        self.write()
        if not self.running.over:
            return
        self.timer.cancel()
        if self.running.refusal:
            with self:
                Banner("The import did not end well", self.running.refusal)
        else:
            answer = self.on_over(self.running.result)
            if hasattr(answer, "__await__"):
                await answer


def result_card(
    visit: Visit, title: str, lines: Sequence[str], left_alone: Sequence[tuple[str, str]], *, onward: str, to: str,
    again: Callable[[], Any],
) -> None:  # fmt: skip
    """What was made, what was left alone and why, and the one next step."""
    with ui.element("div").classes("sb-padded sb-import-result"):
        with ui.element("div").classes("sb-row"):
            icon("ready", 28, "sb-ok")
            ui.label(title).classes("sb-title").props("role=heading aria-level=2")
        for line in lines:
            ui.label(line).classes("sb-2")
        if left_alone:
            ui.label("Left as they are").classes("sb-card-title")
            with ui.element("ul").classes("sb-left-alone"):
                for name, sentence in left_alone:
                    with ui.element("li"):
                        ui.label(name).classes("sb-name")
                        ui.label(sentence).classes("sb-2")
        with ui.element("div").classes("sb-row"):
            buttons.primary(onward, icon_after="arrow-right", on_click=lambda: visit.go(to))
            buttons.standard("Import another file", on_click=again)


def counted(number: int, one: str, many: str = "") -> str:
    """1 appointment, 12 appointments."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
