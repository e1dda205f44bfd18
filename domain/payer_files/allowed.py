"""Notes what a payer allowed of each line it settled (AMT*B6, else what it paid and the client's share)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.claims.x12.posting import ClaimDecision
from storage.models import AllowedAmount


async def keep_allowed(remittance_id: int, decided: Iterable[ClaimDecision], claim_ids: Mapping[str, int]) -> None:
    """Of lines that answer our charges; a reversal and an estimate settle nothing. `claim_ids` by control number."""
    rows = []
    for claim in decided:
        claim_id = claim_ids.get(claim.claim.control_number)
        if claim_id is None or claim.known is None or claim.claim.is_reversal or claim.claim.is_estimate:
            continue
        cents: dict[int, int] = {}
        for line, charge_line in claim.answers:
            if charge_line is not None:
                cents[charge_line] = cents.get(charge_line, 0) + line.allowed_cents
        rows += [AllowedAmount(remittance_id=remittance_id, claim_id=claim_id, charge_line_id=key, cents=allowed)
                 for key, allowed in cents.items()]
    await AllowedAmount.bulk_create(rows)
