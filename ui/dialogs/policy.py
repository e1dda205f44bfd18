"""A policy of a client: payer, numbers, subscriber, dates, and what is left to the client."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nicegui import ui

from domain.clients import CLIENT_SEXES
from domain.policies import (
    MEDICARE_SECOND,
    RANKS,
    RELATIONSHIPS,
    PolicyDraft,
    delete_policy,
    draft_of_policy,
    keep_policy,
)
from domain.reading import masters
from ui import routes
from ui.answering import answering
from ui.components import buttons
from ui.components.address_fields import address_fields
from ui.components.dialog import ask
from ui.components.editing import try_it
from ui.components.fields import number_field, select_field, switch, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.typed_fields import date_field, money_field
from ui.visit import Visit


class PolicyDialog(RecordDialog):
    """One policy; `client_name` for the title."""

    subject, what, size = "policy", "policy", "wide"

    def __init__(self, visit: Visit, draft: PolicyDraft, client_name: str) -> None:
        super().__init__(visit, draft)
        self.client_name = client_name

    def title(self) -> str:
        """Whose policy."""
        return f"Policy of {self.client_name}" if self.draft.id else f"Add a policy for {self.client_name}"

    async def prepare(self) -> None:
        """The payers to choose from."""
        rows = await masters.payers(seen_by=self.visit.user)
        self.kinds = {row.id: row.kind for row in rows}
        self.payers = {row.id: row.name for row in rows if not row.archived or row.id == self.draft.payer_id}

    def text(self, name: str, label: str, span: int = 4, **how: Any) -> None:
        """A line of text of the draft."""
        self.bind(name, text_field(label, getattr(self.draft, name), **how), span=span)

    def day(self, name: str, label: str, span: int = 4, **how: Any) -> None:
        """A date of the draft."""
        self.bind(name, date_field(label, getattr(self.draft, name), today=self.visit.today(), **how), span=span)

    def draw(self) -> None:
        """As it stands on the member's card, then the money."""
        self.card_fields()
        self.subscriber_fields()
        self.share_fields()

    def card_fields(self) -> None:
        """Payer, numbers, dates."""
        if not self.payers:
            ui.link("Set up the payer first", routes.PAYERS).classes("sb-link")
        with ui.element("div").classes("sb-fields"):
            self.bind("payer_id", select_field("Payer", self.payers, self.draft.payer_id, placeholder="Type a name"), span=8)
            self.bind("rank", select_field("Rank", RANKS, self.draft.rank, searchable=False), span=4)
            self.text("member_id", "Member ID")
            self.text("group_number", "Group")
            self.text("plan_name", "Plan")
            self.day("starts_on", "In force from")
            self.day("ends_on", "Last day", hint="Empty while it goes on")

    def subscriber_fields(self) -> None:
        """Whose policy it is; the fields show only for somebody else."""
        with ui.element("div").classes("sb-fields"):
            self.bind("relationship", select_field("Subscriber", RELATIONSHIPS, self.draft.relationship, searchable=False), span=6)
        with ui.element("div").classes("sb-fields") as self.subscriber:
            self.text("subscriber_first_name", "First name")
            self.text("subscriber_middle_name", "Middle name")
            self.text("subscriber_last_name", "Last name")
            self.day("subscriber_birth_date", "Birth date")
            sexes = select_field("Sex", CLIENT_SEXES, self.draft.subscriber_sex, searchable=False)
            self.bind("subscriber_sex", sexes, span=4)
            self.text("subscriber_phone", "Phone")
            address_fields(self, prefix="subscriber_", second_line=False)
            ui.label("Without an address, the client's own is used.").classes("sb-hint")
            self.text("patient_member_id", "Client's own member ID", 8,
                      hint="Only where the payer gives each person a number of their own")
        self.subscriber.set_visibility(self.draft.relationship != "self")
        with ui.element("div").classes("sb-fields") as self.medicare:
            self.bind("medicare_second_reason", select_field(
                "Why Medicare is second", MEDICARE_SECOND, self.draft.medicare_second_reason, searchable=False,
                hint="Told in claim files"), span=6)
        self.show_medicare()

    def show_medicare(self) -> None:
        """The reason is asked only where Medicare is second."""
        second = self.draft.rank == "secondary" and self.kinds.get(self.draft.payer_id) == "medicare"
        self.medicare.set_visibility(second)

    def share_fields(self) -> None:
        """Copay, coinsurance, deductible."""
        ui.label("What is left to the client").classes("sb-section-title")
        with ui.element("div").classes("sb-fields"):
            self.bind("is_eap", switch("Employee assistance program (EAP)", self.draft.is_eap,
                                       hint="Pays in full and first; when its authorization is used up, the other policy pays"))
        with ui.element("div").classes("sb-fields") as self.shares:
            self.bind("copay_cents", money_field("Copay", self.draft.copay_cents), span=4)
            share = number_field("Coinsurance", percent(self.draft.coinsurance_points), minimum=0, maximum=100,
                                 precision=2, suffix="%")
            self.bind("coinsurance_points", share, span=4, reads=points, shows=percent)
            self.bind("deductible_left_cents", money_field("Deductible left", self.draft.deductible_left_cents), span=4)
            self.day("deductible_checked_on", "Checked on")
            self.text("deductible_checked_by", "Checked by", placeholder=self.visit.user.name)
        self.shares.set_visibility(not self.draft.is_eap)

    def changed(self, name: str) -> None:
        """The subscriber's fields follow the relationship; who checked the deductible, and when, is proposed."""
        draft = self.draft
        if name in {"rank", "payer_id"}:
            self.show_medicare()
        if name == "is_eap":
            self.shares.set_visibility(not draft.is_eap)
        if name == "relationship":
            self.subscriber.set_visibility(draft.relationship != "self")
        if name == "deductible_left_cents" and draft.deductible_left_cents and draft.deductible_checked_on is None:
            self.fields["deductible_checked_on"].value = self.visit.today()
            self.fields["deductible_checked_by"].value = draft.deductible_checked_by or self.visit.user.name

    def left_button(self) -> None:
        """A policy entered by mistake can go; one with claims ends."""
        if self.draft.id:
            buttons.danger("Delete policy", icon="trash-2", on_click=self.delete).classes("sb-left")

    @answering
    async def delete(self, _event: object = None) -> None:
        """Ask by the payer's name, then delete."""
        payer = self.payers.get(self.original.payer_id, "this payer")
        sentence = "Only for a policy entered by mistake. One that ended gets a last day instead."
        if not await ask(f"Delete the policy with {payer}?", sentence, "Delete policy", "Keep it"):
            return
        await delete_policy(self.draft.id, by=self.visit.user, now=self.visit.now())
        before = replace(self.original, id=None, version=1)
        self.leave()

        async def undo() -> None:
            put_back = keep_policy(before, by=self.visit.user, now=self.visit.now())
            await try_it(self.visit, put_back, f"Policy with {payer} is back")

        self.visit.toast(f"Policy with {payer} deleted", action="Undo", on_action=undo)

    async def read_again(self) -> PolicyDraft:
        """The policy as it stands now."""
        return await draft_of_policy(self.draft.id, seen_by=self.visit.user)

    async def keep(self) -> int:
        """Keep the policy."""
        return await keep_policy(self.draft, by=self.visit.user, now=self.visit.now())

    async def saved(self, kept: int) -> None:
        """Close; Undo takes back what was added, or puts back what was there."""
        before, payer = self.original, self.payers.get(self.draft.payer_id, "the payer")
        self.leave()

        async def undo() -> None:
            how = {"by": self.visit.user, "now": self.visit.now()}
            added = before.id is None
            act = delete_policy(kept, **how) if added else keep_policy(replace(before, version=before.version + 1), **how)
            await try_it(self.visit, act, f"Policy with {payer} {'removed again' if added else 'is as it was'}")

        self.visit.toast(f"Policy with {payer} saved", action="Undo", on_action=undo)

    def spoken(self, name: str, value: Any) -> str:
        """Payer and choices in words."""
        words = {"payer_id": self.payers, "rank": RANKS, "relationship": RELATIONSHIPS, "subscriber_sex": CLIENT_SEXES,
                 "medicare_second_reason": MEDICARE_SECOND}
        return words[name].get(value, "") if name in words else super().spoken(name, value)


def percent(share: int | None) -> float | None:
    """Basis points as percent, for the eye."""
    return None if share is None else share / 100


def points(typed: float | None) -> int | None:
    """Percent as basis points."""
    return None if typed is None else round(typed * 100)
