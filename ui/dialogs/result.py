"""What one press of Generate made: to open, download or print, singly or together, in the kinds that practices file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.reading.documents import IssuedBatch, IssuedDocument
from ui.components.buttons import Button, danger, primary, quiet, standard
from ui.components.dialog import Dialog
from ui.components.icons import icon
from ui.components.menus import popover
from ui.components.status import status_mark
from ui.components.typed import money_text
from ui.dialogs.printing import document_address, open_link, pile_address, print_pdf, save_pdf
from ui.dialogs.void import VoidDialog
from ui.visit import Visit

PILES = {
    "all": ("All in one", "Invoices, and insurance forms on plain paper"),
    "invoices": ("Client invoices", ""),
    "forms": ("Insurance forms on plain paper", "For your files and payers that take copies"),
    "data": ("For pre-printed forms", "What is typed, without the form"),
}


class Result:
    """The list of one batch; `fresh` right after it was made, else looked at again later."""

    def __init__(self, visit: Visit, batch: IssuedBatch, *, fresh: bool = False, sessions: int = 0, cents: int = 0,
                 show_to_fix: Callable[[], Awaitable[None]] | None = None) -> None:
        self.visit, self.batch, self.fresh, self.sessions, self.cents = visit, batch, fresh, sessions, cents
        self.show_to_fix = show_to_fix
        forms = [one for one in batch.live if one.kind == "claim"]
        self.forms = sorted(forms, key=lambda one: (one.payer_name, one.name, one.number))
        self.invoices = [one for one in batch.live if one.kind == "invoice"]

    def open(self) -> None:
        """Draw and open."""
        count = len(self.batch.live)
        with Dialog(f"{counted(count, 'document')} ready", self.hint(), size="wide") as self.dialog:
            self.dialog.card.classes("sb-result")
            with self.dialog.head:
                icon("ready" if count else "ban", 32, "sb-ok" if count else "").move(target_index=0)
            with self.dialog.body:
                self.pile("Insurance forms", "forms", self.forms)
                self.pile("Client invoices", "invoices", self.invoices)
                self.voided()
            self.left_out()
            with self.dialog.foot:
                self.buttons(count)
        self.dialog.open()

    def hint(self) -> str:
        """How many of each, and what became of the sessions. No sum: a share is on an invoice and within a form."""
        kinds = (counted(len(self.forms), "insurance form"), counted(len(self.invoices), "client invoice"))
        made = " and ".join(part for part in kinds if not part.startswith("0 "))
        if not made:
            return "Everything in it is void."
        if not self.sessions:
            return f"{made}."
        marked = "The session is" if self.sessions == 1 else f"The {self.sessions:,} sessions are"
        return f"{made} for {money_text(self.cents)} of sessions.\n{marked} marked as invoiced."

    def pile(self, words: str, kind: str, documents: list[IssuedDocument]) -> None:
        """One kind of document: its total, ways to print them all, and each with its own button."""
        if not documents:
            return
        with ui.element("section").classes("sb-pile"):
            with ui.element("div").classes("sb-pile-head"):
                ui.label(f"{words}, {money_text(sum(one.total_cents for one in documents))}").props(
                    "role=heading aria-level=3").classes("sb-strong sb-grow")
                if kind == "forms":
                    self.print_link("Print on pre-printed forms", "data")
                self.print_link(f"Print {len(documents)}", kind)
            with ui.element("div").classes("sb-sum-lines"):
                for one in documents:
                    document_line(one)

    def print_link(self, words: str, kind: str) -> None:
        """Prints one kind at once."""
        address = pile_address(self.batch.id, kind)
        with ui.element("button").classes("sb-link sb-link-button").props("type=button") as link:
            ui.html(words, tag="span", sanitize=False)
        link.on("click", lambda: print_pdf(address))

    def voided(self) -> None:
        """What was taken back since, so that a reprint is not taken for the whole."""
        if gone := len(self.batch.documents) - len(self.batch.live):
            ui.label(f"{counted(gone, 'document')} of this batch {'is' if gone == 1 else 'are'} void and not listed here."
                     ).classes("sb-hint")

    def left_out(self) -> None:
        """What was not made, why, and a way to mend it."""
        if not self.fresh or not self.batch.left_out:
            return
        count = len(self.batch.left_out)
        with self.dialog.card, ui.element("div").classes("sb-left-out") as strip:
            icon("to-fix", 18, "sb-bad")
            with ui.element("div").classes("sb-grow"):
                was = "session was" if count == 1 else "sessions were"
                ui.label(f"{count} {was} left out because something is missing.")
                for one in self.batch.left_out[:3]:
                    ui.label(f"{one.client_name or f'Session {one.session_id}'}: {one.reason}").classes("sb-small")
                if count > 3:
                    ui.label(f"and {count - 3} more").classes("sb-small")
            if self.show_to_fix is not None:
                danger("Show what to fix", on_click=self.go_and_fix)
        strip.move(target_index=2)

    def buttons(self, count: int) -> None:
        """Void at the left, then download and print."""
        if not self.fresh and count:
            quiet("Void all", icon="ban", on_click=self.void).classes("sb-danger sb-left")
        if not count:
            standard("Close", on_click=self.dialog.close)
            return
        with standard("Download all", icon="download"), popover("Download all").classes("sb-downloads"):
            for kind, (words, hint) in PILES.items():
                if self.holds(kind):
                    self.download_row(kind, words, hint)
        all_of_it = pile_address(self.batch.id, "all")
        primary(f"Print all {count}" if count > 1 else "Print it", icon="printer", on_click=lambda: print_pdf(all_of_it))

    def holds(self, kind: str) -> bool:
        """Whether there is anything of a kind."""
        return {"all": bool(self.batch.live), "invoices": bool(self.invoices)}.get(kind, bool(self.forms))

    def download_row(self, kind: str, words: str, hint: str) -> None:
        """One kind, as one PDF or a ZIP with a file each."""
        with ui.element("div").classes("sb-download"):
            with ui.element("div").classes("sb-grow"):
                ui.label(words).classes("sb-name")
                if hint:
                    ui.label(hint).classes("sb-small")
            for zipped, short in ((False, "PDF"), (True, "ZIP")):
                address = pile_address(self.batch.id, kind, zipped=zipped)
                button = Button(short, look="sb-standard", on_click=lambda _, address=address: save_pdf(address))
                button.props["aria-label"] = f"Download {words.lower()} as {short}"

    async def go_and_fix(self) -> None:
        """Close, and show the red rows."""
        self.dialog.close()
        if self.show_to_fix is not None:
            await self.show_to_fix()

    async def void(self) -> None:
        """Ask why, then take all of it back."""
        self.dialog.close()
        await VoidDialog.of_batch(self.visit, self.batch).open()


def document_line(one: IssuedDocument) -> None:
    """Whose it is, what it is, how much, and a way to open it."""
    what = what_it_is(one)
    with ui.element("div").classes("sb-sum-line is-tall"):
        with ui.element("span").classes("sb-paper-mark"):
            icon("receipt-text" if one.kind == "invoice" else "file-text", 18)
        with ui.element("div").classes("sb-grow"):
            ui.label(one.name).classes("sb-name")
            ui.label(f"Invoice {one.number}" if one.kind == "invoice" else "Insurance form (CMS-1500)").classes("sb-small")
        if one.kind == "invoice" and one.paid_cents >= one.total_cents > 0:
            status_mark("paid")
        ui.label(one.payer_name or "Client").classes("sb-2 sb-payer")
        ui.label(money_text(one.total_cents)).classes("sb-num sb-amount")
        open_link("Open PDF", document_address(one.kind, one.id), f"Open PDF of {what}, {one.name}")


def what_it_is(one: IssuedDocument) -> str:
    """Invoice 2026-0311, or Insurance form C2026-00012."""
    return f"{'Invoice' if one.kind == 'invoice' else 'Insurance form'} {one.number}"


def counted(count: int, words: str) -> str:
    """6 insurance forms."""
    return f"{count:,} {words}{'' if count == 1 else 's'}"
