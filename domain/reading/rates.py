"""Fees and contract rates as they are kept: lists for the editors, and look-ups for sending and billing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain import access
from domain.access import SignedIn
from domain.rates.lookup import DatedFee, Fees, Prices, Rate, Rates
from storage.models import BillingCode, ContractRate, Fee


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """A fee from a day on, with whose it is; `holds` when it is the one of today."""

    id: int
    code: str
    of: str
    starts_on: date
    cents: int
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """A contract rate from a day on; `holds` when it is the one of today."""

    id: int
    code: str
    modifiers: str
    starts_on: date
    cents: int
    holds: bool


async def fees() -> Fees:
    """All dated fees: a few for a code, and one for a client on a sliding scale; services ask for the right themselves."""
    names = ("billing_code_id", "provider_id", "client_id", "starts_on", "cents")
    return Fees([DatedFee(**row) for row in await Fee.all().values(*names)])


async def rates() -> Rates:
    """All contract rates; for services, which ask for the right themselves."""
    names = ("payer_id", "code", "modifiers", "starts_on", "cents")
    return Rates([Rate(**row) for row in await ContractRate.all().values(*names)])


async def prices_now() -> Prices:
    """All that a charge and an expectation are reckoned from."""
    usual = dict(await BillingCode.all().values_list("id", "fee_cents"))
    return Prices(usual, await fees(), await rates())


async def fees_of_code(billing_code_id: int, *, on: date, seen_by: SignedIn) -> list[FeeRow]:
    """The dated fees of a code, the practice's first, the latest first; clients' own stand on their pages."""
    await access.require(seen_by)
    rows = await Fee.filter(billing_code_id=billing_code_id, client_id__isnull=True).order_by("-starts_on").values(
        "id", "starts_on", "cents", "provider_id", code="billing_code__code", first="provider__first_name",
        last="provider__last_name")
    rows.sort(key=lambda row: (row["provider_id"] is not None, row["last"] or "", row["provider_id"] or 0))
    held: set[object] = set()
    return [_fee(row, row["provider_id"], f"{row['first']} {row['last']}" if row["provider_id"] else "Practice", held, on)
            for row in rows]


async def sliding_fees(client_id: int, *, on: date, seen_by: SignedIn) -> list[FeeRow]:
    """A client's own fees, by code, the latest first."""
    await access.require(seen_by)
    rows = await Fee.filter(client_id=client_id).order_by("billing_code__code", "-starts_on").values(
        "id", "starts_on", "cents", "billing_code_id", code="billing_code__code", words="billing_code__description")
    held: set[object] = set()
    return [_fee(row, row["billing_code_id"], row["words"], held, on) for row in rows]


def _fee(row: dict[str, object], key: object, of: str, held: set[object], on: date) -> FeeRow:
    """Rows come latest first: of each key the first that has begun holds."""
    holds = row["starts_on"] <= on and key not in held  # type: ignore[operator]
    if holds:
        held.add(key)
    return FeeRow(id=row["id"], code=row["code"], of=of, starts_on=row["starts_on"], cents=row["cents"], holds=holds)  # type: ignore[arg-type]


async def rates_of(payer_id: int, *, on: date, seen_by: SignedIn) -> list[RateRow]:
    """A payer's contract rates, by code, the latest first."""
    await access.require(seen_by)
    rows = await ContractRate.filter(payer_id=payer_id).order_by("code", "modifiers", "-starts_on").values(
        "id", "code", "modifiers", "starts_on", "cents")
    held: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        holds = row["starts_on"] <= on and (key := (row["code"], row["modifiers"])) not in held
        if holds:
            held.add(key)
        found.append(RateRow(**row, holds=holds))
    return found
