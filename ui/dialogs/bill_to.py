"""Who gets a client's invoices: the client, somebody else, or two persons with their shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nicegui import ui

from domain.clients import WHOLE, BillToDraft, draft_of_client, drafts_of_bill_to, keep_bill_to, split_by_shares
from ui.components import buttons
from ui.components.address_fields import STATE_CHOICES
from ui.components.editing import SaysHere, try_it
from ui.components.fields import number_field, select_field, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.typed import money_text
from ui.visit import Visit

EXAMPLE_CENTS = 15_001  # an odd amount, to show who gets the odd cent
SPANS = {"name": 12, "street": 8, "street2": 4, "city": 5, "zip": 4, "email": 6, "phone": 6}
LABELS = {"name": "Name", "street": "Street", "street2": "Suite or unit", "city": "City", "zip": "ZIP", "email": "Email", "phone": "Phone"}


@dataclass
class BillToList:
    """The persons being edited, at the version of their client."""

    id: int
    version: int
    persons: list[BillToDraft] = field(default_factory=list)


async def bill_to_list(client_id: int, visit: Visit) -> BillToList:
    """Read who gets a client's invoices."""
    version = (await draft_of_client(client_id, seen_by=visit.user)).version
    return BillToList(client_id, version, await drafts_of_bill_to(client_id, seen_by=visit.user))


class BillTo(RecordDialog):
    """One or two persons; without any, the client pays alone."""

    subject, what, size = "client", "list of persons", "wide"

    def __init__(self, visit: Visit, draft: BillToList, client_name: str) -> None:
        super().__init__(visit, draft)
        self.client_name = client_name

    def title(self) -> str:
        """Whose invoices."""
        return f"Invoices of {self.client_name} go to"

    def draw(self) -> None:
        """The persons, and a way to add one."""
        self.words["persons"] = "Who gets the invoices"
        self.alone = ui.label(f"{self.client_name}, at the client's own address.").classes("sb-2")
        self.places = ui.element("div").classes("sb-column is-wide-gap")
        self.fields["persons"] = SaysHere()
        with ui.element("div").classes("sb-line-foot"):
            self.adder = buttons.quiet("Add a person", icon="plus", inviting=True, on_click=self.add)
            self.example = ui.label().classes("sb-hint sb-num")
        self.draw_persons()

    def draw_persons(self) -> None:
        """Drawn anew only when a person comes or goes."""
        self.places.clear()
        self.fields = {"persons": self.fields["persons"]}
        with self.places:
            for number, person in enumerate(self.draft.persons, 1):
                self.person(number, person)
        self.alone.set_visibility(not self.draft.persons)
        self.adder.set_visibility(len(self.draft.persons) < 2)
        self.adder.set_text("Add a second person" if self.draft.persons else "Add somebody who pays")
        self.show_example()

    def person(self, number: int, person: BillToDraft) -> None:
        """Name, share, address."""
        with ui.element("section").classes("sb-person"):
            with ui.element("div").classes("sb-row is-apart"):
                ui.label("First person" if number == 1 else "Second person").classes("sb-section-title")
                buttons.quiet("Remove", icon="x", on_click=lambda: self.remove(number - 1))
            with ui.element("div").classes("sb-fields"):
                self.line(number, person, "name", span=12 if len(self.draft.persons) == 1 else 9)
                if len(self.draft.persons) == 2:
                    self.share(number, person)
                for name in ("street", "street2", "city"):
                    self.line(number, person, name)
                state = select_field("State", STATE_CHOICES, person.state)
                state.on_value_change(lambda event: setattr(person, "state", event.value or ""))
                state.frame.classes("sb-span-3")
                self.fields[f"state_{number}"] = state
                for name in ("zip", "email", "phone"):
                    self.line(number, person, name)

    def line(self, number: int, person: BillToDraft, name: str, *, span: int = 0) -> None:
        """A line of text of a person."""
        box = text_field(LABELS[name], getattr(person, name))
        box.on_value_change(lambda event: setattr(person, name, event.value or ""))
        box.frame.classes(f"sb-span-{span or SPANS[name]}")
        self.fields[f"{name}_{number}"] = box

    def share(self, number: int, person: BillToDraft) -> None:
        """A person's percent; the other's follows."""
        box = number_field("Share", person.share_points / 100, minimum=0, maximum=100, precision=2, suffix="%")
        box.on_value_change(lambda event: self.take_share(number, event.value))
        box.frame.classes("sb-span-3")
        self.fields[f"share_points_{number}"] = box

    def take_share(self, number: int, typed: float | None) -> None:
        """Write a share; the other person gets the rest."""
        mine, other = round((typed or 0) * 100), 2 if number == 1 else 1
        if self.draft.persons[number - 1].share_points == mine:
            return
        self.draft.persons[number - 1].share_points = mine
        if 0 <= mine <= WHOLE:
            self.draft.persons[other - 1].share_points = WHOLE - mine
            self.fields[f"share_points_{other}"].value = (WHOLE - mine) / 100
        self.show_example()

    def show_example(self) -> None:
        """How an odd amount is split."""
        shares = [one.share_points for one in self.draft.persons]
        told = len(shares) == 2 and sum(shares) == WHOLE
        parts = split_by_shares(EXAMPLE_CENTS, shares) if told else []
        self.example.set_text(f"{money_text(EXAMPLE_CENTS)} becomes {' and '.join(map(money_text, parts))}" if told else "")

    def add(self) -> None:
        """Another person; two start with half each."""
        self.draft.persons.append(BillToDraft())
        if len(self.draft.persons) == 2:
            for person in self.draft.persons:
                person.share_points = WHOLE // 2
        self.draw_persons()
        self.focus(f"name_{len(self.draft.persons)}")

    def remove(self, place: int) -> None:
        """The other one pays all."""
        del self.draft.persons[place]
        for person in self.draft.persons:
            person.share_points = WHOLE
        self.draw_persons()

    def show_value(self, name: str) -> None:
        """Take over the other's list."""
        del name
        self.draw_persons()

    async def read_again(self) -> BillToList:
        """The persons as they stand now."""
        return await bill_to_list(self.draft.id, self.visit)

    async def keep(self) -> int:
        """Keep the persons."""
        await keep_bill_to(self.draft.id, self.draft.persons, version=self.draft.version, by=self.visit.user,
                           now=self.visit.now())
        return self.draft.id

    async def saved(self, _kept: int) -> None:
        """Close; Undo puts back who it was."""
        before = self.original
        self.leave()

        async def undo() -> None:
            put_back = keep_bill_to(before.id, before.persons, version=before.version + 1, by=self.visit.user,
                                    now=self.visit.now())
            await try_it(self.visit, put_back, "The invoices go where they went")

        self.visit.toast("Saved who gets the invoices", action="Undo", on_action=undo)

    def spoken(self, name: str, value: Any) -> str:
        """Names and shares."""
        del name
        return ", ".join(f"{one.name} {one.share_points / 100:g} %" for one in value) or "The client"
