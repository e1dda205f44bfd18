"""The CMS-1500 (02/12) of a claim, in two printings that share one geometry: with the form, and data alone."""

from domain.documents import fonts
from domain.documents.claim_record import ClaimRecord
from domain.documents.cms1500.boxes import boxes, cut_fields, overflows, unprintable
from domain.documents.cms1500.fields import ROW, fields
from domain.documents.cms1500.form import blank_sheet, form_sheet

__all__ = ["boxes", "cms1500_pdf", "cut_fields", "overflows", "unprintable"]

BLACK = (0, 0, 0)
TEN_PITCH = 12
"""Points at which the typewriter face stands ten to the inch."""
ABOVE_ROW_END = 2.9
"""Points from the end of a row up to its baseline."""
TENTH_OF_MILLIMETER = 72 / 254


def cms1500_pdf(claim: ClaimRecord, *, form: bool = True, offset: tuple[int, int] = (0, 0)) -> bytes:
    """The claim on plain paper with the form drawn, or the data alone for a pre-printed form.

    The offset moves the data alone, in tenths of a millimeter to the right and down, to suit a printer's feed.
    """
    paper = (form_sheet() if form else blank_sheet()).copied(dated=claim.made_on, author=claim.billing.name)
    right, down = (0.0, 0.0) if form else (step * TENTH_OF_MILLIMETER for step in offset)
    for key, text in boxes(claim):
        field = fields()[key]
        shown = _typed(text)[: field.width]
        x, baseline = field.left_of(shown) + right, field.row * ROW - ABOVE_ROW_END + down
        paper.say(shown, x, baseline, size=TEN_PITCH, color=BLACK, face=fonts.TYPEWRITER.name)
    return paper.finished()


def _typed(text: str) -> str:
    """What cannot be printed is a question mark, which a person sees; unprintable() tells of it before."""
    return "".join(letter if " " <= letter <= "~" else "?" for letter in text)
