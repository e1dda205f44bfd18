"""Diagnoses in the order of box 21, and lines of waiting sessions that keep pointing to what they meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import diagnoses
from domain.diagnoses import LETTERS, DiagnosisDraft, repointed
from domain.errors import ChangedMeanwhile, NotFound, Refused
from storage.changes import Announcement, listen
from storage.models import ChargeLine, ClientSession
from tests.fixtures.builders import NOW, OWNER, a_client, a_diagnosis, a_session

DEPRESSION = DiagnosisDraft("f331", "Depression, moderate", date(2026, 9, 2))
INSOMNIA = DiagnosisDraft("F51.01", "Insomnia")


@pytest.mark.usefixtures("practice_db")
async def test_diagnoses_are_kept_in_their_order() -> None:
    client = await a_client()
    await diagnoses.keep_diagnoses(client.id, [DEPRESSION, INSOMNIA], version=1, by=OWNER, now=NOW)
    assert [one.code for one in await diagnoses.drafts_of_diagnoses(client.id, seen_by=OWNER)] == ["F33.1", "F51.01"]
    await diagnoses.keep_diagnoses(client.id, [INSOMNIA, DEPRESSION], version=2, by=OWNER, now=NOW)
    assert [one.code for one in await diagnoses.drafts_of_diagnoses(client.id, seen_by=OWNER)] == ["F51.01", "F33.1"]
    with pytest.raises(ChangedMeanwhile):
        await diagnoses.keep_diagnoses(client.id, [], version=2, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await diagnoses.keep_diagnoses(99, [], version=1, by=OWNER, now=NOW)


@pytest.mark.usefixtures("practice_db")
async def test_everything_wrong_with_the_list_is_said_at_once() -> None:
    client = await a_client()
    wrong = [DEPRESSION, DiagnosisDraft("F33.1"), DiagnosisDraft(""), DiagnosisDraft("33")]
    with pytest.raises(Refused) as refusal:
        await diagnoses.keep_diagnoses(client.id, wrong, version=1, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"code_2", "code_3", "code_4"}
    many = [DiagnosisDraft(f"F{number}.0") for number in range(10, 23)]
    assert set(diagnoses.diagnosis_findings(many).fields) == {"code_13"}


@pytest.mark.usefixtures("practice_db")
async def test_waiting_lines_follow_their_diagnosis_and_invoiced_ones_stay() -> None:
    client = await a_client()
    await a_diagnosis(client, "F33.1", 1)
    await a_diagnosis(client, "F51.01", 2)
    waiting = await a_session(client, lines=[{"pointers": "AB"}, {"pointers": ""}])
    invoiced = await a_session(client, lines=[{"pointers": "AB"}], status="invoiced")
    heard: list[Announcement] = []
    stop = listen(heard.append)
    await diagnoses.keep_diagnoses(client.id, [INSOMNIA, DEPRESSION], version=1, by=OWNER, now=NOW)
    stop()
    assert [line.pointers for line in await ChargeLine.filter(session=waiting).order_by("position")] == ["BA", ""]
    assert (await ChargeLine.get(session=invoiced)).pointers == "AB"
    assert (await ClientSession.get(id=waiting.id)).version == 2
    assert heard == [{"client": frozenset({client.id}), "session": frozenset({waiting.id})}]


def test_a_diagnosis_that_went_away_loses_its_letter() -> None:
    assert repointed("BA", ["F33.1", "F51.01"], ["F51.01"]) == "A"
    assert repointed("A", ["F33.1"], ["F51.01"]) == ""
    assert repointed("D", ["F33.1"], ["F33.1"]) == ""


@given(st.lists(st.integers(0, 30), unique=True, max_size=12), st.randoms(), st.text(LETTERS, max_size=4))
def test_letters_mean_the_same_after_any_new_order(codes: list[int], shuffled: object, letters: str) -> None:
    before = [str(code) for code in codes]
    after = before.copy()
    shuffled.shuffle(after)  # type: ignore[attr-defined]
    meant = [before[LETTERS.index(letter)] for letter in letters if LETTERS.index(letter) < len(before)]
    assert [after[LETTERS.index(letter)] for letter in repointed(letters, before, after)] == meant
