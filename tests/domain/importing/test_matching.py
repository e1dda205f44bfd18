"""Whose appointment an event is: found where it is clear, handed over where it is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.importing.calendar_file import CalendarOccurrence
from domain.importing.matching import Kind, KindMatch, Known, KnownClients, KnownKinds, Match
from domain.importing.names import in_order, normalized, words_of
from tests.fixtures.imports.calendar_text import a_calendar, an_event, read

ROWAN, IVY, PIP, OLIVE, COUPLE, NURIA, SEAN, MAE, YOUNG_ROWAN = range(1, 10)
CLIENTS = [
    Known(ROWAN, ("Rowan Applewick",), "rowan@example.com"),
    Known(IVY, ("Ivy Candlewright", "Ivana Mae Candlewright"), "ivy@example.com"),
    Known(PIP, ("Pip Tanglewood",), "tanglewood@example.com"),
    Known(OLIVE, ("Olive Tanglewood",), "tanglewood@example.com"),
    Known(NURIA, ("Núria Puig-Łęcka",)),
    Known(SEAN, ("Sean O'Brien",)),
    Known(MAE, ("Anna Mae Lee",)),
]
KNOWN = KnownClients(CLIENTS)


def an_occurrence(title: str = "Session", *invited: str, categories: str = "") -> CalendarOccurrence:
    lines = [f'ATTENDEE;CN="{name}":mailto:{mail}' for name, _, mail in (one.partition("|") for one in invited)]
    extra = [f"CATEGORIES:{categories}"] if categories else []
    return read(a_calendar(an_event(*lines, *extra, SUMMARY=title.replace(",", "\\,")))).occurrences[0]


@pytest.mark.parametrize(
    ("title", "client", "how"),
    [
        ("Rowan Applewick", ROWAN, "name"),
        ("ROWAN  applewick #IN60", ROWAN, "name"),
        ("Applewick, Rowan", ROWAN, "name"),
        ("Applewick Rowan", ROWAN, "name"),
        ("Mr. Rowan Applewick", ROWAN, "name"),
        ("Rowan A.", ROWAN, "name"),
        ("R. Applewick #TELE", ROWAN, "name"),
        ("Nuria Puig Lecka", NURIA, "name"),
        ("Puig-Łęcka, Núria", NURIA, "name"),
        ("Sean O’Brien", SEAN, "name"),
        ("Sean OBrien", SEAN, "name"),
        ("Anna Lee", MAE, "name"),
        ("Ivana Candlewright", IVY, "name"),
        ("Intake: Rowan Applewick (new)", ROWAN, "title"),
        ("Video with Applewick, Rowan", ROWAN, "title"),
        ("Rowan Applewick's mother", ROWAN, "title"),
        ("Rowan A. - telehealth", ROWAN, "title"),
        ("Canceled: Rowan Applewick", ROWAN, "title"),
    ],
)
def test_a_client_is_known_by_every_way_of_writing_the_name(title, client, how):
    assert KNOWN.match(an_occurrence(title)) == Match(client, how, (client,))


@pytest.mark.parametrize(
    "title", ["", "Payer call", "Rowan", "Applewick", "Rowan B.", "Rowanna Applewick", "Ivy", "A. R."]
)
def test_a_title_that_names_nobody_matches_nobody(title):
    assert KNOWN.match(an_occurrence(title)) == Match(None, "none")


def test_an_attendees_email_finds_the_client_whatever_the_title():
    assert KNOWN.match(an_occurrence("Video session", "Guest|IVY@example.com")) == Match(IVY, "email", (IVY,))


def test_an_attendees_name_finds_the_client():
    assert KNOWN.match(an_occurrence("Video session", "Candlewright, Ivy|other@example.com")) == Match(
        IVY, "name", (IVY,)
    )


def test_the_title_tells_which_of_a_family_that_shares_an_address():
    invited = "Tanglewood|tanglewood@example.com"
    assert KNOWN.match(an_occurrence("Session", invited)) == Match(None, "several", (PIP, OLIVE))
    assert KNOWN.match(an_occurrence("Pip Tanglewood", invited)) == Match(PIP, "email", (PIP,))


def test_an_address_and_a_title_that_disagree_are_not_decided():
    assert KNOWN.match(an_occurrence("Rowan Applewick", "x|ivy@example.com")) == Match(None, "several", (ROWAN, IVY))


def test_two_invited_clients_are_not_decided_even_when_the_title_names_one():
    invited = ("x|rowan@example.com", "y|ivy@example.com")
    assert KNOWN.match(an_occurrence("Rowan Applewick", *invited)) == Match(None, "several", (ROWAN, IVY))


@pytest.mark.parametrize(
    "title", ["Pip & Olive Tanglewood", "Couples: Pip and Olive Tanglewood", "Pip Tanglewood / Olive Tanglewood"]
)
def test_a_couple_is_never_taken_for_one_of_them(title):
    assert KNOWN.match(an_occurrence(title)) == Match(None, "several", (PIP, OLIVE))


@pytest.mark.parametrize("title", ["Pip & Olive Tanglewood", "Couples: Pip & Olive Tanglewood #CPL"])
def test_a_couple_that_is_a_client_of_its_own_wins_over_its_parts(title):
    known = KnownClients([*CLIENTS, Known(COUPLE, ("Pip & Olive Tanglewood",))])
    assert known.match(an_occurrence(title)).client_id == COUPLE


def test_a_longer_name_hides_a_shorter_one_inside_it():
    known = KnownClients([Known(1, ("Maria Lopez",)), Known(2, ("Ana Maria Lopez",))])
    assert known.match(an_occurrence("Intake: Ana Maria Lopez")).client_id == 2


def test_an_initial_that_two_clients_share_is_not_decided():
    known = KnownClients([*CLIENTS, Known(YOUNG_ROWAN, ("Rowan Ashby",))])
    assert known.match(an_occurrence("Rowan A.")) == Match(None, "several", (ROWAN, YOUNG_ROWAN))
    assert known.match(an_occurrence("Rowan Ashby")) == Match(YOUNG_ROWAN, "name", (YOUNG_ROWAN,))


def test_two_clients_of_one_name_are_not_decided():
    known = KnownClients([*CLIENTS, Known(YOUNG_ROWAN, ("Rowan Applewick",))])
    assert known.match(an_occurrence("Rowan Applewick")) == Match(None, "several", (ROWAN, YOUNG_ROWAN))


@given(st.sampled_from(CLIENTS), st.text(max_size=20), st.text(max_size=20))
def test_a_full_name_in_a_title_never_finds_another_client_alone(client, before, after):
    occurrence = an_occurrence("Session")
    title = f"{before} - {client.names[0]} - {after}"
    object.__setattr__(occurrence, "title", title)
    found = KNOWN.match(occurrence)
    assert found.client_id in {client.id, None}
    assert client.id in found.candidates


KINDS = KnownKinds([Kind(1, ("IN60", "Individual 60")), Kind(2, ("PLAY", "Play therapy")), Kind(3, ("FAM", "Family"))])


@pytest.mark.parametrize(
    ("title", "categories", "found"),
    [
        ("Ivy #in60", "", KindMatch(1, "code", (1,))),
        ("Ivy #IN60", "Play therapy", KindMatch(1, "code", (1,))),
        ("Ivy", "Blue Category,play therapy", KindMatch(2, "category", (2,))),
        ("Ivy", "FAM", KindMatch(3, "category", (3,))),
        ("Family: Ivy", "", KindMatch(3, "title", (3,))),
        ("Ivy - Individual 60", "", KindMatch(1, "title", (1,))),
        ("Ivy", "Family,Play therapy", KindMatch(None, "several", (2, 3))),
        ("The Family Stone", "", KindMatch(None, "none")),
        ("Ivy #XYZ", "", KindMatch(None, "none")),
    ],
)
def test_the_kind_is_told_by_code_then_category_then_a_part_of_the_title(title, categories, found):
    assert KINDS.match(an_occurrence(title, categories=categories)) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dr. Núria O’Brien-Puig", "nuria obrien puig"),
        ("Ærø & Straße", "aero and strasse"),
        ("  ", ""),
        ("Smith Jr.", "smith jr"),
        ("नेहा शर्मा", "नेहा शर्मा"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
    ],
)
def test_names_are_compared_by_their_plain_words(text, words):
    assert normalized(text) == words


@given(st.text(max_size=60))
@example("𝓐")
def test_plain_words_stay_as_they_are(text):
    assert words_of(" ".join(words_of(text))) == words_of(text) or words_of(text)[:1] in {("mr",), ("dr",)}


def test_a_last_name_before_a_comma_comes_last():
    assert in_order("Applewick, Rowan Lee") == ("rowan", "lee", "applewick")
    assert in_order("Applewick,") == ("applewick",)
