"""Whether a payment's amounts agree with each other, as the 835's guide demands; one that does not is held alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.claims.x12.remitted import RemittedClaim, RemittedLine, RemittedPayment


@dataclass(frozen=True, slots=True)
class Held:
    """A payment that is not posted, with every reason in words."""

    payment: RemittedPayment
    reasons: tuple[str, ...]


def balanced(payments: Iterable[RemittedPayment]) -> tuple[tuple[RemittedPayment, ...], tuple[Held, ...]]:
    """The payments that may be posted, and those that are held, each with its reasons."""
    ready, held = list[RemittedPayment](), list[Held]()
    for payment in payments:
        if reasons := held_because(payment):
            held.append(Held(payment, reasons))
        else:
            ready.append(payment)
    return tuple(ready), tuple(held)


def held_because(payment: RemittedPayment) -> tuple[str, ...]:
    """Why a payment can't be posted; empty when it can."""
    reasons = list(out_of_balance(payment))
    if payment.is_test:
        reasons.insert(0, "It came in a test file.")
    return tuple(reasons)


def out_of_balance(payment: RemittedPayment) -> Iterator[str]:
    """Lines, claims and the payment itself (835 guide, section 1.10.2)."""
    for claim in payment.claims:
        for place, line in enumerate(claim.lines, start=1):
            yield from _line(claim, place, line)
        yield from _claim(claim)
    yield from _payment(payment)


def unexplained_cents(line: RemittedLine) -> int:
    """What a line's charge is above (or below) what was paid on it and taken off it."""
    return line.charge_cents - line.adjusted_cents - line.paid_cents


def unplaced_cents(payment: RemittedPayment) -> int:
    """How much of the payment no claim and no adjustment of the payer's own accounts for yet."""
    kept_back = sum(adjustment.cents for adjustment in payment.provider_adjustments)
    return payment.cents - (sum(claim.paid_cents for claim in payment.claims) - kept_back)


def _line(claim: RemittedClaim, place: int, line: RemittedLine) -> Iterator[str]:
    if unexplained_cents(line):
        yield (f"Claim {claim.control_number}, line {place} ({line.code}): charge {money(line.charge_cents)} less "
               f"adjustments {money(line.adjusted_cents)} is not the {money(line.paid_cents)} paid.")


def _claim(claim: RemittedClaim) -> Iterator[str]:
    if claim.charge_cents - claim.adjusted_cents != claim.paid_cents:
        yield (f"Claim {claim.control_number}: charge {money(claim.charge_cents)} less adjustments "
               f"{money(claim.adjusted_cents)} is not the {money(claim.paid_cents)} paid.")


def _payment(payment: RemittedPayment) -> Iterator[str]:
    claims = sum(claim.paid_cents for claim in payment.claims)
    kept_back = sum(adjustment.cents for adjustment in payment.provider_adjustments)
    if unplaced_cents(payment):
        own = f" {'less' if kept_back > 0 else 'plus'} {money(abs(kept_back))} of the payer's own adjustments" if kept_back else ""
        yield f"The claims' {money(claims)}{own} is not the payment of {money(payment.cents)}."


def money(cents: int) -> str:
    """Dollars as a sentence shows them."""
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02}"
