"""Invoices and claims made: each press of Generate with its documents, whether void, and what one document stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from tortoise.expressions import Q

from domain import access
from domain.access import SignedIn
from domain.errors import NotFound
from domain.invoicing.generating import LeftOut, left_out_from
from domain.reading.invoice_money import InvoiceMoney, money_of_invoices
from storage.models import Batch, Claim, ClaimFollow, ClaimLine, ClaimSending, Invoice, InvoiceLine

Kind = Literal["invoice", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """That a claim went out: the day, the way, and the file if it was in one."""

    on: date
    way: str
    file_id: int | None
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """An invoice or insurance form. `number` is the invoice's or box 26; `name` the bill-to person or the client."""

    kind: Kind
    id: int
    batch_id: int
    number: str
    name: str
    payer_name: str
    issued_on: date
    total_cents: int
    paid_cents: int
    drawn: bool
    voided_at: datetime | None
    voided_by: str
    void_reason: str
    sent: Sent | None = None
    followed: bool = False  # another claim goes out in its place
    money: InvoiceMoney | None = None  # of an invoice that is not void, as the books have it now

    @property
    def to_send(self) -> bool:
        """A claim that has not gone out."""
        return self.kind == "claim" and self.voided_at is None and self.sent is None and not self.followed


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedBatch:
    """One press of Generate with its documents: insurance forms by number, then invoices by number."""

    id: int
    made_at: datetime
    made_by: str
    message: str
    left_out: list[LeftOut]
    documents: list[IssuedDocument]

    @property
    def live(self) -> list[IssuedDocument]:
        """What is not void."""
        return [one for one in self.documents if one.voided_at is None]

    @property
    def total_cents(self) -> int:
        """What the live documents come to."""
        return sum(one.total_cents for one in self.live)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOnIt:
    """A session that a document stands on."""

    id: int
    day: date
    client_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """Which documents; empty means all. Instants bound the press, the end not included."""

    start: datetime | None = None
    end: datetime | None = None
    text: str = ""
    kind: Kind | None = None
    void: bool = False  # only those

    @property
    def narrows(self) -> bool:
        """Whether it leaves out documents of a press."""
        return bool(self.text.strip() or self.kind or self.void)


async def batches(
    asked: DocumentFilter, *, seen_by: SignedIn, limit: int = 30, offset: int = 0
) -> list[IssuedBatch]:
    """Presses that have documents of the filter, latest first; nine queries, however many documents."""
    await access.require(seen_by)
    presses = Batch.filter(**_bounds(asked))
    if asked.narrows:
        presses = presses.filter(id__in=await _holding(asked))
    rows = await presses.order_by("-made_at", "-id").limit(limit).offset(offset).values(
        "id", "made_at", "message", "left_out", by="made_by__name")
    documents = await _documents([row["id"] for row in rows], asked)
    return [
        IssuedBatch(id=row["id"], made_at=row["made_at"], made_by=row["by"] or "Sessionbook", message=row["message"],
                    left_out=left_out_from(row["left_out"]), documents=documents[row["id"]])
        for row in rows
    ]


async def batch(batch_id: int, *, seen_by: SignedIn) -> IssuedBatch:
    """One press with all its documents. Raises NotFound."""
    await access.require(seen_by)
    row = await Batch.get_or_none(id=batch_id).values("id", "made_at", "message", "left_out", by="made_by__name")
    if not row:
        raise NotFound(what="This batch")
    documents = await _documents([batch_id], DocumentFilter())
    return IssuedBatch(id=batch_id, made_at=row["made_at"], made_by=row["by"] or "Sessionbook", message=row["message"],
                       left_out=left_out_from(row["left_out"]), documents=documents[batch_id])


async def document(kind: Kind, document_id: int, *, seen_by: SignedIn) -> IssuedDocument:
    """One document, however long ago it was made. Raises NotFound."""
    await access.require(seen_by)
    model: Any = Invoice if kind == "invoice" else Claim
    batch_id = await model.get_or_none(id=document_id).values_list("batch_id", flat=True)
    if batch_id is None:
        raise NotFound(what="This invoice" if kind == "invoice" else "This insurance form")
    found = (await _documents([batch_id], DocumentFilter(kind=kind)))[batch_id]
    return next(one for one in found if one.id == document_id)


async def sessions_on(kind: Kind, document_id: int, *, seen_by: SignedIn) -> list[SessionOnIt]:
    """The sessions that a document stands on, in order of their days."""
    await access.require(seen_by)
    lines: Any = InvoiceLine.filter(invoice_id=document_id) if kind == "invoice" else ClaimLine.filter(
        claim_id=document_id)
    rows = await lines.values_list("session_id", "session__day", "session__client__name")
    return [
        SessionOnIt(id=key, day=day, client_name=name)
        for key, day, name in sorted(set(rows), key=lambda row: (row[1], row[0]))
    ]


async def live_documents_of(session_id: int, *, seen_by: SignedIn) -> list[IssuedDocument]:
    """The invoices and insurance forms that a session stands on now; void ones no longer hold it."""
    await access.require(seen_by)
    of = {"session_id": session_id, "live": True}
    claims = sorted(set(await ClaimLine.filter(**of).values_list("claim_id")))
    invoices = sorted(set(await InvoiceLine.filter(**of).values_list("invoice_id")))
    return [await document("claim", key, seen_by=seen_by) for key, in claims] + [
        await document("invoice", key, seen_by=seen_by) for key, in invoices]


def _bounds(asked: DocumentFilter) -> dict[str, datetime]:
    bounds = {"made_at__gte": asked.start, "made_at__lt": asked.end}
    return {name: at for name, at in bounds.items() if at is not None}


async def _holding(asked: DocumentFilter) -> list[int]:
    """The batches with at least one document that the filter finds."""
    found: set[Any] = set()
    if asked.kind != "claim":
        found.update(await Invoice.filter(_named(asked, "invoice")).distinct().values_list("batch_id", flat=True))
    if asked.kind != "invoice":
        found.update(await Claim.filter(_named(asked, "claim")).distinct().values_list("batch_id", flat=True))
    return list(found)


def _named(asked: DocumentFilter, kind: Kind) -> Q:
    """Number or name holds the text; void ones alone, if only they are asked for."""
    text, which = asked.text.strip(), Q(voided_at__isnull=False) if asked.void else Q()
    if not text:
        return which
    number, name = ("number", "bill_to_name") if kind == "invoice" else ("account_number", "client__name")
    either = Q(**{f"{number}__icontains": text}) | Q(**{f"{name}__icontains": text})
    if kind == "invoice":
        either |= Q(client__name__icontains=text)
    return which & either


async def _documents(batch_ids: Collection[int], asked: DocumentFilter) -> defaultdict[int, list[IssuedDocument]]:
    found: defaultdict[int, list[IssuedDocument]] = defaultdict(list)
    same = {"id": "id", "batch_id": "batch_id", "issued_on": "issued_on", "total_cents": "total_cents",
            "sha256": "sha256", "voided_at": "voided_at", "voided_by": "voided_by__name", "void_reason": "void_reason"}
    if asked.kind != "invoice":
        claims = Claim.filter(_named(asked, "claim"), batch_id__in=list(batch_ids)).order_by("account_number")
        sent = await _sent(batch_ids)
        followed = await _followed(batch_ids)
        for row in await claims.values(**same, number="account_number", name="client__name", payer_name="payer__name"):
            found[row["batch_id"]].append(_document("claim", row | {
                "paid_cents": 0, "sent": sent.get(row["id"]), "followed": row["id"] in followed}))
    if asked.kind != "claim":
        invoices = await Invoice.filter(_named(asked, "invoice"), batch_id__in=list(batch_ids)).order_by("number").values(
            **same, number="number", name="bill_to_name", paid_cents="paid_cents")
        money = await money_of_invoices({row["id"]: row["total_cents"] for row in invoices if row["voided_at"] is None})
        for row in invoices:
            found[row["batch_id"]].append(_document("invoice", row | {"payer_name": "", "money": money.get(row["id"])}))
    return found


async def _sent(batch_ids: Collection[int]) -> dict[int, Sent]:
    """By claim: how it went out."""
    rows = await ClaimSending.filter(live=True, claim__batch_id__in=list(batch_ids)).values(
        "claim_id", "file_id", on="sent_on", way="way", file_name="file__name")
    return {row["claim_id"]: Sent(on=row["on"], way=row["way"], file_id=row["file_id"], file_name=row["file_name"] or "")
            for row in rows}


async def _followed(batch_ids: Collection[int]) -> set[Any]:
    """The claims in whose place others go out."""
    rows = ClaimFollow.filter(live=True, earlier__batch_id__in=list(batch_ids)).exclude(how="secondary")
    return set(await rows.values_list("earlier_id", flat=True))


def _document(kind: Kind, row: dict[str, Any]) -> IssuedDocument:
    sha256 = row.pop("sha256")
    return IssuedDocument(kind=kind, drawn=sha256 is not None, **row | {
        "voided_by": row["voided_by"] or ("Sessionbook" if row["voided_at"] else "")})


async def unfinished(*, seen_by: SignedIn) -> list[int]:
    """Batches whose documents are still being drawn, the latest first."""
    await access.require(seen_by)
    waiting: Any = Batch.filter(finished_at=None, voided_at=None).order_by("-id").values_list("id", flat=True)
    return [int(key) for key in await waiting]
