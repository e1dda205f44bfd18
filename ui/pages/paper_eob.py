"""A paper EOB: its check and its lines are typed, the difference is seen all the time, and it posts when there is none."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain.payer_files.paper import WAYS, PaperClaim, PaperEob, PaperLine, post_paper_eob
from domain.reading import masters
from domain.reading.claim_choices import charges_of, claims_by_id
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.card import card
from ui.components.claim_picker import claim_picker, claim_words
from ui.components.fields import select_field, text_field
from ui.components.paper_claim import PaperClaimCard
from ui.components.typed import money_text
from ui.components.typed_fields import all_readable, date_field, money_field
from ui.visit import Visit


async def paper_eob(visit: Visit, args: PageArguments) -> None:
    """The page."""
    del args
    await PaperEobPage(visit).build()


class PaperEobPage(Answers):
    """One sheet being typed; the draft lives here."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.eob = PaperEob()
        self.fields: dict[str, Any] = {}
        self.cards: list[PaperClaimCard] = []
        self.posted = False

    async def build(self) -> None:
        """Header, the check, the claims, what is of no claim, and the running sum."""
        payers = {row.id: row.name for row in await masters.payers(seen_by=self.visit.user) if not row.archived}
        with self.visit.header("Paper EOB", back=routes.PAYER_FILES, back_to="Payer Files"):
            pass
        with ui.element("div").classes("sb-work") as self.form, ui.element("div").classes("sb-paper-page"):
            with card("The check", place="is-padded"):
                self.check(payers)
            self.claims = ui.element("div").classes("sb-paper-claims")
            with card("Add a claim", place="is-padded"):
                self.picker = claim_picker("Claim", self.visit, payer_id=lambda: self.eob.payer_id, on_change=self.add_claim,
                                           hint="One after the other, in the order of the sheet")
            with card("Of no claim", place="is-padded"):
                self.own()
        with ui.element("div").classes("sb-bottom-bar"):
            self.sum = ui.label().classes("sb-total-words").props("role=status")
            self.post_button = buttons.primary("Post", on_click=self.post)
            self.post_button.classes("sb-right")
        self.visit.leaving.watch(self)
        self.changed()

    # ---- parts ----

    def check(self, payers: dict[int, str]) -> None:
        """Payer, number, day, amount, way."""
        with ui.element("div").classes("sb-fields"):
            self.field("payer_id", select_field("Payer", payers, None), 6)
            self.field("number", text_field("Check or trace number", max_length=50), 6)
            self.field("paid_on", date_field("Date", today=self.visit.today()), 4)
            self.field("cents", money_field("Amount"), 4)
            self.field("method", select_field("Paid by", WAYS, "CHK", searchable=False), 4)

    def own(self) -> None:
        """Interest and what was kept back: the payer's own account."""
        with ui.element("div").classes("sb-fields"):
            self.field("interest_cents", money_field("Interest", hint="Income; it pays no claim"), 4)
            self.field("kept_back_cents", money_field("Kept back", hint="For an earlier overpayment"), 4)
            self.field("kept_back_reference", text_field("Kept back for", max_length=40, placeholder="Their claim number"), 4)

    def field(self, name: str, field: Any, span: int) -> None:
        """A field of the sheet, under the name that refusals use."""
        self.fields[name] = field
        getattr(field, "frame", field).classes(f"sb-span-{span}")
        field.on_value_change(lambda event: self.take(name, event.value))

    def take(self, name: str, value: Any) -> None:
        """Something of the sheet was typed."""
        setattr(self.eob, name, value if value is not None or not isinstance(getattr(self.eob, name), str) else "")
        self.changed()

    def changed(self) -> None:
        """The running sum."""
        left = self.eob.to_place_cents
        amount = money_text(self.eob.cents or 0)
        told = "nothing left to place" if not left else f"{money_text(abs(left))} {'left to place' if left > 0 else 'more than the check'}"
        self.sum.set_text(f"Check {amount}, {told}")
        self.visit.leaving.follow()

    # ---- claims ----

    @answering
    async def add_claim(self, event: Any) -> None:
        """A claim of the sheet, with all its lines; the picker is free for the next."""
        if not event.value:
            return
        claim_id = int(event.value)
        self.picker.set_value(None)
        if any(one.claim.claim_id == claim_id for one in self.cards):
            return
        charges = await charges_of(claim_id, seen_by=self.visit.user)
        [choice] = await claims_by_id([claim_id], seen_by=self.visit.user)
        claim = PaperClaim(claim_id=claim_id, lines=[PaperLine(charge_line_id=one.id) for one in charges])
        one = PaperClaimCard(claim, claim_words(choice), charges, on_change=self.changed, on_remove=self.remove)
        self.eob.claims.append(claim)
        self.cards.append(one)
        with self.claims:
            one.draw()
        if self.eob.payer_id is None:
            self.fields["payer_id"].set_value(choice.payer_id)
        self.changed()

    def remove(self, one: PaperClaimCard) -> None:
        """It is not on the sheet."""
        self.eob.claims.remove(one.claim)
        self.cards.remove(one)
        one.place.delete()
        self.changed()

    # ---- posting ----

    @property
    def unsaved(self) -> bool:
        """Whether leaving would lose what was typed."""
        return not self.posted and bool(self.eob.claims or self.eob.number or self.eob.cents)

    @property
    def gone(self) -> bool:
        """Whether another page is shown."""
        return self.form.is_deleted

    @answering
    async def post(self, _event: object = None) -> None:
        """Post it once; what is in the way is said where it is."""
        self.visit.clear_refusal()
        for field in self.fields.values():
            field.clear_error()
        for one in self.cards:
            one.clear_errors()
        if self.posted or not all_readable(self.form):
            return
        self.posted = True  # a second tap does nothing
        try:
            with self.post_button.busy("Posting…"):
                kept = await post_paper_eob(self.eob, by=self.visit.user, now=self.visit.now())
        except Exception:
            self.posted = False
            raise
        self.visit.toast(f"Payment {self.eob.number.strip()} posted")
        self.visit.go(routes.payer_payment(kept))

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, below the line, else in the banner."""
        kind, _, place = at.partition("_")
        if kind == "line":
            claim, _, line = place.partition("_")
            self.cards[int(claim)].say(int(line), sentence)
        elif at in self.fields:
            self.fields[at].say(sentence)
        else:
            self.visit.refused(sentence)
