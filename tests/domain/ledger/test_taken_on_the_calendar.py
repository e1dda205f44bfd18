"""Money taken on the calendar is held for its visit, shown at its session, and pays that session once it is invoiced."""

from __future__ import annotations

import pytest

from domain.client_sessions import keep_session, remove_sessions
from domain.errors import FieldRefused, Refused
from domain.invoicing import void_invoice
from domain.ledger.at_visit import take_at_visit
from domain.ledger.entries import Account
from domain.ledger.payments import AlreadyPosted, ReceivedDraft, apply_unapplied, take_back_payment
from domain.merging import merge_clients
from domain.reading.account import client_account
from domain.reading.sessions import draft_of
from domain.scheduling import delete, set_status
from domain.sending import send_to_billing
from storage.models import Attendance, Client, ClientSession, Invoice, Payment, SessionPayment
from tests.fixtures.billing import a_workplace, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session, an_attendance

ACT = {"by": OWNER, "now": NOW}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def taken(visit: Attendance, cents: int = 4000, **but: object) -> int:
    """A card payment of today at a visit."""
    draft = ReceivedDraft(client_id=0, received_on=TODAY, method="card", cents=cents, **but)
    return await take_at_visit(visit.id, draft, **ACT)


async def seen() -> tuple[int, int, int]:
    """The client's balance, unapplied money and held money."""
    account = await client_account((await Client.all().order_by("id").first()).id, today=TODAY, seen_by=OWNER)
    return account.client_cents, account.unapplied_cents, account.held_cents


async def test_it_is_held_then_shown_at_the_session_then_pays_it() -> None:
    visit = await an_attendance()
    await taken(visit)
    assert await seen() == (-4000, 0, 4000)
    sent = await send_to_billing([visit.id], **ACT)
    assert [row.cents for row in await SessionPayment.all()] == [4000]
    assert await seen() == (-4000, 0, 4000)
    await make(await ClientSession.get(id=sent.session_ids[0]))
    invoice = await Invoice.get()
    assert (invoice.total_cents, invoice.paid_cents) == (15000, 4000)
    assert await seen() == (11000, 0, 0)
    assert await Payment.all().count() == 1


async def test_other_charges_of_the_client_do_not_use_it_up() -> None:
    client = await a_client()
    await make(await a_session(client))
    await taken(await an_attendance(client=client))
    assert await apply_unapplied(Account(client.id), **ACT) == 0


async def test_a_payment_at_a_sent_visit_is_the_session_s_and_editing_the_session_keeps_it_once() -> None:
    visit = await an_attendance()
    sent = await send_to_billing([visit.id], **ACT)
    await taken(visit)
    draft = await draft_of(sent.session_ids[0], seen_by=OWNER)
    assert [payment.cents for payment in draft.payments] == [4000]
    await keep_session(draft, **ACT)
    assert (await Payment.all().count(), await seen()) == (1, (-4000, 0, 4000))
    draft = await draft_of(sent.session_ids[0], seen_by=OWNER)
    draft.payments.clear()
    await keep_session(draft, **ACT)
    assert await seen() == (0, 0, 0)


async def test_a_payment_at_an_invoiced_visit_pays_what_that_visit_still_owes() -> None:
    visit = await an_attendance()
    await make(await a_session(await Client.get(), starts_at=NOW))
    sent = await send_to_billing([visit.id], **ACT)
    await make(await ClientSession.get(id=sent.session_ids[0]))
    await taken(visit, 20000)
    account = await client_account((await Client.get()).id, today=TODAY, seen_by=OWNER)
    assert [item.open_cents for item in account.open_items] == [15000]
    assert account.unapplied_cents == 5000


async def test_a_removed_session_gives_the_money_back_to_its_visit_and_another_send_shows_it_again() -> None:
    visit = await an_attendance()
    await taken(visit)
    sent = await send_to_billing([visit.id], **ACT)
    await remove_sessions(sent.session_ids, reason="wrong code", **ACT)
    assert await seen() == (-4000, 0, 4000)
    again = await send_to_billing([visit.id], **ACT)
    await make(await ClientSession.get(id=again.session_ids[0]))
    assert (await seen(), await Payment.all().count()) == ((11000, 0, 0), 1)


async def test_a_void_invoice_leaves_the_money_with_the_session_until_it_is_invoiced_again() -> None:
    visit = await an_attendance()
    await taken(visit)
    sent = await send_to_billing([visit.id], **ACT)
    session = await ClientSession.get(id=sent.session_ids[0])
    await make(session)
    await void_invoice((await Invoice.get()).id, reason="wrong address", **ACT)
    assert await seen() == (-4000, 0, 4000)
    await make(session)
    assert (await seen(), await Payment.all().count()) == ((11000, 0, 0), 1)


async def test_taken_back_it_is_gone_from_visit_and_session() -> None:
    visit = await an_attendance()
    payment = await taken(visit)
    await send_to_billing([visit.id], **ACT)
    await take_back_payment(payment, reason="Wrong client", **ACT)
    assert (await seen(), await SessionPayment.all().count()) == ((0, 0, 0), 0)


async def test_a_canceled_or_deleted_visit_lets_go_of_the_money() -> None:
    client = await a_client()
    first, second = [await an_attendance(client=client) for _ in range(2)]
    await taken(first)
    await taken(second, 500)
    assert await seen() == (-4500, 0, 4500)
    await set_status("canceled", attendances=[first.id], **ACT)
    assert await seen() == (-4500, 4000, 500)
    await delete(second.appointment_id, **ACT)
    assert await seen() == (-4500, 4500, 0)


async def test_what_a_canceled_visit_let_go_and_something_else_took_is_not_shown_when_the_visit_is_sent_after_all() -> None:
    client = await a_client()
    visit = await an_attendance(client=client)
    await taken(visit)
    await set_status("canceled", attendances=[visit.id], **ACT)
    await make(await a_session(client))
    assert await apply_unapplied(Account(client.id), **ACT) == 4000
    await set_status("completed", attendances=[visit.id], **ACT)
    await send_to_billing([visit.id], **ACT)
    assert await SessionPayment.all().count() == 0


async def test_a_second_tap_posts_nothing_and_nobody_is_paid_for_who_only_comes_along() -> None:
    visit = await an_attendance()
    await taken(visit, once="tap")
    with pytest.raises(AlreadyPosted):
        await taken(visit, once="tap")
    with pytest.raises(Refused):
        await taken(visit, 0)
    await Attendance.filter(id=visit.id).update(participant=True)
    with pytest.raises(FieldRefused):
        await taken(visit)
    assert await Payment.all().count() == 1


async def test_merged_records_keep_what_is_held_for_their_visits() -> None:
    kept, gone = await a_client(), await a_client("Rowan Apple")
    visit = await an_attendance(client=gone)
    await taken(visit)
    await merge_clients(kept.id, gone.id, **ACT)
    assert await seen() == (-4000, 0, 4000)
    await send_to_billing([visit.id], **ACT)
    assert [row.cents for row in await SessionPayment.all()] == [4000]
