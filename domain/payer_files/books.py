"""What a payment's decisions become in the ledger: shares moved, write-offs, and the money itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from domain.claims.x12.ordering import in_order
from domain.claims.x12.posting import ClaimDecision, PaymentDecision
from domain.ledger.allocating import Left
from domain.ledger.entries import Account, Entry, Item, allocation, applied, items
from domain.payer_files.known import OwnClaim
from storage import open_items as reading
from storage.models import LedgerEntry

LineAccounts = dict[tuple[int, Account], list[Left]]


@dataclass(slots=True)
class Books:
    """The items that these claims stand on, followed while entries are written; `money` is the payment's own entry."""

    items: list[Item]
    paid: list[tuple[int, int, int]]  # payment, item, cents below zero
    payments: dict[int, Item]
    owed: dict[tuple[int, Account], int]  # charged or moved to an account, by charge line
    money: Entry | Item | None
    on: date
    entries: list[Entry] = field(default_factory=list)
    opened: LineAccounts = field(default_factory=lambda: defaultdict(list))

    def start(self) -> None:
        """What is open of each line, by account."""
        for item in self.items:
            if item.charge_line_id and item.kind in {"charge", "transfer"} and item.cents >= 0:
                self.opened[item.charge_line_id, item.account].append(Left(item, item.open_cents))

    def settle(self, claim: ClaimDecision, own: OwnClaim) -> None:
        """One claim: first the shares, then what is written off, then the money."""
        insurer = Account(own.client_id, own.payer_id, own.policy_id)
        for line in own.known.lines:
            sums: defaultdict[str, int] = defaultdict(int)
            for entry in claim.entries:
                if entry.line == line.id and entry.kind != "left out":
                    sums[entry.kind] += entry.cents
            if any(entry.line == line.id for entry in claim.entries):
                share = line.by_this_payer.client_share_cents + sums["client share"]
                self.move_shares(line.id, insurer, own, share)
                reasons = {entry.reason for entry in claim.entries if entry.line == line.id and entry.kind == "write-off"}
                self.change(line.id, insurer, -sums["write-off"], ", ".join(sorted(reasons)))
                self.pay(line.id, insurer, sums["payment"])

    def move_shares(self, line: int, insurer: Account, own: OwnClaim, share: int) -> None:
        """The payer's word replaces what was expected of the client; the next policy is asked before the client."""
        client = Account(own.client_id)
        wanted = {client: share}
        if own.next_policy:
            policy, payer = own.next_policy
            wanted = {client: 0, Account(own.client_id, payer, policy): share}
        for account, cents in wanted.items():
            more = cents - self.owed.get((line, account), 0)
            if more:
                self.owed[line, account] = cents
                self.move(line, *((insurer, account) if more > 0 else (account, insurer)), abs(more))

    def move(self, line: int, from_: Account, to: Account, cents: int) -> None:
        """What finds no room (written off meanwhile) does not move."""
        missing = -self.change(line, from_, -cents, "The insurer's decision", kind="transfer")
        self.receive(line, to, cents - missing)

    def change(self, line: int, account: Account, cents: int, reason: str, *, kind: str = "adjustment") -> int:
        """Take cents (below zero) off a line's items, or give them back; returns what found no room."""
        for left in self.opened[line, account]:
            room = self.room(left, cents)
            if room:
                if room < 0 and left.cents < -room:
                    self.let_go(left, -room - left.cents)
                self.entries.append(applied(kind, left.of, room, on=self.on, reason=reason))  # type: ignore[arg-type]
                left.cents += room
                cents -= room
        return cents

    def room(self, left: Left, cents: int) -> int:
        """How much of a change an item can take: of the client's, paid ones too, as their money is let go."""
        if cents >= 0:
            return min(cents, left.of.cents - left.cents)
        whole = left.cents + self.lets_go(left) if left.of.account.party == "client" else left.cents
        return -min(-cents, whole)

    def lets_go(self, left: Left) -> int:
        """What payments have paid of an item."""
        return -sum(cents for _, item, cents in self.paid if item == left.of.id)

    def let_go(self, left: Left, cents: int) -> None:
        """Money that had paid it is the client's credit again."""
        for at, (payment, item, paid) in enumerate(self.paid):
            part = min(cents, -paid) if item == left.of.id else 0
            if part:
                self.entries += allocation(self.payments[payment], left.of, -part, on=self.on)
                self.paid[at] = (payment, item, paid + part)
                left.cents += part
                cents -= part

    def receive(self, line: int, account: Account, cents: int) -> None:
        """A new item where moved money arrives."""
        if cents:
            about = next(item for item in self.items if item.charge_line_id == line)
            entry = Entry(kind="transfer", account=account, cents=cents, effective_on=self.on, charge_line_id=line,
                          session_id=about.session_id, claim_id=next(
                              (item.claim_id for item in self.items if item.charge_line_id == line and item.claim_id), None),
                          reason="The insurer's decision")
            self.entries.append(entry)
            self.opened[line, account].append(Left(entry, cents))

    def pay(self, line: int, insurer: Account, cents: int) -> None:
        """The money pays the line as far as it is open; what is over stays unapplied on the payment."""
        if self.money is None:
            return
        for left in self.opened[line, insurer]:
            part = min(cents, left.cents) if cents > 0 else max(cents, left.cents - left.of.cents)
            if part:
                self.entries += allocation(self.money, left.of, part, on=self.on)
                left.cents -= part
                cents -= part


async def books_of(claims: Iterable[OwnClaim], money: Entry | Item | None, *, on: date) -> Books:
    """Read what these claims stand on."""
    lines = sorted({line.id for claim in claims for line in claim.known.lines})
    found = await items(charge_line_id=lines) if lines else []
    paid = list(await reading.paid_by(applies_to_id=[item.id for item in found])) if found else []
    payments = {payment for payment, _, _ in paid}
    by_payment = {item.payment_id or 0: item for item in (await items(payment_id=payments) if payments else [])
                  if item.kind == "payment"}
    books = Books(found, paid, by_payment, await _owed(lines), money, on)
    books.start()
    return books


async def claim_entries(decided: ClaimDecision, own: OwnClaim, money: Item | None, *, on: date) -> list[Entry]:
    """What one claim's answer posts with money that is in the books already."""
    books = await books_of([own], money, on=on)
    books.settle(decided, own)
    return books.entries


async def _owed(lines: Collection[int]) -> dict[tuple[int, Account], int]:
    """Charged or moved to each account so far, taken back ones left out."""
    rows = await LedgerEntry.filter(charge_line_id__in=list(lines), kind__in=["charge", "transfer"]).values(
        "id", "charge_line_id", "client_id", "payer_id", "policy_id", "cents")
    back = set(await LedgerEntry.filter(reverses_id__in=[row["id"] for row in rows]).values_list("reverses_id", flat=True))
    owed: defaultdict[tuple[int, Account], int] = defaultdict(int)
    for row in rows:
        if row["id"] not in back:
            owed[row["charge_line_id"], Account(row["client_id"], row["payer_id"], row["policy_id"])] += row["cents"]
    return dict(owed)


async def ledger_entries(
    decided: PaymentDecision, own: dict[str, OwnClaim], *, payment_id: int | None, payer_id: int, on: date,
) -> list[Entry]:
    """Everything that one payment posts: the money, its claims, and the payer's own adjustments."""
    payment = decided.payment
    account = Account(None, payer_id)
    money = Entry(kind="payment", account=account, cents=-payment.cents, effective_on=payment.paid_on,
                  payment_id=payment_id) if payment_id else None
    books = await books_of(own.values(), money, on=on)
    order = in_order(payment.claims, {number: one.known for number, one in own.items()})
    for claim in (decided.claims[at] for at in order):
        ours = own.get(claim.claim.control_number)
        if ours is not None and claim.known is not None and not claim.claim.is_estimate:
            books.settle(claim, replace(ours, known=claim.known))
    extra = [applied("adjustment", money, one.cents, on=on, reason=f"{one.kind} {one.code} {one.reference}".strip())
             for one in decided.payer_account if money and one.cents]
    return [*([money] if money else []), *books.entries, *extra]
