"""A statement says whose account money was moved to: the client's, the next insurer's, or the first one's again."""

from __future__ import annotations

import pytest

from domain.reading.statement import statement
from storage.models import Claim
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import OWNER, a_location, a_payer, a_policy
from tests.fixtures.payer_files import a_payment, an_answer, read


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()


async def moved(client_id: int, payer_id: int | None) -> list[tuple[str, int]]:
    return [(line.what, line.cents) for line in await statement(client_id, payer_id=payer_id, seen_by=OWNER) if line.kind == "moved"]


async def test_a_share_that_goes_to_the_client_and_one_that_goes_to_the_next_insurer_say_so() -> None:
    alone, twice = await an_insured_client(), await an_insured_client("Alder Fiddlecrook")
    second = await a_payer(name="Old Oak Mutual")
    await a_policy(twice, second, rank="secondary")
    claims = [(await make(await an_insured_session(one))).claims[0] for one in (alone, twice)]
    for number, claim in enumerate(claims):
        await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*1*30", "CO*45*40")), cents="80", trace=f"T{number}"))
    first = [(await Claim.get(id=claim)).payer_id for claim in claims]
    assert await moved(alone.id, first[0]) == [("Moved to the client", -500)]
    assert await moved(twice.id, second.id) == [("Left by insurance", 3000)]
    assert sorted(await moved(twice.id, first[1])) == [("Moved back from the client", 2500), ("Moved to Old Oak Mutual", -3000)]
    assert await moved(twice.id, None) == [("Moved to Bluebell Health", -2500)]
