"""Import: choose a calendar file, a client list or opening balances, look at what it would do, correct it, bring it in."""

from __future__ import annotations

from nicegui import PageArguments, events, ui

from domain.importing.balance_list import is_balance_list
from domain.importing.chosen_file import LARGEST_BYTES, utf16_as_utf8
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.file_upload import FileUpload
from ui.components.icons import icon
from ui.importing.balances_part import BalancesImport
from ui.importing.calendar_part import CalendarImport
from ui.importing.clients_part import ClientsImport
from ui.visit import Visit

FROM_A_CALENDAR = (
    "From Google Calendar, Apple Calendar, Outlook or Thunderbird. Its events become appointments; the same file again "
    "updates them and duplicates nothing."
)
FROM_A_LIST = (
    "From any program or spreadsheet: one line a client, with policies and diagnoses. Columns are guessed and can be "
    "corrected."
)
FROM_BALANCES = (
    "What an earlier program left open: client, insurance, as of, balance. A line without insurance is the client's own; a credit "
    "has a minus."
)
KINDS = {
    "calendar-days": ("A calendar file (.ics)", FROM_A_CALENDAR),
    "users": ("A client list (.csv)", FROM_A_LIST),
    "circle-dollar-sign": ("Opening balances (.csv)", FROM_BALANCES),
}


async def import_file(visit: Visit, args: PageArguments) -> None:
    """The page."""
    del args
    ImportPage(visit).build()


class ImportPage(Answers):
    """A file is chosen, then its own part takes over the page."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def build(self) -> None:
        """Draw the page."""
        with self.visit.header("Import"):
            pass
        self.place = ui.element("div").classes("sb-import")
        self.choose()

    def choose(self) -> None:
        """What can be brought in, and the place to drop it."""
        self.place.clear()
        with self.place, ui.element("div").classes("sb-drop"):
            upload = FileUpload(self.take, largest_bytes=LARGEST_BYTES, on_refused=self.too_large, label="Choose a file",
                                accept=".ics,.csv,.txt,text/calendar,text/csv")
            upload.props("flat").classes("sb-drop-target")
            for drawing, (title, why) in KINDS.items():
                with ui.element("div").classes("sb-drop-kind"):
                    icon(drawing, 22)
                    with ui.element("div"):
                        ui.label(title).classes("sb-card-title")
                        ui.label(why).classes("sb-2")
            self.button = buttons.primary("Choose a file", icon="upload").classes("sb-large")
            upload.opens_from(self.button)
            ui.label("or drop it here. Nothing is imported before you have seen what it does.").classes("sb-hint")

    @answering
    async def take(self, event: events.UploadEventArguments) -> None:
        """The chosen file: a calendar, a list of clients or of balances, by what is in it."""
        self.visit.clear_refusal()
        with self.button.busy("Reading…"):
            raw = await event.file.read()
            await part_for(raw, event.file.name)(self.visit, raw, place=self.place, again=self.choose).open()

    def too_large(self) -> None:
        """A file that the browser does not even send."""
        self.visit.refused(f"This file is no .ics or .csv file, or larger than {LARGEST_BYTES // 1_000_000} MB. Choose another.")


def part_for(raw: bytes, name: str) -> type[CalendarImport | BalancesImport | ClientsImport]:
    """By what is in the file."""
    if is_calendar(raw, name):
        return CalendarImport
    return BalancesImport if is_balance_list(raw) else ClientsImport


def is_calendar(raw: bytes, name: str) -> bool:
    """By its first words; a name alone decides only for what is neither."""
    opening = utf16_as_utf8(raw[:4096]).lstrip()[:200].upper()
    return opening.startswith(b"BEGIN:VCALENDAR") or name.lower().endswith((".ics", ".ical", ".ifb", ".icalendar"))
