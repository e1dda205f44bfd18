"""The practice itself, its providers, locations and the payers it bills."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import DayField, InstantField
from storage.models.base import Address, Record


class Practice(Record, Address):
    """The one practice (id 1). `working_days` are ISO weekdays, Monday 1; minutes count from midnight."""

    name = fields.TextField()
    billing_name = fields.TextField(default="")  # legal name, CMS-1500 box 33
    tax_id = fields.TextField(default="")
    tax_id_kind = fields.TextField(default="EIN")  # EIN or SSN, CMS-1500 box 25
    npi = fields.TextField(default="")
    taxonomy = fields.TextField(default="")
    phone = fields.TextField(default="")
    email = fields.TextField(default="")
    pay_to_name = fields.TextField(default="")
    pay_to_street = fields.TextField(default="")
    pay_to_city = fields.TextField(default="")
    pay_to_state = fields.TextField(default="")
    pay_to_zip = fields.TextField(default="")
    time_zone = fields.TextField()
    working_days = fields.TextField(default="12345")
    day_starts_minute = fields.IntField(default=480)
    day_ends_minute = fields.IntField(default=1080)
    attendance_mark_required = fields.BooleanField(default=False)
    missed_visit_code: fields.ForeignKeyNullableRelation = fields.ForeignKeyField(  # type: ignore[type-arg]
        "models.BillingCode", null=True, related_name=False
    )
    invoice_with_diagnoses = fields.BooleanField(default=False)
    invoice_due_days = fields.IntField(default=30)
    invoice_message = fields.TextField(default="")
    form_offset_x = fields.IntField(default=0)  # tenths of a millimeter, pre-printed CMS-1500 only
    form_offset_y = fields.IntField(default=0)
    extra_font = fields.TextField(default="")  # file name in the data folder's fonts/
    claims_submitter_id = fields.TextField(default="")  # as the clearinghouse gave it, ISA06 and 1000A
    claims_receiver_name = fields.TextField(default="")
    claims_receiver_id = fields.TextField(default="")
    claims_are_tests = fields.BooleanField(default=True)  # ISA15: until the clearinghouse has approved a test file
    write_off_reasons = fields.TextField(default="CO-45, CO-253")  # group and reason, what a remittance may write off
    is_demo = fields.BooleanField(default=False)

    class Meta:
        table = "practice"


class Provider(Record):
    """Someone who sees clients. An entity of its own bills in the provider's name instead of the practice's."""

    first_name = fields.TextField()
    last_name = fields.TextField()
    credentials = fields.TextField(default="")
    license = fields.TextField(default="")
    npi = fields.TextField(default="")
    taxonomy = fields.TextField(default="")
    bills_as_entity = fields.BooleanField(default=False)
    entity_name = fields.TextField(default="")
    entity_npi = fields.TextField(default="")
    entity_tax_id = fields.TextField(default="")
    entity_tax_id_kind = fields.TextField(default="EIN")
    supervisor: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="supervised"
    )
    archived_at = InstantField(null=True)

    class Meta:
        table = "provider"

    @property
    def name(self) -> str:
        """First and last name, as staff say it."""
        return f"{self.first_name} {self.last_name}".strip()


class Location(Record, Address):
    """A place of service; the code is CMS's two digits (CMS-1500 box 24B), the address goes into box 32."""

    name = fields.TextField()
    place_of_service = fields.TextField(default="11")
    npi = fields.TextField(default="")
    archived_at = InstantField(null=True)

    class Meta:
        table = "location"


class Payer(Record, Address):
    """An insurer. `kind` chooses the mark of CMS-1500 box 1; the address is where claims go."""

    name = fields.TextField()
    kind = fields.TextField(default="other")  # medicare medicaid tricare champva group feca other
    payer_id = fields.TextField(default="")
    filing_code = fields.TextField(default="")  # SBR09 of a claim by file; empty: by its kind
    one_day_a_claim = fields.BooleanField(default=False)
    tells_patient_paid = fields.BooleanField(default=False)  # AMT*F5 of a claim by file
    phone = fields.TextField(default="")
    telehealth_modifier = fields.TextField(default="95")  # 95, 93, GT or none
    asks_authorization = fields.BooleanField(default=False)
    forbids_missed_fee = fields.BooleanField(default=False)  # Medicaid and the VA: the client may not be charged either
    days_to_file = fields.IntField(null=True)  # from the day of service to a first claim; null: nobody looked it up
    days_to_correct = fields.IntField(null=True)  # from its decision to a corrected claim
    days_to_appeal = fields.IntField(null=True)  # from its decision to an appeal
    no_corrections = fields.BooleanField(default=False)  # takes no 7 or 8 (Medicare Part B): a reopening is asked for
    note = fields.TextField(default="")
    archived_at = InstantField(null=True)

    class Meta:
        table = "payer"


class BillingWay(Model):
    """How a provider's visits are billed to a payer (null: all of them) from a day on (null: always)."""

    id = fields.BigIntField(primary_key=True)
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField("models.Provider", related_name="billing_ways")
    payer: fields.ForeignKeyNullableRelation[Payer] = fields.ForeignKeyField(
        "models.Payer", null=True, related_name="billing_ways"
    )
    starts_on = DayField(null=True)
    way = fields.TextField()  # own with_supervisor under_supervisor not_enrolled
    supervisor: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="bills_for"
    )

    class Meta:
        table = "billing_way"


class PayerRule(Model):
    """A modifier for a credential, or a number that the payer gave (24I/J shaded, 32b, 33b)."""

    id = fields.BigIntField(primary_key=True)
    payer: fields.ForeignKeyRelation[Payer] = fields.ForeignKeyField("models.Payer", related_name="rules")
    kind = fields.TextField()  # modifier rendering facility billing
    value = fields.TextField()
    credential = fields.TextField(default="")
    provider: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="payer_numbers"
    )
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "models.Location", null=True, related_name="payer_numbers"
    )
    qualifier = fields.TextField(default="")

    class Meta:
        table = "payer_rule"
