"""Opens, prints and saves PDFs in the browser: where its viewer can print by itself, the print dialog comes at once."""

from __future__ import annotations

from nicegui import ui

from domain.reading.documents import Kind
from ui import routes

# A tablet's browser has no viewer that a page could print, so there the PDF opens in a tab with the browser's own button.
PRINT = """
const address = %r;
if (!navigator.pdfViewerEnabled || matchMedia('(pointer: coarse)').matches) { window.open(address, '_blank'); }
else {
  document.getElementById('sb-print')?.remove();
  const frame = document.createElement('iframe');
  Object.assign(frame, {id: 'sb-print', src: address, title: 'Printing'});
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0;visibility:hidden';
  frame.onload = () => { frame.contentWindow.focus(); frame.contentWindow.print(); };
  document.body.append(frame);
}
"""


def document_address(kind: Kind, document_id: int, *, preprinted: bool = False) -> str:
    """Where one issued document opens."""
    return f"{routes.STORED_PDF}/{kind}{'-data' if preprinted else ''}/{document_id}"


def pile_address(batch_id: int, pile: str, *, zipped: bool = False) -> str:
    """Where one kind of a batch's documents opens: invoices, forms, data (for pre-printed forms) or all."""
    return f"{routes.STORED_PDF}/batch/{batch_id}/{pile}{'.zip' if zipped else ''}"


def print_pdf(address: str) -> None:
    """Bring up the print dialog for a PDF."""
    ui.run_javascript(PRINT % address)


def save_pdf(address: str) -> None:
    """Save it instead of showing it."""
    joined = "&" if "?" in address else "?"
    ui.download.from_url(address if address.endswith(".zip") else f"{address}{joined}download=1")


def open_link(words: str, address: str, spoken: str) -> ui.link:
    """A link that looks like a button and opens a PDF in a tab."""
    link = ui.link(words, address, new_tab=True).classes("q-btn sb-standard sb-as-button")
    link.props["aria-label"] = spoken
    return link
