"""What the practice knows of a claim that a payer answers: its charges, and what was decided on each line before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["payment", "client share", "denial", "write-off", "left out"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount of a remittance and what becomes of it; `line` is the charge's id, or None where none was found.

    A "left out" amount posts nothing: another payer's remittance posted it, or the line does not owe it (any more).
    """

    kind: Kind
    cents: int
    line: int | None
    reason: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What remittances have posted on a line so far; reversals taken off."""

    paid_cents: int = 0
    client_share_cents: int = 0
    denied_cents: int = 0
    written_off_cents: int = 0

    def of(self, kind: Kind) -> int:
        """What stands of one kind of entry."""
        return {"payment": self.paid_cents, "client share": self.client_share_cents, "denial": self.denied_cents,
                "write-off": self.written_off_cents}.get(kind, 0)

    def and_entry(self, entry: Entry) -> Posted:
        """The same after an entry was posted."""
        more = {kind: entry.cents if kind == entry.kind else 0 for kind in ("payment", "client share", "denial", "write-off")}
        return Posted(
            paid_cents=self.paid_cents + more["payment"], client_share_cents=self.client_share_cents + more["client share"],
            denied_cents=self.denied_cents + more["denial"], written_off_cents=self.written_off_cents + more["write-off"])


NOTHING = Posted()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """One charge of the claim. "This payer" is the policy that the claim was sent to; write-offs by hand count as
    another's, and what the client paid does not count here.
    """

    id: int
    control_number: str
    code: str
    modifiers: tuple[str, ...] = ()
    day: date | None = None
    charge_cents: int
    by_this_payer: Posted = NOTHING
    by_others: Posted = NOTHING

    @property
    def left_cents(self) -> int:
        """What insurers have neither paid nor written off."""
        posted = (self.by_this_payer, self.by_others)
        return self.charge_cents - sum(by.paid_cents + by.written_off_cents for by in posted)

    def after(self, entry: Entry, *, of_this_payer: bool = True) -> KnownLine:
        """The same after one more entry."""
        if entry.line != self.id:
            return self
        if of_this_payer:
            return replace(self, by_this_payer=self.by_this_payer.and_entry(entry))
        return replace(self, by_others=self.by_others.and_entry(entry))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaim:
    """A claim as it was sent, by the number that it was sent under. `next_policy`: another policy could be billed after it.

    A charge that was sent again stands in several claims, by the same line id; `policy_id` tells whether to one payer.
    """

    control_number: str
    lines: tuple[KnownLine, ...]
    policy_id: int = 0
    next_policy: bool = False

    @property
    def charge_cents(self) -> int:
        """All lines together."""
        return sum(line.charge_cents for line in self.lines)

    def after(self, entries: Iterable[Entry], *, policy_id: int | None = None) -> KnownClaim:
        """The same after entries of an answer to this policy, or to another one, were posted."""
        of_this_payer = policy_id in {None, self.policy_id}
        lines = self.lines
        for entry in entries:
            lines = tuple(line.after(entry, of_this_payer=of_this_payer) for line in lines)
        return replace(self, lines=lines)
