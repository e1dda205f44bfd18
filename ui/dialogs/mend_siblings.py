"""Mend a denial and all that carries the same fault in one tap; and take all of it back."""

from __future__ import annotations

from nicegui import ui

from domain import claim_life, invoicing
from domain.claim_life import Fault, Mended, Sibling
from domain.payers import TELEHEALTH_MODIFIERS
from domain.reading.claim_life import ClaimLife
from ui import routes
from ui.answering import answering
from ui.components.act_dialog import ActDialog
from ui.components.fields import select_field, text_field
from ui.components.issued import short_day
from ui.visit import Visit

STATES = {"generated": "not sent"}
BECOMES = {"replacement": "Replaced (7)", "resent": "Made anew", "revalidated": "Judged anew"}


class MendSiblings(ActDialog):
    """What the payer wants instead, and everything that one tap then mends."""

    hint = "The payer's rule, the sessions that wait, and the claims are mended together. It can be taken back until one went out."
    busy, size = "Mending…", "medium"

    def __init__(self, visit: Visit, one: ClaimLife) -> None:
        super().__init__(visit)
        self.one = one
        self.title, self.verb = f"Mend {one.number} and its siblings", "Mend all"

    async def open(self) -> None:
        """The rule as it is, where the claim was not made by it; else a person says what the payer wants instead."""
        self.fault = await self.read("")
        self.fault = await self.read(self.fault.before)
        self.show()
        self.list_siblings()

    async def read(self, after: str) -> Fault:
        """What carries the fault, should the payer want this."""
        return await claim_life.fault_of(self.one.id, after, on=self.visit.today(), seen_by=self.visit.user)

    def draw(self) -> None:
        """The rule, and below it what it mends."""
        self.rule = self.field("after", select_field(
            f"Telehealth modifier that {self.fault.payer_name} wants", TELEHEALTH_MODIFIERS, self.fault.after if self.is_faulty() else None,
            searchable=False, placeholder="Choose what it wants instead", hint=f"Now: {TELEHEALTH_MODIFIERS[self.fault.before]}", on_change=self.choose))
        self.siblings = ui.element("div").classes("sb-column")

    def is_faulty(self) -> bool:
        """Whether the rule looked at would change this claim."""
        return any(one.claim_id == self.one.id for one in self.fault.siblings)

    @answering
    async def choose(self, _event: object = None) -> None:
        """Another rule mends others."""
        if self.rule.value is not None:
            self.fault = await self.read(self.rule.value)
            self.list_siblings()

    def list_siblings(self) -> None:
        """What becomes of each; what can't be mended says why."""
        chosen = self.rule.value is not None
        count = len(self.fault.to_mend) if chosen else 0
        self.button.set_text(f"Mend all {count}" if count > 1 else "Mend it")
        self.button.set_enabled(count > 0)
        self.siblings.clear()
        if not chosen:
            return
        with self.siblings:
            ui.label("What has the same fault" if self.fault.siblings else "Nothing would change.").classes("sb-card-title")
            with ui.element("ul").classes("sb-steps"):
                for one in self.fault.siblings:
                    sibling_line(one)

    async def act(self) -> str:
        """Mend them, and begin to draw the forms."""
        visit = self.visit
        self.done = await claim_life.mend(self.one.id, self.rule.value or "", by=visit.user, on=visit.today(), now=visit.now())
        if self.done.batch_id:
            invoicing.keep_drawing(self.done.batch_id)
        return told(self.done)

    def acted(self, said: str) -> None:
        """Say so, with the way back."""
        self.visit.toast(said, action="Take back", on_action=lambda: TakeBackMending(self.visit, self.done.mending_id).show())


def sibling_line(one: Sibling) -> None:
    """Its day, whose it is and its number, and what becomes of it."""
    with ui.element("li").classes("sb-step"):
        ui.label(short_day(one.day)).classes("sb-num sb-2 sb-step-day")
        with ui.element("div").classes("sb-column sb-grow"):
            ui.label(one.client_name).classes("sb-strong")
            ui.label(f"{one.name}, {STATES.get(one.state, one.state)}").classes("sb-small")
        ui.label(BECOMES.get(one.becomes, one.in_the_way)).classes("sb-2" if one.becomes else "sb-small")


def told(done: Mended) -> str:
    """2 replaced, 1 made anew, 3 sessions ready; 1 left out."""
    parts = [(done.replaced, "replaced"), (done.made_anew, "made anew"), (done.ready, "sessions ready"),
             (done.still_to_fix, "sessions still to fix"), (len(done.left_out), "left out")]
    return "Mended: " + ", ".join(f"{count} {words}" for count, words in parts if count)


class TakeBackMending(ActDialog):
    """Rule, modifiers and claims as they were."""

    title, verb, keep, warns, busy = "Take back all that was mended?", "Take it back", "Keep it", True, "Taking back…"

    def __init__(self, visit: Visit, mending_id: int) -> None:
        super().__init__(visit)
        self.mending_id = mending_id

    def draw(self) -> None:
        """What happens, and why it is done."""
        ui.label("The payer's rule, the sessions and the claims stand as before. Numbers that were given stay used.")
        self.reason = self.field("reason", text_field("Reason", hint="Kept with your name.", max_length=300))

    async def act(self) -> str:
        """Take it back."""
        await claim_life.undo_mending(self.mending_id, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        return "All that was mended is as before"


def payer_address(one: ClaimLife) -> str:
    """Where the payer's rule and limits are kept."""
    return routes.master(routes.PAYERS, one.payer_id)
