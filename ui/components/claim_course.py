"""How a claim stands, as a mark and a word, its days left, and its steps one below the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from nicegui import ui

from domain.claims.life import State, Step, days_left_words
from domain.claims.x12.words import adjustment_reason
from domain.reading.claim_life import ClaimLife
from ui.components import cells
from ui.components.buttons import icon_button
from ui.components.issued import short_day
from ui.components.typed import day_text

MARKS: dict[State, tuple[str, str]] = {
    "generated": ("invoiced", "To send"), "sent": ("gone", "Sent"), "accepted": ("ready", "Accepted"),
    "rejected": ("to fix", "Rejected"), "paid": ("paid", "Paid"), "denied": ("to fix", "Denied"),
    "forwarded": ("gone", "Forwarded"), "reversed": ("warning", "Taken back"), "appealed": ("held", "Appealed"),
    "reopening": ("held", "Reopening asked"), "closed": ("archived", "Closed"), "followed": ("archived", "Followed"),
    "void": ("void", "Void"),
}


def mark_of(one: ClaimLife) -> str:
    """Rejected Oct 15, for a cell."""
    kind, word = MARKS[one.state]
    return cells.status_html(kind, f"{word} {short_day(one.course.last.on)}")


def word_of(step: Step) -> str:
    """What a step is called."""
    return "Note" if step.state == "note" else "Made" if step.state == "generated" else MARKS[step.state][1]


def days_left(one: ClaimLife, today: date) -> dict[str, str]:
    """The days left to file, correct and appeal; what has no limit set says so, and what does not run stays away."""
    running, limits = one.deadlines, one.course.limits
    told = {"file": running.file_by, "correct": running.correct_by, "appeal": running.appeal_by}
    found = {f"To {what}": f"{days_left_words(day, today)}, by {day_text(day)}" for what, day in told.items() if day}
    if one.course.decided is not None and one.state not in {"closed", "followed", "void"}:
        for what, limit in (("correct", limits.to_correct), ("appeal", limits.to_appeal)):
            if limit is None:
                found[f"To {what}"] = f"No limit set for {one.payer_name}"
    elif one.state in {"generated", "rejected"} and limits.to_file is None:
        found["To file"] = f"No limit set for {one.payer_name}"
    elif one.state in {"sent", "accepted"}:
        found["To file"] = f"Filed {day_text(one.course.sent_on)}" if one.course.sent_on else ""
    return found


def steps_list(one: ClaimLife, *, on_take_back: Callable[[Step], object]) -> None:
    """What happened, the latest first; a note may be taken back."""
    with ui.element("ol").classes("sb-steps").props('aria-label="What happened"'):
        for step in reversed(one.course.steps):
            with ui.element("li").classes("sb-step"):
                ui.label(short_day(step.on)).classes("sb-num sb-2 sb-step-day")
                with ui.element("div").classes("sb-column sb-grow"):
                    ui.label(word_of(step)).classes("sb-strong")
                    for words in _said(step):
                        ui.label(words).classes("sb-small")
                if step.note_id:
                    icon_button("x", f"Take back: {word_of(step)} of {short_day(step.on)}", on_click=lambda _event, step=step: on_take_back(step))


def _said(step: Step) -> list[str]:
    words = step.words if step.state in {"sent", "denied"} else " ".join(part for part in (step.code, step.words) if part)
    reasons = [f"{code}: {adjustment_reason(code)}" for code in step.code.split(", ") if code] if step.state == "denied" else []
    number = f"{'Reference' if step.note_id else 'Their number'} {step.number}" if step.number else ""
    look = f"Look again {day_text(step.next_look_on)}" if step.next_look_on else ""
    return [part for part in (*reasons, words, number, look, f"by {step.by}" if step.by else "") if part]
