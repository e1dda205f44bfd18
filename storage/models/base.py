"""What most records share: an id, and the version an edit was read at."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Record(Model):
    """A record that people edit. `version` goes up by one with each kept change (see storage.transactions.keep)."""

    id = fields.BigIntField(primary_key=True)
    version = fields.IntField(default=1)

    class Meta:
        abstract = True


class Address(Model):
    """A US postal address; `zip` holds five digits or ZIP+4 as 12345-6789."""

    street = fields.TextField(default="")
    street2 = fields.TextField(default="")
    city = fields.TextField(default="")
    state = fields.TextField(default="")
    zip = fields.TextField(default="")

    class Meta:
        abstract = True
