"""The frame of every page: left menu (Daily Activity first), the person signed in, the connection, the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import get_type_hints
from zoneinfo import ZoneInfo

from fastapi.responses import RedirectResponse
from nicegui import PageArguments, app, ui

from domain import practice
from domain.access import SignedIn, sign_out
from domain.reading import to_invoice
from ui import clock, report_files, routes, stored_pdfs, theme
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.icons import icon
from ui.components.menus import menu_entry
from ui.leaving import Kept
from ui.live import Announcement, Listening
from ui.pages import (
    account,
    appointment_types,
    balances,
    billing_codes,
    calendar,
    claims,
    client,
    client_sessions,
    clients,
    documents,
    import_file,
    invoice_clients,
    locations,
    nothing_here,
    paid_right,
    paper_eob,
    payer_files,
    payers,
    providers,
    reports,
    service_codes,
    sign_in,
    staff,
    statements,
    welcome,
)
from ui.pages import (
    practice as practice_page,
)
from ui.signing_in import signed_in
from ui.visit import Visit

Page = Callable[[Visit, PageArguments], Awaitable[None]]
PAGES: dict[str, Page] = {
    routes.CALENDAR: calendar.calendar,
    routes.CLIENT_SESSIONS: client_sessions.client_sessions,
    routes.INVOICE: invoice_clients.invoice_clients,
    routes.DOCUMENTS: documents.documents,
    routes.STATEMENTS: statements.statements,
    routes.CLAIMS: claims.claims,
    routes.PAYER_FILES: payer_files.payer_files,
    routes.BALANCES: balances.balances,
    routes.REPORTS: reports.reports,
    routes.PAPER_EOB: paper_eob.paper_eob,
    routes.CLIENTS: clients.clients,
    routes.CLIENT: client.client,
    routes.ACCOUNT: account.account,
    routes.IMPORT: import_file.import_file,
    routes.SERVICE_CODES: service_codes.service_codes,
    routes.BILLING_CODES: billing_codes.billing_codes,
    routes.APPOINTMENT_TYPES: appointment_types.appointment_types,
    routes.PROVIDERS: providers.providers,
    routes.LOCATIONS: locations.locations,
    routes.PAYERS: payers.payers,
    routes.PAID_RIGHT: paid_right.paid_right_page,
    routes.PRACTICE: practice_page.practice,
    routes.STAFF: staff.staff,
}
SETUP = {
    "Service Codes": routes.SERVICE_CODES,
    "Billing Codes": routes.BILLING_CODES,
    "Appointment Types": routes.APPOINTMENT_TYPES,
    "Providers": routes.PROVIDERS,
    "Locations": routes.LOCATIONS,
    "Payers": routes.PAYERS,
    "Practice": routes.PRACTICE,
    "Staff": routes.STAFF,
}


def register() -> None:
    """Tell NiceGUI of every address. Called once at start, and afresh for each in-process test."""
    theme.serve_assets()
    app.add_static_file(local_file=theme.ASSETS / "icons" / "own" / "favicon.svg", url_path="/favicon.ico")
    stored_pdfs.register()
    report_files.register()
    sign_in.register()
    welcome.register()
    for page in PAGES.values():
        page.__annotations__ = get_type_hints(page)  # sub pages look for the class PageArguments, not for its name

    async def frame() -> RedirectResponse | None:
        if (user := await signed_in()) is None:
            return RedirectResponse(routes.SIGN_IN if await practice.is_set_up() else routes.WELCOME)
        await Shell(user).build()
        return None

    ui.page("/")(frame)
    ui.page("/{_:path}")(frame)


def at_its_own_address(page: Page) -> Page:
    """A page as it is, but at an address further below it: that nothing is there."""

    @wraps(page)
    async def answered(visit: Visit, args: PageArguments) -> None:
        if args.remaining_path:
            nothing_here.nothing_here(visit)
        else:
            await page(visit, args)

    return answered


class Shell:
    """What stands around the pages of one browser tab."""

    def __init__(self, user: SignedIn) -> None:
        self.user = user
        self.entries: dict[str, list[ui.link]] = {}

    async def build(self) -> None:
        """Read who and where, then draw menu and page."""
        shown = await practice.shown_in_frame(seen_by=self.user)
        self.visit = Visit(
            self.user, zone=ZoneInfo(shown.time_zone), practice_name=shown.name, is_demo=shown.is_demo
        )
        self.visit.letter_keys, self.role = shown.letter_keys, shown.role
        self.dark = theme.apply({"light": False, "dark": True}.get(shown.theme))
        ui.page_title(f"Sessionbook · {shown.name}")
        kept = Kept(self.user)
        with ui.element("div").classes("sb-frame"):
            self.menu()
            with ui.element("div").classes("sb-page"):
                offline_banner()
                self.setup_tabs()
                kept.draw()
                pages = {path: at_its_own_address(page) for path, page in PAGES.items()}
                ui.sub_pages(pages, data={"visit": self.visit}, show_404=False)
        Listening({*to_invoice.SUBJECTS}, self.count_to_fix)
        Listening("sign_in", self.leave_if_signed_out)
        ui.on("sb_leave", self.visit.leaving.answer)
        router = ui.context.client.sub_pages_router
        router.on_path_changed(self.mark_current)
        self.mark_current(router.current_path)
        ui.timer(0, partial(self.count_to_fix, {}), once=True)  # the page waits for no counting of ten thousand sessions

    def menu(self) -> None:
        """The left menu; on a tablet a rail of icons with one word each."""
        with ui.element("nav").classes("sb-menu").props('aria-label="Main menu"'):
            self.brand()
            with ui.element("div").classes("sb-menu-list"):
                ui.label("Daily Activity").classes("sb-menu-head")
                self.entry("Calendar", "Calendar", "calendar-days", routes.CALENDAR)
                self.entry("Client Sessions", "Sessions", "notebook-pen", routes.CLIENT_SESSIONS)
                with self.entry("Invoice Clients and Insurance", "Invoice", "receipt-text", routes.INVOICE):
                    self.red_count()
                self.entry("Invoices and claims made", "Made", "files", routes.DOCUMENTS)
                self.entry("Statements", "Statements", "scroll-text", routes.STATEMENTS)
                self.entry("Claims", "Claims", "list-checks", routes.CLAIMS)
                self.entry("Payer Files", "Files", "upload", routes.PAYER_FILES)
                self.entry("Balances Due You", "Balances", "hand-coins", routes.BALANCES)
                ui.element("hr").classes("sb-menu-line")
                self.entry("Clients", "Clients", "users", routes.CLIENTS)
                self.entry("Reports", "Reports", "chart-column", routes.REPORTS)
                self.entry("Setup", "Setup", "settings-2", routes.SERVICE_CODES)
                self.setup_entries()
            self.person()

    def brand(self) -> None:
        """The product's mark and the practice's name."""
        with ui.link(target=routes.CALENDAR).classes("sb-brand"):
            ui.label("Sessionbook").classes("sb-visually-hidden sb-tablet-only")  # the rail shows the mark alone
            with ui.element("span").classes("sb-brand-mark"):
                icon("book-open", 18)
            with ui.element("span").classes("sb-brand-words"):
                ui.label("Sessionbook").classes("sb-brand-name")
                ui.label(self.visit.practice_name).classes("sb-brand-practice")

    def entry(self, words: str, short: str, drawing: str, path: str) -> ui.link:
        """One line of the menu; the rail shows the short word and is heard by the full ones."""
        with ui.link(target=path).classes("sb-menu-entry") as link:
            icon(drawing, 20)
            ui.label(words).classes("sb-word")
            ui.label(short).classes("sb-short").props("aria-hidden=true")
        self.entries.setdefault(path, []).append(link)
        return link

    def red_count(self) -> None:
        """How many sessions are to fix: seen as a number, heard with its words."""
        with ui.element("span").classes("sb-count sb-bad") as self.to_fix:
            self.to_fix_number = ui.label()
            ui.label("to fix").classes("sb-visually-hidden")
        self.to_fix.set_visibility(False)

    def setup_entries(self) -> None:
        """Setup opens in place."""
        with ui.element("div").classes("sb-submenu") as self.submenu:
            for words, path in SETUP.items():
                with ui.link(target=path).classes("sb-menu-entry") as link:
                    ui.label(words).classes("sb-word")
                self.entries.setdefault(path, []).append(link)

    def setup_tabs(self) -> None:
        """On a tablet Setup is a row of tabs above the page."""
        with ui.element("nav").classes("sb-tabs-row sb-tablet-only").props('aria-label="Setup"') as self.tabs:
            for words, path in SETUP.items():
                link = ui.link(words, path).classes("sb-tab")
                self.entries.setdefault(path, []).append(link)

    def person(self) -> None:
        """Who is signed in, and what they may set for themselves."""
        initials = "".join(part[0] for part in self.user.name.split()[:2]).upper()
        with ui.element("button").classes("sb-user").props("type=button aria-haspopup=menu"):
            ui.label("Your account").classes("sb-visually-hidden")
            ui.label(initials).classes("sb-avatar").props("aria-hidden=true")
            with ui.element("span").classes("sb-user-words"):
                ui.label(self.user.name).classes("sb-user-name")
                ui.label(self.role).classes("sb-user-role")
            icon("chevrons-up-down", 18)
            with ui.menu().props('anchor="top start" self="bottom start"'):
                for words, value in (("Look as the system does", "auto"), ("Light", "light"), ("Dark", "dark")):
                    menu_entry(words, lambda value=value: self.set_theme(value))
                ui.separator()
                if self.visit.is_demo:
                    menu_entry("Erase the demo practice", self.erase_demo)
                menu_entry("Sign out", self.leave)

    async def set_theme(self, value: str) -> None:
        """Keep how this person likes the screen."""
        self.dark.set_value({"light": False, "dark": True}.get(value))
        await practice.keep_theme(value, by=self.user)

    def mark_current(self, path: str) -> None:
        """Mark the menu entry of the page that is shown; Setup opens on its pages only."""
        here = path.partition("?")[0]
        in_setup = here.startswith("/setup")
        here = next((above for above in (routes.CLIENTS, routes.PAYER_FILES) if here.startswith(above)), here)
        for target, links in self.entries.items():
            for link in links:
                if target == here:
                    link.props("aria-current=page")
                else:
                    link.props(remove="aria-current")
        self.entries[routes.SERVICE_CODES][0].classes(add="is-chosen" if in_setup else "", remove="is-chosen")
        self.submenu.set_visibility(in_setup)
        self.tabs.set_visibility(in_setup)

    async def count_to_fix(self, _told: Announcement) -> None:
        """The red count on Invoice: sessions with something to fix."""
        count = await to_invoice.count_to_fix(on=self.visit.today(), seen_by=self.user)
        self.to_fix_number.set_text(f"{count:,}")
        self.to_fix.set_visibility(count > 0)

    async def leave_if_signed_out(self, _told: Announcement) -> None:
        """Another tab signed out, or the account was removed: this tab shows nothing any more."""
        if await signed_in() is None:
            ui.navigate.to(routes.SIGN_IN)

    async def leave(self) -> None:
        """Sign out, in every tab of this browser."""
        await sign_out(self.user, now=clock.now())
        app.storage.user.clear()
        ui.navigate.to(routes.SIGN_IN)

    async def erase_demo(self) -> None:
        """The made-up practice goes in one step; the welcome page comes back."""
        await welcome.erase_demo(self.user)


def offline_banner() -> None:
    """Shown by the page's own script while the connection is away."""
    banner = Banner(
        "Connection lost. Trying again.", "What you typed stays here; nothing is saved until it is back.",
        tone="warn", closable=False,
    ).classes("sb-offline-banner")
    with banner.acts:
        buttons.standard("Try now").on("click", js_handler="() => window.socket.disconnect().connect()")
