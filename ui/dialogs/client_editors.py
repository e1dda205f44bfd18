"""The editors of a client's page, and which of them holds a field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.authorizations import AuthorizationDraft, draft_of_authorization
from domain.policies import PolicyDraft, draft_of_policy
from domain.reading.one_client import OneClient
from ui.answering import Answers, answering
from ui.dialogs.authorization import AuthorizationDialog
from ui.dialogs.bill_to import BillTo, bill_to_list
from ui.dialogs.client_details import FORM_FIELDS, ClientDetails, InsuranceForm
from ui.dialogs.client_session import edit_session
from ui.dialogs.diagnoses import Diagnoses, diagnosis_list
from ui.dialogs.fees import SlidingFees
from ui.dialogs.policy import PolicyDialog
from ui.dialogs.record_payment import RecordPayment
from ui.routes import number
from ui.visit import Visit


class ClientEditors(Answers):
    """What can be edited of one client; `shown` answers the client as the page last read it."""

    def __init__(self, visit: Visit, shown: Callable[[], OneClient]) -> None:
        self.visit, self.shown = visit, shown

    @property
    def seen(self) -> OneClient:
        """The client as the page last read it."""
        return self.shown()

    @answering
    async def edit_session(self, session_id: int) -> None:
        """A session's editor."""
        await edit_session(self.visit, session_id)

    @answering
    async def record_payment(self, _event: object = None) -> None:
        """Money received of the client or an insurer."""
        await RecordPayment(self.visit, self.seen.draft.id, self.seen.draft.name).open()

    @answering
    async def edit_sliding_fees(self, _event: object = None) -> None:
        """What the client is charged where the client is billed."""
        await SlidingFees(self.visit, self.seen.draft.id or 0, self.seen.draft.name).open()

    @answering
    async def open_at(self, at: str, *, policy_id: int | None = None) -> None:
        """The editor that holds a field: links from the invoice grid lead here."""
        draft = self.seen.draft
        if policy_id is not None:
            await self.edit_policy(policy_id, at=at)
        elif at.startswith("authorization."):
            await self.open_authorization(at)
        elif at == "policies" or (hasattr(PolicyDraft(), at) and not hasattr(draft, at)):
            first = next(iter(self.seen.policies), None)
            await (self.edit_policy(first.id, at=at) if first else self.add_policy())
        elif at.startswith(("diagnos", "code")):
            await self.edit_diagnoses()
        elif at in {"bill_to", "share_points"}:
            await self.edit_bill_to()
        elif at in FORM_FIELDS:
            await self.edit_form(at=at)
        elif hasattr(draft, at):
            await self.edit_details(at=at)

    async def open_authorization(self, at: str) -> None:
        """`authorization.12` is one to edit, `authorization.new.3` one to add under policy 3."""
        *_, added, last = at.split(".")
        if (found := number(last)) is not None:
            await (self.add_authorization(found) if added == "new" else self.edit_authorization(found))

    async def edit_details(self, *, at: str = "") -> None:
        """Name, birth date, phone and the like."""
        await ClientDetails(self.visit, replace(self.seen.draft)).open(at=at)

    async def edit_form(self, *, at: str = "") -> None:
        """What the form asks."""
        await InsuranceForm(self.visit, replace(self.seen.draft)).open(at=at)

    async def edit_bill_to(self) -> None:
        """Who gets the invoices."""
        await BillTo(self.visit, await bill_to_list(self.seen.draft.id, self.visit), self.seen.draft.name).open()

    async def edit_diagnoses(self, at: str = "") -> None:
        """The list, at one of its lines."""
        await Diagnoses(self.visit, await diagnosis_list(self.seen.draft.id, self.visit), self.seen.draft.name).open(at=at)

    async def add_diagnosis(self) -> None:
        """The list with an empty line."""
        listed = await diagnosis_list(self.seen.draft.id, self.visit)
        last = f"code_{len(listed.diagnoses) + 1}"
        await Diagnoses(self.visit, listed, self.seen.draft.name, add=True).open(at=last)

    @answering
    async def edit_policy(self, policy_id: int, *, at: str = "") -> None:
        """One policy."""
        draft = await draft_of_policy(policy_id, seen_by=self.visit.user)
        await PolicyDialog(self.visit, draft, self.seen.draft.name).open(at=at)

    async def add_policy(self) -> None:
        """An empty policy of this client; a second one in force starts as secondary."""
        primary = any(policy.rank == "primary" and policy.state == "active" for policy in self.seen.policies)
        draft = PolicyDraft(client_id=self.seen.draft.id, rank="secondary" if primary else "primary")
        await PolicyDialog(self.visit, draft, self.seen.draft.name).open()

    @answering
    async def edit_authorization(self, authorization_id: int) -> None:
        """One authorization."""
        draft = await draft_of_authorization(authorization_id, seen_by=self.visit.user)
        await AuthorizationDialog(self.visit, draft, self.seen.draft.name, self.seen.policies).open()

    async def add_authorization(self, policy_id: int | None = None) -> None:
        """An empty one, under the policy asked for or the first in force."""
        usual = next((policy.id for policy in self.seen.policies if policy.state == "active"), None)
        draft = AuthorizationDraft(policy_id=policy_id or usual)
        await AuthorizationDialog(self.visit, draft, self.seen.draft.name, self.seen.policies).open()
