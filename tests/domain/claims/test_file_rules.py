"""What only a claim by file would be refused for is told before the claim is made, where it is mended."""

from __future__ import annotations

from typing import Any

from domain.claims.facts import Postal, SessionFacts
from domain.claims.reasons import Reason
from domain.claims.to_fix import Checking
from tests.fixtures import billing_facts as facts

PRACTICE = facts.a_practice(files_electronically=True)
PAYER = facts.a_payer(payer_id="60054")


def told(session: SessionFacts, practice: Any = PRACTICE) -> list[Reason]:
    return [one for one in Checking(practice).to_look_at(session) if one.code.startswith("file_")]


def a_session(*policies: Any, of_client: dict[str, Any] | None = None, **but: Any) -> SessionFacts:
    client = facts.a_client(policies=policies or (facts.a_policy(payer=PAYER),), **of_client or {})
    return facts.a_session(client=client, **but)


def test_a_session_that_is_fine_by_file_has_nothing_told() -> None:
    assert told(a_session()) == []


def test_a_location_with_five_digits_is_told_with_its_field() -> None:
    annex = facts.a_location(id=7, address=Postal(street="77 River Road", city="Troy", state="NY", zip="12180"))
    [found] = told(a_session(location=annex))
    assert (found.code, found.severity, found.keeper, found.id, found.field) == (
        "file_zip_nine", "warning", "location", 7, "zip")
    assert found.sentence == "In a claim file: The service facility needs the ZIP code with all nine digits, not 12180"


def test_a_po_box_as_the_practices_address_is_told() -> None:
    box = Postal(street="PO Box 9", city="Albany", state="NY", zip="12207-1001")
    found = told(a_session(), facts.a_practice(files_electronically=True, address=box))
    assert [(one.code, one.keeper, one.field) for one in found] == [("file_po_box", "practice", "street")]


def test_an_accident_without_its_day_and_a_second_payer_without_id_are_told() -> None:
    second = facts.a_policy(id=2, rank="secondary", payer=facts.a_payer(id=9, name="Old Oak"))
    hurt = a_session(facts.a_policy(payer=PAYER), second, of_client={"other_accident": True})
    assert [(one.code, one.keeper, one.id, one.field) for one in told(hurt)] == [
        ("file_accident_date", "client", 1, "onset_on"), ("file_other_payer_id", "payer", 9, "payer_id")]


def test_nothing_of_files_is_told_where_the_payer_or_the_practice_uses_paper() -> None:
    annex = facts.a_location(address=Postal(street="77 River Road", city="Troy", state="NY", zip="12180"))
    assert told(a_session(location=annex), facts.a_practice()) == []
    assert told(a_session(facts.a_policy(), location=annex)) == []
