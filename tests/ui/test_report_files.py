"""Reports as files: saved, never cached, for signed-in people only."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from nicegui import app, core, ui
from nicegui.testing.user_simulation import user_simulation
from openpyxl import load_workbook

from domain.access import hashed
from storage.models import SignIn
from storage.transactions import one_transaction
from tests.fixtures.billing import a_workplace, make
from tests.fixtures.builders import NOW, OWNER, a_client, a_session
from ui import report_files, routes

TOKEN = "a browser's token"


@pytest.fixture(autouse=True)
async def _signed_in(practice_db) -> None:
    a_workplace(practice_db)
    async with one_transaction():
        await SignIn.filter(id=OWNER.sign_in_id).update(token_hash=hashed(TOKEN), expires_at=NOW + timedelta(days=36500))


@asynccontextmanager
async def browser(*, signed_in: bool = True) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has visited the sign-in page, or has not."""
    def root() -> None:
        app.storage.user["token"] = TOKEN if signed_in else ""
        ui.label("here")

    async with user_simulation(root=root):
        report_files.register()
        core.app.router.routes.sort(key=lambda route: not getattr(route, "path", "").startswith(routes.REPORT_FILE))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(core.app), base_url="http://test") as client:
            await client.get("/")
            yield client


async def test_a_report_is_saved_with_the_filters_it_was_asked_with() -> None:
    await make(await a_session(await a_client()))
    async with browser() as client:
        answer = await client.get("/report-file/income.csv?by=code&start=2026-10-01&end=2026-10-31")
        book = await client.get("/report-file/aging.xlsx?by=client")
        none = await client.get("/report-file/income.csv?start=2026-01-01&end=2026-09-30")
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1] == ["2026-10", "90837", "150.00", "0.00", "0.00"]
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Income%20by%20code%202026-10-14.csv"
    assert answer.headers["cache-control"] == "no-store"
    assert load_workbook(io.BytesIO(book.content)).active["A2"].value == "Rowan Applewick"
    assert list(csv.reader(io.StringIO(none.content.decode("utf-8-sig"))))[1:] == [["Total", "0.00", "0.00", "0.00"]]


async def test_who_is_not_signed_in_gets_no_report() -> None:
    async with browser(signed_in=False) as client:
        answer = await client.get("/report-file/deposit.csv")
    assert answer.headers["location"] == routes.SIGN_IN


async def test_a_report_that_is_none_of_ours_is_refused() -> None:
    async with browser() as client:
        answers = [await client.get(f"/report-file/{name}") for name in ("secrets.csv", "aging.exe", "income.csv?start=yesterday")]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
