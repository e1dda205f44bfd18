"""Each bill-to person's part of a session: which lines, how much, and what was paid at the session. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.claims.facts import BillToFacts, ClientFacts, LineFacts, PaymentFacts, SessionFacts
from domain.invoicing.shares import WHOLE, Share, expected_share, split_each, spread

NOTHING = Share(0, 0)


@dataclass(frozen=True, slots=True)
class LinePart:
    """A person's part of one charge line."""

    line: LineFacts
    cents: int


@dataclass(frozen=True, slots=True)
class PaymentPart:
    """A person's part of one payment."""

    payment: PaymentFacts
    cents: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one bill-to person owes of one session."""

    session: SessionFacts
    person: BillToFacts
    lines: tuple[LinePart, ...]
    payments: tuple[PaymentPart, ...]

    @property
    def total_cents(self) -> int:
        """What the person's lines add up to."""
        return sum(part.cents for part in self.lines)

    @property
    def paid_cents(self) -> int:
        """What was paid of it at the session."""
        return sum(part.cents for part in self.payments)

    @property
    def billable(self) -> bool:
        """Lines of the client's own are always invoiced, also when paid; a share of insured ones only while due."""
        own = any(part.line.client_only or not self.session.insured for part in self.lines)
        return own or self.total_cents > self.paid_cents


def shares(sessions: Iterable[SessionFacts], deductible_used: Mapping[int, int]) -> dict[int, Share]:
    """The expected share of each insured session; a deductible is used up in order of the days of service.

    `deductible_used`: by policy, what live claims made since the deductible was checked already asked of the client.
    """
    left: dict[int, int] = {}
    found: dict[int, Share] = {}
    for session in sorted(sessions, key=lambda session: (session.day, session.id)):
        if (policy := session.policy) is None:
            continue
        if policy.is_eap:
            continue  # an assistance program pays in full
        before = left.get(policy.id, max(policy.deductible_left_cents - deductible_used.get(policy.id, 0), 0))
        share = expected_share(
            sum(line.expected_cents for line in session.claim_lines), copay_cents=policy.copay_cents,
            deductible_left_cents=before, coinsurance_points=policy.coinsurance_points)
        left[policy.id] = before - share.deductible_cents
        found[session.id] = share
    return found


def parts_of(session: SessionFacts, share: Share = NOTHING) -> list[Part]:
    """One part a bill-to person; all parts together are what the client owes, and all that was paid."""
    persons = bill_to_persons(session.client)
    points = [person.share_points for person in persons]
    amounts = _amounts(session, share)
    by_person = split_each(amounts, points)
    paid_by_person = split_each([payment.cents for payment in session.payments], points)
    return [
        Part(session, person, _lines(session, cents), _payments(session, paid))
        for person, cents, paid in zip(persons, by_person, paid_by_person, strict=True)
        if person.share_points > 0
    ]


def _amounts(session: SessionFacts, share: Share) -> list[int]:
    insured = session.claim_lines
    of_share = dict(zip((line.id for line in insured), spread(share.cents, [n.expected_cents for n in insured]), strict=True))
    return [of_share.get(line.id, line.total_cents) for line in session.lines]


def _lines(session: SessionFacts, cents: list[int]) -> tuple[LinePart, ...]:
    """Insured lines of which the client pays nothing are not on an invoice."""
    insured = {line.id for line in session.claim_lines}
    both = zip(session.lines, cents, strict=True)
    return tuple(LinePart(line, amount) for line, amount in both if amount or line.id not in insured)


def _payments(session: SessionFacts, cents: list[int]) -> tuple[PaymentPart, ...]:
    return tuple(PaymentPart(p, amount) for p, amount in zip(session.payments, cents, strict=True) if amount)


def bill_to_persons(client: ClientFacts) -> tuple[BillToFacts, ...]:
    """Who pays; without anyone named the client alone."""
    return client.bill_tos or (
        BillToFacts(position=1, name=client.name, email=client.email, phone=client.phone, address=client.address,
                    share_points=WHOLE),
    )


def same_person(client: ClientFacts, person: BillToFacts) -> tuple[str, ...]:
    """The key under which bill-to persons of different clients are one: their name and address.

    Without a street two people of one name can't be told apart, so then the key holds the client too.
    """
    where = person.address
    words = (person.name, where.street, where.street2, where.city, where.state, where.zip[:5])
    key = tuple(plain(word) for word in words)
    return key if key[1] else (*key, str(client.id))


def plain(text: str) -> str:
    """Letters and digits in lower case, so that spacing, case and full stops make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", "", folded).split())


def paid_for_claim(session: SessionFacts, share: Share) -> int:
    """CMS-1500 box 29: what was paid at the session toward insured lines.

    A payment counts toward the expected share first, then toward lines for the client only; what is over goes back
    to the insured ones, at most their charges.
    """
    charges = sum(line.total_cents for line in session.claim_lines)
    own = sum(line.total_cents for line in session.client_lines)
    return min(charges, max(min(session.paid_cents, share.cents), session.paid_cents - own))
