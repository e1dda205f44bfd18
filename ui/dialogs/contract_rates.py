"""What a payer's contract allows for each code, from a day on: typed one by one, or pasted as the payer lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import events, ui

from domain.importing.chosen_file import LARGEST_BYTES, text_of, utf16_as_utf8
from domain.rates.keeping import RateDraft, add_rate, keep_rates, remove_rate
from domain.rates.pasting import pasted_rates
from domain.reading.rates import rates_of
from domain.reading.sessions import codes_text
from ui.components.act_dialog import ActDialog
from ui.components.buttons import quiet
from ui.components.fields import text_area, text_field
from ui.components.file_upload import FileUpload
from ui.components.typed_fields import date_field
from ui.dialogs.dated_amounts import DatedAmounts, DatedLine
from ui.visit import Visit


class ContractRates(DatedAmounts):
    """The rates of one payer."""

    verb, subject = "Add rate", "payer"
    nothing = "None yet. Until there is one, the whole charge is expected to be allowed."

    def __init__(self, visit: Visit, payer_id: int, name: str) -> None:
        super().__init__(visit)
        self.payer_id, self.name = payer_id, name
        self.title = f"Contract rates of {name}"
        self.hint = "What it is expected to allow for one unit. Never printed: claims show the practice's fee."

    async def read(self) -> list[DatedLine]:
        """By code, the latest first."""
        rows = await rates_of(self.payer_id, on=self.visit.today(), seen_by=self.visit.user)
        return [DatedLine(row.id, codes_text([(row.code, row.modifiers)]), row.starts_on, row.cents, row.holds) for row in rows]

    def draw_who(self) -> None:
        """For which code, and with which modifiers."""
        self.code = self.field("code", text_field("Code", placeholder="90837", max_length=5), span=6)
        self.modifiers = self.field("modifiers", text_field("Only with modifiers", placeholder="Any"), span=6)

    def more_acts(self) -> None:
        """A whole schedule at once."""
        quiet("Paste rates", icon="list-checks", inviting=True, on_click=self.paste).classes("sb-left")

    def paste(self) -> None:
        """The place for it lies over this dialog."""
        PasteRates(self.visit, self.payer_id, self.name).show()

    async def add(self) -> None:
        """Keep it."""
        await add_rate(
            RateDraft(payer_id=self.payer_id, code=self.code.value or "", modifiers=self.modifiers.value or "",
                      starts_on=self.day.value, cents=self.cents.value),
            by=self.visit.user, now=self.visit.now())

    async def remove(self, line_id: int) -> RateDraft:
        """What held before it holds again."""
        return await remove_rate(line_id, by=self.visit.user, now=self.visit.now())

    async def put_back(self, draft: RateDraft) -> Any:
        """As it was."""
        return await add_rate(draft, by=self.visit.user, now=self.visit.now())


class PasteRates(ActDialog):
    """Rows of a spreadsheet, or a CSV file; all of them are kept, or none."""

    verb, busy, size = "Keep rates", "Reading…", "medium"

    def __init__(self, visit: Visit, payer_id: int, name: str) -> None:
        super().__init__(visit)
        self.payer_id = payer_id
        self.title = f"Paste rates of {name}"
        self.hint = "One row a code: code, rate, and where it differs the day and the modifiers. Column names may stand above."

    def draw(self) -> None:
        """The day, the rows, and the way to a file."""
        with ui.element("div").classes("sb-fields"):
            self.day = self.field("starts_on", date_field("They hold from", self.visit.today(), today=self.visit.today(),
                                                          hint="Where a row has no day of its own"), span=6)
            self.text = self.field("text", text_area("Rows", placeholder="90837, 142.50\n90834, 108.00", rows=8))
        upload_button(self.take)

    async def take(self, event: events.UploadEventArguments) -> None:
        """A CSV file becomes the text, to be looked at first."""
        self.text.value = text_of(utf16_as_utf8(await event.file.read()))

    async def act(self) -> str:
        """Keep them all."""
        rates = pasted_rates(self.text.value or "", payer_id=self.payer_id, starts_on=self.day.value, on=self.visit.today())
        different = await keep_rates(rates, by=self.visit.user, now=self.visit.now())
        return f"{len(rates)} rate{'' if len(rates) == 1 else 's'} read, {different} new or changed"


def upload_button(take: Callable[..., Any]) -> None:
    """A CSV file instead of pasted rows."""
    upload = FileUpload(take, largest_bytes=LARGEST_BYTES, label="Choose a CSV file", accept=".csv,.txt,text/csv")
    upload.classes("hidden")
    upload.opens_from(quiet("Read a CSV file", icon="upload", inviting=True).classes("self-start"))
