"""What the books refuse: rows changed or deleted, and parts of a remittance taken back alone."""

from __future__ import annotations

import pytest
from tortoise.exceptions import IntegrityError

from domain.invoicing import void_claim
from domain.ledger.adjusting import move_to_client, undo_posting
from domain.ledger.by_insurer import PostedByInsurer
from domain.ledger.charging import InsurerPaid
from domain.ledger.entries import Account
from domain.ledger.opening import open_books
from domain.ledger.payments import ReceivedDraft, record_payment, take_back_payment, unapply
from domain.merging import merge_clients
from domain.payer_files import undo_remittance
from domain.reading.account import client_account
from storage import open_items
from storage.models import Claim, LedgerEntry, Payment, Practice, RemittancePayment
from storage.transactions import one_transaction
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make, paid
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_location, a_session
from tests.fixtures.payer_files import a_payment, an_answer, read

WHO = {"by": OWNER, "now": NOW}


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()


async def a_paid_claim() -> Claim:
    """$150.00, $25.00 expected of the client; $80.00 paid, $40.00 written off, $30.00 left to the client."""
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80"))
    return await Claim.get(id=claim)


async def test_rows_of_the_books_are_neither_changed_nor_deleted_unless_they_are_the_demos() -> None:
    client = await a_client()
    await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=1000), **WHO)
    for model in (LedgerEntry, Payment):
        with pytest.raises(IntegrityError, match="is only added to"):
            async with one_transaction():
                await model.all().delete()
        with pytest.raises(IntegrityError, match="is only added to"):
            async with one_transaction():
                await model.all().update(cents=1)
    assert (await open_items.sums())[client.id, None] == -1000
    await Practice.filter(id=1).update(is_demo=True)
    async with one_transaction():
        await LedgerEntry.all().delete()
    assert await LedgerEntry.all().count() == 0


async def test_what_a_remittance_posted_is_taken_back_only_as_a_whole() -> None:
    await a_paid_claim()
    before = await LedgerEntry.all().count()
    for entry in await LedgerEntry.filter(kind__in=["adjustment", "transfer"]):
        with pytest.raises(PostedByInsurer) as refusal:
            await undo_posting(entry.id, reason="Mistake", **WHO)
        assert refusal.value.told().startswith("BLUEBELL HEALTH's payment T1 posted this.")
    money = await Payment.get(party="insurer")
    for refused in (take_back_payment(money.id, reason="Mistake", **WHO), unapply(money.id, **WHO)):
        with pytest.raises(PostedByInsurer):
            await refused
    assert await LedgerEntry.all().count() == before


async def test_the_statement_leads_to_the_remittance_instead_of_offering_to_undo_its_parts() -> None:
    claim = await a_paid_claim()
    [remittance] = await RemittancePayment.all()
    for payer in (None, claim.payer_id):
        seen = await client_account(claim.client_id, payer_id=payer, today=TODAY, seen_by=OWNER)
        told = [line for line in seen.lines if line.kind in {"moved", "write_off"}]
        assert [(line.undo, line.remittance_id) for line in told] == [("", remittance.id)] * len(told) != []
    await undo_remittance(remittance.id, reason="Stopped check", **WHO)
    seen = await client_account(claim.client_id, today=TODAY, seen_by=OWNER)
    assert {line.remittance_id for line in seen.lines} == {None}


async def test_what_a_person_moved_after_a_denial_is_still_undone_by_hand() -> None:
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    await read(await a_payment(await an_answer(claim, paid="0", cas=("CO*197*150",), status="4"), cents="0"))
    row = await Claim.get(id=claim)
    denied = {item["id"]: item["open_cents"] for item in await open_items.open_items(payer_id=[row.payer_id])}
    [made, *_] = await move_to_client(Account(row.client_id, row.payer_id), denied, reason="Agreed", **WHO)
    await undo_posting(made, reason="Not agreed", **WHO)
    assert (await open_items.sums())[row.client_id, row.payer_id] == 15000


async def test_a_claim_that_an_insurer_paid_on_is_not_voided_before_that_is_taken_back() -> None:
    claim = await a_paid_claim()
    with pytest.raises(InsurerPaid) as refusal:
        await void_claim(claim.id, reason="Mistake", **WHO)
    assert refusal.value.told().startswith("Bluebell Health paid on")
    await undo_remittance((await RemittancePayment.get()).id, reason="Mistake", **WHO)
    await void_claim(claim.id, reason="Mistake", **WHO)
    assert set((await open_items.sums()).values()) == {0}


async def test_sessions_invoiced_before_there_were_books_enter_them_once() -> None:
    session = await an_insured_session(await an_insured_client())
    await paid(session, 1000)
    await make(session, await a_session(await a_client("Hazel Brook")))
    whole = await open_items.sums()
    await Practice.filter(id=1).update(is_demo=True)  # the books may be emptied then
    async with one_transaction():
        await LedgerEntry.all().delete()
        await Payment.all().delete()
    await Practice.filter(id=1).update(is_demo=False)
    assert await open_books(**WHO) == 2
    assert await open_items.sums() == whole
    count = await LedgerEntry.all().count()
    assert await open_books(**WHO) == 0
    assert await LedgerEntry.all().count() == count


async def test_the_books_of_two_records_of_one_person_become_one_account() -> None:
    claim = await a_paid_claim()
    keep = await a_client("R. Applewick")
    await record_payment(ReceivedDraft(client_id=keep.id, received_on=TODAY, cents=1000), **WHO)
    before = await open_items.sums()
    await merge_clients(keep.id, claim.client_id, **WHO)
    after = await open_items.sums()
    assert after[keep.id, None] == before[claim.client_id, None] - 1000
    assert {client for client, _ in after} <= {keep.id, None}
    assert sum(after.values()) == sum(before.values())
    await undo_remittance((await RemittancePayment.get()).id, reason="Stopped check", **WHO)
    assert (await open_items.sums())[keep.id, claim.payer_id] == 12500
