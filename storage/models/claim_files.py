"""Claims on their way: the files written, and when and how each claim went out."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField, InstantField
from storage.models.accounts import Staff
from storage.models.billing import Claim


class ClaimFile(Model):
    """An 837P as it was written, with its control numbers; `usage` is T(est) or P(roduction)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    content = fields.BinaryField()
    sha256 = fields.TextField()
    usage = fields.TextField()
    interchange_control = fields.BigIntField()
    group_control = fields.BigIntField()
    set_control = fields.BigIntField()
    claims = fields.BigIntField()
    total_cents = CentsField()
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )

    class Meta:
        table = "claim_file"


class ClaimSending(Model):
    """That a claim went out: by file, portal, post or fax. Not `live` in a test file, or once it is taken back."""

    id = fields.BigIntField(primary_key=True)
    claim: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="sendings")
    way = fields.TextField()
    sent_on = DayField()
    noted_at = InstantField()
    noted_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    file: fields.ForeignKeyNullableRelation[ClaimFile] = fields.ForeignKeyField(
        "models.ClaimFile", null=True, related_name="sendings"
    )
    live = fields.BooleanField(default=True)

    class Meta:
        table = "claim_sending"
