"""The practice's table of add-on codes."""

from __future__ import annotations

from domain.claims.facts import AddOnFacts
from storage.models import AddOn


async def add_ons() -> tuple[AddOnFacts, ...]:
    """By code; for services, which ask for the right themselves."""
    rows = await AddOn.all().order_by("code").values_list("code", "primaries", "never_with")
    return tuple(AddOnFacts(*row) for row in rows)
