"""A payer's modifiers by credential, and the numbers that it gave the practice, its providers and locations."""

from __future__ import annotations

from typing import Any

from domain.payer_rules import KINDS, QUALIFIERS, RuleDraft, add_rule, remove_rule
from domain.reading import masters
from domain.reading.payer_rules import rules_of
from ui.components.fields import select_field, text_field
from ui.dialogs.set_lines import SetLine, SetLines
from ui.visit import Visit


class PayerRules(SetLines):
    """The rules of one payer."""

    hint = "Put on each claim when it is made. Claims made already keep theirs."
    nothing = "Nothing set: the lines' own modifiers, and taxonomies where the form has room for a number."
    hears = frozenset({"payer"})

    def __init__(self, visit: Visit, payer_id: int, name: str) -> None:
        super().__init__(visit)
        self.payer_id, self.title = payer_id, f"Modifiers and numbers of {name}"

    async def prepare(self) -> None:
        """Providers and locations to choose from."""
        who = {"seen_by": self.visit.user}
        self.providers = {0: "Any provider"} | {row.id: row.name for row in await masters.providers(**who) if not row.archived}
        self.locations = {0: "Any location"} | {row.id: row.name for row in await masters.locations(**who) if not row.archived}

    def new_fields(self) -> None:
        """What it is, for whom, and its value."""
        self.field("kind", select_field("What it is", KINDS, "modifier", searchable=False, on_change=self.chosen), span=12)
        self.field("credential", text_field("Credential", placeholder="LCSW"))
        self.field("provider_id", select_field("Provider", self.providers, 0))
        self.field("location_id", select_field("Location", self.locations, 0))
        self.field("qualifier", select_field("Qualifier", QUALIFIERS, "G2", searchable=False))
        self.field("value", text_field("Modifier or number", placeholder="HO, AJ, U1", max_length=17))
        self.chosen()

    def chosen(self, _event: object = None) -> None:
        """Only what this kind of rule asks for."""
        if "value" not in self.fields:
            return
        kind = self.fields["kind"].value
        shown = {"credential": "modifier", "provider_id": "rendering", "location_id": "facility"}
        for name, only in shown.items():
            self.fields[name].frame.set_visibility(kind == only)
        self.fields["qualifier"].frame.set_visibility(kind != "modifier")

    async def read(self) -> list[SetLine]:
        """What is set."""
        rows = await rules_of(self.payer_id, seen_by=self.visit.user)
        return [SetLine(row.id, row.words, KINDS[row.kind]) for row in rows]

    async def add(self) -> None:
        """Keep what the fields say, then empty the value."""
        value = {name: field.value for name, field in self.fields.items()}
        await add_rule(RuleDraft(
            payer_id=self.payer_id, kind=value["kind"] or "", value=value["value"] or "", credential=value["credential"] or "",
            provider_id=value["provider_id"] or None, location_id=value["location_id"] or None,
            qualifier=value["qualifier"] or ""), by=self.visit.user, now=self.visit.now())
        self.fields["value"].value = ""

    async def remove(self, line_id: int) -> RuleDraft:
        """Claims to come are made without it."""
        return await remove_rule(line_id, by=self.visit.user, now=self.visit.now())

    async def put_back(self, draft: RuleDraft) -> Any:
        """As it was."""
        return await add_rule(draft, by=self.visit.user, now=self.visit.now())
