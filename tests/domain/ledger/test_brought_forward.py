"""Opening balances: by hand or by list, posted once, and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from tortoise.exceptions import IntegrityError

from domain.errors import FieldRefused, NotFound, Refused
from domain.importing.balance_list import balance_rows, is_balance_list, signed_cents
from domain.ledger.adjusting import undo_posting
from domain.ledger.brought_forward import BroughtForward, bring_all_forward, bring_forward, take_back
from domain.ledger.payments import ReceivedDraft, record_payment
from domain.merging import merge_clients
from domain.reading.account import client_account
from storage.models import Client, LedgerEntry, OpeningBalance, Payer
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_payer, a_policy

pytestmark = pytest.mark.usefixtures("practice_db")
ACT = {"by": OWNER, "now": NOW}
SEPTEMBER = date(2026, 9, 30)
LIST = b"""Client,Birth date,Insurance,As of,Balance
"Applewick, Rowan",,,9/30/2026,125.00
Rowan Applewick,,Bluebell Health,9/30/2026,$310.50
Fern Alder,,,9/30/2026,(20.00)
Nobody Known,,,9/30/2026,5.00
Fern Alder,,Unheard Of,9/30/2026,5.00
Fern Alder,,,9/30/2026,7.00
Fern Alder,,,,0.00
"""


async def balances(client: Client) -> tuple[int, int]:
    """The client's account, and with insurers."""
    account = await client_account(client.id, today=TODAY, seen_by=OWNER)
    return account.client_cents, account.total_cents


async def test_a_balance_is_brought_forward_once_and_ages_from_its_day() -> None:
    client, payer = await a_client(), await a_payer()
    await bring_forward(client.id, 12500, payer_id=None, as_of=SEPTEMBER, **ACT)
    await bring_forward(client.id, 31050, payer_id=payer.id, as_of=SEPTEMBER, **ACT)
    assert await balances(client) == (12500, 43550)
    account = await client_account(client.id, today=TODAY, seen_by=OWNER)
    assert [(item.what, item.open_cents, item.age_days) for item in account.open_items] == [
        ("Balance brought forward", 12500, 14), ("Balance brought forward", 31050, 14)]
    with pytest.raises(FieldRefused):
        await bring_forward(client.id, 100, payer_id=None, as_of=SEPTEMBER, **ACT)
    with pytest.raises(IntegrityError):
        await bring_all_forward([BroughtForward(client_id=client.id, as_of=SEPTEMBER, cents=100)], **ACT)
    assert await balances(client) == (12500, 43550)


async def test_a_credit_brought_forward_pays_like_any_money() -> None:
    client = await a_client()
    await bring_forward(client.id, -2000, payer_id=None, as_of=SEPTEMBER, **ACT)
    account = await client_account(client.id, today=TODAY, seen_by=OWNER)
    assert (account.client_cents, account.unapplied_cents) == (-2000, 2000)


async def test_what_is_taken_back_can_be_brought_forward_anew() -> None:
    client = await a_client()
    owed = await bring_forward(client.id, 12500, payer_id=None, as_of=SEPTEMBER, **ACT)
    await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, method="cash", cents=2500), **ACT)
    credit = await bring_forward(client.id, -500, payer_id=None, as_of=date(2026, 9, 29), **ACT)
    assert await take_back([owed, credit], reason="Wrong list", **ACT) == 2
    assert await take_back([owed, credit], reason="Wrong list", **ACT) == 0
    assert await balances(client) == (-2500, -2500)
    again = await bring_forward(client.id, 900, payer_id=None, as_of=SEPTEMBER, **ACT)
    await undo_posting((await OpeningBalance.get(id=again)).entry_id, reason="Typed wrong", **ACT)  # type: ignore[attr-defined]
    await bring_forward(client.id, 800, payer_id=None, as_of=SEPTEMBER, **ACT)
    assert await balances(client) == (-1700, -1700)
    with pytest.raises(FieldRefused):
        await take_back([again], reason=" ", **ACT)


@pytest.mark.parametrize(("cents", "as_of", "at"), [
    (0, SEPTEMBER, "cents"), (None, SEPTEMBER, "cents"), (500, None, "as_of"), (500, date(2026, 10, 15), "as_of"),
])
async def test_what_is_no_balance_is_refused_by_field(cents: int | None, as_of: date | None, at: str) -> None:
    client = await a_client()
    with pytest.raises(Refused) as refused:
        await bring_forward(client.id, cents, payer_id=None, as_of=as_of, **ACT)
    assert list(refused.value.fields) == [at]


async def test_of_a_list_with_someone_unknown_nothing_is_posted() -> None:
    client = await a_client()
    rows = [BroughtForward(client_id=client.id, as_of=SEPTEMBER, cents=100), BroughtForward(client_id=999, as_of=SEPTEMBER, cents=100)]
    with pytest.raises(NotFound):
        await bring_all_forward(rows, **ACT)
    assert await LedgerEntry.all().count() == 0


async def test_a_list_is_read_line_by_line() -> None:
    await a_client()
    await a_client("Fern Alder")
    payer = await a_payer()
    rows = await balance_rows(LIST, as_of=None, on=TODAY, seen_by=OWNER)
    assert [(row.line, row.state, row.account) for row in rows] == [
        (2, "ready", "Client"), (3, "ready", "Bluebell Health"), (4, "ready", "Client"), (5, "to_fix", ""), (6, "to_fix", "Unheard Of"),
        (7, "to_fix", "Client"), (8, "to_fix", "")]
    assert [row.balance.cents for row in rows if row.balance] == [12500, 31050, -2000]
    assert next(row.problem for row in rows if row.problem) == "No client is called Nobody Known."
    await bring_all_forward([row.balance for row in rows if row.balance], **ACT)
    again = await balance_rows(LIST, as_of=None, on=TODAY, seen_by=OWNER)
    assert [row.state for row in again[:3]] == ["there", "there", "there"]
    assert (await Payer.get()).id == payer.id


async def test_two_clients_of_one_name_are_told_apart_by_birth_date() -> None:
    await a_client()
    other = await a_client(birth_date=date(2001, 2, 3))
    text = b"Patient name,DOB,Amount due\nRowan Applewick,2/3/2001,10\nRowan Applewick,,10\n"
    rows = await balance_rows(text, as_of=SEPTEMBER, on=TODAY, seen_by=OWNER)
    assert [row.balance and row.balance.client_id for row in rows] == [other.id, None]
    assert rows[1].problem.startswith("2 clients are called Rowan Applewick.")


def test_a_list_of_balances_is_told_from_a_list_of_clients() -> None:
    assert is_balance_list(LIST)
    assert not is_balance_list(b"Client name,Birth date,Phone,Insurance,Member ID,Balance\nRowan,5/4/1991,555-0100,Bluebell,7,9\n")
    assert not is_balance_list(b"Name,Notes\nRowan,hello\n")
    assert not is_balance_list(b"%PDF-1.4")
    assert [signed_cents(text) for text in ("25", "-25.00", "($1,025.50)", "$-3", "−4")] == [2500, -2500, -102550, -300, -400]


async def test_merged_records_keep_one_note_of_a_day_and_all_of_the_money() -> None:
    kept, gone = await a_client(), await a_client("Rowan Apple")
    await a_policy(gone)
    for client, cents in ((kept, 1000), (gone, 500)):
        await bring_forward(client.id, cents, payer_id=None, as_of=SEPTEMBER, **ACT)
    await merge_clients(kept.id, gone.id, **ACT)
    assert await balances(kept) == (1500, 1500)
    assert await OpeningBalance.all().count() == 1
