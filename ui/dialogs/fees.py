"""Fees from a day on: a Billing Code's by provider, and a client's own on a sliding scale."""

from __future__ import annotations

from typing import Any

from domain.rates.keeping import FeeDraft, add_fee, remove_fee
from domain.reading import masters
from domain.reading.choices import choices
from domain.reading.rates import FeeRow, fees_of_code, sliding_fees
from ui.components.fields import select_field
from ui.dialogs.dated_amounts import DatedAmounts, DatedLine
from ui.visit import Visit

PRACTICE = 0


class FeeList(DatedAmounts):
    """What both lists of fees do alike."""

    verb, subject = "Add fee", "fee"

    async def remove(self, line_id: int) -> FeeDraft:
        """What held before it holds again."""
        return await remove_fee(line_id, by=self.visit.user, now=self.visit.now())

    async def put_back(self, draft: FeeDraft) -> Any:
        """As it was."""
        return await add_fee(draft, by=self.visit.user, now=self.visit.now())


class CodeFees(FeeList):
    """The fees of one code: the practice's from a day on, and those of single providers."""

    nothing = "None yet: the code's own fee holds for everybody."

    def __init__(self, visit: Visit, billing_code_id: int, name: str) -> None:
        super().__init__(visit)
        self.billing_code_id = billing_code_id
        self.title = f"Fees of {name}"
        self.hint = "A provider's fee comes first, then the practice's, then the code's own. Every insurer is charged the same."

    async def read(self) -> list[DatedLine]:
        """By whose they are, the latest first."""
        listed = await masters.providers(seen_by=self.visit.user)
        self.whose = {PRACTICE: "Practice"} | {row.id: row.name for row in listed if not row.archived}
        rows = await fees_of_code(self.billing_code_id, on=self.visit.today(), seen_by=self.visit.user)
        return [line_of(row, row.of) for row in rows]

    def draw_who(self) -> None:
        """Whose fee it is."""
        self.who = self.field("provider_id", select_field("Whose fee", self.whose, PRACTICE, searchable=len(self.whose) > 6))

    async def add(self) -> None:
        """Keep it."""
        await add_fee(
            FeeDraft(billing_code_id=self.billing_code_id, provider_id=self.who.value or None, starts_on=self.day.value,
                     cents=self.cents.value),
            by=self.visit.user, now=self.visit.now())


class SlidingFees(FeeList):
    """A client's own fees, which hold for sessions billed to the client."""

    nothing = "None: the practice's fees hold."

    def __init__(self, visit: Visit, client_id: int, name: str) -> None:
        super().__init__(visit)
        self.client_id = client_id
        self.title = f"Sliding-scale fees of {name}"
        self.hint = "For sessions billed to the client. An insurer is always charged the practice's fee."

    async def read(self) -> list[DatedLine]:
        """By code, the latest first."""
        offered = (await choices(seen_by=self.visit.user)).billing_codes
        self.codes = {code.id: f"{code.code}  {code.description}" for code in offered}
        rows = await sliding_fees(self.client_id, on=self.visit.today(), seen_by=self.visit.user)
        return [line_of(row, row.code) for row in rows]

    def draw_who(self) -> None:
        """For which code."""
        self.code = self.field("billing_code_id", select_field("Billing Code", self.codes, None))

    async def add(self) -> None:
        """Keep it."""
        await add_fee(
            FeeDraft(billing_code_id=self.code.value, client_id=self.client_id, starts_on=self.day.value, cents=self.cents.value),
            by=self.visit.user, now=self.visit.now())


def line_of(row: FeeRow, name: str) -> DatedLine:
    """As the list shows it."""
    return DatedLine(row.id, name, row.starts_on, row.cents, row.holds)
