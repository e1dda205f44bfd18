"""Sums of the ledger for reports: charged, written off, received and what it paid, by day, provider and code."""

from __future__ import annotations

from datetime import date
from typing import Any

from storage.balances import with_days
from storage.queries import rows

WHO = "s.provider_id, v.first_name, v.last_name, COALESCE(l.code, '') AS code"
WHOSE = """
LEFT JOIN client_session s ON s.id = {of}.session_id LEFT JOIN provider v ON v.id = s.provider_id
LEFT JOIN charge_line l ON l.id = {of}.charge_line_id
"""
# What is taken back counts on the day of what it takes back, so that a mistake leaves no trace in a month's sums.
SAME = "LEFT JOIN ledger_entry r ON r.id = e.reverses_id"
POSTED = f"""
SELECT COALESCE(s.day, r.effective_on, e.effective_on) AS day, {{who}}, (b.id IS NOT NULL) AS brought_forward, SUM(e.cents) AS cents
FROM ledger_entry e {SAME} LEFT JOIN opening_balance b ON b.entry_id = COALESCE(r.id, e.id)
{WHOSE.format(of='e')}
WHERE (e.kind = '{{kind}}' OR r.kind = '{{kind}}'){{days}}
GROUP BY COALESCE(s.day, r.effective_on, e.effective_on), s.provider_id, v.first_name, v.last_name, l.code, (b.id IS NOT NULL)
"""
# What payments have paid now, on the day they were received; a credit brought forward was received before these books.
APPLIED = f"""
SELECT m.received_on AS day, {WHO}, -SUM(e.cents) AS cents
FROM ledger_entry e JOIN ledger_entry i ON i.id = e.applies_to_id JOIN payment m ON m.id = e.payment_id
{WHOSE.format(of='i')}
WHERE e.kind = 'allocation' AND i.kind <> 'payment' AND NOT EXISTS (SELECT 1 FROM opening_balance b WHERE b.payment_id = m.id){{days}}
GROUP BY m.received_on, s.provider_id, v.first_name, v.last_name, l.code HAVING SUM(e.cents) <> 0
"""
PAYMENTS = f"""
SELECT m.id, m.received_on AS day, m.kind, m.method, m.reference, c.name AS client_name, p.name AS payer_name, (b.id IS NOT NULL) AS brought_forward, -SUM(e.cents) AS cents
FROM ledger_entry e {SAME} JOIN payment m ON m.id = e.payment_id
LEFT JOIN client c ON c.id = m.client_id LEFT JOIN payer p ON p.id = m.payer_id LEFT JOIN opening_balance b ON b.payment_id = m.id
WHERE (e.kind = 'payment' OR r.kind = 'payment'){{days}}
GROUP BY m.id, m.received_on, m.kind, m.method, m.reference, c.name, p.name, b.id HAVING SUM(e.cents) <> 0
ORDER BY m.received_on, m.id
"""


DAY_OF_SERVICE = "COALESCE(s.day, r.effective_on, e.effective_on)"


async def posted(kind: str, start: date | None = None, end: date | None = None) -> list[dict[str, Any]]:
    """Charges or adjustments of these days of service, by day, provider and code."""
    known = {"charge": "charge", "adjustment": "adjustment"}[kind]
    return _summed(await rows(POSTED.format(who=WHO, kind=known, days=within(DAY_OF_SERVICE, start, end))))


async def applied(start: date | None = None, end: date | None = None) -> list[dict[str, Any]]:
    """What payments received in these days paid, by that day, and the provider and code of what they paid."""
    return _summed(await rows(APPLIED.format(days=within("m.received_on", start, end))))


async def payments(start: date | None = None, end: date | None = None) -> list[dict[str, Any]]:
    """Each payment and refund that was not taken back, received in these days; a refund is below zero."""
    return _summed(await rows(PAYMENTS.format(days=within("m.received_on", start, end))))


def within(day: str, start: date | None, end: date | None) -> str:
    """A condition on a day; only days go into it, so that nothing typed ever becomes part of a statement."""
    found = f" AND {day} >= '{start.isoformat()}'" if start else ""
    return found + (f" AND {day} <= '{end.isoformat()}'" if end else "")


def _summed(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [with_days(row) | {"cents": int(row["cents"])} for row in found]
