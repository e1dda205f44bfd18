"""Client sessions: kept with validation, told when someone else was faster, held, removed with who and why."""

from datetime import timedelta

import pytest

from domain.client_sessions import LineDraft, PaymentDraft, SessionDraft, hold, keep_session, release, remove_sessions
from domain.errors import AlreadyInvoiced, ChangedMeanwhile, FieldRefused, MoneyTaken, NotFound, Refused
from domain.reading import sessions as reading
from domain.reading.sessions import SessionFilter
from storage.models import AuditEntry, ChargeLine, ClientSession, SessionPayment
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    TODAY,
    a_billing_code,
    a_client,
    a_payer,
    a_policy,
    a_provider,
    a_session,
)

pytestmark = pytest.mark.usefixtures("practice_db")


async def a_draft(**but) -> SessionDraft:
    usual = {"client_id": (await a_client()).id, "provider_id": (await a_provider()).id, "starts_at": MONDAY_NINE,
             "ends_at": MONDAY_NINE + timedelta(minutes=50), "lines": [LineDraft("90837", "Therapy", 1, "", 15000)]}
    return SessionDraft(**usual | but)


async def test_a_session_made_by_hand_is_kept_with_lines_and_payments():
    draft = await a_draft(payments=[PaymentDraft(TODAY, "card", 2500)])
    number = await keep_session(draft, by=OWNER, now=NOW)
    kept = await reading.draft_of(number, seen_by=OWNER)
    assert [(line.code, line.fee_cents) for line in kept.lines] == [("90837", 15000)]
    assert [(paid.method, paid.cents) for paid in kept.payments] == [("card", 2500)]


@pytest.mark.parametrize(("change", "field"), [
    ({"client_id": None}, "client_id"),
    ({"ends_at": MONDAY_NINE}, "ends_at"),
    ({"lines": []}, "lines"),
    ({"lines": [LineDraft("90837", "", 0, "", 100)]}, "lines.0.units"),
    ({"lines": [LineDraft("90837", "", 1, "955", 100)]}, "lines.0.modifiers"),
    ({"lines": [LineDraft("90837", "", 1, "", 100, "AZ")]}, "lines.0.pointers"),
    ({"lines": [LineDraft("", "", 1, "", 100)]}, "lines.0.code"),
    ({"lines": [LineDraft("90837")] * 7}, "lines"),
    ({"place_of_service": "1"}, "place_of_service"),
    ({"payments": [PaymentDraft(TODAY, "card", 0)]}, "payments.0.cents"),
])
async def test_what_cannot_be_billed_is_refused_beside_its_field(change, field):
    with pytest.raises(Refused) as refused:
        await keep_session(await a_draft(**change), by=OWNER, now=NOW)
    assert field in refused.value.fields
    assert await ClientSession.all().count() == 0


async def test_the_second_of_two_edits_is_told_and_loses_nothing():
    number = await keep_session(await a_draft(), by=OWNER, now=NOW)
    mine, theirs = [await reading.draft_of(number, seen_by=OWNER) for _ in range(2)]
    theirs.note = "theirs"
    await keep_session(theirs, by=OWNER, now=NOW)
    mine.note = "mine"
    with pytest.raises(ChangedMeanwhile):
        await keep_session(mine, by=OWNER, now=NOW)
    assert (await reading.draft_of(number, seen_by=OWNER)).note == "theirs"


async def test_editing_replaces_lines_in_order():
    number = await keep_session(await a_draft(), by=OWNER, now=NOW)
    draft = await reading.draft_of(number, seen_by=OWNER)
    draft.lines = [LineDraft("90832", "", 1, "", 9000), LineDraft("90785", "", 1, "", 2500)]
    await keep_session(draft, by=OWNER, now=NOW)
    assert await ChargeLine.filter(session_id=number).order_by("position").values_list("code", flat=True) == ["90832", "90785"]


async def test_a_session_keeps_its_fee_when_the_master_changes():
    code = await a_billing_code()
    session = await a_session(lines=[{"billing_code": code, "fee_cents": 15000}])
    await type(code).filter(id=code.id).update(fee_cents=99900)
    assert (await reading.draft_of(session.id, seen_by=OWNER)).lines[0].fee_cents == 15000


async def test_an_invoiced_session_can_be_neither_edited_nor_removed():
    session = await a_session(status="invoiced")
    draft = await reading.draft_of(session.id, seen_by=OWNER)
    with pytest.raises(AlreadyInvoiced):
        await keep_session(draft, by=OWNER, now=NOW)
    with pytest.raises(AlreadyInvoiced):
        await remove_sessions([session.id], reason="double", by=OWNER, now=NOW)


async def test_a_session_is_not_removed_without_a_reason():
    session = await a_session()
    with pytest.raises(FieldRefused) as refused:
        await remove_sessions([session.id], reason=" ", by=OWNER, now=NOW)
    assert (refused.value.at, await ClientSession.filter(undone_at=None).count()) == ("reason", 1)


async def test_money_taken_at_a_session_is_taken_back_before_the_session_goes():
    """Else the visit sent anew would ask for it a second time."""
    session = await a_session()
    draft = await reading.draft_of(session.id, seen_by=OWNER)
    draft.payments = [PaymentDraft(received_on=NOW.date(), method="card", cents=2500)]
    await keep_session(draft, by=OWNER, now=NOW)
    with pytest.raises(MoneyTaken) as refused:
        await remove_sessions([session.id], reason="wrong code", by=OWNER, now=NOW)
    assert f"$25.00 was taken at session {session.id}" in refused.value.told()
    draft = await reading.draft_of(session.id, seen_by=OWNER)
    draft.payments = []
    await keep_session(draft, by=OWNER, now=NOW)
    assert await remove_sessions([session.id], reason="wrong code", by=OWNER, now=NOW) == 1


async def test_removing_says_who_and_why_and_can_not_be_done_twice():
    session = await a_session()
    assert await remove_sessions([session.id], reason="double", by=OWNER, now=NOW) == 1
    assert await remove_sessions([session.id], reason="double", by=OWNER, now=NOW) == 0
    entry = await AuditEntry.get(act="removed sessions", subject_ids=str(session.id))
    assert (entry.reason, entry.by_id) == ("double", OWNER.staff_id)
    with pytest.raises(NotFound):
        await reading.draft_of(session.id, seen_by=OWNER)


async def test_holding_needs_a_reason_and_releasing_makes_it_ready():
    session = await a_session()
    with pytest.raises(FieldRefused):
        await hold([session.id], "  ", by=OWNER, now=NOW)
    await hold([session.id], "waiting for the authorization", by=OWNER, now=NOW)
    [line] = await reading.some([session.id], seen_by=OWNER)
    assert (line.status, line.held_reason) == ("held", "waiting for the authorization")
    await release([session.id], by=OWNER, now=NOW)
    assert (await ClientSession.get(id=session.id)).status == "ready"


async def test_many_are_held_and_released_at_once_and_what_was_invoiced_meanwhile_is_passed_over():
    waiting = [await a_session(), await a_session()]
    invoiced = await a_session(status="invoiced")
    ids = [one.id for one in waiting]
    assert await hold([*ids, invoiced.id], "Asked to wait", by=OWNER, now=NOW) == ids
    assert {line.held_reason for line in await reading.some(ids, seen_by=OWNER)} == {"Asked to wait"}
    assert (await ClientSession.get(id=invoiced.id)).status == "invoiced"
    entry = await AuditEntry.get(act="held sessions")
    assert (entry.subject_ids, entry.reason) == (",".join(map(str, ids)), "Asked to wait")
    assert await release(ids, by=OWNER, now=NOW) == ids
    assert [one.version for one in await ClientSession.filter(id__in=ids)] == [3, 3]
    with pytest.raises(ChangedMeanwhile):
        await release(ids, by=OWNER, now=NOW)


async def test_a_list_reads_who_pays_and_how_codes_are_written():
    client = await a_client()
    await a_policy(client, await a_payer())
    await a_session(client, lines=[{"code": "90834", "modifiers": "95"}, {"code": "90785"}])
    [line] = await reading.listed(SessionFilter(client_text="rowan"), seen_by=OWNER)
    assert (line.codes, line.payer_name, line.amount_cents) == ("90834 · 95 + 90785", "Bluebell Health", 30000)
    assert await reading.count(SessionFilter(status="held"), seen_by=OWNER) == 0
    assert await SessionPayment.all().count() == 0
