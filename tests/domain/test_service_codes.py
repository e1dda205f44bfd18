"""Service Codes: their letters, their color, and what they bill in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain import service_codes
from domain.errors import ChangedMeanwhile, FieldRefused, InUse, NotFound, Refused
from domain.service_codes import ServiceCodeDraft
from storage.models import ServiceCode
from tests.fixtures.builders import NOW, OWNER, a_billing_code, a_service_code, an_appointment

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_a_service_code_bills_its_billing_codes_in_their_order() -> None:
    first, second = await a_billing_code("90832", 9_000), await a_billing_code("90785", 2_500)
    draft = ServiceCodeDraft(code="play", name="Play therapy", color="Plum", billing_codes=[first.id, second.id])
    kept = await service_codes.keep_service_code(draft, by=OWNER, now=NOW)
    read = await service_codes.draft_of_service_code(kept, seen_by=OWNER)
    assert (read.code, read.color, read.billing_codes) == ("PLAY", "Plum", [first.id, second.id])
    await service_codes.keep_service_code(replace(read, billing_codes=[second.id, first.id]), by=OWNER, now=NOW)
    assert (await service_codes.draft_of_service_code(kept, seen_by=OWNER)).billing_codes == [second.id, first.id]


def test_a_new_service_code_starts_in_the_first_color_not_used_yet() -> None:
    assert service_codes.next_color([]) == "Sky"
    assert service_codes.next_color(["Blue", "Sky", "Plum"]) == "Iris"


def test_with_all_twelve_in_use_a_new_service_code_takes_the_least_used_color() -> None:
    assert service_codes.next_color([*service_codes.COLORS, "Sky", "Blue"]) == "Iris"


async def test_a_service_code_may_bill_nothing() -> None:
    draft = ServiceCodeDraft(code="SUPV", name="Supervision", billable=False)
    assert await service_codes.keep_service_code(draft, by=OWNER, now=NOW)


async def test_everything_wrong_with_a_service_code_is_said_at_once() -> None:
    code = await a_billing_code()
    wrong = ServiceCodeDraft(code="TOOLONG", color="Pink", default_minutes=None, billing_codes=[code.id, code.id])
    with pytest.raises(Refused) as refusal:
        await service_codes.keep_service_code(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"code", "name", "color", "default_minutes", "billing_codes"}


async def test_a_billing_code_that_went_away_meanwhile_is_told() -> None:
    with pytest.raises(Refused) as refusal:
        await service_codes.keep_service_code(ServiceCodeDraft(code="A", name="A", billing_codes=[77]), by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"billing_codes"}


async def test_two_service_codes_in_use_are_never_written_the_same() -> None:
    old = await a_service_code("IN60")
    with pytest.raises(Refused):
        await service_codes.keep_service_code(ServiceCodeDraft(code="in60", name="Another"), by=OWNER, now=NOW)
    await service_codes.archive_service_code(old.id, by=OWNER, now=NOW)
    assert await service_codes.keep_service_code(ServiceCodeDraft(code="in60", name="Another"), by=OWNER, now=NOW)
    with pytest.raises(FieldRefused):
        await service_codes.restore_service_code(old.id, by=OWNER, now=NOW)


async def test_a_color_given_in_the_legend_counts_as_a_change() -> None:
    code = await a_service_code()
    mine = await service_codes.draft_of_service_code(code.id, seen_by=OWNER)
    await service_codes.set_color(code.id, "Teal", by=OWNER, now=NOW)
    assert (await ServiceCode.get(id=code.id)).color == "Teal"
    with pytest.raises(ChangedMeanwhile):
        await service_codes.keep_service_code(mine, by=OWNER, now=NOW)
    with pytest.raises(FieldRefused):
        await service_codes.set_color(code.id, "#FF0000", by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await service_codes.set_color(99, "Teal", by=OWNER, now=NOW)


async def test_a_service_code_on_the_calendar_is_retired_instead_of_deleted() -> None:
    used, unused = await a_service_code(bills=[await a_billing_code()]), await a_service_code("NEW")
    await an_appointment(service_code=used)
    with pytest.raises(InUse):
        await service_codes.delete_service_code(used.id, by=OWNER, now=NOW)
    await service_codes.delete_service_code(unused.id, by=OWNER, now=NOW)
    await service_codes.archive_service_code(used.id, by=OWNER, now=NOW)
    await service_codes.restore_service_code(used.id, by=OWNER, now=NOW)
    assert [row.code for row in await ServiceCode.filter(archived_at=None)] == ["IN60"]
