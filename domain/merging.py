"""Merging two records of one person: everything moves to the one that is kept; issued documents keep what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from tortoise.expressions import F

from domain import access
from domain.access import SignedIn
from domain.billing_rule import Cover
from domain.clients import CLIENT, present
from domain.diagnoses import follow
from domain.errors import FieldRefused, NotFound, PracticeError
from domain.policies import overlap
from storage.changes import Changes
from storage.models import (
    Appointment,
    Attendance,
    BillTo,
    Claim,
    Client,
    ClientSession,
    Diagnosis,
    Fee,
    Invoice,
    LedgerEntry,
    OpeningBalance,
    Payment,
    Policy,
    PriorAuthorization,
    StatementClient,
)
from storage.transactions import one_transaction

# Fields that belong together: taken from the other record only where the kept one has none of them.
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("street", "street2", "city", "state", "zip"),
    ("insurer_first_name", "insurer_middle_name", "insurer_last_name", "insurer_suffix"),
    ("insurer_sex",), ("pronouns",), ("birth_date",), ("phone",), ("phone2",), ("email",), ("default_provider_id",),
    ("release_signed_on",), ("assignment_signed_on",), ("onset_on", "onset_qualifier"),
    ("referrer_first_name", "referrer_last_name", "referrer_npi"), ("import_key",),
)  # fmt: skip


class BothBilled(PracticeError):
    """Both records were billed for the same appointment: one of the two sessions must go first."""

    sentence = (
        "Both records were billed for the appointment on {day} (sessions {one} and {other}). "
        "Remove one of these sessions, then merge. Nothing was changed."
    )
    field = "other"


@dataclass(frozen=True, slots=True)
class Merged:
    """What moved, for the sentence afterwards."""

    kept: int
    appointments: int
    sessions: int
    documents: int
    policies: int


async def merge_clients(keep: int, other: int, *, by: SignedIn, now: datetime) -> Merged:
    """Move all of `other` to `keep` and archive `other`. Raises BothBilled, FieldRefused or NotFound."""
    async with one_transaction() as changes:
        await access.require(by)
        kept, gone = await two_records(keep, other)
        appointments = await move_attendances(keep, other, changes)
        await move_diagnoses(keep, other, changes)  # while the sessions still tell whose list their letters mean
        sessions = await moved(ClientSession, other, keep, "session", changes)
        policies = await move_policies(keep, other, changes)
        invoices = await moved(Invoice, other, keep, "invoice", changes)
        claims = await moved(Claim, other, keep, "claim", changes)
        await move_sliding_fees(keep, other)
        await move_opening_balances(keep, other)
        for books in (Payment, LedgerEntry):
            await books.filter(client_id=other).update(client_id=keep)
        await move_statements(keep, other)
        changes.add("account", [keep, other])
        if not await BillTo.filter(client_id=keep).exists():
            await BillTo.filter(client_id=other).update(client_id=keep)
        await fill_gaps(kept, gone)
        await Client.filter(merged_into_id=other).update(merged_into_id=keep)
        await Client.filter(id=other).update(merged_into_id=keep, archived_at=now, version=F("version") + 1)
        await access.audit(by, "merged two clients", "client", [keep, other], at=now)
        changes.add("client", [keep, other])
        return Merged(keep, appointments, len(sessions), len(invoices) + len(claims), policies)


async def two_records(keep: int, other: int) -> tuple[Client, Client]:
    """The two rows, refused when they are one or already merged."""
    if keep == other:
        raise FieldRefused(at="other", sentence="Choose another record: this is the same one.")
    kept, gone = await present(keep), await present(other)
    if kept.merged_into_id is not None or gone.merged_into_id is not None:  # type: ignore[attr-defined]
        raise NotFound(what=CLIENT.what)
    return kept, gone


async def moved(model: Any, other: int, keep: int, subject: str, changes: Changes) -> list[int]:
    """Give rows of the other record to the kept one; returns their ids."""
    ids = [row[0] for row in await model.filter(client_id=other).values_list("id")]
    await model.filter(client_id=other).update(client_id=keep)
    changes.add(subject, ids)
    return ids


async def move_sliding_fees(keep: int, other: int) -> None:
    """The other record's sliding-scale fees; of a code and day that both have, the kept one's stays."""
    have = set(await Fee.filter(client_id=keep).values_list("billing_code_id", "starts_on"))
    rows = await Fee.filter(client_id=other).values_list("id", "billing_code_id", "starts_on")
    await Fee.filter(id__in=[key for key, *of in rows if tuple(of) not in have]).update(client_id=keep)
    await Fee.filter(client_id=other).delete()


async def move_opening_balances(keep: int, other: int) -> None:
    """The note of what was brought forward; of an account and day that both have, the kept one's note is enough."""
    have = set(await OpeningBalance.filter(client_id=keep, taken_back_at=None).values_list("payer_id", "as_of"))
    rows = await OpeningBalance.filter(client_id=other, taken_back_at=None).values_list("id", "payer_id", "as_of")
    await OpeningBalance.filter(id__in=[key for key, *of in rows if tuple(of) in have]).delete()
    await OpeningBalance.filter(client_id=other).update(client_id=keep)


async def move_attendances(keep: int, other: int, changes: Changes) -> int:
    """Give the other record's visits to the kept one; where both were at one appointment, one visit stays."""
    rows = await Attendance.filter(client_id__in=[keep, other]).order_by("appointment_id", "id")
    touched: set[int] = set()
    for appointment, group in groupby(rows, key=lambda row: row.appointment_id):
        both = list(group)
        if len(both) == 2:
            await make_one(both, keep)
            touched.add(appointment)
        elif both[0].client_id == other:
            touched.add(appointment)
    await Attendance.filter(client_id=other).update(client_id=keep)
    # An editor that is open on one of them must not write the old client back.
    await Appointment.filter(id__in=touched or {0}).update(version=F("version") + 1)
    changes.add("appointment", touched)
    return len(touched)


async def make_one(both: Sequence[Attendance], keep: int) -> None:
    """Of two visits at one appointment keep the billed one, else the kept record's, with the more telling status."""
    sessions = await ClientSession.filter(attendance_id__in=[one.id for one in both]).order_by("id")
    live = [session for session in sessions if session.undone_at is None]
    if len(live) == 2:
        raise BothBilled(day=f"{live[0].day:%b} {live[0].day.day}", one=live[0].id, other=live[1].id)
    billed = {session.attendance_id for session in live}  # type: ignore[attr-defined]
    first = sorted(both, key=lambda one: (one.id not in billed, one.client_id != keep))
    stays, goes = first
    await ClientSession.filter(attendance_id=goes.id).update(attendance_id=stays.id)
    if stays.status == "scheduled":
        stays.status = goes.status
    stays.participant = stays.participant and goes.participant
    if stays.service_code_id is None:
        stays.service_code_id = goes.service_code_id
    await Payment.filter(attendance_id=goes.id).update(attendance_id=stays.id)
    await goes.delete()
    stays.client_id = keep
    await stays.save()


async def move_diagnoses(keep: int, other: int, changes: Changes) -> None:
    """Put the other record's diagnoses behind the kept one's, each once; waiting lines point to the same as before."""
    have = [row.code for row in await Diagnosis.filter(client_id=keep).order_by("position", "id")]
    theirs = await Diagnosis.filter(client_id=other).order_by("position", "id")
    added = [row for row in theirs if row.code not in have]
    after = [*have, *(row.code for row in added)]
    await Diagnosis.filter(client_id=other).exclude(id__in=[row.id for row in added] or [0]).delete()
    for position, row in enumerate(added, len(have) + 1):
        await Diagnosis.filter(id=row.id).update(client_id=keep, position=position)
    await follow([other], [row.code for row in theirs], after, changes)


async def move_statements(keep: int, other: int) -> None:
    """Statements made show the kept record's account too; one that shows both already is left as it is."""
    both = await StatementClient.filter(client_id=keep).values_list("statement_id", flat=True)
    await StatementClient.filter(client_id=other, statement_id__in=list(both)).delete()
    await StatementClient.filter(client_id=other).update(client_id=keep)


async def move_policies(keep: int, other: int, changes: Changes) -> int:
    """Give the other record's policies to the kept one; the same cover written twice becomes one."""
    have = await Policy.filter(client_id=keep)
    theirs = await Policy.filter(client_id=other)
    for policy in theirs:
        twin = next((one for one in have if same_cover(one, policy)), None)
        if twin is None:
            await Policy.filter(id=policy.id).update(client_id=keep, version=F("version") + 1)
        else:
            await Claim.filter(policy_id=policy.id).update(policy_id=twin.id)
            await LedgerEntry.filter(policy_id=policy.id).update(policy_id=twin.id)
            await PriorAuthorization.filter(policy_id=policy.id).update(policy_id=twin.id, version=F("version") + 1)
            await policy.delete()
    changes.add("policy", [policy.id for policy in theirs])
    return len(theirs)


def same_cover(one: Policy, other: Policy) -> bool:
    """Whether two policies are one: same payer, rank and member, in force on a same day."""
    alike = all(getattr(one, at) == getattr(other, at) for at in ("payer_id", "rank", "member_id"))
    return alike and overlap(cover_of(one), cover_of(other))


def cover_of(policy: Policy) -> Cover:
    """What the billing rule looks at."""
    return Cover(
        id=policy.id, payer_id=policy.payer_id, rank=policy.rank,  # type: ignore[attr-defined]
        starts_on=policy.starts_on, ends_on=policy.ends_on,
    )  # fmt: skip


async def fill_gaps(kept: Client, gone: Client) -> None:
    """Take from the other record what the kept one does not say, and write its note below."""
    taken = {
        name: getattr(gone, name)
        for group in TOGETHER
        if not any(getattr(kept, name) for name in group if name != "onset_qualifier")
        for name in group
    }
    note = "\n\n".join(dict.fromkeys(text for text in (kept.note, gone.note) if text))
    await Client.filter(id=kept.id).update(**taken, note=note, version=F("version") + 1)
