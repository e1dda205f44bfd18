"""Notes on claims and the lists of what waits: kept with who and when, taken back with a reason, read in one go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.claim_life import NoteDraft, note_claim, take_back_note
from domain.claim_life.noting import NotOfThisClaim
from domain.errors import FieldRefused, NotFound, Refused
from domain.invoicing import void_claim
from domain.payer_files import undo_remittance
from domain.reading.claim_life import counted, denial_reasons, lives_of, needing_attention, open_lives
from storage.models import AuditEntry, ClaimNote, ClientSession, RemittancePayment
from tests.fixtures.billing import a_workplace
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location
from tests.fixtures.claim_life import (
    a_clearinghouse,
    a_made_claim,
    answered,
    decided,
    denied,
    life,
    rejected,
    sent,
    state,
)

BY = {"by": OWNER, "on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_clearinghouse()
    await a_location()


async def a_denied_claim(name: str = "Rowan Applewick", reason: str = "CO*16*150") -> int:
    claim = await a_made_claim(name)
    await sent(claim)
    await denied(claim, reason)
    return claim


async def test_a_note_is_kept_with_its_reference_and_the_day_to_look_again() -> None:
    claim = await a_denied_claim()
    soon = TODAY + timedelta(5)
    await note_claim(NoteDraft(claim_id=claim, words=" Spoke with Dana ", reference="R-5", on_day=TODAY, next_look_on=soon), **BY)
    noted = (await life(claim)).course.steps[-1]
    assert (noted.words, noted.number, noted.by, noted.next_look_on) == ("Spoke with Dana", "R-5", OWNER.name, soon)
    assert await needing_attention(on=TODAY, seen_by=OWNER) == []
    assert [one.id for one in await needing_attention(on=soon, seen_by=OWNER)] == [claim]
    assert await AuditEntry.filter(act="noted on a claim: note").exists()


async def test_what_is_wrong_with_a_note_is_said_field_by_field() -> None:
    claim = await a_denied_claim()
    with pytest.raises(Refused) as refused:
        await note_claim(NoteDraft(claim_id=claim, kind="rumor", on_day=TODAY + timedelta(1), next_look_on=TODAY - timedelta(1)), **BY)
    assert set(refused.value.fields) == {"kind", "words", "on_day", "next_look_on"}
    assert await ClaimNote.all().count() == 0


async def test_an_appeal_and_a_closing_are_states_and_are_taken_back_with_a_reason() -> None:
    claim = await a_denied_claim()
    appeal = await note_claim(NoteDraft(claim_id=claim, kind="appeal", words="Letter sent", on_day=TODAY), **BY)
    assert await state(claim) == "appealed"
    closed = await note_claim(NoteDraft(claim_id=claim, kind="closed", words="Written off", on_day=TODAY), **BY)
    assert await state(claim) == "closed"
    with pytest.raises(FieldRefused):
        await take_back_note(closed, reason="", by=OWNER, now=NOW)
    for note, left in ((closed, "appealed"), (appeal, "denied")):
        await take_back_note(note, reason="Typed for the wrong claim", by=OWNER, now=NOW)
        assert await state(claim) == left
    with pytest.raises(NotFound):
        await take_back_note(closed, reason="Again", by=OWNER, now=NOW)


async def test_nothing_is_appealed_before_a_decision() -> None:
    claim = await a_made_claim()
    await sent(claim)
    for kind in ("appeal", "reopening"):
        with pytest.raises(NotOfThisClaim):
            await note_claim(NoteDraft(claim_id=claim, kind=kind, words="Too early", on_day=TODAY), **BY)


async def test_a_claim_that_is_closed_lets_its_sessions_go() -> None:
    claim = await a_denied_claim()
    await note_claim(NoteDraft(claim_id=claim, kind="closed", words="The client pays", on_day=TODAY), **BY)
    await void_claim(claim, reason="The client pays", by=OWNER, now=NOW)
    assert await ClientSession.filter(status="ready").count() == 1
    assert await state(claim) == "void"


async def test_a_decision_that_is_taken_back_was_never_said() -> None:
    claim = await a_denied_claim()
    await undo_remittance((await RemittancePayment.get()).id, reason="Wrong file", by=OWNER, now=NOW)
    assert await state(claim) == "sent"


async def test_the_lists_count_each_kind_and_the_reasons_of_denials() -> None:
    claims = [await a_made_claim(name) for name in ("Rowan Applewick", "Alder Fiddlecrook", "Hazel Brook", "Juniper Vale", "Fern Castellane")]
    await sent(*claims[:4])
    await denied(claims[0])
    await denied(claims[1])
    await rejected(claims[2])
    await answered(claims[3])
    lives = await open_lives(on=TODAY, seen_by=OWNER)
    assert counted(lives) == {"rejected": 1, "denied": 2, "unsent": 1}
    assert denial_reasons(lives) == {"CO-16": 2}
    assert [one.id for one in await needing_attention(on=TODAY, seen_by=OWNER)] == [claims[2], claims[0], claims[1], claims[4]]


async def test_lives_are_read_in_as_many_statements_however_many_claims() -> None:
    claims = [await a_made_claim(name) for name in ("Rowan Applewick", "Alder Fiddlecrook", "Hazel Brook")]
    await sent(*claims)
    for claim in claims:
        await decided(claim, paid="80", cas=("PR*1*30", "CO*45*40"))
    found = await lives_of(claims, on=TODAY)
    assert [one.state for one in found.values()] == ["paid"] * 3
    assert list(found) == claims
