"""What is open in the whole practice, each item with its client, payer, provider and document: one statement a question."""

from __future__ import annotations

from datetime import date
from typing import Any

from storage.queries import rows

# Everything that is open of an item (storage/open_items.py says what an item is) in one walk over the index that the database computes.
OPEN = """
SELECT item_id AS id, SUM(cents) AS open_cents FROM ledger_entry GROUP BY item_id HAVING SUM(cents) <> 0
"""
LINES = f"""
SELECT i.id, i.kind, i.client_id, c.name AS client_name, i.payer_id, p.name AS payer_name, i.effective_on, i.reason,
  i.session_id, s.day AS session_day, s.provider_id, v.first_name, v.last_name, l.code, i.invoice_id, n.number AS invoice_number,
  n.issued_on, n.due_on, i.claim_id, k.account_number AS claim_number, i.payment_id,
  o.open_cents, (h.id IS NOT NULL) AS held
FROM ({OPEN}) o JOIN ledger_entry i ON i.id = o.id
LEFT JOIN client c ON c.id = i.client_id LEFT JOIN payer p ON p.id = i.payer_id
LEFT JOIN client_session s ON s.id = i.session_id LEFT JOIN provider v ON v.id = s.provider_id
LEFT JOIN charge_line l ON l.id = i.charge_line_id
LEFT JOIN invoice n ON n.id = i.invoice_id LEFT JOIN claim k ON k.id = i.claim_id
LEFT JOIN payment m ON m.id = i.payment_id
LEFT JOIN client_session h ON h.id = m.session_id AND h.undone_at IS NULL AND h.status <> 'invoiced'
ORDER BY i.effective_on, i.id
"""
DAYS = ("day", "effective_on", "session_day", "issued_on", "due_on")


async def open_lines() -> list[dict[str, Any]]:
    """Every item with something open, of a charge above zero, of a payment below; the oldest first."""
    return [with_days(row) for row in await rows(LINES)]


def with_days(row: dict[str, Any]) -> dict[str, Any]:
    """SQLite keeps days as text, PostgreSQL as days; PostgreSQL sums to its own wider number."""
    for name in DAYS:
        if isinstance(kept := row.get(name), str):
            row[name] = date.fromisoformat(kept)
    if "open_cents" in row:
        row["open_cents"] = int(row["open_cents"])
    return row
