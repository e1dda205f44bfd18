"""The demo practice with doors for the bench: more appointments, one visit sent, one label changed on a bare page."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

data = Path(sys.argv[2])
os.environ["NICEGUI_STORAGE_PATH"] = str(data / "browsers")  # before NiceGUI is imported

from nicegui import Event, app, ui  # noqa: E402

from domain import sending  # noqa: E402
from domain.access import SYSTEM  # noqa: E402
from storage.database import FILE, bring_up_to_date, close_database, open_database, prepare_folder  # noqa: E402
from storage.ids import new_ids  # noqa: E402
from storage.models import Appointment, Attendance  # noqa: E402
from storage.transactions import one_transaction  # noqa: E402
from ui import clock  # noqa: E402
from ui.app import run  # noqa: E402

told = Event[str]()


@app.get("/bench/fill")
async def fill(count: int) -> int:
    """So many more appointments from the first of the month on, in working hours."""
    like = await Attendance.filter(service_code_id__isnull=False).order_by("id").limit(40).prefetch_related("appointment")
    month = clock.now().replace(day=1, hour=13, minute=0, second=0, microsecond=0)
    async with one_transaction():
        ids = await new_ids(Appointment, count)
        starts = [month + timedelta(days=n % 28, minutes=15 * (n // 28 % 32)) for n in range(count)]
        await Appointment.bulk_create([
            Appointment(id=key, provider_id=like[n % len(like)].appointment.provider_id, starts_at=at,
                        ends_at=at + timedelta(minutes=45), service_code_id=like[n % len(like)].service_code_id)
            for n, (key, at) in enumerate(zip(ids, starts, strict=True))])
        await Attendance.bulk_create([
            Attendance(appointment_id=key, client_id=like[n % len(like)].client_id, status="scheduled",
                       service_code_id=like[n % len(like)].service_code_id) for n, key in enumerate(ids)])
    return count


@app.get("/bench/send")
async def send() -> dict[str, float]:
    """One visit of this week; when that was asked for, in milliseconds of this machine's clock."""
    now = clock.now()
    week = (now - timedelta(days=now.weekday())).replace(hour=5)
    rows = await sending.listed(week, now, seen_by=SYSTEM, now=now)
    asked = time.time() * 1000
    for row in (row for row in rows if row.visit.attendance_id):
        sent = await sending.send_to_billing([row.visit.attendance_id], by=SYSTEM, now=now)
        if sent.made:
            return {"asked": asked, "kept": time.time() * 1000}
        asked = time.time() * 1000
    raise LookupError("nothing left to send this week")


@app.get("/bench/tell")
async def tell() -> dict[str, float]:
    """Change the label of every bare page."""
    asked = time.time() * 1000
    told.emit(str(asked))
    return {"asked": asked}


@ui.page("/bench/bare")
def bare() -> None:
    """A label, and nothing of ours."""
    label = ui.label("before").classes("bench-label")
    told.subscribe(label.set_text)


if __name__ == "__main__":
    prepare_folder(data)
    bring_up_to_date(data / FILE)
    run(data, host="127.0.0.1", port=int(sys.argv[1]), demo=True, opening=partial(open_database, data), closing=close_database)
