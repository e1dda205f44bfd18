"""Staff accounts, who is signed in, and the record of who did what."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import InstantField
from storage.models.base import Record


class Staff(Record):
    """A person who signs in. A removed account keeps its row, since the audit names it."""

    name = fields.TextField()
    email = fields.TextField()  # kept in lower case; unique among accounts not removed
    password_hash = fields.TextField()
    is_owner = fields.BooleanField(default=False)
    theme = fields.TextField(default="auto")  # auto, light or dark
    letter_keys = fields.BooleanField(default=True)
    created_at = InstantField()
    removed_at = InstantField(null=True)

    class Meta:
        table = "staff"


class SignIn(Model):
    """One signed-in browser. Only the hash of its token is kept."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField("models.Staff", related_name="sign_ins")
    token_hash = fields.TextField()
    created_at = InstantField()
    expires_at = InstantField()
    ended_at = InstantField(null=True)

    class Meta:
        table = "sign_in"


class AuditEntry(Model):
    """Who did what, when and why. Ids only: names are looked up where it is read."""

    id = fields.BigIntField(primary_key=True)
    at = InstantField()
    by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField("models.Staff", null=True, related_name="acts")
    act = fields.TextField()
    subject = fields.TextField()
    subject_ids = fields.TextField()  # comma-separated
    reason = fields.TextField(default="")

    class Meta:
        table = "audit_entry"
