"""Sessions to invoice as rows of a table: who pays, what it comes to, and everything that is wrong with them."""

from __future__ import annotations

from datetime import date
from html import escape

from domain.claims.reasons import Reason
from domain.reading.to_invoice import WaitingSession
from ui import routes
from ui.components import cells
from ui.components.table import Column, Row
from ui.components.typed import MONTHS, money_text

BILL_TO = {"insurance": "Insurance", "client": "Client", "unclear": "Choose"}
COLUMNS = (
    Column(name="status", label="Status", html=True, width="110px", tablet_width="106px"),
    Column(name="client", label="Client", look="sb-name", sub="who_pays"),
    Column(name="day", label="Date", look="sb-num", width="72px", tablet_width="66px"),
    Column(name="codes", label="Codes", html=True, look="sb-num", width="124px", tablet_width="132px"),
    Column(name="units", label="Units", align="right", look="sb-num", width="56px", folds=True),
    Column(name="fee", label="Fee", align="right", look="sb-num sb-strong", width="88px", tablet_width="84px"),
    Column(name="bill_to", label="Bill to", look="sb-2", width="88px", folds=True),
    Column(name="payer", label="Payer", width="128px", folds=True),
    Column(name="diagnoses", label="Diagnoses", look="sb-num", width="108px", tablet_width="92px"),
)
PAGES = {"provider": routes.PROVIDERS, "payer": routes.PAYERS, "location": routes.LOCATIONS}


def waiting_row(row: WaitingSession, today: date) -> Row:
    """One session; red ones list every reason, held ones say why."""
    day = short_day(row.day, today)
    return {
        "id": row.id, "status": status_of(row), "client": row.client_name, "day": day, "codes": codes_of(row),
        "units": str(row.units), "fee": money_text(row.fee_cents), "bill_to": BILL_TO[row.bill_to],
        "payer": row.payer_name or "–", "who_pays": row.payer_name or "Client pays", "diagnoses": row.diagnoses or "–",
        "_name": f"session {row.id}, {row.client_name}, {day}", "_can": row.ready,
        "_tone": "bad" if row.reasons else "muted" if row.held_reason else "", "_more": reasons_of(row),
    }


def codes_of(row: WaitingSession) -> str:
    """The codes; on a tablet, where the column of units folds away, with the units that are not one."""
    if row.codes_and_units in ("", row.codes):
        return escape(row.codes)
    return cells.text(row.codes, "sb-desk-only") + cells.text(row.codes_and_units, "sb-tablet-only sb-wraps")


def status_of(row: WaitingSession) -> str:
    """The mark and its word."""
    if row.held_reason:
        return cells.status_html("held")
    if row.reasons:
        return cells.status_html("to fix", f"{len(row.reasons)} to fix")
    return cells.status_html("warning", f"{len(row.warnings)} to check") if row.warnings else cells.status_html("ready")


def reasons_of(row: WaitingSession) -> str:
    """Why it is held, all that is wrong, and what is worth a look, each with its link."""
    listed = [(reason.sentence, reason.mend, str(number)) for number, reason in enumerate(said_of(row))]
    held = [(f"On hold: {row.held_reason}", "Release it", "release")] if row.held_reason else []
    count = len(row.reasons)
    return (cells.reasons(held, tone="quiet") + cells.reasons(listed[:count]) + cells.reasons(listed[count:], tone="warn"))


def said_of(row: WaitingSession) -> tuple[Reason, ...]:
    """What is to fix, then what is worth a look; a link names its place in this."""
    return row.reasons + row.warnings


def place_of(reason: Reason) -> str:
    """The address of the page and field that mends a reason."""
    if reason.keeper == "policy":
        return routes.policy(reason.client_id or 0, reason.id, field=reason.field)
    if reason.keeper == "client":
        return routes.client(reason.id, section=reason.field)
    if reason.keeper == "practice":
        return f"{routes.PRACTICE}?at={reason.field}"
    if reason.keeper == "session":
        return routes.client_session(reason.id)
    return routes.master(PAGES[reason.keeper], reason.id, field=reason.field)


def short_day(day: date, today: date) -> str:
    """Oct 14; with the year when it is another."""
    return f"{MONTHS[day.month - 1]} {day.day}" + ("" if day.year == today.year else f", {day.year}")
