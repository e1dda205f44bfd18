"""A paper EOB typed on the screen: the difference is seen, and it posts once when there is none."""

from __future__ import annotations

from domain.reading.claim_choices import charges_of
from storage import open_items
from storage.models import Claim, RemittancePayment
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import OWNER, a_location
from tests.fixtures.screens import eventually, field, press, screens, typed
from ui import routes
from ui.pages.paper_eob import paper_eob
from ui.pages.payer_files import payer_files


async def test_a_sheet_is_typed_line_by_line_and_posts_when_nothing_is_left(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()
    [made] = (await make(await an_insured_session(await an_insured_client()))).claims
    claim = await Claim.get(id=made)
    [charge] = await charges_of(made, seen_by=OWNER)
    async with screens({routes.PAPER_EOB: paper_eob, routes.PAYER_FILES: payer_files}) as open_:
        user = await open_(routes.PAPER_EOB)
        await user.should_see("The check")
        typed(user, "check-or-trace-number", "1001")
        typed(user, "date", "Oct 13, 2026")
        typed(user, "amount", "80")
        user.find(marker="claim").trigger("inputValue", "rowan")
        await eventually(lambda: made in field(user, "claim").options)
        typed(user, "claim", made)
        await user.should_see("$150.00 to explain")
        assert field(user, "payer").value == claim.payer_id
        typed(user, f"allowed-{charge.id}", "110")
        typed(user, f"paid-{charge.id}", "80")
        typed(user, f"deductible-{charge.id}", "30")
        await user.should_see("$40.00 to explain")
        await user.should_see("Check $80.00, nothing left to place")
        await press(user, "Post")
        await user.should_see("$40.00 of the charge is not explained.")
        await press(user, "Another reason")
        await user.should_see(marker=f"other-{charge.id}-0")
        assert field(user, f"other-{charge.id}-0").value == "40.00"
        typed(user, f"reason-{charge.id}-0", "co45")
        await press(user, "Post")
        await press(user, "Post")
        await user.should_see("Payment 1001 posted")
        await user.should_see("Paper EOB 1001")
    assert await RemittancePayment.all().values_list("trace_number", "cents", "state") == [("1001", 8000, "posted")]
    assert (await open_items.sums())[claim.client_id, None] == 3000
