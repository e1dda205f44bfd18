"""Reads names, addresses and ways to reach somebody out of a loop of an 837P."""

from __future__ import annotations

from domain.claims.x12.professional.loops import ABSENT, Loop
from domain.claims.x12.professional.records import Address, Contact, Name, Provider
from domain.claims.x12.segments import Segment


def name_of(segment: Segment) -> Name:
    """NM102 to NM107."""
    return Name(last=segment.at(3), first=segment.at(4), middle=segment.at(5), suffix=segment.at(7),
                person=segment.at(2) == "1")


def address_of(loop: Loop) -> Address | None:
    """N3 and N4, where there are any."""
    street, city = loop.one("N3"), loop.one("N4")
    if street is ABSENT and city is ABSENT:
        return None
    return Address(street=street.at(1), street2=street.at(2), city=city.at(1), state=city.at(2), zip=city.at(3))


def some_address(loop: Loop) -> Address:
    """N3 and N4 that must be there; empty when they are not, which the check tells."""
    return address_of(loop) or Address(street="", city="", state="", zip="")


def contact_of(segment: Segment) -> Contact | None:
    """PER, where there is one."""
    if segment is ABSENT:
        return None
    ways = {segment.at(place): segment.at(place + 1) for place in (3, 5, 7)}
    return Contact(name=segment.at(2), phone=ways.get("TE", ""), extension=ways.get("EX", ""), email=ways.get("EM", ""),
                   fax=ways.get("FX", ""))


def provider_of(loop: Loop) -> Provider | None:
    """2310A, B or D, where there is one."""
    if loop.head is ABSENT:
        return None
    named = loop.one("NM1")
    return Provider(name=name_of(named), npi=named.at(9), taxonomy=loop.one("PRV", "PE").at(3), ids=ids_of(loop))


def ids_of(loop: Loop) -> tuple[tuple[str, str], ...]:
    """The numbers that a payer gave somebody: qualifier and number."""
    return tuple((one.at(1), one.at(2)) for one in loop.all("REF", "0B", "1G", "G2", "LU"))
