"""What an appointment was sent to billing as: when, by whom, codes and amounts, and where the codes came from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nicegui import ui

from domain.reading.one_appointment import Billed, BilledLine, Details, Member
from ui import routes
from ui.components import buttons
from ui.components.chips import service_code_chip
from ui.components.icons import lock
from ui.components.typed import money_text, time_text, weekday_text
from ui.visit import Visit

CAME_FROM = {
    "last_saved": "Codes came from the client's last saved session.",
    "missed_visit": "Code of the practice for a missed visit.",
    "chosen": "Codes were chosen when it was sent.",
    "by_hand": "Codes were entered by hand.",
}


def billed_card(visit: Visit, member: Member) -> None:
    """The card of the one client who was sent."""
    billed = member.billed
    if billed is None:
        return
    with ui.element("div").classes("sb-card-box sb-billed-card"):
        _head("Sent to billing", _when(visit, billed))
        for line in billed.lines:
            _line(line)
        if len(billed.lines) > 1:
            with ui.element("div").classes("sb-billed-line"):
                ui.label("Total")
                ui.label(money_text(billed.total_cents)).classes("sb-strong sb-num")
        _where_from(billed)
        path = routes.client_session(billed.session_id)
        words = f"Open client session {billed.session_id}"
        buttons.standard(words, icon="notebook-pen", on_click=lambda: visit.go(path))


def billed_group(visit: Visit, details: Details, *, on_undo: Callable[[Member], Any]) -> None:
    """The card of a group: a line for each who was sent, with their own session and undo."""
    sent = [(member, member.billed) for member in details.billed if member.billed]
    with ui.element("div").classes("sb-card-box sb-billed-card"):
        _head("Sent to billing", f"{len(sent)} of {len(details.members)} clients. {_when(visit, sent[-1][1])}")
        for member, billed in sent:
            with ui.element("div").classes("sb-billed-member"):
                ui.label(member.name).classes("sb-strong")
                ui.label(money_text(billed.total_cents)).classes("sb-strong sb-num")
                words = f"Undo client session {billed.session_id}"
                buttons.icon_button("undo-2", words, on_click=lambda _, member=member: on_undo(member))
                with ui.element("div").classes("sb-hint"):
                    ui.label(f"{_codes(billed)}. {_from(billed)} {_to_whom(billed)}".strip())
                    ui.link(f"Client session {billed.session_id}", routes.client_session(billed.session_id)).classes("sb-link")


def _head(words: str, hint: str) -> None:
    with ui.element("div").classes("sb-billed-head"):
        lock(20)
        with ui.element("div"):
            ui.label(words).classes("sb-strong")
            ui.label(hint).classes("sb-hint")


def _line(line: BilledLine) -> None:
    with ui.element("div").classes("sb-billed-line"):
        with ui.element("div"):
            ui.label(" ".join([line.code, *line.modifiers.split(",")]).strip()).classes("sb-strong sb-num")
            ui.label(line.description).classes("sb-small sb-2")
        ui.label(_units(line.units)).classes("sb-num")
        ui.label(money_text(line.amount_cents)).classes("sb-strong sb-num")


def _units(units: int) -> str:
    return f"{units} unit{'' if units == 1 else 's'}"


def _codes(billed: Billed) -> str:
    return ", ".join(f"{line.code}, {_units(line.units)}" for line in billed.lines)


def _when(visit: Visit, billed: Billed) -> str:
    at = billed.sent_at.astimezone(visit.zone)
    day = "Today" if at.date() == visit.today() else _day(at, visit)
    return f"{day} at {time_text(at)}" + (f" by {billed.sent_by}" if billed.sent_by else "")


def _day(at: datetime, visit: Visit) -> str:
    year = "" if at.year == visit.today().year else f", {at.year}"
    return f"{weekday_text(at.date())}{year}"


def _where_from(billed: Billed) -> None:
    with ui.element("div").classes("sb-hint sb-where-from"):
        if billed.codes_from == "service_code" and billed.service_code:
            ui.label("Codes came from Service Code ")
            service_code_chip(billed.service_code, billed.color)
            ui.label(f". {_to_whom(billed)}")
        else:
            ui.label(f"{_from(billed)} {_to_whom(billed)}".strip())


def _from(billed: Billed) -> str:
    if billed.codes_from == "service_code":
        return f"Codes came from Service Code {billed.service_code}.".replace(" .", ".")
    return CAME_FROM.get(billed.codes_from, "")


def _to_whom(billed: Billed) -> str:
    if billed.unclear:
        return "Two primary policies are in force on that day: choose one on the client's page."
    return f"Billed to {billed.billed_to}." if billed.billed_to else "Billed to the client."
