"""Claims on the screen: what waits for somebody comes first, one claim's life beside it, and what is done from there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.models import Claim, ClaimNote, Payer
from tests.fixtures.billing import a_workplace
from tests.fixtures.builders import a_location, a_payer
from tests.fixtures.claim_life import (
    a_clearinghouse,
    a_made_claim,
    a_second_policy,
    decided,
    denied,
    rejected,
    sent,
    state,
)
from tests.fixtures.screens import Open, choose, eventually, press, rows, screens, tap, typed
from ui import routes
from ui.pages.claims import claims


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_clearinghouse()
    await a_location()


@pytest.fixture
async def open_page(_practice) -> AsyncIterator[Open]:
    async with screens({routes.CLAIMS: claims}) as open_:
        yield open_


async def test_what_waits_comes_first_and_a_pill_shows_one_kind(open_page: Open) -> None:
    one, two, three = [await a_made_claim(name) for name in ("Rowan Applewick", "Alder Fiddlecrook", "Hazel Brook")]
    await sent(one, two, three)
    await rejected(two)
    await denied(three, "CO*29*150")
    user = await open_page(routes.CLAIMS)
    await eventually(lambda: [row["name"] for row in rows(user)] == ["Alder Fiddlecrook", "Hazel Brook"])
    assert rows(user)[1]["why"].startswith("CO-29: Decide")
    await press(user, "denied")
    await eventually(lambda: [row["name"] for row in rows(user)] == ["Hazel Brook"])
    await press(user, "denied")
    await press(user, "All claims  3")
    await eventually(lambda: len(rows(user)) == 3)


async def test_a_rejected_claim_is_sent_again_from_its_life_once(open_page: Open) -> None:
    claim = await a_made_claim()
    await sent(claim)
    await rejected(claim)
    user = await open_page(routes.claim(claim))
    await press(user, "Send again as original")
    await user.should_see("It is made anew")
    await press(user, "Send again as original")
    await press(user, "Send again as original")
    await user.should_see("Claim C202600002 is made: it is to be sent")
    assert await Claim.all().count() == 2
    await eventually(lambda: [row["number"][:10] for row in rows(user)] == ["C202600002"])


async def test_a_note_with_a_day_to_look_again_lets_the_claim_rest(open_page: Open) -> None:
    claim = await a_made_claim()
    await sent(claim)
    await denied(claim)
    user = await open_page(routes.claim(claim))
    await press(user, "Add a note")
    await press(user, "Keep")
    await user.should_see("Say what was done or heard")
    typed(user, "what-was-done-or-said", "Spoke with Dana: they reprocess it")
    typed(user, "call-or-letter-reference", "REF-77")
    typed(user, "look-again-on", "Nov 20, 2026")
    await press(user, "Keep")
    await user.should_see("Reference REF-77")
    await user.should_see("No claim waits for you")
    assert (await ClaimNote.get()).words == "Spoke with Dana: they reprocess it"


async def test_the_second_payer_is_billed_and_its_claim_taken_back(open_page: Open) -> None:
    claim = await a_made_claim()
    await a_second_policy(claim)
    await sent(claim)
    await decided(claim, paid="80", cas=("PR*2*30", "CO*45*40"))
    user = await open_page(routes.claim(claim))
    await user.should_see("The second policy owes a share")
    await press(user, "Bill the secondary")
    await user.should_see("Bill the second payer for C202600001?")
    await press(user, "Bill the secondary")
    await user.should_see("Secondary claim C202600002 is made: it is to be sent")
    second = await Claim.filter(account_number="C202600002").get()
    await eventually(lambda: any(row["id"] == second.id for row in rows(user)))
    tap(user, second.id)
    await press(user, "Take back")
    await user.should_see("Its number stays used.")
    typed(user, "reason", "Wrong policy")
    await press(user, "Take it back")
    await user.should_see("Claim C202600002 taken back")
    assert await state(second.id) == "void"


async def test_a_denied_claim_offers_replacement_and_void(open_page: Open) -> None:
    claim = await a_made_claim()
    await sent(claim)
    await denied(claim)
    user = await open_page(routes.claim(claim))
    await user.should_see("No limit set for Bluebell Health")
    await choose(user, "Void at the payer (8)")
    await user.should_see(f"It names the payer's number ICN{claim}")
    await press(user, "Void at the payer (8)")
    await user.should_see("Void C202600002 is made: it is to be sent")


async def test_a_denial_and_its_siblings_are_mended_in_one_tap_and_taken_back(open_page: Open) -> None:
    payer = await a_payer(payer_id="60054")
    remote = {"held_as": "video", "place_of_service": "10", "lines": [{"modifiers": "95"}]}
    names = ("Rowan Applewick", "Alder Fiddlecrook")
    found = [await a_made_claim(name, policy={"payer": payer}, **remote) for name in names]
    await sent(*found)
    for claim in found:
        await denied(claim, "CO*4*150")
    user = await open_page(routes.claim(found[0]))
    await choose(user, "Mend it and its siblings")
    await user.should_see("It can be taken back until one went out.")
    typed(user, "telehealth-modifier-that-bluebell-health-wants", "GT")
    await user.should_see("What has the same fault")
    await press(user, "Mend all 2")
    await press(user, "Mend all 2")
    await user.should_see("Mended: 2 replaced")
    assert await Claim.all().count() == 4
    await press(user, "Take back")
    await user.should_see("Take back all that was mended?")
    typed(user, "reason", "95 after all")
    await press(user, "Take it back")
    await user.should_see("All that was mended is as before")
    assert [await state(claim) for claim in found] == ["denied", "denied"]
    assert (await Payer.get(id=payer.id)).telehealth_modifier == "95"


async def test_a_denial_as_too_late_leads_to_its_proof_of_filing(open_page: Open) -> None:
    claim = await a_made_claim()
    await sent(claim)
    await denied(claim, "CO*29*150")
    user = await open_page(routes.claim(claim))
    await user.should_see("Proof of filing")
    addresses = {one.props.get("href") for one in user.find("Proof of filing").elements}
    assert f"/pdf/filing-proof/{claim}" in addresses
