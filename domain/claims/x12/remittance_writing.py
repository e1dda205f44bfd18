"""Writes a remittance typed from paper as the 835 that it would have been, so that it is kept and read like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from domain.claims.x12.characters import plain
from domain.claims.x12.elements import amount, day
from domain.claims.x12.remitted import Adjustment, ProviderAdjustment, RemittedClaim, RemittedLine, RemittedPayment
from domain.claims.x12.writing import Envelope, enclosed, segment

GUIDE = "005010X221A1"
SENDER = "PAPER"  # nobody sent it: it was typed here
NO_YEAR = date(1900, 12, 31)


def written_remittance(payment: RemittedPayment, *, made_at: datetime) -> bytes:
    """One file with this payment. What it does not say (names of patients, addresses) is left out."""
    envelope = Envelope(sender_id=SENDER, receiver_id=SENDER, made_at=made_at, interchange_control=1, group_control=1, usage="P",
                        kind="HP", guide=GUIDE)
    return enclosed(envelope, [("0001", list(_segments(payment)))], kind="835")


def _segments(payment: RemittedPayment) -> Iterator[str]:
    yield segment("BPR", "I" if payment.cents else "H", amount(payment.cents), "C", payment.method, *[""] * 11, day(payment.paid_on))
    yield segment("TRN", "1", plain(payment.trace_number), plain(payment.payer_tax_id))
    yield segment("N1", "PR", plain(payment.payer.name))
    yield segment("N1", "PE", plain(payment.payee.name), "XX", payment.payee_npi)
    yield segment("LX", "1")
    for claim in payment.claims:
        yield from _claim(claim)
    for own in payment.provider_adjustments:
        yield _provider_adjustment(own)


def _claim(claim: RemittedClaim) -> Iterator[str]:
    yield segment("CLP", claim.control_number, claim.status, amount(claim.charge_cents), amount(claim.paid_cents),
                  amount(claim.patient_cents), "", plain(claim.payer_control_number))
    yield from _adjustments(claim.adjustments)
    for line in claim.lines:
        yield from _line(line)


def _line(line: RemittedLine) -> Iterator[str]:
    yield segment("SVC", ["HC", line.code, *line.modifiers], amount(line.charge_cents), amount(line.paid_cents))
    if line.starts_on:
        yield segment("DTM", "472", day(line.starts_on))
    yield from _adjustments(line.adjustments)
    if line.control_number:
        yield segment("REF", "6R", line.control_number)
    if line.allowed_amount_cents is not None:
        yield segment("AMT", "B6", amount(line.allowed_amount_cents))
    for remark in line.remarks:
        yield segment("LQ", "HE", plain(remark))


def _adjustments(adjustments: Iterable[Adjustment]) -> Iterator[str]:
    """A CAS for each: a reader sums them all the same."""
    return (segment("CAS", one.group, one.reason, amount(one.cents)) for one in adjustments)


def _provider_adjustment(own: ProviderAdjustment) -> str:
    return segment("PLB", own.provider_id, day(own.fiscal_year_ends_on or NO_YEAR), [own.code, plain(own.reference)], amount(own.cents))
