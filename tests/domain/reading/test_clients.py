"""The list of clients and one client's page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.errors import NotFound
from domain.reading import clients, one_client
from domain.reading.clients import ClientFilter
from storage.models import Attendance, Batch, Claim, Client, Invoice
from tests.fixtures.builders import (
    NOW,
    OWNER,
    TODAY,
    a_client,
    a_diagnosis,
    a_payer,
    a_policy,
    a_provider,
    a_service_code,
    a_session,
    an_appointment,
)

pytestmark = pytest.mark.usefixtures("practice_db")


async def found(text: str = "", **more: object) -> list[str]:
    page = await clients.client_list(ClientFilter(text=text, **more), today=TODAY, now=NOW, seen_by=OWNER)
    return [row.name for row in page.rows]


async def test_clients_are_found_by_name_phone_email_and_birth_date() -> None:
    await a_client("Élodie Marsh", phone="(518) 555-0177", email="elodie@example.com", birth_date=date(1980, 2, 3))
    await a_client("Bram Oak", phone="", phone2="518.555.0188")
    assert await found() == ["Bram Oak", "Élodie Marsh"]
    assert await found("elodie") == ["Élodie Marsh"]
    assert await found("marsh él") == ["Élodie Marsh"]
    assert await found("5550177") == ["Élodie Marsh"]
    assert await found("555-0188") == ["Bram Oak"]
    assert await found("elodie@ex") == ["Élodie Marsh"]
    assert await found("2/3/1980") == await found("1980-02-03") == ["Élodie Marsh"]
    assert await found("13/45/1980") == await found("zzz") == await found("zz 99") == []


async def test_archived_clients_have_a_list_of_their_own_and_a_provider_narrows_it() -> None:
    provider = await a_provider()
    await a_client("Old One", archived_at=NOW)
    await a_client("New One", default_provider=provider)
    await a_client("New Two")
    assert await found() == ["New One", "New Two"]
    assert await found(archived=True) == ["Old One"]
    assert await found(provider_id=provider.id) == ["New One"]
    assert await clients.clients_known(seen_by=OWNER) == 3


async def test_a_page_of_a_long_list_knows_how_long_it_is() -> None:
    await Client.bulk_create([Client(name=f"Client {number:04}") for number in range(250)])
    page = await clients.client_list(ClientFilter(), today=TODAY, now=NOW, seen_by=OWNER, offset=200)
    assert (page.total, len(page.rows), page.rows[0].name) == (250, 50, "Client 0200")


async def test_a_row_shows_provider_payers_in_force_and_the_next_visit() -> None:
    client = await a_client(default_provider=await a_provider())
    await a_policy(client)
    await a_policy(client, await a_payer(name="Ended"), ends_on=date(2026, 1, 31))
    for days in (9, 2, -3):
        await an_appointment(client, starts_at=NOW + timedelta(days=days), status="scheduled")
    await an_appointment(client, starts_at=NOW + timedelta(days=1), status="canceled")
    row = (await clients.client_list(ClientFilter(), today=TODAY, now=NOW, seen_by=OWNER)).rows[0]
    assert (row.provider_name, row.payer_names, row.next_visit_at) == (
        "Imogen Larkspur", ("Bluebell Health",), NOW + timedelta(days=2),
    )


async def test_a_second_record_of_a_person_is_noticed() -> None:
    first = await a_client("Ivy Candlewright")
    await a_client("Ivy Candlewright", birth_date=date(2001, 1, 1))
    same = await clients.same_person("ivy candlewright", date(1991, 5, 4), except_for=None, seen_by=OWNER)
    assert same == [first.id]


async def test_a_clients_page_holds_all_that_there_is_of_them() -> None:
    client = await a_client("Ivy Candlewright", default_provider=await a_provider())
    await a_client("I. Candlewright", merged_into=client, archived_at=NOW)
    policy = await a_policy(client, relationship="spouse", subscriber_first_name="Theo", subscriber_last_name="Birch")
    await a_policy(client, await a_payer(name="Second"), starts_on=None)
    await a_policy(client, await a_payer(name="Old Oak"), starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    await a_policy(client, await a_payer(name="Next"), rank="secondary", starts_on=date(2027, 1, 1))
    await a_diagnosis(client)
    code = await a_service_code()
    past = await an_appointment(client, service_code=code)
    session = await a_session(client, attendance=await Attendance.get(appointment=past))
    await an_appointment(client, starts_at=NOW + timedelta(days=2), status="scheduled")
    batch = await Batch.create(made_at=NOW)
    await Invoice.create(number="2026-0001", batch=batch, client=client, bill_to_name="Theo", issued_on=TODAY,
                         due_on=TODAY, total_cents=2_500, record="{}", voided_at=NOW)  # fmt: skip
    await Claim.create(account_number="7", batch=batch, client=client, policy=policy, payer_id=policy.payer_id,
                       issued_on=TODAY - timedelta(days=1), total_cents=15_000, record="{}")  # fmt: skip
    page = await one_client.one_client(client.id, today=TODAY, now=NOW, seen_by=OWNER)
    assert (page.draft.name, page.provider_name, page.merged_names) == (
        "Ivy Candlewright", "Imogen Larkspur", ("I. Candlewright",),
    )
    assert [(one.payer_name, one.state, one.overlaps) for one in page.policies] == [
        ("Bluebell Health", "active", True), ("Second", "active", True), ("Next", "ahead", False),
        ("Old Oak", "ended", True),
    ]
    assert page.policies[0].subscriber_name == "Theo Birch"
    assert [(one.service_code, one.session_id) for one in page.behind] == [("IN60", session.id)]
    assert page.next_visit_at == page.ahead[0].starts_at == NOW + timedelta(days=2)
    assert [(one.kind, one.number, one.to_name, one.void) for one in page.documents] == [
        ("invoice", "2026-0001", "Theo", True), ("claim", "7", "Bluebell Health", False),
    ]
    with pytest.raises(NotFound):
        await one_client.one_client(99, today=TODAY, now=NOW, seen_by=OWNER)
