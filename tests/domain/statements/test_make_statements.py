"""Statements of accounts: whose amounts they are, since when, what stands apart, and that the books stay as they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain import jobs, statements
from domain.documents.account_records import StatementRecord, statement_from_json
from domain.errors import FieldRefused, NotFound, Refused
from domain.invoicing import as_one_pdf, as_zip
from domain.ledger.adjusting import add_charge, move_to_client
from domain.ledger.payments import ReceivedDraft, record_payment, refund, take_back_payment
from domain.merging import merge_clients
from domain.reading.account import client_account
from domain.reading.statements_made import press, presses, statements_of
from domain.statements.drawing import draw_missing
from storage.models import BillTo, Client, LedgerEntry, Statement
from storage.transactions import one_transaction
from tests.domain.documents.reading import text_of
from tests.domain.reading.test_to_invoice import counted_queries
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, bill_to, make, paid
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, TODAY, a_client, a_session

HOW = {"by": OWNER, "now": NOW}
SINCE = date(2026, 7, 16)


@pytest.fixture(autouse=True)
def _workplace(practice_db):
    a_workplace(practice_db)


async def made(client: Client | None = None, **but) -> list[StatementRecord]:
    """What the statements say, by name."""
    run = await statements.make_statements(client.id if client else None, **{"since": SINCE} | HOW | but)
    return [statement_from_json(text) for text in await Statement.filter(run_id=run).order_by("id").values_list("record", flat=True)]


async def pay(client: Client, cents: int, **but) -> int:
    return await record_payment(ReceivedDraft(**{"client_id": client.id, "received_on": TODAY, "cents": cents} | but), **HOW)


async def test_an_invoiced_session_is_open_since_its_invoice_not_since_the_visit():
    client = await a_client()
    await make(await a_session(client), on=date(2026, 10, 13))
    [record] = await made(client)
    [line] = record.sections[0].owed
    assert (line.day, line.since, line.what, line.document, line.open_cents) == (
        date(2026, 10, 12), date(2026, 10, 13), "90837", "Invoice 2026-0001", 15000)
    assert (record.bill_to.name, record.bill_to.lines) == ("Rowan Applewick", ("12 Imaginary Lane", "Albany, NY 12203"))
    assert record.due_cents == 15000


async def test_what_is_with_the_insurer_stands_apart_until_it_becomes_the_clients():
    client = await an_insured_client()
    await make(await an_insured_session(client, starts_at=MONDAY_NINE - timedelta(days=49)), on=TODAY - timedelta(days=40))
    [record] = await made(client)
    assert (record.due_cents, [(one.name, one.cents) for one in record.sections[0].waiting]) == (2500, [("Bluebell Health", 12500)])
    account = await client_account(client.id, today=TODAY, seen_by=OWNER)
    [theirs] = [item for item in account.open_items if item.account.payer_id]
    await move_to_client(theirs.account, {theirs.id: 10000}, reason="Deductible", **HOW)
    [record] = await made(client)
    assert (record.due_cents, record.sections[0].waiting[0].cents) == (12500, 2500)
    assert {(line.since, line.open_cents) for line in record.sections[0].owed} == {(TODAY - timedelta(days=40), 2500), (TODAY, 10000)}
    assert record.by_age == (10000, 2500, 0, 0)


async def test_payments_refunds_credit_and_money_held_for_visits_each_stand_in_their_place():
    client = await a_client()
    await make(await a_session(client))
    await paid(await a_session(client), 4000)
    await statements_follow(client)
    await pay(client, 20000, method="check", reference="1044")
    gone = await pay(client, 700)
    await take_back_payment(gone, reason="Bounced", **HOW)
    await refund(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=1000), **HOW)
    [record] = await made(client)
    [section] = record.sections
    assert [(one.method, one.reference, one.cents) for one in section.payments] == [
        ("Card", "", 4000), ("Check", "1044", 20000), ("Check", "", -1000)]
    assert (section.owed, section.credit_cents, section.held_cents, record.due_cents) == ((), 4000, 4000, -4000)


async def statements_follow(client: Client) -> None:
    """Money shown by sessions enters the books, as saving a session does."""
    from domain.ledger.at_session import follow_sessions
    from storage.models import ClientSession

    await follow_sessions(list(await ClientSession.filter(client=client).values_list("id", flat=True)), **HOW)


async def test_two_persons_get_their_own_invoices_and_their_shares_of_the_rest():
    client = await a_client()
    await bill_to(client, ("Ada Payer", 60), ("Ben Payer", 40))
    await make(await a_session(client))
    await add_charge(client.id, 1001, "Copy of records", on=TODAY, **HOW)
    ada, ben = await made(client)
    assert (ada.bill_to.name, ada.due_cents, ben.bill_to.name, ben.due_cents) == ("Ada Payer", 9601, "Ben Payer", 6400)
    await pay(client, 9500)
    ada, ben = await made(client)
    assert ada.due_cents + ben.due_cents == (await client_account(client.id, today=TODAY, seen_by=OWNER)).client_cents
    assert [one.cents for record in (ada, ben) for one in record.sections[0].payments] == [9000, 500]


async def test_an_invoice_stays_its_persons_when_somebody_else_pays_now():
    client = await a_client()
    await bill_to(client, ("Ada Payer", 100))
    await make(await a_session(client))
    await BillTo.filter(client=client).delete()
    await bill_to(client, ("Zoe New", 100), street="9 Other Road")
    await add_charge(client.id, 1000, "Copy of records", on=TODAY, **HOW)
    ada, zoe = await made(client)
    assert (ada.bill_to.name, ada.due_cents, zoe.bill_to.name, zoe.due_cents) == ("Ada Payer", 15000, "Zoe New", 1000)


async def test_a_new_surname_at_the_same_address_is_the_same_person():
    client = await a_client()
    await make(await a_session(client))
    await Client.filter(id=client.id).update(name="Rowan Newname")
    [record] = await made(client)
    assert (record.bill_to.name, record.due_cents) == ("Rowan Newname", 15000)


async def test_a_batch_is_for_those_who_owe_and_one_sheet_a_parent():
    for name in ("Mia Brook", "Leo Brook"):
        child = await a_client(name)
        await bill_to(child, ("Ada Payer", 100))
        await make(await a_session(child))
    owes_nothing, only_insured = await a_client("Paid Up"), await an_insured_client("With Insurer", policy={"copay_cents": 0})
    await make(await a_session(owes_nothing), await an_insured_session(only_insured))
    await pay(owes_nothing, 15000)
    [record] = await made()
    assert [(part.client_name, part.open_cents) for part in record.sections] == [("Leo Brook", 15000), ("Mia Brook", 15000)]
    assert record.due_cents == 30000


async def test_statements_post_nothing_and_change_no_balance():
    client = await a_client()
    await make(await a_session(client))
    before = await LedgerEntry.all().count()
    await made(client)
    await made()
    assert await LedgerEntry.all().count() == before


async def test_they_are_drawn_kept_and_opened_as_one_pdf_and_as_a_zip():
    for name in ("Alder Fiddlecrook", "Bryony Moss"):
        await make(await a_session(await a_client(name)))
    run = await statements.make_statements(None, since=SINCE, message="Thank you", **HOW)
    assert [one.drawn for one in (await press(run, seen_by=OWNER)).statements] == [False, False]
    assert await draw_missing(jobs.workplace(), run) == 0
    found = await press(run, seen_by=OWNER)
    assert [(one.name, one.due_cents, one.drawn) for one in found.statements] == [
        ("Alder Fiddlecrook", 15000, True), ("Bryony Moss", 15000, True)]
    papers = await statements.pile_of_statements(run, seen_by=OWNER)
    assert "Amount due $150.00" in text_of(papers[0].content)
    assert text_of(await as_one_pdf(papers)).count("Page 1 of 1") == 2
    assert (await as_zip(papers)).count(b"Statement 2026-10-14 Alder Fiddlecrook") == 2
    [one] = await statements_of((await Client.get(name="Bryony Moss")).id, seen_by=OWNER)
    assert (await statements.stored_statement(one.id, seen_by=OWNER)).content == papers[1].content
    assert [one.id for one in await presses(seen_by=OWNER, text="bryony")] == [run]
    assert await presses(seen_by=OWNER, text="nobody") == []


async def test_a_statement_opened_before_its_turn_is_drawn_then():
    client = await a_client()
    await make(await a_session(client))
    await statements.make_statements(client.id, since=SINCE, **HOW)
    [one] = await statements_of(client.id, seen_by=OWNER)
    assert "Rowan Applewick" in text_of((await statements.stored_statement(one.id, seen_by=OWNER)).content)


async def test_drawing_is_taken_up_again_at_a_start():
    client = await a_client()
    await make(await a_session(client))
    run = await statements.make_statements(client.id, since=SINCE, **HOW)
    statements.take_up_drawing()
    await jobs.finished("draw all statements")
    assert [one.drawn for one in (await press(run, seen_by=OWNER)).statements] == [True]


async def test_letters_without_a_font_are_told_before_anything_is_kept():
    client = await a_client("漢字")
    await make_without_checks(client)
    told = await statements.foreseen(None, since=SINCE, on=TODAY, seen_by=OWNER)
    assert (told.due, [one.reason for one in told.not_made]) == ((), [
        "No font here has 字 漢, written in the statement for 漢字. Change it, or add a font file in Practice."])
    with pytest.raises(FieldRefused):
        await made(client)
    assert await Statement.all().count() == 0


async def make_without_checks(client: Client) -> None:
    """A charge by hand needs no printable name."""
    await add_charge(client.id, 1000, "Letter", on=TODAY, **HOW)


async def test_one_that_cannot_be_printed_holds_up_no_other_and_no_address_is_foreseen():
    await make_without_checks(await a_client("漢字"))
    await make_without_checks(await a_client("Alder Fiddlecrook", street="", city="", state="", zip=""))
    told = await statements.foreseen(None, since=SINCE, on=TODAY, seen_by=OWNER)
    assert (told.due, told.no_address, told.due_cents) == ((("Alder Fiddlecrook", 1000),), ("Alder Fiddlecrook",), 1000)
    run = await statements.make_statements(None, since=SINCE, **HOW)
    found = await press(run, seen_by=OWNER)
    assert [(one.name, one.has_address) for one in found.statements] == [("Alder Fiddlecrook", False)]
    assert [one.name for one in found.not_made] == ["漢字"]


async def test_an_empty_account_and_a_day_ahead_are_refused_in_a_sentence():
    client = await a_client()
    with pytest.raises(statements.NothingToState):
        await made(client)
    with pytest.raises(statements.NobodyOwes):
        await made()
    for wrong in ({"since": None}, {"since": TODAY + timedelta(days=1)}, {"message": "x" * 1001}):
        with pytest.raises(Refused):
            await made(client, **wrong)
    with pytest.raises(NotFound):
        await press(4711, seen_by=OWNER)


async def test_merged_records_keep_their_statements():
    keep, other = await a_client("Rowan Applewick"), await a_client("Rowan Aplewick")
    for client in (keep, other):
        await make_without_checks(client)
        await statements.make_statements(client.id, since=SINCE, **HOW)
    await statements.make_statements(None, since=SINCE, **HOW)
    await merge_clients(keep.id, other.id, **HOW)
    assert len(await statements_of(keep.id, seen_by=OWNER)) == 4


@pytest.mark.sqlite
async def test_the_number_of_queries_does_not_grow_with_the_clients(monkeypatch):
    async def asked_for() -> int:
        with counted_queries(monkeypatch) as asked:
            await statements.foreseen(None, since=SINCE, on=TODAY, seen_by=OWNER)
        return len(asked)

    async def more(names: range) -> None:
        clients = [await an_insured_client(f"Client {name}") for name in names]
        await make(*[await an_insured_session(client) for client in clients])
        for client in clients:
            await pay(client, 1000)

    await more(range(2))
    few = await asked_for()
    await more(range(2, 20))
    assert await asked_for() == few <= 24


async def test_an_account_nobody_asked_for_is_not_read():
    one, other = await a_client("Alder Fiddlecrook"), await a_client("Bryony Moss")
    for client in (one, other):
        await make_without_checks(client)
    [record] = await made(one)
    assert [part.client_name for part in record.sections] == ["Alder Fiddlecrook"]


async def test_who_is_signed_out_sees_and_makes_nothing():
    from domain.errors import NotSignedIn
    from storage.models import SignIn

    async with one_transaction():
        await SignIn.filter(id=OWNER.sign_in_id).update(ended_at=NOW)
    with pytest.raises(NotSignedIn):
        await made()
    with pytest.raises(NotSignedIn):
        await presses(seen_by=OWNER)
