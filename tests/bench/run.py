"""Speed as ratios to a limit measured in the same run: medians, printed; nothing here fails a test."""

from __future__ import annotations

import asyncio
import gc
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from domain import jobs, sending  # noqa: E402
from domain.invoicing import draw_missing, generate  # noqa: E402
from domain.reading import calendar, to_invoice  # noqa: E402
from storage import database  # noqa: E402
from storage.changes import listen  # noqa: E402
from storage.models import Appointment, Attendance, ChargeLine, ClientSession, Invoice, Provider  # noqa: E402
from storage.transactions import one_transaction  # noqa: E402
from tests.bench import browsers, papers  # noqa: E402
from tests.fixtures import builders  # noqa: E402
from tests.fixtures.builders import NOW, OWNER, TODAY  # noqa: E402

RUNS = 5


class Bench:
    """A migrated database in a throw-away folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sessionbook-bench-"))
        self.file = self.folder / database.FILE

    async def __aenter__(self) -> Bench:
        database.migrate(self.file)
        await database.connect(self.file)
        await builders.a_practice()
        return self

    async def __aexit__(self, *_: object) -> None:
        await database.close_database()
        shutil.rmtree(self.folder)


async def median(act: Callable[[], Awaitable[object]], *, before: Callable[[], Awaitable[object]] | None = None,
                 runs: int = RUNS) -> float:
    """The median of some runs, in seconds; `before` is not counted."""
    taken = []
    for _ in range(runs):
        if before:
            await before()
        gc.collect()
        started = time.perf_counter()
        await act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def say(what: str, seconds: float, limit: float, against: str, aim: str) -> None:
    print(f"{what:<58} {seconds * 1000:9.1f} ms   {seconds / limit:5.2f} x {against}   (aim {aim})", flush=True)


async def a_month(count: int, *, clients: int = 40, first: datetime = NOW - timedelta(days=12)) -> list[int]:
    """`count` appointments with a service code, each of one client, all held and billable."""
    provider = await builders.a_provider()
    code = await builders.a_service_code(bills=[await builders.a_billing_code()])
    known = [await builders.a_client(f"Client Number{n}") for n in range(clients)]
    for each in known:
        await builders.a_diagnosis(each)
    await spread(count, provider.id, code.id, [each.id for each in known], first, timedelta(minutes=15))
    return await Attendance.all().order_by("id").values_list("id", flat=True)  # type: ignore[return-value]


async def spread(count: int, provider: int, code: int, known: list[int], first: datetime, step: timedelta) -> None:
    """Appointments one after the other, in bulk."""
    start = (await Appointment.all().count())
    await Appointment.bulk_create([
        Appointment(id=start + n + 1, provider_id=provider, starts_at=first + step * n,
                    ends_at=first + step * n + timedelta(minutes=10), service_code_id=code) for n in range(count)])
    await Attendance.bulk_create([
        Attendance(id=start + n + 1, appointment_id=start + n + 1, client_id=known[n % len(known)], status="completed",
                   service_code_id=code) for n in range(count)])


async def sending_a_thousand() -> None:
    """Send to Billing beside the same rows by bulk calls alone, and by bare sqlite3."""
    async with Bench() as bench:
        ids = await a_month(1000)

        async def clean() -> None:
            async with one_transaction():
                await wiped()

        async def wiped() -> None:
            await ChargeLine.all().delete()
            await ClientSession.all().delete()

        async def ours() -> None:
            assert len((await sending.send_to_billing(ids, by=OWNER, now=NOW)).made) == 1000

        async def bulk() -> None:
            async with one_transaction():
                await bulk_calls()

        async def bulk_calls() -> None:
            rows = await Attendance.all().values_list("id", "client_id", "appointment__starts_at", "appointment__ends_at")
            await ClientSession.bulk_create([
                ClientSession(attendance_id=a, client_id=c, provider_id=1, starts_at=s, ends_at=e, day=TODAY,
                              made_at=NOW, saved_at=NOW) for a, c, s, e in rows], ignore_conflicts=True)
            made = dict(await ClientSession.filter(attendance_id__in=ids).values_list("attendance_id", "id"))
            await ChargeLine.bulk_create([
                ChargeLine(session_id=made[a], position=1, billing_code_id=1, code="90837", description="Therapy, 60 min",
                           fee_cents=15000) for a, *_ in rows])

        async def bare() -> None:
            with closing(sqlite3.connect(bench.file)) as file:
                file.execute("PRAGMA synchronous=FULL")
                wanted = "SELECT a.id, a.client_id, p.starts_at, p.ends_at FROM attendance a JOIN appointment p ON p.id = a.appointment_id"
                rows = file.execute(wanted).fetchall()
                names = [r[1] for r in file.execute("PRAGMA table_info(client_session)") if r[1] != "id"]
                usual = {"version": 1, "provider_id": 1, "day": str(TODAY), "held_as": "in_person", "place_of_service": "11",
                         "bill_to": "automatic", "status": "ready", "held_reason": "", "codes_from": "service_code",
                         "authorization_number": "", "note": "", "client_at_home": 1, "made_at": str(NOW), "saved_at": str(NOW)}
                values = [usual | {"attendance_id": a, "client_id": c, "starts_at": s, "ends_at": e} for a, c, s, e in rows]
                holes = ",".join("?" * len(names))
                file.executemany(f"INSERT INTO client_session ({','.join(names)}) VALUES ({holes})",
                                 [[v.get(n) for n in names] for v in values])
                lines = ("INSERT INTO charge_line (session_id, position, units, code, description, modifiers, pointers, "
                         "fee_cents, client_only) SELECT id, 1, 1, '90837', '', '', '', 15000, 0 FROM client_session")
                file.execute(lines)
                file.commit()

        limit, bottom = await median(bulk, before=clean), await median(bare, before=clean)
        mine = await median(ours, before=clean)
        say("sending 1,000 appointments", mine, limit, "bulk calls alone", "at most 1.5")
        say("  the same", mine, bottom, "bare sqlite3", "none")
        await clean()


async def two_hundred_invoices() -> None:
    """Invoices of four lines made, kept and drawn, three times, each time beside the same pages by bare fpdf2."""
    async with Bench() as bench:
        provider = await builders.a_provider()
        jobs.set_up(jobs.Workplace(folder=bench.folder, now=lambda: NOW))
        taken = [await one_pile(provider) for _ in range(3)]
    kept, whole, limit, ours, bare = (statistics.median(each) for each in zip(*taken, strict=True))
    say("200 invoices of four lines: made and kept", kept, limit, "the same pages by bare fpdf2", "none")
    say("  made, kept, drawn and stored", whole, limit, "the same pages by bare fpdf2", "at most 1.3")
    say("  the same in processor time (no waiting for the disk)", ours, bare, "the same pages by bare fpdf2", "at most 1.3")


async def one_pile(provider: Provider) -> tuple[float, float, float, float, float]:
    """Seconds until they are kept, until drawn and stored, for the same pages by bare fpdf2; processor time of both."""
    made_before = await ClientSession.all().count()
    for n in range(200):
        client = await builders.a_client(f"Client Number{made_before + n}")
        await builders.a_session(client, provider=provider, lines=[{}, {"code": "90785"}, {"code": "90832"}, {"code": "90834"}])
    ids = await ClientSession.filter(status="ready").values_list("id", flat=True)
    gc.collect()
    started, worked = time.perf_counter(), time.process_time()
    made = await generate(ids, by=OWNER, on=TODAY, now=NOW)
    kept = time.perf_counter() - started
    assert len(made.invoices) == 200, made.left_out[:2]
    await draw_missing(jobs.workplace(), made.batch_id)
    whole, ours = time.perf_counter() - started, time.process_time() - worked
    records = await Invoice.filter(batch_id=made.batch_id).values_list("record", flat=True)
    sheets = [papers.sheet_of(str(record)) for record in records]
    gc.collect()
    started, worked = time.perf_counter(), time.process_time()
    await asyncio.to_thread(lambda: [papers.bare_page(sheet) for sheet in sheets])
    return kept, whole, time.perf_counter() - started, ours, time.process_time() - worked


async def thirty_listeners() -> None:
    """How long after the commit thirty listeners in this process have heard of a lock."""
    async with Bench():
        ids = await a_month(30)
        heard: list[float] = []
        stops = [listen(lambda _told: heard.append(time.perf_counter())) for _ in range(30)]
        started = time.perf_counter()
        await sending.send_to_billing(ids[:1], by=OWNER, now=NOW)
        print(f"{'one send, told to 30 listeners':<58} {(statistics.median(heard) - started) * 1000:9.1f} ms")
        for stop in stops:
            stop()


async def opening_at(count: int) -> dict[str, float]:
    """Opening the month, the pop-up and the grid with so many appointments in all, the month itself alike."""
    async with Bench():
        ids = await a_month(600, first=NOW - timedelta(days=12))
        await sending.send_to_billing(ids[:300], by=OWNER, now=NOW)
        older = NOW - timedelta(days=400)
        known = await Attendance.all().distinct().values_list("client_id", flat=True)
        for start in range(0, count - 600, 10_000):
            much = min(10_000, count - 600 - start)
            await spread(much, 1, 1, known, older - timedelta(minutes=15 * start), timedelta(minutes=-1))
        first, last = datetime(2026, 10, 1, 4, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)
        return {
            "the month": await median(lambda: calendar.appointments_between(first, last, seen_by=OWNER)),
            "the pop-up": await median(lambda: sending.listed(first, last, seen_by=OWNER, now=NOW)),
            "the grid": await median(lambda: to_invoice.waiting(to_invoice.WaitingFilter(until=TODAY), on=TODAY, seen_by=OWNER)),
        }


async def opening() -> None:
    """The same three with ten times the appointments."""
    small, large = await opening_at(10_000), await opening_at(100_000)
    for what, seconds in large.items():
        say(f"opening {what} at 100,000 appointments", seconds, small[what], "at 10,000", "at most 1.5")


async def main() -> None:
    """All of them."""
    await sending_a_thousand()
    await thirty_listeners()
    await opening()
    await two_hundred_invoices()


if __name__ == "__main__":
    asyncio.run(main())
    browsers.main()


