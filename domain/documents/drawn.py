"""Kept records to PDFs, a few at a time: what a drawing process is asked to do. It imports no database and no screen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from domain.documents.account_records import statement_from_json
from domain.documents.cms1500 import cms1500_pdf
from domain.documents.invoice import invoice_pdf
from domain.documents.records import claim_from_json, invoice_from_json
from domain.documents.statement import statement_pdf

log = logging.getLogger(__name__)


def draw_invoices(texts: Sequence[str], fonts_in: Path) -> list[list[bytes]]:
    """One PDF an invoice; an empty list for one that can't be drawn."""
    return [_drawn(partial(_invoice, text, fonts_in)) for text in texts]


def draw_statements(texts: Sequence[str], fonts_in: Path) -> list[list[bytes]]:
    """One PDF a statement; an empty list for one that can't be drawn."""
    return [_drawn(partial(_statement, text, fonts_in)) for text in texts]


def draw_claims(texts: Sequence[str], _fonts_in: Path) -> list[list[bytes]]:
    """Two PDFs a claim: the form on plain paper, and the data alone for pre-printed forms."""
    return [_drawn(partial(_both_printings, text)) for text in texts]


def _invoice(text: str, fonts_in: Path) -> list[bytes]:
    return [invoice_pdf(invoice_from_json(text), fonts_in=fonts_in)]


def _statement(text: str, fonts_in: Path) -> list[bytes]:
    return [statement_pdf(statement_from_json(text), fonts_in=fonts_in)]


def _both_printings(text: str) -> list[bytes]:
    record = claim_from_json(text)
    return [cms1500_pdf(record), cms1500_pdf(record, form=False)]


def _drawn(draw: Callable[[], list[bytes]]) -> list[bytes]:
    """One bad record must not stop the others; its kind of failure is logged, its words are not."""
    try:
        return draw()
    except Exception as failure:  # noqa: BLE001
        log.warning("a document could not be drawn: %s", type(failure).__name__)
        return []
