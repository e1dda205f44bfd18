"""The list of clients: found by name, phone, e-mail or birth date, a page at a time, quick with ten thousand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.billing_rule import in_force
from domain.checks import digits_of
from domain.reading.who_pays import covers_of
from storage.models import Attendance, Client, Payer

PAGE = 100
FEWEST_DIGITS = 3  # of a phone number, before it is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFilter:
    """Which clients; nothing typed means all of them."""

    text: str = ""
    provider_id: int | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """A client in a list. `payer_names` are of the primary policies in force today; two of them need a look."""

    id: int
    name: str
    pronouns: str
    birth_date: date | None
    phone: str
    email: str
    provider_name: str
    payer_names: tuple[str, ...]
    next_visit_at: datetime | None
    archived: bool
    merged_into_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPage:
    """One page of the list, and how many the filter holds in all."""

    rows: list[ClientRow]
    total: int


def fold(text: str) -> str:
    """Text without case and accents, so that Elodie finds Élodie."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def typed_date(text: str) -> date | None:
    """A whole date in the search box, as 5/4/1991 or 1991-05-04."""
    american = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", text)
    iso = re.fullmatch(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", text)
    try:
        if american:
            return date(int(american[3]), int(american[1]), int(american[2]))
        return date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    except ValueError:
        return None


async def client_list(
    asked: ClientFilter, *, today: date, now: datetime, seen_by: SignedIn, limit: int = PAGE, offset: int = 0
) -> ClientPage:
    """A page of clients in the order of their names."""
    await access.require(seen_by)
    ids = await _found(asked)
    rows = await _rows(ids[offset : offset + limit], today=today, now=now)
    return ClientPage(rows=rows, total=len(ids))


async def clients_known(*, seen_by: SignedIn) -> int:
    """How many clients there are, archived ones too: none means that the practice has just begun."""
    await access.require(seen_by)
    return await Client.all().count()


async def same_person(name: str, birth_date: date | None, *, except_for: int | None, seen_by: SignedIn) -> list[int]:
    """Other records that may be the same person: the same name, and the same birth date where both have one."""
    await access.require(seen_by)
    rows = Client.filter(merged_into_id=None).exclude(id=except_for or 0)
    return [
        id_
        for id_, other, born in await rows.filter(name__iexact=name.strip()).values_list("id", "name", "birth_date")
        if fold(other) == fold(name.strip()) and (born is None or birth_date is None or born == birth_date)
    ]


async def _found(asked: ClientFilter) -> list[int]:
    within: dict[str, Any] = {"archived_at__isnull": not asked.archived}
    if asked.provider_id is not None:
        within["default_provider_id"] = asked.provider_id
    names: list[tuple[int, str]] = await Client.filter(**within).values_list("id", "name")
    folded = sorted((fold(name), id_) for id_, name in names)
    if not asked.text.strip():
        return [id_ for _, id_ in folded]
    words, others = fold(asked.text).split(), await _found_otherwise(asked.text.strip(), within)
    return [id_ for name, id_ in folded if id_ in others or all(word in name for word in words)]


async def _found_otherwise(text: str, within: dict[str, Any]) -> set[int]:
    rows = Client.filter(**within)
    if born := typed_date(text):
        return {id_ for (id_,) in await rows.filter(birth_date=born).values_list("id")}
    digits = digits_of(text)
    if len(digits) >= FEWEST_DIGITS and not re.search(r"[^\W\d_]", text):
        phones = await rows.values_list("id", "phone", "phone2")
        return {id_ for id_, *numbers in phones if any(digits in digits_of(number) for number in numbers)}
    if " " in text:
        return set()
    return {id_ for (id_,) in await rows.filter(email__icontains=text).values_list("id")}


async def _rows(ids: Sequence[int], *, today: date, now: datetime) -> list[ClientRow]:
    wanted = ("id", "name", "pronouns", "birth_date", "phone", "email", "merged_into_id", "archived_at",
              "default_provider__first_name", "default_provider__last_name")  # fmt: skip
    rows = {row["id"]: row for row in await Client.filter(id__in=list(ids)).values(*wanted)}
    insured, visits = await _payers_today(ids, today), await next_visits(ids, now=now)
    return [
        _row(rows[id_], payer_names=insured.get(id_, ()), next_visit_at=visits.get(id_)) for id_ in ids if id_ in rows
    ]


def _row(row: dict[str, Any], **more: Any) -> ClientRow:
    first, last = row.pop("default_provider__first_name"), row.pop("default_provider__last_name")
    archived = row.pop("archived_at") is not None
    return ClientRow(**row, provider_name=f"{first or ''} {last or ''}".strip(), archived=archived, **more)


async def _payers_today(ids: Sequence[int], today: date) -> dict[int, tuple[str, ...]]:
    names = dict(await Payer.all().values_list("id", "name"))
    covers = await covers_of(set(ids))
    return {
        client: tuple(
            names[cover.payer_id] for cover in listed if cover.rank == "primary" and in_force(cover, today)
        )
        for client, listed in covers.items()
    }


async def next_visits(ids: Sequence[int], *, now: datetime) -> dict[int, datetime]:
    """When each of these clients comes next, of appointments that are not canceled."""
    ahead = Attendance.filter(
        client_id__in=list(ids), status__in=["scheduled", "arrived"], appointment__ends_at__gt=now
    ).order_by("-appointment__starts_at")
    return dict(await ahead.values_list("client_id", "appointment__starts_at"))
