"""What is done with a claim: a note, sent again, replaced, voided at the payer, the second payer billed, taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import ui

from domain import claim_life, invoicing
from domain.claim_life import Made, NoteDraft
from domain.claims.life import Step
from domain.reading.claim_life import ClaimLife
from ui import routes
from ui.components.act_dialog import ActDialog
from ui.components.fields import select_field, text_area, text_field
from ui.components.typed import day_text, money_text
from ui.components.typed_fields import date_field
from ui.visit import Visit

REASON_HINT = "Kept with your name."


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of claim that may follow: its button, the question, and the service."""

    verb: str
    title: str
    says: str
    make: Callable[..., Awaitable[Made]]
    done: str


RESEND = Act(
    "Send again as original", "Send {number} again?",
    "It is made anew from what is on record now, under a new number, as an original: a payer that rejected a claim has not "
    "judged it. Mend first what the rejection says.", claim_life.resend, "Claim {number} is made: it is to be sent")
REPLACE = Act(
    "Replace it (7)", "Replace {number}?",
    "A replacement with all lines is made from what is on record now. It names the payer's number {payer_number}.",
    claim_life.replace_claim, "Replacement {number} is made: it is to be sent")
VOID = Act(
    "Void at the payer (8)", "Void {number} at the payer?",
    "A void of the claim as it was sent is made. It names the payer's number {payer_number}; the payer takes its money back. "
    "Once it is sent, the sessions can be freed here by voiding the insurance form.",
    claim_life.void_at_payer, "Void {number} is made: it is to be sent")
SECONDARY = Act(
    "Bill the secondary", "Bill the second payer for {number}?",
    "A claim to the client's second policy is made, with what {payer} paid and why not more. It can go out by file or on paper.",
    claim_life.bill_secondary, "Secondary claim {number} is made: it is to be sent")


def acts_for(one: ClaimLife) -> list[Act]:
    """What may be made of a claim as it stands, the likeliest first."""
    if one.state == "rejected":
        return [RESEND]
    found = [SECONDARY] if one.second_policy_id else []
    if one.course.decided is not None and one.state not in {"closed", "followed", "void"} and not one.no_corrections and one.payer_number:
        found += [REPLACE, VOID]
    return found


class MakeFollower(ActDialog):
    """Asks, makes the claim, and leads to it."""

    busy = "Making…"

    def __init__(self, visit: Visit, one: ClaimLife, act: Act) -> None:
        super().__init__(visit)
        self.one, self.what = one, act
        self.title, self.verb = act.title.format(number=one.number), act.verb

    def draw(self) -> None:
        """What is made, for how much."""
        one = self.one
        ui.label(self.what.says.format(payer_number=one.payer_number, payer=one.payer_name))
        ui.label(f"{one.client_name}, {one.payer_name}, {money_text(one.total_cents)}").classes("sb-2")

    async def act(self) -> str:
        """Make it, and begin to draw its form."""
        visit = self.visit
        made = await self.what.make(self.one.id, by=visit.user, on=visit.today(), now=visit.now())
        invoicing.keep_drawing(made.batch_id)
        self.made = made
        return self.what.done.format(number=made.number)

    def acted(self, said: str) -> None:
        """Say so, with a way to it."""
        self.visit.toast(said, action="Show it", on_action=lambda: self.visit.go(routes.claim(self.made.claim_id)))


class NoteOnClaim(ActDialog):
    """Who was spoken to and what was said, an appeal, a reopening, or that nothing more is to be done."""

    verb = "Keep"

    def __init__(self, visit: Visit, one: ClaimLife, kind: str = "note") -> None:
        super().__init__(visit)
        self.one, self.kind = one, kind
        self.title = f"Note on claim {one.number}"

    def draw(self) -> None:
        """What it is, the words, the reference, the day, and when to look again."""
        today = self.visit.today()
        with ui.element("div").classes("sb-fields"):
            kind = self.field("kind", select_field("What it is", claim_life.KINDS, self.kind, searchable=False))
            words = self.field("words", text_area("What was done or said", rows=3, max_length=1000, placeholder="Spoke with Dana at claims: they reprocess it"))
            reference = self.field("reference", text_field("Call or letter reference", max_length=80), span=6)
            day = self.field("on_day", date_field("Day", today, today=today), span=6)
            look = self.field("next_look_on", date_field("Look again on", self.one.course.next_look_on, today=today,
                                                         hint="Until then it does not ask for attention"), span=6)
        self.read = lambda: NoteDraft(claim_id=self.one.id, kind=kind.value or "", words=words.value or "",
                                      reference=reference.value or "", on_day=day.value, next_look_on=look.value)

    async def act(self) -> str:
        """Keep it."""
        await claim_life.note_claim(self.read(), by=self.visit.user, on=self.visit.today(), now=self.visit.now())
        return f"Noted on claim {self.one.number}"


class TakeBackNote(ActDialog):
    """A note, an appeal or a closing counts no more; it stays on record."""

    title, verb, keep, warns = "Take this note back?", "Take it back", "Keep it", True

    def __init__(self, visit: Visit, step: Step) -> None:
        super().__init__(visit)
        self.step = step

    def draw(self) -> None:
        """Which one, and why."""
        ui.label(f"{day_text(self.step.on)}: {self.step.words}").classes("sb-2")
        self.reason = self.field("reason", text_field("Reason", hint=REASON_HINT, max_length=300))

    async def act(self) -> str:
        """Take it back."""
        await claim_life.take_back_note(self.step.note_id or 0, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        return "Note taken back"


class TakeBackFollower(ActDialog):
    """A claim that follows another and has not gone out is void; the earlier one stands as before."""

    verb, keep, warns = "Take it back", "Keep it", True

    def __init__(self, visit: Visit, one: ClaimLife) -> None:
        super().__init__(visit)
        self.one = one
        self.title = f"Take back claim {one.number}?"

    def draw(self) -> None:
        """What happens, and why it is done."""
        earlier = self.one.earlier.number if self.one.earlier else ""
        ui.label(f"Its number stays used. Claim {earlier} stands as if this one had not been made.")
        self.reason = self.field("reason", text_field("Reason", hint=REASON_HINT, max_length=300))

    async def act(self) -> str:
        """Take it back."""
        await claim_life.take_back_follower(self.one.id, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        return f"Claim {self.one.number} taken back"
