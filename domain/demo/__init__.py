"""The demo practice: made through the services as staff would make it, the same on the same day, erased in one step."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tortoise.models import Model

from domain import (
    access,
    authorizations,
    clients,
    codes,
    diagnoses,
    payers,
    policies,
    practice,
    providers,
    service_codes,
)
from domain.access import SignedIn
from domain.demo import people
from domain.demo.people import Person
from domain.demo.prices import set_prices
from domain.demo.weeks import Ids, appointments
from domain.errors import NotSignedIn, PracticeError
from domain.reading.to_send import visits_between
from domain.scheduling import book_all
from domain.sending import send_to_billing
from storage import models
from storage.models import AppointmentType, Location, Practice
from storage.transactions import one_transaction

SENT_UNTIL = timedelta(days=3)  # what is older was sent to billing already
PARENTS = 2010  # clients born later have a parent who is insured and billed


class NotADemo(PracticeError):
    """Somebody asked to erase a real practice."""

    sentence = "This is a real practice, not the demo. Nothing was erased."


@dataclass(frozen=True, slots=True)
class Made:
    """How to sign in to the demo."""

    email: str
    password: str


async def make(*, now: datetime) -> Made:
    """Fill an empty database with the demo practice as it stands at `now`. Raises AlreadySetUp."""
    await practice.set_up(people.PRACTICE, people.ZONE, people.OWNER, people.EMAIL, people.PASSWORD, is_demo=True, now=now)
    by = await access.who(await access.sign_in(people.EMAIL, people.PASSWORD, now=now), now=now)
    if by is None:
        raise NotSignedIn
    async with one_transaction():
        await access.require(by)
        await _fill(by, now)
    await access.sign_out(by, now=now)
    return Made(people.EMAIL, people.PASSWORD)


async def _fill(by: SignedIn, now: datetime) -> None:
    """Everything after the set-up, in the order a practice would type it."""
    zone = ZoneInfo(people.ZONE)
    today = now.astimezone(zone).date()
    billing = await _billing_codes(by, now)
    coded = await _service_codes(billing, by, now)
    seen_by = await _providers(by, now)
    insured = await _payers(by, now)
    await _practice(billing, by, now)
    known = await _clients(seen_by, insured, today, by, now)
    await set_prices(billing, insured, seen_by, known, today, by=by, now=now)
    types = dict(await AppointmentType.all().values_list("name", "id"))
    ids = Ids(
        clients=known, providers=tuple(seen_by), service_codes=coded, location=(await Location.all().first() or Location()).id,
        therapy=types["Therapy session"], intake=types["Intake"], consultation=types["Consultation"])
    await book_all(appointments(today, ids, zone, now), by=by, now=now)
    await _send_older(today, zone, by, now)


async def _billing_codes(by: SignedIn, now: datetime) -> dict[str, int]:
    return {
        code: await codes.keep_billing_code(
            codes.BillingCodeDraft(code=code, description=words, fee_cents=fee, client_only=only, once=once), by=by, now=now)
        for code, words, fee, only, once in people.BILLING_CODES
    }


async def _service_codes(billing: dict[str, int], by: SignedIn, now: datetime) -> dict[str, int]:
    return {
        code: await service_codes.keep_service_code(
            service_codes.ServiceCodeDraft(code=code, name=name, color=color, default_minutes=minutes, billable=billable,
                                           billing_codes=[billing[each] for each in bills]), by=by, now=now)
        for code, name, color, minutes, bills, billable in people.SERVICE_CODES
    }


async def _providers(by: SignedIn, now: datetime) -> list[int]:
    return [
        await providers.keep_provider(
            providers.ProviderDraft(first_name=first, last_name=last, credentials=credentials, license=license_, npi=npi,
                                    taxonomy=taxonomy), by=by, now=now)
        for first, last, credentials, license_, npi, taxonomy in people.PROVIDERS
    ]


async def _payers(by: SignedIn, now: datetime) -> list[int]:
    return [
        await payers.keep_payer(
            payers.PayerDraft(name=name, kind=kind, payer_id=payer, street=street, city=city, state=state, zip=zip_,
                              telehealth_modifier=modifier), by=by, now=now)
        for name, kind, payer, street, city, state, zip_, modifier in people.PAYERS
    ]


async def _practice(billing: dict[str, int], by: SignedIn, now: datetime) -> None:
    draft = await practice.draft_of_practice(seen_by=by)
    await practice.keep_practice(replace(
        draft, billing_name="Thistledown Counseling PLLC", tax_id="12-3456789", npi="1880000017", taxonomy="251S00000X",
        phone="518-555-0100", street="41 Thistle Street", street2="Suite 2", city="Albany", state="NY", zip="12207-1001",
        missed_visit_code_id=billing["NS-FEE"], claims_receiver_name="A Clearinghouse", claims_receiver_id="CLEARING",
        claims_submitter_id="DEMO1234"), by=by, now=now)
    place = await providers.draft_of_location((await Location.all().first() or Location()).id, seen_by=by)
    await providers.keep_location(replace(
        place, street="41 Thistle Street, Suite 2", city="Albany", state="NY", zip="12207-1001"), by=by, now=now)


async def _clients(
    seen_by: Sequence[int], insured: Sequence[int], today: date, by: SignedIn, now: datetime
) -> dict[str, int]:
    dice = random.Random(today.year)  # noqa: S311  addresses, not secrets
    known = {}
    for number, person in enumerate(people.CLIENTS):
        client_id = await clients.keep_client(_client(person, number, seen_by, today, dice), by=by, now=now)
        known[person.name] = client_id
        await _insure_and_diagnose(client_id, person, number, insured, today, by, now)
    return known


def _client(person: Person, number: int, seen_by: Sequence[int], today: date, dice: random.Random) -> clients.ClientDraft:
    first, _, last = person.name.partition(" ")
    town, zip_ = dice.choice(people.TOWNS)
    signed = date(today.year, 1, 5 + number % 20) if today.month > 1 else date(today.year - 1, 11, 3)
    return clients.ClientDraft(
        name=person.name, birth_date=person.born, phone=f"518-555-{1100 + number}", state="NY",
        email=f"{first.lower()}@example.com", street=f"{12 + 7 * number} {dice.choice(people.STREETS)}", city=town,
        zip=zip_, default_provider_id=seen_by[person.provider], insurer_first_name=first, insurer_last_name=last,
        insurer_sex=person.sex, release_signed_on=signed, assignment_signed_on=signed)


async def _insure_and_diagnose(client_id: int, person: Person, number: int, insured: Sequence[int], today: date,
                               by: SignedIn, now: datetime) -> None:
    if person.payer is not None:
        policy_id = await policies.keep_policy(_policy(client_id, person, number, insured, today), by=by, now=now)
        for name, authorization, visits in people.AUTHORIZATIONS:
            if name == person.name:
                await authorizations.keep_authorization(authorizations.AuthorizationDraft(
                    policy_id=policy_id, number=authorization, granted=visits, starts_on=today - timedelta(days=60),
                    ends_on=today + timedelta(days=45)), by=by, now=now)
    if person.diagnoses:
        draft = await clients.draft_of_client(client_id, seen_by=by)
        named = [diagnoses.DiagnosisDraft(code, words, date(today.year - 1, 12, 1)) for code, words in person.diagnoses]
        await diagnoses.keep_diagnoses(client_id, named, version=draft.version, by=by, now=now)


def _policy(client_id: int, person: Person, number: int, insured: Sequence[int], today: date) -> policies.PolicyDraft:
    draft = policies.PolicyDraft(
        client_id=client_id, payer_id=insured[person.payer or 0], member_id=f"DEMO{4200 + number}",
        group_number="7001" if person.payer == 0 else "", starts_on=date(today.year - 1, 1, 1),
        copay_cents=(2500, 2000, 0)[person.payer or 0], coinsurance_points=1000 if person.payer == 1 else 0)
    if person.born.year <= PARENTS:
        return draft
    return replace(draft, relationship="child", subscriber_first_name="Hollis", subscriber_last_name=person.name.split()[-1],
                   subscriber_birth_date=date(1984, 2, 20), subscriber_sex="F", subscriber_street="3 Fable Road",
                   subscriber_city="Albany", subscriber_state="NY", subscriber_zip="12203")


async def _send_older(today: date, zone: ZoneInfo, by: SignedIn, now: datetime) -> None:
    """What was held more than three days ago went to billing, month by month, as staff would have done it."""
    start = datetime.combine(today - timedelta(days=60), time(), tzinfo=zone)
    end = datetime.combine(today - SENT_UNTIL, time(), tzinfo=zone)
    visits = await visits_between(start, end, seen_by=by)
    ids = [visit.attendance_id for visit in visits if visit.attendance_id is not None]
    await send_to_billing(ids, by=by, now=min(now, end))


async def erase(*, by: SignedIn) -> None:
    """Take everything of the demo away, so that the first visit comes again. Raises NotADemo."""
    async with one_transaction() as changes:
        await access.require(by)
        if not (await Practice.get(id=1)).is_demo:
            raise NotADemo
        sign_ins: list[int] = await models.SignIn.all().values_list("id", flat=True)  # type: ignore[assignment]
        for model in ALL:
            await model.all().delete()
        changes.add("sign_in", sign_ins)


# Children before their parents.
ALL: tuple[type[Model], ...] = (
    models.StatementClient, models.Statement, models.StatementRun,
    models.ContractRate, models.Fee,
    models.AllowedAmount, models.ClaimEvent, models.RemittanceMatch, models.RemittanceEntry, models.RemittancePayment, models.PayerFile,
    models.ClaimMending, models.ClaimNote, models.ClaimFollow, models.ClaimSending, models.ClaimFile, models.OpeningBalance, models.LedgerEntry, models.Payment, models.ClaimLine, models.Claim, models.InvoiceLine, models.Invoice, models.Batch, models.SessionPayment,
    models.ChargeLine, models.ClientSession, models.Attendance, models.Appointment, models.PriorAuthorization, models.Policy, models.Diagnosis,
    models.BillTo, models.Client, models.Practice, models.ServiceCodeLine, models.ServiceCode, models.BillingCode,
    models.AppointmentType, models.BillingWay, models.PayerRule, models.Payer, models.Location, models.Provider, models.AuditEntry,
    models.SignIn, models.Staff, models.Counter,
)
