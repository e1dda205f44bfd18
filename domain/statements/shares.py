"""Whose an amount of a client's account is: the invoice's person, else of all by their shares, as invoices have them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.claims.facts import BillToFacts, ClientFacts
from domain.documents.records import Party
from domain.invoicing.invoice import address_lines
from domain.invoicing.parts import bill_to_persons, plain
from domain.invoicing.shares import split

Key = tuple[str, ...]


@dataclass(frozen=True)
class Persons:
    """Who pays for one client now, and those that older invoices were made out to."""

    client: ClientFacts
    earlier: tuple[Party, ...] = ()  # on open invoices, and no longer a bill-to person

    @cached_property
    def now(self) -> tuple[BillToFacts, ...]:
        """With a share, in order."""
        persons = bill_to_persons(self.client)
        return tuple(one for one in persons if one.share_points) or persons

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """All, as an envelope has them."""
        return (*(party_of(one) for one in self.now), *self.earlier)

    def parts(self, cents: int, invoiced_to: Party | None) -> list[int]:
        """An amount by person: all the invoice's person's, or of those who pay now by their shares."""
        at = self.place_of(invoiced_to) if invoiced_to is not None else None
        if at is not None:
            return [cents if one == at else 0 for one in range(len(self.parties))]
        return [*split(cents, [one.share_points for one in self.now]), *(0 for _ in self.earlier)]

    def place_of(self, party: Party) -> int | None:
        """Which of the parties an invoice was made out to; none when it is another client's invoice."""
        if (found := same_as(party, self.now)) is not None:
            return found
        keys = [key_of(one) for one in self.earlier]
        return len(self.now) + keys.index(key_of(party)) if key_of(party) in keys else None


def persons_of(client: ClientFacts, invoiced_to: Iterable[Party]) -> Persons:
    """Those who pay now; whoever else an open invoice was made out to stays the one who owes it."""
    now = Persons(client).now
    earlier = {key_of(party): party for party in invoiced_to if same_as(party, now) is None}
    return Persons(client, tuple(earlier.values()))


def same_as(party: Party, now: Sequence[BillToFacts]) -> int | None:
    """Which of the present persons this is: by name; else by an address that one of them alone has (a new surname)."""
    names = [plain(one.name) for one in now]
    if plain(party.name) in names:
        return names.index(plain(party.name))
    where = [at for at, one in enumerate(now) if party.lines and place(address_lines(one.address)) == place(party.lines)]
    return where[0] if len(where) == 1 else None


def party_of(person: BillToFacts) -> Party:
    """As the window of the envelope shows it."""
    return Party(name=person.name, lines=address_lines(person.address), phone=person.phone, email=person.email)


def key_of(party: Party) -> Key:
    """Under which persons of different clients are one: name and address, as with invoices."""
    return (plain(party.name), *place(party.lines))


def place(lines: Iterable[str]) -> Key:
    """An address, however it is written."""
    return tuple(plain(line) for line in lines)
