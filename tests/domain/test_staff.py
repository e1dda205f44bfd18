"""Staff accounts: added, changed, removed with all their sign-ins, and never without an owner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain import access, staff
from domain.access import SignedIn
from domain.errors import ChangedMeanwhile, FieldRefused, NotFound, NotSignedIn, Refused, WrongPassword
from domain.staff import LastOwner, OwnersOnly, StaffDraft
from storage.changes import Announcement, listen
from storage.models import Staff
from tests.fixtures.builders import NOW, OWNER

BRAM = StaffDraft(name="Bram Tanglewood", email="Bram@Example.com", password="first password")
pytestmark = pytest.mark.usefixtures("practice_db")


async def bram_signed_in() -> tuple[int, SignedIn]:
    kept = await staff.add_staff(BRAM, by=OWNER, now=NOW)
    who = await access.who(await access.sign_in("bram@example.com", "first password", now=NOW), now=NOW)
    assert who is not None
    return kept, who


async def test_somebody_added_signs_in_with_the_first_password() -> None:
    kept, who = await bram_signed_in()
    assert (who.staff_id, who.name) == (kept, "Bram Tanglewood")


async def test_everything_wrong_with_an_account_is_said_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        await staff.add_staff(StaffDraft(email="ada@example.com", password="short"), by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"name", "email", "password"}
    assert await Staff.all().count() == 1


async def test_a_removed_account_is_signed_out_everywhere_and_its_pages_hear_it() -> None:
    kept, who = await bram_signed_in()
    heard: list[Announcement] = []
    stop = listen(heard.append)
    await staff.remove_staff(kept, by=OWNER, now=NOW)
    stop()
    assert heard[0]["sign_in"] == frozenset({who.sign_in_id})
    with pytest.raises(NotSignedIn):
        await access.require(who)
    with pytest.raises(WrongPassword):
        await access.sign_in("bram@example.com", "first password", now=NOW)
    with pytest.raises(NotFound):
        await staff.draft_of_staff(kept, seen_by=OWNER)
    assert await staff.add_staff(BRAM, by=OWNER, now=NOW) != kept


async def test_the_last_owner_stays() -> None:
    with pytest.raises(LastOwner):
        await staff.remove_staff(1, by=OWNER, now=NOW)
    draft = await staff.draft_of_staff(1, seen_by=OWNER)
    with pytest.raises(LastOwner):
        await staff.keep_staff(replace(draft, is_owner=False), by=OWNER, now=NOW)
    await staff.add_staff(replace(BRAM, is_owner=True), by=OWNER, now=NOW)
    await staff.keep_staff(replace(draft, is_owner=False), by=OWNER, now=NOW)


async def test_only_an_owner_makes_owners_removes_them_or_gives_passwords() -> None:
    kept, bram = await bram_signed_in()
    mine = await staff.draft_of_staff(kept, seen_by=bram)
    refused = (
        staff.keep_staff(replace(mine, is_owner=True), by=bram, now=NOW),
        staff.add_staff(replace(BRAM, email="x@example.com", is_owner=True), by=bram, now=NOW),
        staff.remove_staff(1, by=bram, now=NOW),
        staff.give_password(1, "taken over password", by=bram, now=NOW),
    )
    for act in refused:
        with pytest.raises(OwnersOnly):
            await act
    await staff.keep_staff(replace(mine, name="Bram T."), by=bram, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        await staff.keep_staff(mine, by=OWNER, now=NOW)


async def test_changing_ones_password_signs_out_ones_other_browsers_only() -> None:
    _, here = await bram_signed_in()
    there = await access.who(await access.sign_in("bram@example.com", "first password", now=NOW), now=NOW)
    assert there is not None
    with pytest.raises(FieldRefused) as refusal:
        await staff.change_password("wrong", "second password", by=here, now=NOW)
    assert refusal.value.at == "old_password"
    with pytest.raises(FieldRefused):
        await staff.change_password("first password", "short", by=here, now=NOW)
    await staff.change_password("first password", "second password", by=here, now=NOW)
    await access.require(here)
    with pytest.raises(NotSignedIn):
        await access.require(there)
    assert await access.sign_in("bram@example.com", "second password", now=NOW)


async def test_an_owner_gives_a_new_password() -> None:
    kept, bram = await bram_signed_in()
    await staff.give_password(kept, "given password", by=OWNER, now=NOW)
    with pytest.raises(NotSignedIn):
        await access.require(bram)
    assert await access.sign_in("bram@example.com", "given password", now=NOW)
