"""What a claim says of its authorization before it is made."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.claims.facts import SessionFacts
from domain.claims.to_fix import Checking
from tests.fixtures import billing_facts as facts


def asked(*authorizations: Any, **but: Any) -> SessionFacts:
    """A session whose payer asks for an authorization."""
    payer = facts.a_payer(asks_authorization=True)
    client = facts.a_client(policies=(facts.a_policy(payer=payer, authorizations=authorizations),))
    return facts.a_session(client=client, **but)


def errors(session: SessionFacts) -> list[tuple[str, str, str]]:
    return [(one.code, one.sentence, one.field) for one in Checking(facts.a_practice()).to_fix(session)]


def warnings(session: SessionFacts) -> list[str]:
    return [one.code for one in Checking(facts.a_practice()).to_look_at(session)]


def test_a_payer_that_asks_for_none_gets_claims_without() -> None:
    assert (errors(facts.a_session()), warnings(facts.a_session())) == ([], [])


def test_a_payer_that_asks_for_one_gets_no_claim_without() -> None:
    [(code, sentence, field)] = errors(asked())
    assert (code, field) == ("no_authorization", "authorization.new.1")
    assert sentence == "Bluebell Health asks for an authorization, and Rowan Applewick has none"
    assert errors(asked(authorization_number="BY-HAND")) == []
    assert errors(asked(authorization=facts.authorized())) == []


def test_one_for_another_provider_or_code_is_none_for_this_claim() -> None:
    other = facts.an_authorization(provider_id=99)
    [(code, sentence, _)] = errors(asked(other))
    assert code == "no_authorization"
    assert sentence.endswith("and Rowan Applewick has none for Imogen Larkspur and 90837")


def test_one_that_ended_before_the_visit_is_named_with_its_last_day() -> None:
    [(code, sentence, field)] = errors(asked(facts.an_authorization(ends_on=date(2026, 9, 30))))
    assert (code, field) == ("authorization_out_of_date", "authorization.new.1")
    assert sentence == "Rowan Applewick's authorization AUTH-1 ended on Sep 30, 2026"


def test_one_that_is_used_up_holds_the_claim_where_it_is_asked_for_and_is_worth_a_look_elsewhere() -> None:
    used_up = facts.authorized(id=4, over=True)
    [(code, sentence, field)] = errors(asked(authorization=used_up))
    assert (code, field) == ("authorization_used_up", "authorization.4")
    assert sentence == "Rowan Applewick's authorization AUTH-1 is for 10 visits, and all are used before this one"
    session = facts.a_session(authorization=used_up)
    assert (errors(session), warnings(session)) == ([], ["authorization_used_up"])


def test_a_typed_number_of_one_that_is_out_of_date_is_told() -> None:
    ended = facts.authorized(number="OLD", starts_on=date(2026, 11, 1))
    [(code, sentence, _)] = errors(asked(authorization=ended, authorization_number="OLD"))
    assert (code, sentence) == ("authorization_out_of_date", "Rowan Applewick's authorization OLD starts on Nov 1, 2026")


def test_what_the_client_pays_asks_for_no_authorization() -> None:
    assert errors(asked(insured=False)) == []
