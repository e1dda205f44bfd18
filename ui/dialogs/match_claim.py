"""Match by hand: what a payer says of a claim that was not found, and which claim and charges of ours it answers."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from domain.claims.x12.known import KnownLine
from domain.claims.x12.line_matching import match
from domain.claims.x12.remitted import RemittedLine
from domain.errors import FieldRefused
from domain.payer_files.matching import ToMatch, match_claim, to_match, undo_match
from domain.reading.claim_choices import ChargeChoice, charges_of
from ui.components.act_dialog import ActDialog
from ui.components.claim_picker import choose_claim, claim_picker
from ui.components.editing import SaysHere
from ui.components.fields import SelectField, select_field, text_field
from ui.components.side_panel import facts
from ui.components.typed import day_text, money_text
from ui.visit import Visit

NO_CHARGE: dict[int, str] = {0: "None of them: stays unapplied"}


class MatchClaim(ActDialog):
    """First the claim, then for each of the payer's lines the charge; what is alike is proposed."""

    title, verb, busy, size = "Match by hand", "Match and post", "Posting…", "medium"
    hint = "What the payer decided is posted to the claim that you choose, once. It can be undone."

    def __init__(self, visit: Visit, remittance_id: int, position: int) -> None:
        super().__init__(visit)
        self.remittance_id, self.position = remittance_id, position
        self.waits: ToMatch
        self.chosen: dict[int, SelectField] = {}

    async def open(self) -> None:
        """Read what the payer says, then ask."""
        self.waits = await to_match(self.remittance_id, self.position, seen_by=self.visit.user)
        self.show()
        if self.waits.claim_id is not None:
            await choose_claim(self.picker, self.waits.claim_id, self.visit)
            self.picker.disable()

    def draw(self) -> None:
        """The payer's words, the claim, its charges."""
        claim = self.waits.claim
        patient = claim.patient
        name = ", ".join(part for part in (patient.name, patient.first_name) if part) if patient else ""
        days = dict.fromkeys(line.starts_on for line in self.waits.told_lines if line.starts_on) or (
            [claim.starts_on] if claim.starts_on else [])
        facts({"The payer's patient": name or "Not told", "Claim number": claim.control_number,
               "Days of service": ", ".join(day_text(day) for day in days if day) or "Not told",
               "Charge": money_text(sum(line.charge_cents for line in self.waits.told_lines) or claim.charge_cents),
               "Paid": money_text(sum(line.paid_cents for line in self.waits.told_lines) or claim.paid_cents)})
        self.picker = self.field("claim", claim_picker("Claim of ours", self.visit, on_change=self.claim_chosen))
        self.lines = ui.element("div").classes("sb-column")
        self.fields["lines"] = SaysHere()

    async def claim_chosen(self, event: Any) -> None:
        """Show the claim's charges beside the payer's lines."""
        charges = await charges_of(event.value, seen_by=self.visit.user) if event.value else []
        self.chosen = {}
        self.lines.clear()
        with self.lines:
            if charges and self.waits.told_lines:
                ui.label("The payer's lines, and our charges").classes("sb-card-title")
                self.draw_lines(charges)

    def draw_lines(self, charges: list[ChargeChoice]) -> None:
        """A choice for each line."""
        options = {one.id: charge_words(one) for one in charges} | NO_CHARGE
        for at, line, like in zip(self.waits.lines, self.waits.told_lines, proposed(self.waits.told_lines, charges), strict=True):
            words = f"Line {at + 1}: {line_words(line)}"
            self.chosen[at] = select_field(words, options, like, searchable=False)

    async def act(self) -> str:
        """Post it."""
        if not self.picker.value:
            raise FieldRefused(at="claim", sentence="Choose the claim that this answers.")
        lines = {at: field.value for at, field in self.chosen.items() if field.value}
        if self.chosen and not lines:
            raise FieldRefused(at="lines", sentence="Choose the charge of at least one line.")
        await match_claim(self.remittance_id, self.position, self.picker.value, lines=lines, by=self.visit.user, now=self.visit.now())
        return "Matched and posted"


class UndoMatch(ActDialog):
    """The money waits for a claim again."""

    title, verb, busy, warns = "Undo this match?", "Undo the match", "Undoing…", True
    hint = "All that it posted is reversed, and the money is unapplied again."

    def __init__(self, visit: Visit, match_id: int) -> None:
        super().__init__(visit)
        self.match_id = match_id

    def draw(self) -> None:
        """Why."""
        self.reason = self.field("reason", text_field("Reason", hint="Kept with your name.", max_length=300))

    async def act(self) -> str:
        """Undo it."""
        await undo_match(self.match_id, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        return "Match undone"


def proposed(lines: tuple[RemittedLine, ...], charges: list[ChargeChoice]) -> list[int]:
    """The charge that each line is most like, or none."""
    known = [KnownLine(id=one.id, control_number="", code=one.code, modifiers=one.modifiers, day=one.day, charge_cents=one.charge_cents)
             for one in charges]
    return [found.id if found else 0 for found in match(lines, known)]


def line_words(line: RemittedLine) -> str:
    """90837 95, Oct 12, 2026, $150.00 charged, $80.00 paid."""
    said = (" ".join((line.code, *line.modifiers)), day_text(line.starts_on) if line.starts_on else "",
            f"{money_text(line.charge_cents)} charged", f"{money_text(line.paid_cents)} paid")
    return ", ".join(part for part in said if part)


def charge_words(one: ChargeChoice) -> str:
    """Oct 12, 2026, 90837 95, $150.00, $150.00 not settled."""
    return (f"{day_text(one.day)}, {' '.join((one.code, *one.modifiers))}, {money_text(one.charge_cents)}, "
            f"{money_text(one.left_cents)} not settled")
