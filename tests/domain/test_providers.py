"""Providers and locations: numbers checked, supervision without circles, archived instead of deleted when in use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain import providers
from domain.errors import ChangedMeanwhile, InUse, NotFound, Refused
from domain.providers import LocationDraft, ProviderDraft
from storage.models import Location, Provider
from tests.fixtures.builders import NOW, OWNER, a_location, a_provider, an_appointment

IMOGEN = ProviderDraft(first_name="Imogen", last_name="Larkspur", npi="1245319599", taxonomy="1041c0700x")
pytestmark = pytest.mark.usefixtures("practice_db")


async def test_a_provider_is_kept_with_tidy_numbers() -> None:
    kept = await providers.keep_provider(IMOGEN, by=OWNER, now=NOW)
    row = await Provider.get(id=kept)
    assert (row.name, row.taxonomy) == ("Imogen Larkspur", "1041C0700X")
    draft = await providers.draft_of_provider(kept, seen_by=OWNER)
    entity = replace(draft, bills_as_entity=True, entity_name="Larkspur LLC", entity_tax_id="123456789")
    await providers.keep_provider(entity, by=OWNER, now=NOW)
    assert (await Provider.get(id=kept)).entity_tax_id == "12-3456789"


async def test_everything_wrong_with_a_provider_is_said_at_once() -> None:
    wrong = ProviderDraft(npi="1234567890", taxonomy="X", bills_as_entity=True, entity_npi="1", entity_tax_id="1")
    with pytest.raises(Refused) as refusal:
        await providers.keep_provider(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {
        "first_name", "last_name", "npi", "taxonomy", "entity_name", "entity_npi", "entity_tax_id",
    }


async def test_two_providers_never_share_an_npi() -> None:
    await providers.keep_provider(IMOGEN, by=OWNER, now=NOW)
    with pytest.raises(Refused) as refusal:
        await providers.keep_provider(replace(IMOGEN, first_name="Other"), by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"npi"}


async def test_nobody_is_supervised_by_those_they_supervise() -> None:
    top = await a_provider(npi="")
    middle = await a_provider(npi="", supervisor=top)
    low = await a_provider(npi="", supervisor=middle)
    draft = await providers.draft_of_provider(top.id, seen_by=OWNER)
    for circle in (low.id, middle.id, top.id):
        with pytest.raises(Refused) as refusal:
            await providers.keep_provider(replace(draft, supervisor_id=circle), by=OWNER, now=NOW)
        assert set(refusal.value.fields) == {"supervisor_id"}


async def test_a_provider_with_appointments_is_archived_instead_of_deleted() -> None:
    used, unused = await a_provider(), await a_provider(npi="")
    await an_appointment(provider=used)
    with pytest.raises(InUse):
        await providers.delete_provider(used.id, by=OWNER, now=NOW)
    await providers.delete_provider(unused.id, by=OWNER, now=NOW)
    await providers.archive_provider(used.id, by=OWNER, now=NOW)
    assert (await Provider.get(id=used.id)).archived_at == NOW
    await providers.restore_provider(used.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await providers.draft_of_provider(unused.id, seen_by=OWNER)


async def test_a_location_has_a_place_of_service_and_an_address_that_can_be() -> None:
    draft = LocationDraft(name="Office", street="1 Main Street", city="Albany", state="ny", zip="122071001")
    kept = await providers.keep_location(draft, by=OWNER, now=NOW)
    row = await Location.get(id=kept)
    assert (row.state, row.zip, row.place_of_service) == ("NY", "12207-1001", "11")
    wrong = LocationDraft(name="office", place_of_service="00", npi="1", state="XX", zip="1")
    with pytest.raises(Refused) as refusal:
        await providers.keep_location(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"name", "place_of_service", "npi", "state", "zip"}


async def test_a_location_on_the_calendar_is_archived_instead_of_deleted() -> None:
    used, unused = await a_location(), await a_location(name="Annex")
    await an_appointment(location=used)
    with pytest.raises(InUse):
        await providers.delete_location(used.id, by=OWNER, now=NOW)
    await providers.delete_location(unused.id, by=OWNER, now=NOW)
    draft = await providers.draft_of_location(used.id, seen_by=OWNER)
    await providers.archive_location(used.id, by=OWNER, now=NOW)
    await providers.restore_location(used.id, by=OWNER, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        await providers.keep_location(draft, by=OWNER, now=NOW)
