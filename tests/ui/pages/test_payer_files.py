"""Payer Files on the screen: a remittance is brought in and its payment listed."""

from __future__ import annotations

from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload

from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import a_location
from tests.fixtures.payer_files import a_payment, an_answer, read
from tests.fixtures.screens import eventually, field, press, rows, screens, typed
from tests.fixtures.x12 import x12_file
from ui import routes
from ui.components.table import LongTable
from ui.pages.account import account
from ui.pages.payer_files import payer_files


async def test_a_remittance_is_read_and_its_payment_listed(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    content = x12_file("835", await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80"))
    async with screens({routes.PAYER_FILES: payer_files}) as open_:
        user = await open_(routes.PAYER_FILES)
        await user.should_see("No payer files yet")
        upload = next(one for one in user.client.elements.values() if isinstance(one, ui.upload))
        with user:
            await upload.handle_uploads([SmallFileUpload("payer.835", "", content)])
        await eventually(lambda: len(rows(user)) == 2)
        assert rows(user)[1]["total"] == "$80.00"
        assert "Posted" in rows(user)[1]["status"]
        with user:
            await next(one for one in user.client.elements.values() if isinstance(one, LongTable)).on_row(rows(user)[1]["id"])
        await user.should_see("Client share")


async def test_the_statement_leads_to_the_payment_that_posted_a_line(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()
    client = await an_insured_client()
    [claim] = (await make(await an_insured_session(client))).claims
    await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80"))
    async with screens({routes.PAYER_FILES: payer_files, routes.ACCOUNT: account}) as open_:
        user = await open_(routes.account(client.id))
        await eventually(lambda: any("Payer Files" in row["undo"] for row in rows(user)))
        row = next(row for row in rows(user) if "Payer Files" in row["undo"])
        with user:
            await next(one for one in user.client.elements.values() if isinstance(one, LongTable)).on_act("payer_file", row["id"], "1")
        await user.should_see("Payment T1")
        await user.should_see("Take back")


async def test_a_claim_that_was_not_found_is_matched_by_hand_and_another_browser_sees_it(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    await read(await a_payment(["CLP*OLD1*1*150*80**12*ICN9*11*1", "NM1*QC*1*APPLEWICK*ROWAN", "SVC*HC:90837*150*80**1",
                                "DTM*472*20261012", "CAS*PR*1*30", "CAS*CO*45*40"], cents="80"))
    async with screens({routes.PAYER_FILES: payer_files}) as open_:
        user, other = await open_(f"{routes.PAYER_FILES}?payment=1"), await open_(routes.PAYER_FILES)
        await user.should_see("Not one of ours · OLD1")
        await eventually(lambda: "$80.00 unmatched" in rows(other)[1]["status"])
        await press(user, "Match OLD1 by hand")
        await user.should_see("APPLEWICK, ROWAN")
        await press(user, "Match and post")
        await user.should_see("Choose the claim that this answers.")
        user.find(marker="claim-of-ours").trigger("inputValue", "rowan 150")
        await eventually(lambda: claim in field(user, "claim-of-ours").options)
        typed(user, "claim-of-ours", claim)
        await user.should_see("The payer's lines, and our charges")
        await press(user, "Match and post")
        await eventually(lambda: "Posted" in rows(other)[1]["status"])
        await press(user, "Undo the match of OLD1")
        typed(user, "reason", "Another client's")
        await press(user, "Undo the match")
        await eventually(lambda: "$80.00 unmatched" in rows(other)[1]["status"])
