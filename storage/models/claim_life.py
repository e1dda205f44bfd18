"""What becomes of a claim by hand: those that follow it, dated notes, and denials mended together."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import DayField, InstantField
from storage.models.accounts import Staff
from storage.models.billing import Batch, Claim
from storage.models.practice import Payer


class ClaimFollow(Model):
    """That a claim was made to follow an earlier one; not `live` once it was taken back."""

    id = fields.BigIntField(primary_key=True)
    claim: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="follows")
    earlier: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="followed_by")
    how = fields.TextField()  # resent (as original), replacement (7), void (8), secondary
    live = fields.BooleanField(default=True)
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )

    class Meta:
        table = "claim_follow"


class ClaimNote(Model):
    """What a person did or heard about a claim, and when to look again; taken back with a reason, never changed."""

    id = fields.BigIntField(primary_key=True)
    claim: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="notes")
    kind = fields.TextField(default="note")  # note, appeal, reopening, closed
    words = fields.TextField(default="")
    reference = fields.TextField(default="")  # the payer's number of the call or letter
    on_day = DayField()
    next_look_on = DayField(null=True)
    noted_at = InstantField()
    noted_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    undone_at = InstantField(null=True)
    undone_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    undone_reason = fields.TextField(default="")

    class Meta:
        table = "claim_note"


class ClaimMending(Model):
    """One fault of a payer's rule mended in all its claims at once; `lines` is JSON, the modifiers as they were."""

    id = fields.BigIntField(primary_key=True)
    payer: fields.ForeignKeyRelation[Payer] = fields.ForeignKeyField("models.Payer", related_name="mendings")
    before = fields.TextField(default="")
    after = fields.TextField(default="")
    lines = fields.TextField(default="[]")
    batch: fields.ForeignKeyNullableRelation[Batch] = fields.ForeignKeyField(
        "models.Batch", null=True, related_name="mendings"
    )
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    undone_at = InstantField(null=True)
    undone_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    undone_reason = fields.TextField(default="")

    class Meta:
        table = "claim_mending"
