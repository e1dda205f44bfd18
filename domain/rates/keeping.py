"""Fees and contract rates are added from a day on, changed by a later one, and removed; sessions made keep their fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from domain import access
from domain.access import SignedIn
from domain.checks import Findings, is_procedure_code, modifiers_fault, tidy_modifiers
from domain.codes import HIGHEST_FEE_CENTS
from domain.errors import FieldRefused, NotFound
from domain.rates.lookup import Rate
from storage.models import BillingCode, Client, ContractRate, Fee, Payer, Provider
from storage.transactions import one_transaction

HIGHEST = f"Type an amount between $0.00 and ${HIGHEST_FEE_CENTS // 100:,}.{HIGHEST_FEE_CENTS % 100:02}."
THAT_DAY = "There is one from this day already. Remove that one first, or choose another day."


@dataclass(slots=True, kw_only=True)
class FeeDraft:
    """A fee from a day on, being typed: of the practice, or of one provider, or of one client (sliding scale)."""

    billing_code_id: int | None = None
    provider_id: int | None = None
    client_id: int | None = None
    starts_on: date | None = None
    cents: int | None = None


@dataclass(slots=True, kw_only=True)
class RateDraft:
    """A contract rate being typed."""

    payer_id: int
    code: str = ""
    modifiers: str = ""
    starts_on: date | None = None
    cents: int | None = None


async def add_fee(draft: FeeDraft, *, by: SignedIn, now: datetime) -> int:
    """Set a fee from a day on. Returns its id. Raises Refused, NotFound, FieldRefused when that day has one already."""
    _checked(draft.starts_on, draft.cents, draft.billing_code_id is not None).refuse()
    async with one_transaction() as changes:
        await access.require(by)
        await _of_somebody(draft)
        values = {name: getattr(draft, name) for name in ("billing_code_id", "provider_id", "client_id", "starts_on", "cents")}
        try:
            kept = int((await Fee.create(**values)).id)
        except IntegrityError as refused:
            raise FieldRefused(at="starts_on", sentence=THAT_DAY) from refused
        await _told(draft.client_id, draft.billing_code_id, "set a fee", by, now)
        changes.add("fee", [kept])
        changes.add("client" if draft.client_id else "billing_code", [draft.client_id or draft.billing_code_id or 0])
    return kept


def _checked(starts_on: date | None, cents: int | None, has_code: bool) -> Findings:
    found = Findings()
    if not has_code:
        found.note("billing_code_id", "Choose a Billing Code.")
    if starts_on is None:
        found.note("starts_on", "Type the first day it holds.")
    if cents is None or not 0 <= cents <= HIGHEST_FEE_CENTS:
        found.note("cents", HIGHEST)
    return found


async def _of_somebody(draft: FeeDraft) -> None:
    if not await BillingCode.exists(id=draft.billing_code_id or 0):
        raise NotFound(what="This Billing Code")
    if draft.provider_id and not await Provider.exists(id=draft.provider_id):
        raise NotFound(what="This provider")
    if draft.client_id and not await Client.exists(id=draft.client_id, merged_into_id=None):
        raise NotFound(what="This client")


async def remove_fee(fee_id: int, *, by: SignedIn, now: datetime) -> FeeDraft:
    """Take a fee away; what held before it holds again. Returns it, so that it can be put back. Raises NotFound."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await Fee.get_or_none(id=fee_id).values(
            "billing_code_id", "provider_id", "client_id", "starts_on", "cents")
        if row is None or not await Fee.filter(id=fee_id).delete():
            raise NotFound(what="This fee")
        draft = FeeDraft(**row)
        await _told(draft.client_id, draft.billing_code_id, "removed a fee", by, now)
        changes.add("fee", [fee_id])
        changes.add("client" if draft.client_id else "billing_code", [draft.client_id or draft.billing_code_id or 0])
    return draft


async def _told(client_id: int | None, code_id: int | None, act: str, by: SignedIn, now: datetime) -> None:
    subject, key = ("client", client_id) if client_id else ("billing_code", code_id)
    await access.audit(by, act, subject, [key or 0], at=now)


async def add_rate(draft: RateDraft, *, by: SignedIn, now: datetime) -> int:
    """Set a contract rate from a day on. Returns its id. Raises Refused, NotFound, FieldRefused for a second that day."""
    code, modifiers = draft.code.strip().upper(), tidy_modifiers(draft.modifiers)
    found = _checked(draft.starts_on, draft.cents, has_code=True)
    if not is_procedure_code(code):
        found.note("code", "Type a code of five letters or digits, like 90837.")
    if fault := modifiers_fault(modifiers):
        found.note("modifiers", fault)
    found.refuse()
    rate = Rate(payer_id=draft.payer_id, code=code, modifiers=modifiers, starts_on=draft.starts_on or now.date(),
                cents=draft.cents or 0)
    async with one_transaction():
        if await ContractRate.exists(**_where(rate)):
            raise FieldRefused(at="starts_on", sentence=THAT_DAY)
        await keep_rates([rate], by=by, now=now)
        return int((await ContractRate.get(**_where(rate))).id)


def _where(rate: Rate) -> dict[str, Any]:
    return {"payer_id": rate.payer_id, "code": rate.code, "modifiers": rate.modifiers, "starts_on": rate.starts_on}


async def keep_rates(rates: Sequence[Rate], *, by: SignedIn, now: datetime) -> int:
    """Keep a list of rates; one of the same code, modifiers and day is changed. Returns how many are new or other."""
    async with one_transaction() as changes:
        await access.require(by)
        payers = sorted({rate.payer_id for rate in rates})
        if await Payer.filter(id__in=payers).count() != len(payers):
            raise NotFound(what="This payer")
        different = 0
        for rate in rates:
            if await ContractRate.exists(**_where(rate), cents=rate.cents):
                continue
            different += 1
            if not await ContractRate.filter(**_where(rate)).update(cents=rate.cents):
                await ContractRate.create(**_where(rate), cents=rate.cents)
        await access.audit(by, "set contract rates", "payer", payers, at=now)
        changes.add("payer", payers)
    return different


async def remove_rate(rate_id: int, *, by: SignedIn, now: datetime) -> RateDraft:
    """Take a rate away; what held before it holds again. Returns it, so that it can be put back. Raises NotFound."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await ContractRate.get_or_none(id=rate_id).values("payer_id", "code", "modifiers", "starts_on", "cents")
        if row is None or not await ContractRate.filter(id=rate_id).delete():
            raise NotFound(what="This rate")
        await access.audit(by, "removed a contract rate", "payer", [row["payer_id"]], at=now)
        changes.add("payer", [row["payer_id"]])
    return RateDraft(**row)
