"""Pick one of our claims by typing its client, number, day of service or charge; the server looks them up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.reading.claim_choices import ClaimChoice, Typed, claims_by_id, claims_found
from ui.components.fields import OnChange, SelectField, select_field
from ui.components.typed import Unreadable, cents_from, day_from, day_text, money_text
from ui.visit import Visit


def claim_picker(
    label: str, visit: Visit, *, hint: str = "", payer_id: Callable[[], int | None] = lambda: None, on_change: OnChange = None
) -> SelectField:
    """A select whose options follow what is typed; `payer_id` says whose claims are offered."""
    field = select_field(label, {}, None, placeholder="Client, claim number, day or charge", hint=hint, on_change=on_change)

    async def look_up(event: Any) -> None:
        text = event.args if isinstance(event.args, str) else ""
        found = await claims_found(typed_words(text, today=visit.today()), payer_id=payer_id(), seen_by=visit.user)
        kept = {field.value: field.options[field.value]} if field.value in field.options else {}  # type: ignore[call-overload]
        field.set_options({one.id: claim_words(one) for one in found} | kept, value=field.value)

    field.on("input-value", look_up, throttle=0.15, leading_events=True)
    field.on("focus", look_up)
    return field


async def choose_claim(field: SelectField, claim_id: int, visit: Visit) -> None:
    """Choose a claim that is known already."""
    [one] = await claims_by_id([claim_id], seen_by=visit.user)
    field.set_options({one.id: claim_words(one)}, value=one.id)


def claim_words(one: ClaimChoice) -> str:
    """Rowan Applewick · Oct 12, 2026 · $150.00 · 26001 · Bluebell Health."""
    days = day_text(one.first_day) if one.first_day == one.last_day else f"{day_text(one.first_day)} to {day_text(one.last_day)}"
    return f"{one.client_name} · {days} · {money_text(one.total_cents)} · {one.number} · {one.payer_name}"


def typed_words(text: str, *, today: date) -> list[Typed]:
    """Each word with the day and the amount that it may be; the whole is one word where it is a day."""
    whole = read_day(text.strip(), today)
    words = [text.strip()] if whole else text.split()
    return [Typed(text=word, day=read_day(word, today), cents=read_cents(word)) for word in words]


def read_day(text: str, today: date) -> date | None:
    """A day, where the text is one."""
    try:
        return day_from(text, today=today)
    except Unreadable:
        return None


def read_cents(text: str) -> int | None:
    """An amount, where the text is one."""
    try:
        return cents_from(text)
    except Unreadable:
        return None
