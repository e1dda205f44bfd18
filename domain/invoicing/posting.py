"""What was just generated enters the books: each person's part, and what is left to the insurers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from domain.access import SignedIn
from domain.invoicing.keeping import Kept
from domain.invoicing.parts import NOTHING, Part, parts_of
from domain.invoicing.planning import Plan
from domain.ledger.charging import Claimed, Due, post_charges


async def post_issued(kept: Kept, plan: Plan, *, by: SignedIn, on: date, now: datetime) -> None:
    """Post the documents that were kept, inside the transaction that kept them."""
    await post_charges([*dues_of(kept), *shares_without_invoice(kept, plan)], list(claimed_on(kept)), by=by, on=on, now=now)


def dues_of(kept: Kept) -> Iterator[Due]:
    """What stands on the invoices; ids come in the order of the documents."""
    invoices = (parts for group in kept.groups for parts in group.invoices)
    for invoice_id, parts in zip(kept.invoice_ids, invoices, strict=True):
        yield from (due_of(part, invoice_id) for part in parts)


def shares_without_invoice(kept: Kept, plan: Plan) -> Iterator[Due]:
    """Shares of insured sessions that were paid in full at the session: owed and paid all the same."""
    for session in (session for group in kept.groups for session in group.sessions):
        parts: Iterable[Part] = parts_of(session, plan.shares.get(session.id, NOTHING))
        yield from (due_of(part, None) for part in parts if not part.billable)


def due_of(part: Part, invoice_id: int | None) -> Due:
    """A person's part as the books take it."""
    return Due(
        session_id=part.session.id, client_id=part.session.client.id, day=part.session.day, invoice_id=invoice_id,
        lines=[(own.line.id, own.cents) for own in part.lines], paid_cents=part.paid_cents,
    )


def claimed_on(kept: Kept) -> Iterator[Claimed]:
    """What stands on the insurance forms."""
    forms = (form for group in kept.groups for form in group.forms)
    for claim_id, form in zip(kept.claim_ids, forms, strict=True):
        for session in form:
            policy = session.policy
            assert policy is not None
            for line in session.claim_lines:
                yield Claimed(
                    session_id=session.id, client_id=session.client.id, payer_id=policy.payer.id, policy_id=policy.id,
                    day=session.day, claim_id=claim_id, charge_line_id=line.id, charge_cents=line.total_cents)
