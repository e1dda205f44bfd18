"""Claim files written from issued claims: numbered without gaps, each claim out once, opened as they were written."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.claim_files import AlreadySent, FileChanged, NotWritten, claim_file, mark_sent, take_back, write_claim_file
from domain.claims.x12.professional.check import check_bytes
from domain.claims.x12.professional.read import read_file
from domain.errors import FieldRefused, NotFound
from domain.invoicing import SentAlready, void_claim
from storage.models import AuditEntry, Claim, ClaimFile, ClaimSending, Payer, Practice
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location
from tests.fixtures.x12_validator import complaints

CLEARINGHOUSE = {"claims_submitter_id": "SB1234", "claims_receiver_name": "A Clearinghouse", "claims_receiver_id": "CH-99",
                 "claims_are_tests": False}


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await Practice.filter(id=1).update(**CLEARINGHOUSE)
    await a_location()


async def claims(*names: str) -> list[int]:
    """An issued claim for a client of each name, of payers whose ids were corrected after that."""
    made = await make(*[await an_insured_session(await an_insured_client(name)) for name in names])
    await Payer.filter(id__gt=0).update(payer_id="60054")
    return made.claims


async def write(ids: list[int], **but):
    return await write_claim_file(ids, **{"by": OWNER, "now": NOW} | but)


async def test_issued_claims_are_written_kept_and_marked_as_sent() -> None:
    ids = await claims("Rowan Applewick", "Alder Fiddlecrook")
    written = await write(ids)
    assert (sorted(written.claims), written.left_out, written.total_cents) == (sorted(ids), [], 30000)
    kept = await claim_file(written.file_id, seen_by=OWNER)
    assert kept.name == "claims-000000001.837"
    assert check_bytes(kept.content) == []
    assert complaints(kept.content) == []
    file = read_file(kept.content).file
    assert {claim.number for claim in file.claims} == set(await Claim.all().values_list("account_number", flat=True))
    assert (file.envelope.usage, file.envelope.receiver_id, f"{file.envelope.made_at:%H:%M}") == ("P", "CH99", "10:54")
    sent = await ClaimSending.filter(live=True).values_list("claim_id", "way", "sent_on", "file_id")
    assert sorted(sent) == [(one, "file", TODAY, written.file_id) for one in sorted(ids)]
    assert await AuditEntry.filter(act="wrote a claim file", subject="claim").exists()


async def test_a_claim_goes_out_once() -> None:
    ids = await claims("Rowan Applewick")
    await write(ids)
    again = await write(ids)
    assert (again.file_id, [one.reasons for one in again.left_out]) == (None, [("It was already sent",)])
    assert await ClaimFile.all().count() == 1
    with pytest.raises(AlreadySent):
        await mark_sent(ids, way="post", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)


async def test_two_who_write_the_same_claims_at_once_send_them_once_and_numbers_have_no_gap() -> None:
    ids = await claims("Rowan Applewick", "Alder Fiddlecrook", "Hazel Brook")
    written = await asyncio.gather(write(ids[:2]), write(ids[1:]), write(ids[2:]), return_exceptions=True)
    await write(ids)
    assert await ClaimSending.filter(live=True).count() == len(ids)
    assert all(isinstance(one, AlreadySent) or not isinstance(one, Exception) for one in written)
    numbers = sorted(await ClaimFile.all().values_list("interchange_control", "group_control", "set_control"))
    assert numbers == [(place, place, place) for place in range(1, len(numbers) + 1)]


async def test_a_test_file_leaves_its_claims_to_be_sent() -> None:
    await Practice.filter(id=1).update(claims_are_tests=True)
    ids = await claims("Rowan Applewick")
    first = await write(ids)
    assert (first.is_test, first.name) == (True, "claims-000000001-test.837")
    assert read_file((await claim_file(first.file_id, seen_by=OWNER)).content).file.envelope.usage == "T"
    await Practice.filter(id=1).update(claims_are_tests=False)
    assert (await write(ids)).claims == ids


async def test_a_claim_with_a_fault_is_left_out_with_its_reasons_and_the_others_go() -> None:
    good = await claims("Rowan Applewick")
    annex = await a_location(name="Annex", street="77 River Road", zip="12180")
    [bad] = (await make(await an_insured_session(await an_insured_client("Alder Fiddlecrook"), location=annex))).claims
    written = await write([*good, bad])
    assert written.claims == good
    [left] = written.left_out
    assert (left.claim_id, left.client_name) == (bad, "Alder Fiddlecrook")
    assert left.reasons == ("The service facility needs the ZIP code with all nine digits, not 12180",)


async def test_without_a_clearinghouse_nothing_is_written() -> None:
    ids = await claims("Rowan Applewick")
    await Practice.filter(id=1).update(claims_submitter_id="")
    with pytest.raises(NotWritten) as refused:
        await write(ids)
    assert refused.value.told().endswith("under Claims by file. Nothing was written.")
    assert await ClaimFile.all().count() == 0


async def test_a_claim_on_paper_is_marked_with_its_day_and_way() -> None:
    ids = await claims("Rowan Applewick")
    with pytest.raises(FieldRefused):
        await mark_sent(ids, way="pigeon", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)
    with pytest.raises(FieldRefused):
        await mark_sent(ids, way="post", sent_on=TODAY + timedelta(days=1), on=TODAY, by=OWNER, now=NOW)
    await mark_sent(ids, way="post", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)
    assert [one.reasons for one in (await write(ids)).left_out] == [("It was already sent",)]


async def test_a_sent_claim_is_not_voided_until_the_mark_is_taken_back() -> None:
    [claim] = await claims("Rowan Applewick")
    await mark_sent([claim], way="fax", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)
    with pytest.raises(SentAlready) as refused:
        await void_claim(claim, reason="Wrong fee", by=OWNER, now=NOW)
    assert "was sent on Oct 14" in refused.value.told()
    with pytest.raises(FieldRefused):
        await take_back(claim, reason=" ", by=OWNER, now=NOW)
    await take_back(claim, reason="It is still in the tray", by=OWNER, now=NOW)
    await void_claim(claim, reason="Wrong fee", by=OWNER, now=NOW)
    assert [one.reasons for one in (await write([claim])).left_out] == [("It is void",)]


async def test_a_file_that_was_tampered_with_is_not_handed_out() -> None:
    written = await write(await claims("Rowan Applewick"))
    await ClaimFile.filter(id__gt=0).update(content=b"ISA*00*")
    with pytest.raises(FileChanged):
        await claim_file(written.file_id, seen_by=OWNER)
    with pytest.raises(NotFound):
        await claim_file(99, seen_by=OWNER)
