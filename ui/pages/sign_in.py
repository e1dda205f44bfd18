"""Sign-in: the only page that a signed-out person sees."""

from __future__ import annotations

from fastapi.responses import RedirectResponse
from nicegui import ui

from domain import practice
from domain.errors import FieldRefused
from ui import routes, theme
from ui.answering import answering
from ui.components.buttons import primary
from ui.components.fields import text_field
from ui.components.icons import icon
from ui.signing_in import sign_this_browser_in, signed_in


def register() -> None:
    """Tell NiceGUI of the page."""

    async def page() -> RedirectResponse | None:
        if await signed_in() is not None:
            return RedirectResponse(routes.CALENDAR)
        if not await practice.is_set_up():
            return RedirectResponse(routes.WELCOME)
        SignInPage(await practice.public_name()).build()
        return None

    ui.page(routes.SIGN_IN)(page)


class SignInPage:
    """A card in the middle of the page: who, password, sign in."""

    def __init__(self, practice_name: str) -> None:
        self.practice_name = practice_name

    def build(self) -> None:
        """Draw the card."""
        theme.apply()
        ui.page_title("Sign in · Sessionbook")
        with ui.element("div").classes("sb-door"), ui.element("div").classes("sb-door-card"):
            with ui.element("span").classes("sb-brand-mark is-large"):
                icon("book-open", 26)
            ui.label(self.practice_name).classes("sb-title").props("role=heading aria-level=1")
            ui.label("Sign in to Sessionbook").classes("sb-2")
            self.fields()
        with ui.element("div").classes("sb-door-foot"):
            icon("shield-check", 18)
            ui.label("Client records stay on the practice’s own computer.")

    def fields(self) -> None:
        """Email, password and the button; Enter signs in."""
        with ui.element("div").classes("sb-door-fields"):
            self.email = text_field("Your email").props("autocomplete=username type=email autofocus")
            self.password = text_field("Password", password=True).props("autocomplete=current-password")
            self.keep = ui.checkbox("Keep me signed in on this computer for 30 days")
            self.button = primary("Sign in", on_click=self.sign_in).classes("w-full is-tall")
        self.password.on("keydown.enter", self.sign_in)
        self.email.on("keydown.enter", self.sign_in)

    @answering
    async def sign_in(self, _event: object = None) -> None:
        """Open the door, or say why not."""
        for field in (self.email, self.password):
            field.clear_error()
        if not self.email.value or "@" not in self.email.value:
            raise FieldRefused(at="email", sentence="Type the email address of your account.")
        await sign_this_browser_in(self.email.value, self.password.value or "", keep=bool(self.keep.value))
        ui.navigate.to(routes.CALENDAR)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Say it under the field it belongs to."""
        (self.email if at == "email" else self.password).say(sentence)
