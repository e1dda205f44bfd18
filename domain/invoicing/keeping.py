"""Writes planned invoices and claims: numbers, frozen records and lines, in bulk, each session once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from domain.claims.facts import PracticeFacts, SessionFacts
from domain.claims.form import claim_record
from domain.documents.claim_record import ClaimRecord
from domain.documents.records import to_json
from domain.invoicing.invoice import invoice_record
from domain.invoicing.numbers import account_numbers, invoice_numbers
from domain.invoicing.parts import NOTHING, Part, paid_for_claim
from domain.invoicing.planning import Plan, Together
from storage.ids import new_ids
from storage.models import Claim, ClaimLine, ClientSession, Invoice, InvoiceLine


class TakenMeanwhileError(Exception):
    """A session of the group is no longer ready: somebody else invoiced, held or removed it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written of a plan, and the groups that were not."""

    invoice_ids: list[int]
    claim_ids: list[int]
    groups: list[Together]
    lost: list[Together]


@dataclass(frozen=True, slots=True)
class Press:
    """What all documents of one press of Generate share."""

    batch_id: int
    practice: PracticeFacts
    plan: Plan
    message: str
    on: date


async def keep(press: Press) -> Kept:
    """Write all groups at once; should one of them not go, each alone, so that it takes no other with it."""
    groups = press.plan.groups
    try:
        async with in_transaction("default"):
            invoices, claims = await write(groups, press)
        return Kept(invoices, claims, groups, [])
    except (TakenMeanwhileError, IntegrityError):
        return await keep_one_by_one(press)


async def keep_one_by_one(press: Press) -> Kept:
    """A savepoint for each group."""
    kept = Kept([], [], [], [])
    for group in press.plan.groups:
        try:
            async with in_transaction("default"):
                invoices, claims = await write([group], press)
        except (TakenMeanwhileError, IntegrityError):
            kept.lost.append(group)
        else:
            kept.invoice_ids.extend(invoices)
            kept.claim_ids.extend(claims)
            kept.groups.append(group)
    return kept


async def write(groups: Sequence[Together], press: Press) -> tuple[list[int], list[int]]:
    """Mark the sessions first (a count that does not match ends it), then number and keep the documents."""
    await mark_invoiced([session for group in groups for session in group.sessions])
    invoices = [parts for group in groups for parts in group.invoices]
    forms = [form for group in groups for form in group.forms]
    return await write_invoices(invoices, press), await write_claims(forms, press)


async def mark_invoiced(sessions: Sequence[SessionFacts]) -> None:
    """Ready sessions become invoiced, all of them or none. Raises TakenMeanwhileError."""
    ids = [session.id for session in sessions]
    ready = ClientSession.filter(id__in=ids, status="ready", undone_at=None)
    if await ready.update(status="invoiced", version=F("version") + 1) != len(ids):
        raise TakenMeanwhileError


async def write_invoices(invoices: Sequence[Sequence[Part]], press: Press) -> list[int]:
    """Invoices with their lines."""
    if not invoices:
        return []
    ids = await new_ids(Invoice, len(invoices))
    numbers = await invoice_numbers(len(invoices), press.on)
    rows, lines = [], []
    for key, number, parts in zip(ids, numbers, invoices, strict=True):
        rows.append(_invoice(key, number, parts, press))
        lines += [
            InvoiceLine(invoice_id=key, session_id=part.session.id, charge_line_id=own.line.id,
                        bill_to_position=part.person.position, amount_cents=own.cents)
            for part in parts
            for own in part.lines
        ]
    await Invoice.bulk_create(rows)
    await InvoiceLine.bulk_create(lines)
    return ids


def _invoice(key: int, number: str, parts: Sequence[Part], press: Press) -> Invoice:
    record = invoice_record(parts, press.practice, number=number, message=press.message, on=press.on)
    return Invoice(
        id=key, number=number, batch_id=press.batch_id, client_id=parts[0].session.client.id,
        bill_to_name=record.bill_to.name, issued_on=record.issued_on, due_on=record.due_on,
        total_cents=record.total_cents, paid_cents=record.paid_cents, record=to_json(record),
    )


async def write_claims(forms: Sequence[Sequence[SessionFacts]], press: Press) -> list[int]:
    """Claims with their lines."""
    if not forms:
        return []
    ids = await new_ids(Claim, len(forms))
    numbers = await account_numbers(len(forms), press.on)
    rows, lines = [], []
    for key, number, form in zip(ids, numbers, forms, strict=True):
        rows.append(_claim(key, number, form, press))
        of_form = [(session.id, line) for session in form for line in session.claim_lines]
        lines += [
            ClaimLine(claim_id=key, session_id=session_id, charge_line_id=line.id, position=position,
                      charge_cents=line.total_cents)
            for position, (session_id, line) in enumerate(of_form, 1)
        ]
    await Claim.bulk_create(rows)
    await ClaimLine.bulk_create(lines)
    return ids


def form_record(
    form: Sequence[SessionFacts], practice: PracticeFacts, plan: Plan, *, number: str, on: date,
) -> ClaimRecord:
    """What one form says; box 29 what the client paid, for a payer that is told: many take it off what they pay."""
    told = form[0].policy is not None and form[0].policy.payer.tells_patient_paid
    paid = sum(paid_for_claim(session, plan.shares.get(session.id, NOTHING)) for session in form) if told else 0
    return claim_record(form, practice, account_number=number, paid_cents=paid, on=on)


def _claim(key: int, number: str, form: Sequence[SessionFacts], press: Press) -> Claim:
    record = form_record(form, press.practice, press.plan, number=number, on=press.on)
    shares = [press.plan.shares.get(session.id, NOTHING) for session in form]
    policy = form[0].policy
    assert policy is not None
    return Claim(
        id=key, account_number=number, batch_id=press.batch_id, client_id=form[0].client.id, policy_id=policy.id,
        payer_id=policy.payer.id, issued_on=press.on, total_cents=record.total_cents,
        deductible_cents=sum(share.deductible_cents for share in shares), record=to_json(record),
    )
