"""The practice itself: its names, numbers and address, its working hours, and how it bills; and the first set-up."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

import tzlocal

from domain import access
from domain.access import SignedIn, hash_password
from domain.checks import (
    EIN,
    EMAIL,
    NPI,
    PHONE,
    SSN,
    TAXONOMY,
    Findings,
    check_address,
    tidy,
    tidy_phone,
    tidy_tax_id,
    tidy_zip,
)
from domain.claims import write_off_list
from domain.errors import ChangedMeanwhile, FieldRefused, NotFound, PracticeError
from domain.providers import as_kept
from storage.models import AppointmentType, BillingCode, Location, Practice, Staff
from storage.transactions import one_transaction
from storage.versions import keep_at_version

THEMES = ("auto", "light", "dark")


class AlreadySetUp(PracticeError):
    """A second set-up of the same database."""

    sentence = "This practice is set up already. Sign in instead."


@dataclass(slots=True)
class PracticeDraft:
    """The practice being edited. `working_days` are ISO weekdays, Monday 1; minutes count from midnight."""

    id: int | None = 1
    version: int = 1
    name: str = ""
    billing_name: str = ""
    tax_id: str = ""
    tax_id_kind: str = "EIN"
    npi: str = ""
    taxonomy: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    pay_to_name: str = ""
    pay_to_street: str = ""
    pay_to_city: str = ""
    pay_to_state: str = ""
    pay_to_zip: str = ""
    time_zone: str = ""
    working_days: str = "12345"
    day_starts_minute: int | None = 480
    day_ends_minute: int | None = 1080
    attendance_mark_required: bool = False
    missed_visit_code_id: int | None = None
    invoice_with_diagnoses: bool = False
    invoice_due_days: int | None = 30
    invoice_message: str = ""
    form_offset_x: int | None = 0
    form_offset_y: int | None = 0
    extra_font: str = ""
    claims_submitter_id: str = ""
    claims_receiver_name: str = ""
    claims_receiver_id: str = ""
    claims_are_tests: bool = True
    write_off_reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page shows around itself: the practice's name and zone, and how this person likes the screen."""

    name: str
    time_zone: str
    is_demo: bool
    theme: str
    letter_keys: bool
    role: str


async def is_set_up() -> bool:
    """Whether there is a practice; asked before anybody can sign in."""
    return await Practice.exists(id=1)


async def public_name() -> str:
    """The practice's name, for the sign-in page."""
    row = await Practice.get_or_none(id=1)
    return row.name if row else "Sessionbook"


def zone_of_this_computer() -> str:
    """The time zone to propose; UTC where the computer does not say."""
    return tzlocal.get_localzone_name() or "UTC"


async def shown_in_frame(*, seen_by: SignedIn) -> Frame:
    """What the frame of every page needs."""
    await access.require(seen_by)
    practice, staff = await Practice.get(id=1), await Staff.get_or_none(id=seen_by.staff_id or 0)
    return Frame(
        name=practice.name, time_zone=practice.time_zone, is_demo=practice.is_demo,
        theme=staff.theme if staff else "auto", letter_keys=staff.letter_keys if staff else True,
        role="Owner" if staff and staff.is_owner else "Staff",
    )  # fmt: skip


async def keep_theme(theme: str, *, by: SignedIn) -> None:
    """Keep whether this person likes the screen light, dark, or as the system has it."""
    if theme not in THEMES:
        raise FieldRefused(at="theme", sentence="Choose light, dark or as the system does.")
    async with one_transaction():
        await access.require(by)
        await Staff.filter(id=by.staff_id).update(theme=theme)


async def keep_letter_keys(*, on: bool, by: SignedIn) -> None:
    """Keep whether single-letter keys act for this person."""
    async with one_transaction():
        await access.require(by)
        await Staff.filter(id=by.staff_id).update(letter_keys=on)


async def draft_of_practice(*, seen_by: SignedIn) -> PracticeDraft:
    """The practice as it stands, to be edited."""
    await access.require(seen_by)
    row = await Practice.get(id=1)
    return PracticeDraft(**{one.name: getattr(row, one.name) for one in fields(PracticeDraft)})


def practice_values(draft: PracticeDraft) -> dict[str, Any]:
    """A draft's fields as they are kept."""
    return as_kept(draft) | {
        "tax_id": tidy_tax_id(draft.tax_id, draft.tax_id_kind), "taxonomy": draft.taxonomy.strip().upper(),
        "phone": tidy_phone(draft.phone), "state": draft.state.strip().upper(), "zip": tidy_zip(draft.zip),
        "pay_to_state": draft.pay_to_state.strip().upper(), "pay_to_zip": tidy_zip(draft.pay_to_zip),
        "working_days": "".join(sorted(set(draft.working_days))), "invoice_message": draft.invoice_message.strip(),
        "write_off_reasons": write_off_list.as_kept(draft.write_off_reasons),
    }  # fmt: skip


def practice_findings(values: dict[str, Any]) -> Findings:
    """What is wrong with the practice's own fields."""
    found = Findings()
    found.required("name", values["name"], "Type the practice's name.")
    found.fits("tax_id", values["tax_id"], EIN if values["tax_id_kind"] == "EIN" else SSN)
    found.fits("npi", values["npi"], NPI)
    found.fits("taxonomy", values["taxonomy"], TAXONOMY)
    found.fits("phone", values["phone"], PHONE)
    found.fits("email", values["email"], EMAIL)
    check_address(found, values["state"], values["zip"])
    check_address(found, values["pay_to_state"], values["pay_to_zip"], prefix="pay_to_")
    if values["time_zone"] not in available_timezones():
        found.note("time_zone", "Choose a time zone from the list.")
    check_hours(found, values)
    if values["invoice_due_days"] is None or not 0 <= values["invoice_due_days"] <= 365:
        found.note("invoice_due_days", "Type a number of days from 0 to 365.")
    for name in ("claims_submitter_id", "claims_receiver_id"):
        if values[name] and not re.fullmatch(r"[A-Za-z0-9 -]{2,15}", values[name]):
            found.note(name, "Type it as the clearinghouse gave it: 2 to 15 letters and digits.")
    if wrong := write_off_list.wrong_with(values["write_off_reasons"]):
        found.note("write_off_reasons", wrong)
    for offset in ("form_offset_x", "form_offset_y"):
        if values[offset] is None or not -100 <= values[offset] <= 100:
            found.note(offset, "Type a shift of at most 10 mm.")
    return found


def check_hours(found: Findings, values: dict[str, Any]) -> None:
    """At least one working day, and a day that ends after it starts."""
    if not values["working_days"] or set(values["working_days"]) - set("1234567"):
        found.note("working_days", "Choose at least one working day.")
    starts, ends = values["day_starts_minute"], values["day_ends_minute"]
    if starts is None:
        found.note("day_starts_minute", "Type when the day starts.")
    if ends is None:
        found.note("day_ends_minute", "Type when the day ends.")
    if starts is not None and ends is not None and not 0 <= starts < ends <= 1440:
        found.note("day_ends_minute", "The day must end after it starts.")


async def keep_practice(draft: PracticeDraft, *, by: SignedIn, now: datetime) -> None:
    """Change the practice; documents already issued keep what they said."""
    async with one_transaction() as changes:
        await access.require(by)
        values = practice_values(draft)
        found = practice_findings(values)
        if draft.missed_visit_code_id is not None:
            code = await BillingCode.get_or_none(id=draft.missed_visit_code_id)
            if code is None or not code.client_only:
                found.note("missed_visit_code_id", "Choose a Billing Code that only the client pays, such as NS-FEE.")
        found.refuse()
        if not await keep_at_version(Practice, 1, draft.version, **values):
            if not await is_set_up():
                raise NotFound(what="The practice")
            raise ChangedMeanwhile(what="The practice")
        await access.audit(by, "changed the practice", "practice", [1], at=now)
        changes.add("practice", [1])


async def set_up(
    practice_name: str, time_zone: str, owner_name: str, email: str, password: str, *, is_demo: bool = False,
    now: datetime,
) -> SignedIn:  # fmt: skip
    """Make the practice, its owner and the rows a new practice starts with. Raises AlreadySetUp or Refused.

    The owner comes back without a sign-in: `access.sign_in` opens one.
    """
    found = Findings()
    found.required("practice_name", practice_name, "Type the practice's name.")
    found.required("owner_name", owner_name, "Type your name.")
    found.required("email", email, "Type your email address; you sign in with it.")
    found.fits("email", email.strip().lower(), EMAIL)
    if time_zone not in available_timezones():
        found.note("time_zone", "Choose a time zone from the list.")
    if len(password) < access.SHORTEST_PASSWORD:
        found.note("password", f"Use at least {access.SHORTEST_PASSWORD} characters for the password.")
    found.refuse()
    password_hash = await hash_password(password)
    async with one_transaction() as changes:
        if await is_set_up():
            raise AlreadySetUp
        await Practice.create(id=1, name=tidy(practice_name), time_zone=time_zone, is_demo=is_demo)
        owner = await Staff.create(
            name=tidy(owner_name), email=email.strip().lower(), password_hash=password_hash, is_owner=True,
            created_at=now,
        )  # fmt: skip
        await make_starting_rows()
        made = SignedIn(owner.id, None, owner.name)
        await access.audit(made, "set up the practice", "practice", [1], at=now)
        changes.add("practice", [1])
    return made


async def make_starting_rows() -> None:
    """One location and four kinds of visit, so that a new practice can put an appointment on its calendar."""
    await Location.create(name="Office", place_of_service="11")
    for name, minutes, billable in (
        ("Therapy session", 50, True),
        ("Intake", 60, True),
        ("Consultation", 30, False),
        ("Meeting", 60, False),
    ):
        await AppointmentType.create(name=name, default_minutes=minutes, billable=billable)
