"""Importing a client list: nobody twice, nothing emptied, and every change shown before it is made."""

from datetime import date
from pathlib import Path

import pytest

from domain.importing.client_list import ClientDraft, PolicyDraft, clients_from, guess_mapping, read_client_list
from domain.importing.client_preview import ClientRow, outcome_of, records_for, rows_of, state_of
from domain.importing.client_values import DiagnosisDraft
from domain.importing.keeping_clients import ImportedClients, keep_clients
from storage.changes import listen
from storage.models import Client, Diagnosis, Payer, Policy
from tests.fixtures.builders import NOW, OWNER, a_client, a_diagnosis, a_payer, a_policy, a_provider

pytestmark = pytest.mark.usefixtures("practice_db")
LIST = Path(__file__).parents[2] / "fixtures" / "imports" / "clients.csv"


def a_draft(name: str = "Rowan Applewick", born: date | None = date(1988, 3, 17), **but) -> ClientDraft:
    first, _, last = name.partition(" ")
    name_key = f"name:{name.lower()}|{born.isoformat() if born else ''}"
    usual = {"line": 2, "key": name_key, "name_key": name_key, "name": name, "insurer_first_name": first,
             "insurer_last_name": last, "birth_date": born}  # fmt: skip
    return ClientDraft(**usual | but)


def covered(insurance: str = "Bluebell Health", **but) -> PolicyDraft:
    return PolicyDraft(**{"rank": "primary", "insurance": insurance, "member_id": "DEMO-1"} | but)


async def rows(*drafts: ClientDraft) -> list[ClientRow]:
    return rows_of(drafts, await records_for(drafts, seen_by=OWNER))


async def told(*drafts: ClientDraft) -> list[tuple[str, list[str]]]:
    records = await records_for(drafts, seen_by=OWNER)
    found = [(row, outcome_of(row, records)) for row in rows_of(drafts, records)]
    return [(state_of(row, outcome), [change.words for change in outcome.changes]) for row, outcome in found]


async def imported(*drafts: ClientDraft) -> ImportedClients:
    return await keep_clients(await rows(*drafts), by=OWNER, now=NOW)


async def test_a_whole_list_is_brought_in_once():
    await a_provider()
    table = read_client_list(LIST.read_bytes())
    drafts, _ = clients_from(table, guess_mapping(table.headers), on=NOW.date())
    done = await imported(*drafts)
    assert len(done.made) == len(drafts) > 5
    rowan = await Client.get(name="Rowan Applewick").select_related("default_provider")
    assert (rowan.import_key, rowan.zip, rowan.default_provider.first_name) == ("id:201", "12601", "Imogen")
    policy = await Policy.get(client=rowan).select_related("payer")
    assert (policy.payer.name, policy.payer.payer_id, policy.member_id, policy.copay_cents) == (
        "Bluebell Health", "BLUE1", "DEMO-0201", 2500,
    )  # fmt: skip
    before = await Client.all().values(), await Policy.all().values(), await Payer.all().values()
    again = await imported(*drafts)
    assert (again.made, again.updated, again.unchanged) == ([], [], len(drafts))
    assert (await Client.all().values(), await Policy.all().values(), await Payer.all().values()) == before


async def test_payers_are_found_by_number_or_name_and_made_once():
    known = await a_payer(name="Bluebell Health Plan of New York", payer_id="BLUE1")
    done = await imported(
        a_draft("A One", policies=(covered("Bluebell", payer_id="blue1"),)),
        a_draft("B Two", policies=(covered("Old Oak Mutual"),)),
        a_draft("C Three", policies=(covered("old oak mutual", payer_id="OAK22"),)),
    )
    assert done.new_payers == ["Old Oak Mutual"]
    assert (await Policy.get(client__name="A One").select_related("payer")).payer.id == known.id
    assert await Payer.all().count() == 2


async def test_a_client_made_by_hand_is_known_by_name_and_birth_date():
    client = await a_client("Rowan Applewick", birth_date=date(1988, 3, 17), phone="", email="kept@example.com")
    done = await imported(a_draft(key="id:201", phone="555-010-0101"))
    assert (done.made, done.updated) == ([], [client.id])
    kept = await Client.get()
    assert (kept.phone, kept.email, kept.import_key, kept.version) == ("555-010-0101", "kept@example.com", "id:201", 2)


async def test_the_preview_names_every_value_that_would_change():
    await a_client("Rowan Applewick", birth_date=date(1988, 3, 17), phone="555-555-0142")
    draft = a_draft(
        phone="555-010-0101", city="Albany", policies=(covered(),), diagnoses=(DiagnosisDraft("F41.1", ""),)
    )
    assert await told(draft) == [("updated", ["Phone", "Primary policy", "Diagnosis"])]


async def test_a_name_given_here_stays():
    born = date(1988, 3, 17)
    await a_client("Row", insurer_first_name="Rowan", insurer_last_name="Applewick", birth_date=born)
    await imported(a_draft(phone="555-010-0101"))
    assert (await Client.get()).name == "Row"


async def test_one_name_without_a_birth_date_is_a_question():
    await a_client("Rowan Applewick", birth_date=None)
    assert await told(a_draft()) == [("to_fix", ["First name", "Last name", "Birth date", "Name"])]
    assert (await imported(a_draft())).left_out == 1
    [row] = await rows(a_draft())
    row.client_id, row.decided = row.candidates[0], True
    done = await keep_clients([row], by=OWNER, now=NOW)
    assert (len(done.updated), await Client.all().count()) == (1, 1)


async def test_two_numbers_of_the_old_program_are_two_people():
    await imported(a_draft(key="id:1"))
    done = await imported(a_draft(key="id:2"))
    assert (len(done.made), await Client.all().count()) == (1, 2)


async def test_a_policy_of_the_same_payer_is_updated():
    client = await a_client("Rowan Applewick", birth_date=date(1988, 3, 17))
    await a_policy(client, await a_payer(name="Bluebell Health"), member_id="OLD", copay_cents=2500)
    await imported(a_draft(policies=(covered(member_id="NEW"),)))
    kept = await Policy.get()
    assert (kept.member_id, kept.copay_cents, kept.version) == ("NEW", 2500, 2)


async def test_a_new_policy_with_a_start_ends_the_old_one_the_day_before():
    client = await a_client("Rowan Applewick", birth_date=date(1988, 3, 17))
    await a_policy(client, await a_payer(name="Old Oak Mutual"), starts_on=date(2025, 1, 1))
    await imported(a_draft(policies=(covered(starts_on=date(2026, 11, 1)),)))
    kept = await Policy.all().order_by("id").values_list("ends_on", flat=True)
    assert kept == [date(2026, 10, 31), None]


async def test_a_new_policy_without_a_start_does_not_make_a_second_primary():
    client = await a_client("Rowan Applewick", birth_date=date(1988, 3, 17))
    await a_policy(client, await a_payer(name="Old Oak Mutual"))
    [row] = await rows(a_draft(policies=(covered(),)))
    outcome = outcome_of(row, await records_for([row.draft], seen_by=OWNER))
    assert outcome.remarks == [
        "There is another primary policy already, so that of Bluebell Health was left out. "
        "End the old one on the client's page, then add it there."
    ]
    await imported(a_draft(policies=(covered(),)))
    assert await Policy.all().count() == 1


async def test_new_diagnoses_come_after_those_that_are_there():
    client = await a_client("Rowan Applewick", birth_date=date(1988, 3, 17))
    await a_diagnosis(client, "F33.1")
    await imported(a_draft(diagnoses=(DiagnosisDraft("F41.1", "Worry"), DiagnosisDraft("F33.1", "x"))))
    assert await Diagnosis.all().order_by("position").values_list("code", "position") == [("F33.1", 1), ("F41.1", 2)]


async def test_a_row_left_out_is_left_out():
    [row] = await rows(a_draft())
    row.left_out = True
    done = await keep_clients([row], by=OWNER, now=NOW)
    assert (done.left_out, await Client.exists()) == (1, False)


async def test_the_same_list_brought_in_by_two_people_at_once_makes_nobody_twice():
    mine, theirs = await rows(a_draft()), await rows(a_draft())
    await keep_clients(theirs, by=OWNER, now=NOW)
    done = await keep_clients(mine, by=OWNER, now=NOW)
    assert (done.made, done.unchanged) == ([], 1)


async def test_new_clients_are_announced():
    heard = []
    stop = listen(heard.append)
    done = await imported(a_draft(policies=(covered(),)))
    stop()
    assert heard == [{"payer": frozenset({1}), "client": frozenset(done.made)}]


async def test_hundreds_are_kept_in_parts_that_tell_how_far_they_are():
    drafts = [a_draft(f"Client Number{n}", policies=(covered(),)) for n in range(450)]
    progress: list[int] = []
    done = await keep_clients(await rows(*drafts), by=OWNER, now=NOW, on_progress=progress.append)
    assert (len(done.made), done.new_payers, progress) == (450, ["Bluebell Health"], [200, 400, 450])
