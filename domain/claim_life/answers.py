"""What the first payer answered for charges, read again from the remittances as they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.claims.decided_before import Answer, decision_for
from domain.claims.x12.ordering import in_order
from domain.documents.claim_record import Decision
from domain.payer_files.contents import remitted_payment
from domain.payer_files.known import own_claims
from storage.models import RemittanceEntry, RemittancePayment


async def first_payers_decision(lines: Sequence[int]) -> Decision | None:
    """The decision of the first payer on these charge lines; None while one of them has none.

    An answer that a person matched counts for the claim that it was matched to, whatever number it bears.
    """
    rows: Any = await RemittanceEntry.filter(
        charge_line_id__in=list(lines), remittance__state="posted", claim__policy__rank="primary",
    ).order_by("remittance_id", "position").values_list("remittance_id", "position", "claim__account_number")
    matched = {(remittance, position): number for remittance, position, number in rows}
    known = {number: one.known for number, one in (await own_claims(set(matched.values()))).items()}
    found: list[Answer] = []
    for remittance in dict.fromkeys(remittance for remittance, _ in matched):
        payment = await remitted_payment(await RemittancePayment.get(id=remittance))
        found += [Answer(payment.claims[at], known[matched[remittance, at]], payment.paid_on)
                  for at in in_order(payment.claims, known)
                  if (remittance, at) in matched and not payment.claims[at].is_estimate]
    return decision_for(lines, found)
