"""From ready sessions to invoices and claims: generate, draw, open, void; and superbills."""

from domain.invoicing.accepting import accept_warnings, ask_again
from domain.invoicing.drawing import draw_missing, drawing_goes_on, keep_drawing, take_up_drawing
from domain.invoicing.form_test import form_test
from domain.invoicing.generating import Generated, LeftOut, generate, usual_message
from domain.invoicing.stored import (
    PILES,
    FileGone,
    NothingToPrint,
    Pile,
    Printing,
    StoredPdf,
    as_one_pdf,
    as_zip,
    pile,
    stored_claim,
    stored_invoice,
)
from domain.invoicing.superbills import NoSessions, has_sessions, superbill
from domain.invoicing.voiding import (
    AlreadyVoid,
    Bound,
    SentAlready,
    bound_to_batch,
    bound_to_claim,
    bound_to_invoice,
    void_batch,
    void_claim,
    void_invoice,
)

__all__ = [
    "PILES", "AlreadyVoid", "Bound", "FileGone", "Generated", "LeftOut", "NoSessions", "NothingToPrint", "Pile",
    "Printing", "SentAlready", "StoredPdf", "accept_warnings", "as_one_pdf", "as_zip", "ask_again", "bound_to_batch", "bound_to_claim", "bound_to_invoice",
    "draw_missing", "drawing_goes_on", "form_test", "generate", "has_sessions", "keep_drawing", "pile", "stored_claim",
    "stored_invoice", "superbill", "take_up_drawing", "usual_message", "void_batch", "void_claim", "void_invoice",
]  # fmt: skip
