"""Matching by hand: a claim that was not found gets what the payer decided on it, once; undone, the money waits again."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from domain.errors import FieldRefused, PracticeError
from domain.ledger import AlreadyUndone
from domain.ledger.adjusting import undo_posting
from domain.ledger.by_insurer import PostedByInsurer
from domain.payer_files import undo_remittance
from domain.payer_files.matching import AlreadyMatched, NothingMatches, match_claim, to_match, undo_match
from domain.reading.claim_choices import Typed, charges_of, claims_found
from domain.reading.payer_files import claims_of, one_payment
from storage import open_items
from storage.models import Claim, ClaimEvent, LedgerEntry, RemittanceEntry, RemittanceMatch, RemittancePayment
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, a_location
from tests.fixtures.payer_files import a_payment, an_answer, read

WHO = {"by": OWNER, "now": NOW}
DAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()


async def a_claim(name: str = "Rowan Applewick") -> Claim:
    [claim] = (await make(await an_insured_session(await an_insured_client(name)))).claims
    return await Claim.get(id=claim)


def stranger(number: str = "OLDNUMBER", *, paid: str = "80", code: str = "90837", cas: tuple[str, ...] = ("PR*1*30", "CO*45*40")) -> list[str]:
    return [f"CLP*{number}*1*150*{paid}**12*ICN9*11*1", "NM1*QC*1*APPLEWICK*ROWAN", f"SVC*HC:{code}*150*{paid}**1", "DTM*472*20261012",
            *[f"CAS*{one}" for one in cas]]


async def balances() -> dict[str, int]:
    found = {"client": 0, "insurer": 0}
    for (_, payer), cents in (await open_items.sums()).items():
        found["insurer" if payer else "client"] += cents
    return found


async def a_held_payment(*answers: list[str], cents: str = "80") -> RemittancePayment:
    await read(await a_payment(*(answers or (stranger(),)), cents=cents))
    return await RemittancePayment.get(state="posted")


async def test_a_claim_matched_by_hand_is_posted_as_if_it_had_been_found() -> None:
    claim = await a_claim()
    payment = await a_held_payment()
    assert await balances() == {"client": 2500, "insurer": 12500 - 8000}
    waits = await to_match(payment.id, 0, seen_by=OWNER)
    assert (waits.claim.patient.name, waits.claim_id, waits.lines) == ("APPLEWICK", None, (0,))
    await match_claim(payment.id, 0, claim.id, **WHO)
    assert await balances() == {"client": 3000, "insurer": 0}
    assert await open_items.open_items(payer_id=[claim.payer_id]) == []
    [row] = await claims_of(payment.id, seen_by=OWNER)
    assert (row.claim_id, row.waits, row.cents["payment"], row.cents["write-off"]) == (claim.id, False, 8000, 4000)
    assert (await one_payment(payment.id, seen_by=OWNER)).unmatched == 0
    event = await ClaimEvent.get(claim_id=claim.id)
    assert (event.state, event.control_number) == ("paid", "ICN9")


async def test_two_who_match_at_once_post_it_once() -> None:
    claim = await a_claim()
    payment = await a_held_payment()
    done = await asyncio.gather(*[match_claim(payment.id, 0, claim.id, **WHO) for _ in range(3)], return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["AlreadyMatched", "AlreadyMatched", "NoneType"]
    assert await balances() == {"client": 3000, "insurer": 0}


async def test_an_undone_match_leaves_the_money_waiting_and_may_be_matched_to_another() -> None:
    wrong, right = await a_claim("Alder Fiddlecrook"), await a_claim()
    payment = await a_held_payment()
    before = await balances()
    rows = await RemittanceEntry.all().values("position", "claim_id", "claim_number", "kind", "cents", "charge_line_id")
    await match_claim(payment.id, 0, wrong.id, **WHO)
    [made] = await RemittanceMatch.all()
    with pytest.raises(FieldRefused):
        await undo_match(made.id, reason=" ", **WHO)
    await undo_match(made.id, reason="Another client's", **WHO)
    with pytest.raises(AlreadyUndone):
        await undo_match(made.id, reason="Again", **WHO)
    assert await balances() == before
    assert await RemittanceEntry.all().values("position", "claim_id", "claim_number", "kind", "cents", "charge_line_id") == rows
    assert await ClaimEvent.filter(claim_id=wrong.id).count() == 0
    await match_claim(payment.id, 0, right.id, **WHO)
    assert (await open_items.sums())[right.client_id, None] == 3000
    assert await balances() == {"client": 5500, "insurer": 12500}


async def test_parts_of_a_match_are_not_undone_alone_and_the_whole_payment_takes_its_matches_along() -> None:
    claim = await a_claim()
    payment = await a_held_payment()
    await match_claim(payment.id, 0, claim.id, **WHO)
    for entry in await LedgerEntry.filter(kind__in=["adjustment", "transfer"]):
        with pytest.raises(PostedByInsurer):
            await undo_posting(entry.id, reason="Mistake", **WHO)
    await undo_remittance(payment.id, reason="Stopped check", **WHO)
    assert await balances() == {"client": 2500, "insurer": 12500}
    with pytest.raises(PracticeError):
        await undo_match((await RemittanceMatch.get()).id, reason="Mistake", **WHO)


async def test_a_line_of_another_code_is_given_its_charge_by_hand() -> None:
    claim = await a_claim()
    second = await an_insured_session(await claim.client, lines=[{"code": "90834"}, {"code": "90785", "fee_cents": 1000}])
    [two] = (await make(second)).claims
    payment = await a_held_payment(stranger(code="H2019"))
    with pytest.raises(NothingMatches):
        await match_claim(payment.id, 0, two, **WHO)
    charges = await charges_of(two, seen_by=OWNER)
    await match_claim(payment.id, 0, two, lines={0: charges[0].id}, **WHO)
    assert [one.left_cents for one in await charges_of(two, seen_by=OWNER)] == [3000, 1000]


async def test_a_line_of_our_own_claim_that_found_no_charge_is_matched_alone() -> None:
    session = await an_insured_session(await an_insured_client(), lines=[{"code": "90837"}, {"code": "90785", "fee_cents": 1000}])
    [made] = (await make(session)).claims
    answer = await an_answer(made, paid="88", cas=("PR*1*30", "CO*45*40"), charge="160")
    answer[2] = "SVC*HC:90837*150*80**1"
    payment = await a_held_payment([*answer, "SVC*HC:H0004*10*8**1", "CAS*CO*45*2"], cents="88")
    assert (await one_payment(payment.id, seen_by=OWNER)).unmatched_cents == 800
    waits = await to_match(payment.id, 0, seen_by=OWNER)
    assert (waits.claim_id, waits.lines) == (made, (1,))
    addon = (await charges_of(made, seen_by=OWNER))[1]
    await match_claim(payment.id, 0, made, lines={1: addon.id}, **WHO)
    assert [one.left_cents for one in await charges_of(made, seen_by=OWNER)] == [3000, 0]
    await undo_match((await RemittanceMatch.get()).id, reason="Mistake", **WHO)
    assert [one.left_cents for one in await charges_of(made, seen_by=OWNER)] == [3000, 1000]
    assert (await one_payment(payment.id, seen_by=OWNER)).unmatched_cents == 800


async def test_a_denial_of_a_claim_that_was_not_found_waits_too_and_becomes_the_claims_news() -> None:
    claim = await a_claim()
    payment = await a_held_payment(stranger(paid="0", cas=("CO*197*150",)), cents="0")
    assert (await one_payment(payment.id, seen_by=OWNER)).unmatched == 1
    await match_claim(payment.id, 0, claim.id, **WHO)
    assert await balances() == {"client": 0, "insurer": 15000}
    assert (await ClaimEvent.get(claim_id=claim.id)).state == "denied"
    await undo_match((await RemittanceMatch.get()).id, reason="Mistake", **WHO)
    assert (await one_payment(payment.id, seen_by=OWNER)).unmatched == 1


async def test_strangers_of_one_number_in_a_payment_are_two() -> None:
    claim, other = await a_claim(), await a_claim("Alder Fiddlecrook")
    payment = await a_held_payment(stranger("0"), stranger("0"), cents="160")
    await match_claim(payment.id, 1, other.id, **WHO)
    assert [row.waits for row in await claims_of(payment.id, seen_by=OWNER)] == [True, False]
    with pytest.raises(AlreadyMatched):
        await match_claim(payment.id, 1, claim.id, **WHO)


async def test_claims_are_found_by_client_number_day_and_charge() -> None:
    claim, other = await a_claim(), await a_claim("Alder Fiddlecrook")
    found = [[one.id for one in await claims_found(typed, seen_by=OWNER)] for typed in (
        [Typed(text="applewick")], [Typed(text=other.account_number)], [Typed(text="alder"), Typed(text="150", cents=15000)],
        [Typed(text="10/12", day=DAY), Typed(text="rowan")], [Typed(text="10/13", day=date(2026, 10, 13))], [])]
    assert found == [[claim.id], [other.id], [other.id], [claim.id], [], [other.id, claim.id]]
    [one] = await claims_found([Typed(text="rowan")], seen_by=OWNER)
    assert (one.client_name, one.first_day, one.total_cents, one.open_cents) == ("Rowan Applewick", DAY, 15000, 12500)
