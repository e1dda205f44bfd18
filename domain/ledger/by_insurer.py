"""What a payer's remittance posted is taken back as a whole, where the payment stands: on Payer Files."""

from __future__ import annotations

from collections.abc import Collection

from domain.errors import PracticeError
from storage.models import RemittanceMatch, RemittancePayment


class PostedByInsurer(PracticeError):
    """A part of a remittance, or its money, can't be taken back alone: the rest would stand without it."""

    sentence = "{payer}'s payment {number} posted this. Take that payment back in Payer Files. Nothing was changed."


async def remittances_by_act(posted_with: Collection[int]) -> dict[int, int]:
    """Which of these acts of the ledger a remittance posted: its id by the act."""
    acts = {"first_entry_id__in": sorted(set(posted_with))}
    whole = await RemittancePayment.filter(**acts, state="posted").values_list("first_entry_id", "id")
    matched = await RemittanceMatch.filter(**acts, undone_at=None).values_list("first_entry_id", "remittance_id")
    return {int(str(act)): int(str(key)) for act, key in (*whole, *matched)}


async def refuse_posted_by_insurer(act: int) -> None:
    """Raises PostedByInsurer for an act of the ledger that a remittance posted and that stands."""
    if found := await remittances_by_act([act]):
        row = await RemittancePayment.get(id=found[act])
        raise PostedByInsurer(payer=row.payer_name, number=row.trace_number)
