"""The practice's list of reasons that a remittance writes off."""

import pytest

from domain.claims import write_off_list


def test_a_list_is_kept_in_one_form_each_reason_once():
    assert write_off_list.as_kept(" co45; CO 253,pi-b10\nCO-45 ") == "CO-45, CO-253, PI-B10"
    assert write_off_list.reasons_in("CO-45, CO-253") == ("CO-45", "CO-253")
    assert write_off_list.as_kept("") == write_off_list.wrong_with("") == ""


@pytest.mark.parametrize(("text", "told"), [
    ("CO-45, 253", "Write 253 as the group and the number"),
    ("PR-1", "PR-1 cannot be written off: it is the client's deductible"),
    ("CO-45, OA-23", "OA-23 cannot be written off: it is what an earlier payer settled"),
])
def test_what_cannot_be_on_the_list_is_told(text, told):
    assert write_off_list.wrong_with(text).startswith(told)
    assert write_off_list.as_kept(text) == text
