"""Who this browser is: an opaque token in its own storage, looked up in the database each time."""

from __future__ import annotations

from nicegui import app

from domain import access
from domain.access import SignedIn
from ui import clock


async def signed_in() -> SignedIn | None:
    """The person this browser belongs to, or None. Works in pages and in plain routes."""
    return await access.who(app.storage.user.get("token"), now=clock.now())


async def sign_this_browser_in(email: str, password: str, *, keep: bool) -> None:
    """Check the password and remember the token. Raises WrongPassword or TooManyTries."""
    app.storage.user["token"] = await access.sign_in(email, password, keep=keep, now=clock.now())
