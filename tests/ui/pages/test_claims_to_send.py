"""Claims on their way, on Invoices and claims made: ticked, written into a file, marked as sent, taken back, live."""

from __future__ import annotations

import pytest

from domain.claim_files import claim_file, mark_sent
from domain.claims.x12.professional.check import check_bytes
from storage.models import ClaimFile, ClaimSending, Payer, Practice
from tests.domain.claim_files.test_write_claim_file import CLEARINGHOUSE
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, drawn, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_location, a_session
from tests.fixtures.screens import eventually, press, rows, screens, table, tap, typed
from ui import routes
from ui.dialogs import sent_claims
from ui.pages.documents import documents

PAGES = {routes.DOCUMENTS: documents}


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await Practice.filter(id=1).update(**CLEARINGHOUSE)


async def two_claims() -> list[int]:
    """Two claims with their invoices, and a self-pay invoice."""
    sessions = [await an_insured_session(await an_insured_client(name)) for name in ("Rowan Applewick", "Hazel Brook")]
    made = await drawn(await make(*sessions, await a_session(await a_client("Alder Fiddlecrook"))))
    await Payer.filter(id__gt=0).update(payer_id="60054")
    return sorted(made.claims)


def tick(user, *keys: str) -> None:
    shown = table(user)
    shown.tick(keys)
    shown._tell(shown.on_tick)


async def test_ticked_claims_become_a_file_to_download(monkeypatch) -> None:
    saved: list[str] = []
    monkeypatch.setattr(sent_claims, "save_pdf", saved.append)  # the browser's part
    first, second = await two_claims()
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("Rowan Applewick")
        assert {row["id"] for row in rows(user) if row["_can"]} == {f"claim-{first}", f"claim-{second}"}
        tick(user, f"claim-{first}", f"claim-{second}")
        await press(user, "Write claim file (837P)")
        await user.should_see("Claim file with 2 claims")
        await press(user, "Download file")
        await eventually(lambda: [row["id"] for row in rows(user) if "Sent" in row["status"]] == [
            f"claim-{first}", f"claim-{second}"])
        assert not table(user).ticked
        await press(user, "Claim files")
        await eventually(lambda: [row["id"] for row in rows(user)] == [f"file-{first}"])
        await user.should_see("2 claims")
        typed(user, "find-a-number-or-name", "no such")
        await user.should_see("Nothing found")
        typed(user, "find-a-number-or-name", "c202600002")
        await eventually(lambda: len(rows(user)) == 1)
    kept = await ClaimFile.get()
    assert saved == [f"/pdf/claim-file/{kept.id}"]
    assert check_bytes((await claim_file(kept.id, seen_by=OWNER)).content) == []


async def test_what_is_missing_for_a_file_is_told() -> None:
    await two_claims()
    annex = await a_location(name="Annex", street="77 River Road", zip="12180")
    [first] = (await drawn(await make(await an_insured_session(await an_insured_client("Ash Root"), location=annex)))).claims
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("Rowan Applewick")
        tick(user, f"claim-{first}")
        await press(user, "Write claim file (837P)")
        await user.should_see("No claim file was written")
        await user.should_see("The service facility needs the ZIP code with all nine digits, not 12180")
        await press(user, "Close")
        await Practice.filter(id=1).update(claims_receiver_id="")
        tick(user, f"claim-{first}")
        await press(user, "Write claim file (837P)")
        await user.should_see("under Claims by file. Nothing was written.")


async def test_a_claim_sent_by_post_is_marked_and_the_mark_is_taken_back_with_a_reason() -> None:
    first, _ = await two_claims()
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("Rowan Applewick")
        tick(user, f"claim-{first}")
        await press(user, "Mark as sent")
        await user.should_see("A claim goes out once")
        await press(user, "Mark as sent")
        await user.should_see("Marked 1 claim as sent")
        tap(user, f"claim-{first}")
        await user.should_see(" by post")
        await press(user, "Not sent after all")
        await user.should_see("was not sent after all?")
        typed(user, "reason", "Still in the tray")
        await press(user, "Take back the mark")
        await eventually(lambda: not any("Sent" in row["status"] for row in rows(user)))
    assert await ClaimSending.filter(live=True).count() == 0


async def test_what_another_person_sends_is_seen_at_once_and_is_ticked_no_more() -> None:
    first, _ = await two_claims()
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("Rowan Applewick")
        tick(user, f"claim-{first}")
        await mark_sent([first], way="fax", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)
        await eventually(lambda: not table(user).ticked)
        assert [row["_can"] for row in rows(user) if row["id"] == f"claim-{first}"] == [False]
