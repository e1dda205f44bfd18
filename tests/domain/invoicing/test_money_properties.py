"""Whatever is generated, voided and generated again: the money of invoices and claims is the sessions', to the cent."""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.invoicing import void_invoice
from storage import database
from storage.models import ChargeLine, Claim, ClaimLine, ClientSession, Invoice, InvoiceLine
from tests.fixtures import builders
from tests.fixtures.billing import an_insured_client, bill_to, make, paid
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER

LINE = st.tuples(st.integers(0, 30_001), st.integers(1, 3), st.booleans())  # fee, units, for the client only
SESSIONS = st.lists(st.tuples(
    st.integers(0, 2),  # whose
    st.integers(0, 20),  # days before Monday
    st.lists(LINE, min_size=1, max_size=4),
    st.integers(0, 20_000),  # paid at the session
), min_size=1, max_size=8)
POLICY = st.fixed_dictionaries({
    "copay_cents": st.integers(0, 5_001), "deductible_left_cents": st.integers(0, 30_001),
    "coinsurance_points": st.integers(0, 10_000)})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions=SESSIONS, policy=POLICY, share=st.integers(1, 99), voids=st.booleans())
def test_the_money_of_invoices_and_claims_is_the_sessions(migrated_file, sessions, policy, share, voids):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / database.FILE
        shutil.copy(migrated_file, file)
        asyncio.run(played_through(file, sessions, policy, share, voids=voids))


async def played_through(file, sessions, policy, share, *, voids):
    await database.connect(file)
    try:
        await builders.a_practice()
        await a_world(sessions, policy, share)
        every = await ClientSession.all()
        made = await make(*every)
        await the_books_are_right()
        if voids and made.invoices:
            await void_invoice(made.invoices[0], reason="Again", by=OWNER, now=NOW)
            await the_books_are_right()
            await make(*every)
            await the_books_are_right()
        await numbers_have_no_gaps()
    finally:
        await database.close_database()


async def a_world(sessions, policy, share):
    """One client who pays, one whose parents share, one insured whose parents share."""
    clients = [await builders.a_client("Rowan Applewick"), await builders.a_client("Hazel Brook"),
               await an_insured_client("Alder Fiddlecrook", policy=policy)]
    for client in clients[1:]:
        await bill_to(client, ("Ada Payer", share), ("Ben Payer", 100 - share))
    office = await builders.a_location()
    for whose, days, lines, cents in sessions:
        session = await builders.a_session(
            clients[whose], starts_at=MONDAY_NINE - timedelta(days=days), location=office,
            lines=[{"fee_cents": fee, "units": units, "client_only": only} for fee, units, only in lines])
        if cents:
            await paid(session, cents)


async def the_books_are_right():
    """Of each live session every line is asked for once: of the insurer in full, or of the bill-to persons in full."""
    lines = {one.id: one for one in await ChargeLine.all()}
    claimed = dict(await ClaimLine.filter(live=True).values_list("charge_line_id", "charge_cents"))
    invoiced: dict[int, int] = {}
    for line_id, cents in await InvoiceLine.filter(live=True).values_list("charge_line_id", "amount_cents"):
        invoiced[line_id] = invoiced.get(line_id, 0) + cents
    for session in await ClientSession.all().prefetch_related("lines"):
        for line in session.lines:
            due = line.fee_cents * line.units
            if session.status != "invoiced":
                assert line.id not in claimed | invoiced
            elif line.id in claimed:
                assert claimed[line.id] == due
                assert 0 <= invoiced.get(line.id, 0) <= due
            else:
                assert invoiced[line.id] == due
    assert set(claimed) | set(invoiced) <= set(lines)
    for invoice in await Invoice.filter(voided_at=None).prefetch_related("lines"):
        assert invoice.total_cents == sum(line.amount_cents for line in invoice.lines)
    for claim in await Claim.filter(voided_at=None).prefetch_related("lines"):
        assert claim.total_cents == sum(line.charge_cents for line in claim.lines)
        assert len(claim.lines) <= 6


async def numbers_have_no_gaps():
    for model, name in ((Invoice, "number"), (Claim, "account_number")):
        found = [int(row[0][-4:]) for row in await model.all().order_by(name).values_list(name)]
        assert found == list(range(1, len(found) + 1))
