"""The editor of one master in its page's panel: saved, retired, brought back or deleted, each with a way back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from ui.answering import answering
from ui.components import buttons
from ui.components.dialog import ask
from ui.components.editing import Editing, try_it
from ui.components.side_panel import AskingPanel

if TYPE_CHECKING:
    from ui.components.master_page import MasterPage

Service = Callable[..., Awaitable[Any]]

# Enter in a line of text saves; in lists, areas and on buttons it keeps its own meaning.
ENTER = """(event) => {
  if (event.target.closest('textarea, button, a, [role="combobox"], [role="listbox"], [role="option"]') || event.isComposing) return;
  const button = event.target.closest('.sb-panel').querySelector('.sb-panel-foot .sb-primary');
  if (button && !button.disabled) setTimeout(() => button.click(), 30);
}"""


class EditorPanel(AskingPanel):
    """The panel of the editor; Enter in it saves."""

    def __init__(self, may_close: Callable[[], Awaitable[bool]], on_close: Callable[[], Any]) -> None:
        super().__init__(may_close, wide=True, sheet=False, on_close=on_close)
        self.body.on("keydown.enter", js_handler=ENTER)


class MasterEditor(Editing):
    """The editor of one master in the page's panel; draws its fields in `draw`."""

    retire = "Retire"  # the button's words: "Retire code"
    keeps: ClassVar[Service]
    drafts: ClassVar[Service]
    archives: ClassVar[Service]
    restores: ClassVar[Service]
    deletes: ClassVar[Service]
    new_draft: ClassVar[type]

    def __init__(self, page: MasterPage, draft: Any, uses: dict[str, int], *, archived: bool) -> None:
        super().__init__(page.visit, draft)
        self.page, self.uses, self.archived = page, uses, archived
        self.subject, self.what = page.subject, page.one

    # ---- what each page draws ----

    async def prepare(self) -> None:
        """Read what the fields offer, before anything is drawn."""

    def draw(self) -> None:
        """The fields."""
        raise NotImplementedError

    def name(self) -> str:
        """How this record is called in questions and toasts."""
        return str(getattr(self.draft, "code", "") or getattr(self.draft, "name", ""))

    # ---- panel ----

    def show(self, panel: EditorPanel) -> None:
        """Fill the panel."""
        verb = "Edit" if self.draft.id else "New"
        panel.show(f"{verb} {self.what}", self.hint())
        self.form = panel.body
        with panel.body:
            self.listen()
            self.draw()
        with panel.foot:
            self.left_button()
            buttons.standard("Cancel", on_click=self.cancel).classes("sb-right")
            self.save_button = buttons.primary("Save", on_click=self.save)

    def hint(self) -> str:
        """Where the record is used."""
        if not self.draft.id:
            return ""
        told = [f"{count:,} {word if count == 1 else plural(word)}" for word, count in self.uses.items() if word]
        used = f"Used on {' and '.join(told[:2])}" if told else "In use" if self.uses else "Not used yet"
        return f"{self.page.retired_words()}. {used}" if self.archived else used

    def left_button(self) -> None:
        """Delete what nothing uses, retire what is in use, bring back what was retired."""
        if not self.draft.id:
            return
        if self.archived:
            buttons.quiet("Use again", icon="archive-restore", inviting=True, on_click=self.restore)
        elif self.uses:
            buttons.danger(self.retire, on_click=self.archive)
        else:
            buttons.danger(self.retire.replace("Retire", "Delete").replace("Archive", "Delete"), on_click=self.delete)

    def cancel(self) -> None:
        """Leave without saving: the button says so, nobody asks again."""
        self.done = True
        self.page.closed_quietly()

    # ---- keeping ----

    async def read_again(self) -> Any:
        """The record as it stands now."""
        return await type(self).drafts(self.draft.id, seen_by=self.visit.user)

    async def keep(self) -> int:
        """Keep the draft."""
        return await type(self).keeps(self.draft, by=self.visit.user, now=self.visit.now())

    async def saved(self, kept: int) -> None:
        """Close, and offer to undo."""
        name, before = self.name(), self.original
        self.page.closed_quietly()
        self.page.table.choose(None)

        async def undo() -> None:
            if before.id is None:
                await self.act(type(self).deletes, kept, f"{name} removed again")
            else:
                self.draft = replace(before, version=before.version + 1)
                await try_it(self.visit, self.keep(), f"{name} is as it was")

        self.visit.toast(f"{name} saved", action="Undo", on_action=undo)

    async def act(self, service: Service, record_id: int, said: str, undo: Callable[[], Any] | None = None) -> None:
        """Ask one thing of the domain and say that it is done."""
        done = service(record_id, by=self.visit.user, now=self.visit.now())
        await try_it(self.visit, done, said, undo)

    @answering
    async def archive(self, _event: object = None) -> None:
        """Retire, with a way back."""
        record_id, name = self.draft.id, self.name()
        if not await self.really_archive():
            return
        await type(self).archives(record_id, by=self.visit.user, now=self.visit.now())
        self.leave()
        self.visit.toast(f"{name} {self.page.retired_words().lower()}", action="Undo",
                         on_action=lambda: self.act(type(self).restores, record_id, f"{name} is in use again"))

    async def really_archive(self) -> bool:
        """A question where retiring has consequences; none by default."""
        return True

    @answering
    async def restore(self, _event: object = None) -> None:
        """Offer it again, with a way back."""
        record_id, name = self.draft.id, self.name()
        await type(self).restores(record_id, by=self.visit.user, now=self.visit.now())
        self.leave()
        self.visit.toast(f"{name} is in use again", action="Undo",
                         on_action=lambda: self.act(type(self).archives, record_id, f"{name} put away again"))

    @answering
    async def delete(self, _event: object = None) -> None:
        """Ask by name, delete, and offer to put it back."""
        name, before = self.name(), self.original
        verb = f"Delete {self.what}"
        if not await ask(f"Delete {name}?", f"Nothing uses this {self.what} yet.", verb, "Keep it"):
            return
        await type(self).deletes(self.draft.id, by=self.visit.user, now=self.visit.now())
        self.leave()

        async def undo() -> None:
            self.draft = replace(before, id=None, version=1)
            await try_it(self.visit, self.keep(), f"{name} is back")

        self.visit.toast(f"{name} deleted", action="Undo", on_action=undo)

    def leave(self) -> None:
        """Close the panel without a question."""
        self.done = True
        self.page.closed_quietly()


def plural(word: str) -> str:
    """One policy, two policies."""
    return word[:-1] + "ies" if word.endswith("y") else f"{word}s"
