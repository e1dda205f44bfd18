"""Staff accounts: who may sign in, added and removed, and their passwords."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from domain import access
from domain.access import SignedIn, fits, hash_password
from domain.checks import EMAIL, Findings, tidy
from domain.errors import ChangedMeanwhile, FieldRefused, NotFound, PracticeError
from storage.changes import Changes
from storage.models import SignIn, Staff
from storage.transactions import one_transaction
from storage.versions import keep_at_version

WHAT = "This staff account"


class LastOwner(PracticeError):
    """A practice without an owner could never be let back in."""

    sentence = "{name} is the only owner. Make someone else an owner first."


class OwnersOnly(PracticeError):
    """Something that would let staff become owners by themselves."""

    sentence = "Only an owner can do this. Ask {owners}."


@dataclass(slots=True)
class StaffDraft:
    """A staff account being added or edited; the password is asked for new accounts only."""

    id: int | None = None
    version: int = 1
    name: str = ""
    email: str = ""
    is_owner: bool = False
    password: str = ""


async def draft_of_staff(staff_id: int, *, seen_by: SignedIn) -> StaffDraft:
    """An account as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await present(staff_id)
    return StaffDraft(id=row.id, version=row.version, name=row.name, email=row.email, is_owner=row.is_owner)


async def add_staff(draft: StaffDraft, *, by: SignedIn, now: datetime) -> int:
    """Let somebody sign in, with a first password."""
    found = await staff_findings(draft)
    if len(draft.password) < access.SHORTEST_PASSWORD:
        found.note("password", f"Use at least {access.SHORTEST_PASSWORD} characters for the password.")
    found.refuse()
    password_hash = await hash_password(draft.password)
    async with one_transaction() as changes:
        await access.require(by)
        (await staff_findings(draft)).refuse()
        if draft.is_owner:
            await require_owner(by)
        row = await Staff.create(
            name=tidy(draft.name), email=draft.email.strip().lower(), password_hash=password_hash,
            is_owner=draft.is_owner, created_at=now,
        )  # fmt: skip
        await noted(changes, "added a staff account", row.id, by=by, now=now)
        return int(row.id)


async def keep_staff(draft: StaffDraft, *, by: SignedIn, now: datetime) -> int:
    """Change a name, an e-mail or who is an owner. Raises LastOwner, OwnersOnly or ChangedMeanwhile."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await present(draft.id or 0)
        (await staff_findings(draft)).refuse()
        if row.is_owner != draft.is_owner:
            await require_owner(by)
        if row.is_owner and not draft.is_owner:
            await refuse_last_owner(row)
        values = {"name": tidy(draft.name), "email": draft.email.strip().lower(), "is_owner": draft.is_owner}
        if not await keep_at_version(Staff, row.id, draft.version, **values):
            raise ChangedMeanwhile(what=WHAT)
        await noted(changes, "changed a staff account", row.id, by=by, now=now)
        return int(row.id)


async def staff_findings(draft: StaffDraft) -> Findings:
    """What is wrong with an account's fields."""
    found, email = Findings(), draft.email.strip().lower()
    found.required("name", draft.name, "Type the person's name.")
    found.required("email", email, "Type an email address; the person signs in with it.")
    found.fits("email", email, EMAIL)
    if await Staff.filter(email=email, removed_at=None).exclude(id=draft.id or 0).exists():
        found.note("email", "Another account has this email address.")
    return found


async def remove_staff(staff_id: int, *, by: SignedIn, now: datetime) -> None:
    """Close an account and end its sign-ins in every browser. Raises LastOwner or OwnersOnly."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await present(staff_id)
        if row.is_owner:
            await require_owner(by)
            await refuse_last_owner(row)
        await keep_at_version(Staff, row.id, row.version, removed_at=now)
        await end_sign_ins(row.id, changes, now=now)
        await noted(changes, "removed a staff account", row.id, by=by, now=now)


async def change_password(old: str, new: str, *, by: SignedIn, now: datetime) -> None:
    """Change one's own password; one's other browsers are signed out."""
    await access.require(by)
    row = await present(by.staff_id or 0)
    if not await asyncio.to_thread(fits, row.password_hash, old):
        raise FieldRefused(at="old_password", sentence="This is not your password now. Type it again.")
    await write_password(row, new, "changed their password", by=by, now=now)


async def give_password(staff_id: int, new: str, *, by: SignedIn, now: datetime) -> None:
    """An owner gives somebody a new password; that person is signed out everywhere. Raises OwnersOnly."""
    await access.require(by)
    await require_owner(by)
    await write_password(await present(staff_id), new, "gave a new password", by=by, now=now)


async def write_password(row: Staff, new: str, act: str, *, by: SignedIn, now: datetime) -> None:
    """Keep the new hash, and end every sign-in but the one that asked."""
    password_hash = await hash_password(new)
    async with one_transaction() as changes:
        await access.require(by)
        if not await keep_at_version(Staff, row.id, row.version, password_hash=password_hash):
            raise ChangedMeanwhile(what=WHAT)
        await end_sign_ins(row.id, changes, now=now, but=by.sign_in_id)
        await noted(changes, act, row.id, by=by, now=now)


async def end_sign_ins(staff_id: int, changes: Changes, *, now: datetime, but: int | None = None) -> None:
    """Sign a person out in every browser; each open page hears of it."""
    open_ = await SignIn.filter(staff_id=staff_id, ended_at=None).exclude(id=but or 0)
    await SignIn.filter(id__in=[one.id for one in open_] or [0]).update(ended_at=now)
    changes.add("sign_in", [one.id for one in open_])


async def present(staff_id: int) -> Staff:
    """An account that was not removed. Raises NotFound."""
    row = await Staff.get_or_none(id=staff_id, removed_at=None)
    if row is None:
        raise NotFound(what=WHAT)
    return row


async def require_owner(by: SignedIn) -> None:
    """Raises OwnersOnly, naming the owners, for anybody else."""
    owners = await Staff.filter(is_owner=True, removed_at=None).order_by("name")
    if by is not access.SYSTEM and by.staff_id not in [owner.id for owner in owners]:
        raise OwnersOnly(owners=" or ".join(owner.name for owner in owners))


async def refuse_last_owner(row: Staff) -> None:
    """Raises LastOwner when nobody else could be one."""
    if not await Staff.filter(is_owner=True, removed_at=None).exclude(id=row.id).exists():
        raise LastOwner(name=row.name)


async def noted(changes: Changes, act: str, staff_id: int, *, by: SignedIn, now: datetime) -> None:
    """Write the audit entry and remember the announcement."""
    await access.audit(by, act, "staff", [staff_id], at=now)
    changes.add("staff", [staff_id])
