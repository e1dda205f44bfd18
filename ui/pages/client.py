"""One client's page: visits and sessions, policies, diagnoses, details, and the documents made."""

from __future__ import annotations

from nicegui import PageArguments, ui

from domain.clients import archive_client, delete_client, restore_client
from domain.errors import NotFound
from domain.reading import sessions, to_invoice
from domain.reading.account import ClientAccount, client_account
from domain.reading.one_client import OneClient, one_client
from domain.reading.rates import FeeRow, sliding_fees
from domain.reading.sessions import SessionFilter, SessionLine
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.client_cards import ClientCards
from ui.components.dialog import ask
from ui.components.editing import try_it
from ui.components.empty import empty_state
from ui.components.icons import icon
from ui.components.menus import menu_entry
from ui.components.status import status_mark
from ui.components.typed import time_text, weekday_text
from ui.dialogs.client_editors import ClientEditors
from ui.dialogs.client_session import new_session
from ui.dialogs.merge_clients import MergeClients
from ui.live import Announcement, Listening
from ui.visit import Visit

FEW, MANY = 7, 200  # sessions shown at first, and after "See all"
ABOUT_ANYBODY = {"service_code", "appointment_type"}


async def client(visit: Visit, args: PageArguments) -> None:
    """The page; `?at=policies|diagnoses|bill_to|FIELD` and `?policy=ID&at=FIELD` open an editor at the field."""
    number = args.path_parameters["client_id"]
    page = ClientPage(visit, routes.number(number) or 0)
    if await page.build():
        policy = routes.number(args.query_parameters.get("policy", ""))
        at = args.query_parameters.get("at", "")
        await page.editors.open_at(at, policy_id=policy)


class ClientPage(Answers):
    """What one browser sees of one client."""

    def __init__(self, visit: Visit, client_id: int) -> None:
        self.visit, self.client_id = visit, client_id
        self.limit = FEW
        self.seen: OneClient
        self.account: ClientAccount
        self.lines: list[SessionLine] = []
        self.sliding: list[FeeRow] = []
        self.to_fix: dict[int, int] = {}  # how much is to fix, by session
        self.count = 0

    async def build(self) -> bool:
        """Read, then draw; an address that leads nowhere says so."""
        try:
            await self.read()
        except NotFound:
            self.nobody()
            return False
        self.editors = ClientEditors(self.visit, lambda: self.seen)
        with self.visit.header(self.seen.draft.name, back=routes.CLIENTS, back_to="Clients"):
            self.header_buttons()
        with ui.element("div").classes("sb-work is-on-bg"), ui.element("div").classes("sb-client"):
            self.news = ui.element("div").classes("sb-news")
            self.who()
            self.cards = ClientCards(self)
            self.cards.draw()
        Listening({"appointment", "invoice", "claim", *to_invoice.SUBJECTS, *ABOUT_ANYBODY}, self.heard)
        return True

    def nobody(self) -> None:
        """No such client."""
        with self.visit.header("Client", back=routes.CLIENTS, back_to="Clients"):
            pass
        with ui.element("div").classes("sb-work"), empty_state(
            "This client is not there", "The record may have been deleted on another computer.", drawing="empty-people",
        ):
            buttons.primary("See all clients", on_click=lambda: self.visit.go(routes.CLIENTS))

    # ---- reading ----

    async def read(self) -> None:
        """Everything the page shows, as it stands now."""
        asked = SessionFilter(client_id=self.client_id)
        who = {"seen_by": self.visit.user}
        self.seen = await one_client(self.client_id, today=self.visit.today(), now=self.visit.now(), **who)
        self.lines = await sessions.listed(asked, limit=self.limit, **who)
        self.count = await sessions.count(asked, **who)
        self.account = await client_account(self.client_id, today=self.visit.today(), **who)
        self.sliding = await sliding_fees(self.client_id, on=self.visit.today(), **who)
        self.to_fix = await to_invoice.reasons_to_fix(on=self.visit.today(), **who)

    async def heard(self, told: Announcement) -> None:
        """Read again what may be about this client; editors that are open are left alone."""
        about_others = told.get("client", frozenset()) and self.client_id not in told["client"] and set(told) <= {"client", "policy"}
        if not about_others:
            await self.reload()

    async def reload(self) -> None:
        """Read, then show in one go."""
        try:
            await self.read()
        except NotFound:
            self.visit.go(routes.CLIENTS)
            return
        self.who.refresh()
        self.more_menu.refresh()
        self.cards.refresh()

    async def see_all(self) -> None:
        """Show every session."""
        self.limit = MANY
        await self.reload()

    # ---- header ----

    def header_buttons(self) -> None:
        """New session, Book appointment, and the rarer things behind dots."""
        new = buttons.standard("New session", icon="plus", on_click=self.new_session)
        new.classes("sb-desk-only")
        buttons.primary("Book appointment", icon="calendar-plus", on_click=self.book)
        with buttons.icon_button("ellipsis", "More", size=20), ui.menu().props("auto-close"):
            self.more_menu()

    @ui.refreshable_method
    def more_menu(self) -> None:
        """New session on a tablet; merge, archive, delete."""
        menu_entry("New session", self.new_session).classes("sb-tablet-only")
        menu_entry("Sliding-scale fees", self.editors.edit_sliding_fees)
        if self.seen.archived:
            if self.seen.merged_into_id is None:
                menu_entry("Make active again", self.restore)
        else:
            menu_entry("Merge with another record", self.merge)
            menu_entry("Archive", self.archive)
        if not (self.lines or self.seen.policies or self.seen.ahead or self.seen.behind or self.seen.documents):
            menu_entry("Delete record", self.delete)

    def book(self) -> None:
        """To the calendar, with this client chosen."""
        self.visit.go(f"{routes.CALENDAR}?client={self.client_id}")

    async def new_session(self) -> None:
        """A session by hand."""
        await new_session(self.visit, client_id=self.client_id)

    def merge(self) -> None:
        """Choose the other record."""
        MergeClients(self.visit, self.client_id, self.seen.draft.name).open()

    # ---- who ----

    @ui.refreshable_method
    def who(self) -> None:
        """Initials, name, active or not, number, next visit."""
        name = self.seen.draft.name
        if self.seen.merged_into_id is not None:
            self.merged_banner(self.seen.merged_into_id)
        with ui.element("div").classes("sb-client-head"):
            initials = "".join(part[0] for part in name.split()[:2]).upper()
            ui.label(initials).classes("sb-client-initials").props("aria-hidden=true")
            with ui.element("div"):
                ui.label(name).classes("sb-client-name")
                with ui.element("div").classes("sb-client-facts"):
                    self.state()
                    ui.label(f"Client {self.client_id}")
                    ui.label(self.next_visit())

    def merged_banner(self, into: int) -> None:
        """Where this person's record is now."""
        banner = Banner(f"This record was merged into {self.seen.merged_into_name}.", tone="info", closable=False)
        with banner.acts:
            buttons.standard("Open that record", on_click=lambda: self.visit.go(routes.client(into)))

    def state(self) -> None:
        """Active or archived."""
        if self.seen.archived:
            status_mark("archived", "Merged" if self.seen.merged_into_id else "Archived")
            return
        with ui.element("span").classes("sb-status is-ok"):
            icon("circle-check", 16)
            ui.label("Active client")

    def next_visit(self) -> str:
        """When they come next."""
        if self.seen.next_visit_at is None:
            return "No visit ahead"
        at = self.seen.next_visit_at.astimezone(self.visit.zone)
        day = "today" if at.date() == self.visit.today() else weekday_text(at.date())
        return f"Next visit {day}, {time_text(at.time())}"

    # ---- archive and delete ----

    @answering
    async def archive(self, _event: object = None) -> None:
        """Out of the list; everything stays."""
        name, how = self.seen.draft.name, {"by": self.visit.user, "now": self.visit.now()}
        if self.seen.ahead and not await ask(
            f"Archive {name}?", f"{name} still has appointments ahead. They stay on the calendar.", "Archive", "Keep active",
            deletes=False,
        ):
            return
        await archive_client(self.client_id, **how)

        async def undo() -> None:
            await try_it(self.visit, restore_client(self.client_id, **how), f"{name} is active again")

        self.visit.toast(f"{name} archived", action="Undo", on_action=undo)

    @answering
    async def restore(self, _event: object = None) -> None:
        """Back into the list."""
        await restore_client(self.client_id, by=self.visit.user, now=self.visit.now())
        self.visit.toast(f"{self.seen.draft.name} is active again")

    @answering
    async def delete(self, _event: object = None) -> None:
        """A record with nothing in it can go."""
        name = self.seen.draft.name
        if not await ask(f"Delete {name}?", "There are no visits, sessions, policies or documents in this record.", "Delete record"):
            return
        await delete_client(self.client_id, by=self.visit.user, now=self.visit.now())
        self.visit.go(routes.CLIENTS)
        self.visit.toast(f"{name} deleted")
