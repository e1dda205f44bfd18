"""Claims that follow others: rejected sent again as original, decided replaced or voided, the second payer billed; each once."""

from __future__ import annotations

import asyncio

import pytest

from domain.claim_files import AlreadySent, claim_file, mark_sent, write_claim_file
from domain.claim_files.sending import NoLongerThere
from domain.claim_life import (
    FollowedAlready,
    NotNow,
    bill_secondary,
    replace_claim,
    resend,
    take_back_follower,
    void_at_payer,
)
from domain.claim_life.records import NotDecided, StillToMend
from domain.claims.x12.professional.check import check_bytes
from domain.claims.x12.professional.read import read_file
from domain.documents.cms1500.boxes import boxes
from domain.documents.records import claim_from_json
from domain.errors import FieldRefused
from domain.invoicing import SentAlready, draw_missing, void_claim
from domain.jobs import workplace
from storage import open_items
from storage.models import AuditEntry, Claim, ClaimLine, ClientSession, Payer, Policy
from tests.fixtures.billing import a_workplace, claim_text
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location
from tests.fixtures.claim_life import (
    a_clearinghouse,
    a_made_claim,
    a_second_policy,
    decided,
    denied,
    life,
    rejected,
    sent,
    sent_by_post,
    state,
)
from tests.fixtures.payer_files import a_payment, an_answer, read
from tests.fixtures.x12_validator import complaints

BY = {"by": OWNER, "on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_clearinghouse()
    await a_location()


async def a_rejected_claim() -> int:
    claim = await a_made_claim()
    await sent(claim)
    await rejected(claim)
    return claim


async def in_a_file(claim: int):
    """The claim as its file says it, after our check and the outside validator found nothing."""
    file = await sent(claim)
    content = (await claim_file(file.id, seen_by=OWNER)).content
    assert check_bytes(content) == []
    assert complaints(content) == []
    [only] = read_file(content).file.claims
    return only


async def test_a_rejected_claim_goes_out_again_as_an_original_under_a_new_number_with_what_was_mended() -> None:
    claim = await a_rejected_claim()
    assert await state(claim) == "rejected"
    await Policy.filter(id__gt=0).update(member_id="MENDED-9")
    made = await resend(claim, **BY)
    again = await in_a_file(made.claim_id)
    assert (again.frequency, again.original_reference, again.subscriber.member_id) == ("1", "", "MENDED9")
    assert again.number == made.number != (await Claim.get(id=claim)).account_number
    assert await state(claim) == "followed"
    assert (await life(claim)).later[0].words == f"Made anew as {made.number}"
    assert (await life(made.claim_id)).earlier.claim_id == claim


async def test_what_is_still_wrong_is_mended_before_a_claim_is_made_anew() -> None:
    claim = await a_rejected_claim()
    await Policy.filter(id__gt=0).update(member_id="")
    with pytest.raises(StillToMend):
        await resend(claim, **BY)
    assert await Claim.all().count() == 1
    assert await state(claim) == "rejected"


async def test_only_a_rejected_claim_is_sent_again_as_original_and_only_a_decided_one_replaced() -> None:
    claim = await a_made_claim()
    await sent(claim)
    for act in (resend, replace_claim, void_at_payer):
        with pytest.raises(NotNow):
            await act(claim, **BY)
    await denied(claim)
    with pytest.raises(NotNow):
        await resend(claim, **BY)


async def test_a_denied_claim_is_replaced_with_all_lines_and_the_payers_number() -> None:
    claim = await a_made_claim(lines=[{}, {"code": "90785", "fee_cents": 1000}])
    await sent(claim)
    number = (await Claim.get(id=claim)).account_number
    two = [f"CLP*{number}*4*160*0**12*ICN{claim}*11*1", "NM1*QC*1*APPLEWICK*ROWAN", "SVC*HC:90837*150*0**1", "DTM*472*20261012",
           "CAS*CO*16*150", f"REF*6R*{number}L1", "SVC*HC:90785*10*0**1", "DTM*472*20261012", "CAS*CO*16*10", f"REF*6R*{number}L2"]
    await read(await a_payment(two, cents="0"))
    made = await replace_claim(claim, **BY)
    replacement = await in_a_file(made.claim_id)
    assert (replacement.frequency, replacement.original_reference) == ("7", f"ICN{claim}")
    assert [line.code for line in replacement.lines] == ["90837", "90785"]
    assert await draw_missing(workplace()) == 0
    assert f"ICN{claim}" in await claim_text(made.claim_id)


async def test_a_void_says_what_was_sent_and_once_it_is_sent_the_sessions_are_free() -> None:
    claim = await a_made_claim()
    await sent(claim)
    await denied(claim)
    await Policy.filter(id__gt=0).update(member_id="ANOTHER")
    made = await void_at_payer(claim, **BY)
    with pytest.raises(SentAlready):
        await void_claim(claim, reason="Billed to the wrong payer", by=OWNER, now=NOW)
    void = await in_a_file(made.claim_id)
    assert (void.frequency, void.original_reference, void.subscriber.member_id) == ("8", f"ICN{claim}", "DEMO0042")
    await void_claim(claim, reason="Billed to the wrong payer", by=OWNER, now=NOW)
    assert await ClientSession.filter(status="ready").count() == 1
    assert sum((await open_items.sums()).values()) == 0


async def test_a_payer_that_takes_no_replacements_is_asked_for_a_reopening() -> None:
    claim = await a_made_claim()
    await sent(claim)
    await denied(claim)
    await Payer.filter(id__gt=0).update(no_corrections=True)
    for act in (replace_claim, void_at_payer):
        with pytest.raises(NotNow) as refused:
            await act(claim, **BY)
        assert "reopening" in refused.value.told()


async def test_a_claim_is_followed_once_however_often_it_is_tapped() -> None:
    claim = await a_rejected_claim()
    made = await asyncio.gather(*[resend(claim, **BY) for _ in range(3)], return_exceptions=True)
    assert sorted(type(one).__name__ for one in made) == ["Made", "NotNow", "NotNow"]
    assert await Claim.all().count() == 2
    numbers = set(await Claim.all().values_list("account_number", flat=True))
    assert numbers == {"C202600001", "C202600002"}


async def test_an_earlier_claim_does_not_go_out_beside_the_one_that_follows_it() -> None:
    claim = await a_rejected_claim()
    made = await resend(claim, **BY)
    assert await write_claim_file([claim], by=OWNER, now=NOW)
    with pytest.raises((NoLongerThere, AlreadySent)):
        await mark_sent([claim], way="post", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)
    assert await ClaimLine.filter(live=True).values_list("claim_id", flat=True) == [made.claim_id]


async def test_taking_back_a_follower_restores_what_it_followed_and_needs_a_reason() -> None:
    claim = await a_rejected_claim()
    made = await resend(claim, **BY)
    with pytest.raises(FieldRefused):
        await take_back_follower(made.claim_id, reason=" ", by=OWNER, now=NOW)
    await take_back_follower(made.claim_id, reason="Too early", by=OWNER, now=NOW)
    assert await state(claim) == "rejected"
    assert await ClaimLine.filter(live=True).values_list("claim_id", flat=True) == [claim]
    assert await AuditEntry.filter(act="took back a claim that followed another", reason="Too early").exists()
    assert (await resend(claim, **BY)).number == "C202600003"


async def test_a_follower_that_went_out_is_not_taken_back() -> None:
    claim = await a_rejected_claim()
    made = await resend(claim, **BY)
    await sent(made.claim_id)
    with pytest.raises(NotNow):
        await take_back_follower(made.claim_id, reason="Too late", by=OWNER, now=NOW)


async def test_voiding_a_rejected_claim_takes_what_followed_it_along_and_frees_the_sessions() -> None:
    claim = await a_rejected_claim()
    made = await resend(claim, **BY)
    whole = await void_claim(claim, reason="Client pays", by=OWNER, now=NOW)
    assert whole.claims == {claim, made.claim_id}
    assert await ClientSession.filter(status="ready").count() == 1


async def test_a_denied_claim_that_was_replaced_holds_its_sessions_although_the_replacement_is_not_sent() -> None:
    claim = await a_made_claim()
    await sent(claim)
    await denied(claim)
    made = await replace_claim(claim, **BY)
    with pytest.raises(SentAlready):
        await void_claim(made.claim_id, reason="Try", by=OWNER, now=NOW)


async def a_claim_with_a_share_left() -> int:
    claim = await a_made_claim()
    await a_second_policy(claim)
    await sent(claim)
    await decided(claim, paid="80", cas=("PR*2*30", "CO*45*40"))
    return claim


async def test_the_second_payer_is_billed_with_what_the_first_decided_by_file() -> None:
    claim = await a_claim_with_a_share_left()
    assert [need.kind for need in (await life(claim)).needs] == ["secondary"]
    made = await bill_secondary(claim, **BY)
    second = await in_a_file(made.claim_id)
    assert (second.subscriber.responsibility, second.subscriber.member_id, second.payer.id) == ("S", "OAK77", "87726")
    [first] = second.others
    assert (first.responsibility, first.payer_id, first.paid_cents, first.claim_control) == ("P", "60054", 8000, f"ICN{claim}")
    [line] = second.lines
    [decision] = line.decisions
    assert (decision.paid_cents, decision.left_cents) == (8000, 3000)
    assert [(one.group, one.reason, one.cents) for one in decision.adjustments] == [("PR", "2", 3000), ("CO", "45", 4000)]
    assert (await life(claim)).needs == ()
    assert await state(claim) == "paid"


async def test_the_second_payers_form_shows_the_first_policy_in_9_and_what_it_paid_in_29() -> None:
    made = await bill_secondary(await a_claim_with_a_share_left(), **BY)
    record = claim_from_json((await Claim.get(id=made.claim_id)).record)
    assert (record.rank, record.paid_cents, record.other_insured.policy_number) == ("secondary", 8000, "DEMO-0042")
    assert await draw_missing(workplace()) == 0
    assert "OLD OAK MUTUAL" in await claim_text(made.claim_id)
    printed = {box: text for box, text in boxes(record) if text}
    assert (printed["9a"], printed["29.dollars"], printed["29.cents"]) == ("DEMO0042", "80", "00")


async def test_medicare_as_second_payer_does_not_say_that_nothing_comes_before_it() -> None:
    claim = await a_made_claim()
    await a_second_policy(claim, name="Medicare", kind="medicare")
    await sent(claim)
    await decided(claim, paid="80", cas=("PR*2*30", "CO*45*40"))
    made = await bill_secondary(claim, **BY)
    assert claim_from_json((await Claim.get(id=made.claim_id)).record).insured.group_number == ""
    assert (await in_a_file(made.claim_id)).subscriber.insurance_type == "12"


@pytest.mark.parametrize("status", ["19", "20", "21"])
async def test_no_second_claim_is_made_when_the_first_payer_forwarded_it(status: str) -> None:
    claim = await a_made_claim()
    await a_second_policy(claim)
    await sent(claim)
    await decided(claim, paid="80", cas=("PR*2*30", "CO*45*40"), status=status)
    assert (await life(claim)).second_policy_id is None
    with pytest.raises(NotNow) as refused:
        await bill_secondary(claim, **BY)
    assert "forwarded" in refused.value.told()


async def test_the_second_payer_is_billed_once_and_its_claim_can_be_taken_back() -> None:
    claim = await a_claim_with_a_share_left()
    made = await bill_secondary(claim, **BY)
    with pytest.raises(NotNow):
        await bill_secondary(claim, **BY)
    await take_back_follower(made.claim_id, reason="Wrong policy", by=OWNER, now=NOW)
    assert await ClaimLine.filter(live=True).values_list("claim_id", flat=True) == [claim]
    assert (await bill_secondary(claim, **BY)).number == "C202600003"


async def test_the_second_payers_remittance_settles_what_the_first_left() -> None:
    claim = await a_claim_with_a_share_left()
    made = await bill_secondary(claim, **BY)
    await sent_by_post(made.claim_id)
    await read(await a_payment(await an_answer(made.claim_id, paid="25", cas=("OA*23*120", "PR*3*5"), status="2"), cents="25", trace="OAK"))
    assert await state(made.claim_id) == "paid"
    assert sorted(cents for cents in (await open_items.sums()).values() if cents) == [500]


async def test_a_denied_second_claim_is_replaced_with_the_first_payers_decision_in_it() -> None:
    claim = await a_claim_with_a_share_left()
    made = await bill_secondary(claim, **BY)
    await sent(made.claim_id)
    await read(await a_payment(await an_answer(made.claim_id, paid="0", cas=("OA*23*120", "CO*22*30"), status="4"), cents="0", trace="OAK"))
    replacement = await in_a_file((await replace_claim(made.claim_id, **BY)).claim_id)
    assert (replacement.frequency, replacement.original_reference, replacement.others[0].paid_cents) == (
        "7", f"ICN{made.claim_id}", 8000)


async def test_two_who_bill_the_second_payer_at_once_make_one_claim() -> None:
    claim = await a_claim_with_a_share_left()
    made = await asyncio.gather(*[bill_secondary(claim, **BY) for _ in range(2)], return_exceptions=True)
    assert sum(isinstance(one, (NotNow, FollowedAlready)) for one in made) == 1
    assert await Claim.all().count() == 2


async def test_without_the_first_payers_remittance_the_second_is_not_billed() -> None:
    claim = await a_made_claim()
    await a_second_policy(claim)
    await sent(claim)
    with pytest.raises((NotDecided, NotNow)):
        await bill_secondary(claim, **BY)
