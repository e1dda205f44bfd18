"""A client's own details, and what the insurance form asks of them; two dialogs over the same record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nicegui import ui

from domain.clients import CLIENT_SEXES, ONSET_QUALIFIERS, draft_of_client, keep_client
from domain.reading import masters
from ui.components import buttons
from ui.components.address_fields import STATE_CHOICES, address_fields
from ui.components.editing import try_it
from ui.components.fields import select_field, switch, text_area, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.typed_fields import date_field

WITH_DIAGNOSES = {None: "As the practice has it", True: "Always print them", False: "Never print them"}


class ClientDialog(RecordDialog):
    """What both dialogs share: the draft of a client, kept at its version."""

    subject, what = "client", "client"

    async def read_again(self) -> Any:
        """The client as it stands now."""
        return await draft_of_client(self.draft.id, seen_by=self.visit.user)

    async def keep(self) -> int:
        """Keep the client."""
        return await keep_client(self.draft, by=self.visit.user, now=self.visit.now())

    async def saved(self, _kept: int) -> None:
        """Close; Undo puts back what was there."""
        before = replace(self.original, version=self.original.version + 1)
        self.leave()

        async def undo() -> None:
            put_back = keep_client(before, by=self.visit.user, now=self.visit.now())
            await try_it(self.visit, put_back, f"{before.name} is as it was")

        self.visit.toast(f"{self.draft.name.strip()} saved", action="Undo", on_action=undo)

    def text(self, name: str, label: str, span: int = 12, **how: Any) -> None:
        """A line of text of the draft."""
        self.bind(name, text_field(label, getattr(self.draft, name), **how), span=span)

    def day(self, name: str, label: str, span: int = 6, **how: Any) -> None:
        """A date of the draft."""
        self.bind(name, date_field(label, getattr(self.draft, name), today=self.visit.today(), **how), span=span)


class ClientDetails(ClientDialog):
    """Who the client is, for the calendar and for letters."""

    size = "wide"

    def title(self) -> str:
        """Whose details."""
        return f"{self.original.name}"

    def hint(self) -> str:
        """What they are for."""
        return "Shown on the calendar and in letters."

    async def prepare(self) -> None:
        """The providers to choose from."""
        rows = await masters.providers(seen_by=self.visit.user)
        kept = {row.id: row.name for row in rows if not row.archived or row.id == self.draft.default_provider_id}
        self.providers: dict[int | None, str] = {None: "None"} | kept

    def draw(self) -> None:
        """The fields."""
        with ui.element("div").classes("sb-fields"):
            self.text("name", "Name they go by", 8)
            self.text("pronouns", "Pronouns", 4, placeholder="they, them")
            self.day("birth_date", "Birth date", 4)
            self.text("phone", "Phone", 4)
            self.text("phone2", "Second phone", 4)
            self.text("email", "Email", 8)
            self.bind("default_provider_id", select_field("Provider", self.providers, self.draft.default_provider_id), span=4)
            address_fields(self)
            self.bind("note", text_area("Note", self.draft.note, rows=2, hint="For the office only; never printed."))

    def spoken(self, name: str, value: Any) -> str:
        """The provider by name."""
        return self.providers.get(value, "") if name == "default_provider_id" else super().spoken(name, value)


class InsuranceForm(ClientDialog):
    """What the CMS-1500 asks of the client, by the numbers of its boxes."""

    size = "wide"

    def title(self) -> str:
        """Whose form."""
        return f"Insurance form of {self.original.name}"

    def hint(self) -> str:
        """Which boxes."""
        return "Boxes 2, 3, 10, 12, 13, 14, 17 and 27 of the CMS-1500."

    def draw(self) -> None:
        """Box by box."""
        self.names()
        self.signatures()
        self.accidents()
        self.illness()
        self.paying()

    def names(self) -> None:
        """Name and sex as the insurer has them."""
        ui.label("As the insurer has them").classes("sb-section-title")
        with ui.element("div").classes("sb-fields"):
            self.text("insurer_first_name", "First name", 4)
            self.text("insurer_middle_name", "Middle name", 2)
            self.text("insurer_last_name", "Last name", 4)
            self.text("insurer_suffix", "Suffix", 2, placeholder="Jr")
            self.bind("insurer_sex", select_field("Sex", CLIENT_SEXES, self.draft.insurer_sex, searchable=False), span=4)
        if not (self.draft.insurer_first_name or self.draft.insurer_last_name):
            with ui.element("div"):
                buttons.standard("Take the name they go by", on_click=self.take_name)

    def take_name(self) -> None:
        """First and last name out of the one they go by."""
        first, _, last = self.draft.name.strip().rpartition(" ")
        self.fields["insurer_first_name"].value, self.fields["insurer_last_name"].value = first, last

    def signatures(self) -> None:
        """Boxes 12, 13 and 27."""
        ui.label("Signatures").classes("sb-section-title")
        with ui.element("div").classes("sb-fields"):
            self.day("release_signed_on", "Release signed on", hint="Box 12: the client lets you send what the payer needs")
            self.day("assignment_signed_on", "Assignment signed on", hint="Box 13: the payer pays the practice")
        self.bind("accept_assignment", switch("Accept assignment", self.draft.accept_assignment,
                                              hint="Box 27: the practice takes what the payer allows"))

    def accidents(self) -> None:
        """Box 10."""
        ui.label("Is it related to").classes("sb-section-title")
        self.bind("employment_accident", switch("Employment", self.draft.employment_accident, hint="Box 10a"))
        self.bind("auto_accident", switch("An auto accident", self.draft.auto_accident, hint="Box 10b"))
        state = select_field("State of the auto accident", STATE_CHOICES, self.draft.auto_accident_state, width="200px")
        self.bind("auto_accident_state", state)
        state.frame.set_visibility(self.draft.auto_accident)
        self.bind("other_accident", switch("Another accident", self.draft.other_accident, hint="Box 10c"))

    def illness(self) -> None:
        """Boxes 14 and 17."""
        ui.label("Illness and referral").classes("sb-section-title")
        with ui.element("div").classes("sb-fields"):
            self.day("onset_on", "Onset", 4, hint="Box 14")
            self.bind("onset_qualifier", select_field("The date is", ONSET_QUALIFIERS, self.draft.onset_qualifier,
                                                      searchable=False), span=8)
            self.text("referrer_first_name", "Referred by, first name", 4, hint="Box 17")
            self.text("referrer_last_name", "Last name of the referrer", 4)
            self.text("referrer_npi", "NPI of the referrer", 4, max_length=10)

    def paying(self) -> None:
        """Without insurance, and diagnoses on invoices."""
        ui.label("Paying").classes("sb-section-title")
        self.bind("pays_without_insurance", switch("Pays without insurance", self.draft.pays_without_insurance,
                                                   hint="No claim is made, whatever policy there is"))
        self.bind("invoice_with_diagnoses", select_field("Diagnoses on invoices", WITH_DIAGNOSES, searchable=False,
                                                         value=self.draft.invoice_with_diagnoses, width="260px"))

    def changed(self, name: str) -> None:
        """The state is asked only after an auto accident."""
        if name == "auto_accident" and "auto_accident_state" in self.fields:
            self.fields["auto_accident_state"].frame.set_visibility(self.draft.auto_accident)

    def spoken(self, name: str, value: Any) -> str:
        """Choices in words."""
        words = {"insurer_sex": CLIENT_SEXES, "onset_qualifier": ONSET_QUALIFIERS, "invoice_with_diagnoses": WITH_DIAGNOSES}
        return words[name].get(value, "") if name in words else super().spoken(name, value)


FORM_FIELDS = frozenset({
    "insurer_first_name", "insurer_middle_name", "insurer_last_name", "insurer_suffix", "insurer_sex",
    "release_signed_on", "assignment_signed_on", "accept_assignment", "employment_accident", "auto_accident",
    "auto_accident_state", "other_accident", "onset_on", "onset_qualifier", "referrer_first_name",
    "referrer_last_name", "referrer_npi", "pays_without_insurance", "invoice_with_diagnoses",
})
