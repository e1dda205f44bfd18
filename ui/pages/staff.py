"""Staff: who may sign in, and their passwords."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain import staff as domain
from domain.reading import masters
from domain.reading.masters import StaffRow
from ui.answering import answering
from ui.components import buttons, cells
from ui.components.dialog import ask
from ui.components.editing import try_it
from ui.components.fields import switch, text_field
from ui.components.master_editor import MasterEditor
from ui.components.master_page import MasterPage
from ui.components.table import Column
from ui.components.typed import day_text
from ui.dialogs.password import ChangePassword, GivePassword
from ui.visit import Visit


async def staff(visit: Visit, args: PageArguments) -> None:
    """The page; `?open=ID&at=field` opens an editor."""
    await StaffPage(visit).build(args)


class StaffEditor(MasterEditor):
    """Name, e-mail, owner or not; a first password for a new account."""

    retire = "Remove account"
    new_draft = domain.StaffDraft
    drafts = domain.draft_of_staff

    def draw(self) -> None:
        """The fields, and the way to another password."""
        draft = self.draft
        with ui.element("div").classes("sb-fields"):
            self.bind("name", text_field("Name", draft.name))
            self.bind("email", text_field("Email", draft.email, hint="The person signs in with it."))
            if draft.id is None:
                self.bind("password", text_field("First password", password=True, autocomplete="new-password",
                                                 hint="At least 10 characters. They can change it after signing in."))
        ui.element("hr").classes("sb-rule")
        self.bind("is_owner", switch("Owner", draft.is_owner, hint="May make others owners and give new passwords"))
        if draft.id is not None:
            self.password_button()

    def password_button(self) -> None:
        """One's own is changed, somebody else's is given anew."""
        own = self.draft.id == self.visit.user.staff_id
        ui.element("hr").classes("sb-rule")
        with ui.element("div"):
            if own:
                buttons.standard("Change my password", icon="key-round", on_click=lambda: ChangePassword(self.visit).open())
            else:
                give = GivePassword(self.visit, self.draft.id, self.draft.name)
                buttons.standard("Give a new password", icon="key-round", on_click=give.open)

    def hint(self) -> str:
        """Whose account it is."""
        if self.draft.id == self.visit.user.staff_id:
            return "Your own account"
        return "" if self.draft.id else "They can sign in at once"

    def left_button(self) -> None:
        """Remove, after a question by name."""
        if self.draft.id:
            buttons.danger(self.retire, on_click=self.remove)

    @answering
    async def remove(self, _event: object = None) -> None:
        """Ask, then close the account and end its sign-ins."""
        name = self.original.name
        own = self.draft.id == self.visit.user.staff_id
        sentence = "You will be signed out here and on every other computer." if own else (
            "They are signed out on every computer. What they did stays in the records.")
        if not await ask(f"Remove {name}?", sentence, "Remove account", "Keep it"):
            return
        await domain.remove_staff(self.draft.id, by=self.visit.user, now=self.visit.now())
        self.leave()
        self.visit.toast(f"{name} can no longer sign in")

    async def keep(self) -> int:
        """Add or change the account."""
        service = domain.keep_staff if self.draft.id else domain.add_staff
        return await service(self.draft, by=self.visit.user, now=self.visit.now())

    async def saved(self, kept: int) -> None:
        """Close; an added account is taken back by Undo."""
        name, added = self.draft.name.strip(), self.draft.id is None
        self.page.closed_quietly()

        async def undo() -> None:
            taken_back = domain.remove_staff(kept, by=self.visit.user, now=self.visit.now())
            await try_it(self.visit, taken_back, f"{name} removed again")

        self.visit.toast(f"{name} can sign in now" if added else f"{name} saved", action="Undo" if added else "",
                         on_action=undo if added else None)


class StaffPage(MasterPage):
    """The accounts and their editor."""

    title, one, subject = "Staff", "staff account", "staff"
    hears = frozenset({"sign_in"})
    editor = StaffEditor
    columns = (
        Column(name="name", label="Name", look="sb-name", sub="email"),
        Column(name="email", label="Email", look="sb-2", width="220px", folds=True),
        Column(name="role", label="Role", html=True, width="90px", tablet_width="76px"),
        Column(name="seen", label="Last signed in", look="sb-2 sb-num", width="130px", folds=True),
    )

    def header_acts(self) -> None:
        """One's own password is a tap away."""
        buttons.standard("Change my password", on_click=lambda: ChangePassword(self.visit).open()).classes("sb-desk-only")

    async def read(self) -> list[Any]:
        """All accounts that may sign in."""
        return [Listed(row) for row in await masters.staff(seen_by=self.visit.user)]

    def line(self, row: Listed) -> dict[str, Any]:
        """Name, e-mail, role, last seen."""
        at = row.kept.last_signed_in_at
        return {
            "id": row.id, "_name": row.kept.name, "name": row.kept.name, "email": row.kept.email,
            "role": cells.text("Owner") if row.kept.is_owner else cells.text("Staff", "sb-2"),
            "seen": day_text(at.astimezone(self.visit.zone).date()) if at else "Never",
        }

    @answering
    async def open(self, record_id: Any, *, at: str = "") -> None:
        """The editor of one account; nothing uses it but the audit."""
        if await self.may_leave():
            await self.edit(await domain.draft_of_staff(record_id, seen_by=self.visit.user), {}, archived=False, at=at)


class Listed:
    """An account as the list takes it: it is never archived, since a removed one is not listed."""

    archived = False

    def __init__(self, kept: StaffRow) -> None:
        self.kept, self.id = kept, kept.id


