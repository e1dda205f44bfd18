"""Proof of filing: one PDF with letter, claim as sent, 999 and 277CA, whose dates are those of the stored files."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.claim_life import NeverSent, filing_proof, resend
from domain.claims.x12.acknowledgements import read_acknowledgements
from domain.claims.x12.segments import read_segments
from domain.documents.wording import day
from domain.payer_files import read_payer_file
from storage.models import Claim, ClaimFile, Payer, PayerFile
from tests.domain.documents.reading import pages_of
from tests.fixtures.billing import a_workplace
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location
from tests.fixtures.claim_life import (
    a_clearinghouse,
    a_made_claim,
    answered,
    denied,
    rejected,
    sent,
    sent_by_post,
)
from tests.fixtures.x12 import x12_file


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_clearinghouse()
    await a_location()


async def the_999(file: ClaimFile) -> None:
    told = [f"AK1*HC*{file.group_control}*005010X222A1", f"AK2*837*{file.set_control:04}*005010X222A1", "IK5*A", "AK9*A*1*1*1"]
    await read_payer_file(x12_file("999", told), "a.999", by=OWNER, now=NOW + timedelta(minutes=1))


async def a_claim_denied_as_late() -> tuple[int, ClaimFile]:
    claim = await a_made_claim()
    await Payer.filter(id__gt=0).update(days_to_file=90)
    file = await sent(claim)
    await the_999(file)
    await answered(claim, number="PAY778")
    await denied(claim, "CO*29*150")
    return claim, file


async def test_a_denial_as_late_yields_one_pdf_whose_dates_are_those_of_the_stored_files() -> None:
    claim, file = await a_claim_denied_as_late()
    proof = await filing_proof(claim, on=TODAY, seen_by=OWNER)
    letter, *enclosed = pages_of(proof.content)
    text = " ".join([letter, *enclosed])
    [written] = read_segments(bytes(file.content))
    answers = [read_acknowledgements(bytes(one.content)) for one in await PayerFile.filter(kind="answer").order_by("id")]
    [group], [batch] = answers[0].groups, answers[1].claims
    filed = f"{written.groups[0].made_on[4:6]}/{written.groups[0].made_on[6:]}/{written.groups[0].made_on[:4]}"
    assert filed == "10/14/2026"
    assert f"It was filed on {day(TODAY)}, 2 days after the first service, within your limit of 90 days." in letter
    assert f"{day(group.made_on)} 999: the file was accepted ISA {group.answer_number}" in text
    assert f"{day(batch.processed_on)} 277CA: the claim was accepted Trace {batch.trace_number}" in text
    assert f"Received {batch.received_on:%m/%d/%Y}" in text
    assert f"ISA {written.control_number}" in text
    assert "CO-29" in letter
    assert "HEALTH INSURANCE CLAIM FORM" in enclosed[-1]


async def test_the_files_own_words_stand_in_it_and_nothing_of_another_client() -> None:
    one, other = await a_made_claim(), await a_made_claim("Alder Fiddlecrook")
    file = await sent(one, other)
    await the_999(file)
    await answered(one)
    await denied(one, "CO*29*150")
    text = " ".join(pages_of((await filing_proof(one, on=TODAY, seen_by=OWNER)).content))
    numbers = dict(await Claim.all().values_list("id", "account_number"))
    assert f"CLM*{numbers[one]}*150***11:B:1*" in text
    assert f"TRN*2*{numbers[one]}~" in text
    assert f"AK1*HC*{file.group_control}*005010X222A1~" in text
    assert numbers[other] not in text
    assert "FIDDLECROOK" not in text


async def test_of_a_claim_that_was_sent_again_the_first_filing_counts() -> None:
    claim = await a_made_claim()
    await sent(claim)
    await rejected(claim)
    made = await resend(claim, by=OWNER, on=TODAY + timedelta(days=40), now=NOW + timedelta(days=40))
    await sent_by_post(made.claim_id)
    await denied(made.claim_id, "CO*29*150")
    text = " ".join(pages_of((await filing_proof(made.claim_id, on=TODAY, seen_by=OWNER)).content))
    assert f"It was filed on {day(TODAY)}, 2 days after the first service." in text
    assert "Filed electronically as C202600001 (837P)" in text
    assert "Filed by post" in text
    assert "277CA: the claim was rejected" in text


async def test_what_never_went_out_is_not_proven() -> None:
    with pytest.raises(NeverSent):
        await filing_proof(await a_made_claim(), on=TODAY, seen_by=OWNER)
