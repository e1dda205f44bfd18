"""Claims on their way: the claim file just written, paper marked as sent, and a mark taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui

from domain import claim_files
from domain.claim_files import WAYS, WrittenFile
from domain.reading.claim_files import ClaimFileRow
from domain.reading.documents import IssuedDocument
from ui import routes
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.buttons import Button, danger, primary, quiet, standard
from ui.components.dialog import Dialog
from ui.components.fields import select_field, text_field
from ui.components.icons import icon
from ui.components.table import LongTable, Row
from ui.components.typed import money_text, time_text
from ui.components.typed_fields import all_readable, date_field
from ui.dialogs.printing import save_pdf
from ui.visit import Visit

ON_PAPER = {way: words for way, words in WAYS.items() if way != "file"}
TEST = "This is a test file: the clearinghouse checks it and bills nothing, and its claims stay to be sent."
REAL = "Upload it to your clearinghouse. The claims in it are marked as sent and are not sent again."


def counted(count: int) -> str:
    """2 claims."""
    return f"{count:,} claim{'' if count == 1 else 's'}"


def file_address(file_id: int) -> str:
    """Where a claim file is downloaded."""
    return f"{routes.STORED_PDF}/claim-file/{file_id}"


def file_row(one: ClaimFileRow, zone: ZoneInfo) -> Row:
    """A claim file as a row of the list: when and by whom it was written, and its download."""
    at = one.made_at.astimezone(zone)
    return {
        "id": f"file-{one.id}", "name": cells.name(one.name), "what": f"{counted(one.claims)}{', a test' if one.is_test else ''}",
        "payer": f"by {one.made_by}", "total": money_text(one.total_cents),
        "status": cells.status_html("scheduled", f"{at:%b} {at.day}, {time_text(at)}"),
        "open": cells.anchor("Download", file_address(one.id), f"Download {one.name}"), "_name": one.name,
        "_can": False, "_untickable": True,
    }


class ClaimsToSend(Answers):
    """The buttons above a list of claims: write a file of those ticked, or mark them as sent on paper."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def buttons(self, *, instead_of: Button) -> None:
        """The file rests until a claim is ticked; then the mark stands where another button stood, for want of room."""
        self.other_button = instead_of
        self.mark_button = standard("Mark as sent", icon="send", on_click=self.mark_sent)
        self.file_button = primary("Write claim file (837P)", icon="file-text", on_click=self.write_file)

    def watch(self, table: LongTable) -> None:
        """The list whose ticks count; its rows are named `claim-ID`."""
        self.table = table

    def ticked(self) -> list[int]:
        """The ids of the ticked claims."""
        return sorted(int(str(key).partition("-")[2]) for key in self.table.ticked)

    def count(self) -> None:
        """What may be done with what is ticked."""
        some = bool(self.table.ticked)
        self.file_button.set_enabled(some)
        self.mark_button.set_visibility(some)
        self.other_button.set_visibility(not some)

    @answering
    async def write_file(self, _event: object = None) -> None:
        """Put the ticked claims into a file, and say what is not in it."""
        with self.file_button.busy("Writing…"):
            written = await claim_files.write_claim_file(self.ticked(), by=self.visit.user, now=self.visit.now())
        self.table.tick(list(self.table.ticked), on=False)
        self.count()
        ClaimFileWritten(self.visit, written).open()

    @answering
    async def mark_sent(self, _event: object = None) -> None:
        """Ask which way and when the ticked claims went."""
        MarkSent(self.visit, self.ticked(), then=self.count).open()


class ClaimFileWritten:
    """What one press wrote, with its download, and what was left out and why."""

    def __init__(self, visit: Visit, written: WrittenFile) -> None:
        self.visit, self.written = visit, written

    def open(self) -> None:
        """Draw and open."""
        written = self.written
        there = written.file_id is not None
        title = f"Claim file with {counted(len(written.claims))}" if there else "No claim file was written"
        hint = f"{written.name}, {money_text(written.total_cents)}. {TEST if written.is_test else REAL}" if there else ""
        with Dialog(title, hint, size="small") as self.dialog:
            with self.dialog.head:
                icon("ready" if there else "to-fix", 32, "sb-ok" if there else "sb-bad").move(target_index=0)
            with self.dialog.body:
                self.left_out()
            with self.dialog.foot:
                if there:
                    quiet("Close", on_click=self.dialog.close)
                    self.dialog.enter_presses(primary("Download file", icon="download", on_click=self.download))
                else:
                    standard("Close", on_click=self.dialog.close)
        self.dialog.open()

    def left_out(self) -> None:
        """Each claim that is not in the file, with all that our check found."""
        if not self.written.left_out:
            return
        ui.label(f"{counted(len(self.written.left_out))} left out").classes("sb-card-title")
        with ui.element("div").classes("sb-sum-lines"):
            for one in self.written.left_out:
                with ui.element("div").classes("sb-column"):
                    ui.label(f"{one.client_name}, {one.number}").classes("sb-strong")
                    for reason in one.reasons:
                        ui.label(reason).classes("sb-small")

    def download(self) -> None:
        """Save the file."""
        if self.written.file_id is not None:
            save_pdf(file_address(self.written.file_id))


class MarkSent(Answers):
    """Which way paper claims went, and when; `then` is called once they are marked."""

    def __init__(self, visit: Visit, claim_ids: Sequence[int], *, then: Callable[[], Any]) -> None:
        self.visit, self.claim_ids, self.then = visit, claim_ids, then

    def open(self) -> None:
        """Ask; post and today are offered."""
        title = f"Mark {counted(len(self.claim_ids))} as sent"
        with Dialog(title, "A claim goes out once: what is marked here is not put into a file.", size="small") as self.dialog:
            with self.dialog.body:
                self.way = select_field("Sent by", ON_PAPER, "post", searchable=False)
                self.day = date_field("Sent on", self.visit.today(), today=self.visit.today())
            with self.dialog.foot:
                quiet("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(primary("Mark as sent", on_click=self.keep))
        self.dialog.open()

    @answering
    async def keep(self, _event: object = None) -> None:
        """Mark them."""
        if not all_readable(self.dialog.body):
            return
        if self.day.value is None:
            self.day.say("Type the day.")
            return
        await claim_files.mark_sent(
            self.claim_ids, way=self.way.value or "", sent_on=self.day.value, on=self.visit.today(), by=self.visit.user,
            now=self.visit.now())
        self.dialog.close()
        self.then()
        self.visit.toast(f"Marked {counted(len(self.claim_ids))} as sent")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, else under the day."""
        (self.way if at == "way" else self.day).say(sentence)


class TakeBack(Answers):
    """Why a claim never went out after all."""

    def __init__(self, visit: Visit, one: IssuedDocument) -> None:
        self.visit, self.one = visit, one

    def open(self) -> None:
        """Ask for the reason."""
        with Dialog(f"Insurance form {self.one.number} was not sent after all?",
                    "It can then be sent or voided. If the payer has it, send a void or a replacement instead.",
                    size="small") as self.dialog:
            with self.dialog.body:
                self.reason = text_field("Reason", placeholder="The file was never uploaded")
            with self.dialog.foot:
                quiet("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(danger("Take back the mark", solid=True, on_click=self.keep))
        self.dialog.open()

    @answering
    async def keep(self, _event: object = None) -> None:
        """Take it back."""
        await claim_files.take_back(self.one.id, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.visit.toast(f"Insurance form {self.one.number} is to be sent")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason."""
        del at
        self.reason.say(sentence)
