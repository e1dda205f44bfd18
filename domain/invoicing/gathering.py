"""Reads sessions with all that the rules of billing ask about them: a dozen queries, however many sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.billing_rule import Cover
from domain.billing_ways import Ways
from domain.breaths import with_breaths
from domain.claims.facts import (
    BillToFacts,
    ClientFacts,
    DiagnosisFacts,
    LineFacts,
    LocationFacts,
    PayerFacts,
    PaymentFacts,
    PolicyFacts,
    Postal,
    PracticeFacts,
    ProviderFacts,
    SessionFacts,
)
from domain.claims.payer_rules import PayerRule
from domain.rates.lookup import Prices
from domain.reading.add_ons import add_ons
from domain.reading.authorizations import allotment, authorizations_by_policy
from domain.reading.rates import prices_now
from domain.reading.who_pays import with_ways
from storage import models
from storage.models import (
    BillTo,
    ChargeLine,
    Client,
    ClientSession,
    Diagnosis,
    Location,
    Payer,
    Policy,
    Practice,
    Provider,
    SessionPayment,
)

CLIENT = (
    "id", "name", "insurer_first_name", "insurer_middle_name", "insurer_last_name", "insurer_suffix", "insurer_sex",
    "birth_date", "phone", "email", "release_signed_on", "assignment_signed_on", "accept_assignment",
    "employment_accident", "auto_accident", "auto_accident_state", "other_accident", "onset_on", "onset_qualifier",
    "referrer_first_name", "referrer_last_name", "referrer_npi", "pays_without_insurance", "invoice_with_diagnoses",
)  # fmt: skip
POLICY = (
    "id", "rank", "member_id", "group_number", "plan_name", "relationship", "subscriber_first_name",
    "subscriber_middle_name", "subscriber_last_name", "subscriber_birth_date", "subscriber_sex", "subscriber_phone",
    "starts_on", "ends_on", "copay_cents", "coinsurance_points", "deductible_left_cents", "deductible_checked_on",
    "patient_member_id", "is_eap",
)  # fmt: skip
PROVIDER = (
    "id", "first_name", "last_name", "credentials", "license", "npi", "taxonomy", "bills_as_entity", "entity_name",
    "entity_npi", "entity_tax_id", "entity_tax_id_kind",
)  # fmt: skip
PRACTICE = (
    "name", "billing_name", "tax_id", "tax_id_kind", "npi", "taxonomy", "phone", "email", "pay_to_name",
    "invoice_with_diagnoses", "invoice_due_days", "invoice_message", "extra_font", "missed_visit_code_id",
)  # fmt: skip
SESSION = (
    "id", "day", "status", "held_reason", "held_as", "place_of_service", "authorization_number", "bill_to", "starts_at",
    "ends_at",
)  # fmt: skip
OF_SESSION = ("attendance__appointment_id", "client_id", "provider_id", "location_id")
PAYER = ("id", "name", "kind", "payer_id", "one_day_a_claim", "telehealth_modifier", "days_to_file", "forbids_missed_fee", "asks_authorization",
         "tells_patient_paid")
LINE = ("id", "code", "description", "units", "modifiers", "fee_cents", "pointers", "client_only", "billing_code_id",
        "billing_code__unit_minutes")
ADDRESS = ("street", "street2", "city", "state", "zip")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The practice and the sessions asked for, in order of day and number."""

    practice: PracticeFacts
    sessions: list[SessionFacts]


async def gathered(**which: Any) -> Gathered:
    """Sessions that `which` chooses (as a filter on sessions), as they stand now."""
    practice = await practice_facts()
    rows = await ClientSession.filter(undone_at=None, **which).order_by("day", "id").values_list(
        *SESSION, *OF_SESSION)
    if not rows:
        return Gathered(practice, [])
    of_sessions = {"session__undone_at": None} | {f"session__{name}": value for name, value in which.items()}
    lines = await lines_of(**of_sessions)
    payments = await payments_of(**of_sessions)
    clients = await clients_of({row[-3] for row in rows})
    providers = await providers_by_id()
    locations = {row["id"]: _location(row) for row in await Location.all().values("id", "name", "npi", *ADDRESS)}
    paying = await with_ways({client.id: [_cover(one) for one in client.policies] for client in clients.values()})
    granted = {one.id: one.authorizations for client in clients.values() for one in client.policies if one.authorizations}
    drawn = await allotment(granted, paying)
    prices = await prices_now()
    found = []
    async for *own, appointment_id, client_id, provider_id, location_id in with_breaths(rows):
        mine = tuple(lines.get(own[0], ()))
        client = clients[client_id]
        session = _session(
            own, appointment_id=appointment_id, client=client, provider=providers[provider_id], location=locations.get(location_id), lines=mine,
            payments=tuple(payments.get(own[0], ())),
            authorization=drawn.of_session.get(own[0]),
            billing=paying.of(
                client_id, session_id=own[0], day=own[1], issued=own[2] == "invoiced", bill_to=own[7],
                provider_id=provider_id, insurable=any(not line.client_only for line in mine),
                pays_without_insurance=client.pays_without_insurance),
        )
        found.append(named(with_rates(session, prices), paying.ways, providers) if session.insured else session)
    return Gathered(practice, found)


def named(session: SessionFacts, ways: Ways, providers: Mapping[int, ProviderFacts]) -> SessionFacts:
    """An insured session in whose name it is billed, as was set for its provider, payer and day."""
    payer_id, day = session.billing.payer_id or 0, session.day
    if (way := ways.of(session.provider.id, payer_id, day)) is None:
        return session
    supervisor = providers.get(way.supervisor_id or 0)
    return replace(session, way=way.way, way_supervisor=supervisor,
                   supervisor_enrolled=supervisor is None or ways.bills(supervisor.id, payer_id, day))


def with_rates(session: SessionFacts, prices: Prices) -> SessionFacts:
    """An insured session whose lines know what the payer is expected to allow, and whether a fee is the client's own."""
    payer_id, day = session.billing.payer_id or 0, session.day
    return replace(session, lines=tuple(
        line if line.client_only else replace(
            line, allowed_cents=prices.rates.allowed(payer_id, line.code, line.modifier_list, on=day),
            sliding=prices.is_own(line.billing_code_id or 0, line.fee_cents, client_id=session.client.id,
                                  provider_id=session.provider.id, on=day))
        for line in session.lines
    ))


def _session(own: list[Any], **around: Any) -> SessionFacts:
    return SessionFacts(**dict(zip(SESSION, own, strict=True)), **around)


def _cover(policy: PolicyFacts) -> Cover:
    same = ("id", "rank", "starts_on", "ends_on", "is_eap")
    return Cover(payer_id=policy.payer.id, **{name: getattr(policy, name) for name in same})


async def practice_facts() -> PracticeFacts:
    """The practice as it bills."""
    pay_to = [f"pay_to_{part}" for part in ADDRESS if part != "street2"]
    row = await Practice.get(id=1).values(*PRACTICE, *ADDRESS, *pay_to)
    elsewhere = Postal(**{name.removeprefix("pay_to_"): row[name] for name in pay_to})
    electronic = await Payer.filter(archived_at=None).exclude(payer_id="").exists()
    return PracticeFacts(**{name: row[name] for name in PRACTICE}, address=_postal(row), pay_to=elsewhere,
                         add_ons=await add_ons(),
                         files_electronically=electronic)


async def lines_of(**which: Any) -> dict[int, list[LineFacts]]:
    """Charge lines in order, by session."""
    found: defaultdict[int, list[LineFacts]] = defaultdict(list)
    rows = await ChargeLine.filter(**which).order_by("session_id", "position").values_list("session_id", *LINE)
    async for session_id, *line in with_breaths(rows, every=1000):
        found[session_id].append(LineFacts(*line))
    return found


async def payments_of(**which: Any) -> dict[int, list[PaymentFacts]]:
    """Payments taken, by session."""
    found: defaultdict[int, list[PaymentFacts]] = defaultdict(list)
    rows = await SessionPayment.filter(**which).order_by("received_on", "id").values_list(
        "session_id", "received_on", "method", "cents")
    for session_id, *payment in rows:
        found[session_id].append(PaymentFacts(*payment))
    return found


async def providers_by_id() -> dict[int, ProviderFacts]:
    """All providers; each with the one who supervises."""
    rows = {row["id"]: row for row in await Provider.all().values(*PROVIDER, "supervisor_id")}
    alone = {key: ProviderFacts(**{name: row[name] for name in PROVIDER}) for key, row in rows.items()}
    return {
        key: ProviderFacts(**{name: row[name] for name in PROVIDER}, supervisor=alone.get(row["supervisor_id"]))
        for key, row in rows.items()
    }


async def clients_of(ids: set[int]) -> dict[int, ClientFacts]:
    """These clients with bill-to persons, diagnoses and policies."""
    bill_tos = await _by_client(
        BillTo.filter(client_id__in=ids).order_by("position"), _bill_to,
        "position", "name", "email", "phone", "share_points", *ADDRESS)
    diagnoses = await _by_client(
        Diagnosis.filter(client_id__in=ids).order_by("position", "id"), _diagnosis, "code", "description")
    policies = await policies_by_client(ids)
    rows = await Client.filter(id__in=ids).values(*CLIENT, *ADDRESS)
    return {
        row["id"]: ClientFacts(
            **{name: row[name] for name in CLIENT}, address=_postal(row), bill_tos=tuple(bill_tos[row["id"]]),
            diagnoses=tuple(diagnoses[row["id"]]), policies=tuple(policies[row["id"]]))
        for row in rows
    }


async def policies_by_client(ids: set[int]) -> dict[int, list[PolicyFacts]]:
    """All policies of these clients with their payers; which is in force depends on the day."""
    rules = await payer_rules()
    payers = {row["id"]: _payer(row, rules.get(row["id"], ())) for row in await Payer.all().values(*PAYER, *ADDRESS)}
    authorizations = await authorizations_by_policy(ids)
    subscriber = [f"subscriber_{part}" for part in ADDRESS if part != "street2"]

    def policy(row: Row) -> PolicyFacts:
        where = Postal(**{name.removeprefix("subscriber_"): row[name] for name in subscriber})
        own = {name: row[name] for name in POLICY}
        return PolicyFacts(**own, payer=payers[row["payer_id"]], subscriber_address=where,
                           authorizations=tuple(authorizations.get(row["id"], ())))

    return await _by_client(
        Policy.filter(client_id__in=ids).order_by("id"), policy, *POLICY, "payer_id", *subscriber)


async def _by_client(query: Any, made: Any, *wanted: str) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in await query.values("client_id", *wanted):
        found[row["client_id"]].append(made(row))
    return found


def _postal(row: Row) -> Postal:
    return Postal(**{part: row[part] for part in ADDRESS})


def _bill_to(row: Row) -> BillToFacts:
    own = ("position", "name", "email", "phone", "share_points")
    return BillToFacts(**{name: row[name] for name in own}, address=_postal(row))


def _diagnosis(row: Row) -> DiagnosisFacts:
    return DiagnosisFacts(code=row["code"], description=row["description"])


def _location(row: Row) -> LocationFacts:
    return LocationFacts(id=row["id"], name=row["name"], npi=row["npi"], address=_postal(row))


async def payer_rules() -> dict[int, list[PayerRule]]:
    """What each payer wants on its claims."""
    found: defaultdict[int, list[PayerRule]] = defaultdict(list)
    wanted = ("payer_id", "kind", "value", "credential", "provider_id", "location_id", "qualifier")
    for row in await models.PayerRule.all().order_by("id").values(*wanted):
        found[row.pop("payer_id")].append(PayerRule(**row))
    return found


def _payer(row: Row, rules: Iterable[PayerRule]) -> PayerFacts:
    return PayerFacts(**{name: row[name] for name in PAYER}, address=_postal(row), rules=tuple(rules))
