"""From the press of Generate to the finished papers: progress that may be left, then the list of what was made."""

from __future__ import annotations

from collections import Counter

from nicegui import ui

from domain.invoicing import Generated, keep_drawing
from domain.reading.one_batch import MadeDocument, documents_of
from ui import routes
from ui.components.buttons import standard
from ui.components.dialog import Dialog
from ui.components.icons import icon
from ui.components.typed import money_text
from ui.live import Announcement, Listening
from ui.visit import Visit


def drawn_of(documents: list[MadeDocument]) -> dict[str, tuple[int, int]]:
    """For each step: how many are drawn, of how many."""
    drawn: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for one in documents:
        step = f"Insurance forms for {one.payer_name}" if one.kind == "claim" else "Invoices to clients"
        whole[step] += 1
        drawn[step] += one.drawn
    return {step: (drawn[step], count) for step, count in whole.items()}


class Making:
    """The dialog of one batch: first its progress, then its result, in the same place."""

    def __init__(self, visit: Visit, made: Generated) -> None:
        self.visit, self.made = visit, made
        self.done = False

    async def open(self) -> None:
        """Begin drawing and show how far it has come."""
        keep_drawing(self.made.batch_id or 0)
        self.documents = await documents_of(self.made.batch_id or 0, seen_by=self.visit.user)
        count = len(self.documents)
        hint = f"{sessions_words(len(self.made.sessions))}, {money_text(self.made.total_cents)}. You can leave this page; the work goes on."
        with Dialog(f"Making {count} documents", hint, size="medium") as self.dialog:
            self.dialog.card.classes("sb-making")
            with self.dialog.body:
                self.bar = ui.linear_progress(0, show_value=False).props("instant-feedback aria-label='Documents made'")
                self.steps = ui.element("div").classes("sb-making-steps")
            with self.dialog.foot:
                standard("Close", on_click=self.dialog.close)
            Listening("batch", self.heard)
        self.draw_steps()
        self.dialog.open()
        await self.heard({"batch": frozenset({self.made.batch_id or 0})})

    async def heard(self, told: Announcement) -> None:
        """Some more were drawn."""
        if self.done or (self.made.batch_id or 0) not in told.get("batch", ()):
            return
        self.documents = await documents_of(self.made.batch_id or 0, seen_by=self.visit.user)
        drawn = sum(one.drawn for one in self.documents)
        self.bar.set_value(drawn / max(1, len(self.documents)))
        self.dialog.title.set_text(f"Making {drawn} of {len(self.documents)} documents")
        self.draw_steps()
        if drawn == len(self.documents):
            self.done = True
            self.show_result()

    def draw_steps(self) -> None:
        """The named steps with their counts."""
        self.steps.clear()
        with self.steps:
            sessions = len(self.made.sessions)
            step_line("Check the sessions", sessions, sessions)
            for step, (drawn, count) in drawn_of(self.documents).items():
                step_line(step, drawn, count)

    def show_result(self) -> None:
        """The result takes the progress's place."""
        self.dialog.close()
        Result(self.visit, self.made, self.documents).open()


def sessions_words(count: int) -> str:
    """1 session, 9 sessions."""
    return f"{count} session{'' if count == 1 else 's'}"


def step_line(words: str, done: int, of: int) -> None:
    """One step: a ring or a check, its words, its count."""
    with ui.element("div").classes("sb-making-step" + ("" if done else " is-waiting")):
        if done == of:
            icon("ready", 18, "sb-ok")
        else:
            ui.element("span").classes("sb-spinner is-dark" if done else "sb-ring").props("aria-hidden=true")
        ui.label(words).classes("sb-grow")
        ui.label(f"{done} of {of}").classes("sb-num sb-2")


class Result:
    """What was made, to open, download or print, singly or together."""

    def __init__(self, visit: Visit, made: Generated, documents: list[MadeDocument]) -> None:
        self.visit, self.made, self.documents = visit, made, documents

    def open(self) -> None:
        """Draw and open; the dialog lives in the page, not in what closed."""
        forms = [one for one in self.documents if one.kind == "claim"]
        invoices = [one for one in self.documents if one.kind == "invoice"]
        words = " and ".join(part for part in (counted(forms, "insurance form"), counted(invoices, "client invoice")) if part)
        hint = f"{words}. {sessions_words(len(self.made.sessions))} marked as invoiced."
        with ui.context.client.layout, Dialog(f"{len(self.documents)} documents ready", hint, size="wide") as self.dialog:
            with self.dialog.body:
                self.pile("Insurance forms", "forms", forms)
                self.pile("Client invoices", "invoices", invoices)
                self.left_out()
            with self.dialog.foot:
                if forms:
                    self.address_button("For pre-printed forms", "data", "file-text")
                self.download_button()
                print_all = standard(f"Print all {len(self.documents)}", icon="printer",
                                     on_click=lambda: open_tab(f"{routes.STORED_PDF}/batch/{self.made.batch_id}/all"))
                print_all.classes("sb-primary", remove="sb-standard")
        self.dialog.open()

    def pile(self, words: str, kind: str, documents: list[MadeDocument]) -> None:
        """One kind of document: its total, a way to print them all, and each with its own button."""
        if not documents:
            return
        with ui.element("div").classes("sb-row"):
            ui.label(f"{words}, {money_text(sum(one.total_cents for one in documents))}").classes("sb-strong sb-grow")
            ui.link(f"Print {len(documents)}", f"{routes.STORED_PDF}/batch/{self.made.batch_id}/{kind}",
                    new_tab=True).classes("sb-link")
        with ui.element("div").classes("sb-sum-lines"):
            for one in documents:
                self.line(one)

    def line(self, one: MadeDocument) -> None:
        """Whose it is, what it is, how much, and a way to open it."""
        what = f"Invoice {one.number}" if one.kind == "invoice" else "Insurance form (CMS-1500)"
        with ui.element("div").classes("sb-sum-line is-tall"):
            with ui.element("span").classes("sb-paper-mark"):
                icon("receipt-text" if one.kind == "invoice" else "file-text", 18)
            with ui.element("div").classes("sb-grow"):
                ui.label(one.name).classes("sb-name")
                ui.label(what).classes("sb-small")
            ui.label(one.payer_name or "Client").classes("sb-2 sb-payer")
            ui.label(money_text(one.total_cents)).classes("sb-num sb-strong sb-amount")
            ui.link("Open PDF", f"{routes.STORED_PDF}/{one.kind}/{one.id}", new_tab=True).classes(
                "q-btn sb-standard sb-as-button").props(f'aria-label="Open PDF of {what}, {one.name}"'.replace("&", "and"))

    def left_out(self) -> None:
        """What was not made, and a way to mend it."""
        if not self.made.left_out:
            return
        count = len(self.made.left_out)
        with ui.element("div").classes("sb-banner is-bad is-line"):
            icon("to-fix", 20)
            with ui.element("div").classes("sb-banner-words"):
                ui.label(f"{sessions_words(count)} {'was' if count == 1 else 'were'} left out because something is missing.")
                for one in self.made.left_out[:5]:
                    ui.label(f"{one.client_name}: {one.reason}").classes("sb-banner-more")
            standard("Show what to fix", on_click=self.dialog.close)

    def address_button(self, words: str, kind: str, drawing: str) -> None:
        """Opens one kind of the batch as one PDF."""
        standard(words, icon=drawing,
                 on_click=lambda: open_tab(f"{routes.STORED_PDF}/batch/{self.made.batch_id}/{kind}"))

    def download_button(self) -> None:
        """All in one PDF or each in a ZIP."""
        with standard("Download all", icon="download"), ui.menu():
            base = f"{routes.STORED_PDF}/batch/{self.made.batch_id}"
            for words, address in (
                ("All in one PDF", f"{base}/all?download=1"), ("Each as a file (ZIP)", f"{base}/all.zip"),
                ("Client invoices (ZIP)", f"{base}/invoices.zip"), ("Insurance forms (ZIP)", f"{base}/forms.zip"),
                ("For pre-printed forms (ZIP)", f"{base}/data.zip"),
            ):
                ui.menu_item(words, on_click=lambda _, address=address: ui.download.from_url(address))


def counted(documents: list[MadeDocument], words: str) -> str:
    """6 insurance forms, $850.00; nothing for none."""
    count, cents = len(documents), sum(one.total_cents for one in documents)
    return f"{count} {words}{'' if count == 1 else 's'}, {money_text(cents)}" if count else ""


def open_tab(address: str) -> None:
    """A PDF in a tab of its own, where the browser's print button is."""
    ui.navigate.to(address, new_tab=True)
