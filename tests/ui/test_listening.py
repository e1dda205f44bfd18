"""Listening ends with the part that listens: no walk through the menu leaves an ear behind."""

from __future__ import annotations

import pytest

from storage.changes import listener_count
from tests.fixtures.builders import a_client, a_provider, a_session
from tests.fixtures.screens import screens
from ui import routes, shell

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_walking_every_menu_entry_twice_leaves_no_listener_behind() -> None:
    await a_provider()
    await a_session(await a_client("Rowan Applewick"))
    paths = [path for path in shell.PAGES if "{" not in path] + [routes.client(1)]
    async with screens(shell.PAGES) as open_:
        first = await open_(routes.INVOICE)
        await first.should_see("Rowan Applewick")
        first.client.delete()
        nobody_looks = listener_count()  # what the program itself hears, such as the count to fix
        user = await open_(routes.CALENDAR)
        counts = []
        for _ in range(3):
            for path in [*paths, routes.CALENDAR]:
                with user:
                    await user.client.sub_pages_router._handle_open(path)
                await user.should_see("Live")
            counts.append(listener_count())
        assert counts[0] == counts[1] == counts[2]
        assert counts[0] > nobody_looks
        user.client.delete()
        assert listener_count() == nobody_looks
