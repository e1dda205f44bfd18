"""Whatever is sent, in whatever order and however often: each appointment is billed at most once, and money adds up."""

import asyncio
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.client_sessions import remove_sessions
from domain.sending import listed, send_to_billing
from storage import database
from storage.models import Attendance, ChargeLine, ClientSession
from tests.fixtures import builders
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER

VISITS = st.lists(
    st.tuples(
        st.integers(0, 3),  # which client
        st.integers(-40, 3),  # days from Monday
        st.sampled_from(["scheduled", "arrived", "completed", "no_show", "late_canceled", "canceled"]),
        st.sampled_from(["IN60", "PLAY", "SUPV", None]),
    ), min_size=1, max_size=12)
ACTS = st.lists(st.tuples(st.sampled_from(["send", "send", "together", "remove"]), st.sets(st.integers(0, 11))),
                min_size=1, max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=VISITS, acts=ACTS, fee=st.booleans())
def test_any_mix_of_sends_bills_each_appointment_at_most_once(migrated_file, visits, acts, fee):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / database.FILE
        shutil.copy(migrated_file, file)
        asyncio.run(played_through(file, visits, acts, fee=fee))


async def played_through(file, visits, acts, *, fee):
    await database.connect(file)
    try:
        await a_world(visits, fee=fee)
        ids = await Attendance.all().order_by("id").values_list("id", flat=True)
        for act, places in acts:
            await once(act, [ids[place] for place in sorted(places) if place < len(ids)])
            await the_books_are_right()
    finally:
        await database.close_database()
    with closing(sqlite3.connect(file)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def a_world(visits, *, fee):
    missed = await builders.a_billing_code("NS-FEE", 6000, client_only=True)
    practice = await builders.a_practice()
    if fee:
        await practice.filter(id=1).update(missed_visit_code_id=missed.id)
    codes = {
        "IN60": await builders.a_service_code("IN60", bills=[await builders.a_billing_code("90837", 15000)]),
        "PLAY": await builders.a_service_code("PLAY", bills=[await builders.a_billing_code("90832", 9000),
                                                             await builders.a_billing_code("90785", 2501)]),
        "SUPV": await builders.a_service_code("SUPV", billable=False),
        None: None,
    }
    clients = [await builders.a_client(f"Client {n}") for n in range(4)]
    for client, days, status, code in visits:
        await builders.an_appointment(clients[client], starts_at=MONDAY_NINE + timedelta(days=days), status=status,
                                      service_code=codes[code])


async def once(act, ids):
    if act == "remove":
        await remove_sessions(await ClientSession.filter(attendance_id__in=ids).values_list("id", flat=True),
                              reason="sent too early", by=OWNER, now=NOW)
    elif act == "together":
        await asyncio.gather(*(send_to_billing(ids, by=OWNER, now=NOW) for _ in range(3)))
    else:
        before = await listed(NOW - timedelta(days=90), NOW + timedelta(days=90), seen_by=OWNER, now=NOW)
        promised = {row.visit.attendance_id: row.amount_cents for row in before if row.state == "to_send"}
        sent = await send_to_billing(ids, by=OWNER, now=NOW)
        made = {row.visit.attendance_id: row.amount_cents for row in sent.made}
        assert made == {each: promised[each] for each in ids if each in promised}
        assert len(sent.made) + len(sent.skipped) == len(ids)


async def the_books_are_right():
    live = await ClientSession.filter(undone_at=None).values_list("attendance_id", flat=True)
    assert len(live) == len(set(live))
    for session in await ClientSession.filter(undone_at=None):
        lines = await ChargeLine.filter(session_id=session.id)
        assert lines
        status = (await Attendance.get(id=session.attendance_id)).status
        assert status != "canceled"
        if status in {"no_show", "late_canceled"}:
            assert [line.code for line in lines] == ["NS-FEE"]
