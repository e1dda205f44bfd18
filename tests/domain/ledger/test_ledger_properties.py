"""After any mix of acts and undos the books balance, each invoice adds up, and no item is paid more than it is."""

import asyncio
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.client_sessions import remove_sessions
from domain.errors import PracticeError
from domain.invoicing import void_batch, void_claim, void_invoice
from domain.ledger import Account, items, open_items
from domain.ledger.adjusting import add_charge, move_to_client, undo_posting, write_off
from domain.ledger.at_session import follow_sessions, payments_of_sessions
from domain.ledger.at_visit import take_at_visit
from domain.ledger.brought_forward import bring_forward
from domain.ledger.payments import (
    ReceivedDraft,
    apply_unapplied,
    owed_on,
    record_payment,
    refund,
    take_back_payment,
    unapply,
)
from domain.scheduling import set_status
from domain.sending import send_to_billing
from storage import database
from storage import open_items as sums
from storage.models import (
    Attendance,
    Batch,
    Claim,
    ClientSession,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Payer,
    Payment,
    SessionPayment,
)
from tests.fixtures import builders
from tests.fixtures.billing import an_insured_client, bill_to, make, paid
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, TODAY

WHO = {"by": OWNER, "now": NOW}
WHY = {"reason": "Mistake", **WHO}
ACTS = ("generate", "void", "pay", "insurer_pays", "take_back", "apply", "unapply", "refund", "write_off", "move", "charge",
        "undo", "take_at_visit", "send", "remove", "mark", "bring_forward")
AT_VISITS = frozenset({"take_at_visit", "send", "remove", "mark", "bring_forward"})
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 50), st.integers(1, 40_000))
SESSIONS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(0, 30_001), st.booleans(),
                              st.integers(0, 20_000)), min_size=1, max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions=SESSIONS, steps=st.lists(STEP, min_size=1, max_size=12), share=st.integers(1, 99))
def test_the_books_balance_after_any_mix_of_acts_and_undos(migrated_file, sessions, steps, share):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / database.FILE
        shutil.copy(migrated_file, file)
        asyncio.run(played_through(file, sessions, steps, share))


async def played_through(file, sessions, steps, share):
    await database.connect(file)
    try:
        await builders.a_practice()
        await a_world(sessions, share)
        await make(*await ClientSession.all())
        await the_books_balance()
        for act, which, cents in steps:
            try:
                await do(act, which, cents)
            except PracticeError:
                continue
            await the_books_balance()
    finally:
        await database.close_database()


async def a_world(sessions, share):
    """One client who pays, one whose parents share, one insured whose parents share."""
    clients = [await builders.a_client("Rowan Applewick"), await builders.a_client("Hazel Brook"),
               await an_insured_client("Alder Fiddlecrook", policy={"copay_cents": 2500, "coinsurance_points": 2000})]
    for client in clients[1:]:
        await bill_to(client, ("Ada Payer", share), ("Ben Payer", 100 - share))
    office = await builders.a_location()
    for whose, days, fee, only, cents in [(2, 0, 15_000, True, 0), *sessions]:
        session = await builders.a_session(
            clients[whose], starts_at=MONDAY_NINE - timedelta(days=days), location=office,
            lines=[{"fee_cents": fee, "units": 2}, {"fee_cents": 1001, "client_only": only}])
        if cents:
            await paid(session, cents)
            await follow_sessions([session.id], **WHO)
    for client in clients[:1] * 2 + clients[2:]:
        await builders.an_attendance(client=client, location=office)


def received(client, cents, payer=None, **but):
    return ReceivedDraft(client_id=client, payer_id=payer, received_on=TODAY, cents=cents, **but)


async def do(act, which, cents):
    client = 1 + which % 3
    payer = await Payer.first()
    insurer = Account(3, payer.id)
    account = insurer if which % 2 else Account(client)
    if act == "generate":
        await make(*await ClientSession.filter(status="ready"))
    elif act == "void":
        model, void = ((Invoice, void_invoice), (Claim, void_claim), (Batch, void_batch))[which % 3]
        await void(await nth(model, which), **WHY)
    elif act == "pay":
        await record_payment(received(client, cents), **WHO)
    elif act == "insurer_pays":
        owed = await owed_on(insurer)
        parts = {item.id: min(item.open_cents, cents) for item in owed[:2]}
        await record_payment(received(3, sum(parts.values()) or cents, payer.id, pays="by_hand", parts=parts), **WHO)
    elif act == "take_back":
        await take_back_payment(await nth(Payment, which), **WHY)
    elif act == "apply":
        await apply_unapplied(account, **WHO)
    elif act == "unapply":
        await unapply(await nth(Payment, which), **WHO)
    elif act == "refund":
        await refund(received(client, cents), **WHO)
    elif act in {"write_off", "move"}:
        owed = [item for item in await open_items() if item.open_cents > 0 and (act == "write_off" or item.account.payer_id)]
        whose = owed[which % len(owed)].account if owed else insurer
        part = {item.id: min(item.open_cents, cents) for item in owed if item.account == whose}
        await (write_off if act == "write_off" else move_to_client)(whose, part, **WHY)
    elif act in AT_VISITS:
        await at_a_visit(act, which, cents)
    elif act == "charge":
        await add_charge(client, cents, "Copy of records", on=TODAY, **WHO)
    else:
        await undo_posting(await nth(LedgerEntry, which, session_id=None, kind="charge") if which % 3 == 0 else await nth(
            LedgerEntry, which, kind__in=["adjustment", "transfer"]), **WHY)


async def at_a_visit(act, which, cents):
    """Money taken on the calendar, the visit sent, its session removed, the visit canceled or held; a balance brought forward."""
    visit = await nth(Attendance, which)
    if act == "take_at_visit":
        await take_at_visit(visit, received(0, cents), **WHO)
    elif act == "send":
        await send_to_billing([visit], **WHO)
    elif act == "remove":
        await remove_sessions([await nth(ClientSession, which, attendance_id__isnull=False)], **WHY)
    elif act == "bring_forward":
        payer_id = (await Payer.first()).id if which % 2 else None
        await bring_forward(1 + which % 3, cents if which % 5 else -cents, payer_id=payer_id, as_of=TODAY - timedelta(days=which), **WHO)
    else:
        await set_status("canceled" if which % 2 else "completed", attendances=[visit], **WHO)


async def nth(model, which, **of):
    ids = await model.filter(**of).order_by("-id").values_list("id", flat=True)
    return ids[which % len(ids)] if ids else 0


async def the_books_balance():
    """Of each kind what is not taken back; allocations and moves come to nothing, and what is left is what is owed."""
    rows = await LedgerEntry.all().values("id", "kind", "cents", "reverses_id", "applies_to_id", "invoice_id")
    kinds = {row["id"]: row["kind"] for row in rows}
    net = dict.fromkeys(("charge", "payment", "adjustment", "transfer", "allocation"), 0)
    for row in rows:
        net[kinds[row["reverses_id"]] if row["kind"] == "reversal" else row["kind"]] += row["cents"]
    assert net["allocation"] == net["transfer"] == 0
    charges, payments, adjustments = net["charge"], -net["payment"], -net["adjustment"]
    assert sum((await sums.sums()).values()) == charges - payments - adjustments
    every = await items()
    assert all(min(item.cents, 0) <= item.open_cents <= max(item.cents, 0) for item in every)
    assert sum(item.open_cents for item in await open_items()) == charges - payments - adjustments
    await each_invoice_adds_up(rows)
    await every_session_is_charged_in_full()
    await what_sessions_show_is_in_the_books_once()


async def what_sessions_show_is_in_the_books_once():
    """Each payment that a live session shows is one payment of the books, whether taken there or on the calendar before."""
    live = await ClientSession.filter(undone_at=None).values_list("id", flat=True)
    back = set(await LedgerEntry.filter(kind="reversal", reverses__kind="payment").values_list("payment_id", flat=True))
    shown = Counter(await SessionPayment.filter(session_id__in=live).values_list("session_id", "received_on", "method", "cents"))
    booked = Counter((session, *paid) for key, session, _, *paid in await payments_of_sessions(live) if key not in back)
    assert shown == booked


async def each_invoice_adds_up(rows):
    """An invoice's charges are its total while it lives and nothing once void; its open amount is its entries' sum."""
    charged: dict[int, int] = {}
    for row in rows:
        if row["invoice_id"] and row["kind"] == "charge":
            charged[row["invoice_id"]] = charged.get(row["invoice_id"], 0) + row["cents"]
    whole = await sums.sums_of("invoice_id", [row["invoice_id"] for row in rows if row["invoice_id"]])
    open_ = {}
    for item in await items():
        if item.invoice_id and item.kind == "charge":
            open_[item.invoice_id] = open_.get(item.invoice_id, 0) + item.open_cents
    for invoice in await Invoice.all():
        assert charged.get(invoice.id, 0) == invoice.total_cents
        assert whole.get(invoice.id, 0) == open_.get(invoice.id, 0) <= (0 if invoice.voided_at else invoice.total_cents)


async def every_session_is_charged_in_full():
    """Of a live invoiced session client and insurer together owe the fee; of one that is ready again nobody does."""
    charges = await LedgerEntry.filter(kind="charge", session_id__isnull=False).values("id", "session_id", "cents")
    back = set(await LedgerEntry.filter(kind="reversal").values_list("reverses_id", flat=True))
    for session in await ClientSession.all().prefetch_related("lines"):
        live = sum(row["cents"] for row in charges if row["session_id"] == session.id and row["id"] not in back)
        fee = sum(line.fee_cents * line.units for line in session.lines)
        assert live == (fee if session.status == "invoiced" else 0)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions=SESSIONS, share=st.integers(1, 99))
def test_an_invoice_is_open_by_what_it_says_is_due(migrated_file, sessions, share):
    async def play(file):
        await database.connect(file)
        try:
            await builders.a_practice()
            await a_world(sessions, share)
            await make(*await ClientSession.all())
            open_ = await sums.sums_of("invoice_id", await Invoice.all().values_list("id", flat=True))
            for invoice in await Invoice.all():
                assert open_.get(invoice.id, 0) == max(invoice.total_cents - invoice.paid_cents, 0)
            assert await InvoiceLine.filter(live=True).count() >= len(open_)
        finally:
            await database.close_database()

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / database.FILE
        shutil.copy(migrated_file, file)
        asyncio.run(play(file))
