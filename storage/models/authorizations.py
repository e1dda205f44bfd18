"""Prior authorizations: how many visits or units a payer said yes to, from when to when, and for whom."""

from __future__ import annotations

from tortoise import fields

from storage.fields import DayField
from storage.models.base import Record
from storage.models.clients import Policy
from storage.models.practice import Provider


class PriorAuthorization(Record):
    """A payer's yes under a policy. What is used of it is counted from the sessions, never kept here."""

    policy: fields.ForeignKeyRelation[Policy] = fields.ForeignKeyField("models.Policy", related_name="authorizations")
    number = fields.TextField()  # box 23, REF*G1
    provider: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="authorizations"
    )  # null: any
    codes = fields.TextField(default="")  # with commas between; empty: any
    starts_on = DayField(null=True)
    ends_on = DayField(null=True)  # last day
    counts = fields.TextField(default="visits")  # visits or units
    granted = fields.IntField(null=True)  # null: as many as it takes
    used_before = fields.IntField(default=0)  # before this program counted

    class Meta:
        table = "prior_authorization"
