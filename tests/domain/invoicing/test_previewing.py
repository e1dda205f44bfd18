"""The preview: what Generate would make, with nothing written and no number taken."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from domain.documents.records import claim_from_json, invoice_from_json
from domain.invoicing.previewing import NO_NUMBER, pages_of, preview
from storage.models import AuditEntry, Batch, Claim, ClientSession, Invoice
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make, paid
from tests.fixtures.builders import OWNER, TODAY, a_client, a_payer, a_session

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_it_is_what_generate_makes_but_for_the_numbers() -> None:
    sessions = [await an_insured_session(await an_insured_client(policy={"copay_cents": 2500})), await a_session(await a_client("Ivy"))]
    ids = [one.id for one in sessions]
    seen = await preview(ids, on=TODAY, message="Thank you", seen_by=OWNER)
    await make(*sessions, message="Thank you")
    invoices = [invoice_from_json(one.record) for one in await Invoice.all().order_by("bill_to_name")]
    [claim] = [claim_from_json(one.record) for one in await Claim.all()]
    shown = [invoice_from_json(one.record) for one in seen.papers if one.kind == "invoice"]
    assert sorted(shown, key=lambda one: one.bill_to.name) == [replace(one, number=NO_NUMBER) for one in invoices]
    assert [claim_from_json(one.record) for one in seen.papers if one.kind == "claim"] == [replace(claim, account_number=NO_NUMBER)]
    assert [(one.name, one.cents) for one in seen.papers if one.kind == "claim"] == [("Rowan Applewick, Bluebell Health", 15000)]


async def test_it_writes_nothing() -> None:
    session = await an_insured_session(await an_insured_client())
    audited = await AuditEntry.all().count()
    await preview([session.id], on=TODAY, seen_by=OWNER)
    assert [await one.all().count() for one in (Batch, Invoice, Claim)] == [0, 0, 0]
    assert (await ClientSession.get()).status == "ready"
    assert await AuditEntry.all().count() == audited


async def test_what_would_be_left_out_is_told_with_its_reason() -> None:
    red = await an_insured_session(await an_insured_client(policy={"member_id": ""}))
    seen = await preview([red.id], on=TODAY, seen_by=OWNER)
    assert seen.papers == []
    assert [(one.session_id, "member id" in one.reason.lower()) for one in seen.left_out] == [(red.id, True)]


async def test_a_paper_is_shown_as_pictures_of_its_pages(practice_db) -> None:
    a_workplace(practice_db)
    session = await an_insured_session(await an_insured_client())
    [paper] = [one for one in (await preview([session.id], on=TODAY, seen_by=OWNER)).papers if one.kind == "claim"]
    [png] = await pages_of(paper, width=612)
    picture = Image.open(BytesIO(png)).convert("RGB")
    assert picture.size == (612, 792)
    colors = {color for _, color in picture.getcolors(100_000)}
    assert any(red > 150 and green < 90 for red, green, _ in colors), "the form's red rules are seen"
    assert any(max(color) < 60 for color in colors), "and what is typed on it"


@pytest.mark.parametrize(("told", "box_29"), [(False, 0), (True, 2500)])
async def test_what_the_client_paid_stands_on_the_form_only_for_a_payer_that_is_told(told: bool, box_29: int) -> None:
    payer = await a_payer(tells_patient_paid=told)
    session = await an_insured_session(await an_insured_client(policy={"payer": payer, "copay_cents": 2500}))
    await paid(session, 2500)
    made = await make(session)
    [claim] = [claim_from_json(one.record) for one in await Claim.filter(id__in=made.claims)]
    assert claim.paid_cents == box_29
