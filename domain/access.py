"""Who is signed in, and the record of who did what. Every service asks here, inside its transaction."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import FieldRefused, NotSignedIn, TooManyTries, WrongPassword
from storage.models import AuditEntry, SignIn, Staff
from storage.transactions import one_transaction

TRIES, WAIT = 5, timedelta(minutes=5)
SHORT_VISIT, WHOLE_DAY = timedelta(hours=12), timedelta(days=30)
SHORTEST_PASSWORD = 10

_hasher = PasswordHasher()
_nobody = _hasher.hash(secrets.token_hex())  # checked for unknown e-mails, so that both refusals take as long
_wrong: dict[str, list[datetime]] = {}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person a browser belongs to, and the sign-in row that says so."""

    staff_id: int | None
    sign_in_id: int | None
    name: str


SYSTEM = SignedIn(None, None, "Sessionbook")


async def require(by: SignedIn) -> None:
    """Refuse (NotSignedIn) unless the sign-in is open and the account not removed: asked of the database each time."""
    if by is SYSTEM:
        return
    open_ = SignIn.filter(id=by.sign_in_id, ended_at=None, staff_id=by.staff_id, staff__removed_at=None)
    if not await open_.exists():
        raise NotSignedIn


async def audit(by: SignedIn, act: str, subject: str, ids: Iterable[int], *, at: datetime, reason: str = "") -> None:
    """Write down who did what; ids only."""
    listed = ",".join(map(str, ids))
    await AuditEntry.create(at=at, by_id=by.staff_id, act=act, subject=subject, subject_ids=listed, reason=reason)


def hashed(token: str) -> str:
    """What is kept of a sign-in token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def hash_password(password: str) -> str:
    """An argon2 hash, made off the event loop. Raises FieldRefused for a short password."""
    if len(password) < SHORTEST_PASSWORD:
        raise FieldRefused(at="password", sentence=f"Use at least {SHORTEST_PASSWORD} characters for the password.")
    return await asyncio.to_thread(_hasher.hash, password)


async def sign_in(email: str, password: str, *, keep: bool = False, now: datetime) -> str:
    """Open a sign-in and return its token (for the session cookie). Raises WrongPassword or TooManyTries."""
    email = email.strip().lower()
    refuse_after_many(email, now)
    staff = await Staff.get_or_none(email=email, removed_at=None)
    if not await asyncio.to_thread(fits, staff.password_hash if staff else _nobody, password) or staff is None:
        _wrong.setdefault(email, []).append(now)
        raise WrongPassword
    _wrong.pop(email, None)
    token = secrets.token_urlsafe(32)
    ends = now + (WHOLE_DAY if keep else SHORT_VISIT)
    await SignIn.create(staff=staff, token_hash=hashed(token), created_at=now, expires_at=ends)
    return token


def fits(known: str, password: str) -> bool:
    """Whether a password belongs to a hash."""
    try:
        return _hasher.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False


def refuse_after_many(email: str, now: datetime) -> None:
    """Slow down guessing: five wrong tries close the door for five minutes."""
    recent = [tried for tried in _wrong.get(email, []) if now - tried < WAIT]
    _wrong[email] = recent
    if len(recent) >= TRIES:
        raise TooManyTries(minutes=WAIT.seconds // 60)


async def who(token: str | None, *, now: datetime) -> SignedIn | None:
    """Whose browser this is, or None when signed out, expired or removed."""
    if not token:
        return None
    row = await SignIn.get_or_none(
        token_hash=hashed(token), ended_at=None, expires_at__gt=now, staff__removed_at=None
    ).select_related("staff")
    return SignedIn(row.staff.id, row.id, row.staff.name) if row else None


async def sign_out(by: SignedIn, *, now: datetime) -> None:
    """End this browser's sign-in; its other tabs hear of it."""
    async with one_transaction() as changes:
        await SignIn.filter(id=by.sign_in_id, ended_at=None).update(ended_at=now)
        changes.add("sign_in", [by.sign_in_id] if by.sign_in_id else [])
