"""Receipts, a year's summary and a superbill's paid column, from the books as they stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain import statements
from domain.errors import FieldRefused, NotFound
from domain.invoicing import superbill
from domain.ledger.adjusting import add_charge
from domain.ledger.brought_forward import bring_forward
from domain.ledger.payments import ReceivedDraft, record_payment, refund, take_back_payment
from domain.statements.receipts import CameForward
from storage.models import Client, Payment
from tests.domain.documents.reading import text_of
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, bill_to, make, paid
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, TODAY, a_client, a_session

HOW = {"by": OWNER, "now": NOW}
LAST_YEAR = date(2025, 12, 30)


@pytest.fixture(autouse=True)
def _workplace(practice_db):
    a_workplace(practice_db)


async def pay(client: Client, cents: int, **but) -> int:
    return await record_payment(ReceivedDraft(**{"client_id": client.id, "received_on": TODAY, "cents": cents} | but), **HOW)


async def receipt(payment: int) -> str:
    return text_of((await statements.receipt(payment, seen_by=OWNER, on=TODAY)).content)


async def year(client: Client, of: int = 2026, **but) -> str:
    return text_of((await statements.year_summary(client.id, of, seen_by=OWNER, on=TODAY, **but)).content)


async def test_a_receipt_shows_what_the_payment_paid_and_what_is_left():
    client = await a_client()
    await make(await a_session(client))
    text = await receipt(await pay(client, 20000, method="check", reference="7781"))
    assert "Received from Rowan Applewick 12 Imaginary Lane" in text
    assert "Check 7781 Date For Document Paid Oct 12, 2026 90837 Invoice 2026-0001 $150.00 Not applied yet $50.00 Received $200.00" in text


async def test_a_refund_has_one_too_and_what_was_taken_back_or_is_an_insurers_has_none():
    client = await an_insured_client()
    money = await pay(client, 5000)
    text = await receipt(await refund(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=2000), **HOW))
    assert "Given back to Rowan Applewick" in text
    assert "Given back $20.00" in text
    gone = await pay(client, 100)
    await take_back_payment(gone, reason="Bounced", **HOW)
    with pytest.raises(statements.TakenBack):
        await receipt(gone)
    payer = (await Client.get(id=client.id).prefetch_related("policies")).policies[0].payer_id
    insurers = await record_payment(ReceivedDraft(client_id=client.id, payer_id=payer, received_on=TODAY, cents=100), **HOW)
    with pytest.raises(statements.InsurersMoney):
        await receipt(insurers)
    with pytest.raises(NotFound):
        await receipt(4711)
    assert "$50.00" in await receipt(money)


async def test_a_receipt_is_made_out_to_whose_invoice_it_paid():
    client = await a_client()
    await bill_to(client, ("Ada Payer", 30), ("Ben Payer", 70))
    await make(await a_session(client))
    from domain.reading.account import client_account
    from storage.models import Invoice

    ben = (await Invoice.get(bill_to_name="Ben Payer")).id
    [item] = [one for one in (await client_account(client.id, today=TODAY, seen_by=OWNER)).open_items if one.invoice_id == ben]
    assert "Received from Ben Payer" in await receipt(await pay(client, 10500, pays="by_hand", parts={item.id: 10500}))


async def test_a_year_holds_what_was_paid_in_it_whenever_the_service_was():
    client = await a_client()
    await make(await a_session(client, starts_at=MONDAY_NINE - timedelta(days=300)), await a_session(client))
    await pay(client, 15000, received_on=LAST_YEAR)
    await pay(client, 4000)
    last, this = await year(client, 2025), await year(client)
    assert "Dec 30, 2025 Dec 16, 2025 Imogen Larkspur, LCSW 90837 $150.00 Paid in 2025 $150.00" in last
    assert "Oct 14, 2026 Oct 12, 2026 Imogen Larkspur, LCSW 90837 $40.00 Paid in 2026 $40.00" in this
    assert "Imogen Larkspur, LCSW · NPI 1245319599" in this
    assert "EIN 12-3456789 · NPI 1234567893" in this
    assert await statements.years_of(client.id, seen_by=OWNER) == [2026, 2025]


async def test_insurers_money_and_what_was_taken_back_are_not_in_it_and_credit_and_refunds_stand_apart():
    client = await an_insured_client()
    session = await an_insured_session(client)
    await paid(session, 2500)
    await make(session)
    payer = (await Client.get(id=client.id).prefetch_related("policies")).policies[0].payer_id
    await record_payment(ReceivedDraft(client_id=client.id, payer_id=payer, received_on=TODAY, cents=12500), **HOW)
    await take_back_payment(await pay(client, 900), reason="Bounced", **HOW)
    await pay(client, 1000)
    await refund(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=400), **HOW)
    assert "For services $25.00 Credit, less refunds $6.00 Paid in 2026 $31.00" in await year(client)


async def test_a_credit_brought_forward_was_received_elsewhere():
    client = await a_client()
    await bring_forward(client.id, -5000, payer_id=None, as_of=TODAY, **HOW)
    [credit] = await Payment.all()
    with pytest.raises(CameForward):
        await statements.receipt(credit.id, seen_by=OWNER, on=TODAY)
    assert await statements.years_of(client.id, seen_by=OWNER) == []
    await pay(client, 1000)
    assert "Paid in 2026 $10.00" in await year(client)


async def test_each_who_pays_may_have_their_own_and_together_they_come_to_all():
    client = await a_client()
    await bill_to(client, ("Ada Payer", 60), ("Ben Payer", 40))
    await make(await a_session(client))
    await pay(client, 12000)
    assert await statements.payers_in_year(client.id, 2026, seen_by=OWNER) == ["Ada Payer", "Ben Payer"]
    assert "To Rowan Applewick 12 Imaginary Lane" in await year(client)
    assert "Paid in 2026 $90.00" in await year(client, person=0)
    ben = await year(client, person=1)
    assert "To Ben Payer" in ben
    assert "Paid in 2026 $30.00" in ben
    with pytest.raises(NotFound):
        await year(client, person=2)


@pytest.mark.parametrize("of", [2024, 0, 9999, -5])
async def test_a_year_without_payments_has_a_sentence(of):
    client = await a_client()
    await pay(client, 100)
    with pytest.raises(statements.NothingPaid):
        await year(client, of)


async def test_letters_without_a_font_are_told_instead_of_printed_blank():
    client = await a_client("漢字")
    await add_charge(client.id, 1000, "Letter", on=TODAY, **HOW)
    payment = await pay(client, 1000)
    for asked in (receipt(payment), year(client)):
        with pytest.raises(FieldRefused) as refused:
            await asked
        assert "No font here has 字 漢" in refused.value.told()


async def superbill_text(session) -> str:
    first, last = TODAY - timedelta(days=30), TODAY
    return text_of((await superbill(session.client_id, session.provider_id, first, last, seen_by=OWNER, on=TODAY)).content)


async def test_a_superbill_says_what_was_paid_since_also_after_the_session():
    client = await a_client()
    session = await a_session(client, lines=[{}, {"code": "90785", "fee_cents": 5000}])
    await paid(session, 4000)
    assert "Paid by the client $40.00" in await superbill_text(session)
    await make(session)
    await pay(client, 12000)
    text = await superbill_text(session)
    assert "Charged $200.00 Paid by the client $160.00" in text
    assert "$150.00 $150.00" in text
    assert "$50.00 $10.00" in text
    await take_back_payment((await Payment.all().order_by("-id").first()).id, reason="Bounced", **HOW)
    assert "Paid by the client $40.00" in await superbill_text(session)
