"""What claims ask of an authorization: present where the payer asks for one, in date, and with visits left."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims.authorizing import AuthorizationFacts, amount_words
from domain.claims.facts import PolicyFacts, SessionFacts
from domain.claims.reasons import Place, Reason, Severity


def of_authorization(session: SessionFacts) -> Iterator[Reason]:
    """An error where the payer asks for one; else a used-up or outdated one is worth a look."""
    policy = session.policy
    if policy is None or not session.claim_lines:
        return
    asked = policy.payer.asks_authorization
    severity: Severity = "error" if asked else "warning"
    if (drawn := session.authorization) is not None:
        place, at = Place("client", session.client.id), f"authorization.{drawn.facts.id}"
        if drawn.over:
            yield place.reason("authorization_used_up", _used_up(session, drawn.facts), "Open the authorization", at, severity)
        if not drawn.facts.covers(session.day):
            yield place.reason("authorization_out_of_date", _dates(session, drawn.facts), "Open the authorization", at,
                               severity)
    elif asked and not session.authorization_number:
        yield _missing(session, policy)


def _missing(session: SessionFacts, policy: PolicyFacts) -> Reason:
    """The nearest one that is out of date, or none at all."""
    client, codes = session.client, {line.code for line in session.claim_lines}
    near = [
        one for one in policy.authorizations
        if one.provider_id in {None, session.provider.id} and (not one.codes or codes & set(one.codes))
    ]
    place = Place("client", client.id)
    if near:
        last = max(near, key=lambda one: (one.ends_on is None, one.ends_on, one.id))
        return place.reason("authorization_out_of_date", _dates(session, last), "Add the next one",
                            f"authorization.new.{policy.id}")
    sentence = f"{policy.payer.name} asks for an authorization, and {client.name} has none"
    if policy.authorizations:
        sentence += f" for {session.provider.name} and {' or '.join(sorted(codes))}"
    return place.reason("no_authorization", sentence, "Add the authorization", f"authorization.new.{policy.id}")


def _used_up(session: SessionFacts, one: AuthorizationFacts) -> str:
    granted = amount_words(one.granted or 0, one.counts)
    return f"{session.client.name}'s authorization {one.number} is for {granted}, and all are used before this one"


def _dates(session: SessionFacts, one: AuthorizationFacts) -> str:
    day, whose = session.day, f"{session.client.name}'s authorization {one.number}"
    if one.ends_on is not None and one.ends_on < day:
        return f"{whose} ended on {one.ends_on:%b} {one.ends_on.day}, {one.ends_on.year}"
    starts = one.starts_on or day
    return f"{whose} starts on {starts:%b} {starts.day}, {starts.year}"
