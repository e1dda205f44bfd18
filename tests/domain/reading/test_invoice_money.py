"""Whether an invoice is paid, from the books: open, part paid, paid, settled; and open again once a payment is taken back."""

import pytest

from domain.ledger.adjusting import write_off
from domain.ledger.entries import Account
from domain.ledger.payments import ReceivedDraft, record_payment, take_back_payment
from domain.reading.account import client_account
from domain.reading.documents import DocumentFilter, batches, document
from domain.reading.one_client import one_client
from tests.domain.reading.test_to_invoice import counted_queries
from tests.fixtures.billing import a_workplace, make, paid
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session

HOW = {"by": OWNER, "now": NOW}


@pytest.fixture(autouse=True)
def _workplace(practice_db):
    a_workplace(practice_db)


async def an_invoice(**money):
    """Of $150.00; `at_session` is what was paid then."""
    client = await a_client()
    session = await a_session(client)
    if money:
        await paid(session, money["at_session"])
    return client, (await make(session)).invoices[0]


async def pay(client, cents):
    return await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=cents), **HOW)


async def state(invoice):
    money = (await document("invoice", invoice, seen_by=OWNER)).money
    return money.state, money.paid_cents, money.changed_cents, money.open_cents


async def test_an_invoice_is_open_then_part_paid_then_paid_and_open_again_when_that_is_taken_back():
    client, invoice = await an_invoice()
    assert await state(invoice) == ("open", 0, 0, 15000)
    first = await pay(client, 10000)
    assert await state(invoice) == ("part paid", 10000, 0, 5000)
    second = await pay(client, 7000)
    assert await state(invoice) == ("paid", 15000, 0, 0)
    for payment in (second, first):
        await take_back_payment(payment, reason="Bounced", **HOW)
    assert await state(invoice) == ("open", 0, 0, 15000)


async def test_what_was_paid_at_the_session_counts_and_what_is_written_off_is_settled():
    client, invoice = await an_invoice(at_session=9000)
    assert await state(invoice) == ("part paid", 9000, 0, 6000)
    [item] = (await client_account(client.id, today=TODAY, seen_by=OWNER)).open_items
    await write_off(Account(client.id), {item.id: 6000}, reason="Courtesy", **HOW)
    assert await state(invoice) == ("settled", 9000, 6000, 0)


async def test_the_clients_page_says_the_same():
    client, _ = await an_invoice(at_session=15000)
    [row] = (await one_client(client.id, today=TODAY, now=NOW, seen_by=OWNER)).documents
    assert row.money.state == "paid"


@pytest.mark.sqlite
async def test_the_number_of_queries_does_not_grow_with_the_invoices(monkeypatch):
    async def asked_for():
        with counted_queries(monkeypatch) as asked:
            await batches(DocumentFilter(), seen_by=OWNER)
        return len(asked)

    await make(await a_session())
    few = await asked_for()
    await make(*[await a_session(await a_client(f"More {number}")) for number in range(20)])
    assert await asked_for() == few <= 9
