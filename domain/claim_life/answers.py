"""What the first payer answered for charges, read again from the remittances as they came."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from domain.claims.decided_before import Answer, decision_for
from domain.claims.x12.ordering import in_order
from domain.claims.x12.remittance import read_remittance
from domain.documents.claim_record import Decision
from domain.payer_files.known import own_claims
from storage.models import RemittanceEntry


async def first_payers_decision(lines: Sequence[int]) -> Decision | None:
    """The decision of the first payer on these charge lines; None while one of them has none."""
    rows = await RemittanceEntry.filter(
        charge_line_id__in=list(lines), remittance__state="posted", claim__policy__rank="primary",
    ).order_by("remittance_id").values(
        "remittance_id", number="claim_number", file_id="remittance__file_id", content="remittance__file__content",
        trace="remittance__trace_number", paid_on="remittance__paid_on", cents="remittance__cents")
    payments = {row["remittance_id"]: row for row in rows}
    known = {number: one.known for number, one in (await own_claims({row["number"] for row in rows})).items()}
    found: list[Answer] = []
    for row in payments.values():
        for payment in await asyncio.to_thread(read_remittance, bytes(row["content"])):
            if (payment.trace_number, payment.paid_on, payment.cents) == (row["trace"], row["paid_on"], row["cents"]):
                claims: list[Any] = [payment.claims[at] for at in in_order(payment.claims, known)]
                found += [Answer(one, known[one.control_number], payment.paid_on) for one in claims
                          if one.control_number in known and not one.is_estimate]
    return decision_for(lines, found)
