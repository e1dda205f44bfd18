"""The two sample files a newcomer imports: everything in them is understood."""

from __future__ import annotations

from datetime import date

from domain.importing.client_list import clients_from, guess_mapping, read_client_list
from domain.importing.matching import Known, KnownClients
from tests.fixtures.imports.calendar_text import HERE, exported_by

TODAY = date(2026, 11, 24)


def the_clients():
    table = read_client_list((HERE / "clients.csv").read_bytes())
    mapping = guess_mapping(table.headers)
    assert set(table.headers) == {header for header in mapping.values() if header}
    return clients_from(table, mapping, on=TODAY)


def test_the_client_list_is_twelve_clients_without_a_problem():
    clients, problems = the_clients()
    assert (len(clients), problems) == (12, [])
    assert sum(bool(one.policies) for one in clients) == 10
    assert sum(len(one.policies) == 2 for one in clients) == 1


def test_every_appointment_of_the_calendar_finds_its_client():
    clients, _ = the_clients()
    known = KnownClients(
        Known(place, (one.name, f"{one.insurer_first_name} {one.insurer_last_name}"), one.email)
        for place, one in enumerate(clients)
    )
    practice = exported_by("practice")
    assert (len(practice.occurrences), practice.problems) == (32, ())
    unknown = [one.title for one in practice.occurrences if known.match(one).client_id is None]
    assert unknown == ["Payer call", "Office closed"]


def test_every_client_session_of_the_calendar_names_its_code():
    coded = [one for one in exported_by("practice").occurrences if one.code]
    assert len(coded) == 30
    assert {one.code for one in coded} == {"IN60", "IN45", "TELE", "INTK", "FAM", "PLAY"}
    assert sum(one.cancelled for one in coded) == 1
