"""After any mix of acts and undos the statements of all who pay come to the balance of the books, and so do year and receipts."""

import asyncio
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import PracticeError
from domain.invoicing.gathering import practice_facts
from domain.reading.account import balances
from domain.reading.invoice_money import money_of_invoices
from domain.statements.gathering import accounts
from domain.statements.receipts import receipt_record
from domain.statements.record import Sheet, drafted
from domain.statements.years import credit_of, year_lines, year_paid
from storage import database
from storage.models import Client, ClientSession, Invoice, Payment
from tests.domain.ledger.test_ledger_properties import SESSIONS, STEP, a_world, do
from tests.fixtures import builders
from tests.fixtures.billing import make
from tests.fixtures.builders import OWNER, TODAY

FIRST = TODAY.replace(month=1, day=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions=SESSIONS, steps=st.lists(STEP, min_size=1, max_size=12), share=st.integers(1, 99))
def test_papers_come_to_what_the_books_say_after_any_mix_of_acts_and_undos(migrated_file, sessions, steps, share):
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
        for act, which, cents in steps:
            try:
                await do(act, which, cents)
            except PracticeError:
                continue
        await statements_come_to_the_balances()
        await years_and_receipts_come_to_the_payments()
        await invoices_add_up()
    finally:
        await database.close_database()


async def statements_come_to_the_balances():
    clients = await Client.all().values_list("id", "name")
    found = await accounts([key for key, _ in clients], since=FIRST, on=TODAY)
    due: Counter[str] = Counter()
    waiting: dict[str, int] = {}
    for one in drafted(found, Sheet(on=TODAY, since=FIRST)):
        assert sum(one.record.by_age) == one.record.open_cents
        for part in one.record.sections:
            assert all(0 < line.open_cents <= line.cents for line in part.owed)
            due[part.client_name] += part.open_cents - part.credit_cents - part.held_cents
            waiting[part.client_name] = sum(row.cents for row in part.waiting)
    kept = await balances([key for key, _ in clients], seen_by=OWNER)
    for key, name in clients:
        own, theirs = kept.get(key, (0, 0))
        assert due[name] == own
        assert waiting.get(name, 0) == max(theirs, 0)


async def years_and_receipts_come_to_the_payments():
    practice = await practice_facts()
    for key, in await Client.all().values_list("id"):
        live = 0
        for payment in await Payment.filter(client_id=key, party="client"):
            try:
                record = await receipt_record(payment.id, practice, on=TODAY)
            except PracticeError:
                continue
            if record.kind == "payment":
                assert sum(line.cents for line in record.paid) + record.left_cents == payment.cents
                assert record.left_cents >= 0
            live += payment.cents if record.kind == "payment" else -payment.cents
        try:
            found = await year_paid(key, TODAY.year)
        except PracticeError:
            continue
        persons = range(len(found.persons.parties))
        for who in ([None], persons):
            assert sum(line.cents for at in who for line in year_lines(found, at, {})) + sum(credit_of(found, at) for at in who) == live


async def invoices_add_up():
    rows = dict(await Invoice.filter(voided_at=None).values_list("id", "total_cents"))
    for money in (await money_of_invoices(rows)).values():
        assert min(money.paid_cents, money.open_cents, money.changed_cents) >= 0
