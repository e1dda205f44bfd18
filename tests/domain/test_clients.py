"""Clients and the persons who get their invoices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import clients
from domain.clients import BillToDraft, ClientDraft, split_by_shares
from domain.errors import ChangedMeanwhile, FieldRefused, InUse, NotFound, Refused
from domain.ledger.payments import ReceivedDraft, record_payment
from storage.models import BillTo, Client
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_policy, a_provider

IVY = ClientDraft(name="Ivy Candlewright", phone="5185550142", state="ny", zip="12203", birth_date=date(1991, 5, 4))


@pytest.mark.usefixtures("practice_db")
async def test_a_client_is_kept_read_and_changed_at_its_version() -> None:
    kept = await clients.keep_client(IVY, by=OWNER, now=NOW)
    read = await clients.draft_of_client(kept, seen_by=OWNER)
    assert (read.phone, read.state, read.birth_date) == ("(518) 555-0142", "NY", date(1991, 5, 4))
    await clients.keep_client(replace(read, pronouns="they, them"), by=OWNER, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        await clients.keep_client(replace(read, pronouns="she, her"), by=OWNER, now=NOW)
    assert (await Client.get(id=kept)).pronouns == "they, them"


@pytest.mark.usefixtures("practice_db")
async def test_a_name_is_all_a_client_needs() -> None:
    assert await clients.keep_client(ClientDraft(name="Ivy"), by=OWNER, now=NOW)


@pytest.mark.usefixtures("practice_db")
async def test_everything_wrong_with_a_client_is_said_at_once() -> None:
    tomorrow = TODAY + timedelta(days=3)
    wrong = ClientDraft(
        phone="1", phone2="2", email="x", state="XX", zip="1", birth_date=tomorrow, insurer_sex="X",
        auto_accident=True, onset_qualifier="1", onset_on=tomorrow, referrer_npi="1", default_provider_id=9,
        release_signed_on=tomorrow, assignment_signed_on=tomorrow,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        await clients.keep_client(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {
        "name", "phone", "phone2", "email", "state", "zip", "birth_date", "insurer_sex", "auto_accident_state",
        "onset_qualifier", "onset_on", "referrer_npi", "default_provider_id", "release_signed_on",
        "assignment_signed_on",
    }


@pytest.mark.usefixtures("practice_db")
async def test_a_date_of_today_is_no_future_date_wherever_the_practice_is() -> None:
    today_in_guam = (NOW + timedelta(hours=10)).date()
    assert await clients.keep_client(replace(IVY, release_signed_on=today_in_guam), by=OWNER, now=NOW)


@pytest.mark.usefixtures("practice_db")
async def test_a_client_with_anything_is_archived_instead_of_deleted() -> None:
    used, unused = await a_client(), await a_client("Typed Twice")
    await a_policy(used)
    with pytest.raises(InUse):
        await clients.delete_client(used.id, by=OWNER, now=NOW)
    await clients.archive_client(used.id, by=OWNER, now=NOW)
    assert (await Client.get(id=used.id)).archived_at == NOW
    await clients.restore_client(used.id, by=OWNER, now=NOW)
    await clients.delete_client(unused.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await clients.draft_of_client(unused.id, seen_by=OWNER)


@pytest.mark.usefixtures("practice_db")
async def test_a_merged_record_does_not_come_back() -> None:
    kept = await a_client()
    gone = await a_client("Old Record", merged_into=kept, archived_at=NOW)
    with pytest.raises(FieldRefused):
        await clients.restore_client(gone.id, by=OWNER, now=NOW)


@pytest.mark.usefixtures("practice_db")
async def test_two_persons_share_the_invoices() -> None:
    client = await a_client()
    persons = [BillToDraft(name="Mother", share_points=6_667, zip="122031111"), BillToDraft(name="Father", share_points=3_333)]
    await clients.keep_bill_to(client.id, persons, version=1, by=OWNER, now=NOW)
    read = await clients.drafts_of_bill_to(client.id, seen_by=OWNER)
    assert [(one.name, one.share_points) for one in read] == [("Mother", 6_667), ("Father", 3_333)]
    assert read[0].zip == "12203-1111"
    with pytest.raises(ChangedMeanwhile):
        await clients.keep_bill_to(client.id, [], version=1, by=OWNER, now=NOW)
    await clients.keep_bill_to(client.id, [], version=2, by=OWNER, now=NOW)
    assert await BillTo.all().count() == 0
    with pytest.raises(NotFound):
        await clients.keep_bill_to(99, [], version=1, by=OWNER, now=NOW)


@pytest.mark.usefixtures("practice_db")
async def test_a_client_who_stands_in_the_books_is_not_deleted() -> None:
    kept = await clients.keep_client(IVY, by=OWNER, now=NOW)
    await record_payment(ReceivedDraft(client_id=kept, received_on=TODAY, cents=1000), by=OWNER, now=NOW)
    with pytest.raises(InUse):
        await clients.delete_client(kept, by=OWNER, now=NOW)


def test_shares_must_make_the_whole() -> None:
    two = [BillToDraft(name="Mother", share_points=5_000), BillToDraft(name="", share_points=4_000, email="x", phone="1", state="x", zip="1")]
    assert set(clients.bill_to_findings(two).fields) == {
        "name_2", "email_2", "phone_2", "state_2", "zip_2", "share_points_2",
    }
    assert set(clients.bill_to_findings([BillToDraft(name="A", share_points=0)]).fields) == {"share_points_1"}
    assert "name_3" in clients.bill_to_findings([BillToDraft(name="A")] * 3).fields
    assert clients.bill_to_findings([BillToDraft(name="A")]).fields == {}


def test_the_odd_cent_goes_to_the_first() -> None:
    assert split_by_shares(101, [5_000, 5_000]) == [51, 50]
    assert split_by_shares(15_000, [10_000]) == [15_000]


@given(st.integers(0, 10_000_000), st.integers(1, 9_999))
def test_shares_lose_no_cent(cents: int, first: int) -> None:
    parts = split_by_shares(cents, [first, 10_000 - first])
    assert sum(parts) == cents
    assert 0 <= parts[0] - cents * first / 10_000 < 1


@pytest.mark.usefixtures("practice_db")
async def test_a_client_keeps_a_provider_of_theirs() -> None:
    provider = await a_provider()
    kept = await clients.keep_client(replace(IVY, default_provider_id=provider.id), by=OWNER, now=NOW)
    assert (await clients.draft_of_client(kept, seen_by=OWNER)).default_provider_id == provider.id
