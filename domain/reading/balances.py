"""Balances due: what clients and insurers owe, a document a row, filtered, grouped, with totals by age; a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from domain import access
from domain.access import SignedIn
from domain.reading.claim_life import ClaimLife
from domain.reading.open_lines import OpenBooks, OpenLine, credit_by_account, open_books

PAGE = 200
AGES = {"0–30": (0, 30), "31–60": (31, 60), "61–90": (61, 90), "90+": (91, 10**6)}  # days
Who = Literal["", "client", "insurer"]
GroupBy = Literal["", "payer", "client", "provider", "age"]
NO_PROVIDER = "No session"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceFilter:
    """Which amounts; `due` leaves out what nobody here need look at today."""

    due: bool = False
    who: Who = ""
    provider_id: int | None = None
    payer_id: int | None = None
    age: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRow:
    """What is open of one document (an invoice, a claim, or an amount without one) on one account."""

    key: str
    group: str
    lines: tuple[OpenLine, ...]
    life: ClaimLife | None  # of the claim that asks for it
    credit_cents: int  # on the same account, not applied yet
    today: date

    @property
    def first(self) -> OpenLine:
        """The oldest amount."""
        return self.lines[0]

    @property
    def cents(self) -> int:
        """What is open of it."""
        return sum(line.cents for line in self.lines)

    @property
    def since(self) -> date:
        """Since when the oldest of it is owed."""
        return min(line.since for line in self.lines)

    @property
    def age_days(self) -> int:
        """How long."""
        return age_days(self.since, self.today)

    @property
    def due_on(self) -> date | None:
        """From this day on somebody here should look at it; None for a claim that has time."""
        return min((line.due_on for line in self.lines if line.due_on is not None), default=None)

    @property
    def is_due(self) -> bool:
        """Whether that day has come."""
        return any(is_due(line, self.today) for line in self.lines)

    @property
    def document(self) -> str:
        """Invoice 2026-0003, the claim, or what the amount is for."""
        if self.first.payer_id is None and self.first.invoice_number:
            return f"Invoice {self.first.invoice_number}"
        if self.first.payer_id is not None and self.first.claim_number:
            return f"Claim {self.first.claim_number}" if self.first.asked else f"Not billed, after {self.first.claim_number}"
        return self.first.what


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading with what stands below it, also below the end of the page."""

    key: str
    name: str
    count: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancePage:
    """A page of rows in the order of their groups, and the totals of all that the filter finds."""

    rows: list[BalanceRow]
    groups: list[Group]
    count: int
    client_cents: int
    insurer_cents: int
    by_age: dict[str, int]  # whatever age is chosen
    due_count: int  # whatever is chosen
    all_count: int
    providers: dict[int, str] = field(default_factory=dict)
    payers: dict[int, str] = field(default_factory=dict)

    @property
    def cents(self) -> int:
        """Clients and insurers together."""
        return self.client_cents + self.insurer_cents


def is_due(line: OpenLine, today: date) -> bool:
    """Whether somebody here should look at an amount today."""
    return line.due_on is not None and line.due_on <= today


def age_days(since: date, today: date) -> int:
    """Never below zero: what is invoiced ahead is not owed yet."""
    return max((today - since).days, 0)


def age_of(since: date, today: date) -> str:
    """0–30, 31–60, 61–90 or 90+."""
    days = age_days(since, today)
    return next(words for words, (first, last) in AGES.items() if first <= days <= last)


async def balances_due(
    asked: BalanceFilter, *, group_by: GroupBy = "", today: date, seen_by: SignedIn, limit: int = PAGE, offset: int = 0
) -> BalancePage:
    """A page of what is open; as many queries however much there is, a few more for each five hundred claims."""
    await access.require(seen_by)
    return page_of(await open_books(today=today), asked, group_by=group_by, today=today, limit=limit, offset=offset)


def page_of(
    books: OpenBooks, asked: BalanceFilter, *, group_by: GroupBy, today: date, limit: int = PAGE, offset: int = 0
) -> BalancePage:
    """The page that a filter and a grouping make of what is open. Pure."""
    any_age = [line for line in books.lines if fits(line, replace(asked, age=""), today)]
    shown = [line for line in any_age if not asked.age or age_of(line.since, today) == asked.age]
    rows = rows_of(books, shown, GROUPS[group_by], today)
    return BalancePage(
        rows=rows[offset : offset + limit], groups=groups_of(rows) if group_by else [], count=len(rows),
        client_cents=sum(line.cents for line in shown if line.payer_id is None),
        insurer_cents=sum(line.cents for line in shown if line.payer_id is not None),
        by_age={age: sum(line.cents for line in any_age if age_of(line.since, today) == age) for age in AGES},
        due_count=len({document_of(line) for line in books.lines if is_due(line, today)}),
        all_count=len({document_of(line) for line in books.lines}),
        providers=named((line.provider_id, line.provider_name) for line in books.lines),
        payers=named((line.payer_id, line.payer_name) for line in books.lines))


def named(pairs: Iterable[tuple[int | None, str]]) -> dict[int, str]:
    """By id, in the order of their names."""
    known = {key: name for key, name in pairs if key is not None}
    return dict(sorted(known.items(), key=lambda pair: pair[1].casefold()))


def fits(line: OpenLine, asked: BalanceFilter, today: date) -> bool:
    """Whether a filter shows an amount."""
    return (
        (not asked.due or is_due(line, today))
        and (not asked.who or (asked.who == "client") == (line.payer_id is None))
        and (asked.provider_id is None or line.provider_id == asked.provider_id)
        and (asked.payer_id is None or line.payer_id == asked.payer_id)
        and (not asked.age or age_of(line.since, today) == asked.age)
        and (not asked.text or _holds(line, asked.text.strip().casefold()))
    )


def _holds(line: OpenLine, text: str) -> bool:
    return any(text in words.casefold() for words in (
        line.client_name, line.payer_name, line.invoice_number, line.claim_number, line.what))


def document_of(line: OpenLine) -> tuple[object, ...]:
    """What amounts stand on one row: the account with its invoice or claim, else the amount alone."""
    if line.payer_id is None and line.invoice_id:
        return line.client_id, None, "invoice", line.invoice_id
    if line.payer_id is not None and line.claim_id:
        return line.client_id, line.payer_id, "claim", line.claim_id
    return line.client_id, line.payer_id, "item", line.id


GROUPS: dict[GroupBy, Callable[[OpenLine, date], tuple[str, str]]] = {  # what it sorts by, what it is called
    "": lambda _line, _today: ("", ""),
    "payer": lambda line, _today: (f"{line.payer_id is not None:d}{line.payer_name.casefold()}", line.payer_name or "Clients"),
    "client": lambda line, _today: (f"{line.client_name.casefold()} {line.client_id}", line.client_name or "No client"),
    "provider": lambda line, _today: (f"{line.provider_id is None:d}{line.provider_name.casefold()}", line.provider_name or NO_PROVIDER),
    "age": lambda line, today: (f"{list(AGES).index(age_of(line.since, today))}", f"{age_of(line.since, today)} days"),
}


def rows_of(
    books: OpenBooks, lines: Sequence[OpenLine], group: Callable[[OpenLine, date], tuple[str, str]], today: date
) -> list[BalanceRow]:
    """A row a document within its group: groups by name, then what is due for longest."""
    together: dict[tuple[object, ...], list[OpenLine]] = {}
    for line in lines:
        together.setdefault((*group(line, today), *document_of(line)), []).append(line)
    credit = credit_by_account(books.credits)
    rows = [
        (key[0], BalanceRow(
            key="-".join(str(part) for part in key[2:]) + f"-{key[0]}", group=str(key[1]), lines=tuple(own), today=today,
            life=books.lives.get(own[0].claim_id or 0) if own[0].asked else None,
            credit_cents=credit.get((own[0].client_id, own[0].payer_id), 0)))
        for key, own in together.items()
    ]
    return [row for _, row in sorted(rows, key=lambda pair: (str(pair[0]), pair[1].due_on or date.max, pair[1].since, pair[1].key))]


def groups_of(rows: Sequence[BalanceRow]) -> list[Group]:
    """The headings in the order of the rows."""
    found: dict[str, list[BalanceRow]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return [Group(key=key, name=key, count=len(own), cents=sum(row.cents for row in own)) for key, own in found.items()]
