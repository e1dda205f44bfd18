"""Which sessions share a CMS-1500: what must be alike, six lines, twelve diagnoses; a session's lines never part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.claims.facts import LocationFacts, PolicyFacts, SessionFacts
from domain.claims.pointing import session_codes
from domain.claims.session_rules import MOST_DIAGNOSES, MOST_LINES, NOT_A_SITE


@dataclass(frozen=True, slots=True)
class Alike:
    """What all sessions of one form share, since the form has one box for it."""

    client_id: int
    policy_id: int | None
    secondary_id: int | None  # boxes 9 and 11d
    provider_id: int
    entity_id: int | None  # box 33: None is the practice
    location_id: int | None  # box 32
    authorization: str  # box 23
    named_in_17: tuple[str, str]
    supervisor_id: int | None  # told in a claim by file also where box 17 names a referrer
    accident: tuple[bool, bool, str, bool]  # box 10
    day: date | None  # where the payer takes one day of service a claim


def alike(session: SessionFacts) -> Alike:
    """The key by which sessions go on a form together."""
    client, provider, secondary, place = session.client, session.rendering, secondary_of(session), site_of(session)
    return Alike(
        client.id,
        session.billing.policy_id,
        secondary.id if secondary else None,
        provider.id,
        provider.id if provider.bills_as_entity else None,
        place.id if place else None,
        authorization_of(session),
        named_in_17(session),
        session.supervisor.id if session.supervisor else None,
        (client.employment_accident, client.auto_accident, client.auto_accident_state, client.other_accident),
        session.day if session.policy and session.policy.payer.one_day_a_claim else None,
    )


def secondary_of(session: SessionFacts) -> PolicyFacts | None:
    """The second policy in force on the day of service; an assistance program pays alone."""
    if session.policy and session.policy.is_eap:
        return None
    return next((p for p in session.client.policies if p.rank == "secondary" and p.covers(session.day)), None)


def site_of(session: SessionFacts) -> LocationFacts | None:
    """Box 32: where it was given; never the client's home, and no place for a remote visit."""
    return None if session.place_of_service in NOT_A_SITE else session.location


def authorization_of(session: SessionFacts) -> str:
    """Box 23: the number typed at the session, else that of the authorization it draws on."""
    drawn = session.authorization
    return session.authorization_number or (drawn.facts.number if drawn else "")


def named_in_17(session: SessionFacts) -> tuple[str, str]:
    """Qualifier and who: one name only, first the referrer (NUCC's order), else the supervisor."""
    client = session.client
    if client.referrer_last_name:
        return "DN", f"{client.referrer_first_name} {client.referrer_last_name} {client.referrer_npi}"
    supervisor = session.supervisor
    return ("DQ", str(supervisor.id)) if supervisor else ("", "")


def forms(sessions: Iterable[SessionFacts]) -> list[list[SessionFacts]]:
    """The insured sessions, packed into forms in order of their days."""
    by_key: dict[Alike, list[SessionFacts]] = {}
    for session in sorted(sessions, key=lambda session: (session.day, session.id)):
        if session.claim_lines:
            by_key.setdefault(alike(session), []).append(session)
    return [form for together in by_key.values() for form in _packed(together)]


def _packed(sessions: list[SessionFacts]) -> list[list[SessionFacts]]:
    packed: list[list[SessionFacts]] = []
    lines, codes = 0, set[str]()
    for session in sessions:
        more = set(session_codes(session))
        if packed and lines + len(session.claim_lines) <= MOST_LINES and len(codes | more) <= MOST_DIAGNOSES:
            packed[-1].append(session)
        else:
            packed.append([session])
            lines, codes = 0, set()
        lines, codes = lines + len(session.claim_lines), codes | more
    return packed
