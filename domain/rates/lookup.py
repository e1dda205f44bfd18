"""Which fee or contract rate holds for a code on a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFee:
    """A fee for one unit from a day on: of the practice, of a provider, or a client's sliding-scale fee."""

    billing_code_id: int
    provider_id: int | None = None
    client_id: int | None = None
    starts_on: date
    cents: int


class Fees:
    """The dated fees; where none holds, a code's usual fee does."""

    def __init__(self, fees: Iterable[DatedFee] = ()) -> None:
        self._of: dict[tuple[int, int | None, int | None], list[DatedFee]] = {}
        for fee in sorted(fees, key=lambda fee: fee.starts_on):
            self._of.setdefault((fee.billing_code_id, fee.provider_id, fee.client_id), []).append(fee)

    def charge(self, billing_code_id: int, usual_cents: int, *, provider_id: int | None, on: date) -> int:
        """The practice's charge, the same to every insurer: the provider's fee where one is set, else the practice's."""
        for who in (provider_id, None):
            if (cents := self._since(billing_code_id, who, None, on)) is not None:
                return cents
        return usual_cents

    def sliding(self, billing_code_id: int, *, client_id: int, on: date) -> int | None:
        """The client's own fee, for sessions billed to the client."""
        return self._since(billing_code_id, None, client_id, on)

    def _since(self, code: int, provider_id: int | None, client_id: int | None, on: date) -> int | None:
        held = [fee for fee in self._of.get((code, provider_id, client_id), ()) if fee.starts_on <= on]
        return held[-1].cents if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What a payer's contract allows for one unit from a day on; without modifiers: whatever they are."""

    payer_id: int
    code: str
    modifiers: str = ""
    starts_on: date
    cents: int


class Rates:
    """The contract rates, by payer and code."""

    def __init__(self, rates: Iterable[Rate] = ()) -> None:
        self._of: dict[tuple[int, str], list[Rate]] = {}
        for rate in rates:
            self._of.setdefault((rate.payer_id, rate.code), []).append(rate)

    def allowed(self, payer_id: int, code: str, modifiers: Iterable[str], *, on: date) -> int | None:
        """What a unit is expected to be allowed at."""
        held = self.rate(payer_id, code, modifiers, on=on)
        return held.cents if held else None

    def rate(self, payer_id: int, code: str, modifiers: Iterable[str], *, on: date) -> Rate | None:
        """Of those whose modifiers are all on the line the one that names the most, then the latest."""
        there = set(modifiers)
        held = [
            (len(named), rate.starts_on, rate) for rate in self._of.get((payer_id, code), ())
            if rate.starts_on <= on and (named := set(filter(None, rate.modifiers.split(",")))) <= there
        ]
        return max(held, key=lambda one: one[:2])[2] if held else None


@dataclass(frozen=True, slots=True)
class Prices:
    """The codes' usual fees, the dated ones, and what payers allow."""

    usual: Mapping[int, int]
    fees: Fees
    rates: Rates

    def charge(self, billing_code_id: int, *, provider_id: int | None, on: date) -> int:
        """The practice's charge for one unit."""
        return self.fees.charge(billing_code_id, self.usual.get(billing_code_id, 0), provider_id=provider_id, on=on)

    def is_own(self, billing_code_id: int, cents: int, *, client_id: int, provider_id: int, on: date) -> bool:
        """Whether a line's fee is the client's sliding-scale fee and not the practice's charge."""
        own = self.fees.sliding(billing_code_id, client_id=client_id, on=on)
        return own == cents and own != self.charge(billing_code_id, provider_id=provider_id, on=on)
