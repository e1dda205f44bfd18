"""A list of opening balances (CSV): whose account, how much is open, as of which day; each line checked by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain import access
from domain.access import SignedIn
from domain.importing.chosen_file import NotAClientList
from domain.importing.client_table import ClientTable, read_client_list
from domain.importing.client_values import Misread, birth_date, cents, policy_date
from domain.importing.names import Words, in_order, normalized, spellings
from domain.ledger.brought_forward import BroughtForward, standing
from storage.models import Client, Payer

# What the columns of such a list are called, in lower case; the first that fits a header names it.
NAMED: dict[str, tuple[str, ...]] = {
    "born": ("birth", "dob"),
    "as_of": ("as of", "date", "day"),
    "payer": ("insur", "payer", "plan", "carrier"),
    "cents": ("balance", "amount", "open", "owes", "owed", "due"),
    "client": ("client", "patient", "name"),
}
OF_A_CLIENT_LIST = ("address", "street", "zip", "phone", "mail", "member", "subscriber", "diagnos", "gender", "sex")
State = Literal["ready", "there", "to_fix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRow:
    """A line of the list with what becomes of it; `problem` says why it is left out."""

    line: int
    client_name: str
    account: str
    state: State
    balance: BroughtForward | None = None
    problem: str = ""


def columns_of(headers: Iterable[str]) -> dict[str, int]:
    """Where each value stands; a client and an amount are needed, else it is no list of balances."""
    found: dict[str, int] = {}
    listed = [header.casefold() for header in headers]
    if any(word in header for header in listed for word in OF_A_CLIENT_LIST):
        return {}
    for place, header in enumerate(listed):
        name = next((name for name, words in NAMED.items() if any(word in header for word in words)), "")
        if name:
            found.setdefault(name, place)
    return found if {"client", "cents"} <= found.keys() else {}


def is_balance_list(raw: bytes) -> bool:
    """Whether a chosen file is one, by its columns."""
    try:
        return bool(columns_of(read_client_list(raw).headers))
    except NotAClientList:
        return False


def signed_cents(text: str) -> int:
    """An amount that may be a credit: -25.00 or (25.00)."""
    bare = text.strip()
    credit = re.fullmatch(r"\((.+)\)|[-−](.+)|(\$)[-−](.+)", bare)
    amount = cents((credit[1] or credit[2] or credit[4]).strip() if credit else bare)
    return -amount if credit else amount


class Known:
    """Clients by every way of writing their names, and payers by name."""

    def __init__(self, clients: Iterable[tuple[int, str, date | None]], payers: Mapping[int, str]) -> None:
        self.names, self.born = dict[int, str](), dict[int, date | None]()
        self.by_name: dict[Words, set[int]] = {}
        for key, name, born in clients:
            self.names[key], self.born[key] = name, born
            for words in spellings(name).full:
                self.by_name.setdefault(words, set()).add(key)
        self.payers = {normalized(name): (key, name) for key, name in payers.items()}

    def client(self, name: str, born: date | None) -> int:
        """The one of this name, and birth date where the list has it. Raises Misread."""
        found = self.by_name.get(in_order(name), set())
        if born is not None and len(found) > 1:
            found = {key for key in found if self.born[key] in {born, None}}
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Misread(f"{len(found)} clients are called {name}. Add a column with birth dates, or type this one by hand.")
        raise Misread(f"No client is called {name}." if name else "This line has no client.")

    def payer(self, name: str) -> tuple[int, str] | None:
        """The insurer of this name; None for the client's own account. Raises Misread."""
        if normalized(name) in {"", "client", "patient", "self", "self pay", "none"}:
            return None
        if (found := self.payers.get(normalized(name))) is None:
            raise Misread(f"No payer is called {name}. Add it under Payers first, or correct the name.")
        return found


async def balance_rows(raw: bytes, *, as_of: date | None, on: date, seen_by: SignedIn) -> list[BalanceRow]:
    """Every line of the list, with what would be brought forward. Raises NotAClientList."""
    await access.require(seen_by)
    table = read_client_list(raw)
    clients = await Client.filter(merged_into=None).values_list("id", "name", "birth_date")
    known = Known(clients, dict(await Payer.all().values_list("id", "name")))
    rows = _rows(table, known, as_of, on)
    there = await standing([row.balance for row in rows if row.balance])
    return [_once(row, there) for row in _each_once(rows)]


def _rows(table: ClientTable, known: Known, as_of: date | None, on: date) -> list[BalanceRow]:
    columns, found = columns_of(table.headers), []
    for row in table.rows:
        told = {name: row.cells[place] for name, place in columns.items()}
        try:
            found.append(_row(row.line, told, known, as_of, on))
        except Misread as refused:
            found.append(BalanceRow(line=row.line, client_name=told["client"], account=told.get("payer", ""), state="to_fix",
                                    problem=str(refused)))
    wide = [BalanceRow(line=one.line, client_name="", account="", state="to_fix", problem=one.sentence) for one in table.problems]
    return sorted(found + wide, key=lambda one: one.line)


def _row(line: int, told: Mapping[str, str], known: Known, as_of: date | None, on: date) -> BalanceRow:
    client = known.client(told["client"], birth_date(told["born"], on=on) if told.get("born") else None)
    payer = known.payer(told.get("payer", ""))
    day = policy_date(told["as_of"], on=on) if told.get("as_of") else as_of
    if day is None:
        raise Misread("This line has no day. Type the day of these balances above.")
    if day > on:
        raise Misread("This day is still ahead.")
    if not (amount := signed_cents(told["cents"] or "0")):
        raise Misread("Nothing is open here.")
    balance = BroughtForward(client_id=client, payer_id=payer[0] if payer else None, as_of=day, cents=amount)
    return BalanceRow(line=line, client_name=known.names[client], account=payer[1] if payer else "Client", state="ready",
                      balance=balance)


def _each_once(rows: Iterable[BalanceRow]) -> list[BalanceRow]:
    """Of two lines for one account and day the second is to fix: they may be a double, or parts of one sum."""
    first: dict[object, int] = {}
    found = []
    for row in rows:
        if row.balance and (line := first.setdefault(row.balance.key, row.line)) != row.line:
            found.append(_wrong(row, f"This account and day stand on line {line} already. Write one line with the sum."))
        else:
            found.append(row)
    return found


def _once(row: BalanceRow, there: Mapping[tuple[int, int | None, date], int]) -> BalanceRow:
    if row.balance is None or row.balance.key not in there:
        return row
    if there[row.balance.key] == row.balance.cents:
        return BalanceRow(line=row.line, client_name=row.client_name, account=row.account, state="there", balance=row.balance)
    return _wrong(row, "Another amount is brought forward of this day already. Take that back first.")


def _wrong(row: BalanceRow, problem: str) -> BalanceRow:
    return BalanceRow(line=row.line, client_name=row.client_name, account=row.account, state="to_fix", problem=problem)
