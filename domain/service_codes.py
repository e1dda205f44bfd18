"""Service Codes: the short colored codes on the calendar, and the Billing Codes each of them bills, in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain import access, masters
from domain.access import SignedIn
from domain.checks import Findings, tidy
from domain.codes import check_minutes
from domain.errors import FieldRefused, NotFound
from domain.masters import Master, Use
from storage.models import (
    Appointment,
    Attendance,
    BillingCode,
    ClientSession,
    ServiceCode,
    ServiceCodeLine,
)
from storage.transactions import one_transaction
from storage.versions import keep_at_version

SERVICE_CODE = Master(ServiceCode, "service_code", "Service Code", (
    Use(Appointment, "service_code_id", "appointment"),
    Use(Attendance, "service_code_id", ""),
    Use(ClientSession, "service_code_id", "session"),
))  # fmt: skip
COLORS = (
    "Sky", "Blue", "Iris", "Plum", "Rose", "Brick", "Amber", "Olive", "Fern", "Teal", "Cocoa", "Slate",
)  # fmt: skip
LONGEST_CODE, MOST_LINES = 6, 6  # a CMS-1500 has six lines, and the lines of one session never part


@dataclass(slots=True)
class ServiceCodeDraft:
    """A Service Code being edited; `billing_codes` are ids, in the order they are billed."""

    id: int | None = None
    version: int = 1
    code: str = ""
    name: str = ""
    color: str = "Sky"
    billable: bool = True
    default_minutes: int | None = 50
    billing_codes: list[int] = field(default_factory=list)


async def draft_of_service_code(service_code_id: int, *, seen_by: SignedIn) -> ServiceCodeDraft:
    """A Service Code as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await ServiceCode.get_or_none(id=service_code_id)
    if row is None:
        raise NotFound(what=SERVICE_CODE.what)
    lines = await ServiceCodeLine.filter(service_code_id=row.id).order_by("position").values_list("billing_code_id")
    return ServiceCodeDraft(
        id=row.id, version=row.version, code=row.code, name=row.name, color=row.color, billable=row.billable,
        default_minutes=row.default_minutes, billing_codes=[line[0] for line in lines],
    )  # fmt: skip


def next_color(used: Iterable[str]) -> str:
    """The color a new Service Code starts with: the first not used yet, or of the least used the first."""
    counted = Counter(used)
    return min(COLORS, key=lambda color: counted[color])


def service_code_findings(draft: ServiceCodeDraft) -> Findings:
    """What is wrong with a Service Code by itself."""
    found, code = Findings(), draft.code.strip().upper()
    found.required("code", code, "Type a short code, like IN60.")
    if code and not re.fullmatch(rf"[A-Z0-9][A-Z0-9-]{{0,{LONGEST_CODE - 1}}}", code):
        found.note("code", f"Use at most {LONGEST_CODE} letters and digits, without spaces.")
    found.required("name", draft.name, "Type a name, like Individual 60.")
    if draft.color not in COLORS:
        found.note("color", "Choose one of the twelve colors.")
    check_minutes(found, draft.default_minutes)
    if len(draft.billing_codes) > MOST_LINES:
        found.note("billing_codes", f"A Service Code bills at most {MOST_LINES} Billing Codes.")
    if len(set(draft.billing_codes)) < len(draft.billing_codes):
        found.note("billing_codes", "The same Billing Code stands twice. Take one out; units say how often it counts.")
    return found


async def keep_service_code(draft: ServiceCodeDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change a Service Code and what it bills; sessions made before stay as they were made."""
    async with one_transaction() as changes:
        await access.require(by)
        found, code = service_code_findings(draft), draft.code.strip().upper()
        if await service_code_taken(code, except_for=draft.id):
            found.note("code", f"{code} is taken. Choose another.")
        if await BillingCode.filter(id__in=draft.billing_codes or [0]).count() != len(set(draft.billing_codes)):
            found.note("billing_codes", "A Billing Code was deleted meanwhile. Take it out.")
        found.refuse()
        values = {
            "code": code, "name": tidy(draft.name), "color": draft.color, "billable": draft.billable,
            "default_minutes": draft.default_minutes,
        }  # fmt: skip
        kept = await masters.keep(SERVICE_CODE, draft, values, changes, by=by, now=now)
        await keep_lines(kept, draft.billing_codes)
        return kept


async def keep_lines(service_code_id: int, billing_codes: Sequence[int]) -> None:
    """Write the ordered Billing Codes anew, if they changed."""
    have = await ServiceCodeLine.filter(service_code_id=service_code_id).order_by("position")
    if [line.billing_code_id for line in have] == list(billing_codes):  # type: ignore[attr-defined]
        return
    await ServiceCodeLine.filter(service_code_id=service_code_id).delete()
    await ServiceCodeLine.bulk_create([
        ServiceCodeLine(service_code_id=service_code_id, position=position, billing_code_id=billing_code)
        for position, billing_code in enumerate(billing_codes, 1)
    ])


async def service_code_taken(code: str, *, except_for: int | None) -> bool:
    """Whether another Service Code in use is written the same."""
    return await ServiceCode.filter(code=code, archived_at=None).exclude(id=except_for or 0).exists()


async def set_color(service_code_id: int, color: str, *, by: SignedIn, now: datetime) -> None:
    """Give a Service Code another of the twelve colors (from the calendar's legend)."""
    if color not in COLORS:
        raise FieldRefused(at="color", sentence="Choose one of the twelve colors.")
    async with one_transaction() as changes:
        await access.require(by)
        row = await ServiceCode.get_or_none(id=service_code_id)
        if row is None:
            raise NotFound(what=SERVICE_CODE.what)
        await keep_at_version(ServiceCode, row.id, row.version, color=color)
        await access.audit(by, "colored a Service Code", "service_code", [row.id], at=now)
        changes.add("service_code", [row.id])


async def archive_service_code(service_code_id: int, *, by: SignedIn, now: datetime) -> None:
    """Retire a Service Code; appointments keep it."""
    await masters.archive(SERVICE_CODE, service_code_id, by=by, now=now)


async def restore_service_code(service_code_id: int, *, by: SignedIn, now: datetime) -> None:
    """Offer a retired Service Code again, unless another has taken its letters."""
    async with one_transaction():
        await access.require(by)
        row = await ServiceCode.get_or_none(id=service_code_id)
        if row is not None and await service_code_taken(row.code, except_for=row.id):
            raise FieldRefused(at="code", sentence=f"Another Service Code {row.code} is in use. Retire that one first.")
        await masters.restore(SERVICE_CODE, service_code_id, by=by, now=now)


async def delete_service_code(service_code_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a Service Code that nothing has used yet. Raises InUse."""
    await masters.delete(SERVICE_CODE, service_code_id, by=by, now=now)
