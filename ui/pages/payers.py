"""Payers: the insurers that claims go to."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain import payers as domain
from domain.reading import masters
from domain.reading.masters import PayerRow
from ui import routes
from ui.components import buttons
from ui.components.address_fields import address_fields
from ui.components.fields import number_field, select_field, switch, text_area, text_field
from ui.components.master_editor import MasterEditor
from ui.components.master_page import MasterPage
from ui.components.table import Column
from ui.dialogs.contract_rates import ContractRates
from ui.dialogs.payer_rules import PayerRules
from ui.dialogs.who_bills import WhoBills
from ui.visit import Visit


async def payers(visit: Visit, args: PageArguments) -> None:
    """The page; `?open=ID&at=field` opens an editor."""
    await Payers(visit).build(args)


class PayerEditor(MasterEditor):
    """Name and kind, where claims go, what it wants of telehealth."""

    retire = "Archive payer"
    new_draft = domain.PayerDraft
    keeps, drafts = domain.keep_payer, domain.draft_of_payer
    archives, restores, deletes = domain.archive_payer, domain.restore_payer, domain.delete_payer

    def draw(self) -> None:
        """The fields."""
        draft = self.draft
        with ui.element("div").classes("sb-fields"):
            self.bind("name", text_field("Name", draft.name, placeholder="As on the member's card"))
            self.bind("kind", select_field("Kind", domain.KINDS, draft.kind, searchable=False, hint="Box 1 of the form"),
                      span=6)
            self.bind("payer_id", text_field("Payer ID", draft.payer_id, hint="For electronic claims"), span=6)
            self.bind("filing_code", select_field("Claim filing code", domain.FILING_CODES, draft.filing_code,
                                                  searchable=False, hint="In claim files, where the payer's guide asks for one"))
            self.bind("one_day_a_claim", switch("One day of service a claim", draft.one_day_a_claim,
                                                hint="Off: a claim holds up to six lines of several days"))
            self.bind("tells_patient_paid", switch("Tell what the client paid", draft.tells_patient_paid,
                                                   hint="In box 29 and in claim files; many payers take it off their payment"))
            ui.label("Where claims go").classes("sb-section-title")
            address_fields(self)
            self.bind("phone", text_field("Phone", draft.phone), span=6)
            self.bind("telehealth_modifier", select_field("Telehealth modifier", domain.TELEHEALTH_MODIFIERS,
                                                          draft.telehealth_modifier, searchable=False), span=6)
            self.bind("days_to_file", number_field("Days to file", draft.days_to_file, minimum=1, suffix="days",
                                                   hint="From the day of service; a later claim is warned of"), span=4)
            self.bind("days_to_correct", number_field("Days to correct", draft.days_to_correct, minimum=1, suffix="days",
                                                      hint="From the decision to a replacement"), span=4)
            self.bind("days_to_appeal", number_field("Days to appeal", draft.days_to_appeal, minimum=1, suffix="days",
                                                     hint="From the decision"), span=4)
            self.bind("no_corrections", switch("Takes no replacements or voids", draft.no_corrections,
                                               hint="Medicare Part B: a reopening is asked for instead, and noted by hand"))
            self.bind("asks_authorization", switch("Asks for an authorization", draft.asks_authorization,
                                                   hint="A claim without one that is in date, with visits left, is not made"))
            self.bind("forbids_missed_fee", switch("No fee for missed visits", draft.forbids_missed_fee,
                                                   hint="Medicaid and the VA: the client may not be charged either"))
            self.bind("note", text_area("Note", draft.note, rows=2))
        if draft.id:
            with ui.element("div").classes("sb-row flex-wrap"):
                buttons.standard("Contract rates", icon="list-checks", on_click=self.rates)
                buttons.standard("Who bills", icon="users", on_click=self.who_bills)
                buttons.standard("Modifiers and numbers", icon="list", on_click=self.rules)

    async def rules(self) -> None:
        """Modifiers by credential, and numbers that it gave."""
        await PayerRules(self.visit, self.draft.id, self.name()).open()

    async def who_bills(self) -> None:
        """In whose name each provider's visits go to this payer."""
        await WhoBills(self.visit, payer_id=self.draft.id, name=self.name()).open()

    async def rates(self) -> None:
        """What the contract allows for each code."""
        await ContractRates(self.visit, self.draft.id, self.name()).open()

    def changed(self, name: str) -> None:
        """Kinds that forbid a fee for missed visits say so by themselves."""
        if name == "kind" and "forbids_missed_fee" in self.fields and self.draft.kind in domain.FORBID_MISSED_FEES:
            self.fields["forbids_missed_fee"].value = True

    def spoken(self, name: str, value: Any) -> str:
        """Kinds and modifiers in words."""
        words = {"kind": domain.KINDS, "filing_code": domain.FILING_CODES, "telehealth_modifier": domain.TELEHEALTH_MODIFIERS}.get(name)
        return words.get(value, "") if words else super().spoken(name, value)


class Payers(MasterPage):
    """The list and its editor."""

    title, one, subject = "Payers", "Payer", "payer"
    hears = frozenset({"policy"})
    editor = PayerEditor
    columns = (
        Column(name="name", label="Name", look="sb-name", sub="kind"),
        Column(name="kind", label="Kind", look="sb-2", width="150px", folds=True),
        Column(name="payer_id", label="Payer ID", look="sb-num", width="100px", folds=True),
        Column(name="policies", label="Policies", align="right", look="sb-num", width="96px", tablet_width="84px"),
    )
    empty_why = "Payers are the insurers your claims go to. Clients' policies name one of them."

    def header_acts(self) -> None:
        """Whether they pay what their contracts promise."""
        buttons.standard("Paid right?", icon="circle-dollar-sign", on_click=lambda: self.visit.go(routes.PAID_RIGHT))

    async def read(self) -> list[PayerRow]:
        """All payers."""
        return await masters.payers(seen_by=self.visit.user)

    def line(self, row: PayerRow) -> dict[str, Any]:
        """Name, kind, payer id, how many policies."""
        return {
            "id": row.id, "_name": row.name, "name": row.name, "kind": domain.KINDS[row.kind],
            "payer_id": row.payer_id, "policies": f"{row.policies:,}" if row.policies else "",
        }

    def retired_words(self) -> str:
        """Archived, as payers are called then."""
        return "Archived"
