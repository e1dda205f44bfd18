"""The demo practice with a door for the bench that fills its month."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

data = Path(sys.argv[2])
os.environ["NICEGUI_STORAGE_PATH"] = str(data / "browsers")  # before NiceGUI is imported

from nicegui import app  # noqa: E402

from storage.database import FILE, bring_up_to_date, close_database, open_database, prepare_folder  # noqa: E402
from storage.ids import new_ids  # noqa: E402
from storage.models import Appointment, Attendance  # noqa: E402
from storage.transactions import one_transaction  # noqa: E402
from ui import clock  # noqa: E402
from ui.app import run  # noqa: E402


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


if __name__ == "__main__":
    prepare_folder(data)
    bring_up_to_date(data / FILE)
    run(data, host="127.0.0.1", port=int(sys.argv[1]), demo=True, opening=partial(open_database, data), closing=close_database)
