"""What can be done with one appointment from its panel: mark, give a code, cancel, delete, undo its session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain import scheduling
from domain.reading.one_appointment import Details, Member, one_appointment
from ui.answering import Answers, answering
from ui.components.dialog import ask
from ui.components.editing import try_it
from ui.dialogs.remove_session import RemoveSession
from ui.visit import Visit

WAITING = frozenset({"scheduled", "arrived"})  # not marked yet


class AppointmentActs(Answers):
    """One tap each; what frees time or deletes can be undone from the toast."""

    def __init__(self, visit: Visit, *, place: ui.element, on_deleted: Callable[[], Any]) -> None:
        self.visit, self.place, self.on_deleted = visit, place, on_deleted

    @answering
    async def mark(self, details: Details, status: str) -> None:
        """How it stands, in one tap."""
        if details.members:
            own = [member.attendance_id for member in details.members if not member.participant]
            await self.mark_members(status, own)
        else:
            await scheduling.set_status(status, appointment=details.line.id, **self.who())

    @answering
    async def mark_members(self, status: str, attendances: list[int]) -> None:
        """How these clients stand."""
        await scheduling.set_status(status, attendances=attendances, **self.who())

    @answering
    async def all_attended(self, appointment_id: int) -> None:
        """Everyone of a group who still waits for a mark, as it stands at this moment."""
        details = await one_appointment(appointment_id, seen_by=self.visit.user)
        waiting = [one.attendance_id for one in details.members if not one.billed and one.status in WAITING]
        await scheduling.set_status("completed", attendances=waiting, **self.who())

    @answering
    async def give_code(self, details: Details, code_id: int | None) -> None:
        """The client's Service Code, or that of an appointment without clients."""
        own = [member.attendance_id for member in details.members if not member.participant]
        if own:
            await self.give_members_code(own, code_id)
        else:
            await scheduling.set_service_code(code_id, appointment=details.line.id, **self.who())

    @answering
    async def give_members_code(self, attendances: list[int], code_id: int | None) -> None:
        """These clients' Service Code."""
        await scheduling.set_service_code(code_id, attendances=attendances, **self.who())

    @answering
    async def cancel(self, details: Details, *, late: bool) -> None:
        """Free the time; one tap takes it back."""
        before = {member.attendance_id: member.status for member in details.members}
        await scheduling.cancel(details.line.id, late=late, **self.who())
        self.visit.toast(f"{details.line.name} canceled", action="Undo", on_action=partial(self.uncancel, details, before))

    async def uncancel(self, details: Details, before: dict[int, str]) -> None:
        """As it stood before."""

        async def mark_all() -> None:
            for status in set(before.values()):
                who = [attendance for attendance, had in before.items() if had == status]
                await scheduling.set_status(status, attendances=who, **self.who())
            if not before:
                await scheduling.set_status(details.line.status, appointment=details.line.id, **self.who())

        await try_it(self.visit, mark_all(), "Taken back")

    @answering
    async def delete(self, details: Details, _event: object = None) -> None:
        """Ask by name, delete, and offer to put it back."""
        sentence = "Only for one entered by mistake. One that does not take place is canceled instead."
        with self.place:
            means_it = await ask(f"Delete {details.line.name}'s appointment?", sentence, "Delete appointment", "Keep it")
        if not means_it:
            return
        deleted = await scheduling.delete(details.line.id, **self.who())
        self.on_deleted()

        async def put_back() -> None:
            await try_it(self.visit, scheduling.put_back(deleted, **self.who()), "Appointment put back")

        self.visit.toast("Appointment deleted", action="Undo", on_action=put_back)

    def undo_session(self, member: Member, _event: object = None) -> None:
        """Ask why, then take the session out of billing: the lock opens."""
        if member.billed is None:
            return
        sentence = f"{member.name}'s session is taken out of billing. The appointment is unlocked and can be sent again."
        with self.place:
            RemoveSession(self.visit, member.billed.session_id, sentence, verb="Undo client session").open()

    def who(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.visit.user, "now": self.visit.now()}
