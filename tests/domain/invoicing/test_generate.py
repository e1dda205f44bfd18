"""Generate: each session once, numbers without gaps, who is asked for how much, and what is left out."""

import asyncio
from datetime import timedelta

import pytest

from domain.documents.records import claim_from_json, invoice_from_json
from domain.invoicing import generate
from domain.invoicing.gathering import gathered
from domain.invoicing.keeping import Press, keep
from domain.invoicing.planning import planned
from storage.models import (
    AuditEntry,
    Batch,
    Claim,
    ClaimLine,
    Client,
    ClientSession,
    Counter,
    Invoice,
    InvoiceLine,
)
from storage.transactions import one_transaction
from tests.domain.documents.reading import Typed, text_of
from tests.fixtures.billing import (
    a_workplace,
    an_insured_client,
    an_insured_session,
    bill_to,
    claim_text,
    drawn,
    invoice_text,
    make,
    paid,
)
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, TODAY, a_client, a_location, a_provider, a_session


@pytest.fixture(autouse=True)
def _workplace(practice_db):
    a_workplace(practice_db)


def later(days: int):
    return MONDAY_NINE - timedelta(days=days)


async def numbers() -> list[str]:
    return [row[0] for row in await Invoice.all().order_by("number").values_list("number")]


async def statuses() -> list[str]:
    return [row[0] for row in await ClientSession.all().order_by("id").values_list("status")]


async def test_a_session_is_invoiced_once_however_often_it_is_asked():
    session = await a_session()
    first = await make(session)
    again = await make(session)
    assert len(first.invoices) == 1
    assert (again.batch_id, again.invoices, again.left_out[0].reason) == (None, [], "It was already invoiced")
    assert (await Invoice.all().count(), await Batch.all().count()) == (1, 1)


async def test_three_who_press_at_once_make_one_invoice():
    sessions = [await a_session(await a_client(name)) for name in ("Ada One", "Ben Two", "Cleo Three")]
    made = await asyncio.gather(*(make(*sessions) for _ in range(3)))
    assert sorted(len(one.invoices) for one in made) == [0, 0, 3]
    assert await InvoiceLine.all().count() == 3
    assert await numbers() == ["2026-0001", "2026-0002", "2026-0003"]


async def _made_in_a_transaction_that_fails(session):
    async with one_transaction():
        await make(session)
        raise ZeroDivisionError


async def test_numbers_have_no_gap_after_a_press_that_failed():
    first, second = await a_session(), await a_session()
    await make(first)
    with pytest.raises(ZeroDivisionError):
        await _made_in_a_transaction_that_fails(second)
    assert await statuses() == ["invoiced", "ready"]
    await make(second)
    assert await numbers() == ["2026-0001", "2026-0002"]
    assert (await Counter.get(name="invoice-2026")).reached == 2


async def test_numbers_begin_anew_with_a_year():
    await make(await a_session())
    await make(await a_session(), on=TODAY.replace(year=2027))
    assert await numbers() == ["2026-0001", "2027-0001"]


async def test_a_self_pay_client_gets_one_invoice_of_all_sessions_in_full():
    client = await a_client()
    sessions = [await a_session(client, starts_at=later(days)) for days in (0, 7)]
    made = await drawn(await make(*sessions, message="Thank you for your trust."))
    assert (len(made.invoices), made.claims, made.total_cents) == (1, [], 30000)
    text = await invoice_text(made.invoices[0])
    for words in ("2026-0001", "Rowan Applewick", "90837", "$300.00", "Thank you for your trust."):
        assert words in text
    assert (await Invoice.get()).due_on == TODAY + timedelta(days=30)


async def test_an_insured_session_makes_one_form_and_an_invoice_of_the_share_alone():
    session = await an_insured_session(await an_insured_client())
    made = await drawn(await make(session))
    assert (len(made.invoices), len(made.claims)) == (1, 1)
    claim = await Claim.get()
    assert (claim.total_cents, claim.account_number) == (15000, "C202600001")
    assert (await Invoice.get()).total_cents == 2500
    text = await invoice_text(made.invoices[0])
    assert "$25.00" in text
    assert "Your share of $150.00, billed to Bluebell Health" in text
    form = await claim_text(made.claims[0])
    for words in ("C202600001", "DEMO-0042", "90837", "15000"):
        assert words in form


async def test_what_was_paid_at_the_session_leaves_no_invoice_of_a_share():
    session = await an_insured_session(await an_insured_client())
    await paid(session, 2500)
    made = await make(session)
    assert (made.invoices, len(made.claims)) == ([], 1)


async def test_a_paid_self_pay_session_is_invoiced_with_its_payment():
    session = await a_session()
    await paid(session, 4000)
    await make(session)
    invoice = await Invoice.get()
    assert (invoice.total_cents, invoice.paid_cents) == (15000, 4000)


async def test_a_deductible_is_used_up_before_copay_and_coinsurance_begin():
    client = await an_insured_client(policy={
        "copay_cents": 2000, "deductible_left_cents": 15000, "coinsurance_points": 2000})
    first, second = [await an_insured_session(client, starts_at=later(days)) for days in (7, 0)]
    await make(first)
    # all of it counts toward the deductible, and meets it
    assert (await Invoice.get(number="2026-0001")).total_cents == 15000
    await make(second)
    # 20 copay + 20 % of the 130 that remain
    assert (await Invoice.get(number="2026-0002")).total_cents == 2000 + 2600


async def test_two_parents_share_and_the_odd_cent_is_the_first_ones():
    client = await a_client()
    await bill_to(client, ("Ada Applewick", 50), ("Ben Applewick", 50))
    await make(await a_session(client, lines=[{"fee_cents": 15001}]))
    assert {(one.bill_to_name, one.total_cents) for one in await Invoice.all()} == {
        ("Ada Applewick", 7501), ("Ben Applewick", 7500)}


async def test_odd_cents_of_several_lines_do_not_pile_up():
    client = await a_client()
    await bill_to(client, ("Ada Applewick", 50), ("Ben Applewick", 50))
    await make(await a_session(client, lines=[{"fee_cents": 5001}, {"fee_cents": 5001}, {"fee_cents": 5001}]))
    assert [row[0] for row in await Invoice.all().order_by("number").values_list("total_cents")] == [7502, 7501]


async def test_the_form_and_both_parents_invoices_of_a_share_add_up():
    client = await an_insured_client(policy={"copay_cents": 2501})
    await bill_to(client, ("Ada Applewick", 50), ("Ben Applewick", 50))
    made = await make(await an_insured_session(client))
    assert [row[0] for row in await Invoice.all().order_by("number").values_list("total_cents")] == [1251, 1250]
    assert len(made.claims) == 1


async def test_siblings_with_one_payer_get_one_invoice():
    for name in ("Rowan Applewick", "Hazel Applewick"):
        client = await a_client(name)
        await bill_to(client, ("Ada Applewick", 100))
        await a_session(client)
    made = await make(*await ClientSession.all())
    assert len(made.invoices) == 1
    record = invoice_from_json((await Invoice.get()).record)
    assert {section.client_name for section in record.sections} == {"Rowan Applewick", "Hazel Applewick"}


async def test_seven_lines_make_two_forms_each_with_its_own_total_and_account_number():
    client = await an_insured_client()
    sessions = [await an_insured_session(client, starts_at=later(days)) for days in range(7)]
    made = await drawn(await make(*sessions))
    claims = await Claim.all().order_by("account_number")
    assert [(one.account_number, one.total_cents) for one in claims] == [
        ("C202600001", 90000), ("C202600002", 15000)]
    assert "90000" in await claim_text(made.claims[0])
    assert len(made.invoices) == 1


async def test_the_lines_of_a_session_never_part():
    client = await an_insured_client()
    three = [{}, {"code": "90785", "fee_cents": 2500}, {"code": "90840", "fee_cents": 3000}]
    sessions = [await an_insured_session(client, starts_at=later(days), lines=three) for days in range(5)]
    await make(*sessions)
    for session in sessions:
        assert len(set(await ClaimLine.filter(session=session).values_list("claim_id", flat=True))) == 1
    assert await Claim.all().count() == 3


@pytest.mark.parametrize("apart", ["location", "authorization", "provider"])
async def test_what_a_form_has_one_box_for_parts_forms(apart):
    client = await an_insured_client()
    other = {
        "location": lambda: a_location(name="Annex", street="9 Side Street"),
        "provider": lambda: a_provider(first_name="Juniper", npi="1679576722"),
    }
    first = await an_insured_session(client, starts_at=later(1))
    but = {"authorization_number": "A-77"} if apart == "authorization" else {apart: await other[apart]()}
    second = await an_insured_session(client, **but)
    assert len((await make(first, second)).claims) == 2


async def test_two_of_one_kind_share_a_form_and_a_form_names_one_referrer():
    client = await an_insured_client(referrer_first_name="Linden", referrer_last_name="Oakes", referrer_npi="1679576722")
    sessions = [await an_insured_session(client, starts_at=later(days)) for days in (0, 1)]
    made = await drawn(await make(*sessions))
    assert len(made.claims) == 1
    assert "OAKES" in (await claim_text(made.claims[0])).upper()


async def test_accident_answers_stand_on_the_form():
    client = await an_insured_client(auto_accident=True, auto_accident_state="NY")
    await make(await an_insured_session(client))
    record = claim_from_json((await Claim.get()).record)
    assert (record.patient.accident_by_car, record.patient.accident_state) == (True, "NY")


async def test_a_group_that_changed_meanwhile_is_left_whole_and_takes_no_other_with_it():
    """Both parents' invoices and the other child's session hang together; a stranger's invoice does not."""
    for name in ("Rowan Applewick", "Hazel Applewick"):
        client = await a_client(name)
        await bill_to(client, ("Ada Applewick", 50), ("Ben Applewick", 50))
        await a_session(client)
    await a_session(await a_client("Alder Fiddlecrook"))
    asked = await gathered(status="ready")
    plan = planned(asked.sessions)
    assert len(plan.groups) == 2
    await ClientSession.filter(client__name="Hazel Applewick").update(status="held", held_reason="Asked to wait")
    async with one_transaction():
        batch = await Batch.create(made_at=NOW)
        kept = await keep(Press(batch.id, asked.practice, plan, "", TODAY))
    assert {s.client.name for group in kept.lost for s in group.sessions} == {"Rowan Applewick", "Hazel Applewick"}
    assert [one.bill_to_name for one in await Invoice.all()] == ["Alder Fiddlecrook"]
    assert await numbers() == ["2026-0001"]
    assert await statuses() == ["ready", "held", "invoiced"]


async def test_a_held_session_is_left_out_with_its_reason():
    held = await a_session(status="held", held_reason="Waiting for the court")
    made = await make(held, await a_session())
    assert len(made.invoices) == 1
    assert [(one.session_id, one.reason) for one in made.left_out] == [(held.id, "Held: Waiting for the court")]
    assert await statuses() == ["held", "invoiced"]


async def test_a_red_session_is_left_out_with_all_its_reasons_and_changes_nothing():
    client = await an_insured_client(birth_date=None, policy={"member_id": ""})
    provider = await a_provider(npi="")
    red = await an_insured_session(client, provider=provider)
    made = await make(red)
    assert made.batch_id is None
    reasons = made.left_out[0].reason.split("; ")
    assert len(reasons) == 3
    for word in ("birth date", "member", "NPI"):
        assert any(word in reason for reason in reasons)
    assert (await statuses(), await Batch.all().count(), await Counter.all().count()) == (["ready"], 0, 0)


async def test_a_session_of_a_later_day_can_not_be_invoiced():
    made = await make(await a_session(starts_at=MONDAY_NINE + timedelta(days=7)))
    assert made.left_out[0].reason == "Oct 19 has not come yet"


async def test_a_removed_session_is_told_and_not_invoiced():
    gone = await a_session(undone_at=NOW)
    assert "not ready any more" in (await make(gone)).left_out[0].reason


async def test_who_pressed_is_on_record():
    made = await make(await a_session())
    entry = await AuditEntry.get(subject="batch")
    assert (entry.by_id, entry.subject_ids) == (OWNER.staff_id, str(made.batch_id))


async def test_documents_keep_what_they_said_after_the_client_is_renamed(practice_db):
    client = await an_insured_client()
    made = await make(await an_insured_session(client))
    await Client.filter(id=client.id).update(name="Rowan Elderflower", insurer_last_name="Elderflower", street="9 New Road")
    await drawn(made)
    words = await invoice_text(made.invoices[0]) + await claim_text(made.claims[0])
    assert "Elderflower" not in words
    assert "ELDERFLOWER" not in words
    assert "APPLEWICK" in words.upper()


async def test_the_two_printings_of_a_form_say_the_same():
    from domain.invoicing import stored_claim

    made = await drawn(await make(await an_insured_session(await an_insured_client())))
    plain = (await stored_claim(made.claims[0], seen_by=OWNER)).content
    bare = (await stored_claim(made.claims[0], printing="preprinted", seen_by=OWNER)).content
    assert Typed(plain).all == Typed(bare).all
    assert "HEALTH INSURANCE CLAIM FORM" in text_of(plain)
    assert "HEALTH INSURANCE CLAIM FORM" not in text_of(bare)


async def test_only_a_signed_in_person_generates():
    from domain.access import SignedIn
    from domain.errors import NotSignedIn

    session = await a_session()
    with pytest.raises(NotSignedIn):
        await generate([session.id], by=SignedIn(1, 99, "Nobody"), on=TODAY, now=NOW)
    assert await statuses() == ["ready"]
