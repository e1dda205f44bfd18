"""Which invoices and forms ready sessions make, and which of them must be made together. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.claims.facts import SessionFacts
from domain.claims.packing import forms
from domain.invoicing.parts import NOTHING, Part, parts_of, same_person, shares
from domain.invoicing.shares import Share


@dataclass(slots=True)
class Together:
    """Documents that share a session or a bill-to person: made together or not at all."""

    sessions: list[SessionFacts] = field(default_factory=list)
    invoices: list[list[Part]] = field(default_factory=list)
    forms: list[list[SessionFacts]] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many papers."""
        return len(self.invoices) + len(self.forms)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be made, in groups, with each insured session's expected share."""

    groups: list[Together]
    shares: Mapping[int, Share]


def planned(sessions: Sequence[SessionFacts], deductible_used: Mapping[int, int] | None = None) -> Plan:
    """One invoice a bill-to person, forms as packed, gathered into groups that hang together."""
    ordered = sorted(sessions, key=lambda session: (session.client.name.casefold(), session.day, session.id))
    due = shares(ordered, deductible_used or {})
    invoices = by_person(part for session in ordered for part in parts_of(session, due.get(session.id, NOTHING)))
    papers = forms(ordered)
    bonds: list[list[int]] = [[part.session.id for part in parts] for parts in invoices]
    bonds += [[session.id for session in form] for form in papers]
    groups: dict[int, Together] = {}
    leader = leaders([session.id for session in ordered], bonds)
    for session in ordered:
        groups.setdefault(leader[session.id], Together()).sessions.append(session)
    for parts in invoices:
        groups[leader[parts[0].session.id]].invoices.append(parts)
    for form in papers:
        groups[leader[form[0].id]].forms.append(form)
    return Plan(list(groups.values()), due)


def by_person(parts: Iterable[Part]) -> list[list[Part]]:
    """The billable parts of each person, across clients."""
    found: dict[Hashable, list[Part]] = {}
    for part in parts:
        if part.billable:
            found.setdefault(same_person(part.session.client, part.person), []).append(part)
    return list(found.values())


def leaders(ids: Iterable[int], bonds: Iterable[Sequence[int]]) -> dict[int, int]:
    """For each id the one that stands for its group, when the ids of a bond belong together."""
    above = {one: one for one in ids}

    def top(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for bond in bonds:
        for other in bond[1:]:
            above[top(other)] = top(bond[0])
    return {one: top(one) for one in above}
