"""Reports: what they come to is what the books say, to the cent; files hold numbers, and no cell that would be run."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from domain import reports
from domain.ledger.adjusting import add_charge, undo_posting, write_off
from domain.ledger.brought_forward import BroughtForward, bring_all_forward
from domain.ledger.entries import Account
from domain.ledger.payments import ReceivedDraft, record_payment, refund, take_back_payment
from domain.reading.account import client_account
from domain.reports import Report, ReportFilter
from storage import open_items
from storage.models import Client, LedgerEntry, Payer
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, TODAY, a_client, a_location, a_provider, a_session
from tests.fixtures.payer_files import a_payment, an_answer, read
from tests.fixtures.queries import counted_queries


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()
    await a_provider()


async def report(kind, today=TODAY, **asked) -> Report:
    return await reports.report(ReportFilter(kind=kind, **asked), today=today, seen_by=OWNER)


def total(found: Report) -> dict[str, Any]:
    return {column.label: cell for column, cell in zip(found.columns, found.totals, strict=True) if column.kind == "money"}


async def a_busy_practice() -> None:
    """Invoices, claims, a remittance, payments applied and not, a refund, a write-off, a charge by hand, things taken back."""
    other = await a_provider(first_name="Tansy", last_name="Mistlethwait", npi="1234567893")
    insured, private = await an_insured_client(), await a_client("Clover Dandeworth")
    [claim] = (await make(await an_insured_session(insured))).claims
    await make(await an_insured_session(insured, starts_at=MONDAY_NINE - timedelta(days=75), provider=other),
               await a_session(private, starts_at=MONDAY_NINE - timedelta(days=40), lines=[{"code": "90834", "fee_cents": 11111}, {"code": "90785", "fee_cents": 333}]))
    await read(await a_payment(await an_answer(claim, paid="80.55", cas=("PR*1*30", "CO*45*39.45")), cents="80.55"))
    await record_payment(ReceivedDraft(client_id=private.id, received_on=date(2026, 9, 30), cents=5001), by=OWNER, now=NOW)
    await record_payment(ReceivedDraft(client_id=insured.id, received_on=TODAY, cents=9999, pays="nothing"), by=OWNER, now=NOW)
    await refund(ReceivedDraft(client_id=insured.id, received_on=TODAY, cents=1999), by=OWNER, now=NOW)
    wrong = await record_payment(ReceivedDraft(client_id=private.id, received_on=date(2026, 8, 3), cents=777), by=OWNER, now=NOW)
    await take_back_payment(wrong, reason="Another client's", by=OWNER, now=NOW)
    await add_charge(private.id, 2000, "Copy of records", on=date(2026, 10, 2), by=OWNER, now=NOW)
    mistaken = await add_charge(private.id, 4000, "Letter", on=date(2026, 7, 2), by=OWNER, now=NOW)
    await undo_posting(mistaken, reason="Not asked for", by=OWNER, now=NOW)
    item = (await client_account(private.id, today=TODAY, seen_by=OWNER)).open_on(None)[0]
    await write_off(Account(private.id), {item.id: 42}, reason="Courtesy", by=OWNER, now=NOW)
    await bring_all_forward([
        BroughtForward(client_id=private.id, payer_id=None, as_of=date(2026, 6, 30), cents=12345),
        BroughtForward(client_id=insured.id, payer_id=None, as_of=date(2026, 6, 30), cents=-1234)], by=OWNER, now=NOW)


async def the_books() -> int:
    return sum((await open_items.sums()).values())


async def test_aging_comes_to_the_balance_of_the_books_by_payer_and_by_client() -> None:
    await a_busy_practice()
    for by in ("payer", "client"):
        found = await report("aging", by=by)
        assert total(found)["Balance"] == await the_books()
        assert sum(cell for cell in found.totals[1:5] if isinstance(cell, int)) == total(found)["Open"]
    by_account = {(client, payer): cents for (client, payer), cents in (await open_items.sums()).items()}
    of_clients = {row[0]: row[-1] for row in (await report("aging", by="client")).rows}
    for name, balance in of_clients.items():
        key = (await Client.get(name=name)).id
        assert balance == sum(cents for (client, _), cents in by_account.items() if client == key)
    assert [row[0] for row in (await report("aging", by="payer")).rows] == ["Clients", "Bluebell Health"]


async def test_charged_less_written_off_less_received_is_the_balance_however_it_is_split() -> None:
    await a_busy_practice()
    for by in ("month", "provider", "code"):
        sums = total(await report("income", by=by))
        assert sums["Charged"] - sums["Written off"] - sums["Received"] == await the_books()
        assert sums["Received"] == 8055 + 5001 + 9999 - 1999
        assert sums["Written off"] == 3945 + 42


async def test_income_of_a_month_is_what_came_in_it_and_what_was_taken_back_left_no_trace() -> None:
    await a_busy_practice()
    received = {row[0]: row[3] for row in (await report("income", by="month")).rows}
    assert received["2026-09"] == 5001
    assert received.get("2026-08", 0) == 0
    charged = {row[0]: row[1] for row in (await report("income", by="month")).rows}
    assert charged == {"2026-06": 12345 - 1234, "2026-07": 15000, "2026-09": 11444, "2026-10": 15000 + 2000}
    by_code = {(row[0], row[1]): row[4] for row in (await report("income", by="code")).rows}
    assert by_code["2026-10", "90837"] == 8055
    assert by_code["2026-10", "Not applied yet"] == 9999 - 1999


async def test_a_deposit_lists_each_payment_on_its_day_and_equals_the_income_of_these_days() -> None:
    await a_busy_practice()
    found = await report("deposit", start=date(2026, 10, 1), end=date(2026, 10, 31))
    assert [(row[0].isoformat(), row[1], row[4]) for row in found.rows] == [
        ("2026-10-13", "Bluebell Health", 8055), ("2026-10-14", "Rowan Applewick", 9999), ("2026-10-14", "Rowan Applewick, refund", -1999)]
    assert total(found)["Amount"] == total(await report("income", by="month", start=date(2026, 10, 1), end=date(2026, 10, 31)))["Received"]
    everything = total(await report("deposit"))["Amount"]
    rows = await LedgerEntry.filter(kind="payment").values_list("cents", "payment__note")
    back = await LedgerEntry.filter(kind="reversal", reverses__kind="payment").values_list("cents", flat=True)
    assert everything == -sum(cents for cents, note in rows if "brought forward" not in note) - sum(back)
    assert {row[2] for row in (await report("deposit", by="check")).rows} == {"Check"}


async def test_sessions_not_yet_billed_stand_on_their_day_in_the_practices_zone() -> None:
    late = MONDAY_NINE.replace(hour=3) + timedelta(days=1)  # Monday 11 PM in New York, Tuesday in UTC
    session = await a_session(await a_client(), starts_at=late, lines=[{"units": 2}, {"code": "90785", "fee_cents": 1050}])
    found = await report("not-billed", start=date(2026, 10, 12), end=date(2026, 10, 12))
    assert [(row[0], row[3], row[5]) for row in found.rows] == [(session.day, "90837, 90785", 31050)]
    await make(session)
    assert (await report("not-billed")).rows == []


async def test_claims_outstanding_say_how_each_stands() -> None:
    await a_busy_practice()
    found = await report("claims")
    assert [(row[2], row[3], row[6], row[7]) for row in found.rows] == [("Bluebell Health", "Rowan Applewick", "To send", 12500)]
    assert total(found)["Open"] == total(await report("aging", payer_id=(await Payer.get()).id))["Open"]


async def test_a_workbook_holds_exact_numbers_and_names_that_are_not_run() -> None:
    client = await a_client('=HYPERLINK("http://example.com","Rowan")')
    await make(await a_session(client, lines=[{"fee_cents": 1234567}]))
    found = await report("aging", by="client")
    sheet = load_workbook(io.BytesIO(reports.as_xlsx(found))).active
    name, amount = sheet["A2"], sheet["B2"]
    assert (name.data_type, name.value) == ("s", '=HYPERLINK("http://example.com","Rowan")')
    assert (amount.data_type, amount.value, amount.number_format) == ("n", 12345.67, "#,##0.00")
    assert [cell.value for cell in sheet[3]][:2] == ["Total", 12345.67]


async def test_a_csv_holds_text_as_text_and_money_with_two_decimals() -> None:
    for name in ("=1+1", "+44", "-2", "@SUM(A1)", 'Zoë, the "first"'):
        await make(await a_session(await a_client(name), lines=[{"fee_cents": 100005}]))
    lines = list(csv.reader(io.StringIO(reports.as_csv(await report("aging", by="client")).decode("utf-8-sig"))))
    assert {line[0] for line in lines[1:-1]} == {"'=1+1", "'+44", "'-2", "'@SUM(A1)", 'Zoë, the "first"'}
    assert lines[1][1] == "1000.05"
    assert lines[-1][:2] == ["Total", "5000.25"]


@pytest.mark.sqlite
async def test_the_number_of_queries_does_not_grow_with_the_books(monkeypatch) -> None:
    async def asked_for() -> dict[str, int]:
        counts = {}
        for kind in reports.KINDS:
            with counted_queries(monkeypatch) as asked:
                await report(kind)
            counts[kind] = len(asked)
        return counts

    client = await an_insured_client()
    await make(await an_insured_session(client))
    few = await asked_for()
    await make(*[await an_insured_session(client, starts_at=MONDAY_NINE - timedelta(days=7 * week)) for week in range(1, 10)])
    assert max(few.values()) <= 14
    assert await asked_for() == few
