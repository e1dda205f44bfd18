"""Clients: who they are, who pays for them, how they are insured and what they are treated for."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField, InstantField
from storage.models.base import Address, Record
from storage.models.practice import Payer, Provider


class Client(Record, Address):
    """`name` is what they go by; the insurer_* fields are what the insurer has (CMS-1500 boxes 2 and 3)."""

    name = fields.TextField()
    insurer_first_name = fields.TextField(default="")
    insurer_middle_name = fields.TextField(default="")
    insurer_last_name = fields.TextField(default="")
    insurer_suffix = fields.TextField(default="")
    insurer_sex = fields.TextField(default="")  # M, F or empty
    pronouns = fields.TextField(default="")
    birth_date = DayField(null=True)
    phone = fields.TextField(default="")
    phone2 = fields.TextField(default="")
    email = fields.TextField(default="")
    default_provider: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="clients"
    )
    release_signed_on = DayField(null=True)  # box 12
    assignment_signed_on = DayField(null=True)  # box 13
    accept_assignment = fields.BooleanField(default=True)  # box 27
    employment_accident = fields.BooleanField(default=False)  # box 10a
    auto_accident = fields.BooleanField(default=False)  # box 10b
    auto_accident_state = fields.TextField(default="")
    other_accident = fields.BooleanField(default=False)  # box 10c
    onset_on = DayField(null=True)  # box 14
    onset_qualifier = fields.TextField(default="431")
    referrer_first_name = fields.TextField(default="")  # box 17
    referrer_last_name = fields.TextField(default="")
    referrer_npi = fields.TextField(default="")  # box 17b
    pays_without_insurance = fields.BooleanField(default=False)
    invoice_with_diagnoses = fields.BooleanField(null=True)  # null: as the practice has it
    note = fields.TextField(default="")
    import_key = fields.TextField(default="")
    merged_into: fields.ForeignKeyNullableRelation[Client] = fields.ForeignKeyField(
        "models.Client", null=True, related_name="merged"
    )
    archived_at = InstantField(null=True)

    class Meta:
        table = "client"


class BillTo(Model):
    """Who gets a client's invoices. Shares are basis points of 10,000; without rows the client pays alone."""

    id = fields.BigIntField(primary_key=True)
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="bill_tos")
    position = fields.IntField()
    name = fields.TextField()
    email = fields.TextField(default="")
    phone = fields.TextField(default="")
    street = fields.TextField(default="")
    street2 = fields.TextField(default="")
    city = fields.TextField(default="")
    state = fields.TextField(default="")
    zip = fields.TextField(default="")
    share_points = fields.IntField(default=10_000)

    class Meta:
        table = "bill_to"


class Diagnosis(Model):
    """An ICD-10-CM code of a client, with its dot; the order is the order of CMS-1500 box 21."""

    id = fields.BigIntField(primary_key=True)
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="diagnoses")
    position = fields.IntField()
    code = fields.TextField()
    description = fields.TextField(default="")
    since = DayField(null=True)

    class Meta:
        table = "diagnosis"


class Policy(Record):
    """A client's cover with a payer. Empty subscriber fields with relationship `self` mean the client."""

    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="policies")
    payer: fields.ForeignKeyRelation[Payer] = fields.ForeignKeyField("models.Payer", related_name="policies")
    rank = fields.TextField(default="primary")  # primary or secondary
    member_id = fields.TextField(default="")
    group_number = fields.TextField(default="")
    plan_name = fields.TextField(default="")
    relationship = fields.TextField(default="self")  # self spouse child other, box 6
    subscriber_first_name = fields.TextField(default="")
    subscriber_middle_name = fields.TextField(default="")
    subscriber_last_name = fields.TextField(default="")
    subscriber_birth_date = DayField(null=True)
    subscriber_sex = fields.TextField(default="")
    subscriber_street = fields.TextField(default="")
    subscriber_city = fields.TextField(default="")
    subscriber_state = fields.TextField(default="")
    subscriber_zip = fields.TextField(default="")
    subscriber_phone = fields.TextField(default="")
    starts_on = DayField(null=True)
    ends_on = DayField(null=True)  # last day in force
    copay_cents = CentsField(default=0)
    coinsurance_points = fields.IntField(default=0)  # basis points of the fee
    deductible_left_cents = CentsField(default=0)
    deductible_checked_on = DayField(null=True)
    deductible_checked_by = fields.TextField(default="")
    patient_member_id = fields.TextField(default="")  # the client's own, where the payer gives each person a number
    is_eap = fields.BooleanField(default=False)  # an employee assistance program: the client pays nothing of it
    medicare_second_reason = fields.TextField(default="")  # SBR05 of a claim by file; empty: working aged (12)

    class Meta:
        table = "policy"
