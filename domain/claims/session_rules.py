"""What claims ask of the session itself: its lines, place, bill-to persons, and letters that can be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from domain.checks import is_modifier, is_procedure_code
from domain.claims.facts import ClientFacts, LineFacts, PracticeFacts, SessionFacts
from domain.claims.payer_rules import modifiers_of
from domain.claims.pointing import MOST_POINTERS, past_the_list, session_codes
from domain.claims.reasons import Place, Reason
from domain.claims.record_rules import PRACTICE

MOST_LINES, MOST_DIAGNOSES, MOST_MODIFIERS = 6, 12, 4  # CMS-1500 boxes 24, 21 and 24D
MOST_UNITS = 999  # box 24G holds three digits
NOT_A_SITE = frozenset({"02", "10", "12"})  # remote, or the client's own home: never printed in box 32
WHOLE = 10_000
# CMS's place of service code set; the numbers between are not assigned.
CODES_IN_USE = (
    "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42 49 50 51 52 53 "
    "54 55 56 57 58 60 61 62 65 66 71 72 81 99"
)
PLACES = frozenset(CODES_IN_USE.split())

Unprintable = Callable[[Iterable[str]], str]


def of_any_session(session: SessionFacts) -> Iterator[Reason]:
    """Asked of every session, whoever pays."""
    place = Place("session", session.id)
    if session.status == "held":
        yield place.reason("held", f"Held: {session.held_reason}", "Release it", "held_reason")
    if not session.lines:
        yield place.reason("no_lines", "This session has no billing code", "Add a billing code", "lines")
    if session.billing.kind == "unclear":
        yield _two_primaries(session)
    yield from of_shares(session.client)


def _two_primaries(session: SessionFacts) -> Reason:
    day = session.day
    names = [p.payer.name for p in session.client.policies if p.rank == "primary" and p.covers(day)]
    sentence = f"{session.client.name} has {len(names)} primary policies on {day:%b} {day.day}: {' and '.join(names)}"
    return Place("client", session.client.id).reason("two_primaries", sentence, "Choose one", "policies")


def of_shares(client: ClientFacts) -> Iterator[Reason]:
    """The bill-to persons pay all of it together."""
    points = sum(person.share_points for person in client.bill_tos)
    if client.bill_tos and points != WHOLE:
        sentence = f"The shares of {client.name}'s bill-to persons make {points / 100:g} %, not 100 %"
        yield Place("client", client.id).reason("bad_shares", sentence, "Correct the shares", "bill_to")


def of_claim(session: SessionFacts) -> Iterator[Reason]:
    """Box 24 and what hangs on it."""
    place = Place("session", session.id)
    if len(session.place_of_service) != 2 or not session.place_of_service.isdigit():
        yield place.reason("bad_place", "This session has no place of service of two digits", "Choose the place",
                           "place_of_service")
    elif session.place_of_service not in PLACES:
        yield place.reason("unknown_place", f"{session.place_of_service} is not a place of service code of CMS",
                           "Correct the place", "place_of_service")
    elif session.location is None and session.place_of_service not in NOT_A_SITE:
        yield place.reason("no_location", "This session has no location", "Choose the location", "location_id")
    yield from _born_later(session)
    lines = [line for line in session.lines if not line.client_only]
    if len(lines) > MOST_LINES:
        yield place.reason("too_many_lines", f"{len(lines)} lines go to insurance; a form holds {MOST_LINES}",
                           "Split the session", "lines")
    if len(codes := session_codes(session)) > MOST_DIAGNOSES:
        yield place.reason("too_many_diagnoses", f"The lines point at {len(codes)} diagnoses; a form holds "
                           f"{MOST_DIAGNOSES}", "Change the pointers", "lines")
    known = tuple(diagnosis.code for diagnosis in session.client.diagnoses)
    for line in lines:
        yield from _line(line, known, place)
        yield from _modifiers(line, modifiers_of(session, line), place)


def _born_later(session: SessionFacts) -> Iterator[Reason]:
    client, policy = session.client, session.policy
    if client.birth_date and client.birth_date > session.day:
        yield Place("client", client.id).reason(
            "birth_after_visit", f"{client.name}'s birth date is after the day of service", "Correct the birth date",
            "birth_date")
    born = policy.subscriber_birth_date if policy and policy.relationship != "self" else None
    if policy and born and born > session.day:
        yield Place("policy", policy.id, client.id).reason(
            "birth_after_visit", f"The subscriber of {client.name}'s policy with {policy.payer.name} has a birth date "
            "after the day of service", "Correct the birth date", "subscriber_birth_date")


def _line(line: LineFacts, known: tuple[str, ...], place: Place) -> Iterator[Reason]:
    if not is_procedure_code(line.code):
        yield place.reason("bad_code", f"{line.code} is not a code that insurers take", "Correct the code", "lines")
    if line.units < 1:
        yield place.reason("no_units", f"{line.code} has no units", "Correct the units", "lines")
    elif line.total_cents <= 0:
        yield place.reason("no_charge", f"{line.code} has no charge", "Add the fee", "lines")
    if line.sliding:
        yield place.reason("sliding_fee", f"{line.code} has the client's sliding-scale fee, and insurers are charged the "
                           "practice's", "Set the practice's fee", "lines")
    if line.units > MOST_UNITS:
        yield place.reason("too_many_units", f"{line.code} has more than {MOST_UNITS} units", "Correct the units",
                           "lines")
    if len(set(line.pointers)) < len(line.pointers):
        yield place.reason("double_pointer", f"{line.code} points at the same diagnosis twice", "Correct the pointers",
                           "lines")
    if known and (past := past_the_list(line, known)):
        yield place.reason("pointer_past_list", f"{line.code} points at diagnosis {', '.join(past)}, and there is none",
                           "Correct the pointers", "lines")
    if len(line.pointers) > MOST_POINTERS:
        yield place.reason("too_many_pointers", f"{line.code} points at more than {MOST_POINTERS} diagnoses",
                           "Correct the pointers", "lines")


def _modifiers(line: LineFacts, listed: tuple[str, ...], place: Place) -> Iterator[Reason]:
    if len(listed) > MOST_MODIFIERS:
        yield place.reason("too_many_modifiers", f"{line.code} has more than {MOST_MODIFIERS} modifiers",
                           "Correct the modifiers", "lines")
    for modifier in listed:
        if not is_modifier(modifier):
            yield place.reason("bad_modifier", f"{line.code} has a modifier that is not two letters or digits: "
                               f"{modifier}", "Correct the modifiers", "lines")
    if any(one == other for one, other in pairwise(sorted(listed))):
        yield place.reason("double_modifier", f"{line.code} has the same modifier twice", "Correct the modifiers",
                           "lines")


def unprintable_of_client(client: ClientFacts, unprintable: Unprintable) -> Iterator[Reason]:
    """Letters in a client's names and addresses that no font has."""
    place = Place("client", client.id)
    texts = {"name": client.name, "insurer_first_name": client.insurer_first_name,
             "insurer_last_name": client.insurer_last_name, "street": client.address.street,
             "city": client.address.city}
    yield from _letters(texts, f"for {client.name}", place, unprintable)
    for person in client.bill_tos:
        texts = {"bill_to": f"{person.name} {person.address.street} {person.address.city}"}
        yield from _letters(texts, f"for the bill-to person {person.name}", place, unprintable)


def unprintable_of_practice(practice: PracticeFacts, unprintable: Unprintable) -> Iterator[Reason]:
    """Letters of the practice's own that no font has."""
    texts = {"billing_name": practice.billing_name or practice.name, "street": practice.address.street,
             "city": practice.address.city, "invoice_message": practice.invoice_message}
    yield from _letters(texts, "for the practice", PRACTICE, unprintable)


def unprintable_of_lines(session: SessionFacts, unprintable: Unprintable) -> Iterator[Reason]:
    """Letters in the lines' words that no font has."""
    texts = {"lines": " ".join(f"{line.code} {line.description}" for line in session.lines)}
    yield from _letters(texts, "in the lines", Place("session", session.id), unprintable)


def _letters(texts: dict[str, str], where: str, place: Place, unprintable: Unprintable) -> Iterator[Reason]:
    for field, text in texts.items():
        if not text.isascii() and (letters := unprintable([text])):
            sentence = f"No font here has {' '.join(letters)}, written {where}. Change it, or add a font file in Practice"
            yield place.reason("unprintable", sentence, "Change it", field)
