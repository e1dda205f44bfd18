"""Pick a client by typing part of the name; the server looks them up, so that ten thousand are no burden."""

from __future__ import annotations

from typing import Any

from domain.reading.choices import clients_named
from ui.components.fields import OnChange, SelectField, select_field
from ui.visit import Visit


def client_picker(label: str, visit: Visit, client_id: int | None, name: str, *, on_change: OnChange = None) -> SelectField:
    """A select whose options follow what is typed; `client_id` and `name` are the one chosen so far."""
    known = {client_id: name} if client_id else {}
    field = select_field(label, known, client_id, placeholder="Type a name", on_change=on_change)

    async def look_up(event: Any) -> None:
        text = event.args if isinstance(event.args, str) else ""
        found = await clients_named(text, seen_by=visit.user)
        kept = {field.value: field.options[field.value]} if field.value in field.options else {}  # type: ignore[call-overload]
        field.set_options(found | kept, value=field.value)

    field.on("input-value", look_up, throttle=0.15, leading_events=True)
    field.on("focus", look_up)
    return field
