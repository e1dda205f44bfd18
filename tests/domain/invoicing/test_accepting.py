"""Warnings are accepted once, with a reason, by a person; and can be asked about again."""

from __future__ import annotations

import pytest

from domain.access import SignedIn
from domain.errors import FieldRefused, NotSignedIn
from domain.invoicing import accept_warnings, ask_again
from domain.invoicing.accepting import accepted_of
from storage.models import AcceptedWarning, AuditEntry
from tests.fixtures.builders import NOW, OWNER, a_client, a_session

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_a_warning_is_accepted_once_with_who_when_and_why() -> None:
    session = await a_session()
    warned = [(session.id, "z_code_first"), (session.id, "late_filing")]
    assert await accept_warnings(warned, "  The payer agreed by phone ", by=OWNER, now=NOW) == 2
    assert await accept_warnings([*warned, (session.id, "no_payer_id")], "Another reason", by=OWNER, now=NOW) == 1
    kept = {row.code: row for row in await AcceptedWarning.all()}
    assert {code: row.reason for code, row in kept.items()} == {
        "z_code_first": "The payer agreed by phone", "late_filing": "The payer agreed by phone",
        "no_payer_id": "Another reason"}
    assert {(row.accepted_by_id, row.accepted_at) for row in kept.values()} == {(OWNER.staff_id, NOW)}
    assert await accepted_of(id=session.id) == {session.id: set(kept)}


async def test_accepting_is_in_the_audit_rule_by_rule_with_its_reason() -> None:
    one, other = await a_session(), await a_session(await a_client("Bo Self"))
    await accept_warnings([(one.id, "late_filing"), (other.id, "late_filing")], "Agreed", by=OWNER, now=NOW)
    [entry] = await AuditEntry.filter(act="accepted the warning late_filing")
    assert (entry.subject, entry.subject_ids, entry.reason) == ("session", f"{one.id},{other.id}", "Agreed")


async def test_without_a_reason_nothing_is_accepted() -> None:
    session = await a_session()
    with pytest.raises(FieldRefused):
        await accept_warnings([(session.id, "late_filing")], "   ", by=OWNER, now=NOW)
    assert not await AcceptedWarning.exists()


async def test_sessions_that_do_not_wait_are_passed_over() -> None:
    gone, billed = await a_session(undone_at=NOW), await a_session(status="invoiced")
    warned = [(gone.id, "late_filing"), (billed.id, "late_filing"), (9999, "late_filing")]
    assert await accept_warnings(warned, "Agreed", by=OWNER, now=NOW) == 0


async def test_what_was_accepted_can_be_asked_about_again() -> None:
    session = await a_session()
    await accept_warnings([(session.id, "late_filing")], "Agreed", by=OWNER, now=NOW)
    assert await ask_again(session.id, by=OWNER, now=NOW) == 1
    assert await ask_again(session.id, by=OWNER, now=NOW) == 0
    assert await accepted_of(id=session.id) == {}


async def test_only_who_is_signed_in_accepts() -> None:
    session = await a_session()
    nobody = SignedIn(1, 99, "Nobody")
    with pytest.raises(NotSignedIn):
        await accept_warnings([(session.id, "late_filing")], "Agreed", by=nobody, now=NOW)
    with pytest.raises(NotSignedIn):
        await ask_again(session.id, by=nobody, now=NOW)
