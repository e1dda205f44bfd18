"""How far the statements of a press are drawn, and then the list of them: to open, download or print."""

from __future__ import annotations

from nicegui import ui

from domain.reading.statements_made import MadeStatement, StatementPress, press
from domain.statements import drawing_goes_on, keep_drawing
from ui import routes
from ui.components.buttons import primary, standard
from ui.components.dialog import Dialog
from ui.components.icons import icon
from ui.components.status import status_mark
from ui.components.typed import money_text
from ui.dialogs.generate import Step
from ui.dialogs.printing import open_link, print_pdf, save_pdf
from ui.live import Announcement, Listening
from ui.visit import Visit


class MakingStatements:
    """The progress of one press; when all are drawn, the result takes its place."""

    def __init__(self, visit: Visit, run_id: int, page: ui.element) -> None:
        self.visit, self.run_id, self.page = visit, run_id, page
        self.done = False

    async def open(self) -> None:
        """Begin drawing, or see how far it is."""
        keep_drawing(self.run_id)
        found = await press(self.run_id, seen_by=self.visit.user)
        if all(one.drawn for one in found.statements):
            self.show_result(found)
            return
        with self.page, Dialog(title_of(found), "You can leave this page; the work goes on.", size="small") as self.dialog:
            self.dialog.card.classes("sb-making")
            with self.dialog.body:
                self.bar = ui.element("div").classes("sb-progress").props("role=progressbar aria-valuemin=0 aria-label='Statements made'")
                with ui.element("div").classes("sb-making-steps").props("role=list"):
                    self.step = Step("Draw the statements", len(found.statements))
                self.trouble = ui.element("div")
            with self.dialog.foot:
                standard("Leave it running", on_click=self.dialog.close)
            Listening("statement", self.heard)
        self.dialog.open()
        self.show(found)

    async def heard(self, told: Announcement) -> None:
        """Some more were drawn."""
        if self.run_id in told["statement"] and not self.done and self.dialog.value:
            self.show(await press(self.run_id, seen_by=self.visit.user))

    def show(self, found: StatementPress) -> None:
        """Bring title, bar and count up to date; the result follows the last statement."""
        drawn, whole = sum(one.drawn for one in found.statements), len(found.statements)
        self.dialog.title.set_text(title_of(found))
        self.bar.style(f"--done: {100 * drawn / max(1, whole):.1f}%").props(f"aria-valuenow={drawn} aria-valuemax={whole}")
        self.step.reach(drawn, current=drawn < whole)
        if drawn == whole and not self.done:
            self.dialog.close()
            self.show_result(found)
        elif drawn < whole and not drawing_goes_on(self.run_id):
            self.say_it_stopped(whole - drawn)

    def show_result(self, found: StatementPress) -> None:
        """The list."""
        self.done = True
        with self.page:
            StatementsResult(found).open()

    def say_it_stopped(self, left: int) -> None:
        """They are kept; only the drawing needs a new try."""
        self.trouble.clear()
        with self.trouble, ui.element("div").classes("sb-left-out"):
            icon("to-fix", 18, "sb-bad")
            ui.label(f"{left} could not be drawn. They are kept; nothing is lost.").classes("sb-grow")
            primary("Try again", on_click=self.try_again)

    def try_again(self) -> None:
        """Draw what is missing."""
        self.trouble.clear()
        keep_drawing(self.run_id)


def title_of(found: StatementPress) -> str:
    """Making 6 of 9 statements."""
    return f"Making {sum(one.drawn for one in found.statements):,} of {len(found.statements):,} statements"


class StatementsResult:
    """What a press made."""

    def __init__(self, found: StatementPress) -> None:
        self.found = found

    def open(self) -> None:
        """Draw and open."""
        count = len(self.found.statements)
        hint = f"{money_text(self.found.due_cents)} due in all." if count > 1 else ""
        with Dialog(f"{count:,} statement{'' if count == 1 else 's'} ready", hint, size="wide") as self.dialog:
            self.dialog.card.classes("sb-result")
            with self.dialog.head:
                icon("ready", 32, "sb-ok").move(target_index=0)
            with self.dialog.body, ui.element("section").classes("sb-pile"), ui.element("div").classes("sb-sum-lines"):
                for one in self.found.statements:
                    statement_line(one)
            self.not_made()
            with self.dialog.foot:
                self.buttons(count)
        self.dialog.open()

    def not_made(self) -> None:
        """Those that could not be, and why."""
        if not self.found.not_made:
            return
        with self.dialog.body, ui.element("div").classes("sb-left-out"):
            icon("to-fix", 18, "sb-bad")
            with ui.element("div").classes("sb-grow"):
                for one in self.found.not_made:
                    ui.label(f"Not made for {one.name}. {one.reason}")

    def buttons(self, count: int) -> None:
        """Download and print."""
        joined = pile_of(self.found.id)
        if count > 1:
            standard("Download ZIP", icon="download", on_click=lambda: save_pdf(pile_of(self.found.id, zipped=True)))
        standard("Download PDF", icon="download", on_click=lambda: save_pdf(joined))
        primary(f"Print all {count:,}" if count > 1 else "Print it", icon="printer", on_click=lambda: print_pdf(joined))


def statement_line(one: MadeStatement) -> None:
    """Whose it is, what is due, and a way to open it."""
    with ui.element("div").classes("sb-sum-line is-tall"):
        with ui.element("span").classes("sb-paper-mark"):
            icon("receipt-text", 18)
        ui.label(one.name).classes("sb-grow sb-name")
        if not one.has_address:
            status_mark("warning", "No address")
        ui.label(due_text(one.due_cents)).classes("sb-num sb-amount")
        open_link("Open PDF", statement_address(one.id), f"Open PDF of statement of {one.name}")


def due_text(cents: int) -> str:
    """What is due, or the person's credit."""
    return money_text(cents) if cents >= 0 else f"{money_text(-cents)} credit"


def statement_address(statement_id: int) -> str:
    """Where one statement opens."""
    return f"{routes.STORED_PDF}/statement/{statement_id}"


def receipt_address(payment_id: int) -> str:
    """Where a payment's receipt opens."""
    return f"{routes.STORED_PDF}/receipt/{payment_id}"


def pile_of(run_id: int, *, zipped: bool = False) -> str:
    """Where all statements of a press open."""
    return f"{routes.STORED_PDF}/statements/{run_id}{'.zip' if zipped else ''}"
