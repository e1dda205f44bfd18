"""What the practice charges from a day on, beside a code's usual fee, and what its contracts with payers allow."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField
from storage.models.clients import Client
from storage.models.codes import BillingCode
from storage.models.practice import Payer, Provider


class Fee(Model):
    """A fee for one unit of a code from a day on: of the practice, of one provider, or a client's sliding-scale fee."""

    id = fields.BigIntField(primary_key=True)
    billing_code: fields.ForeignKeyRelation[BillingCode] = fields.ForeignKeyField(
        "models.BillingCode", related_name="fees"
    )
    provider: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="fees"
    )
    client: fields.ForeignKeyNullableRelation[Client] = fields.ForeignKeyField(
        "models.Client", null=True, related_name="sliding_fees"
    )
    starts_on = DayField()
    cents = CentsField()

    class Meta:
        table = "fee"


class ContractRate(Model):
    """What a payer's contract allows for one unit of a code from a day on; without modifiers: whatever they are."""

    id = fields.BigIntField(primary_key=True)
    payer: fields.ForeignKeyRelation[Payer] = fields.ForeignKeyField("models.Payer", related_name="rates")
    code = fields.TextField()
    modifiers = fields.TextField(default="")
    starts_on = DayField()
    cents = CentsField()

    class Meta:
        table = "contract_rate"
