"""What Generate would make of some sessions, before it is made: the same plan and records, nothing written or numbered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain import access, jobs
from domain.access import SignedIn
from domain.claims.facts import PracticeFacts, SessionFacts
from domain.documents.drawn import draw_claims, draw_invoices
from domain.documents.pictures import pictures
from domain.documents.records import to_json
from domain.invoicing.gathering import gathered
from domain.invoicing.generating import LeftOut, deductible_used, sorted_out
from domain.invoicing.invoice import invoice_record
from domain.invoicing.keeping import form_record
from domain.invoicing.parts import Part
from domain.invoicing.planning import Plan, planned

NO_NUMBER = "PREVIEW"
"""Stands where the document's number will be (box 26 of a form)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPaper:
    """One invoice or insurance form as it would be; `record` is what it would be drawn from."""

    kind: Literal["invoice", "claim"]
    name: str  # the bill-to person, or the client and the payer
    cents: int
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All papers that one press would make, and what it would leave out."""

    papers: list[PreviewPaper]
    left_out: list[LeftOut]


async def preview(session_ids: Collection[int], *, on: date, message: str = "", seen_by: SignedIn) -> Preview:
    """What Generate would make of these sessions today."""
    await access.require(seen_by)
    asked = await gathered(id__in=sorted(set(session_ids)))
    ready, left_out = sorted_out(asked, session_ids, on=on)
    plan = planned(ready, await deductible_used(ready))
    papers = [_invoice(parts, asked.practice, message, on) for group in plan.groups for parts in group.invoices]
    papers += [_form(form, asked.practice, plan, on) for group in plan.groups for form in group.forms]
    return Preview(papers=papers, left_out=left_out)


def _invoice(parts: Sequence[Part], practice: PracticeFacts, message: str, on: date) -> PreviewPaper:
    record = invoice_record(parts, practice, number=NO_NUMBER, message=message, on=on)
    return PreviewPaper(kind="invoice", name=record.bill_to.name, cents=record.total_cents, record=to_json(record))


def _form(form: Sequence[SessionFacts], practice: PracticeFacts, plan: Plan, on: date) -> PreviewPaper:
    record = form_record(form, practice, plan, number=NO_NUMBER, on=on)
    policy = form[0].policy
    assert policy is not None
    name = f"{form[0].client.name}, {policy.payer.name}"
    return PreviewPaper(kind="claim", name=name, cents=record.total_cents, record=to_json(record))


async def pages_of(paper: PreviewPaper, *, width: int) -> list[bytes]:
    """The paper's pages as PNG pictures, so many pixels wide. No pages: it could not be drawn."""
    place = jobs.workplace()
    draw = draw_invoices if paper.kind == "invoice" else draw_claims
    [drawn] = await place.off_loop(draw, [paper.record], place.fonts)
    return await place.off_loop(pictures, drawn[0], width) if drawn else []
