"""Account statements: made for one client or for all who owe, drawn as a job, opened again."""

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
from domain.statements.stored import pile_of_statements, stored_statement

__all__ = [
    "Foreseen", "NobodyOwes", "NotMade", "NothingToState", "drawing_goes_on", "foreseen", "keep_drawing",
    "make_statements", "pile_of_statements", "stored_statement", "take_up_drawing", "usual_since",
]  # fmt: skip
