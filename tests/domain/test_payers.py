"""Payers: what claims want of them."""

from __future__ import annotations

import pytest

from domain import payers
from domain.errors import InUse, NotFound, Refused
from domain.payers import PayerDraft
from storage.models import Payer
from tests.fixtures.builders import NOW, OWNER, a_client, a_payer, a_policy

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_a_payer_is_kept_tidy() -> None:
    draft = PayerDraft(name="Bluebell Health", payer_id="blue1", phone="5035550142", days_to_file=90)
    kept = await payers.keep_payer(draft, by=OWNER, now=NOW)
    read = await payers.draft_of_payer(kept, seen_by=OWNER)
    assert (read.payer_id, read.phone, read.days_to_file) == ("BLUE1", "(503) 555-0142", 90)


async def test_everything_wrong_with_a_payer_is_said_at_once() -> None:
    wrong = PayerDraft(kind="hmo", telehealth_modifier="25", payer_id="X" * 21, phone="12", state="XX", zip="1",
                       days_to_file=0)
    with pytest.raises(Refused) as refusal:
        await payers.keep_payer(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {
        "name", "kind", "telehealth_modifier", "payer_id", "phone", "state", "zip", "days_to_file"}


async def test_two_payers_in_use_never_have_one_name() -> None:
    await a_payer()
    with pytest.raises(Refused):
        await payers.keep_payer(PayerDraft(name="bluebell health"), by=OWNER, now=NOW)


async def test_a_payer_with_policies_is_archived_instead_of_deleted() -> None:
    used, unused = await a_payer(), await a_payer(name="Old Oak Mutual")
    await a_policy(await a_client(), used)
    with pytest.raises(InUse):
        await payers.delete_payer(used.id, by=OWNER, now=NOW)
    await payers.archive_payer(used.id, by=OWNER, now=NOW)
    assert (await Payer.get(id=used.id)).archived_at == NOW
    await payers.restore_payer(used.id, by=OWNER, now=NOW)
    await payers.delete_payer(unused.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await payers.draft_of_payer(unused.id, seen_by=OWNER)
