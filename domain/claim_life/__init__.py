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
from domain.claim_life.mending import LeftOut, Mended, NothingToMend, mend, mending_of, undo_mending
from domain.claim_life.noting import KINDS, NoteDraft, note_claim, take_back_note
from domain.claim_life.proof import NeverSent, filing_proof
from domain.claim_life.siblings import Fault, Sibling, fault_of, is_mendable

__all__ = [
    "KINDS", "Fault", "FollowedAlready", "LeftOut", "Made", "Mended", "NeverSent", "NotNow", "NoteDraft",
    "NothingToMend", "Sibling", "bill_secondary", "fault_of", "filing_proof", "is_mendable", "mend", "mending_of",
    "note_claim", "replace_claim", "resend", "take_back_follower", "take_back_note", "undo_mending", "void_at_payer",
]  # fmt: skip
