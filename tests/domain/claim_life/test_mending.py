"""Mend one denial, mend its siblings: the rule, what waits, and a replacement for each denied claim; undo restores all."""

from __future__ import annotations

import asyncio

import pytest

from domain.claim_files import claim_file
from domain.claim_life import NotNow, fault_of, mend, mending_of, undo_mending
from domain.claim_life.mending import NothingToMend
from domain.claims.x12.professional.read import read_file
from domain.documents.records import claim_from_json
from domain.errors import FieldRefused, NotFound
from domain.invoicing.gathering import gathered
from domain.reading.claim_life import open_lives
from storage.models import ChargeLine, Claim, ClaimMending, Payer, Policy
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location, a_payer
from tests.fixtures.claim_life import a_clearinghouse, denied, rejected, sent, state

BY = {"by": OWNER, "on": TODAY, "now": NOW}
REMOTE = {"held_as": "video", "place_of_service": "10", "lines": [{"modifiers": "95"}]}


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_clearinghouse()
    await a_location()


@pytest.fixture
async def payer(_practice) -> Payer:
    return await a_payer(payer_id="60054")


async def a_remote_session(name: str, payer: Payer, **but):
    client = await an_insured_client(name, policy={"payer": payer})
    return await an_insured_session(client, **REMOTE | but)


async def a_remote_claim(name: str, payer: Payer, **but) -> int:
    return (await make(await a_remote_session(name, payer, **but))).claims[0]


async def everything() -> tuple[object, ...]:
    """All that a mending may touch."""
    lives = {one.id: one.state for one in await open_lives(on=TODAY, seen_by=OWNER)}
    return (await Payer.all().order_by("id").values_list("telehealth_modifier", flat=True),
            await ChargeLine.all().order_by("id").values_list("modifiers", flat=True), lives)


async def a_practice_with_one_fault(payer: Payer) -> dict[str, int]:
    """Two claims denied, one rejected, one unsent, one undecided, a session that waits; one in person, one of another payer."""
    names = ("denied", "also denied", "rejected", "unsent", "undecided")
    found = {name: await a_remote_claim(f"Client {name.title()}", payer) for name in names}
    found["in person"] = await a_remote_claim("Client Inperson", payer, held_as="in_person", place_of_service="11", lines=[{}])
    found["another payer"] = await a_remote_claim("Client Another", await a_payer(name="Old Oak", payer_id="87726"))
    await sent(*(key for name, key in found.items() if name != "unsent"))
    for name in ("denied", "also denied", "in person", "another payer"):
        await denied(found[name], "CO*4*150")
    await rejected(found["rejected"])
    found["session"] = (await a_remote_session("Client Waiting", payer)).id
    return found


async def test_a_denial_lists_all_sent_and_unsent_claims_with_the_same_fault(payer: Payer) -> None:
    found = await a_practice_with_one_fault(payer)
    fault = await fault_of(found["denied"], "GT", on=TODAY, seen_by=OWNER)
    assert (fault.payer_name, fault.before, fault.after) == ("Bluebell Health", "95", "GT")
    assert {one.claim_id or f"session {one.session_ids[0]}": one.becomes for one in fault.siblings} == {
        found["denied"]: "replacement", found["also denied"]: "replacement", found["rejected"]: "resent",
        found["unsent"]: "resent", found["undecided"]: "", f"session {found['session']}": "revalidated"}
    [waits] = [one for one in fault.siblings if not one.becomes]
    assert waits.in_the_way == "Waits for the payer's decision"


async def test_one_tap_sets_the_rule_judges_what_waits_and_replaces_each_denied_claim_by_its_own_number(payer: Payer) -> None:
    found = await a_practice_with_one_fault(payer)
    done = await mend(found["denied"], "GT", **BY)
    assert (done.replaced, done.made_anew, done.ready, done.still_to_fix) == (2, 2, 1, 0)
    assert [(one.client_name, one.reason) for one in done.left_out] == [
        ("Client Undecided", "Waits for the payer's decision")]
    assert (await Payer.get(id=payer.id)).telehealth_modifier == "GT"
    [waiting] = (await gathered(id=found["session"])).sessions
    assert waiting.lines[0].modifiers == "GT"
    made = await Claim.filter(batch_id=done.batch_id).order_by("id").values_list("id", flat=True)
    file = read_file((await claim_file((await sent(*made)).id, seen_by=OWNER)).content).file
    assert sorted((claim.frequency, claim.original_reference, claim.lines[0].modifiers) for claim in file.claims) == [
        ("1", "", ("GT",)), ("1", "", ("GT",)),
        ("7", f"ICN{found['denied']}", ("GT",)), ("7", f"ICN{found['also denied']}", ("GT",))]
    stay = await Claim.filter(id__in=[found["in person"], found["another payer"]]).order_by("id").values_list("record", flat=True)
    assert [claim_from_json(text).lines[0].modifiers for text in stay] == [(), ("95",)]


async def test_undo_restores_all_and_needs_a_reason(payer: Payer) -> None:
    found = await a_practice_with_one_fault(payer)
    before = await everything()
    done = await mend(found["denied"], "GT", **BY)
    assert await everything() != before
    with pytest.raises(FieldRefused):
        await undo_mending(done.mending_id, reason="", by=OWNER, now=NOW)
    await undo_mending(done.mending_id, reason="The payer wants 95 after all", by=OWNER, now=NOW)
    assert await everything() == before
    with pytest.raises(NotFound):
        await undo_mending(done.mending_id, reason="Again", by=OWNER, now=NOW)
    assert (await mend(found["denied"], "GT", **BY)).replaced == 2


async def test_what_went_out_is_not_undone(payer: Payer) -> None:
    found = await a_practice_with_one_fault(payer)
    done = await mend(found["denied"], "GT", **BY)
    [first, *_] = await Claim.filter(batch_id=done.batch_id).order_by("id").values_list("id", flat=True)
    assert await mending_of(first, seen_by=OWNER) == done.mending_id
    await sent(first)
    after = await everything()
    with pytest.raises(NotNow):
        await undo_mending(done.mending_id, reason="Too late", by=OWNER, now=NOW)
    assert await everything() == after


async def test_a_claim_that_cannot_be_made_is_left_out_with_its_reason_and_stays_as_it_was(payer: Payer) -> None:
    one, other = [await a_remote_claim(name, payer) for name in ("Rowan Applewick", "Alder Fiddlecrook")]
    await sent(one, other)
    await denied(one)
    await denied(other)
    await Policy.filter(client__name="Alder Fiddlecrook").update(member_id="")
    done = await mend(one, "GT", **BY)
    assert (done.replaced, [left.client_name for left in done.left_out]) == (1, ["Alder Fiddlecrook"])
    assert "First mend:" in done.left_out[0].reason
    assert await state(other) == "denied"
    lines = dict(await ChargeLine.all().values_list("session__client__name", "modifiers"))
    assert lines == {"Rowan Applewick": "GT", "Alder Fiddlecrook": "95"}


async def test_a_rule_that_changes_nothing_mends_nothing(payer: Payer) -> None:
    claim = await a_remote_claim("Rowan Applewick", payer)
    await sent(claim)
    await denied(claim)
    with pytest.raises(NothingToMend):
        await mend(claim, "95", **BY)
    with pytest.raises(FieldRefused):
        await mend(claim, "XX", **BY)
    assert await ClaimMending.all().count() == 0


async def test_a_double_tap_mends_once(payer: Payer) -> None:
    claim = await a_remote_claim("Rowan Applewick", payer)
    await sent(claim)
    await denied(claim)
    done = await asyncio.gather(*[mend(claim, "GT", **BY) for _ in range(2)], return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Mended", "NothingToMend"]
    assert await Claim.all().count() == 2


async def test_a_payer_without_replacements_has_its_denied_claims_left_to_a_reopening(payer: Payer) -> None:
    claim = await a_remote_claim("Rowan Applewick", payer)
    await sent(claim)
    await denied(claim)
    await a_remote_session("Client Waiting", payer)
    await Payer.filter(id=payer.id).update(no_corrections=True)
    done = await mend(claim, "GT", **BY)
    assert (done.batch_id, done.replaced, done.ready) == (None, 0, 1)
    assert "reopening" in done.left_out[0].reason
