"""One client's page: who it is, visits ahead and behind, policies, diagnoses, and the documents made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.billing_rule import Cover
from domain.clients import BillToDraft, ClientDraft, draft_of_client, drafts_of_bill_to
from domain.diagnoses import DiagnosisDraft, drafts_of_diagnoses
from domain.policies import overlapping_primaries
from domain.reading import to_send
from domain.reading.authorizations import AuthorizationRow, authorizations_of
from domain.reading.clients import next_visits
from domain.reading.invoice_money import InvoiceMoney, money_of_invoices
from domain.reading.masters import BilledLine, billed_by
from domain.reading.sessions import codes_text
from domain.sending import MISSED, priced
from storage.models import Attendance, Claim, Client, ClientSession, Invoice, Policy, Provider

VISITS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """A policy on a client's page; `state` is active, ended or ahead on the day it is read."""

    id: int
    payer_id: int
    payer_name: str
    payer_archived: bool
    rank: str
    member_id: str
    group_number: str
    plan_name: str
    relationship: str
    subscriber_name: str
    copay_cents: int
    coinsurance_points: int
    deductible_left_cents: int
    deductible_checked_on: date | None
    starts_on: date | None
    ends_on: date | None
    state: str
    overlaps: bool
    is_eap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """An appointment of this client; `session_id` once it was sent. `codes` are what its Service Code bills now."""

    appointment_id: int
    starts_at: datetime
    ends_at: datetime
    status: str
    provider_name: str
    type_name: str
    service_code: str
    service_code_name: str
    service_code_color: str
    session_id: int | None
    codes: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """An invoice or claim made for this client."""

    kind: str  # invoice or claim
    id: int
    number: str
    to_name: str
    issued_on: date
    total_cents: int
    void: bool
    batch_id: int
    sha256: str | None
    money: InvoiceMoney | None = None  # of an invoice that is not void


@dataclass(frozen=True, slots=True, kw_only=True)
class OneClient:
    """Everything a client's page shows, but the sessions, which have a reading of their own."""

    draft: ClientDraft
    archived: bool
    merged_into_id: int | None
    merged_into_name: str
    merged_names: tuple[str, ...]
    provider_name: str
    next_visit_at: datetime | None
    bill_to: tuple[BillToDraft, ...]
    policies: tuple[PolicyRow, ...]
    authorizations: tuple[AuthorizationRow, ...]
    diagnoses: tuple[DiagnosisDraft, ...]
    ahead: tuple[VisitRow, ...]
    behind: tuple[VisitRow, ...]
    documents: tuple[DocumentRow, ...]


async def one_client(client_id: int, *, today: date, now: datetime, seen_by: SignedIn) -> OneClient:
    """Read a client's page. Raises NotFound."""
    draft = await draft_of_client(client_id, seen_by=seen_by)
    row = await Client.get(id=client_id).select_related("merged_into")
    merged_into = row.merged_into
    provider = await Provider.get_or_none(id=draft.default_provider_id or 0)
    return OneClient(
        draft=draft, archived=row.archived_at is not None,
        merged_into_id=merged_into.id if merged_into else None,
        merged_into_name=merged_into.name if merged_into else "",
        merged_names=tuple(one.name for one in await Client.filter(merged_into_id=client_id).order_by("name")),
        provider_name=provider.name if provider else "",
        next_visit_at=(await next_visits([client_id], now=now)).get(client_id),
        bill_to=tuple(await drafts_of_bill_to(client_id, seen_by=seen_by)),
        policies=tuple(await policies_of(client_id, today=today, seen_by=seen_by)),
        authorizations=tuple(await authorizations_of([client_id], today=today, seen_by=seen_by)),
        diagnoses=tuple(await drafts_of_diagnoses(client_id, seen_by=seen_by)),
        ahead=await _visits("appointment__starts_at", client_id=client_id, appointment__ends_at__gt=now),
        behind=await _visits("-appointment__starts_at", client_id=client_id, appointment__ends_at__lte=now),
        documents=await _documents(client_id),
    )  # fmt: skip


async def policies_of(client_id: int, *, today: date, seen_by: SignedIn) -> list[PolicyRow]:
    """A client's policies: those in force first, primary before secondary, then the ones that ended."""
    await access.require(seen_by)
    rows = await Policy.filter(client_id=client_id).select_related("payer")
    covers = [
        Cover(id=row.id, payer_id=row.payer.id, rank=row.rank, starts_on=row.starts_on, ends_on=row.ends_on,
              is_eap=row.is_eap)
        for row in rows
    ]
    twice = overlapping_primaries(covers)
    listed = [_policy(row, today=today, overlaps=row.id in twice) for row in rows]
    order = {"active": 0, "ahead": 1, "ended": 2}
    newest = sorted(listed, key=lambda policy: policy.starts_on or date.min, reverse=True)
    return sorted(newest, key=lambda policy: (order[policy.state], policy.rank))


def _policy(row: Policy, *, today: date, overlaps: bool) -> PolicyRow:
    same = ("id", "rank", "member_id", "group_number", "plan_name", "relationship", "copay_cents",
            "coinsurance_points", "deductible_left_cents", "deductible_checked_on", "starts_on", "ends_on",
            "is_eap")  # fmt: skip
    return PolicyRow(
        **{name: getattr(row, name) for name in same},
        payer_id=row.payer.id, payer_name=row.payer.name, payer_archived=row.payer.archived_at is not None,
        subscriber_name=f"{row.subscriber_first_name} {row.subscriber_last_name}".strip(),
        state=state_on(today, row.starts_on, row.ends_on), overlaps=overlaps,
    )  # fmt: skip


def state_on(day: date, starts_on: date | None, ends_on: date | None) -> str:
    """Whether a policy is active on a day, ended before it, or still ahead."""
    if ends_on is not None and ends_on < day:
        return "ended"
    return "ahead" if starts_on is not None and starts_on > day else "active"


async def _visits(order: str, **of: Any) -> tuple[VisitRow, ...]:
    rows = await Attendance.filter(**of).order_by(order).limit(VISITS_SHOWN).select_related(
        "appointment", "appointment__provider", "appointment__type", "service_code"
    )  # fmt: skip
    sent = dict(
        await ClientSession.filter(attendance_id__in=[row.id for row in rows], undone_at=None).values_list(
            "attendance_id", "id"
        )
    )
    bills = await billed_by({row.service_code.id for row in rows if row.service_code})
    amounts = await _amounts([row.id for row in rows if row.id not in sent and row.status not in MISSED])
    return tuple(_visit(row, sent.get(row.id), bills, amounts) for row in rows)


async def _amounts(attendance_ids: Sequence[int]) -> dict[int, int]:
    """What visits would cost if they were sent as they stand: the fees of their day, provider and client."""
    visits = await to_send.visits(attendance_ids)
    books = await to_send.books(visits)
    return {visit.attendance_id or 0: priced(visit, books).amount_cents for visit in visits}


def _visit(
    row: Attendance, session_id: int | None, bills: Mapping[int, Sequence[BilledLine]], amounts: Mapping[int, int]
) -> VisitRow:
    appointment, code = row.appointment, row.service_code
    lines = bills.get(code.id, ()) if code else ()
    return VisitRow(
        appointment_id=appointment.id, starts_at=appointment.starts_at, ends_at=appointment.ends_at,
        status=row.status, provider_name=appointment.provider.name,
        type_name=appointment.type.name if appointment.type else "", session_id=session_id,
        service_code=code.code if code else "", service_code_name=code.name if code else "",
        service_code_color=code.color if code else "",
        codes=codes_text([line[:2] for line in lines]), amount_cents=amounts.get(row.id) or sum(cents for *_, cents in lines),
    )  # fmt: skip


async def _documents(client_id: int) -> tuple[DocumentRow, ...]:
    invoices = await Invoice.filter(client_id=client_id)
    claims = await Claim.filter(client_id=client_id).select_related("payer")
    money = await money_of_invoices({row.id: row.total_cents for row in invoices if row.voided_at is None})
    listed = [
        *(_document(row, kind="invoice", number=row.number, to_name=row.bill_to_name, money=money.get(row.id))
          for row in invoices),
        *(_document(row, kind="claim", number=row.account_number, to_name=row.payer.name) for row in claims),
    ]
    return tuple(sorted(listed, key=lambda row: (row.issued_on, row.id), reverse=True))


def _document(
    row: Invoice | Claim, *, kind: str, number: str, to_name: str, money: InvoiceMoney | None = None
) -> DocumentRow:
    return DocumentRow(
        money=money,
        kind=kind, id=row.id, number=number, to_name=to_name, issued_on=row.issued_on, total_cents=row.total_cents,
        void=row.voided_at is not None, batch_id=row.batch_id, sha256=row.sha256,  # type: ignore[union-attr]
    )  # fmt: skip
