"""Billing Codes with the practice's own words and fees, and Appointment Types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import access, masters
from domain.access import SignedIn
from domain.checks import PROCEDURE_CODE, Findings, modifiers_fault, tidy, tidy_modifiers
from domain.errors import FieldRefused, NotFound
from domain.masters import Master, Use
from domain.places import PLACES_OF_SERVICE
from storage.models import (
    Appointment,
    AppointmentType,
    BillingCode,
    ChargeLine,
    Practice,
    ServiceCodeLine,
)
from storage.transactions import one_transaction

BILLING_CODE = Master(BillingCode, "billing_code", "Billing Code", (
    Use(ServiceCodeLine, "billing_code_id", "Service Code"),
    Use(ChargeLine, "billing_code_id", "session line"),
    Use(Practice, "missed_visit_code_id", "missed-visit fee"),
))  # fmt: skip
APPOINTMENT_TYPE = Master(AppointmentType, "appointment_type", "Appointment Type", (
    Use(Appointment, "type_id", "appointment"),
))  # fmt: skip
LONGEST_CODE, LONGEST_DESCRIPTION, HIGHEST_FEE_CENTS = 12, 80, 999_999_99  # box 24F holds six digits and cents

LONGEST_UNIT = 480


@dataclass(slots=True)
class BillingCodeDraft:
    """A Billing Code being edited. `once`: not copied from a client's last session (an intake, say)."""

    id: int | None = None
    version: int = 1
    code: str = ""
    description: str = ""
    fee_cents: int | None = None
    default_units: int | None = 1
    modifiers: str = ""
    place_of_service: str = ""
    client_only: bool = False
    once: bool = False
    unit_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class StarterCode:
    """A procedure code many practices bill, offered with our own short words; the fee is the practice's."""

    code: str
    description: str
    client_only: bool = False
    once: bool = False


# CPT code numbers with our own wording: the official descriptions are under copyright and are not shipped.
STARTER_CODES = (
    StarterCode("90791", "Intake interview", once=True),
    StarterCode("90792", "Intake with medical services", once=True),
    StarterCode("90832", "Therapy, 30 min"),
    StarterCode("90834", "Therapy, 45 min"),
    StarterCode("90837", "Therapy, 60 min"),
    StarterCode("90846", "Family therapy without client"),
    StarterCode("90847", "Family or couples therapy"),
    StarterCode("90853", "Group therapy"),
    StarterCode("90839", "Crisis therapy, first hour"),
    StarterCode("90840", "Crisis therapy, next half hour"),
    StarterCode("90785", "Interactive add-on"),
    StarterCode("96130", "Psychological testing, first hour"),
    StarterCode("NS-FEE", "Missed visit fee", client_only=True, once=True),
)


async def draft_of_billing_code(billing_code_id: int, *, seen_by: SignedIn) -> BillingCodeDraft:
    """A Billing Code as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await BillingCode.get_or_none(id=billing_code_id)
    if row is None:
        raise NotFound(what=BILLING_CODE.what)
    return BillingCodeDraft(
        id=row.id, version=row.version, code=row.code, description=row.description, fee_cents=row.fee_cents,
        default_units=row.default_units, modifiers=row.modifiers, place_of_service=row.place_of_service,
        client_only=row.client_only, once=row.once, unit_minutes=row.unit_minutes,
    )  # fmt: skip


def billing_code_findings(draft: BillingCodeDraft) -> Findings:
    """What is wrong with a Billing Code by itself."""
    found = Findings()
    code, modifiers = draft.code.strip().upper(), tidy_modifiers(draft.modifiers)
    found.required("code", code, "Type the code, like 90837.")
    if len(code) > LONGEST_CODE:
        found.note("code", f"Use at most {LONGEST_CODE} characters.")
    if not draft.client_only:
        found.fits("code", code, PROCEDURE_CODE)
    if len(draft.description) > LONGEST_DESCRIPTION:
        found.note("description", f"Use at most {LONGEST_DESCRIPTION} characters, so that it fits an invoice line.")
    if draft.fee_cents is None:
        found.note("fee_cents", "Type the fee for one unit, like 150.00.")
    elif not 0 <= draft.fee_cents <= HIGHEST_FEE_CENTS:
        found.note("fee_cents", "Type a fee between $0.00 and $999,999.99.")
    if draft.default_units is None or not 1 <= draft.default_units <= 99:
        found.note("default_units", "Type a number of units from 1 to 99.")
    if draft.unit_minutes is not None and not 1 <= draft.unit_minutes <= LONGEST_UNIT:
        found.note("unit_minutes", f"Type the minutes of one unit, from 1 to {LONGEST_UNIT}, or leave it empty.")
    if fault := modifiers_fault(modifiers):
        found.note("modifiers", fault)
    if draft.place_of_service and draft.place_of_service not in PLACES_OF_SERVICE:
        found.note("place_of_service", "Choose a place of service from the list.")
    return found


def billing_code_values(draft: BillingCodeDraft) -> dict[str, Any]:
    """A draft's fields as they are kept."""
    return {
        "code": draft.code.strip().upper(), "description": tidy(draft.description), "fee_cents": draft.fee_cents,
        "default_units": draft.default_units, "modifiers": tidy_modifiers(draft.modifiers),
        "place_of_service": draft.place_of_service, "client_only": draft.client_only, "once": draft.once,
        "unit_minutes": None if draft.unit_minutes is None else int(draft.unit_minutes),
    }  # fmt: skip


async def keep_billing_code(draft: BillingCodeDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change a Billing Code; sessions made before keep the fee and words they were made with."""
    async with one_transaction() as changes:
        await access.require(by)
        found, values = billing_code_findings(draft), billing_code_values(draft)
        if await billing_code_taken(values["code"], values["modifiers"], except_for=draft.id):
            found.note("code", "This code with these modifiers is already there. Change that one instead.")
        found.refuse()
        return await masters.keep(BILLING_CODE, draft, values, changes, by=by, now=now)


async def billing_code_taken(code: str, modifiers: str, *, except_for: int | None) -> bool:
    """Whether another Billing Code in use has the same code and modifiers."""
    same = BillingCode.filter(code=code, modifiers=modifiers, archived_at=None)
    return await same.exclude(id=except_for or 0).exists()


async def keep_starter_codes(fees: dict[str, int], *, by: SignedIn, now: datetime) -> list[int]:
    """Add codes of the starter list, each with the fee the practice typed; those already there are passed over."""
    async with one_transaction() as changes:
        await access.require(by)
        have = {row.code for row in await BillingCode.filter(archived_at=None, modifiers="")}
        wanted = [starter for starter in STARTER_CODES if starter.code in fees and starter.code not in have]
        drafts = [
            BillingCodeDraft(code=one.code, description=one.description, fee_cents=fees[one.code],
                             client_only=one.client_only, once=one.once)
            for one in wanted
        ]  # fmt: skip
        return [
            await masters.keep(BILLING_CODE, draft, billing_code_values(draft), changes, by=by, now=now)
            for draft in drafts
        ]


async def archive_billing_code(billing_code_id: int, *, by: SignedIn, now: datetime) -> None:
    """Retire a Billing Code; Service Codes that have it keep it until they are changed."""
    await masters.archive(BILLING_CODE, billing_code_id, by=by, now=now)


async def restore_billing_code(billing_code_id: int, *, by: SignedIn, now: datetime) -> None:
    """Offer a retired Billing Code again, unless another has taken its place."""
    async with one_transaction():
        await access.require(by)
        row = await BillingCode.get_or_none(id=billing_code_id)
        if row is not None and await billing_code_taken(row.code, row.modifiers, except_for=row.id):
            raise FieldRefused(at="code", sentence=f"Another Billing Code {row.code} is in use. Retire that one first.")
        await masters.restore(BILLING_CODE, billing_code_id, by=by, now=now)


async def delete_billing_code(billing_code_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a Billing Code that nothing has used yet. Raises InUse."""
    await masters.delete(BILLING_CODE, billing_code_id, by=by, now=now)


@dataclass(slots=True)
class AppointmentTypeDraft:
    """An Appointment Type being edited."""

    id: int | None = None
    version: int = 1
    name: str = ""
    billable: bool = True
    default_minutes: int | None = 50


async def draft_of_appointment_type(type_id: int, *, seen_by: SignedIn) -> AppointmentTypeDraft:
    """An Appointment Type as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await AppointmentType.get_or_none(id=type_id)
    if row is None:
        raise NotFound(what=APPOINTMENT_TYPE.what)
    return AppointmentTypeDraft(row.id, row.version, row.name, row.billable, row.default_minutes)


async def keep_appointment_type(draft: AppointmentTypeDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change an Appointment Type; appointments already made keep their length."""
    name = tidy(draft.name)
    async with one_transaction() as changes:
        await access.require(by)
        found = Findings()
        found.required("name", name, "Type a name, like Therapy session.")
        check_minutes(found, draft.default_minutes)
        if await AppointmentType.filter(name__iexact=name, archived_at=None).exclude(id=draft.id or 0).exists():
            found.note("name", "There is an Appointment Type of this name already.")
        found.refuse()
        values = {"name": name, "billable": draft.billable, "default_minutes": draft.default_minutes}
        return await masters.keep(APPOINTMENT_TYPE, draft, values, changes, by=by, now=now)


def check_minutes(found: Findings, minutes: int | None) -> None:
    """A length between five minutes and a day."""
    if minutes is None or not 5 <= minutes <= 1440:
        found.note("default_minutes", "Type a length of 5 to 1,440 minutes.")


async def archive_appointment_type(type_id: int, *, by: SignedIn, now: datetime) -> None:
    """Retire an Appointment Type; appointments keep it."""
    await masters.archive(APPOINTMENT_TYPE, type_id, by=by, now=now)


async def restore_appointment_type(type_id: int, *, by: SignedIn, now: datetime) -> None:
    """Offer a retired Appointment Type again."""
    await masters.restore(APPOINTMENT_TYPE, type_id, by=by, now=now)


async def delete_appointment_type(type_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove an Appointment Type that no appointment has. Raises InUse."""
    await masters.delete(APPOINTMENT_TYPE, type_id, by=by, now=now)
