"""Payer Files: bring in what payers send back, see what each payment posted, take one back."""

from __future__ import annotations

from functools import partial

from nicegui import PageArguments, events, ui

from domain.payer_files import read_payer_file, undo_remittance
from domain.reading import payer_files as reading
from domain.reading.payer_files import PayerFileRow, PaymentRow, RemittedClaimRow
from ui import routes
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.buttons import danger, primary, quiet, standard
from ui.components.dialog import Dialog
from ui.components.empty import empty_state
from ui.components.fields import text_area
from ui.components.file_upload import FileUpload
from ui.components.side_panel import SidePanel, facts
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import day_text, money_text, time_text
from ui.dialogs.match_claim import MatchClaim, UndoMatch
from ui.live import Announcement, Listening
from ui.visit import Visit

NOTHING_YET = "Bring in an 835, 999, 277CA or TA1 as your clearinghouse gave it."
LARGEST_BYTES = 50 * 1024 * 1024
COLUMNS = (
    Column(name="name", label="File or payer", look="sb-name", html=True),
    Column(name="what", label="What it is", look="sb-2", width="380px", tablet_width="280px"),
    Column(name="total", label="Amount", align="right", look="sb-num sb-strong", width="120px", tablet_width="104px"),
    Column(name="status", label="Status", html=True, width="190px", tablet_width="176px"),
)


async def payer_files(visit: Visit, args: PageArguments) -> None:
    """The page; `?payment=ID` opens a payment's panel."""
    page = PayerFiles(visit)
    await page.build()
    if (asked := routes.number(args.query_parameters.get("payment", ""))) is not None:
        await page.open_payment(asked)


class PayerFiles(Answers):
    """The files with their payments, and one payment beside them."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.payments: dict[str, PaymentRow] = {}
        self.shown: PaymentRow | None = None

    async def build(self) -> None:
        """Header with the upload, table, panel."""
        upload = FileUpload(self.take, largest_bytes=LARGEST_BYTES, on_refused=self.too_large, label="Read a payer file")
        upload.classes("hidden")
        with self.visit.header("Payer Files"):
            standard("Enter a paper EOB", icon="notebook-pen", on_click=lambda: self.visit.go(routes.PAPER_EOB))
            self.button = primary("Read a payer file", icon="upload")
        upload.opens_from(self.button)
        with ui.element("div").classes("sb-with-panel"):
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(COLUMNS, label="Payer files", on_row=self.show)
                self.nothing = ui.element("div").classes("sb-fill")
                with self.nothing, empty_state("No payer files yet", NOTHING_YET, drawing="empty-papers"):
                    upload.opens_from(standard("Choose a file", icon="upload"))
            self.panel = SidePanel(on_close=self.let_go)
        Listening({"payer_file"}, self.heard)
        await self.reload()

    @answering
    async def take(self, event: events.UploadEventArguments) -> None:
        """Read the chosen file and say what it did."""
        self.visit.clear_refusal()
        with self.button.busy("Reading…"):
            done = await read_payer_file(await event.file.read(), event.file.name, by=self.visit.user, now=self.visit.now())
        self.visit.toast(done.told)
        await self.reload()

    def too_large(self) -> None:
        """A file that the browser does not even send."""
        self.visit.refused("This file is larger than 50 MB. Ask the sender for smaller files. Nothing was read.")

    async def heard(self, _told: Announcement) -> None:
        """Read elsewhere, matched, or taken back."""
        await self.reload()
        if self.shown is not None:
            await self.open_payment(self.shown.id)

    async def reload(self) -> None:
        """Read, then draw in one go."""
        files = await reading.payer_files(seen_by=self.visit.user)
        self.payments = {f"payment-{one.id}": one for file in files for one in file.payments}
        self.table.set_rows([row for file in files for row in self.rows_of(file)])
        self.table.set_visibility(bool(files))
        self.nothing.set_visibility(not files)

    def rows_of(self, file: PayerFileRow) -> list[TableRow]:
        """A head for the file, then its payments."""
        at = file.received_at.astimezone(self.visit.zone)
        counts = {"accepted": file.accepted, "rejected": file.rejected}
        answers = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) if file.kind == "answer" else ""
        head = {"id": f"file-{file.id}", "name": cells.text(file.name), "total": "", "_name": file.name,
                "what": f"{day_text(at.date())}, {time_text(at)}, by {file.received_by}", "_class": "sb-batch-row",
                "status": cells.status_html("warning" if file.rejected else "ready", answers) if answers else ""}
        return [head, *({"id": f"payment-{one.id}", "name": cells.name(one.payer_name), "total": money_text(one.cents),
                         "what": f"Payment {one.trace_number} of {day_text(one.paid_on)}", "status": status_of(one),
                         "_name": f"payment {one.trace_number}"} for one in file.payments)]

    async def open_payment(self, payment_id: int) -> None:
        """A payment that another page leads to, also one too old for the list."""
        one = await reading.one_payment(payment_id, seen_by=self.visit.user)
        if one is not None:
            self.payments[f"payment-{one.id}"] = one
            await self.show(f"payment-{one.id}")
            self.table.show_row(f"payment-{one.id}")

    @answering
    async def show(self, row_id: str) -> None:
        """A payment's panel: what it posted, claim by claim."""
        one = self.payments.get(row_id)
        if one is None:
            return
        claims = await reading.claims_of(one.id, seen_by=self.visit.user)
        self.shown = one
        self.table.choose(row_id)
        self.panel.show(one.payer_name, f"Payment {one.trace_number}")
        with self.panel.body:
            facts({"Amount": money_text(one.cents), "Paid": day_text(one.paid_on),
                   "Status": lambda: ui.html(status_of(one), sanitize=False), **({"Reason": one.reason} if one.reason else {})})
            for claim in claims:
                self.claim(one, claim)
        if one.state == "posted":
            with self.panel.foot:
                danger("Take back", icon="ban", on_click=self.ask_why)

    def claim(self, one: PaymentRow, claim: RemittedClaimRow) -> None:
        """What was decided on a claim; one that found none of ours is matched by hand."""
        with ui.element("div").classes("sb-column"):
            who = claim.client_name or "Not one of ours"
            if claim.claim_id:
                ui.link(f"{who} · {claim.number}", f"{routes.DOCUMENTS}?claim={claim.claim_id}").classes("sb-link")
            else:
                ui.html(cells.status_html("warning", f"{who} · {claim.number}"), sanitize=False)
            told = {kind.capitalize(): money_text(cents) for kind, cents in claim.cents.items() if cents}
            if claim.unmatched_cents:
                told["Unmatched"] = money_text(claim.unmatched_cents)
            facts(told)
            if one.state == "posted" and claim.waits:
                standard("Match by hand", icon="search", on_click=partial(self.match, one.id, claim.position)).props(
                    f'aria-label="Match {claim.number} by hand"')
            elif one.state == "posted" and claim.match_id is not None:
                quiet("Undo the match", icon="undo-2", on_click=partial(self.undo_match, claim.match_id)).props(
                    f'aria-label="Undo the match of {claim.number}"')

    @answering
    async def match(self, payment_id: int, position: int, _event: object = None) -> None:
        """Which claim of ours it answers."""
        await MatchClaim(self.visit, payment_id, position).open()

    def undo_match(self, match_id: int) -> None:
        """Why it was not that claim."""
        UndoMatch(self.visit, match_id).show()

    def let_go(self) -> None:
        """The panel was closed."""
        self.shown = None
        self.table.choose(None)

    def ask_why(self) -> None:
        """Taking back asks for the reason."""
        with Dialog("Take this payment back?", size="small") as self.dialog:
            with self.dialog.body:
                ui.label("All that it posted is reversed. Reading the file again posts it anew.")
                self.reason = text_area("Reason", rows=2, max_length=300, hint="Kept with your name.")
            with self.dialog.foot:
                quiet("Keep it", on_click=self.dialog.close)
                danger("Take it back", solid=True, on_click=self.undo)
        self.dialog.open()

    @answering
    async def undo(self, _event: object = None) -> None:
        """Reverse it, or say what is in the way."""
        if self.shown is not None:
            await undo_remittance(self.shown.id, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
            self.dialog.close()
            self.panel.close()
            self.visit.toast("Payment taken back")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason, or in the page's banner."""
        if at == "reason":
            self.reason.say(sentence)
        else:
            self.visit.refused(sentence)


def status_of(one: PaymentRow) -> str:
    """Held and unmatched money in amber."""
    if one.state == "held":
        return cells.status_html("warning", "Held")
    if one.state == "undone":
        return cells.status_html("void", "Taken back")
    if one.unmatched_cents or one.unmatched:
        what = money_text(one.unmatched_cents) if one.unmatched_cents else f"{one.unmatched:,}"
        return cells.status_html("warning", f"{what} unmatched")
    return cells.status_html("paid", "Posted")
