"""A payer's rules as a list shows them."""

from __future__ import annotations

from dataclasses import dataclass

from domain import access
from domain.access import SignedIn
from domain.payer_rules import KINDS
from storage.models import PayerRule


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule: LCSW: AJ, or Imogen Larkspur: G2 12345."""

    id: int
    kind: str
    words: str


async def rules_of(payer_id: int, *, seen_by: SignedIn) -> list[RuleRow]:
    """By kind, then as they were added."""
    await access.require(seen_by)
    rows = await PayerRule.filter(payer_id=payer_id).order_by("id").select_related("provider", "location")
    return sorted((RuleRow(id=row.id, kind=row.kind, words=_words(row)) for row in rows),
                  key=lambda row: list(KINDS).index(row.kind))


def _words(row: PayerRule) -> str:
    if row.kind == "modifier":
        return f"{row.credential}: {row.value}"
    any_one = {"rendering": "Any provider", "facility": "Any location", "billing": "The practice"}[row.kind]
    whose = row.provider.name if row.provider else row.location.name if row.location else any_one
    return f"{whose}: {row.qualifier} {row.value}"
