"""Files that payers and clearinghouses send back: read once, posted payment by payment, each undone with a reason."""

from domain.payer_files.posting import undo_remittance
from domain.payer_files.receiving import ReadFile, read_payer_file

__all__ = ["ReadFile", "read_payer_file", "undo_remittance"]
