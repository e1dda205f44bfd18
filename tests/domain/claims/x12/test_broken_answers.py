"""However a payer's file is broken, it is read or refused by one sentence; it never fails otherwise, and posts nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims.x12.acknowledgements import read_acknowledgements
from domain.claims.x12.balancing import held_because
from domain.claims.x12.posting import decide
from domain.claims.x12.refusals import FileRefused
from domain.claims.x12.remittance import by_payee, read_remittance
from tests.fixtures import acknowledgements, remittances
from tests.fixtures.x12 import x12_file

BODIES = [("835", body) for body in (remittances.COMMERCIAL, remittances.MEDICARE, remittances.MEDICAID, remittances.REVERSAL)]
BODIES += [("999", acknowledgements.REJECTED), ("277", acknowledgements.FROM_PAYER), ("277", acknowledgements.FROM_CLEARINGHOUSE)]
VALUES = st.one_of(st.text(max_size=12), st.sampled_from(
    ["", "0", "-1", "99999999", "20261399", "²", "1E9", "NaN", "{who}", "A" * 400, ":", "::::", ">", "22", "-0.01"]))


@st.composite
def broken(draw):
    """A good transaction with one to three of its elements replaced, left out or added; its counts stay right."""
    kind, body = draw(st.sampled_from(BODIES))
    body = list(body)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(body) - 1))
        elements = body[at].split("*")
        place = draw(st.integers(1, len(elements)))
        value = draw(VALUES).replace("*", "").replace("~", "").replace("\n", "").replace("\r", "")
        body[at] = "*".join([*elements[:place], value, *elements[place + draw(st.integers(0, 1)):]])
    return kind, x12_file(kind, body, encoding="utf-8")


@settings(max_examples=80)
@given(broken())
def test_a_wrong_value_is_read_or_refused(found):
    kind, file = found
    try:
        if kind == "835":
            for payment in read_remittance(file):
                if not held_because(payment):
                    assert decide(payment, {}).money_cents == payment.cents
        else:
            read_acknowledgements(file)
    except FileRefused as refused:
        assert refused.told().endswith("Nothing was read.")  # noqa: PT017


@settings(max_examples=150)
@given(st.sampled_from(BODIES), st.integers(0, 3000), st.binary(max_size=3))
def test_wrong_bytes_are_read_or_refused(sample, at, wrong):
    file = x12_file(sample[0], sample[1], encoding="utf-8")
    for read in (read_remittance, read_acknowledgements):
        try:
            read(file[:at] + wrong + file[at + len(wrong):])
        except FileRefused as refused:
            assert refused.told()  # noqa: PT017


def test_a_file_without_payments_is_of_nobody():
    assert by_payee([], npis=["1"], tax_ids=[]) == ((), ())


@pytest.mark.parametrize("lost", ["BPR", "TRN"])
def test_a_payment_without_its_core_is_refused(lost):
    body = [text for text in remittances.COMMERCIAL if not text.startswith(lost)]
    with pytest.raises(FileRefused) as refused:
        read_remittance(x12_file("835", body))
    assert lost in refused.value.told()
