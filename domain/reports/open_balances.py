"""What is owed by age, by payer or by client, and the claims that payers have not settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.claims.life import State
from domain.reading.balances import AGES, age_days, age_of
from domain.reading.open_lines import Credit, OpenBooks, OpenLine
from domain.reports.table import Cell, Report, ReportColumn

MONEY = [ReportColumn(age, "money") for age in AGES]


def aging(books: OpenBooks, by: str, today: date) -> Report:
    """By payer or by client; what has paid nothing yet stands beside it, so that the last column is the ledger's balance."""
    open_: dict[Key, dict[str, int]] = {}
    unapplied: dict[Key, int] = {}
    for line in books.lines:
        open_.setdefault(_key(line, by), dict.fromkeys(AGES, 0))[age_of(line.since, today)] += line.cents
    for one in books.credits:
        unapplied[_key(one, by)] = unapplied.get(_key(one, by), 0) + one.cents
    rows: list[tuple[Cell, ...]] = []
    for key in sorted({*open_, *unapplied}):
        ages, credit = list(open_.get(key, dict.fromkeys(AGES, 0)).values()), unapplied.get(key, 0)
        rows.append((key[2], *ages, sum(ages), -credit, sum(ages) - credit))
    return Report(
        title=f"Aging by {by}", about="An insurer owes from the day of service, a client from the invoice, or from the day the amount became theirs.",
        columns=(ReportColumn(by.capitalize()), *MONEY, ReportColumn("Open", "money", folds=True),
                 ReportColumn("Not applied yet", "money", folds=True),
                 ReportColumn("Balance", "money")), rows=rows)


Key = tuple[str, int, str]  # what it sorts by, whose, the name


def _key(one: OpenLine | Credit, by: str) -> Key:
    """Clients together first, then payers; or each client, also two of one name."""
    if by == "client":
        name = one.client_name or one.payer_name
        return name.casefold(), one.client_id, name
    return (f"1{one.payer_name.casefold()}", one.payer_id, one.payer_name) if one.payer_id is not None else ("0", 0, "Clients")


def claims_outstanding(books: OpenBooks, today: date) -> Report:
    """Each claim with something open, the oldest day of service first."""
    claims: dict[tuple[int | None, str, int | None], list[OpenLine]] = {}
    for line in books.lines:
        if line.payer_id is not None and line.claim_id is not None:
            claims.setdefault((line.claim_id, line.payer_name, line.payer_id), []).append(line)
    rows = sorted((_claim(books, own, today) for own in claims.values()), key=lambda row: (str(row[0]), str(row[3])))
    return Report(
        title="Claims outstanding", about="What insurers were billed and have not settled.", rows=rows,
        columns=(ReportColumn("Day of service", "day"), ReportColumn("Age in days", "number", adds=False, folds=True), ReportColumn("Payer"),
                 ReportColumn("Client"), ReportColumn("Claim"), ReportColumn("Sent", "day", folds=True), ReportColumn("State"), ReportColumn("Open", "money")))


def _claim(books: OpenBooks, own: list[OpenLine], today: date) -> tuple[Cell, ...]:
    first = own[0]
    life = books.lives.get(first.claim_id or 0) if first.asked else None
    day = min(line.day for line in own)
    return (day, age_days(day, today), first.payer_name, first.client_name, first.claim_number, life.course.sent_on if life else None,
            state_words(life.state) if life else "Not billed yet", sum(line.cents for line in own))


def state_words(state: State) -> str:
    """As people say it."""
    return "To send" if state == "generated" else state.capitalize()


def chosen(books: OpenBooks, provider_id: int | None, payer_id: int | None) -> OpenBooks:
    """The part of one provider or payer; credit has no provider."""
    return OpenBooks(lines=list(_of(books.lines, provider_id, payer_id)), lives=books.lives, credits=[
        one for one in books.credits if provider_id is None and (payer_id is None or one.payer_id == payer_id)])


def _of(lines: Iterable[OpenLine], provider_id: int | None, payer_id: int | None) -> Iterable[OpenLine]:
    return (line for line in lines
            if (provider_id is None or line.provider_id == provider_id) and (payer_id is None or line.payer_id == payer_id))
