"""The fields of a US postal address, tied to a draft; `prefix` where a draft holds several."""

from __future__ import annotations

from domain.checks import STATES
from ui.components.editing import Editing
from ui.components.fields import select_field, text_field

STATE_CHOICES = ["", *sorted(STATES)]


def address_fields(
    editing: Editing, *, prefix: str = "", called: str = "", second_line: bool = True, zip_hint: str = ""
) -> None:
    """Street, a second line, city, state and ZIP; made inside a form grid (`sb-fields`).

    `called` comes before the words where a page has two addresses: "Pay-to city".
    """
    draft = editing.draft

    def at(name: str) -> str:
        return f"{prefix}{name}"

    def words(label: str) -> str:
        return f"{called} {label if label == 'ZIP' else label.lower()}" if called else label

    editing.bind(at("street"), text_field(words("Street"), getattr(draft, at("street"))), span=8 if second_line else 12)
    if second_line:
        editing.bind(at("street2"), text_field(words("Suite or unit"), getattr(draft, at("street2"))), span=4)
    editing.bind(at("city"), text_field(words("City"), getattr(draft, at("city"))), span=5)
    editing.bind(at("state"), select_field(words("State"), STATE_CHOICES, getattr(draft, at("state"))), span=3)
    editing.bind(at("zip"), text_field(words("ZIP"), getattr(draft, at("zip")), max_length=10, hint=zip_hint), span=4)
