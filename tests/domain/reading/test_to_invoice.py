"""Sessions that wait: who pays, what is missing, totals, and a fixed number of queries however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from tortoise.backends.sqlite.client import SqliteClient

from domain.access import SignedIn
from domain.client_sessions import hold, release
from domain.errors import NotSignedIn
from domain.invoicing import accept_warnings
from domain.reading import to_invoice
from domain.reading.to_invoice import (
    WaitingFilter,
    WaitingSession,
    brought_up_to_date,
    count_to_fix,
    reasons_to_fix,
    totals,
    waiting,
)
from storage.changes import Changes, announce
from storage.models import Attendance, ChargeLine, Client, ClientSession, Diagnosis, Policy, Provider
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    TODAY,
    a_client,
    a_location,
    a_payer,
    a_policy,
    a_provider,
    a_session,
    an_appointment,
)


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


@contextmanager
def counted_queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    asked: list[str] = []
    for name in ("execute_query", "execute_query_dict"):
        real = getattr(SqliteClient, name)

        async def listening(self, query, *more, real=real):
            asked.append(query)
            return await real(self, query, *more)

        monkeypatch.setattr(SqliteClient, name, listening)
    yield asked
    monkeypatch.undo()


async def rows(asked: WaitingFilter | None = None) -> list[WaitingSession]:
    return await waiting(asked or WaitingFilter(), on=TODAY, seen_by=OWNER)


def tell(**subjects: int) -> None:
    """What a service would announce after its commit."""
    changes = Changes()
    for subject, record in subjects.items():
        changes.add(subject, [record])
    announce(changes)


async def test_an_insured_session_shows_its_payer_codes_fee_and_diagnoses() -> None:
    client = await an_insured_client()
    lines = [{"modifiers": "95"}, {"code": "90785", "fee_cents": 2500, "units": 2}]
    session = await an_insured_session(client, lines=lines)
    [row] = await rows()
    assert (row.id, row.client_name, row.payer_name, row.bill_to) == (session.id, "Rowan Applewick", "Bluebell Health", "insurance")
    assert (row.codes, row.units, row.fee_cents, row.diagnoses) == ("90837 · 95 + 90785", 3, 20000, "F41.1")
    assert row.ready


async def test_what_the_client_pays_has_no_payer() -> None:
    await a_session()
    [row] = await rows()
    assert (row.bill_to, row.payer_id, row.payer_name, row.ready) == ("client", None, "", True)


async def test_only_ready_and_held_sessions_wait() -> None:
    kept = [await a_session(), await a_session(status="held", held_reason="Asked to wait")]
    await a_session(status="invoiced")
    await a_session(undone_at=NOW)
    assert {row.id for row in await rows()} == {one.id for one in kept}
    assert [row.held_reason for row in await rows() if not row.ready] == ["Asked to wait"]


async def test_red_rows_come_first_then_clients_by_name_and_their_days() -> None:
    zoe, ann = await a_client("Zoe Ash"), await a_client("Ann Birch")
    red = await an_insured_client("Mia Red", birth_date=None)
    for client in (zoe, ann):
        for days in (0, 7):
            await a_session(client, starts_at=MONDAY_NINE - timedelta(days=days))
    await an_insured_session(red)
    assert [(row.client_name, row.day.day) for row in await rows()] == [
        ("Mia Red", 12), ("Ann Birch", 5), ("Ann Birch", 12), ("Zoe Ash", 5), ("Zoe Ash", 12)]


async def test_days_and_provider_narrow_the_list() -> None:
    mine, other = await a_provider(), await a_provider(first_name="Nell", npi="1679576722")
    early = await a_session(provider=mine, starts_at=MONDAY_NINE - timedelta(days=7))
    late = await a_session(provider=other)
    assert [row.id for row in await rows(WaitingFilter(until=early.day))] == [early.id]
    assert [row.id for row in await rows(WaitingFilter(start=late.day))] == [late.id]
    assert [row.id for row in await rows(WaitingFilter(provider_id=other.id))] == [late.id]


async def test_totals_by_payer_and_by_client_count_full_fees() -> None:
    payer = await a_payer(name="Old Oak Mutual")
    for name, born in (("Mia Red", None), ("Ivy Green", TODAY - timedelta(days=9000))):
        client = await an_insured_client(name, birth_date=born)
        await Policy.filter(client=client).update(payer_id=payer.id)
        await an_insured_session(client)
    await a_session(await a_client("Bo Self"), lines=[{"fee_cents": 9000}])
    by_payer = totals(await rows(), by="payer")
    assert [(one.name, one.cents, one.ready, one.to_fix) for one in by_payer] == [
        ("Old Oak Mutual", 30000, 1, 1), ("Clients pay", 9000, 1, 0)]
    assert {(one.name, one.cents) for one in totals(await rows(), by="client")} == {
        ("Mia Red", 15000), ("Ivy Green", 15000), ("Bo Self", 9000)}


async def test_the_policy_of_the_day_of_service_counts() -> None:
    client = await a_client()
    await a_policy(client, ends_on=MONDAY_NINE.date() - timedelta(days=1))
    await an_insured_session(client, starts_at=MONDAY_NINE - timedelta(days=7))
    await an_insured_session(client)
    assert {row.day.day: row.bill_to for row in await rows()} == {5: "insurance", 12: "client"}


@pytest.mark.sqlite
async def test_the_number_of_queries_does_not_grow_with_the_sessions(monkeypatch) -> None:
    async def asked_for() -> int:
        with counted_queries(monkeypatch) as asked:
            await rows()
        return len(asked)

    for number in range(3):
        await an_insured_session(await an_insured_client(f"First {number}"))
    few = await asked_for()
    for number in range(40):
        await an_insured_session(await an_insured_client(f"More {number}"))
    assert 5 < few <= 24
    assert await asked_for() == few


async def test_ten_thousand_waiting_sessions_are_read() -> None:
    clients = [await a_client(f"Client {number}") for number in range(20)]
    provider, location = await a_provider(), await a_location()
    await ClientSession.bulk_create([
        ClientSession(id=number, client=clients[number % 20], provider=provider, location=location, starts_at=MONDAY_NINE,
                      ends_at=MONDAY_NINE + timedelta(minutes=50), day=TODAY, made_at=NOW, saved_at=NOW)
        for number in range(1, 10_001)])
    await ChargeLine.bulk_create([
        ChargeLine(session_id=number, position=1, code="90837", fee_cents=15000) for number in range(1, 10_001)])
    assert len(await rows()) == 10_000


async def test_after_a_change_only_what_it_touched_is_read_again(monkeypatch) -> None:
    red = await an_insured_client("Mia Red", birth_date=None)
    mended, other = await an_insured_session(red), await a_session(await a_client("Bo Self"))
    known = {row.id: row for row in await rows()}
    await Client.filter(id=red.id).update(birth_date=TODAY - timedelta(days=9000))
    after = await brought_up_to_date(known, {"client": {red.id}}, on=TODAY, seen_by=OWNER)
    assert (known[mended.id].ready, after[mended.id].ready) == (False, True)
    assert after[other.id] is known[other.id]


async def test_sessions_that_come_and_go_are_brought_up_to_date() -> None:
    gone = await a_session(await a_client("Bo Self"))
    known = {row.id: row for row in await rows()}
    await make(gone)
    new = await a_session(await a_client("Ivy New"))
    after = await brought_up_to_date(known, {"session": {gone.id, new.id}}, on=TODAY, seen_by=OWNER)
    assert set(after) == {new.id}


async def test_a_new_row_outside_the_filter_stays_outside() -> None:
    new = await a_session()
    asked = WaitingFilter(until=new.day - timedelta(days=1))
    assert await brought_up_to_date({}, {"session": {new.id}}, asked, on=TODAY, seen_by=OWNER) == {}


async def test_a_change_of_the_practice_is_a_change_of_every_row() -> None:
    provider = await a_provider(npi="")
    session = await an_insured_session(await an_insured_client(), provider=provider)
    known = {row.id: row for row in await rows()}
    await Provider.filter(id=provider.id).update(npi="1245319599")
    after = await brought_up_to_date(known, {"provider": {provider.id}}, on=TODAY, seen_by=OWNER)
    assert (known[session.id].ready, after[session.id].ready) == (False, True)


async def test_the_count_to_fix_follows_each_change_for_everybody() -> None:
    red = await an_insured_client("Mia Red", birth_date=None)
    session = await an_insured_session(red)
    assert await count_to_fix(on=TODAY, seen_by=OWNER) == 1
    await Client.filter(id=red.id).update(birth_date=TODAY - timedelta(days=9000))
    tell(client=red.id)
    assert await count_to_fix(on=TODAY, seen_by=OWNER) == 0
    await Diagnosis.filter(client=red).delete()
    tell(client=red.id)
    assert await count_to_fix(on=TODAY, seen_by=OWNER) == 1
    await hold([session.id], "Asked to wait", by=OWNER, now=NOW)
    assert await count_to_fix(on=TODAY, seen_by=OWNER) == 1
    await release([session.id], by=OWNER, now=NOW)
    await ClientSession.filter(id=session.id).update(undone_at=NOW)
    tell(session=session.id)
    assert await count_to_fix(on=TODAY, seen_by=OWNER) == 0


@pytest.mark.sqlite
async def test_what_is_to_fix_is_read_once_and_then_only_after_a_change(monkeypatch) -> None:
    reds = [await an_insured_client(f"Mia {number}", birth_date=None, policy={"member_id": ""}) for number in range(5)]
    sessions = [await an_insured_session(red) for red in reds]
    assert await reasons_to_fix(on=TODAY, seen_by=OWNER) == {one.id: 2 for one in sessions}
    with counted_queries(monkeypatch) as asked:
        await reasons_to_fix(on=TODAY, seen_by=OWNER)
    assert len(asked) == 1  # whether the person is still signed in
    await Client.filter(id=reds[0].id).update(birth_date=TODAY - timedelta(days=9000))
    tell(client=reds[0].id)
    with counted_queries(monkeypatch) as asked:
        assert (await reasons_to_fix(on=TODAY, seen_by=OWNER))[sessions[0].id] == 1
    assert len(asked) <= 24


async def test_a_policy_that_ended_before_the_visit_is_worth_a_look_and_holds_up_nothing() -> None:
    client = await a_client()
    policy = await a_policy(client, ends_on=MONDAY_NINE.date() - timedelta(days=1))
    session = await an_insured_session(client)
    row = await to_invoice.one(session.id, on=TODAY, seen_by=OWNER)
    assert row is not None
    assert (row.ready, row.bill_to) == (True, "client")
    assert [(one.sentence, one.keeper, one.id) for one in row.warnings] == [
        ("Policy with Bluebell Health ended on Oct 11, 2026; billed to client", "policy", policy.id)]


async def test_what_a_form_has_no_room_for_is_worth_a_look() -> None:
    session = await an_insured_session(await an_insured_client(insurer_last_name="Christopherson-Vanderbilt-Featherstone"))
    [row] = await rows()
    assert (row.id, row.ready, [one.field for one in row.warnings]) == (session.id, True, ["insurer_last_name"])


# ---- the day's other visits, and accepted warnings ----


def warned(rows: Iterable[WaitingSession]) -> dict[int, list[str]]:
    return {row.id: [one.code for one in row.warnings] for row in rows}


async def test_a_provider_with_two_clients_at_once_is_told_on_both_sessions() -> None:
    one, other = await a_session(await a_client("Ann Birch")), await a_session(await a_client("Bo Self"))
    assert warned(await rows()) == {one.id: ["two_clients_at_once"], other.id: ["two_clients_at_once"]}


async def test_a_group_is_one_appointment_and_nobody_is_at_two_places() -> None:
    seen = await an_appointment(await a_client("Ann Birch"), await a_client("Bo Self"))
    for attendance in await Attendance.filter(appointment=seen).select_related("client"):
        await a_session(attendance.client, attendance=attendance)
    assert list(warned(await rows()).values()) == [[], []]


async def test_a_client_with_two_providers_at_once_is_told() -> None:
    client = await a_client()
    for provider in (await a_provider(), await a_provider(first_name="Nell", npi="1679576722")):
        await a_session(client, provider=provider)
    assert list(warned(await rows()).values()) == [["two_providers_at_once"]] * 2


async def test_a_code_billed_in_an_invoiced_session_of_the_day_is_told() -> None:
    client = await an_insured_client()
    await an_insured_session(client, status="invoiced")
    later = MONDAY_NINE + timedelta(hours=2)
    again = await an_insured_session(client, starts_at=later)
    apart = await an_insured_session(client, starts_at=later + timedelta(hours=2), lines=[{"modifiers": "59"}])
    assert warned(await rows()) == {again.id: ["same_code_twice"], apart.id: []}


async def test_when_one_of_two_moves_away_the_other_stops_being_told_and_the_rest_is_not_read() -> None:
    moved, stays = await a_session(await a_client("Ann Birch")), await a_session(await a_client("Bo Self"))
    elsewhere = await a_session(await a_client("Cy Far"), starts_at=MONDAY_NINE - timedelta(days=7))
    known = {row.id: row for row in await rows()}
    await ClientSession.filter(id=moved.id).update(
        starts_at=MONDAY_NINE + timedelta(hours=1), ends_at=MONDAY_NINE + timedelta(hours=2))
    after = await brought_up_to_date(known, {"session": {moved.id}}, on=TODAY, seen_by=OWNER)
    assert warned(after.values()) == {moved.id: [], stays.id: [], elsewhere.id: []}
    assert after[elsewhere.id] is known[elsewhere.id]
    await ClientSession.filter(id=moved.id).update(starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(minutes=30))
    back = await brought_up_to_date(after, {"session": {moved.id}}, on=TODAY, seen_by=OWNER)
    assert warned(back.values()) == {moved.id: ["two_clients_at_once"], stays.id: ["two_clients_at_once"], elsewhere.id: []}


async def test_what_was_accepted_is_asked_no_more_and_stays_in_sight() -> None:
    one, other = await a_session(await a_client("Ann Birch")), await a_session(await a_client("Bo Self"))
    await accept_warnings([(one.id, "two_clients_at_once")], "They share the hour", by=OWNER, now=NOW)
    found = {row.id: row for row in await rows()}
    assert warned(found.values()) == {one.id: [], other.id: ["two_clients_at_once"]}
    assert [told.code for told in found[one.id].accepted] == ["two_clients_at_once"]


async def test_a_session_that_does_not_wait_has_nothing_to_look_at() -> None:
    session = await a_session(status="invoiced")
    assert await to_invoice.one(session.id, on=TODAY, seen_by=OWNER) is None


async def test_nobody_reads_it_signed_out() -> None:
    nobody = SignedIn(1, 99, "Nobody")
    with pytest.raises(NotSignedIn):
        await waiting(on=TODAY, seen_by=nobody)
    with pytest.raises(NotSignedIn):
        await count_to_fix(on=TODAY, seen_by=nobody)
    with pytest.raises(NotSignedIn):
        await to_invoice.brought_up_to_date({}, {}, on=TODAY, seen_by=nobody)
