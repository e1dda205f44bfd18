"""A prior authorization of a client: number, policy, for whom and what, its dates, and how many visits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nicegui import ui

from domain.authorizations import (
    COUNTS,
    AuthorizationDraft,
    delete_authorization,
    draft_of_authorization,
    keep_authorization,
)
from domain.reading import masters
from domain.reading.one_client import PolicyRow
from ui.answering import answering
from ui.components import buttons
from ui.components.dialog import ask
from ui.components.editing import try_it
from ui.components.fields import number_field, select_field, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.typed_fields import date_field
from ui.visit import Visit


class AuthorizationDialog(RecordDialog):
    """One authorization; `policies` are the client's, to choose from."""

    subject, what, size = "authorization", "authorization", "wide"

    def __init__(self, visit: Visit, draft: AuthorizationDraft, client_name: str, policies: tuple[PolicyRow, ...]) -> None:
        super().__init__(visit, draft)
        self.client_name = client_name
        self.policies = {
            one.id: one.payer_name + (f", {one.member_id}" if one.member_id else "")
            for one in policies if one.state != "ended" or one.id == draft.policy_id
        }

    def title(self) -> str:
        """Whose authorization."""
        return f"Authorization of {self.client_name}" if self.draft.id else f"Add an authorization for {self.client_name}"

    async def prepare(self) -> None:
        """The providers to choose from."""
        rows = await masters.providers(seen_by=self.visit.user)
        kept = {row.id: row.name for row in rows if not row.archived or row.id == self.draft.provider_id}
        self.providers: dict[int | None, str] = {None: "Any provider", **kept}

    def draw(self) -> None:
        """As the payer's letter has it, then what was used before."""
        draft = self.draft
        with ui.element("div").classes("sb-fields"):
            self.bind("number", text_field("Number", draft.number, hint="Box 23 of the form"), span=6)
            self.bind("policy_id", select_field("Policy", self.policies, draft.policy_id, searchable=False), span=6)
            self.bind("provider_id", select_field("Provider", self.providers, draft.provider_id), span=6)
            self.bind("codes", text_field("Codes", draft.codes.replace(",", ", "), placeholder="Any",
                                          hint="Such as 90834, 90837; empty for any"), span=6)
            self.bind("starts_on", date_field("From", draft.starts_on, today=self.visit.today()), span=6)
            self.bind("ends_on", date_field("Last day", draft.ends_on, today=self.visit.today()), span=6)
            self.bind("granted", number_field("Granted", draft.granted, minimum=1, hint="Empty where there is no limit"), span=4)
            self.bind("counts", select_field("Counted in", COUNTS, draft.counts, searchable=False), span=4)
            self.bind("used_before", number_field("Used before", draft.used_before, minimum=0,
                                                  hint="Before the sessions kept here"), span=4)
        ui.label("Sessions and booked appointments are counted by themselves.").classes("sb-hint")

    def left_button(self) -> None:
        """One entered by mistake can go."""
        if self.draft.id:
            buttons.danger("Delete authorization", icon="trash-2", on_click=self.delete).classes("sb-left")

    @answering
    async def delete(self, _event: object = None) -> None:
        """Ask by its number, then delete."""
        number = self.original.number
        sentence = "Claims already made keep the number. Those to come are made without it."
        if not await ask(f"Delete authorization {number}?", sentence, "Delete authorization", "Keep it"):
            return
        how = {"by": self.visit.user, "now": self.visit.now()}
        await delete_authorization(self.draft.id, **how)
        before = replace(self.original, id=None, version=1)
        self.leave()

        async def undo() -> None:
            await try_it(self.visit, keep_authorization(before, **how), f"Authorization {number} is back")

        self.visit.toast(f"Authorization {number} deleted", action="Undo", on_action=undo)

    async def read_again(self) -> AuthorizationDraft:
        """The authorization as it stands now."""
        return await draft_of_authorization(self.draft.id, seen_by=self.visit.user)

    async def keep(self) -> int:
        """Keep the authorization."""
        return await keep_authorization(self.draft, by=self.visit.user, now=self.visit.now())

    async def saved(self, kept: int) -> None:
        """Close; Undo takes back what was added, or puts back what was there."""
        before, number = self.original, self.draft.number.strip().upper()
        self.leave()

        async def undo() -> None:
            how = {"by": self.visit.user, "now": self.visit.now()}
            added = before.id is None
            act = delete_authorization(kept, **how) if added else keep_authorization(replace(before, version=before.version + 1), **how)
            await try_it(self.visit, act, f"Authorization {number} {'removed again' if added else 'is as it was'}")

        self.visit.toast(f"Authorization {number} saved", action="Undo", on_action=undo)

    def spoken(self, name: str, value: Any) -> str:
        """Policy, provider and counting in words."""
        words: dict[str, dict[Any, str]] = {"policy_id": self.policies, "provider_id": self.providers, "counts": COUNTS}
        return words[name].get(value, "") if name in words else super().spoken(name, value)
