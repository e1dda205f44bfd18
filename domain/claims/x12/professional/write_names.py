"""Writes names, addresses and ways to reach somebody, as every loop of an 837P has them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims.x12.professional.records import Address, Contact, Name
from domain.claims.x12.writing import segment


def name_segment(role: str, name: Name, qualifier: str = "", said: str = "") -> str:
    """NM1: who, in which role, with a number where there is one."""
    return segment("NM1", role, "1" if name.person else "2", name.last, name.first, name.middle, "", name.suffix,
                   qualifier if said else "", said)


def address_segments(address: Address) -> Iterator[str]:
    """N3 and N4."""
    yield segment("N3", address.street, address.street2)
    yield segment("N4", address.city, address.state, address.zip)


def contact_segment(contact: Contact) -> str:
    """PER, which has room for three ways; the extension stands behind its telephone number."""
    ways = [("TE", contact.phone), ("EX", contact.extension), ("EM", contact.email), ("FX", contact.fax)]
    said = [part for way in ways if way[1] for part in way]
    return segment("PER", "IC", contact.name, *said[:6])
