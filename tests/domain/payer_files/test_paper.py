"""A paper EOB typed line by line posts as its 835 would, once it sums to the check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims.x12.remittance import read_remittance
from domain.claims.x12.remittance_writing import written_remittance
from domain.claims.x12.remitted import (
    Adjustment,
    Party,
    ProviderAdjustment,
    RemittedClaim,
    RemittedLine,
    RemittedPayment,
)
from domain.errors import Refused
from domain.ledger.payments import AlreadyPosted
from domain.payer_files import undo_remittance
from domain.payer_files.paper import NotInBalance, PaperClaim, PaperEob, PaperLine, post_paper_eob
from domain.reading.claim_choices import charges_of
from domain.reading.payer_files import payer_files
from storage import open_items
from storage.models import Claim, ClaimEvent, LedgerEntry, PayerFile, Payment
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location
from tests.fixtures.payer_files import a_payment, an_answer, read

WHO = {"by": OWNER, "now": NOW}
PAID_ON = date(2026, 10, 13)


@pytest.fixture
async def claim(practice_db) -> Claim:
    """$150.00, of which $25.00 was expected of the client."""
    a_workplace(practice_db)
    await a_location()
    [made] = (await make(await an_insured_session(await an_insured_client()))).claims
    return await Claim.get(id=made)


async def a_sheet(claim: Claim, line: dict | None = None, **but) -> PaperEob:
    """$80.00 paid, $40.00 above the contract, $30.00 deductible."""
    usual = {"paid_cents": 8000, "above_contract_cents": 4000, "deductible_cents": 3000, "allowed_cents": 11000}
    [charge] = await charges_of(claim.id, seen_by=OWNER)
    claims = [PaperClaim(claim_id=claim.id, payer_control_number="ICN9", lines=[PaperLine(charge_line_id=charge.id, **(usual if line is None else line))])]
    return PaperEob(**{"payer_id": claim.payer_id, "number": "1001", "paid_on": PAID_ON, "cents": 8000, "claims": claims} | but)


async def balances() -> dict[str, int]:
    found = {"client": 0, "insurer": 0}
    for (_, payer), cents in (await open_items.sums()).items():
        found["insurer" if payer else "client"] += cents
    return found


async def test_a_sheet_posts_what_its_file_would(claim) -> None:
    kept = await post_paper_eob(await a_sheet(claim), **WHO)
    assert await balances() == {"client": 3000, "insurer": 0}
    event = await ClaimEvent.get(claim_id=claim.id)
    assert (event.state, event.control_number, event.remittance_id) == ("paid", "ICN9", kept)
    [file] = await payer_files(seen_by=OWNER)
    assert (file.name, [(one.trace_number, one.cents, one.state) for one in file.payments]) == ("Paper EOB 1001", [("1001", 8000, "posted")])
    [read_back] = read_remittance(bytes((await PayerFile.get()).content))
    assert read_back.claims[0].lines[0].allowed_cents == 11000
    await undo_remittance(kept, reason="Typed twice", **WHO)
    assert await balances() == {"client": 2500, "insurer": 12500}
    await post_paper_eob(await a_sheet(claim), **WHO)
    assert await balances() == {"client": 3000, "insurer": 0}


async def test_nothing_is_posted_before_it_sums_to_the_check(claim) -> None:
    sheet = await a_sheet(claim, cents=10000)
    assert sheet.to_place_cents == 2000
    with pytest.raises(NotInBalance) as refusal:
        await post_paper_eob(sheet, **WHO)
    assert refusal.value.told() == "The claims' $80.00 is not the payment of $100.00. Nothing was posted."
    with pytest.raises(Refused) as refused:
        await post_paper_eob(await a_sheet(claim, {"paid_cents": 8000, "above_contract_cents": 3000}), **WHO)
    assert refused.value.fields == {"line_0_0": "$40.00 of the charge is not explained."}
    assert await PayerFile.all().count() == await Payment.filter(party="insurer").count() == 0


async def test_all_that_is_missing_is_told_at_once(claim) -> None:
    sheet = await a_sheet(claim, {"others": [("45", 15000)]}, payer_id=None, number=" ", paid_on=TODAY + timedelta(days=1), cents=None)
    with pytest.raises(Refused) as refused:
        await post_paper_eob(sheet, **WHO)
    assert set(refused.value.fields) == {"payer_id", "number", "paid_on", "cents", "line_0_0"}
    empty = PaperEob(payer_id=claim.payer_id, number="1", paid_on=TODAY, cents=100)
    with pytest.raises(Refused) as refused:
        await post_paper_eob(empty, **WHO)
    assert refused.value.fields == {"sum": "Add the claims that the sheet answers."}


async def test_a_denial_on_paper_with_another_reason_stays_with_the_insurer(claim) -> None:
    sheet = await a_sheet(claim, {"paid_cents": 0, "others": [("co 197", 15000)], "remarks": "n381, MA18"}, cents=0, method="NON")
    sheet.claims[0].status = "4"
    await post_paper_eob(sheet, **WHO)
    assert await balances() == {"client": 0, "insurer": 15000}
    event = await ClaimEvent.get(claim_id=claim.id)
    assert (event.state, event.code) == ("denied", "CO-197")


async def test_interest_comes_on_top_and_what_was_kept_back_is_missing(claim) -> None:
    sheet = await a_sheet(claim, cents=6200, interest_cents=200, kept_back_cents=2000, kept_back_reference="Old one")
    assert sheet.to_place_cents == 0
    await post_paper_eob(sheet, **WHO)
    assert await balances() == {"client": 3000, "insurer": 0}
    assert sorted(await LedgerEntry.filter(kind="adjustment", client_id=None).values_list("cents", "reason")) == [
        (-2000, "adjustment WO OLD ONE"), (200, "interest L6")]


async def test_the_same_payment_is_posted_once_on_paper_and_in_a_file(claim) -> None:
    answer = await an_answer(claim.id, paid="80", cas=("PR*1*30", "CO*45*40"))
    await post_paper_eob(await a_sheet(claim), **WHO)
    with pytest.raises(AlreadyPosted):
        await post_paper_eob(await a_sheet(claim), **WHO)
    assert (await read(await a_payment(answer, cents="80", trace="1001"))).known == 1
    assert await balances() == {"client": 3000, "insurer": 0}
    assert await Payment.filter(party="insurer").count() == 1


cents = st.integers(-1_000_000, 1_000_000)
words = st.text("ABCDEFGHIJ 0123456789", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)  # as a file has them: one blank at a time
adjustments = st.lists(st.builds(Adjustment, st.sampled_from(["CO", "PR", "OA", "PI"]), st.sampled_from(["45", "1", "B7", "253"]), cents),
                       max_size=4).map(tuple)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def remitted_lines(draw) -> RemittedLine:
    day = draw(days)
    return RemittedLine(code="90837", modifiers=draw(st.sampled_from([(), ("95",), ("95", "HO")])), charge_cents=draw(cents), paid_cents=draw(cents),
                        starts_on=day, ends_on=day, control_number=draw(words), allowed_amount_cents=draw(st.none() | cents),
                        adjustments=draw(adjustments), remarks=draw(st.sampled_from([(), ("N381",), ("N381", "MA18")])))


claims = st.builds(RemittedClaim, control_number=words, status=st.sampled_from(["1", "4", "22"]), charge_cents=cents, paid_cents=cents,
                   patient_cents=cents, payer_control_number=words, adjustments=adjustments, lines=st.lists(remitted_lines(), max_size=3).map(tuple))
own = st.builds(ProviderAdjustment, st.just("1234567893"), days, st.sampled_from(["L6", "WO", "FB"]), words, cents)


@given(st.builds(RemittedPayment, payer=words.map(Party), payer_tax_id=words, payee=words.map(Party), trace_number=words, paid_on=days,
                 cents=st.integers(0, 9_999_999), method=st.sampled_from(["CHK", "ACH", "NON"]), claims=st.lists(claims, max_size=3).map(tuple),
                 provider_adjustments=st.lists(own, max_size=2).map(tuple)))
def test_what_is_typed_reads_back_as_the_same_remittance(payment) -> None:
    payment = replace(payment, payee_npi="1234567893", payee=replace(payment.payee, id_kind="XX", id="1234567893"))
    content = written_remittance(payment, made_at=datetime(2026, 10, 14, 10, 54))  # noqa: DTZ001 (X12 has no zone)
    assert read_remittance(content) == (payment,)
