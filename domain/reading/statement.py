"""One account as a bank statement: what was charged, paid, written off and taken back, with the balance after each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from domain import access
from domain.access import SignedIn
from domain.client_sessions import METHODS
from domain.ledger.by_insurer import remittances_by_act
from domain.ledger.entries import Item
from storage.models import LedgerEntry

Line = Literal["charge", "payment", "refund", "write_off", "moved", "applied", "taken_back"]
Undo = Literal["", "payment", "posting"]
NONE: Mapping[int, int] = {}

WANTED = {
    "id": "id", "kind": "kind", "cents": "cents", "effective_on": "effective_on", "posted_with": "posted_with_id",
    "session_id": "session_id", "invoice_id": "invoice_id", "claim_id": "claim_id", "payment_id": "payment_id",
    "reason": "reason", "made_at": "made_at", "by": "made_by__name", "code": "charge_line__code",
    "service": "session__service_code__name", "invoice": "invoice__number", "claim": "claim__account_number",
    "method": "payment__method", "reference": "payment__reference", "note": "payment__note", "paid": "payment__kind",
    "payer_name": "payment__payer__name", "paid_by": "payment__client__name", "paid_by_id": "payment__client_id",
    "line": "charge_line_id", "reverses_id": "reverses_id", "of_kind": "reverses__kind", "client_id": "client_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line: plus is charged, minus is paid or given up. `undo` says what takes it back, by `undo_id`.

    What a remittance posted has its id instead: it is taken back as a whole, on Payer Files.
    """

    key: str
    kind: Line
    effective_on: date
    what: str
    detail: str
    cents: int
    balance_cents: int = 0
    session_id: int | None = None
    invoice_id: int | None = None
    claim_id: int | None = None
    payment_id: int | None = None
    unapplied_cents: int = 0
    undo: Undo = ""
    undo_id: int = 0
    undone: bool = False
    remittance_id: int | None = None
    made_at: datetime
    by_name: str = ""


async def statement(
    client_id: int, *, payer_id: int | None = None, open_: Sequence[Item] = (), seen_by: SignedIn
) -> list[StatementLine]:
    """A client's own account, or an insurer's for this client, oldest first; three queries, however long.

    `open_`: what is open of the client, so that a payment can say how much of it has paid nothing yet.
    """
    await access.require(seen_by)
    rows: list[dict[str, Any]] = await LedgerEntry.filter(client_id=client_id, payer_id=payer_id).order_by(
        "effective_on", "id").values(**WANTED)
    unapplied = {item.payment_id: -item.open_cents for item in open_ if item.kind == "payment" and item.payment_id}
    acts = await remittances_by_act({row["posted_with"] for row in rows})
    for row, others in zip(rows, await other_ends(rows, payer_id), strict=True):
        row["others"] = others
    return with_balances(lines_of(rows, unapplied, acts))


def lines_of(
    rows: Sequence[dict[str, Any]], unapplied: Mapping[int, int], remittances: Mapping[int, int] = NONE
) -> list[StatementLine]:
    """Entries of one act about one thing are one line; what only moved within the account is none."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(group_of(row), []).append(row)
    back = {row["reverses_id"] for row in rows}
    found = [line_of(group, unapplied, undone={row["id"] for row in group} <= back, remittance=remittances.get(group[0]["posted_with"]))
             for group in groups.values()]
    return [line for line in found if line.cents or line.kind == "charge"]


def with_balances(lines: Sequence[StatementLine]) -> list[StatementLine]:
    """Each line with what is owed after it."""
    balance, found = 0, []
    for line in lines:
        balance += line.cents
        found.append(replace(line, balance_cents=balance))
    return found


def group_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What belongs on one line of the statement."""
    kind = (row["kind"], row["of_kind"], row["effective_on"])
    if "charge" in kind:
        return (*kind, row["posted_with"], row["session_id"] or row["id"], row["invoice_id"], row["claim_id"])
    if row["kind"] == "payment" or row["of_kind"] == "payment":
        return (*kind, row["payment_id"])
    if "transfer" in kind:  # what left and what came in one act are two things
        return (*kind, row["posted_with"], row["cents"] < 0)
    return (*kind, row["posted_with"], row["payment_id"])


def line_of(
    group: Sequence[dict[str, Any]], unapplied: Mapping[int, int], *, undone: bool, remittance: int | None = None
) -> StatementLine:
    """The line that a group of entries makes."""
    first = group[0]
    kind, what, detail, undo = SAID[first["kind"]](group)
    alive = not undone and undo and remittance is None
    return StatementLine(
        key=f"entry-{first['id']}", kind=kind, effective_on=first["effective_on"], what=what, detail=detail,
        cents=sum(row["cents"] for row in group), session_id=one_of(group, "session_id"),
        invoice_id=one_of(group, "invoice_id"), claim_id=one_of(group, "claim_id"), payment_id=first["payment_id"],
        unapplied_cents=unapplied.get(first["payment_id"] or 0, 0) if kind == "payment" else 0,
        undo=undo if alive else "", undo_id=(first["payment_id"] if undo == "payment" else first["id"]) if alive else 0,
        undone=undone, remittance_id=remittance if undo and not undone else None, made_at=first["made_at"], by_name=first["by"] or "Sessionbook",
    )


def one_of(group: Sequence[dict[str, Any]], name: str) -> Any:
    """The one that all of them name, if it is one."""
    named = {row[name] for row in group}
    return named.pop() if len(named) == 1 else None


Said = tuple[Line, str, str, Undo]


def said_of_charge(group: Sequence[dict[str, Any]]) -> Said:
    """What was done, by its codes, and the document that asks for it."""
    first = group[0]
    if first["session_id"] is None:
        return "charge", first["reason"], "Charged by hand", "posting"
    codes = " + ".join(dict.fromkeys(row["code"] for row in group if row["code"]))
    what = ", ".join(part for part in (first["service"], codes) if part)
    return "charge", what or "Session", document_of(first) or "Share paid at the session", ""


def document_of(row: Mapping[str, Any]) -> str:
    """Invoice 2026-0003, or the insurance form."""
    return f"Invoice {row['invoice']}" if row["invoice"] else f"Insurance form {row['claim']}" if row["claim"] else ""


def said_of_payment(group: Sequence[dict[str, Any]]) -> Said:
    """How it was paid, with the check's number and the note."""
    first = group[0]
    refund = first["paid"] == "refund"
    how = METHODS.get(first["method"], first["method"]).lower()
    number = f" {first['reference']}" if first["reference"] else ""
    whom = f" of {first['payer_name']}" if first["payer_name"] else ""
    what = f"{'Refund' if refund else 'Payment'}{whom}, {how}{number}"
    return "refund" if refund else "payment", what, first["note"], "payment"


def said_of_adjustment(group: Sequence[dict[str, Any]]) -> Said:
    """A write-off, and why."""
    return "write_off", "Written off", group[0]["reason"], "posting"


CLIENT = "the client"


def said_of_transfer(group: Sequence[dict[str, Any]]) -> Said:
    """Money moved to the client, to the next insurer or back to the first; or what came so."""
    others = sorted({name for row in group for name in row.get("others", ())})
    whom = " and ".join(others) or "another account"
    if group[0]["cents"] < 0:
        what = f"Moved to {whom}"
    else:
        what = "Moved back from the client" if others == [CLIENT] else "Left by insurance"
    return "moved", what, group[0]["reason"], "posting"


async def other_ends(rows: Sequence[Mapping[str, Any]], payer_id: int | None) -> list[tuple[str, ...]]:
    """For each row of moved money, whose account is at the other end: same act and line, other sign; one query if any."""
    acts = {row["posted_with"] for row in rows if row["kind"] == "transfer"}
    found: dict[tuple[int, int | None, int | None], list[tuple[int, str]]] = {}
    ends = LedgerEntry.filter(posted_with_id__in=list(acts), kind="transfer")
    wanted = ("posted_with_id", "client_id", "charge_line_id", "cents", "payer_id", "payer__name")
    for act, client, line, cents, payer, name in await ends.values_list(*wanted) if acts else ():
        if payer != payer_id:
            found.setdefault((act, client, line), []).append((cents, name or CLIENT))
    return [_fitting(row["cents"], found.get((row["posted_with"], row["client_id"], row["line"]), ())) for row in rows]


def _fitting(cents: int, ends: Collection[tuple[int, str]]) -> tuple[str, ...]:
    """Those of the very amount, else all that have the other sign: an amount may have come from several items."""
    exact = {name for other, name in ends if other == -cents}
    return tuple(exact or {name for other, name in ends if other * cents < 0})


def said_of_allocation(group: Sequence[dict[str, Any]]) -> Said:
    """What a payment on another account paid here, or this account's payment elsewhere."""
    first = group[0]
    if sum(row["cents"] for row in group) > 0 and first["paid_by_id"] == first["client_id"]:
        return "applied", "Used on another account", document_of(first), ""
    whose = first["payer_name"] or first["paid_by"] or "another account"
    return "applied", f"Paid by {whose}", document_of(first), ""


def said_of_reversal(group: Sequence[dict[str, Any]]) -> Said:
    """What was taken back, and why."""
    first = group[0]
    taken = {"payment": "Payment", "adjustment": "Write-off", "transfer": "Move", "charge": "Charge"}[first["of_kind"]]
    if first["of_kind"] == "payment" and first["paid"] == "refund":
        taken = "Refund"
    void = document_of(first)
    what = f"{void} voided" if first["of_kind"] == "charge" and void else f"{taken} taken back"
    return "taken_back", what, first["reason"], ""


SAID = {
    "charge": said_of_charge, "payment": said_of_payment, "adjustment": said_of_adjustment, "transfer": said_of_transfer,
    "allocation": said_of_allocation, "reversal": said_of_reversal,
}
