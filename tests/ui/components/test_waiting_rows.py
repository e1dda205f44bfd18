"""Sessions to invoice as rows, and where each reason's link leads."""

from __future__ import annotations

from datetime import date

import pytest

from domain.claims.reasons import Keeper, Reason
from domain.reading.sessions import codes_text
from domain.reading.to_invoice import WaitingSession
from ui.components.waiting_rows import place_of, said_of, short_day, waiting_row

TODAY = date(2026, 10, 14)


def a_reason(keeper: Keeper = "client", field: str = "birth_date", **but) -> Reason:
    return Reason(code="x", sentence="Ash has no birth date", mend="Add the birth date", keeper=keeper, id=7, field=field, **but)


def a_row(**but) -> WaitingSession:
    usual = {
        "id": 1, "held_reason": "", "client_id": 7, "client_name": "Ash <b>", "provider_id": 1, "provider_name": "Imogen",
        "day": date(2026, 10, 12), "codes": "90837", "units": 1, "fee_cents": 15000, "bill_to": "client", "payer_id": None,
        "payer_name": "", "diagnoses": "", "reasons": (),
    }
    return WaitingSession(**usual | but)


@pytest.mark.parametrize(("reason", "address"), [
    (a_reason(), "/clients/7?at=birth_date"),
    (a_reason("policy", "member_id", client_id=3), "/clients/3?policy=7&at=member_id"),
    (a_reason("practice", "npi"), "/setup/practice?at=npi"),
    (a_reason("provider", "npi"), "/setup/providers?open=7&at=npi"),
    (a_reason("payer", "street"), "/setup/payers?open=7&at=street"),
    (a_reason("location", "street"), "/setup/locations?open=7&at=street"),
    (a_reason("session", "lines"), "/client-sessions?session=7"),
])
def test_a_reason_leads_to_the_very_field(reason: Reason, address: str) -> None:
    assert place_of(reason) == address


def test_what_is_missing_is_a_dash_and_what_the_client_pays_has_no_payer() -> None:
    row = waiting_row(a_row(), TODAY)
    assert (row["payer"], row["diagnoses"], row["who_pays"], row["bill_to"]) == ("–", "–", "Client pays", "Client")
    assert (row["_can"], row["_more"], row["_tone"]) == (True, "", "")


def test_units_other_than_one_stand_beside_the_code_where_their_column_folds_away() -> None:
    assert waiting_row(a_row(codes_and_units="90837"), TODAY)["codes"] == "90837"
    told = waiting_row(a_row(codes_and_units=codes_text([("90837", "95"), ("90785", "")], units=[2, 1])), TODAY)["codes"]
    assert '<span class="sb-desk-only">90837</span>' in told
    assert "90837 · 95 × 2 + 90785<" in told


def test_a_held_red_row_says_both_and_cannot_be_ticked() -> None:
    row = waiting_row(a_row(held_reason="Asked to wait", reasons=(a_reason(),)), TODAY)
    assert row["_can"] is False
    assert "Asked to wait" in row["_more"]
    assert "Release it" in row["_more"]
    assert "Add the birth date" in row["_more"]


def test_what_is_worth_a_look_is_amber_below_the_red_and_holds_up_nothing() -> None:
    row = waiting_row(a_row(warnings=(a_reason("policy", "ends_on", client_id=3),)), TODAY)
    assert (row["_can"], row["_tone"]) == (True, "")
    assert "is-warn" in row["_more"]
    assert "1 to check" in row["status"]
    both = a_row(reasons=(a_reason(),), warnings=(a_reason("practice", "billing_name"),))
    assert "1 to fix" in waiting_row(both, TODAY)["status"]
    assert [place_of(one) for one in said_of(both)] == ["/clients/7?at=birth_date", "/setup/practice?at=billing_name"]


def test_two_policies_are_a_choice() -> None:
    assert waiting_row(a_row(bill_to="unclear"), TODAY)["bill_to"] == "Choose"


def test_a_day_of_another_year_says_so() -> None:
    assert (short_day(date(2026, 9, 2), TODAY), short_day(date(2025, 9, 2), TODAY)) == ("Sep 2", "Sep 2, 2025")
