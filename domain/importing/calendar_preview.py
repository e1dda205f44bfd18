"""What importing a calendar file would do: a row for each occurrence, with its verdict and what a person may correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from domain.access import SignedIn, require
from domain.importing.calendar_file import CalendarFile, CalendarOccurrence
from domain.importing.matching import Kind, KindMatch, Known, KnownClients, KnownKinds
from domain.importing.names import normalized
from domain.scheduling.checking import LONGEST
from domain.scheduling.wall_clock import said_day, said_span, wall_of
from storage.models import Appointment, AppointmentType, Attendance, Client, ClientSession, Location, ServiceCode

Key = tuple[str, str]
State = Literal["new", "changes", "cancels", "unchanged", "left_alone", "to_fix", "left_out"]
CANCELED_MARK = " canceled"  # after the fingerprint: it was the file that canceled the appointment
REMOVED = "removed"
_REMOTE = ("zoom.", "meet.google", "teams.microsoft", "doxy.me", "webex", "telehealth", "video")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an earlier import made of an occurrence, as it stands now."""

    appointment_id: int
    kind: str
    name: str
    starts_at: datetime
    ends_at: datetime
    said: str  # the fingerprint of what the file said then, with the mark of one it canceled
    statuses: frozenset[str]
    session_id: int | None

    @property
    def fingerprint(self) -> str:
        """Of what the file said when it was imported last."""
        return self.said.removesuffix(CANCELED_MARK)

    @property
    def canceled_by_file(self) -> bool:
        """Whether its cancellation came from the file, so that the file can take it back."""
        return self.said.endswith(CANCELED_MARK)


@dataclass(slots=True, kw_only=True)
class ImportRow:
    """One occurrence and what is to become of it; a person may correct the choices until it is imported."""

    occurrence: CalendarOccurrence
    client_id: int | None = None
    candidates: tuple[int, ...] = ()
    without_client: bool = False
    left_out: bool = False
    type_id: int | None = None
    service_code_id: int | None = None
    location_id: int | None = None
    held_as: str = "in_person"
    remark: str = ""
    imported: Imported | None = None

    @property
    def subject(self) -> str:
        """What the events of one client have in common: their title and guests; corrected once for all of them."""
        guests = " ".join(sorted(one.email or one.name for one in self.occurrence.attendees))
        return f"{normalized(self.occurrence.title)}|{guests}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What importing does with a row, and why."""

    state: State
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPreview:
    """The rows of a file in order of time, what its series lost, and the names that the screen needs."""

    rows: list[ImportRow]
    taken_out: list[Imported]
    clients: dict[int, str]
    service_codes: dict[int, tuple[str, str]]  # code and color
    types: dict[int, str]


async def preview_calendar(file: CalendarFile, *, seen_by: SignedIn) -> CalendarPreview:
    """Match every occurrence with the practice's clients, types and codes, and with what was imported before."""
    await require(seen_by)
    known = await Client.filter(archived_at=None, merged_into_id=None)
    codes = await ServiceCode.filter(archived_at=None)
    types = await AppointmentType.filter(archived_at=None)
    places = await Location.filter(archived_at=None)
    matching = _Matching(
        KnownClients(Known(one.id, (one.name, f"{one.insurer_first_name} {one.insurer_last_name}"), one.email) for one in known),
        KnownKinds(Kind(code.id, (code.code, code.name)) for code in codes),
        KnownKinds(Kind(one.id, (one.name,)) for one in types),
        {normalized(place.name): place.id for place in places},
    )
    had = await imported_before({one.uid for one in file.occurrences} | {uid for uid, _ in file.removed})
    removed = [had[key] for key in file.removed if key in had and had[key].fingerprint != REMOVED]
    return CalendarPreview(
        rows=[matching.row(one, had.get(one.key)) for one in file.occurrences],
        taken_out=[one for one in removed if one.statuses & {"scheduled", "arrived"} and not one.session_id],
        clients=_told_apart(known),
        service_codes={code.id: (code.code, code.color) for code in codes},
        types={one.id: one.name for one in types},
    )


def _told_apart(clients: Sequence[Client]) -> dict[int, str]:
    """Names, with the birth date where two are called the same."""
    times = Counter(one.name for one in clients)
    return {
        one.id: one.name if times[one.name] == 1 or one.birth_date is None else f"{one.name}, {one.birth_date:%m/%d/%Y}"
        for one in clients
    }


@dataclass(frozen=True, slots=True)
class _Matching:
    """What is known to the practice, to find an occurrence's client, code, type and place by."""

    clients: KnownClients
    codes: KnownKinds
    types: KnownKinds
    places: dict[str, int]

    def row(self, one: CalendarOccurrence, imported: Imported | None) -> ImportRow:
        match, code, kind = self.clients.match(one), self.codes.match(one), self.types.match(one)
        return ImportRow(
            occurrence=one,
            client_id=match.client_id,
            candidates=match.candidates,
            left_out=one.all_day and match.client_id is None,
            type_id=kind.kind_id,
            service_code_id=code.kind_id,
            location_id=self.places.get(normalized(one.location)),
            held_as=held_as(one.location),
            remark=_remark(one, code),
            imported=imported,
        )


def held_as(place: str) -> str:
    """In person, unless the place is a video call or says that it is by phone."""
    words = place.casefold()
    if any(sign in words for sign in _REMOTE):
        return "video"
    return "phone" if "phone" in words.split() or words.startswith("tel:") else "in_person"


def _remark(one: CalendarOccurrence, code: KindMatch) -> str:
    if one.code and code.how == "none":
        return f"There is no Service Code {one.code}."
    return "It names more than one Service Code. Choose one." if code.how == "several" else ""


async def imported_before(uids: Collection[str]) -> dict[Key, Imported]:
    """The appointments that earlier imports made of these events."""
    found: dict[Key, Imported] = {}
    wanted = sorted(uids)
    for start in range(0, len(wanted), _AT_ONCE):
        found |= await _imported(wanted[start : start + _AT_ONCE])
    return found


async def _imported(uids: Sequence[str]) -> dict[Key, Imported]:
    rows = await Appointment.filter(calendar_uid__in=list(uids))
    going: dict[int, list[tuple[str, str]]] = {}
    places = Attendance.filter(appointment__calendar_uid__in=list(uids)).order_by("id")
    for appointment_id, name, status in await places.values_list("appointment_id", "client__name", "status"):
        going.setdefault(appointment_id, []).append((name, status))
    live = ClientSession.filter(undone_at=None, attendance__appointment__calendar_uid__in=list(uids))
    sessions = dict(await live.values_list("attendance__appointment_id", "id"))
    return {
        (row.calendar_uid or "", row.recurrence_id): _as_imported(row, going.get(row.id, []), sessions.get(row.id))
        for row in rows
    }


def _as_imported(row: Appointment, going: list[tuple[str, str]], session_id: int | None) -> Imported:
    return Imported(
        appointment_id=row.id,
        kind=row.kind,
        name=going[0][0] if going and not row.title else row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        said=row.imported_as,
        statuses=frozenset(status for _, status in going) or frozenset({row.status}),
        session_id=session_id,
    )


def verdict(row: ImportRow, zone: ZoneInfo, names: dict[int, str] | None = None) -> Verdict:
    """What importing does with a row as it stands, and the sentence that says why."""
    if row.imported is not None:
        return _verdict_again(row, row.imported, zone)
    if row.occurrence.cancelled:
        return Verdict("left_out", "Canceled in the calendar.")
    if row.left_out:
        return Verdict("left_out", "All day." if row.occurrence.all_day else "")
    if row.occurrence.ends_at - row.occurrence.starts_at > LONGEST:
        return Verdict("left_out", "It lasts several days. Block the time on the calendar day by day.")
    if row.client_id is None and not row.without_client:
        return Verdict("to_fix", _which(row.candidates, names or {}))
    return Verdict("new", row.remark)


def _which(candidates: Iterable[int], names: dict[int, str]) -> str:
    named = [names[one] for one in candidates if one in names]
    if not named:
        return "No client of this name. Choose one, or keep it as time without a client."
    more = ["another"] if len(named) > 3 else []
    return f"It may be {' or '.join(named[:3] + more)}. Choose one."


def _verdict_again(row: ImportRow, imported: Imported, zone: ZoneInfo) -> Verdict:
    if imported.fingerprint == row.occurrence.fingerprint:
        return Verdict("unchanged")
    if imported.session_id is not None:
        wanted = wanted_of(row.occurrence, zone)
        return Verdict("left_alone", f"Sent to billing as session {imported.session_id}, so it stays. {wanted}")
    if not row.occurrence.cancelled:
        return Verdict("changes", wanted_of(row.occurrence, zone))
    if imported.statuses <= {"scheduled", "arrived"}:
        return Verdict("cancels", "Canceled in the calendar.")
    return Verdict("left_alone", "Canceled in the calendar, but who came is marked here already.")


def wanted_of(occurrence: CalendarOccurrence, zone: ZoneInfo) -> str:
    """What the file says of it now, for the flag on an appointment that can't follow."""
    if occurrence.cancelled:
        return "The calendar file has it as canceled."
    day = said_day(wall_of(occurrence.starts_at, zone).date())
    return f"The calendar file has it on {day}, {said_span(occurrence.starts_at, occurrence.ends_at, zone)}."
