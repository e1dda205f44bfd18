"""Import a client list: its columns as guessed, what each line does, corrections, and the import itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.importing.client_list import FIELDS, ClientTable, clients_from, guess_mapping, read_client_list
from domain.importing.client_preview import ClientRow, State, records_for, rows_of
from domain.importing.keeping_clients import ImportedClients, keep_clients
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.dialog import Dialog
from ui.components.fields import check, select_field
from ui.components.pills import Pills
from ui.components.segmented import Segmented
from ui.components.table import LongTable
from ui.components.typed import day_text
from ui.importing import clients_rows
from ui.importing.clients_rows import COLUMNS, in_words, judged, pills
from ui.importing.parts import Progress, Running, counted, problems_table, result_card
from ui.visit import Visit


class ClientsImport(Answers):
    """One chosen list in one browser."""

    def __init__(self, visit: Visit, raw: bytes, *, place: ui.element, again: Callable[[], Any]) -> None:
        self.visit, self.raw, self.place, self.again = visit, raw, place, again
        self.only: State | None = None

    async def open(self) -> None:
        """Read the list, then show what it does. Raises NotAClientList."""
        self.list: ClientTable = await asyncio.to_thread(read_client_list, self.raw)
        self.mapping = guess_mapping(self.list.headers)
        await self.read()
        self.place.clear()
        with self.place:
            with ui.element("div").classes("sb-toolbar"):
                self.pills = Pills([], on_change=self.show_only)
                columns = buttons.standard("Columns", icon="sliders-horizontal", on_click=self.choose_columns)
                columns.classes("sb-right")
            self.problems_place = ui.element("div")
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(
                    COLUMNS, label="Clients of the list", edits="Look closer", on_row=self.look, on_edit=self.look,
                    on_act=lambda _act, place, _arg: self.look(place),
                )  # fmt: skip
            self.bottom_bar()
        self.draw()

    async def read(self) -> None:
        """The clients by the columns as they are set, and whom the practice knows of them."""
        today = self.visit.today()
        self.drafts, self.problems = await asyncio.to_thread(clients_from, self.list, self.mapping, on=today)
        self.records = await records_for(self.drafts, seen_by=self.visit.user)
        self.rows: list[ClientRow] = rows_of(self.drafts, self.records)

    def bottom_bar(self) -> None:
        """What will be done, what is left out, and the button."""
        with ui.element("div").classes("sb-bottom-bar"):
            self.words = ui.label().classes("sb-total-words").props("role=status")
            self.without = check("Leave out those with problems", on_change=lambda _: self.draw_button())
            with ui.element("div").classes("sb-row sb-right"):
                buttons.standard("Another file", on_click=self.again)
                self.button = buttons.primary("Import", on_click=self.run)

    def draw(self) -> None:
        """Rows, pills and problems as they stand now."""
        self.told = judged(self.rows, self.records)
        self.pills.show(pills(self.told))
        self.table.set_rows(clients_rows.rows_of(self.told, only=self.only))
        self.problems_place.clear()
        with self.problems_place:
            problems_table(self.problems)
        self.draw_button()

    def draw_button(self) -> None:
        """How many are imported; what has a problem must be left out knowingly."""
        states = [state for *_, state in self.told]
        to_fix = states.count("to_fix") + len({one.line for one in self.problems if one.left_out})
        doing = states.count("new") + states.count("updated")
        self.without.set_visibility(bool(to_fix))
        self.without.set_text("Leave out the one with problems" if to_fix == 1 else f"Leave out the {to_fix} with problems")
        self.words.set_text(f"{counted(len(self.list.rows), 'line')} in the list")
        self.button.set_text(f"Import {counted(doing, 'client')}" if doing else "Nothing to import")
        self.button.set_enabled(bool(doing) and (not to_fix or bool(self.without.value)))

    # ---- what the person does ----

    def show_only(self, event: Any) -> None:
        """The rows of one pill, or all."""
        self.only = event.value
        self.table.set_rows(clients_rows.rows_of(self.told, only=self.only))

    def choose_columns(self) -> None:
        """Which column holds what: as guessed, to be corrected."""
        with Dialog("Columns of the list", "What each column holds. Those without a choice are not read.", size="wide") as dialog:
            with dialog.body:
                chosen = {header: self.column_choice(header) for header in self.list.headers}
            with dialog.foot:
                buttons.standard("Cancel", on_click=dialog.close)

                async def apply() -> None:
                    self.mapping = {field.value: header for header, field in chosen.items() if field.value}
                    dialog.close()
                    await self.read()
                    self.draw()

                dialog.enter_presses(buttons.primary("Apply", on_click=apply))
        dialog.open()

    def column_choice(self, header: str) -> Any:
        """One column: its name, its first value, and what it holds."""
        place = self.list.headers.index(header)
        sample = next((row.cells[place] for row in self.list.rows if row.cells[place]), "")
        held = next((field for field, name in self.mapping.items() if name == header), None)
        with ui.element("div").classes("sb-column-choice"):
            with ui.element("div"):
                ui.label(header).classes("sb-strong")
                ui.label(sample).classes("sb-hint sb-column-sample")
            return select_field(
                f"Column {header}", {one.key: one.label for one in FIELDS}, held, show_label=False, clearable=True,
                placeholder="Not read",
            )  # fmt: skip

    def look(self, place: Any) -> None:
        """What one line changes; who it is, when that is a question; and whether it is left out."""
        ClientLook(self, int(place)).open()

    @answering
    async def run(self, _event: object = None) -> None:
        """Import; it goes on when the page is left."""
        rows, user, now = list(self.rows), self.visit.user, self.visit.now()
        running = Running(len(rows))
        running.start(lambda tell: keep_clients(rows, by=user, now=now, on_progress=tell))
        self.place.clear()
        with self.place:
            Progress(running, "clients", on_over=self.show_result)

    def show_result(self, done: ImportedClients) -> None:
        """What came of it."""
        lines = [
            f"{counted(len(done.updated), 'client')} updated" if done.updated else "",
            f"{counted(done.unchanged, 'client')} unchanged" if done.unchanged else "",
            f"{counted(done.left_out, 'client')} left out" if done.left_out else "",
            f"New payers: {', '.join(done.new_payers)}. Add their addresses under Payers." if done.new_payers else "",
        ]
        self.place.clear()
        with self.place:
            result_card(
                self.visit, f"{counted(len(done.made), 'client')} imported", [line for line in lines if line], [],
                onward="Open Clients", to=routes.CLIENTS, again=self.again,
            )  # fmt: skip


class ClientLook:
    """One line of the list, closer."""

    def __init__(self, page: ClientsImport, place: int) -> None:
        self.page, self.place = page, place
        _, self.row, self.outcome, self.state = page.told[place]

    def open(self) -> None:
        """Draw and show."""
        draft = self.row.draft
        born = f", born {day_text(draft.birth_date)}" if draft.birth_date else ""
        with Dialog(draft.name, f"Line {draft.line}{born}", size="medium") as self.dialog:
            with self.dialog.body:
                if self.row.candidates:
                    self.who()
                self.changes()
                for remark in self.outcome.remarks:
                    ui.label(remark).classes("sb-hint")
                self.keep = check("Import this line", not self.row.left_out)
            with self.dialog.foot:
                buttons.standard("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(buttons.primary("Apply", on_click=self.apply))
        self.dialog.open()

    def who(self) -> None:
        """Somebody new, or one of the same name."""
        known = self.page.records.clients
        options = {0: "Somebody new"} | {
            one: f"{known[one].name}, " + (day_text(born) if (born := known[one].birth_date) else "without a birth date")
            for one in self.row.candidates
        }  # fmt: skip
        value = (self.row.client_id or 0) if self.row.decided else None
        self.choice = Segmented(options, value, label="Who it is").classes("sb-wraps")

    def changes(self) -> None:
        """Every value that is written."""
        if not self.outcome.changes:
            ui.label("Nothing changes: everything is known already.").classes("sb-2")
            return
        with ui.element("table").classes("sb-compare"):
            with ui.element("thead"), ui.element("tr"):
                for head in ("", "Now", "In the list"):
                    with ui.element("th").props("scope=col"):
                        ui.label(head)
            with ui.element("tbody"):
                for words in map(in_words, self.outcome.changes):
                    with ui.element("tr"):
                        for word in words:
                            with ui.element("td"):
                                ui.label(word or "–")

    def apply(self) -> None:
        """Take the answers."""
        self.row.left_out = not self.keep.value
        if self.row.candidates and self.choice.value is not None:
            self.row.client_id, self.row.decided = self.choice.value or None, True
        self.dialog.close()
        self.page.draw()
