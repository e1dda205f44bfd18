"""Decides what a balanced remittance does to the books; it writes nothing. Its entries for a claim sum to the charge."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from domain.claims.x12.balancing import held_because
from domain.claims.x12.charges import Charge, charges
from domain.claims.x12.known import Entry, Kind, KnownClaim, KnownLine
from domain.claims.x12.line_matching import NOTHING_BY_HAND, match
from domain.claims.x12.ordering import in_order
from domain.claims.x12.remitted import Adjustment, ProviderAdjustment, RemittedClaim, RemittedLine, RemittedPayment
from domain.errors import PracticeError

USUAL_WRITE_OFFS = frozenset({"CO-45", "CO-253"})  # above the contracted rate; sequestration
ANOTHER_PAYERS = "23"  # what payers before this one paid or adjusted: their own remittances post it
CONTRACTED_RATE = "CO-45"
INTEREST = "L6"

Goes = Literal["nowhere", "next policy", "forwarded", "client"]


class PaymentHeld(PracticeError):
    """A payment whose amounts contradict each other, or that came in a test file, is not posted."""

    sentence = "This payment is held and nothing of it was posted. {reasons}"
    field = "payment"


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """What one claim's answer does. Without a known claim its money waits unapplied, and a person matches it."""

    claim: RemittedClaim
    known: KnownClaim | None
    entries: tuple[Entry, ...]
    share_goes_to: Goes
    notes: tuple[str, ...] = ()
    by_hand: Mapping[int, int] = field(default_factory=dict)

    @property
    def unapplied_cents(self) -> int:
        """Money that found no charge."""
        return sum(entry.cents for entry in self.entries if entry.kind == "payment" and entry.line is None)

    @property
    def answers(self) -> tuple[tuple[RemittedLine, int | None], ...]:
        """Each of the payer's lines with the id of our charge that it answers."""
        ours = match(self.claim.lines, self.known.lines if self.known else (), self.by_hand)
        return tuple((line, charge.id if charge else None) for line, charge in zip(self.claim.lines, ours, strict=True))

    @property
    def makes_secondary_claim(self) -> bool:
        """Whether the next policy is to be billed by us."""
        return self.share_goes_to == "next policy" and self.of("client share") > 0

    def of(self, kind: Kind) -> int:
        """The sum of one kind of entry."""
        return sum(entry.cents for entry in self.entries if entry.kind == kind)


@dataclass(frozen=True, slots=True)
class PayerEntry:
    """An amount between the practice and the payer that belongs to no client; positive cents came to the practice."""

    kind: Literal["interest", "adjustment"]
    cents: int
    code: str
    reference: str


@dataclass(frozen=True, slots=True)
class PaymentDecision:
    """What one payment does: its claims in order, and the payer's own account. All its money sums to the payment."""

    payment: RemittedPayment
    claims: tuple[ClaimDecision, ...]
    payer_account: tuple[PayerEntry, ...]

    @property
    def money_cents(self) -> int:
        """All that was paid, by claim or to the payer's account."""
        return sum(claim.of("payment") for claim in self.claims) + sum(entry.cents for entry in self.payer_account)


def decide(payment: RemittedPayment, known: Mapping[str, KnownClaim], *,
           write_offs: Collection[str] = USUAL_WRITE_OFFS) -> PaymentDecision:
    """Every claim of a payment; a correction finds what the reversal before it took back.

    `known` holds our claims by the control number they were sent under; `write_offs` the practice's list, as CO-45.
    """
    if reasons := held_because(payment):
        raise PaymentHeld(reasons=" ".join(reasons))
    now, sharing, decided = dict(known), _sharing(known), dict[int, ClaimDecision]()
    for at in in_order(payment.claims, known):
        claim = payment.claims[at]
        ours = now.get(claim.control_number)
        decided[at] = decision = decide_claim(claim, ours, write_offs=write_offs)
        if ours:
            for number in {number for entry in decision.entries for number in sharing.get(entry.line, ())}:
                now[number] = now[number].after(decision.entries, policy_id=ours.policy_id)
    claims = tuple(decided[at] for at in range(len(decided)))
    return PaymentDecision(payment, claims, tuple(map(_payer_entry, payment.provider_adjustments)))


def _sharing(known: Mapping[str, KnownClaim]) -> Mapping[int | None, list[str]]:
    """The claims that each charge was sent in."""
    found: dict[int | None, list[str]] = {}
    for number, claim in known.items():
        for line in claim.lines:
            found.setdefault(line.id, []).append(number)
    return found


def decide_claim(claim: RemittedClaim, known: KnownClaim | None, *, write_offs: Collection[str] = USUAL_WRITE_OFFS,
                 by_hand: Mapping[int, int] = NOTHING_BY_HAND) -> ClaimDecision:
    """One claim's entries. A person may have chosen the claim, and `by_hand` the charge (by id) of a line (by position)."""
    if known is None or claim.is_estimate:
        money = [Entry("payment", claim.paid_cents, None)] if claim.paid_cents else []
        note = "This claim is not one of ours." if known is None else "The payer only estimates; nothing is decided."
        return ClaimDecision(claim, known, tuple(money), "nowhere", (note,))
    entries = tuple(_entries(claim, known, write_offs, by_hand))
    notes = tuple(_notes(claim, known, entries))
    return ClaimDecision(claim, known, entries, _goes(claim, known, entries), notes, by_hand)


def _entries(claim: RemittedClaim, known: KnownClaim, write_offs: Collection[str],
             by_hand: Mapping[int, int]) -> Iterator[Entry]:
    of_charge = _reversed if claim.is_reversal else _settled
    for charge in charges(claim, known, by_hand):
        line = next((line for line in known.lines if charge.line and line.id == charge.line.id), None)
        made = [_payment(charge, line), *of_charge(charge, line, write_offs)]
        known = known.after(made)  # a payer may split a line: its second part finds what its first left
        yield from (entry for entry in made if entry.cents)


def _payment(charge: Charge, line: KnownLine | None) -> Entry:
    """The money itself, always in full: it is in the bank."""
    return Entry("payment", charge.paid_cents, line.id if line else None)


def _settled(charge: Charge, line: KnownLine | None, write_offs: Collection[str]) -> Iterator[Entry]:
    """Share first, then what a person must decide on, write-offs last; together no more than is left on the line."""
    kinds = [(_kind(adjustment, charge, write_offs), adjustment) for adjustment in charge.adjustments]
    room = _room(charge, line, kinds)
    for kind, adjustment in sorted(kinds, key=lambda pair: ORDER[pair[0]]):
        if kind == "left out" or line is None:
            posted = 0  # without a charge only the money counts, until a person matches it
        elif adjustment.cents < 0:
            posted = adjustment.cents
        else:
            posted = min(adjustment.cents, room)
            room -= posted
        yield from _parts(kind, posted, adjustment, line, charge.remarks)


def _room(charge: Charge, line: KnownLine | None, kinds: Sequence[tuple[Kind, Adjustment]]) -> int:
    """What this answer may settle besides its payment; an amount below zero (an incentive) makes room for others."""
    if line is None:
        return 0
    extra = -sum(adjustment.cents for kind, adjustment in kinds if kind != "left out" and adjustment.cents < 0)
    return max(0, line.left_cents - line.by_this_payer.client_share_cents - charge.paid_cents + extra)


def _reversed(charge: Charge, line: KnownLine | None, write_offs: Collection[str]) -> Iterator[Entry]:
    """Takes back what this payer's earlier answer posted, whatever the rules called it then, and no more than that."""
    standing = {kind: line.by_this_payer.of(kind) if line else 0 for kind in TAKEN_BACK}
    for adjustment in charge.adjustments:
        kind, rest = _kind(adjustment, charge, write_offs), adjustment.cents
        for one in sorted(TAKEN_BACK, key=lambda other: other != kind) if kind != "left out" else ():
            back = _offset(rest, standing[one])
            standing[one] += back
            rest -= back
            yield Entry(one, back, line.id if line else None, adjustment.code)
        yield Entry("left out", rest, line.id if line else None, adjustment.code)


def _offset(cents: int, standing: int) -> int:
    """As much of an amount as undoes what stands; nothing when both have one sign."""
    return min(cents, -standing, key=abs) if cents * standing < 0 else 0


def _parts(kind: Kind, posted: int, adjustment: Adjustment, line: KnownLine | None,
           remarks: tuple[str, ...]) -> Iterator[Entry]:
    place = line.id if line else None
    yield Entry(kind, posted, place, adjustment.code, remarks if kind == "denial" else ())
    yield Entry("left out", adjustment.cents - posted, place, adjustment.code)


def _kind(adjustment: Adjustment, charge: Charge, write_offs: Collection[str]) -> Kind:
    if adjustment.reason == ANOTHER_PAYERS:
        return "left out"
    if adjustment.is_client_share:
        return "client share"
    if adjustment.code not in write_offs or _is_whole_charge(adjustment, charge):
        return "denial"
    return "write-off"


def _is_whole_charge(adjustment: Adjustment, charge: Charge) -> bool:
    """A contracted rate of nothing is no rate but a denial, in one amount or in several."""
    same = sum(one.cents for one in charge.adjustments if one.code == adjustment.code)
    return adjustment.code == CONTRACTED_RATE and abs(same) >= abs(charge.charge_cents) > 0


def _goes(claim: RemittedClaim, known: KnownClaim, entries: Sequence[Entry]) -> Goes:
    """Who owes the share next; a forwarded claim is already with the next payer, so no secondary claim is made."""
    if claim.is_forwarded:
        return "forwarded"
    if not any(entry.kind == "client share" and entry.cents > 0 for entry in entries):
        return "nowhere"
    return "next policy" if known.next_policy else "client"


def _notes(claim: RemittedClaim, known: KnownClaim, entries: Sequence[Entry]) -> Iterator[str]:
    if any(entry.line is None for entry in entries):
        yield "A line of the payer's answer matches none of the claim's charges."
    if _earlier_payer_unknown(known, entries):
        yield "An earlier payer settled a part of it, which is not posted here."
    if any(line.left_cents < 0 for line in known.after(entries).lines):
        yield "More was paid and written off than was charged."
    if claim.is_reversal and not any(line.by_this_payer.paid_cents or line.by_this_payer.denied_cents
                                     or line.by_this_payer.client_share_cents for line in known.lines):
        yield "It takes back an answer that was never posted here."


def _earlier_payer_unknown(known: KnownClaim, entries: Sequence[Entry]) -> bool:
    """Reason 23 on charges of which nobody else's answer is posted: the primary's remittance is missing."""
    told = sum(entry.cents for entry in entries if entry.reason.endswith(f"-{ANOTHER_PAYERS}"))
    return told > 0 and not any(line.by_others.paid_cents or line.by_others.written_off_cents for line in known.lines)


def _payer_entry(adjustment: ProviderAdjustment) -> PayerEntry:
    # PLB amounts are subtracted from the payment: interest for us is written with a minus (835 guide, PLB04).
    kind: Literal["interest", "adjustment"] = "interest" if adjustment.code == INTEREST else "adjustment"
    return PayerEntry(kind, -adjustment.cents, adjustment.code, adjustment.reference)


TAKEN_BACK: tuple[Kind, ...] = ("client share", "denial", "write-off")
ORDER: dict[Kind, int] = {"left out": 0, "client share": 1, "denial": 2, "write-off": 3, "payment": 0}
