"""What is open of the ledger's items: sums that the models can't say, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from storage.queries import rows

# An item is an entry that applies to none; what is open of it is its own cents and those of all that apply to it.
ITEMS = """
SELECT i.id, i.kind, i.client_id, i.payer_id, i.policy_id, i.cents, i.effective_on, i.session_id, i.charge_line_id,
  i.invoice_id, i.claim_id, i.payment_id, i.reason,
  i.cents + COALESCE((SELECT SUM(a.cents) FROM ledger_entry a WHERE a.applies_to_id = i.id), 0) AS open_cents
FROM ledger_entry i WHERE i.applies_to_id IS NULL AND {which}
"""
OPEN = "SELECT * FROM ({items}) t WHERE open_cents <> 0 ORDER BY effective_on, id"
# What each payment has paid of each item, what was released again left out.
PAID = """
SELECT e.payment_id, e.applies_to_id AS item_id, SUM(e.cents) AS cents
FROM ledger_entry e JOIN ledger_entry i ON i.id = e.applies_to_id
WHERE e.kind = 'allocation' AND (i.kind <> 'payment' OR i.payment_id <> e.payment_id) AND {which}
GROUP BY e.payment_id, e.applies_to_id HAVING SUM(e.cents) <> 0 ORDER BY e.payment_id, e.applies_to_id
"""
ADJUSTED = """
SELECT e.applies_to_id AS id, SUM(e.cents) AS cents FROM ledger_entry e LEFT JOIN ledger_entry r ON r.id = e.reverses_id
WHERE (e.kind = 'adjustment' OR r.kind = 'adjustment') AND {which} GROUP BY e.applies_to_id
"""
SUMS = "SELECT client_id, payer_id, SUM(cents) AS cents FROM ledger_entry WHERE {which} GROUP BY client_id, payer_id"
OF_DOCUMENTS = "SELECT {column} AS id, SUM(cents) AS cents FROM ledger_entry WHERE {which} GROUP BY {column}"

# Invoiced or taken before there were books.
UNPOSTED_SESSIONS = """
SELECT s.id FROM client_session s WHERE s.status = 'invoiced'
  AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.session_id = s.id AND e.kind = 'charge') ORDER BY s.id
"""
UNPOSTED_MONEY = """
SELECT DISTINCT p.session_id AS id FROM session_payment p JOIN client_session s ON s.id = p.session_id
WHERE s.undone_at IS NULL AND NOT EXISTS (SELECT 1 FROM payment b WHERE b.session_id = p.session_id) ORDER BY 1
"""


async def items(**among: Collection[int]) -> list[dict[str, Any]]:
    """These items, also closed ones: `items(id=[…])`, `items(session_id=[…])`."""
    found = await rows(ITEMS.format(which=_which("i", among)))
    return [_item(row) for row in found]


async def open_items(**among: Collection[int]) -> list[dict[str, Any]]:
    """The items of these accounts with something open, oldest first; without a choice, of all."""
    found = await rows(OPEN.format(items=ITEMS.format(which=_which("i", among))))
    return [_item(row) for row in found]


async def paid_by(**among: Collection[int]) -> list[tuple[int, int, int]]:
    """What payments paid: (payment, item, cents), cents below zero where a charge was paid."""
    found = await rows(PAID.format(which=_which("e", among)))
    return [(row["payment_id"], row["item_id"], int(row["cents"])) for row in found]


async def adjusted(item_ids: Collection[int]) -> dict[int, int]:
    """By how much items were adjusted, what was taken back left out."""
    found = await rows(ADJUSTED.format(which=_which("e", {"applies_to_id": item_ids})))
    return {row["id"]: int(row["cents"]) for row in found}


async def sums(**among: Collection[int]) -> dict[tuple[int | None, int | None], int]:
    """Balances by (client, payer); payer None is the client's own account."""
    found = await rows(SUMS.format(which=_which("ledger_entry", among)))
    return {(row["client_id"], row["payer_id"]): int(row["cents"]) for row in found}


async def sums_of(column: str, ids: Collection[int], *, kind: str = "", party: str = "") -> dict[int, int]:
    """The cents of all entries of each invoice, claim or session (`invoice_id`, …)."""
    which = _which("ledger_entry", {column: ids})
    which += f" AND kind = '{kind}'" if kind else ""
    which += f" AND party = '{party}'" if party else ""
    return {row["id"]: int(row["cents"]) for row in await rows(OF_DOCUMENTS.format(column=column, which=which))}


async def unposted() -> tuple[list[int], list[int]]:
    """Sessions that are invoiced but not in the books, and sessions whose payments are not."""
    sessions, money = await rows(UNPOSTED_SESSIONS), await rows(UNPOSTED_MONEY)
    return [row["id"] for row in sessions], [row["id"] for row in money]


def _which(table: str, among: dict[str, Collection[int]]) -> str:
    """Whole numbers only, so that nothing typed ever becomes part of a statement."""
    parts = [f"{table}.{column} IN ({', '.join(str(int(one)) for one in ids) or 'NULL'})" for column, ids in among.items()]
    return " AND ".join(parts) or "1 = 1"


def _item(row: dict[str, Any]) -> dict[str, Any]:
    day = row["effective_on"]
    return row | {
        "effective_on": day if isinstance(day, date) else date.fromisoformat(day),
        "cents": int(row["cents"]), "open_cents": int(row["open_cents"]),
    }
