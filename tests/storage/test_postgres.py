"""PostgreSQL, really run: the same schema from the same migrations, the same answers, the same work."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError

import main
from domain.invoicing import draw_missing, void_batch
from domain.invoicing.numbers import invoice_numbers
from domain.ledger.payments import ReceivedDraft, record_payment, take_back_payment
from domain.sending import send_to_billing
from storage import database, open_items, postgres
from storage.ids import new_ids
from storage.models import Attendance, Client, ClientSession, Counter, LedgerEntry, Payment, Practice
from storage.queries import first_of_each_day, last_saved_sessions
from storage.transactions import one_transaction
from tests.fixtures.billing import a_workplace, an_insured_client, make
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    TODAY,
    a_billing_code,
    a_client,
    a_location,
    a_practice,
    a_provider,
    a_service_code,
    a_session,
    an_appointment,
    an_attendance,
)
from tests.storage.described import columns_of, schema


@pytest.fixture
async def on_postgres(postgres_address):
    """One practice on the server; yields its address."""
    await postgres.connect(postgres_address)
    try:
        await a_practice()
        yield postgres_address
    finally:
        await database.close_database()


@pytest.fixture
def on_both(postgres_address, migrated_file, tmp_path):
    """Does the same work on SQLite and on PostgreSQL, each with an empty practice, and answers both results."""
    file = tmp_path / database.FILE

    async def do(work):
        shutil.copy(migrated_file, file)
        results = []
        for connect, to in ((database.connect, file), (postgres.connect, postgres_address)):
            await connect(to)
            try:
                await a_practice()
                results.append(await work())
            finally:
                await database.close_database()
        return results

    return do


def test_the_migrations_make_the_same_tables_columns_checks_indexes_and_parents(postgres_address, migrated_file):
    file = sa.create_engine(f"sqlite:///{migrated_file}")
    server = sa.create_engine(postgres_address.replace("postgresql:", "postgresql+psycopg:"))
    on_sqlite, on_server = schema(file), schema(server)
    file.dispose()
    server.dispose()
    assert on_sqlite.keys() == on_server.keys()
    for table, told in on_sqlite.items():
        assert told == on_server[table], table
    assert sum(len(told["checks"]) for told in on_server.values()) > 30


def test_the_migrations_make_the_same_triggers(postgres_address, migrated_file):
    with closing(sqlite3.connect(migrated_file)) as file:
        of_file = {(name, table, columns_of(sql)) for name, table, sql in
                   file.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")}
    with psycopg.connect(postgres_address) as server:
        of_server = {(name, table, columns_of(sql)) for name, table, sql in server.execute(
            "SELECT tgname, relname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
            "WHERE NOT tgisinternal")}
    assert of_file == of_server
    assert ("ledger_entry_not_deleted", "ledger_entry", ()) in of_server


async def test_each_model_can_be_read(on_postgres):
    for model in Tortoise.apps["models"].values():
        await model.all().limit(1)


async def test_the_session_to_copy_codes_from_is_the_same_on_both(on_both):
    async def work():
        ivy, tess = await a_provider(), await a_provider(first_name="Tess")
        client, other = await a_client(), await a_client("Alder Fiddlecrook")
        intake = await a_billing_code("90791", once=True)
        await a_session(client, provider=ivy)
        await a_session(client, provider=tess, saved_at=NOW + timedelta(days=1))
        await a_session(client, provider=ivy, saved_at=NOW + timedelta(days=2), lines=[{"billing_code": intake}])
        await a_session(other, provider=ivy, undone_at=NOW)
        return await last_saved_sessions([(client.id, ivy.id), (client.id, 999), (other.id, ivy.id)])

    on_sqlite, on_server = await on_both(work)
    assert on_sqlite == on_server
    assert sorted(on_server.values()) == [1, 2]


async def test_the_first_of_each_day_are_the_same_on_both(on_both):
    async def work():
        code, client, group = await a_service_code(), await a_client(), await a_client("Alder Fiddlecrook")
        await an_appointment(client, service_code=code)
        await an_appointment(client, starts_at=MONDAY_NINE + timedelta(hours=1))
        await an_appointment(client, group, starts_at=MONDAY_NINE + timedelta(hours=2), service_code=code)
        days = {MONDAY_NINE.date(): (MONDAY_NINE, MONDAY_NINE + timedelta(days=1)),
                NOW.date(): (NOW, NOW + timedelta(days=1))}
        return [await first_of_each_day(days, 2), await first_of_each_day(days, 2, service_code_ids=[code.id, 999]),
                await first_of_each_day(days, 2, provider_id=999)]

    on_sqlite, on_server = await on_both(work)
    assert on_sqlite == on_server
    assert [told[MONDAY_NINE.date()] for told in on_server] == [([1, 2], 3), ([1, 3], 2), ([], 0)]


async def test_ids_taken_beforehand_are_given_to_nobody_else(on_postgres):
    async with one_transaction():
        taken = await new_ids(Client, 3)
        await Client.bulk_create([Client(id=key, name=f"Client {key}") for key in taken])
        assert (await a_client()).id not in taken
    assert len(set(taken)) == 3


async def pay_and_take_back():
    """One payment stays, one is taken back."""
    for client in await Client.all().order_by("id"):
        draft = ReceivedDraft(client_id=client.id, received_on=TODAY, cents=1000)
        paid = await record_payment(draft, by=OWNER, now=NOW)
    await take_back_payment(paid, reason="Mistake", by=OWNER, now=NOW)


async def test_what_is_open_is_the_same_on_both(on_both, tmp_path):
    async def work():
        a_workplace(tmp_path)
        client = await a_client()
        made = await make(await a_session(client))
        entered_later = await a_session(client)
        await ClientSession.filter(id=entered_later.id).update(status="invoiced")
        await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=1000), by=OWNER, now=NOW)
        return [
            await open_items.items(client_id=[client.id]), await open_items.open_items(),
            await open_items.paid_by(applies_to_id=[1]), await open_items.sums(),
            await open_items.sums_of("invoice_id", made.invoices, kind="charge", party="client"),
            await open_items.unposted(), await open_items.items(id=[]),
        ]

    on_sqlite, on_server = await on_both(work)
    assert on_sqlite == on_server
    assert on_server[1][0]["open_cents"] == 14000
    assert on_server[5] == ([2], [])


async def test_the_books_are_only_added_to_on_the_server(on_postgres):
    client = await a_client()
    await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=1000), by=OWNER, now=NOW)
    for refused in (LedgerEntry.all().delete(), LedgerEntry.all().update(cents=-1), Payment.all().update(cents=1)):
        with pytest.raises(IntegrityError, match="is only added to"):
            await refused
    await Practice.filter(id=1).update(is_demo=True)
    await LedgerEntry.all().delete()
    assert not await LedgerEntry.exists()


async def test_the_same_work_leaves_the_same_records_on_both(on_both, tmp_path):
    async def work():
        shutil.rmtree(tmp_path / "documents", ignore_errors=True)
        workplace = a_workplace(tmp_path)
        office = await a_location()
        bills = [await a_billing_code(), await a_billing_code("90785", 1500, description="Interactive")]
        code = await a_service_code(bills=bills)
        for client in (await an_insured_client(), await a_client("Alder Fiddlecrook")):
            await an_appointment(client, service_code=code, location=office)
        visits = await Attendance.all().values_list("id", flat=True)
        sent = await send_to_billing(visits, by=OWNER, now=NOW)
        made = await make(*await ClientSession.filter(id__in=sent.session_ids))
        assert await draw_missing(workplace, made.batch_id) == 0
        await void_batch(made.batch_id, reason="Wrong fee", by=OWNER, now=NOW)
        again = await make(*await ClientSession.all())
        assert (len(again.invoices), len(again.claims)) == (2, 1)
        await pay_and_take_back()
        return {model.__name__: [dict(row) for row in await model.all().order_by(model._meta.pk_attr).values()]
                for model in Tortoise.apps["models"].values()}

    on_sqlite, on_server = await on_both(work)
    for model, rows in on_sqlite.items():
        assert rows == on_server[model], model
    assert [row["number"] for row in on_server["Invoice"]] == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]


async def test_a_second_live_session_of_an_attendance_is_refused_by_the_server(on_postgres):
    seen = await an_attendance()
    client = await Client.first()
    await a_session(client, attendance=seen)
    with pytest.raises(IntegrityError, match="session_once_an_attendance"):
        await a_session(client, attendance=seen)


async def test_a_broken_check_is_told_by_its_name(on_postgres):
    with pytest.raises(IntegrityError, match="appointment_ends_after_start"):
        await an_appointment(ends_at=MONDAY_NINE)


async def test_a_failed_part_takes_nothing_else_of_its_transaction_with_it(on_postgres):
    async with one_transaction():
        await a_client("Kept Safe")
        with pytest.raises(ZeroDivisionError):
            async with Tortoise.get_connection("default")._in_transaction():
                await a_client("Gone Tomorrow")
                _ = 1 / 0
    assert await Client.all().values_list("name", flat=True) == ["Kept Safe"]


async def test_a_writer_waits_for_another_process_and_a_reader_does_not(on_postgres):
    async def write():
        async with one_transaction():
            await invoice_numbers(1, NOW.date())

    async def waiting():
        return await other.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")

    async with await psycopg.AsyncConnection.connect(on_postgres) as other:
        await other.execute(postgres.WAIT_FOR_WRITER)
        writing = asyncio.create_task(write())
        while not (await waiting()).rowcount:
            await asyncio.sleep(0.01)
        assert await Counter.all().count() == 0
        await other.execute("INSERT INTO counter VALUES ('invoice-2026', 41)")
    await writing
    assert (await Counter.get()).reached == 42


async def test_many_writers_at_once_leave_a_connection_to_readers(on_postgres):
    inside, done = asyncio.Event(), asyncio.Event()

    async def write(number):
        async with one_transaction():
            await a_client(f"Client {number}")
            inside.set()
            await done.wait()

    writing = [asyncio.create_task(write(number)) for number in range(20)]
    await inside.wait()
    async with asyncio.timeout(10):
        assert await Client.all().count() == 0
    done.set()
    await asyncio.gather(*writing)
    assert await Client.all().count() == 20


async def test_a_cancelled_start_leaves_lock_and_connection_free(on_postgres):
    async def take():
        async with one_transaction():
            await asyncio.sleep(0)

    for delay in range(40):
        task = asyncio.create_task(take())
        for _ in range(delay % 20):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(10):
        await asyncio.gather(*(take() for _ in range(20)))


async def test_an_empty_database_is_migrated_once(postgres_server):
    with psycopg.connect(postgres_server.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE fresh")
    for _ in range(2):
        await postgres.open_postgres(postgres_server.format("fresh"))
        await database.close_database()
    with psycopg.connect(postgres_server.format("fresh")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(database.HEAD,)]


@pytest.mark.parametrize(("change", "sentence"), [
    ("UPDATE alembic_version SET version_num = '9999'", "newer Sessionbook"),
    ("DROP TABLE alembic_version", "holds something else"),
])  # fmt: skip
def test_a_database_that_is_not_for_this_version_is_refused_with_a_sentence(postgres_address, change, sentence):
    with psycopg.connect(postgres_address) as connection:
        connection.execute(change)
    with pytest.raises(database.DatabaseError, match=sentence):
        postgres.bring_up_to_date(postgres_address)


@pytest.mark.parametrize(("address", "sentence"), [
    ("postgresql://ada:open-sesame@127.0.0.1:1/practice", "cannot be reached"),
    ("mysql://ada:open-sesame@127.0.0.1/practice", "looks like postgresql://"),
    ("open-sesame", "looks like postgresql://"),
])  # fmt: skip
def test_an_address_that_does_not_work_is_refused_without_showing_the_password(address, sentence):
    with pytest.raises(database.DatabaseError, match=sentence) as refused:
        postgres.bring_up_to_date(address)
    assert "open-sesame" not in str(refused.value)


def test_an_address_says_the_same_to_both_drivers():
    told = postgres.credentials("postgresql://ada:s%40fe@db.example.com:6432/practice?sslmode=require")
    assert told == {"user": "ada", "password": "s@fe", "host": "db.example.com", "port": 6432, "database": "practice",
                    "ssl": "require"}


@pytest.mark.parametrize(("words", "sentence"), [
    (["--database", "postgresql://127.0.0.1:1/practice"], "cannot be reached"),
    (["--database", "postgresql://127.0.0.1:1/practice", "backup", "copy"], "pg_dump"),
])  # fmt: skip
def test_the_command_line_answers_in_one_sentence_and_code_2(tmp_path, monkeypatch, capsys, words, sentence):
    monkeypatch.setattr("sys.argv", ["main.py", "--data", str(tmp_path), *words])
    assert main.main() == 2
    assert sentence in capsys.readouterr().err
