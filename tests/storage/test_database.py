"""The database: schema and models agree, rules are kept by the file itself, transactions are whole."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest
import sqlalchemy as sa
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError, OperationalError

from storage import database
from storage.backup import BackupError, back_up_folder
from storage.changes import listen
from storage.models import Client, ClientSession, Practice, Staff
from storage.transactions import one_transaction
from storage.versions import keep_at_version
from tests.fixtures.builders import MONDAY_NINE, a_client, a_session, an_attendance


def kept(file, table, **values):
    """A row of a table by plain SQL: what must be said and is not gets something of its kind."""
    columns = [row for row in file.execute(f"PRAGMA table_info({table})") if row[3] and not row[5]]
    row = {name: 0 if "INT" in kind or kind == "BOOLEAN" else "" for _, name, kind, *_ in columns} | values
    file.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


@pytest.mark.usefixtures("practice_db")
async def test_models_and_schema_have_the_same_columns(practice_db):
    with closing(sqlite3.connect(practice_db / database.FILE)) as file:
        for model in Tortoise.apps["models"].values():
            columns = {row[1] for row in file.execute(f"PRAGMA table_info({model._meta.db_table})")}
            assert columns == set(model._meta.fields_db_projection.values()), model.__name__


@pytest.mark.usefixtures("practice_db")
async def test_each_model_can_be_read():
    for model in Tortoise.apps["models"].values():
        await model.all().limit(1)


async def test_every_partial_index_and_named_check_is_there(practice_db):
    with closing(sqlite3.connect(practice_db / database.FILE)) as file:
        text = "\n".join(row[0] or "" for row in file.execute("SELECT sql FROM sqlite_master"))
    for name in ("session_once_an_attendance", "invoice_line_once", "claim_line_once", "practice_only_one",
                 "appointment_ends_after_start", "session_status", "invoice_number_once"):
        assert name in text


async def test_a_second_live_session_of_an_attendance_is_refused_by_the_file(practice_db):
    seen = await an_attendance()
    client = await Client.first()
    await a_session(client, attendance=seen)
    with pytest.raises(IntegrityError):
        await a_session(client, attendance=seen)


async def test_synchronous_is_full_and_foreign_keys_are_on(practice_db):
    connection = Tortoise.get_connection("default")
    assert (await connection.execute_query_dict("PRAGMA synchronous"))[0]["synchronous"] == 2
    assert (await connection.execute_query_dict("PRAGMA foreign_keys"))[0]["foreign_keys"] == 1
    assert (await connection.execute_query_dict("PRAGMA journal_mode"))[0]["journal_mode"] == "wal"


async def test_a_naive_instant_and_a_fraction_of_a_cent_are_refused(practice_db):
    with pytest.raises(TypeError):
        await a_session(starts_at=datetime(2026, 10, 12, 9), day=MONDAY_NINE.date())  # noqa: DTZ001
    with pytest.raises(TypeError):
        await a_session(lines=[{"fee_cents": 12.5}])


async def test_nothing_is_heard_before_the_commit_and_nothing_after_a_rollback(practice_db):
    heard = []
    stop = listen(heard.append)
    async with one_transaction() as outer:
        async with one_transaction() as inner:
            inner.add("client", [1])
        outer.add("client", [2])
        assert heard == []
    assert heard == [{"client": frozenset({1, 2})}]
    with pytest.raises(ZeroDivisionError):
        async with one_transaction() as changes:
            changes.add("client", [3])
            _ = 1 / 0
    stop()
    assert len(heard) == 1


async def test_a_transaction_sees_its_own_writes_and_rolls_back_whole(practice_db):
    with pytest.raises(ZeroDivisionError):
        async with one_transaction():
            await a_client("Gone Tomorrow")
            assert await Client.filter(name="Gone Tomorrow").exists()
            _ = 1 / 0
    assert not await Client.filter(name="Gone Tomorrow").exists()


async def test_reads_go_on_beside_a_transaction(practice_db):
    inside, done = asyncio.Event(), asyncio.Event()

    async def write():
        async with one_transaction():
            await a_client("Half Written")
            inside.set()
            await done.wait()

    writing = asyncio.create_task(write())
    await inside.wait()
    assert await asyncio.wait_for(Client.all().count(), 1) == 0
    done.set()
    await writing
    assert await Client.all().count() == 1


async def test_a_cancelled_start_leaves_the_lock_free(practice_db):
    async def take():
        async with one_transaction():
            await asyncio.sleep(0)

    for delay in range(40):
        task = asyncio.create_task(take())
        for _ in range(delay % 7):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(2):
        await a_client()


async def test_another_process_s_write_lock_is_an_error_that_leaves_the_app_alive(practice_db):
    await Tortoise.get_connection("default").execute_query("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(practice_db / database.FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            await a_client_in_a_transaction()
        other.execute("ROLLBACK")
    await a_client_in_a_transaction()
    assert await Client.all().count() == 1


async def a_client_in_a_transaction():
    async with one_transaction():
        await a_client()


async def test_an_edit_is_kept_only_at_the_version_it_was_read_at(practice_db):
    client = await a_client()
    assert await keep_at_version(Client, client.id, 1, name="First")
    assert not await keep_at_version(Client, client.id, 1, name="Second")
    assert (await Client.get(id=client.id)).name == "First"


async def test_a_backup_made_while_it_runs_holds_everything(practice_db, tmp_path_factory):
    await a_client("Kept Safe")
    copy = back_up_folder(practice_db, tmp_path_factory.mktemp("backup"))
    with closing(sqlite3.connect(copy / database.FILE)) as file:
        assert file.execute("SELECT name FROM client").fetchall() == [("Kept Safe",)]
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_of_nothing_says_so(tmp_path):
    with pytest.raises(BackupError, match="no Sessionbook data"):
        back_up_folder(tmp_path, tmp_path / "copy")


def columns_of(file: sqlite3.Connection, table: str) -> str:
    """As they are at this moment."""
    return ", ".join(row[1] for row in file.execute(f"PRAGMA table_info({table})"))


def test_the_books_of_an_older_file_come_through_their_migration_whole(tmp_path):
    file = tmp_path / database.FILE
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        database.run_migrations(connection, to="0006")
    engine.dispose()
    with closing(sqlite3.connect(file)) as old:
        kept(old, "client", id=1, name="Rowan Applewick", insurer_sex="F")
        kept(old, "payment", kind="payment", party="client", client_id=1, method="check", cents=1000)
        kept(old, "ledger_entry", kind="payment", party="client", client_id=1, cents=-1000, posted_with_id=1, payment_id=1)
        old.commit()
        asked = [f"SELECT {columns_of(old, table)} FROM {table}" for table in ("payment", "ledger_entry")]
        before = [old.execute(one).fetchall() for one in asked]
    database.bring_up_to_date(file)
    with closing(sqlite3.connect(file)) as new:
        assert [new.execute(one).fetchall() for one in asked] == before
        with pytest.raises(sqlite3.IntegrityError, match="ledger_entry is only added to"):
            new.execute("UPDATE ledger_entry SET cents = 1")
        with pytest.raises(sqlite3.IntegrityError, match="payment_positive"):
            new.execute("INSERT INTO payment SELECT NULL, kind, party, client_id, payer_id, session_id, received_on, method, 0, "
                        "reference, note, once, made_at, made_by_id, NULL FROM payment")


def test_a_newer_database_is_refused_with_a_sentence(migrated_file, tmp_path):
    import shutil

    shutil.copy(migrated_file, tmp_path / database.FILE)
    with closing(sqlite3.connect(tmp_path / database.FILE)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(database.DatabaseError, match="newer Sessionbook"):
        database.bring_up_to_date(tmp_path / database.FILE)


def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path):
    (tmp_path / database.FILE).write_bytes(b"%PDF-1.7 not a database at all" * 100)
    with pytest.raises(database.DatabaseError, match="not a Sessionbook database"):
        database.bring_up_to_date(tmp_path / database.FILE)


def test_a_folder_that_cannot_be_written_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(database.DatabaseError, match="cannot be written"):
        database.prepare_folder(tmp_path / "file" / "data")


async def test_a_staff_email_is_unique_among_accounts_not_removed(practice_db):
    with pytest.raises(IntegrityError):
        await Staff.create(name="Twin", email="ada@example.com", password_hash="x", created_at=MONDAY_NINE)


async def test_there_is_one_practice(practice_db):
    with pytest.raises(IntegrityError):
        await Practice.create(id=2, name="Second", time_zone="UTC")


async def test_an_undone_session_frees_its_attendance(practice_db):
    seen = await an_attendance()
    client = await Client.first()
    first = await a_session(client, attendance=seen)
    await ClientSession.filter(id=first.id).update(undone_at=MONDAY_NINE)
    await a_session(client, attendance=seen)
    assert await ClientSession.filter(attendance=seen).count() == 2
