"""Visits and sessions as a client's page lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from domain.reading.one_client import VisitRow
from domain.reading.sessions import SessionLine
from ui.components import cells
from ui.components.chips import no_code_chip, service_code_chip
from ui.components.session_status import session_status
from ui.components.status import lock_html, status_html, status_mark
from ui.components.typed import money_text, time_text, weekday_text
from ui.visit import Visit

VISIT_MARKS = {
    "scheduled": "scheduled", "arrived": "arrived", "completed": "attended", "no_show": "no-show",
    "late_canceled": "late", "canceled": "canceled",
}
HEADS = (("Date", ""), ("Service Code", ""), ("Billing Codes", ""), ("Amount", "is-right"), ("Status", ""))


def sessions_table(
    visit: Visit, ahead: Sequence[VisitRow], lines: Sequence[SessionLine], to_fix: Mapping[int, int], *,
    on_session: Callable[[int], Any], on_visit: Callable[[int], Any],
) -> None:  # fmt: skip
    """The next visit, then the sessions; a tap opens the one or the other."""
    with ui.element("table").classes("sb-card-table"):
        with ui.element("thead"), ui.element("tr"):
            for words, look in HEADS:
                with ui.element("th").classes(look).props("scope=col"):
                    ui.label(words)
            with ui.element("th").props("scope=col"):
                ui.label("Lock").classes("sb-visually-hidden")
        with ui.element("tbody"):
            for row in ahead:
                visit_row(visit, row, on_visit)
            for line in lines:
                session_row(visit, line, to_fix.get(line.id, 0), on_session)


def visit_row(visit: Visit, row: VisitRow, on_visit: Callable[[int], Any]) -> None:
    """A visit that is still ahead."""
    with ui.element("tr").on("click", lambda: on_visit(row.appointment_id)):
        when_cell(visit, row.starts_at, "Open in the calendar")
        code_cell(row.service_code, row.service_code_name, row.service_code_color)
        html_cell(cells.text(row.codes, "sb-num"))
        html_cell(cells.text(money_text(row.amount_cents) if row.codes else "", "sb-num"), "is-right")
        html_cell(status_html(VISIT_MARKS[row.status]))
        html_cell("")


def session_row(visit: Visit, line: SessionLine, to_fix: int, on_session: Callable[[int], Any]) -> None:
    """A session, with the lock of its appointment."""
    with ui.element("tr").on("click", lambda: on_session(line.id)):
        when_cell(visit, line.starts_at, f"Open session {line.id}")
        code_cell(line.service_code, line.service_code_name, line.service_code_color)
        html_cell(cells.text(line.codes, "sb-num"))
        html_cell(cells.text(money_text(line.amount_cents), "sb-num"), "is-right")
        html_cell(session_status(line.status, to_fix))
        html_cell(lock_html() if line.appointment_id else "", "is-lock")


def when_cell(visit: Visit, at: Any, words: str) -> None:
    """Day and time, as the button of the row."""
    local = at.astimezone(visit.zone)
    with ui.element("td"), ui.element("button").classes("sb-row-button").props("type=button"):
        ui.label(words).classes("sb-visually-hidden")
        ui.label(weekday_text(local.date()))
        ui.label(time_text(local.time())).classes("sb-row-time")


def code_cell(code: str, name: str, color: str) -> None:
    """The chip with its name, or the dashed one."""
    with ui.element("td"):
        if code:
            service_code_chip(code, color, name=name)
        else:
            no_code_chip()


def html_cell(markup: str, look: str = "") -> None:
    """A cell of our own markup."""
    with ui.element("td").classes(look):
        ui.html(markup, sanitize=False)


def visit_line(visit: Visit, row: VisitRow) -> None:
    """A visit as a line of a card: when, what, how it stands."""
    local = row.starts_at.astimezone(visit.zone)
    with ui.element("span").classes("sb-line-body"):
        with ui.element("span").classes("sb-line-top"):
            ui.label(f"{weekday_text(local.date())}, {time_text(local.time())}").classes("sb-name sb-num")
            status_mark(VISIT_MARKS[row.status])
        with ui.element("span").classes("sb-line-under"):
            if row.service_code:
                service_code_chip(row.service_code, row.service_code_color)
            ui.label(" · ".join(part for part in (row.type_name, row.provider_name) if part)).classes("sb-hint")
