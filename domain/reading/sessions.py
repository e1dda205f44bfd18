"""Client sessions as lists show them, and one session as its editor needs it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.billing_rule import Billing
from domain.client_sessions import LineDraft, PaymentDraft, SessionDraft
from domain.errors import NotFound
from domain.reading.who_pays import WhoPays, who_pays
from storage.models import ChargeLine, ClientSession, Payer, SessionPayment


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A client session in a list. `codes` reads as people write it: 90832 + 90785, or 90834 · 95."""

    id: int
    client_id: int
    client_name: str
    provider_id: int
    provider_name: str
    starts_at: datetime
    day: date
    service_code: str
    service_code_name: str
    service_code_color: str
    codes: str
    amount_cents: int
    billing: Billing
    payer_name: str
    status: str
    held_reason: str
    appointment_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFilter:
    """Which sessions; None and empty mean all. Days are inclusive."""

    start: date | None = None
    end: date | None = None
    provider_id: int | None = None
    client_id: int | None = None
    client_text: str = ""
    status: str = ""

    def as_query(self) -> dict[str, Any]:
        """The same in the ORM's words."""
        asked: dict[str, Any] = {"undone_at": None}
        if self.start:
            asked["day__gte"] = self.start
        if self.end:
            asked["day__lte"] = self.end
        if self.client_text.strip():
            asked["client__name__icontains"] = self.client_text.strip()
        exact = {"provider_id": self.provider_id, "client_id": self.client_id, "status": self.status}
        return asked | {name: value for name, value in exact.items() if value}


WANTED = {
    "id": "id", "client_id": "client_id", "client_name": "client__name", "provider_id": "provider_id",
    "first_name": "provider__first_name", "last_name": "provider__last_name", "starts_at": "starts_at", "day": "day",
    "service_code": "service_code__code", "service_code_name": "service_code__name",
    "service_code_color": "service_code__color", "status": "status", "held_reason": "held_reason",
    "bill_to": "bill_to", "pays_without_insurance": "client__pays_without_insurance",
    "appointment_id": "attendance__appointment_id",
}


def codes_text(lines: Sequence[tuple[str, str]], *, units: Sequence[int] = ()) -> str:
    """Codes with their modifiers, as written in lists: 90832 + 90785, 90834 · 95; given units, 90837 × 2."""
    return " + ".join(
        " · ".join([code, *(m for m in modifiers.split(",") if m)]) + (f" × {count}" if count != 1 else "")
        for (code, modifiers), count in zip(lines, units or [1] * len(lines), strict=True)
    )


async def count(asked: SessionFilter, *, seen_by: SignedIn) -> int:
    """How many sessions the filter holds."""
    await access.require(seen_by)
    return await ClientSession.filter(**asked.as_query()).count()


async def listed(
    asked: SessionFilter, *, seen_by: SignedIn, limit: int = 300, offset: int = 0
) -> list[SessionLine]:
    """The filter's sessions, latest first; six queries whatever it holds."""
    await access.require(seen_by)
    rows = ClientSession.filter(**asked.as_query()).order_by("-starts_at", "-id").limit(limit).offset(offset)
    return await _lines(await rows.values(**WANTED))


async def some(ids: Collection[int], *, seen_by: SignedIn) -> list[SessionLine]:
    """These sessions as they stand now; removed ones are left out."""
    await access.require(seen_by)
    return await _lines(await ClientSession.filter(id__in=list(ids), undone_at=None).values(**WANTED))


async def _lines(rows: list[dict[str, Any]]) -> list[SessionLine]:
    charges: dict[int, list[tuple[str, str, int, bool]]] = {}
    wanted = ("session_id", "code", "modifiers", "fee_cents", "units", "client_only")
    for session, code, modifiers, fee, units, only in await ChargeLine.filter(
        session_id__in=[row["id"] for row in rows]
    ).order_by("position").values_list(*wanted):
        charges.setdefault(session, []).append((code, modifiers, fee * units, bool(only)))
    paying = await who_pays({row["client_id"] for row in rows})
    payers = dict(await Payer.all().values_list("id", "name"))
    return [_line(row, charges.get(row["id"], []), paying, payers) for row in rows]


def _line(
    row: dict[str, Any], charges: list[tuple[str, str, int, bool]], paying: WhoPays, payers: Mapping[int, str],
) -> SessionLine:
    billing = paying.of(
        row["client_id"], day=row["day"], bill_to=row.pop("bill_to"), provider_id=row["provider_id"],
        session_id=row["id"], issued=row["status"] == "invoiced", insurable=any(not only for *_, only in charges),
        pays_without_insurance=bool(row.pop("pays_without_insurance")),
    )
    for part in ("service_code", "service_code_name", "service_code_color"):
        row[part] = row[part] or ""
    name = f"{row.pop('first_name')} {row.pop('last_name')}".strip()
    return SessionLine(
        **row,
        provider_name=name,
        codes=codes_text([(code, modifiers) for code, modifiers, *_ in charges]),
        amount_cents=sum(cents for _, _, cents, _ in charges),
        billing=billing, payer_name=payers.get(billing.payer_id or 0, ""),
    )


async def draft_of(session_id: int, *, seen_by: SignedIn) -> SessionDraft:
    """One session as an editor needs it. Raises NotFound when it was removed."""
    await access.require(seen_by)
    session = await ClientSession.get_or_none(id=session_id, undone_at=None)
    if session is None:
        raise NotFound(what=f"Session {session_id}")
    lines = await ChargeLine.filter(session_id=session_id).order_by("position")
    payments = await SessionPayment.filter(session_id=session_id).order_by("id")
    same = ("id", "version", "client_id", "provider_id", "location_id", "service_code_id", "starts_at", "ends_at",
            "held_as", "client_at_home", "place_of_service", "bill_to", "authorization_number", "note", "held_reason")
    return SessionDraft(
        **{name: getattr(session, name) for name in same},
        lines=[LineDraft(line.code, line.description, line.units, line.modifiers, line.fee_cents, line.pointers,
                         line.client_only, line.billing_code_id) for line in lines],  # type: ignore[attr-defined]
        payments=[PaymentDraft(p.received_on, p.method, p.cents) for p in payments],
        from_appointment=session.attendance_id is not None,  # type: ignore[attr-defined]
        invoiced=session.status == "invoiced",
    )
