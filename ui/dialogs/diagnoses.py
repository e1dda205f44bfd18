"""A client's diagnoses as one list in the order of box 21: the first is the main one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nicegui import ui

from domain.clients import draft_of_client
from domain.diagnoses import LETTERS, DiagnosisDraft, drafts_of_diagnoses, keep_diagnoses
from domain.icd10cm import Code
from ui.components import buttons
from ui.components.editing import SaysHere, try_it
from ui.components.fields import TextField, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.typed import day_text
from ui.components.typed_fields import date_field
from ui.dialogs.diagnosis_offers import DiagnosisOffers
from ui.visit import Visit


@dataclass
class DiagnosisList:
    """The list being edited, at the version of its client."""

    id: int
    version: int
    diagnoses: list[DiagnosisDraft] = field(default_factory=list)


async def diagnosis_list(client_id: int, visit: Visit) -> DiagnosisList:
    """Read a client's list."""
    version = (await draft_of_client(client_id, seen_by=visit.user)).version
    return DiagnosisList(client_id, version, await drafts_of_diagnoses(client_id, seen_by=visit.user))


class Diagnoses(RecordDialog):
    """Code, words, since when; up and away."""

    subject, what, size = "client", "list of diagnoses", "wide"

    def __init__(self, visit: Visit, draft: DiagnosisList, client_name: str, *, add: bool = False) -> None:
        super().__init__(visit, draft)
        self.client_name = client_name
        if add or not draft.diagnoses:
            draft.diagnoses.append(DiagnosisDraft(since=visit.today()))

    @property
    def touched(self) -> bool:
        """Whether something is typed that is not kept; an empty line is nothing."""
        return self.typed() != self.original.diagnoses

    def typed(self) -> list[DiagnosisDraft]:
        """The lines with a code or words."""
        return [one for one in self.draft.diagnoses if one.code.strip() or one.description.strip()]

    def title(self) -> str:
        """Whose diagnoses."""
        return f"Diagnoses of {self.client_name}"

    def hint(self) -> str:
        """What the order means."""
        return "In the order of the form; the first is the main one. Sessions waiting to be billed follow a new order."

    def draw(self) -> None:
        """The lines, and a way to add one."""
        self.words["diagnoses"] = "Diagnoses"
        self.lines = ui.element("div").classes("sb-edit-lines")
        self.fields["diagnoses"] = SaysHere()
        self.draw_lines()
        with ui.element("div"):
            buttons.quiet("Add diagnosis", icon="plus", inviting=True, on_click=self.add)

    def draw_lines(self) -> None:
        """Drawn anew only when a line comes, goes or moves."""
        self.lines.clear()
        self.fields = {"diagnoses": self.fields["diagnoses"]}
        with self.lines:
            for place, diagnosis in enumerate(self.draft.diagnoses):
                self.line(place, diagnosis)

    def line(self, place: int, diagnosis: DiagnosisDraft) -> None:
        """One diagnosis, with its letter."""
        number = place + 1
        with ui.element("div").classes("sb-edit-line"):
            ui.label(LETTERS[place] if place < len(LETTERS) else "–").classes("sb-line-letter")
            code = text_field("ICD-10-CM code", diagnosis.code, placeholder="F33.1 or words", width="128px")
            code.on_value_change(lambda event: self.typed_code(diagnosis, offers, event.value or ""))
            words = text_field("Description", diagnosis.description, placeholder="Your own words")
            words.on_value_change(lambda event: setattr(diagnosis, "description", event.value or ""))
            since = date_field("Since", diagnosis.since, today=self.visit.today(), width="160px")
            since.on_value_change(lambda event: setattr(diagnosis, "since", event.value))
            with ui.element("div").classes("sb-line-acts"):
                if place:
                    buttons.icon_button("chevron-up", f"Move diagnosis {number} up", size=16, on_click=lambda: self.move_up(place))
                buttons.icon_button("x", f"Remove diagnosis {number}", size=16, on_click=lambda: self.remove(place))
        offers = DiagnosisOffers(self.visit.today(), lambda one: self.take_over(one, code, words))
        self.fields |= {f"code_{number}": code, f"description_{number}": words, f"since_{number}": since}

    def typed_code(self, diagnosis: DiagnosisDraft, offers: DiagnosisOffers, typed: str) -> None:
        """Keep what is typed, and offer what it may mean."""
        diagnosis.code = typed
        offers.offer(typed)

    def take_over(self, offered: Code, code: TextField, words: TextField) -> None:
        """An offered code with its title, unless the practice has words of its own."""
        code.set_value(offered.code)
        if not (words.value or "").strip():
            words.set_value(offered.title)

    def add(self) -> None:
        """Another line at the end."""
        self.draft.diagnoses.append(DiagnosisDraft(since=self.visit.today()))
        self.draw_lines()
        self.focus(f"code_{len(self.draft.diagnoses)}")

    def move_up(self, place: int) -> None:
        """One place nearer to the top."""
        lines = self.draft.diagnoses
        lines[place - 1], lines[place] = lines[place], lines[place - 1]
        self.draw_lines()

    def remove(self, place: int) -> None:
        """Off the list."""
        del self.draft.diagnoses[place]
        self.draw_lines()

    def show_value(self, name: str) -> None:
        """Take over the other's list."""
        del name
        self.draw_lines()

    async def read_again(self) -> DiagnosisList:
        """The list as it stands now."""
        return await diagnosis_list(self.draft.id, self.visit)

    async def keep(self) -> int:
        """Keep the list; lines left empty are passed over."""
        if len(self.typed()) < len(self.draft.diagnoses):
            self.draft.diagnoses = self.typed()
            self.draw_lines()
        await keep_diagnoses(self.draft.id, self.draft.diagnoses, version=self.draft.version, by=self.visit.user, now=self.visit.now())
        return self.draft.id

    async def saved(self, _kept: int) -> None:
        """Close; Undo puts back the list as it was."""
        before = self.original
        self.leave()

        async def undo() -> None:
            put_back = keep_diagnoses(before.id, before.diagnoses, version=before.version + 1, by=self.visit.user,
                                      now=self.visit.now())
            await try_it(self.visit, put_back, "The diagnoses are as they were")

        self.visit.toast(f"Diagnoses of {self.client_name} saved", action="Undo", on_action=undo)

    def spoken(self, name: str, value: Any) -> str:
        """The codes in their order."""
        del name
        return ", ".join(f"{one.code} ({day_text(one.since)})" if one.since else one.code for one in value if one.code)
