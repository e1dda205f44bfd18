"""First visit: set up a practice, or look around with a made-up one."""

from __future__ import annotations

import secrets
from zoneinfo import available_timezones

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import app, ui

from domain import demo, practice
from domain.access import SignedIn
from domain.errors import FieldRefused
from ui import clock, routes, theme
from ui.answering import answering
from ui.components.buttons import primary, standard
from ui.components.dialog import ask
from ui.components.fields import select_field, text_field
from ui.components.icons import icon
from ui.signing_in import sign_this_browser_in

# A first visit from another machine needs this; main prints it in the terminal.
CODE = f"{secrets.randbelow(1_000_000):06d}"
HERE = {"127.0.0.1", "::1", "localhost"}
COMMON_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
)
STEPS = (
    ("Your practice", "Name, address, billing number"),
    ("Providers", "Who sees clients"),
    ("Service Codes", "Colors, lengths and Billing Codes"),
    ("First client", "Or bring in a list"),
)


def register() -> None:
    """Tell NiceGUI of the page."""

    async def page(request: Request) -> RedirectResponse | None:
        if await practice.is_set_up():
            return RedirectResponse(routes.SIGN_IN)
        Welcome(from_here=request.client is not None and request.client.host in HERE).build()
        return None

    ui.page(routes.WELCOME)(page)


class Welcome:
    """Two ways to start, and the short form of the first."""

    def __init__(self, *, from_here: bool) -> None:
        self.from_here = from_here
        self.fields: dict[str, text_field] = {}

    def build(self) -> None:
        """Draw the two ways; the form takes their place."""
        theme.apply()
        ui.page_title("Welcome · Sessionbook")
        with ui.element("div").classes("sb-welcome-page"):
            with ui.element("div").classes("sb-row"):
                with ui.element("span").classes("sb-brand-mark"):
                    icon("book-open", 18)
                ui.label("Sessionbook").classes("sb-card-title")
            with ui.element("div").classes("sb-welcome-body") as self.body:
                self.two_ways()

    def two_ways(self) -> None:
        """The choice."""
        ui.label("Welcome. How would you like to start?").classes("sb-welcome").props("role=heading aria-level=1")
        ui.label("Everything you enter stays on this computer, in your practice.").classes("sb-2")
        if not self.from_here:
            self.code_field()
        with ui.element("div").classes("sb-ways"):
            with ui.element("section").classes("sb-way"):
                self.way_of_ones_own()
            with ui.element("section").classes("sb-way"):
                self.way_of_the_demo()

    def code_field(self) -> None:
        """Another machine on the network must prove that it may set this up."""
        with ui.element("div").classes("sb-code-box"):
            self.fields["code"] = text_field(
                "Code from the computer that runs Sessionbook",
                hint="Six digits, printed in its window. This keeps others on the network from setting it up.",
            ).props("inputmode=numeric autocomplete=one-time-code")

    def way_of_ones_own(self) -> None:
        """What setting up asks for."""
        with ui.element("span").classes("sb-way-mark"):
            icon("building-2", 22)
        ui.label("Set up my practice").classes("sb-panel-title").props("role=heading aria-level=2")
        ui.label("Name it and choose a password now; the rest waits in Setup until you need it.").classes("sb-2")
        with ui.element("ol").classes("sb-steps"):
            for number, (what, more) in enumerate(STEPS, 1):
                with ui.element("li"):
                    ui.label(str(number)).classes("sb-step-number").props("aria-hidden=true")
                    with ui.element("div"):
                        ui.label(what).classes("sb-name")
                        ui.label(more).classes("sb-hint")
        primary("Set up my practice", icon_after="arrow-right", on_click=self.show_form).classes("w-full is-tall")

    def way_of_the_demo(self) -> None:
        """What the demo shows."""
        with ui.element("span").classes("sb-way-mark"):
            icon("eye", 22)
        ui.label("Look around with a demo practice").classes("sb-panel-title").props("role=heading aria-level=2")
        ui.label(
            "Three made-up providers, 40 clients and three months of appointments, ready to send and invoice. "
            "Nothing is real, and you can erase it in one step."
        ).classes("sb-2")
        little_calendar()
        with ui.element("div").classes("sb-row sb-hint is-top"):
            icon("info", 18)
            ui.label("A yellow “Demo practice” mark stays on every page while you look around.")
        self.demo_button = standard("Open the demo practice", on_click=self.open_demo).classes("w-full is-tall")

    @answering
    async def open_demo(self, _event: object = None) -> None:
        """Make the demo and sign this browser in."""
        self.check_code()
        self.demo_button.props("loading")
        try:
            made = await demo.make(now=clock.now())
            await sign_this_browser_in(made.email, made.password, keep=False)
        finally:
            self.demo_button.props(remove="loading")
        ui.navigate.to(routes.CALENDAR)

    @answering
    async def show_form(self, _event: object = None) -> None:
        """The short form takes the place of the choice; the zone proposed is this browser's own."""
        self.check_code()
        self.zone_here = await ui.run_javascript("Intl.DateTimeFormat().resolvedOptions().timeZone", timeout=5)
        self.body.clear()
        with self.body:
            self.form()

    def form(self) -> None:
        """Practice name, time zone, owner's name, email and password."""
        ui.label("Set up my practice").classes("sb-welcome").props("role=heading aria-level=1")
        with ui.element("div").classes("sb-way sb-setup-form"):
            self.fields["practice_name"] = text_field("Practice name").props("autofocus autocomplete=organization")
            zones = {zone: zone.replace("_", " ") for zone in (*COMMON_ZONES, *sorted(available_timezones()))}
            here = self.zone_here if self.zone_here in zones else practice.zone_of_this_computer()
            self.zone = select_field("Time zone", zones, value=here if here in zones else "America/New_York")
            self.fields["owner_name"] = text_field("Your name").props("autocomplete=name")
            self.fields["email"] = text_field("Your email", hint="You sign in with it. Nothing is ever sent.").props(
                "type=email autocomplete=username"
            )
            self.fields["password"] = text_field("Password", password=True, hint="At least 10 characters.").props(
                "autocomplete=new-password"
            )
            primary("Create my practice", on_click=self.set_up).classes("w-full is-tall")

    @answering
    async def set_up(self, _event: object = None) -> None:
        """Keep it, sign in, and go on to the calendar."""
        for field in self.fields.values():
            if not field.is_deleted:
                field.clear_error()
        given = {name: field.value or "" for name, field in self.fields.items() if name != "code"}
        await practice.set_up(**given, time_zone=self.zone.value, now=clock.now())
        await sign_this_browser_in(given["email"], given["password"], keep=False)
        ui.navigate.to(routes.CALENDAR)

    def check_code(self) -> None:
        """Refuse another machine without the code. Raises FieldRefused."""
        if self.from_here or (self.fields["code"].value or "").strip() == CODE:
            return
        raise FieldRefused(at="code", sentence="Type the six digits printed where Sessionbook was started.")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, or as a toast of the page where none is meant."""
        field = self.fields.get(at)
        if field is not None and not field.is_deleted:
            field.say(sentence)
        else:
            ui.notify(sentence, type="negative")


def little_calendar() -> None:
    """A small drawing of a week."""
    rows = (("blue", "sky", "fern"), ("iris", "blue", "amber"), ("sky", "rose", "blue"),
            ("teal", "plum", "slate"), ("fern", "blue", ""))
    with ui.element("div").classes("sb-little-week").props("aria-hidden=true"):
        for day in rows:
            with ui.element("div"):
                for color in day:
                    ui.element("span").classes(f"sb-color-{color}" if color else "is-empty")


async def erase_demo(user: SignedIn) -> None:
    """Ask, erase, and start again at the welcome page."""
    sure = await ask(
        "Erase the demo practice?", "Everything in it is made up. The welcome page comes back.",
        "Erase the demo", keep="Keep it",
    )
    if not sure:
        return
    await demo.erase(by=user)
    app.storage.user.clear()
    ui.navigate.to(routes.WELCOME)
