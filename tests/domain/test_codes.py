"""Billing Codes and Appointment Types: kept, refused, retired, and deleted only when nothing has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain import codes
from domain.access import SignedIn
from domain.codes import AppointmentTypeDraft, BillingCodeDraft
from domain.errors import ChangedMeanwhile, FieldRefused, InUse, NotFound, NotSignedIn, Refused
from storage.changes import Announcement, listen
from storage.models import AppointmentType, AuditEntry, BillingCode, ServiceCodeLine
from tests.fixtures.builders import NOW, OWNER, a_billing_code, a_service_code, a_type, an_appointment

INTAKE = BillingCodeDraft(code="90791", description="Intake  interview", fee_cents=20_000, once=True)
pytestmark = pytest.mark.usefixtures("practice_db")


async def test_a_billing_code_is_added_tidied_audited_and_announced() -> None:
    heard: list[Announcement] = []
    stop = listen(heard.append)
    kept = await codes.keep_billing_code(replace(INTAKE, code=" 90791 ", modifiers="hj, 95"), by=OWNER, now=NOW)
    stop()
    row = await BillingCode.get(id=kept)
    assert (row.code, row.description, row.modifiers, row.fee_cents) == ("90791", "Intake interview", "HJ,95", 20_000)
    assert heard == [{"billing_code": frozenset({kept})}]
    assert (await AuditEntry.get()).act == "added a Billing Code"


async def test_everything_wrong_with_a_billing_code_is_said_at_once() -> None:
    wrong = BillingCodeDraft(code="NS-FEE", modifiers="9", default_units=0, place_of_service="77")
    with pytest.raises(Refused) as refusal:
        await codes.keep_billing_code(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"code", "fee_cents", "modifiers", "default_units", "place_of_service"}
    assert await BillingCode.all().count() == 0


async def test_a_code_of_ones_own_is_for_clients_only() -> None:
    draft = BillingCodeDraft(code="NS-FEE", fee_cents=6_000, client_only=True)
    assert await codes.keep_billing_code(draft, by=OWNER, now=NOW)


async def test_the_same_code_with_other_modifiers_is_another_billing_code() -> None:
    await codes.keep_billing_code(INTAKE, by=OWNER, now=NOW)
    await codes.keep_billing_code(replace(INTAKE, modifiers="95"), by=OWNER, now=NOW)
    with pytest.raises(Refused) as refusal:
        await codes.keep_billing_code(replace(INTAKE, modifiers="95"), by=OWNER, now=NOW)
    assert "already there" in refusal.value.told()


async def test_an_edit_of_what_someone_changed_meanwhile_is_refused() -> None:
    kept = await codes.keep_billing_code(INTAKE, by=OWNER, now=NOW)
    mine, theirs = [await codes.draft_of_billing_code(kept, seen_by=OWNER) for _ in range(2)]
    await codes.keep_billing_code(replace(theirs, fee_cents=21_000), by=OWNER, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        await codes.keep_billing_code(replace(mine, fee_cents=22_000), by=OWNER, now=NOW)
    assert (await BillingCode.get(id=kept)).fee_cents == 21_000


async def test_a_billing_code_in_use_is_retired_instead_of_deleted() -> None:
    code = await a_billing_code()
    await a_service_code(bills=[code])
    with pytest.raises(InUse):
        await codes.delete_billing_code(code.id, by=OWNER, now=NOW)
    await codes.archive_billing_code(code.id, by=OWNER, now=NOW)
    assert (await BillingCode.get(id=code.id)).archived_at == NOW
    assert await ServiceCodeLine.filter(billing_code=code).exists()
    await codes.restore_billing_code(code.id, by=OWNER, now=NOW)
    assert (await BillingCode.get(id=code.id)).archived_at is None


async def test_an_unused_billing_code_is_deleted_and_is_then_gone_for_everyone() -> None:
    code = await a_billing_code()
    await codes.delete_billing_code(code.id, by=OWNER, now=NOW)
    for gone in (codes.delete_billing_code, codes.archive_billing_code):
        with pytest.raises(NotFound):
            await gone(code.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await codes.draft_of_billing_code(code.id, seen_by=OWNER)


async def test_a_retired_code_does_not_come_back_beside_its_successor() -> None:
    old = await a_billing_code()
    await codes.archive_billing_code(old.id, by=OWNER, now=NOW)
    await a_billing_code()
    with pytest.raises(FieldRefused):
        await codes.restore_billing_code(old.id, by=OWNER, now=NOW)


async def test_starter_codes_come_with_our_words_and_the_practices_fees_and_never_twice() -> None:
    await a_billing_code("90837", 15_000)
    made = await codes.keep_starter_codes({"90837": 1, "90791": 20_000, "NS-FEE": 6_000}, by=OWNER, now=NOW)
    rows = await BillingCode.filter(id__in=made).order_by("code")
    assert [(row.code, row.fee_cents, row.once, row.client_only) for row in rows] == [
        ("90791", 20_000, True, False), ("NS-FEE", 6_000, True, True),
    ]
    assert await codes.keep_starter_codes({"90791": 1}, by=OWNER, now=NOW) == []


async def test_nobody_signed_out_writes_or_reads() -> None:
    stranger = SignedIn(1, 99, "Nobody")
    with pytest.raises(NotSignedIn):
        await codes.keep_billing_code(INTAKE, by=stranger, now=NOW)
    with pytest.raises(NotSignedIn):
        await codes.draft_of_billing_code(1, seen_by=stranger)


async def test_an_appointment_type_is_kept_and_its_name_is_its_own() -> None:
    kept = await codes.keep_appointment_type(AppointmentTypeDraft(name=" Intake ", default_minutes=60), by=OWNER, now=NOW)
    assert (await AppointmentType.get(id=kept)).name == "Intake"
    with pytest.raises(Refused) as refusal:
        await codes.keep_appointment_type(AppointmentTypeDraft(name="intake", default_minutes=4), by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"name", "default_minutes"}
    draft = await codes.draft_of_appointment_type(kept, seen_by=OWNER)
    await codes.keep_appointment_type(replace(draft, billable=False), by=OWNER, now=NOW)
    assert (await AppointmentType.get(id=kept)).billable is False


async def test_an_appointment_type_on_the_calendar_is_retired_instead_of_deleted() -> None:
    used, unused = await a_type(), await a_type(name="Other")
    await an_appointment(type=used)
    with pytest.raises(InUse):
        await codes.delete_appointment_type(used.id, by=OWNER, now=NOW)
    await codes.archive_appointment_type(used.id, by=OWNER, now=NOW)
    await codes.restore_appointment_type(used.id, by=OWNER, now=NOW)
    await codes.delete_appointment_type(unused.id, by=OWNER, now=NOW)
    assert await AppointmentType.all().count() == 1
