"""Files of payers with their payments, what each posted claim by claim, and the last word on a claim."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from storage.models import ClaimEvent, PayerFile, RemittanceEntry, RemittanceMatch, RemittancePayment

SHOWN = ("payment", "client share", "write-off", "denial")


@dataclass(slots=True, kw_only=True)
class RemittedClaimRow:
    """What a payment decided on one claim, in cents by kind; without a claim id it is not one of ours.

    `waits`: something of it found no charge of ours; `match_id`: a person matched it.
    """

    position: int
    claim_id: int | None
    number: str
    client_name: str
    cents: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SHOWN, 0))
    unmatched_cents: int = 0
    waits: bool = False
    match_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment of an insurer. State: posted, held, undone."""

    id: int
    payer_name: str
    trace_number: str
    paid_on: date
    cents: int
    state: str
    reason: str
    unmatched_cents: int
    unmatched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerFileRow:
    """A file with its payments; an answer (TA1, 999, 277CA) has the claims that it spoke of."""

    id: int
    name: str
    kind: str
    received_at: datetime
    received_by: str
    payments: list[PaymentRow]
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWord:
    """What was last said of a claim."""

    state: str
    words: str
    code: str
    control_number: str
    on: date


async def payer_files(*, seen_by: SignedIn, limit: int = 30) -> list[PayerFileRow]:
    """The latest first."""
    await access.require(seen_by)
    rows = await PayerFile.all().order_by("-received_at", "-id").limit(limit).values(
        "id", "name", "kind", "received_at", by="received_by__name")
    ids = [row["id"] for row in rows]
    payments = await _payments(file_id__in=ids)
    told = await ClaimEvent.filter(file_id__in=ids, remittance_id__isnull=True).values("file_id", "state")
    return [
        PayerFileRow(id=row["id"], name=row["name"], kind=row["kind"], received_at=row["received_at"],
                     received_by=row["by"] or "Sessionbook", payments=payments.get(row["id"], []),
                     accepted=told.count({"file_id": row["id"], "state": "accepted"}),
                     rejected=told.count({"file_id": row["id"], "state": "rejected"}))
        for row in rows
    ]


async def one_payment(payment_id: int, *, seen_by: SignedIn) -> PaymentRow | None:
    """A payment by its id, in whatever file it came."""
    await access.require(seen_by)
    return next((one for found in (await _payments(id=payment_id)).values() for one in found), None)


async def _payments(**which: Any) -> dict[int, list[PaymentRow]]:
    rows = await RemittancePayment.filter(**which).order_by("id").values(
        "id", "file_id", "payer_name", "trace_number", "paid_on", "cents", "state", "reason")
    loose: defaultdict[int, int] = defaultdict(int)
    waiting: defaultdict[int, set[int]] = defaultdict(set)
    for entry in await RemittanceEntry.filter(remittance_id__in=[row["id"] for row in rows], charge_line_id__isnull=True,
                                             by_hand=False).values(
            "remittance_id", "position", "kind", "cents"):
        waiting[entry["remittance_id"]].add(entry["position"])
        loose[entry["remittance_id"]] += entry["cents"] if entry["kind"] == "payment" else 0
    found: defaultdict[int, list[PaymentRow]] = defaultdict(list)
    for row in rows:
        found[row.pop("file_id")].append(PaymentRow(
            **row, unmatched_cents=loose[row["id"]], unmatched=len(waiting[row["id"]])))
    return found


async def claims_of(payment_id: int, *, seen_by: SignedIn) -> list[RemittedClaimRow]:
    """What a payment decided, claim by claim."""
    await access.require(seen_by)
    found: dict[int, RemittedClaimRow] = {}
    matches = dict(await RemittanceMatch.filter(remittance_id=payment_id, undone_at=None).values_list("position", "id"))
    for row in await RemittanceEntry.filter(remittance_id=payment_id).order_by("position", "id").values(
            "position", "claim_id", "claim_number", "kind", "cents", "charge_line_id", "by_hand", name="claim__client__name"):
        claim = found.setdefault(row["position"], RemittedClaimRow(
            position=row["position"], claim_id=row["claim_id"], number=row["claim_number"], client_name=row["name"] or "",
            match_id=matches.get(row["position"])))
        claim.waits |= row["charge_line_id"] is None and not row["by_hand"]
        if row["kind"] in SHOWN:
            claim.cents[row["kind"]] += row["cents"]
        if row["kind"] == "payment" and row["charge_line_id"] is None:
            claim.unmatched_cents += row["cents"]
    return list(found.values())


async def last_word(claim_id: int, *, seen_by: SignedIn) -> LastWord | None:
    """What a payer or clearinghouse last said of a claim; an undone payment has said nothing."""
    await access.require(seen_by)
    rows = await ClaimEvent.filter(claim_id=claim_id).order_by("-id").values(
        "state", "words", "code", "control_number", "on_day", payment="remittance__state")
    row = next((row for row in rows if row["payment"] != "undone"), None)
    return None if row is None else LastWord(
        state=row["state"], words=row["words"], code=row["code"], control_number=row["control_number"], on=row["on_day"])
