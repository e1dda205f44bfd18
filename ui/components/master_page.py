"""A Setup page: the records of one kind at the left, the editor of one at the right.

Each page says its words, columns and rows, and derives an editor that draws the fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from nicegui import PageArguments, ui

from domain.reading.masters import uses_of
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.dialog import ask
from ui.components.empty import empty_state
from ui.components.fields import search_field
from ui.components.master_editor import EditorPanel, MasterEditor
from ui.components.side_panel import SidePanel
from ui.components.table import Column, LongTable
from ui.live import Announcement, Listening
from ui.visit import Visit


class MasterPage(Answers):
    """One Setup page of one browser."""

    title = ""
    one = ""  # "Service Code", in buttons and sentences
    subject = ""
    hears: ClassVar[frozenset[str]] = frozenset()  # other subjects that change what a row shows
    columns: ClassVar[Sequence[Column]] = ()
    empty_why = ""
    editor: type[MasterEditor]

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.rows: list[Any] = []
        self.text = ""
        self.editing: MasterEditor | None = None

    # ---- what each page says for itself ----

    async def read(self) -> list[Any]:
        """All records, retired ones too; each has `id` and `archived`."""
        raise NotImplementedError

    def line(self, row: Any) -> dict[str, Any]:
        """A record as a row of the table."""
        raise NotImplementedError

    def searched(self, row: Any) -> str:
        """The text that the search box looks through."""
        return " ".join(str(value) for value in self.line(row).values() if isinstance(value, str))

    def empty_acts(self) -> None:
        """The one next step when there is nothing yet."""
        buttons.primary(f"New {self.one}", icon="plus", on_click=self.new)

    def new_draft(self) -> Any:
        """What a new record starts with."""
        return self.editor.new_draft()

    def header_acts(self) -> None:
        """What stands in the header beside the primary button; nothing by default."""

    # ---- the screen ----

    async def build(self, args: PageArguments) -> None:
        """Draw, read, and open what the address asks for."""
        with self.visit.header(self.title):
            self.search = search_field(f"Search {self.title}", placeholder="Search", width="180px",
                                       on_change=lambda event: self.look_for(event.value or ""))
            self.header_acts()
            self.new_button = buttons.primary(f"New {self.one}", icon="plus", on_click=self.new)
        for part in (self.search.frame, self.new_button):
            part.set_visibility(False)  # an empty list has its button below: none may flash past under a finger
        with ui.element("div").classes("sb-with-panel"):
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(self.columns, label=self.title, on_row=self.open)
                self.nothing = ui.element("div")
            self.panel = EditorPanel(self.may_leave, self.closed)
        Listening({self.subject, *self.hears}, self.heard)
        await self.reload()
        if (asked := routes.number(args.query_parameters.get("open", ""))) is not None:
            await self.open(asked, at=args.query_parameters.get("at", ""))

    async def heard(self, told: Announcement) -> None:
        """Read again; rows that changed light up."""
        await self.reload(changed=told.get(self.subject, frozenset()))

    async def reload(self, changed: frozenset[int] = frozenset()) -> None:
        """Read the records, then show them in one go."""
        self.rows = await self.read()
        self.show_rows(changed)

    def show_rows(self, changed: frozenset[int] = frozenset()) -> None:
        """The rows that the search leaves, retired ones below the others."""
        found = [row for row in self.rows if self.text.casefold() in self.searched(row).casefold()]
        lines = [self.line(row) for row in found if not row.archived]
        if retired := [self.line(row) | {"_tone": "muted"} for row in found if row.archived]:
            lines += [{"id": "retired", "_group": self.retired_words(), "_note": str(len(retired))}, *retired]
        same = [line["id"] for line in lines] == [line["id"] for line in self.table.rows]
        if same:
            for line in lines:
                if line != self.table.row(line["id"]):
                    self.table.put(line, changed=line["id"] in changed)
        else:
            self.table.set_rows(lines)
        self.show_nothing(anything=bool(lines))

    def retired_words(self) -> str:
        """The heading above what is not offered any more."""
        return "Retired"

    def show_nothing(self, *, anything: bool) -> None:
        """An empty state instead of an empty table; the header then has no second button."""
        self.table.set_visibility(anything)
        self.new_button.set_visibility(bool(self.rows))
        self.search.frame.set_visibility(bool(self.rows))
        self.nothing.clear()
        if anything:
            return
        with self.nothing:
            if self.rows:
                with empty_state(f"Nothing called “{self.text}”", f"No {self.one} fits what you typed."):
                    buttons.standard("Show all", on_click=lambda: self.search.set_value(""))
            else:
                with empty_state(f"No {self.title} yet", self.empty_why):
                    self.empty_acts()

    def look_for(self, text: str) -> None:
        """Narrow the rows to what is typed."""
        self.text = text.strip()
        self.show_rows()

    # ---- the editor ----

    @answering
    async def new(self, _event: object = None) -> None:
        """An empty editor."""
        if await self.may_leave():
            await self.edit(self.new_draft(), {}, archived=False)

    @answering
    async def open(self, record_id: Any, *, at: str = "") -> None:
        """The editor of one record, with the cursor at a field."""
        if not isinstance(record_id, int) or not await self.may_leave():
            return
        draft = await self.editor.drafts(record_id, seen_by=self.visit.user)
        uses = await uses_of(self.subject, record_id, seen_by=self.visit.user)
        archived = any(row.id == record_id and row.archived for row in self.rows)
        await self.edit(draft, uses, archived=archived, at=at)

    async def edit(self, draft: Any, uses: dict[str, int], *, archived: bool, at: str = "") -> None:
        """Draw an editor into the panel."""
        editing = self.editor(self, draft, uses, archived=archived)
        await editing.prepare()
        self.editing = editing
        editing.show(self.panel)
        self.table.choose(draft.id)
        editing.focus(at or next(iter(editing.fields), ""))

    async def may_leave(self) -> bool:
        """Ask before typed text is thrown away."""
        editing = self.editing
        if editing is None or editing.done or not editing.touched:
            return True
        name = editing.name() or f"this new {self.one}"
        sentence = "What you typed there is not saved yet."
        return await ask(f"Leave {name} without saving?", sentence, "Leave without saving", "Keep editing")

    def closed(self) -> None:
        """The panel is gone, and with it the mark in the list."""
        if self.editing is not None:
            self.editing.done = True
        self.editing = None
        self.table.choose(None)

    def closed_quietly(self) -> None:
        """Close the panel without a question."""
        SidePanel.close(self.panel)
