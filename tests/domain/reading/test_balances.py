"""What is due: by who, provider and age, with totals that equal the books."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.claim_files import mark_sent
from domain.ledger.adjusting import add_charge, move_to_client
from domain.ledger.brought_forward import BroughtForward, bring_all_forward
from domain.ledger.payments import ReceivedDraft, record_payment
from domain.reading.account import client_account
from domain.reading.balances import BalanceFilter, BalancePage, balances_due
from storage import open_items
from storage.models import Payer
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, TODAY, a_client, a_location, a_payer, a_provider, a_session
from tests.fixtures.payer_files import a_payment, an_answer, read
from tests.fixtures.queries import counted_queries
from ui.components.claim_state import state_html, words_of


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()


async def due(*, group_by="", today=TODAY, limit=200, offset=0, **asked) -> BalancePage:
    return await balances_due(BalanceFilter(**asked), group_by=group_by, today=today, seen_by=OWNER, limit=limit, offset=offset)


def told(page: BalancePage) -> list[tuple[str, str, int]]:
    return [(row.first.client_name, row.first.payer_name or "client", row.cents) for row in page.rows]


async def test_an_invoice_and_a_claim_stand_on_a_row_each_and_come_to_what_the_books_say() -> None:
    await make(await an_insured_session(await an_insured_client()))
    page = await due()
    assert sorted(told(page)) == [("Rowan Applewick", "Bluebell Health", 12500), ("Rowan Applewick", "client", 2500)]
    assert (page.client_cents, page.insurer_cents, page.cents) == (2500, 12500, sum((await open_items.sums()).values()))


async def test_an_insurers_age_runs_from_the_day_of_service_and_a_clients_from_the_day_it_became_theirs() -> None:
    seen = MONDAY_NINE - timedelta(days=45)
    client = await an_insured_client()
    [claim] = (await make(await an_insured_session(client, starts_at=seen))).claims
    assert {row.first.payer_name: row.age_days for row in (await due()).rows} == {"Bluebell Health": 47, "": 0}
    [item] = (await client_account(client.id, today=TODAY, seen_by=OWNER)).open_on((await Payer.get()).id)
    await move_to_client(item.account, {item.id: 5000}, reason="Deductible", by=OWNER, now=NOW)
    later = await due(today=TODAY + timedelta(days=31))
    assert later.by_age == {"0–30": 0, "31–60": 2500 + 5000, "61–90": 7500, "90+": 0}
    assert {row.document for row in later.rows} >= {f"Claim {row.first.claim_number}" for row in later.rows if row.first.claim_id == claim}


async def test_what_is_due_today_leaves_out_invoices_and_claims_that_have_time() -> None:
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    assert told(await due(due=True)) == [("Rowan Applewick", "Bluebell Health", 12500)], "it is to be sent"
    await mark_sent([claim], way="post", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)
    assert (await due(due=True)).rows == []
    assert (await due(due=True)).all_count == 2
    assert len((await due(due=True, today=TODAY + timedelta(days=30))).rows) == 2


async def test_a_denied_claim_is_red_with_the_payers_words_and_due() -> None:
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    await mark_sent([claim], way="post", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)
    await read(await a_payment(await an_answer(claim, paid="0", cas=("CO*197*150",), status="4"), cents="0"))
    [row] = (await due(due=True)).rows
    assert row.life is not None
    assert (row.life.state, row.life.reasons, row.cents) == ("denied", "CO-197", 15000)
    assert "is-bad" in state_html(row)
    assert "CO-197" in words_of(row)


async def test_each_filter_and_group_adds_up() -> None:
    await a_provider()
    other = await a_provider(first_name="Tansy", last_name="Mistlethwait", npi="1234567893")
    first = await an_insured_client()
    second = await an_insured_client("Alder Fiddlecrook", policy={"payer": await a_payer(name="Old Oak Mutual")})
    await make(await an_insured_session(first), await an_insured_session(second, provider=other),
               await a_session(await a_client("Clover Dandeworth"), provider=other))
    whole = await due()
    for group_by in ("payer", "client", "provider", "age"):
        page = await due(group_by=group_by)
        assert sum(group.cents for group in page.groups) == page.cents == whole.cents == 45000
        assert sum(group.count for group in page.groups) == page.count
        assert [row.group for row in page.rows] == [group.name for group in page.groups for _ in range(group.count)]
    assert [group.name for group in (await due(group_by="payer")).groups] == ["Clients", "Bluebell Health", "Old Oak Mutual"]
    assert (await due(provider_id=other.id)).cents == 30000
    assert (await due(who="client")).cents == 2500 + 2500 + 15000
    assert (await due(payer_id=next(key for key, name in whole.payers.items() if name == "Old Oak Mutual"))).cents == 12500
    assert [row.first.client_name for row in (await due(text="dande")).rows] == ["Clover Dandeworth"]
    assert sum([(await due(age=age)).cents for age in whole.by_age]) == whole.cents


async def test_an_invoice_of_two_providers_shows_each_providers_part() -> None:
    await a_provider()
    other = await a_provider(first_name="Tansy", last_name="Mistlethwait", npi="1234567893")
    client = await a_client()
    await make(await a_session(client), await a_session(client, provider=other, lines=[{"fee_cents": 9000}]))
    assert [row.cents for row in (await due()).rows] == [24000]
    assert [row.cents for row in (await due(provider_id=other.id)).rows] == [9000]
    assert sorted(group.cents for group in (await due(group_by="provider")).groups) == [9000, 15000]


async def test_money_that_has_paid_nothing_is_told_beside_what_is_open() -> None:
    client = await a_client()
    await make(await a_session(client))
    await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=4000, pays="nothing"), by=OWNER, now=NOW)
    [row] = (await due()).rows
    assert (row.cents, row.credit_cents) == (15000, 4000)


async def test_a_charge_by_hand_is_a_row_of_its_own_and_a_paid_one_is_none() -> None:
    client = await a_client()
    await add_charge(client.id, 2000, "Copy of records", on=date(2026, 10, 1), by=OWNER, now=NOW)
    [row] = (await due(due=True)).rows
    assert (row.document, row.age_days) == ("Copy of records", 13)
    await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=2000), by=OWNER, now=NOW)
    assert (await due()).rows == []


async def test_what_is_brought_forward_is_due_from_its_day_on_and_waits_for_no_claim() -> None:
    client, payer = await a_client(), await a_payer()
    await bring_all_forward([BroughtForward(client_id=client.id, payer_id=payer.id, as_of=date(2026, 6, 30), cents=12345)], by=OWNER, now=NOW)
    [row] = (await due(due=True)).rows
    assert (row.cents, row.age_days, row.document) == (12345, 106, "Balance brought forward")
    assert "Due since Jun 30" in state_html(row)


async def test_pages_hold_each_row_once() -> None:
    client = await a_client()
    for number in range(7):
        await add_charge(client.id, 1000 + number, f"Letter {number}", on=TODAY, by=OWNER, now=NOW)
    pages = [await due(limit=3, offset=offset, group_by="client") for offset in (0, 3, 6)]
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert len({row.key for page in pages for row in page.rows}) == 7
    assert {(page.count, page.cents, page.groups[0].count) for page in pages} == {(7, 7021, 7)}


@pytest.mark.sqlite
async def test_the_number_of_queries_does_not_grow(monkeypatch) -> None:
    async def asked_for() -> tuple[int, int]:
        with counted_queries(monkeypatch) as asked:
            await due()
        balances = len(asked)
        with counted_queries(monkeypatch) as asked:
            await client_account(client.id, today=TODAY, seen_by=OWNER)
        return balances, len(asked)

    client = await an_insured_client()
    await make(await an_insured_session(client))
    few = await asked_for()
    await make(*[await an_insured_session(client, starts_at=MONDAY_NINE - timedelta(days=7 * week)) for week in range(1, 12)])
    await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=4000), by=OWNER, now=NOW)
    assert few[0] <= 14
    assert few[1] <= 16
    assert await asked_for() == few


async def test_another_accounts_credit_is_not_told() -> None:
    client = await an_insured_client()
    await make(await an_insured_session(client))
    payer = (await Payer.get()).id
    await record_payment(ReceivedDraft(client_id=client.id, payer_id=payer, received_on=TODAY, cents=1000, pays="nothing"), by=OWNER, now=NOW)
    assert {row.first.payer_id: row.credit_cents for row in (await due()).rows} == {None: 0, payer: 1000}
