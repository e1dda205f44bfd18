"""Claims on their way to payers: batch files (837P) written and opened again, and claims marked as sent."""

from domain.claim_files.opening import FileChanged, StoredClaimFile, claim_file
from domain.claim_files.sending import WAYS, AlreadySent, mark_sent, take_back
from domain.claim_files.writing import NotWritten, WrittenFile, write_claim_file

__all__ = [
    "WAYS", "AlreadySent", "FileChanged", "NotWritten", "StoredClaimFile", "WrittenFile", "claim_file", "mark_sent",
    "take_back", "write_claim_file",
]  # fmt: skip
