"""Clients: found by name, phone, e-mail or birth date; a tap opens their page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nicegui import PageArguments, ui

from domain.reading.choices import choices
from domain.reading.clients import PAGE, ClientFilter, ClientRow, client_list, clients_known
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons, cells
from ui.components.empty import empty_state
from ui.components.fields import search_field, select_field
from ui.components.segmented import Segmented
from ui.components.skeleton import skeleton_rows
from ui.components.table import Column, LongTable
from ui.components.typed import day_text, time_text, weekday_text
from ui.dialogs.new_client import NewClient
from ui.live import Announcement, Listening
from ui.visit import Visit

COLUMNS = (
    Column(name="name", label="Name", look="sb-name", sub="below"),
    Column(name="born", label="Born", look="sb-2 sb-num", width="112px", folds=True),
    Column(name="phone", label="Phone", look="sb-2 sb-num", width="134px", tablet_width="138px"),
    Column(name="provider", label="Provider", look="sb-2", width="150px", folds=True),
    Column(name="payer", label="Insurance", html=True, width="150px", tablet_width="150px"),
    Column(name="next", label="Next visit", html=True, look="sb-num", width="200px", tablet_width="118px"),
)


async def clients(visit: Visit, args: PageArguments) -> None:
    """The page; `?new=1` opens an empty record."""
    page = Clients(visit)
    await page.build()
    if args.query_parameters.get("new"):
        await page.new()


class Clients(Answers):
    """The list, a page of a hundred at a time."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.asked = ClientFilter()
        self.offset = self.total = 0
        self.rows: list[ClientRow] = []

    async def build(self) -> None:
        """Header, filters, list, pager."""
        offered = await choices(seen_by=self.visit.user)
        with self.visit.header("Clients"):
            self.bring_in = buttons.standard("Bring in a list", icon="upload", on_click=lambda: self.visit.go(routes.IMPORT))
            self.new_button = buttons.primary("New client", icon="user-plus", on_click=self.new)
        with ui.element("div").classes("sb-toolbar") as self.toolbar:
            self.search = search_field("Search clients", placeholder="Name, phone, email or birth date", width="304px",
                                       on_change=lambda event: self.ask(text=event.value or ""))
            select_field("Provider", {None: "All providers"} | offered.providers, None, show_label=False, width="150px",
                         on_change=lambda event: self.ask(provider_id=event.value))
            Segmented({False: "Active", True: "Archived"}, False, label="Which clients",
                      on_change=lambda event: self.ask(archived=bool(event.value)))
            self.count = ui.label().classes("sb-hint sb-right").props("role=status")
        with ui.element("div").classes("sb-work is-still"):
            waiting = skeleton_rows()
            self.table = LongTable(COLUMNS, label="Clients", row_height=44, on_row=self.open)
            self.nothing = ui.element("div")
        self.pager()
        for part in (self.toolbar, self.new_button, self.bring_in):
            part.set_visibility(False)  # an empty list has its buttons below: none may flash past under a finger
        Listening({"client", "policy", "appointment", "provider", "payer"}, self.heard)
        await self.reload()
        waiting.delete()

    def pager(self) -> None:
        """Which part of a long list is shown, and the way to the others."""
        with ui.element("div").classes("sb-pager") as self.pages:
            self.shown = ui.label().classes("sb-hint sb-num")
            self.before = buttons.icon_button("chevron-left", "Clients before these", edged=True, on_click=lambda: self.turn(-PAGE))
            self.after = buttons.icon_button("chevron-right", "Clients after these", edged=True, on_click=lambda: self.turn(PAGE))

    # ---- what is asked ----

    async def ask(self, **what: Any) -> None:
        """Another filter, from the start of the list."""
        self.asked, self.offset = replace(self.asked, **what), 0
        await self.reload()

    async def turn(self, by: int) -> None:
        """The next hundred, or the ones before."""
        self.offset = max(0, self.offset + by)
        await self.reload()

    async def heard(self, told: Announcement) -> None:
        """Somebody changed a client, or what a row shows of them."""
        await self.reload(changed=told.get("client", frozenset()))

    @answering
    async def reload(self, changed: frozenset[int] = frozenset()) -> None:
        """Read the page that is shown; an answer to an older question is dropped."""
        asked, offset = self.asked, self.offset
        page = await client_list(asked, today=self.visit.today(), now=self.visit.now(), seen_by=self.visit.user, offset=offset)
        if (asked, offset) != (self.asked, self.offset):
            return
        if not page.rows and offset:
            await self.turn(-PAGE)
            return
        self.rows, self.total = page.rows, page.total
        await self.show(changed)

    # ---- what is shown ----

    async def show(self, changed: frozenset[int]) -> None:
        """Rows, counts, and an empty state where there are none."""
        lines = [self.line(row) for row in self.rows]
        if [line["id"] for line in lines] == [line["id"] for line in self.table.rows]:
            for line in lines:
                if line != self.table.row(line["id"]):
                    self.table.put(line, changed=line["id"] in changed)
        else:
            self.table.set_rows(lines)
        self.count.set_text(f"{self.total:,} client{'' if self.total == 1 else 's'}")
        self.pages.set_visibility(self.total > PAGE)
        self.shown.set_text(f"{self.offset + 1:,} – {self.offset + len(lines):,} of {self.total:,}")
        self.before.set_enabled(self.offset > 0)
        self.after.set_enabled(self.offset + PAGE < self.total)
        none_at_all = not lines and not await clients_known(seen_by=self.visit.user)
        for part in (self.toolbar, self.new_button, self.bring_in):
            part.set_visibility(not none_at_all)
        self.table.set_visibility(bool(lines))
        self.show_nothing(none_at_all=none_at_all, anything=bool(lines))

    def show_nothing(self, *, none_at_all: bool, anything: bool) -> None:
        """Why the list is empty, and the one next step."""
        self.nothing.clear()
        if anything:
            return
        with self.nothing:
            if none_at_all:
                why = "Clients are who you see and bill. Add one by hand, or bring in a list from another program."
                with empty_state("No clients yet", why, drawing="empty-people"):
                    buttons.primary("New client", icon="user-plus", on_click=self.new)
                    buttons.standard("Bring in a list", icon="upload", on_click=lambda: self.visit.go(routes.IMPORT))
            elif self.asked.text:
                with empty_state(f"Nobody found for “{self.asked.text}”", "Names, phones, email and birth dates were searched.",
                                 drawing="empty-people"):
                    buttons.standard("Show all", on_click=lambda: self.search.set_value(""))
            else:
                empty_state("Nobody here", "No client fits this choice.", drawing="empty-people")

    def line(self, row: ClientRow) -> dict[str, Any]:
        """A client as a row of the table."""
        born = day_text(row.birth_date) if row.birth_date else ""
        below = " · ".join(part for part in (born, row.provider_name) if part)
        return {
            "id": row.id, "_name": row.name, "name": row.name, "born": born, "phone": row.phone,
            "provider": row.provider_name, "payer": insurance(row.payer_names), "next": self.when(row), "below": below,
            "_tone": "muted" if row.archived else None,
        }

    def when(self, row: ClientRow) -> str:
        """The next visit: today in words, else day and time."""
        if row.merged_into_id is not None:
            return cells.text("Merged", "sb-3")
        if row.next_visit_at is None:
            return ""
        at = row.next_visit_at.astimezone(self.visit.zone)
        day = "Today" if at.date() == self.visit.today() else weekday_text(at.date())
        return cells.day_and_time(day, time_text(at.time()))

    # ---- what is done ----

    def open(self, client_id: int) -> None:
        """To the client's page."""
        self.visit.go(routes.client(client_id))

    @answering
    async def new(self, _event: object = None) -> None:
        """An empty record; what was searched for in vain is its name."""
        typed = self.asked.text.strip()
        await NewClient(self.visit, typed if typed and not self.rows and not any(c.isdigit() for c in typed) else "").open()


def insurance(payers: tuple[str, ...]) -> str:
    """The payer, several as a warning, or self-pay."""
    if not payers:
        return cells.text("Self-pay", "sb-3")
    if len(payers) > 1:
        return cells.status_html("warning", "Two primary policies")
    return cells.text(payers[0], "sb-2")
