"""Pages of a PDF as pictures: a tablet's browser shows no PDF inside a page."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

POINTS_WIDE = 612
"""Of the letter-size sheets that all our documents are."""


def pictures(paper: bytes, width: int) -> list[bytes]:
    """Each page as a PNG, so many pixels wide."""
    with pypdfium2.PdfDocument(paper) as document:
        return [_png(page, width / POINTS_WIDE) for page in document]


def _png(page: pypdfium2.PdfPage, scale: float) -> bytes:
    written = BytesIO()
    page.render(scale=scale).to_pil().convert("P", palette=1, colors=64).save(written, "PNG")
    return written.getvalue()
