"""Payer files read from claims that were really made: each payment once, the books whole, every claim's state."""

from __future__ import annotations

import asyncio

import pytest

from domain.claim_files import write_claim_file
from domain.claims.x12.professional.read import read_file
from domain.claims.x12.refusals import FileTruncated, OtherPayee, OtherTransaction
from domain.claims.x12.segments import read_segments
from domain.errors import FieldRefused
from domain.ledger import AlreadyUndone
from domain.ledger.payments import ReceivedDraft, record_payment
from domain.payer_files import read_payer_file, undo_remittance
from storage import open_items
from storage.models import (
    Claim,
    ClaimEvent,
    ClaimFile,
    LedgerEntry,
    Payer,
    PayerFile,
    Payment,
    Practice,
    RemittancePayment,
)
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location, a_payer, a_policy
from tests.fixtures.payer_files import a_payment, an_answer, read
from tests.fixtures.x12 import group, interchange, transaction, x12_file


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()


async def a_claim(name: str = "Rowan Applewick", **policy) -> tuple[int, int]:
    """A client of $150.00 with $25.00 expected of the client, and the claim made of it."""
    client = await an_insured_client(name, policy=policy or None)
    [claim] = (await make(await an_insured_session(client))).claims
    return client.id, claim


async def balances() -> dict[str, int]:
    """What clients and insurers owe."""
    found = {"client": 0, "insurer": 0}
    for (_, payer), cents in (await open_items.sums()).items():
        found["insurer" if payer else "client"] += cents
    return found


async def states() -> list[tuple[str, str]]:
    return [(row.state, row.reason) for row in await RemittancePayment.all().order_by("id")]


async def last_state(claim: int) -> str:
    event = await ClaimEvent.filter(claim_id=claim).order_by("-id").first()
    return event.state if event else ""


async def test_a_remittance_pays_writes_off_and_its_deductible_replaces_what_was_expected() -> None:
    _, claim = await a_claim()
    assert await balances() == {"client": 2500, "insurer": 12500}
    done = await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80"))
    assert done.told == "Payments: 1 posted"
    assert await balances() == {"client": 3000, "insurer": 0}
    assert await open_items.open_items(payer_id=[(await Claim.get(id=claim)).payer_id]) == []
    assert await last_state(claim) == "paid"
    assert (await ClaimEvent.get(claim_id=claim)).control_number == f"ICN{claim}"


async def test_a_smaller_share_than_expected_goes_back_to_the_insurer() -> None:
    _, claim = await a_claim()
    await read(await a_payment(await an_answer(claim, paid="100", cas=("PR*3*10", "CO*45*40")), cents="100"))
    assert await balances() == {"client": 1000, "insurer": 0}


async def test_a_denial_stays_with_the_insurer() -> None:
    _, claim = await a_claim()
    await read(await a_payment(await an_answer(claim, paid="0", cas=("CO*197*150",), status="4"), cents="0"))
    assert await balances() == {"client": 0, "insurer": 15000}
    event = await ClaimEvent.get(claim_id=claim)
    assert (event.state, event.code) == ("denied", "CO-197")


async def test_the_share_goes_to_the_next_policy_first() -> None:
    client, claim = await a_claim()
    second = await a_payer(name="Old Oak Mutual")
    await a_policy(await (await Claim.get(id=claim)).client, payer=second, rank="secondary")
    await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*2*30", "CO*45*40")), cents="80"))
    assert (await open_items.sums(client_id=[client]))[client, second.id] == 3000
    assert (await balances())["client"] == 0


async def test_the_same_payment_posts_once_in_one_file_or_another() -> None:
    _, claim = await a_claim()
    payment = await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80")
    await read(payment)
    before = await LedgerEntry.all().count()
    assert (await read(payment)).known == 1
    assert (await read(payment, number="000000099")).known == 1
    assert await LedgerEntry.all().count() == before
    assert await PayerFile.all().count() == 2


async def test_two_who_read_the_same_payment_at_once_post_it_once() -> None:
    _, claim = await a_claim()
    payment = await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80")
    done = await asyncio.gather(*[read(payment, number=f"{at:09}") for at in (11, 12, 13)])
    assert sorted(one.posted for one in done) == [0, 0, 1]
    assert await Payment.filter(party="insurer").count() == 1
    assert await balances() == {"client": 3000, "insurer": 0}


async def test_a_payment_out_of_balance_is_held_alone() -> None:
    _, good = await a_claim()
    _, bad = await a_claim("Alder Fiddlecrook")
    done = await read(
        await a_payment(await an_answer(bad, paid="80", cas=("CO*45*40",)), cents="80", trace="BAD"),
        await a_payment(await an_answer(good, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80", trace="GOOD"))
    assert (done.posted, done.held) == (1, 1)
    [held] = await RemittancePayment.filter(state="held")
    assert held.trace_number == "BAD"
    assert "is not the $80.00 paid" in held.reason
    assert await last_state(bad) == ""


async def test_a_claim_that_is_not_ours_is_unapplied_money_and_stops_nothing() -> None:
    _, claim = await a_claim()
    strange = ["CLP*NOTOURS*1*50*50**12*X*11*1", "NM1*QC*1*SOMEBODY*ELSE", "SVC*HC:90834*50*50**1", "DTM*472*20261012"]
    done = await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), strange, cents="130"))
    assert done.posted == 1
    assert await balances() == {"client": 3000, "insurer": -5000}
    [left] = [item for item in await open_items.open_items() if item["kind"] == "payment"]
    assert left["open_cents"] == -5000


async def test_money_of_an_unknown_payer_for_claims_that_are_not_ours_is_held() -> None:
    await Payer.filter(id__gt=0).update(name="Another")
    strange = ["CLP*NOTOURS*1*50*50**12*X*11*1", "NM1*QC*1*SOMEBODY*ELSE", "SVC*HC:90834*50*50**1", "DTM*472*20261012"]
    assert (await read(await a_payment(strange, cents="50"))).held == 1
    await a_payer(name="Bluebell Health")
    assert (await read(await a_payment(strange, cents="50"))).posted == 1
    assert await states() == [("posted", "")]


async def test_interest_is_income_and_takes_nothing_off_a_claim() -> None:
    _, claim = await a_claim()
    payment = await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="82",
                              plb=("PLB*1234567893*20261231*L6*-2",))
    assert (await read(payment)).posted == 1
    assert await balances() == {"client": 3000, "insurer": 0}


async def test_what_the_client_paid_too_much_is_the_clients_credit() -> None:
    client, claim = await a_claim()
    await record_payment(ReceivedDraft(client_id=client, received_on=TODAY, cents=2500), by=OWNER, now=NOW)
    await read(await a_payment(await an_answer(claim, paid="100", cas=("PR*3*10", "CO*45*40")), cents="100"))
    assert await balances() == {"client": -1500, "insurer": 0}
    [credit] = await open_items.open_items(client_id=[client])
    assert (credit["kind"], credit["open_cents"]) == ("payment", -1500)


async def test_undoing_a_payment_reverses_all_of_it_and_it_may_be_read_again() -> None:
    _, claim = await a_claim()
    payment = await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80")
    await read(payment)
    [kept] = await RemittancePayment.all()
    with pytest.raises(FieldRefused):
        await undo_remittance(kept.id, reason=" ", by=OWNER, now=NOW)
    await undo_remittance(kept.id, reason="Stopped check", by=OWNER, now=NOW)
    assert await balances() == {"client": 2500, "insurer": 12500}
    with pytest.raises(AlreadyUndone):
        await undo_remittance(kept.id, reason="Again", by=OWNER, now=NOW)
    assert (await read(payment)).posted == 1
    assert await balances() == {"client": 3000, "insurer": 0}


async def test_a_reversal_and_its_correction_leave_only_the_correction() -> None:
    _, claim = await a_claim()
    await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80"))
    back = await an_answer(claim, paid="-80", cas=("PR*1*-30", "CO*45*-40"), status="22", charge="-150")
    again = await an_answer(claim, paid="100", cas=("PR*1*10", "CO*45*40"))
    assert (await read(await a_payment(back, again, cents="20", trace="T2"))).posted == 1
    assert await balances() == {"client": 1000, "insurer": 0}


async def test_a_wrong_file_is_refused_in_one_sentence_and_nothing_is_kept() -> None:
    _, claim = await a_claim()
    payment = await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80")
    content = x12_file("835", payment)
    for broken, refusal in ((content[:-60], FileTruncated), (x12_file("837", ["BHT*0019*00*1*20261014*1054*CH"]), OtherTransaction)):
        with pytest.raises(refusal):
            await read_payer_file(broken, "x", by=OWNER, now=NOW)
    with pytest.raises(OtherPayee):
        await read(await a_payment(await an_answer(claim, paid="80"), cents="80", npi="1999999984"))
    assert await PayerFile.all().count() == 0


async def test_a_999_and_a_277ca_say_what_became_of_the_claims() -> None:
    await Practice.filter(id=1).update(claims_submitter_id="SB1", claims_receiver_name="A Clearinghouse",
                                       claims_receiver_id="CH9", claims_are_tests=False)
    _, claim = await a_claim()
    await Payer.filter(id__gt=0).update(payer_id="60054")
    assert (await write_claim_file([claim], by=OWNER, now=NOW)).claims == [claim]
    told = transaction("999", ["AK1*HC*1*005010X222A1", "AK2*837*0001*005010X222A1", "IK5*A", "AK9*A*1*1*1"])
    answer = interchange([group("999", [told])]).encode()
    done = await read_payer_file(answer, "a.999", by=OWNER, now=NOW)
    assert (done.claims, await last_state(claim)) == (1, "accepted")
    assert (await read_payer_file(answer, "a.999", by=OWNER, now=NOW)).claims == 0
    number = (await Claim.get(id=claim)).account_number
    refused = ["BHT*0085*08*R1*20261014*1054*TH", "HL*1**20*1", "NM1*PR*2*BLUEBELL*****PI*60054", "TRN*1*A1",
               "DTP*050*D8*20261014", "DTP*009*D8*20261014", "HL*2*1*21*1", "NM1*41*2*PRACTICE*****46*SB1", "TRN*2*1",
               "STC*A1:19:PR*20261014*WQ*150", "HL*3*2*19*1", "NM1*85*2*PRACTICE*****XX*1234567893", "TRN*1*0",
               "HL*4*3*PT", "NM1*QC*1*APPLEWICK*ROWAN****MI*D42", f"TRN*2*{number}", "STC*A3:164:IL*20261014*U*150",
               "REF*1K*ICN7", "DTP*472*D8*20261012"]
    await read_payer_file(x12_file("277", refused), "a.277", by=OWNER, now=NOW)
    event = await ClaimEvent.filter(claim_id=claim).order_by("-id").first()
    assert (event.state, event.code, event.control_number) == ("rejected", "A3:164", "ICN7")


async def a_sent_file(*names: str) -> list[Claim]:
    """Claims of clients of these names, written into file 1, in the order of the file."""
    await Practice.filter(id=1).update(claims_submitter_id="SB1", claims_receiver_name="A Clearinghouse",
                                       claims_receiver_id="CH9", claims_are_tests=False)
    ids = [(await a_claim(name))[1] for name in names]
    await Payer.filter(id__gt=0).update(payer_id="60054")
    await write_claim_file(ids, by=OWNER, now=NOW)
    return [await Claim.get(account_number=one.number) for one in read_file((await ClaimFile.get()).content).file.claims]


async def test_a_999_that_only_counts_segments_rejects_the_claim_that_stands_there() -> None:
    first, second = await a_sent_file("Rowan Applewick", "Alder Fiddlecrook")
    sent = read_segments((await ClaimFile.get()).content)[0].transactions[0]
    at = [segment.position for segment in sent if segment.tag == "SV1"][1]
    told = transaction("999", ["AK1*HC*1*005010X222A1", "AK2*837*0001*005010X222A1", f"IK3*SV1*{at}*2400*8", "IK4*2*782*1",
                               "IK5*R*5", "AK9*P*1*1*1"])
    await read_payer_file(interchange([group("999", [told])]).encode(), "a.999", by=OWNER, now=NOW)
    assert (await last_state(first.id), await last_state(second.id)) == ("accepted", "rejected")
    words = {event.claim_id: event.words for event in await ClaimEvent.all()}
    assert f"Segment {at} (SV1 in loop 2400)" in words[second.id]
    assert words[first.id] == "The file's form is accepted."


async def test_a_payment_of_nothing_takes_back_and_pays_anew() -> None:
    _, claim = await a_claim()
    await read(await a_payment(await an_answer(claim, paid="125", cas=("PR*3*25",)), cents="125"))
    back = await an_answer(claim, paid="-125", cas=("PR*3*-25",), status="22", charge="-150")
    again = await an_answer(claim, paid="100", cas=("PR*3*10", "CO*45*40"))
    forward = ("PLB*1234567893*20261231*FB:T2*-25",)
    assert (await read(await a_payment(back, again, cents="0", trace="T2", plb=forward))).posted == 1
    assert await balances() == {"client": 1000, "insurer": 0}
    later = ("PLB*1234567893*20261231*FB:T2*25",)
    _, other = await a_claim("Alder Fiddlecrook")
    await read(await a_payment(await an_answer(other, paid="125", cas=("PR*3*25",)), cents="100", trace="T3", plb=later))
    assert await balances() == {"client": 3500, "insurer": 0}
    assert "payment" not in {row["kind"] for row in await open_items.open_items()}
    await undo_remittance((await RemittancePayment.get(trace_number="T2")).id, reason="Mistake", by=OWNER, now=NOW)
    assert await balances() == {"client": 5000, "insurer": 0}


async def test_a_payment_of_nothing_pays_a_claim_with_what_the_payer_kept_back() -> None:
    _, claim = await a_claim()
    payment = await a_payment(await an_answer(claim, paid="125", cas=("PR*3*25",)), cents="0",
                              plb=("PLB*1234567893*20261231*WO:OLD1*125",))
    assert (await read(payment)).posted == 1
    assert await balances() == {"client": 2500, "insurer": 0}
    assert await Payment.filter(party="insurer").values_list("cents", flat=True) == [0]


async def test_money_kept_back_from_a_claim_that_is_not_ours_waits_with_the_rest() -> None:
    _, claim = await a_claim()
    strange = ["CLP*NOTOURS*1*50*50**12*X*11*1", "NM1*QC*1*SOMEBODY*ELSE", "SVC*HC:90834*50*50**1", "DTM*472*20261012"]
    payment = await a_payment(await an_answer(claim, paid="0", cas=("PR*1*150",)), strange, cents="20",
                              plb=("PLB*1234567893*20261231*WO:OLD1*30",))
    assert (await read(payment)).posted == 1
    [left] = [item for item in await open_items.open_items() if item["kind"] == "payment"]
    assert left["open_cents"] == -5000


async def test_the_practice_says_what_is_written_off() -> None:
    await Practice.filter(id=1).update(write_off_reasons="CO-253")
    _, claim = await a_claim()
    await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*38", "CO*253*2")), cents="80"))
    assert await balances() == {"client": 3000, "insurer": 3800}
    assert (await ClaimEvent.get(claim_id=claim)).code == "CO-45"
