"""Papers about accounts: statements, made for one client or for all who owe; receipts; a year's summary for taxes."""

from domain.statements.drawing import drawing_goes_on, keep_drawing, take_up_drawing
from domain.statements.making import (
    Foreseen,
    NobodyOwes,
    NothingToState,
    NotMade,
    foreseen,
    make_statements,
    usual_since,
)
from domain.statements.receipts import InsurersMoney, TakenBack, receipt
from domain.statements.stored import pile_of_statements, stored_statement
from domain.statements.years import NothingPaid, payers_in_year, year_summary, years_of

__all__ = [
    "Foreseen", "InsurersMoney", "NobodyOwes", "NotMade", "NothingPaid", "NothingToState", "TakenBack",
    "drawing_goes_on", "foreseen", "keep_drawing", "make_statements", "payers_in_year", "pile_of_statements",
    "receipt", "stored_statement", "take_up_drawing", "usual_since", "year_summary", "years_of",
]  # fmt: skip
