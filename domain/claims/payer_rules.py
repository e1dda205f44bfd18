"""What a payer wants on its claims beyond the form: modifiers by credential, and numbers that it gave. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.place_of_service import TELEHEALTH_MODIFIERS

if TYPE_CHECKING:
    from domain.claims.facts import LineFacts, SessionFacts

TAXONOMY = "ZZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerRule:
    """A modifier for a credential, or a number with its qualifier for box 24J (shaded), 32b or 33b."""

    kind: str  # modifier rendering facility billing
    value: str
    credential: str = ""
    provider_id: int | None = None  # rendering: None is any
    location_id: int | None = None  # facility: None is any
    qualifier: str = ""


def has_credential(credentials: str, wanted: str) -> bool:
    """Whether LCSW stands among “PhD, L.C.S.W.”."""
    held = {_plain(part) for part in re.split(r"[,;/\s]+", credentials)}
    return bool(_plain(wanted)) and _plain(wanted) in held


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def modifiers_of(session: SessionFacts, line: LineFacts) -> tuple[str, ...]:
    """Box 24D: the line's own, with the payer's for who saw the client; telehealth modifiers stay last, as payers want them."""
    own = line.modifier_list
    added = tuple(one for one in _by_credential(session) if one not in own)
    return (
        *(one for one in own if one not in TELEHEALTH_MODIFIERS), *added,
        *(one for one in own if one in TELEHEALTH_MODIFIERS),
    ) if added else own


def _by_credential(session: SessionFacts) -> Iterator[str]:
    rules = session.policy.payer.rules if session.policy else ()
    found = (one.value for one in rules if one.kind == "modifier" and has_credential(session.provider.credentials, one.credential))
    yield from dict.fromkeys(found)


def number_of(session: SessionFacts, kind: str) -> PayerRule | None:
    """The number for one box: that of the very provider or location goes before the one for any."""
    rules = session.policy.payer.rules if session.policy else ()
    provider, location = session.rendering.id, session.location.id if session.location else None
    fitting = [
        one for one in rules
        if one.kind == kind and one.provider_id in {None, provider} and one.location_id in {None, location}
    ]
    return max(fitting, key=lambda one: (one.provider_id is not None, one.location_id is not None), default=None)


def told_of(session: SessionFacts) -> Iterator[str]:
    """In whose name it goes out, and what the payer's rules add to it."""
    if session.policy is None:
        return
    payer = session.policy.payer.name
    if session.way == "under_supervisor":
        yield f"Billed to {payer} in the name of {session.rendering.name}"
    elif session.supervisor is not None:
        yield f"Supervisor told to {payer}: {session.supervisor.name}"
    if added := tuple(_by_credential(session)):
        yield f"{payer} gets the modifier {', '.join(added)} for {session.provider.credentials}"
