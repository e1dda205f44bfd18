"""Void: what hangs together goes together, sessions are ready again, numbers stay used, and why is on record."""

import asyncio

import pytest

from domain.errors import FieldRefused
from domain.invoicing import (
    AlreadyVoid,
    bound_to_batch,
    bound_to_claim,
    bound_to_invoice,
    void_batch,
    void_claim,
    void_invoice,
)
from storage.changes import listen
from storage.models import AuditEntry, Batch, Claim, ClientSession, Invoice, InvoiceLine
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, bill_to, make
from tests.fixtures.builders import NOW, OWNER, a_client, a_session

WHY = {"reason": "Wrong fee", "by": OWNER, "now": NOW}


@pytest.fixture(autouse=True)
def _workplace(practice_db):
    a_workplace(practice_db)


async def test_a_void_invoice_makes_its_sessions_ready_and_its_number_stays_used():
    session = await a_session()
    made = await make(session)
    await void_invoice(made.invoices[0], **WHY)
    assert (await ClientSession.get()).status == "ready"
    again = await make(session)
    assert len(again.invoices) == 1
    assert await Invoice.all().order_by("number").values_list("number", flat=True) == ["2026-0001", "2026-0002"]
    kept = await Invoice.get(number="2026-0001")
    assert (kept.voided_at, kept.voided_by_id, kept.void_reason) == (NOW, OWNER.staff_id, "Wrong fee")


async def test_a_form_and_the_invoice_of_its_share_are_void_together():
    made = await make(await an_insured_session(await an_insured_client()))
    told = await bound_to_claim(made.claims[0], seen_by=OWNER)
    assert (told.invoices, told.claims) == (frozenset(made.invoices), frozenset(made.claims))
    assert told == await bound_to_invoice(made.invoices[0], seen_by=OWNER) == await bound_to_batch(
        made.batch_id, seen_by=OWNER)
    assert await void_claim(made.claims[0], **WHY) == told
    assert (await Invoice.get()).voided_at == (await Claim.get()).voided_at == NOW
    assert (await Batch.get()).voided_at == NOW


async def test_both_parents_invoices_are_void_together_and_a_strangers_is_not():
    client = await a_client()
    await bill_to(client, ("Ada Applewick", 50), ("Ben Applewick", 50))
    await make(await a_session(client), await a_session(await a_client("Alder Fiddlecrook")))
    first = await Invoice.get(bill_to_name="Ada Applewick")
    await void_invoice(first.id, **WHY)
    assert await Invoice.filter(voided_at=None).values_list("bill_to_name", flat=True) == ["Alder Fiddlecrook"]
    assert (await Batch.get()).voided_at is None


async def test_a_whole_batch_is_void_at_once():
    made = await make(await a_session(), await a_session(await a_client("Alder Fiddlecrook")))
    await void_batch(made.batch_id, **WHY)
    assert await Invoice.filter(voided_at=None).count() == 0
    assert await InvoiceLine.filter(live=True).count() == 0
    assert set(await ClientSession.all().values_list("status", flat=True)) == {"ready"}
    with pytest.raises(AlreadyVoid):
        await void_batch(made.batch_id, **WHY)


async def test_it_is_void_once_when_two_press_at_once():
    made = await make(await a_session())
    ended = await asyncio.gather(*(void_invoice(made.invoices[0], **WHY) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["AlreadyVoid", "Bound"]
    assert await AuditEntry.filter(act="voided an invoice", subject="invoice").count() == 1


async def test_without_a_reason_nothing_is_void():
    made = await make(await a_session())
    with pytest.raises(FieldRefused) as refused:
        await void_invoice(made.invoices[0], reason="  ", by=OWNER, now=NOW)
    assert refused.value.at == "reason"
    assert (await Invoice.get()).voided_at is None


async def test_who_voided_and_why_is_on_record_and_everyone_is_told():
    made = await make(await an_insured_session(await an_insured_client()))
    heard = []
    stop = listen(heard.append)
    try:
        await void_claim(made.claims[0], **WHY)
    finally:
        stop()
    assert {subject: set(ids) for subject, ids in heard[0].items()} == {
        "invoice": set(made.invoices), "claim": set(made.claims), "session": set(made.sessions), "batch": {made.batch_id},
        "account": {1}, "payer_account": {1}}
    entry = await AuditEntry.get(act="voided a claim", subject="claim")
    assert (entry.by_id, entry.reason, entry.subject_ids) == (OWNER.staff_id, "Wrong fee", str(made.claims[0]))
