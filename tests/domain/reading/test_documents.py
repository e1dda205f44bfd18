"""Invoices and claims made, as read: by press, by number or name, void or not, with the sessions they stand on."""

from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.invoicing import void_claim
from domain.reading.documents import DocumentFilter, batch, batches, document, sessions_on, unfinished
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, bill_to, drawn, make
from tests.fixtures.builders import NOW, OWNER, a_client, a_session

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _workplace(practice_db):
    a_workplace(practice_db)


async def two_presses():
    """A form with its share's invoice, then a parent's invoice a day later."""
    insured = await an_insured_session(await an_insured_client())
    child = await a_client("Hazel Brook")
    await bill_to(child, ("Ada Payer", 100))
    return await make(insured), await make(await a_session(child), now=LATER)


async def found(**asked):
    return [[one.number for one in press.documents] for press in await batches(DocumentFilter(**asked), seen_by=OWNER)]


async def test_presses_are_listed_latest_first_with_forms_before_invoices():
    first, second = await two_presses()
    listed = await batches(DocumentFilter(), seen_by=OWNER)
    assert [press.id for press in listed] == [second.batch_id, first.batch_id]
    assert [(one.kind, one.number, one.payer_name) for one in listed[1].documents] == [
        ("claim", "C202600001", "Bluebell Health"), ("invoice", "2026-0001", "")]
    assert (listed[1].made_by, listed[1].total_cents) == ("Ada Fernwhistle", 17500)


@pytest.mark.parametrize(("text", "numbers"), [
    ("0002", [["2026-0002"]]), ("hazel", [["2026-0002"]]), ("Ada Payer", [["2026-0002"]]),
    ("applewick", [["C202600001", "2026-0001"]]), ("C2026", [["C202600001"]]), ("nobody", [])])
async def test_a_document_is_found_by_number_client_or_bill_to_person(text, numbers):
    await two_presses()
    assert await found(text=text) == numbers


async def test_kinds_days_and_void_ones_narrow_the_list():
    first, _ = await two_presses()
    assert await found(kind="claim") == [["C202600001"]]
    assert await found(start=LATER) == [["2026-0002"]]
    assert await found(end=LATER) == [["C202600001", "2026-0001"]]
    assert await found(void=True) == []
    await void_claim(first.claims[0], reason="Wrong fee", by=OWNER, now=LATER)
    assert await found(void=True) == [["C202600001", "2026-0001"]]
    assert await found(void=True, text="2026-0001") == [["2026-0001"]]


async def test_a_void_document_says_when_by_whom_and_why_and_counts_no_more():
    first, _ = await two_presses()
    await void_claim(first.claims[0], reason="Wrong fee", by=OWNER, now=LATER)
    one = await document("claim", first.claims[0], seen_by=OWNER)
    assert (one.voided_at, one.voided_by, one.void_reason) == (LATER, "Ada Fernwhistle", "Wrong fee")
    press = await batch(first.batch_id, seen_by=OWNER)
    assert (len(press.documents), press.live, press.total_cents) == (2, [], 0)


async def test_a_document_knows_the_sessions_it_stands_on_also_when_void():
    first, _ = await two_presses()
    await void_claim(first.claims[0], reason="Wrong fee", by=OWNER, now=LATER)
    for kind, key in (("claim", first.claims[0]), ("invoice", first.invoices[0])):
        assert [(one.id, one.client_name) for one in await sessions_on(kind, key, seen_by=OWNER)] == [
            (first.sessions[0], "Rowan Applewick")]


async def test_what_is_not_there_is_told():
    for asking in (document("claim", 4711, seen_by=OWNER), batch(4711, seen_by=OWNER)):
        with pytest.raises(NotFound):
            await asking


async def test_a_batch_is_unfinished_until_it_is_drawn():
    first, second = await two_presses()
    await drawn(first)
    assert await unfinished(seen_by=OWNER) == [second.batch_id]
    assert all(one.drawn for one in (await batch(first.batch_id, seen_by=OWNER)).documents)
