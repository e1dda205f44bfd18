"""Moves what is typed on pre-printed forms, to suit how the practice's printer feeds paper."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfWriter, Transformation

from storage.models import Practice

POINTS_A_TENTH_MM = 72 / 254

Offset = tuple[int, int]
"""Tenths of a millimeter to the right and down."""


async def printer_offset() -> Offset:
    """How far the practice wants it moved."""
    right, down = await Practice.get(id=1).values_list("form_offset_x", "form_offset_y")
    return int(right), int(down)


def moved(content: bytes, offset: Offset) -> bytes:
    """The same pages, moved. What was stored stays as it was issued: only the printing in hand is moved."""
    if offset == (0, 0):
        return content
    writer = PdfWriter(clone_from=BytesIO(content))
    by = Transformation().translate(offset[0] * POINTS_A_TENTH_MM, -offset[1] * POINTS_A_TENTH_MM)
    for page in writer.pages:
        page.add_transformation(by)
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()
