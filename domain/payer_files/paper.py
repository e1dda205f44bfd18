"""A paper EOB: typed line by line, posted once it sums to the check, and kept as the file that it would have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain import access
from domain.access import SignedIn
from domain.claims.paper_eob import ReasonUnreadable, adjustment, paper_claim, paper_line, paper_payment
from domain.claims.x12.balancing import held_because, money
from domain.claims.x12.characters import plain
from domain.claims.x12.known import KnownLine
from domain.claims.x12.remittance_writing import written_remittance
from domain.claims.x12.remitted import ProviderAdjustment, RemittedClaim, RemittedPayment
from domain.errors import NotFound, PracticeError, Refused
from domain.ledger.entries import practice_day
from domain.ledger.payments import AlreadyPosted
from domain.payer_files.known import OwnClaim, own_claims
from domain.payer_files.posting import post_or_refuse
from domain.payer_files.receiving import keep_payer_file
from storage.models import Claim, Payer, Practice, RemittancePayment
from storage.transactions import one_transaction

STATUSES: dict[str, str] = {"1": "Processed", "2": "Processed as secondary", "19": "Processed, forwarded to the next payer", "4": "Denied"}
WAYS: dict[str, str] = {"CHK": "Check", "ACH": "Transfer", "NON": "Nothing was paid"}
INTEREST, KEPT_BACK = "L6", "WO"


class NotInBalance(PracticeError):
    """The sheet as typed is not the check; nothing is posted before it is."""

    sentence = "{reasons} Nothing was posted."
    field = "sum"


@dataclass(slots=True, kw_only=True)
class PaperLine:
    """What the sheet says of one charge; columns that it does not have stay empty."""

    charge_line_id: int
    allowed_cents: int | None = None
    paid_cents: int | None = None
    above_contract_cents: int | None = None  # CO-45
    deductible_cents: int | None = None  # PR-1
    coinsurance_cents: int | None = None  # PR-2
    copay_cents: int | None = None  # PR-3
    others: list[tuple[str, int | None]] = field(default_factory=list)  # reason as typed, cents
    remarks: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed of it."""
        amounts = (self.allowed_cents, self.paid_cents, self.above_contract_cents, self.deductible_cents,
                   self.coinsurance_cents, self.copay_cents)
        return all(cents is None for cents in amounts) and not self.others


@dataclass(slots=True, kw_only=True)
class PaperClaim:
    """One claim of the sheet."""

    claim_id: int
    status: str = "1"
    payer_control_number: str = ""
    lines: list[PaperLine] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PaperEob:
    """The sheet: its check and its claims; interest came on top, what was kept back is missing."""

    payer_id: int | None = None
    number: str = ""
    paid_on: date | None = None
    cents: int | None = None
    method: str = "CHK"
    claims: list[PaperClaim] = field(default_factory=list)
    interest_cents: int | None = None
    kept_back_cents: int | None = None
    kept_back_reference: str = ""

    @property
    def to_place_cents(self) -> int:
        """How much of the check no line accounts for yet; below zero, how much too much they say."""
        paid = sum(line.paid_cents or 0 for claim in self.claims for line in claim.lines)
        return (self.cents or 0) - paid - (self.interest_cents or 0) + (self.kept_back_cents or 0)


def to_explain_cents(line: PaperLine, charge_cents: int) -> int:
    """What a line's charge is above what was paid on it and taken off it."""
    taken_off = (line.above_contract_cents, line.deductible_cents, line.coinsurance_cents, line.copay_cents,
                 *(cents for _, cents in line.others))
    return charge_cents - (line.paid_cents or 0) - sum(cents or 0 for cents in taken_off)


async def post_paper_eob(eob: PaperEob, *, by: SignedIn, now: datetime) -> int:
    """Post it as its 835 would be. Returns the payment's id.

    Raises Refused by field, NotInBalance, AlreadyPosted when the payment is there, NotFound.
    """
    on = await practice_day(now)
    own = await _own(eob)
    _refuse(eob, own, on=on)
    payment = await _payment(eob, own)
    if reasons := held_because(payment):
        raise NotInBalance(reasons=" ".join(reasons))
    zone = ZoneInfo((await Practice.get(id=1)).time_zone)
    content = written_remittance(payment, made_at=now.astimezone(zone).replace(tzinfo=None))
    async with one_transaction() as changes:
        await access.require(by)
        if await _is_there(eob, payment):
            raise AlreadyPosted
        file_id, _ = await keep_payer_file(content, f"Paper EOB {eob.number.strip()}", "835", by=by, now=now)
        kept = await post_or_refuse(payment, file_id=file_id, by=by, now=now)
        await access.audit(by, "typed a paper EOB", "remittance", [kept], at=now)
        changes.add("payer_file", [file_id])
    return kept


async def _own(eob: PaperEob) -> dict[int, OwnClaim]:
    """The claims of the sheet, by id."""
    wanted = [claim.claim_id for claim in eob.claims]
    numbers = await Claim.filter(id__in=wanted).values_list("account_number", flat=True)
    own = {one.id: one for one in (await own_claims([str(number) for number in numbers])).values()}
    if set(wanted) - set(own):
        raise NotFound(what="One of these claims")
    return own


def _refuse(eob: PaperEob, own: dict[int, OwnClaim], *, on: date) -> None:
    wrong = dict(_wrong_with_check(eob, on=on))
    for place, claim in enumerate(eob.claims):
        charges = {line.id: line for line in own[claim.claim_id].known.lines}
        for at, line in enumerate(claim.lines):
            if told := _wrong_with_line(line, charges[line.charge_line_id]):
                wrong[f"line_{place}_{at}"] = told
    if not eob.claims and not eob.interest_cents:
        wrong["sum"] = "Add the claims that the sheet answers."
    if wrong:
        raise Refused(wrong)


def _wrong_with_check(eob: PaperEob, *, on: date) -> Iterator[tuple[str, str]]:
    if eob.payer_id is None:
        yield "payer_id", "Choose the payer."
    if not plain(eob.number):
        yield "number", "Type the number of the check or transfer, or of the sheet where nothing was paid."
    if eob.paid_on is None:
        yield "paid_on", "Type the day."
    elif eob.paid_on > on:
        yield "paid_on", "This day is still ahead. Post it on the day the money is there."
    if eob.cents is None or eob.cents < 0:
        yield "cents", "Type the amount; 0.00 where nothing was paid."


def _wrong_with_line(line: PaperLine, charge: KnownLine) -> str:
    try:
        for reason, _ in line.others:
            adjustment(reason, 0)
    except ReasonUnreadable as refused:
        return refused.told()
    if line.is_empty:
        return "Type what was decided on this line."
    left = to_explain_cents(line, charge.charge_cents)
    return f"{money(abs(left))} {'of the charge is not explained' if left > 0 else 'more than the charge is explained'}." if left else ""


async def _payment(eob: PaperEob, own: dict[int, OwnClaim]) -> RemittedPayment:
    payer = await Payer.get_or_none(id=eob.payer_id or 0)
    if payer is None or eob.paid_on is None:
        raise NotFound(what="This payer")
    return paper_payment(
        payer_name=plain(payer.name), payer_id=await _key_of(payer), number=plain(eob.number), paid_on=eob.paid_on, cents=eob.cents or 0,
        claims=[_claim(claim, own[claim.claim_id]) for claim in eob.claims], own=tuple(_own_adjustments(eob)), method=eob.method)


def _claim(claim: PaperClaim, own: OwnClaim) -> RemittedClaim:
    charges = {line.id: line for line in own.known.lines}
    lines = [
        paper_line(
            charges[line.charge_line_id], paid_cents=line.paid_cents or 0, deductible_cents=line.deductible_cents or 0,
            coinsurance_cents=line.coinsurance_cents or 0, copay_cents=line.copay_cents or 0,
            above_contract_cents=line.above_contract_cents or 0, allowed_cents=line.allowed_cents,
            others=[adjustment(reason, cents or 0) for reason, cents in line.others if cents],
            remarks=tuple(plain(line.remarks).replace(",", " ").split()))
        for line in claim.lines]
    return paper_claim(own.known, lines, status=claim.status, payer_control_number=plain(claim.payer_control_number))


def _own_adjustments(eob: PaperEob) -> Iterator[ProviderAdjustment]:
    # PLB amounts are taken off the payment: what came on top is below zero.
    if eob.interest_cents:
        yield ProviderAdjustment("", None, INTEREST, "", -eob.interest_cents)
    if eob.kept_back_cents:
        yield ProviderAdjustment("", None, KEPT_BACK, plain(eob.kept_back_reference), eob.kept_back_cents)


async def _key_of(payer: Any) -> str:
    """How the payer names itself in its files (TRN03), so that the same payment in one of them is known."""
    last = await RemittancePayment.filter(payment__payer_id=payer.id).order_by("-id").first()
    return last.payer_key if last else plain(payer.payer_id or payer.name)


async def _is_there(eob: PaperEob, payment: RemittedPayment) -> bool:
    same = RemittancePayment.filter(trace_number=payment.trace_number, paid_on=payment.paid_on, cents=payment.cents)
    return await same.filter(payment__payer_id=eob.payer_id).exclude(state="undone").exists()
