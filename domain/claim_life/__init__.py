"""What is done with a claim after it was made: sent again, replaced, voided at the payer, billed to the second payer, noted."""

from domain.claim_life.following import (
    FollowedAlready,
    Made,
    NotNow,
    bill_secondary,
    replace_claim,
    resend,
    take_back_follower,
    void_at_payer,
)
from domain.claim_life.noting import KINDS, NoteDraft, note_claim, take_back_note
from domain.claim_life.proof import NeverSent, filing_proof

__all__ = [
    "KINDS", "FollowedAlready", "Made", "NeverSent", "NotNow", "NoteDraft", "bill_secondary", "filing_proof", "note_claim", "replace_claim", "resend",
    "take_back_follower", "take_back_note", "void_at_payer",
]  # fmt: skip
