"""The preview of a calendar file as rows: what each event becomes, and which of them the pills show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from domain.importing.calendar_preview import CalendarPreview, Imported, ImportRow, State, Verdict, verdict
from domain.scheduling import wall_of
from ui.components import cells
from ui.components.pills import Pill
from ui.components.table import Column, Row
from ui.components.typed import time_span_text, weekday_text

COLUMNS = (
    Column(name="when", label="Date and time", html=True, look="sb-num", width="250px", tablet_width="150px"),
    Column(name="title", label="In the file", look="sb-2", folds=True),
    Column(name="client", label="Client", look="sb-name", sub="title"),
    Column(name="code", label="Service Code", html=True, width="108px", tablet_width="96px"),
    Column(name="type", label="Type", look="sb-2", width="134px", folds=True),
    Column(name="then", label="What happens", html=True, width="150px", tablet_width="124px"),
)
THEN: dict[State, tuple[str, str]] = {
    "new": ("ready", "New"), "changes": ("ready", "Changes"), "cancels": ("canceled", "Cancels"),
    "unchanged": ("scheduled", "Unchanged"), "left_alone": ("sent", "Left as billed"), "to_fix": ("to fix", "To fix"),
    "left_out": ("scheduled", "Left out"),
}  # fmt: skip
PILLS: dict[State, str] = {
    "to_fix": "to fix", "new": "new", "changes": "changed", "cancels": "canceled", "left_alone": "left as billed",
    "left_out": "left out", "unchanged": "unchanged",
}  # fmt: skip
GONE = "gone-"  # before the id of an appointment that the file takes out of its series


def judged(preview: CalendarPreview, zone: ZoneInfo) -> list[tuple[int, ImportRow, Verdict]]:
    """Every row with its place and what becomes of it."""
    return [(place, row, verdict(row, zone, preview.clients)) for place, row in enumerate(preview.rows)]


def counts(preview: CalendarPreview, zone: ZoneInfo) -> Counter[State]:
    """How many rows of each kind."""
    found: Counter[State] = Counter(told.state for _, _, told in judged(preview, zone))
    found["cancels"] += len(preview.taken_out)
    return found


def pills(found: Counter[State]) -> list[Pill]:
    """What the file holds, each a tap that shows those rows."""
    return [
        Pill(key=state, count=found[state], words=words, tone="bad" if state == "to_fix" else "")
        for state, words in PILLS.items()
        if found[state]
    ]


def rows_of(preview: CalendarPreview, zone: ZoneInfo, *, only: State | None, usual_type: str) -> list[Row]:
    """The table's rows; those to fix come first, since they ask for something."""
    told = [one for one in judged(preview, zone) if only in {None, one[2].state}]
    told.sort(key=lambda one: one[2].state != "to_fix")
    rows = [row_of(place, row, verdict_, preview, zone) | {"type": type_of(row, preview, usual_type)} for place, row, verdict_ in told]
    return rows + [gone_row(one, zone) for one in preview.taken_out if only in {None, "cancels"}]


def row_of(place: int, row: ImportRow, told: Verdict, preview: CalendarPreview, zone: ZoneInfo) -> Row:
    """One event."""
    start, end = wall_of(row.occurrence.starts_at, zone), wall_of(row.occurrence.ends_at, zone)
    code, color = preview.service_codes.get(row.service_code_id or 0, ("", ""))
    mark, word = THEN[told.state]
    time = "All day" if row.occurrence.all_day else time_span_text(start, end)
    return {
        "id": place,
        "when": cells.day_and_time(weekday_text(start.date()), time),
        "title": row.occurrence.title or "Without a title",
        "client": who(row, preview),
        "code": cells.chip_html(code, color) if code else "",
        "then": cells.status_html(mark, word),
        "_tone": "bad" if told.state == "to_fix" else "muted" if told.state in {"left_out", "unchanged"} else "",
        "_more": more_of(place, told),
        "_edit": row.imported is None,
        "_name": f"{row.occurrence.title}, {weekday_text(start.date())}",
    }


def type_of(row: ImportRow, preview: CalendarPreview, usual_type: str) -> str:
    """The type it gets; an earlier import's has its own."""
    if row.imported is not None or row.without_client or row.left_out:
        return ""
    return preview.types.get(row.type_id or 0, usual_type)


def more_of(place: int, told: Verdict) -> str:
    """Why, under the row; what is to fix with its mend."""
    if told.state == "to_fix":
        return cells.reasons([(told.sentence, "Choose", str(place))])
    return cells.text(told.sentence, "sb-hint") if told.sentence else ""


def who(row: ImportRow, preview: CalendarPreview) -> str:
    """Of whom it becomes an appointment."""
    if row.imported is not None:
        return row.imported.name
    if row.client_id is not None:
        return preview.clients.get(row.client_id, "")
    return "Time without a client" if row.without_client else ""


def gone_row(one: Imported, zone: ZoneInfo) -> Row:
    """An appointment whose event was taken out of its series."""
    start, end = wall_of(one.starts_at, zone), wall_of(one.ends_at, zone)
    return {
        "id": f"{GONE}{one.appointment_id}",
        "when": cells.day_and_time(weekday_text(start.date()), time_span_text(start, end)),
        "title": "", "client": one.name, "code": "", "type": "", "then": cells.status_html("canceled", "Cancels"),
        "_more": cells.text("Taken out of its series in the calendar.", "sb-hint"), "_edit": False, "_name": one.name,
    }  # fmt: skip


def with_same_subject(preview: CalendarPreview, row: ImportRow) -> Iterable[ImportRow]:
    """All events of the same title and guests that are not imported yet."""
    return [one for one in preview.rows if one.subject == row.subject and one.imported is None]
