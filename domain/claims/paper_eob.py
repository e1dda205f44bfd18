"""A remittance typed from paper, line by line: the same records as a file's, so that it balances and posts alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain.claims.x12.known import KnownClaim, KnownLine
from domain.claims.x12.remitted import (
    REVERSAL,
    Adjustment,
    Party,
    ProviderAdjustment,
    RemittedClaim,
    RemittedLine,
    RemittedPayment,
)
from domain.errors import PracticeError

REASON = re.compile(r"(CO|PR|OA|PI|CR)-?([A-Z]?[0-9]{1,3})")


class ReasonUnreadable(PracticeError):
    """A reason that is not group and number."""

    sentence = "Write {reason} as the group and the number that the payer prints, such as CO-45 or PR-1."
    field = "reason"


def adjustment(reason: str, cents: int) -> Adjustment:
    """A reason as a person types it: CO-45, co 45, CO45."""
    found = REASON.fullmatch(re.sub(r"\s", "", reason).upper())
    if found is None:
        raise ReasonUnreadable(reason=reason.strip() or "the reason")
    return Adjustment(found[1], found[2], cents)


def paper_line(charge: KnownLine, *, paid_cents: int, deductible_cents: int = 0, coinsurance_cents: int = 0,
               copay_cents: int = 0, above_contract_cents: int = 0, others: Iterable[Adjustment] = (),
               allowed_cents: int | None = None, remarks: tuple[str, ...] = ()) -> RemittedLine:
    """One of our charges with the columns that paper has."""
    columns = (Adjustment("CO", "45", above_contract_cents), Adjustment("PR", "1", deductible_cents),
               Adjustment("PR", "2", coinsurance_cents), Adjustment("PR", "3", copay_cents))
    return RemittedLine(
        code=charge.code, modifiers=charge.modifiers, charge_cents=charge.charge_cents, paid_cents=paid_cents,
        starts_on=charge.day, ends_on=charge.day, control_number=charge.control_number, allowed_amount_cents=allowed_cents,
        adjustments=(*(column for column in columns if column.cents), *others), remarks=remarks)


def paper_claim(claim: KnownClaim, lines: Iterable[RemittedLine], *, status: str = "1", payer_control_number: str = "",
                others: Iterable[Adjustment] = ()) -> RemittedClaim:
    """One claim of the sheet; `others` are reasons that it gives for the whole claim."""
    lines, others = tuple(lines), tuple(others)
    return RemittedClaim(
        control_number=claim.control_number, status=status, payer_control_number=payer_control_number,
        charge_cents=sum(line.charge_cents for line in lines),
        paid_cents=sum(line.paid_cents for line in lines) - sum(one.cents for one in others),
        patient_cents=sum(line.client_share_cents for line in lines), adjustments=others, lines=lines)


def taken_back(claim: RemittedClaim) -> RemittedClaim:
    """An earlier answer that the payer takes back: the same amounts, as typed then, with their signs turned."""
    lines = tuple(replace(line, charge_cents=-line.charge_cents, paid_cents=-line.paid_cents,
                          allowed_amount_cents=None, adjustments=_turned(line.adjustments)) for line in claim.lines)
    return replace(claim, status=REVERSAL, charge_cents=-claim.charge_cents, paid_cents=-claim.paid_cents,
                   patient_cents=-claim.patient_cents, adjustments=_turned(claim.adjustments), lines=lines)


def paper_payment(*, payer_name: str, payer_id: str, number: str, paid_on: date, cents: int, claims: Iterable[RemittedClaim],
                  own: Iterable[ProviderAdjustment] = (), method: str = "CHK") -> RemittedPayment:
    """The check or transfer. `payer_id` as in the payer's files (TRN03) keeps the same payment from coming a second time."""
    return RemittedPayment(
        payer=Party(payer_name), payer_tax_id=payer_id, payee=Party(""), trace_number=number.strip(), paid_on=paid_on,
        cents=cents, method=method, claims=tuple(claims), provider_adjustments=tuple(own))


def _turned(adjustments: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple(replace(one, cents=-one.cents) for one in adjustments)
