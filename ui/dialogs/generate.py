"""From the press of Generate to the finished papers: progress that may be left and come back to, then the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from domain.invoicing import drawing_goes_on, keep_drawing
from domain.reading import documents
from domain.reading.documents import IssuedBatch, IssuedDocument
from ui.components.banner import Banner
from ui.components.buttons import primary, standard
from ui.components.dialog import Dialog
from ui.components.icons import icon
from ui.components.typed import money_text
from ui.dialogs.result import Result
from ui.live import Announcement, Listening
from ui.visit import Visit


class Making:
    """The dialog of one batch: how far its documents are drawn; when all are, the result takes its place."""

    def __init__(self, visit: Visit, batch_id: int, *, sessions: int = 0, cents: int = 0,
                 show_to_fix: Callable[[], Awaitable[None]] | None = None,
                 on_left: Callable[[], Awaitable[None]] | None = None) -> None:
        self.visit, self.batch_id, self.sessions, self.cents = visit, batch_id, sessions, cents
        self.show_to_fix, self.on_left = show_to_fix, on_left
        self.steps: dict[str, Step] = {}
        self.done = False

    async def open(self) -> None:
        """Begin drawing, or see how far it is, and show it."""
        keep_drawing(self.batch_id)
        batch = await documents.batch(self.batch_id, seen_by=self.visit.user)
        self.page = ui.context.client.layout
        if all(one.drawn for one in batch.live):
            self.done = True
            self.show_result(batch)
            return
        with Dialog(self.title_of(batch), self.hint(), size="small") as self.dialog:
            self.dialog.card.classes("sb-making")
            self.dialog.close_button.set_visibility(False)
            self.dialog.on_value_change(self.closed)
            with self.dialog.body:
                self.bar = ui.element("div").classes("sb-progress").props(
                    "role=progressbar aria-valuemin=0 aria-label='Documents made'")
                self.steps_list(batch)
                self.trouble = ui.element("div")
            with self.dialog.foot:
                standard("Leave it running", on_click=self.dialog.close)
            Listening("batch", self.heard)
        self.dialog.open()
        self.show(batch)

    def hint(self) -> str:
        """What it is made of, and that nobody needs to wait."""
        what = f"{self.sessions} session{'' if self.sessions == 1 else 's'}, {money_text(self.cents)}. " if self.sessions else ""
        return f"{what}You can leave this page; the work goes on."

    def steps_list(self, batch: IssuedBatch) -> None:
        """What was done at once, then a step for each kind of paper."""
        with ui.element("div").classes("sb-making-steps").props("role=list"):
            if self.sessions:
                for words in ("Check the sessions", "Mark the sessions as invoiced"):
                    Step(words, self.sessions).reach(self.sessions, current=False)
            self.steps = {words: Step(words, of) for words, (_, of) in drawn_of(batch.live).items()}

    async def closed(self) -> None:
        """Left, by the person or because all is done."""
        if not self.dialog.value and self.on_left is not None:
            await self.on_left()

    async def heard(self, told: Announcement) -> None:
        """Some more were drawn."""
        if self.batch_id in told.get("batch", ()) and not self.done and self.dialog.value:
            self.show(await documents.batch(self.batch_id, seen_by=self.visit.user))

    def show(self, batch: IssuedBatch) -> None:
        """Bring title, bar and steps up to date; the result follows the last document."""
        drawn, whole = sum(one.drawn for one in batch.live), len(batch.live)
        self.dialog.title.set_text(self.title_of(batch))
        self.bar.style(f"--done: {100 * drawn / max(1, whole):.1f}%").props(f"aria-valuenow={drawn} aria-valuemax={whole}")
        current = True
        for words, (done, of) in drawn_of(batch.live).items():
            self.steps[words].reach(done, current=current and done < of)
            current = current and done == of
        if drawn == whole and not self.done:
            self.done = True
            self.dialog.close()
            self.show_result(batch)
        elif drawn < whole and not drawing_goes_on(self.batch_id):
            self.say_it_stopped(whole - drawn)

    def show_result(self, batch: IssuedBatch) -> None:
        """The list of what was made; it stands in the page, since the dialog that calls for it is going."""
        with self.page:
            Result(self.visit, batch, fresh=True, sessions=self.sessions, cents=self.cents,
                   show_to_fix=self.show_to_fix).open()

    def title_of(self, batch: IssuedBatch) -> str:
        """Making 6 of 9 documents."""
        return f"Making {sum(one.drawn for one in batch.live)} of {len(batch.live)} documents"

    def say_it_stopped(self, left: int) -> None:
        """Numbers and sessions are kept; only the drawing needs a new try."""
        self.trouble.clear()
        with self.trouble, ui.element("div").classes("sb-left-out"):
            icon("to-fix", 18, "sb-bad")
            ui.label(f"{left} could not be drawn. They are kept with their numbers; nothing is lost.").classes("sb-grow")
            primary("Try again", on_click=self.try_again)

    async def try_again(self) -> None:
        """Draw what is missing."""
        self.trouble.clear()
        keep_drawing(self.batch_id)


class Step:
    """One line of the progress: a ring, a spinner or a check, the words, the count."""

    def __init__(self, words: str, of: int) -> None:
        self.of = of
        with ui.element("div").classes("sb-making-step").props("role=listitem") as self.line:
            self.mark = ui.element("span").classes("sb-making-mark")
            ui.label(words).classes("sb-grow")
            self.count = ui.label().classes("sb-num sb-2")

    def reach(self, done: int, *, current: bool) -> None:
        """How far this step is; `current` is the one being worked on."""
        self.count.set_text(f"{done} of {self.of}")
        self.line.classes(add="is-current" if current else "" if done == self.of else "is-waiting",
                          remove="is-current is-waiting")
        self.mark.clear()
        with self.mark:
            if done == self.of:
                icon("ready", 18, "sb-ok")
            else:
                ui.element("span").classes("sb-spinner is-dark" if current else "sb-ring").props("aria-hidden=true")


def drawn_of(made: Sequence[IssuedDocument]) -> dict[str, tuple[int, int]]:
    """For each step: how many are drawn, of how many; insurance forms by payer first, as they are drawn."""
    drawn: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for one in sorted(made, key=lambda one: (one.kind == "invoice", one.payer_name)):
        step = f"Insurance forms for {one.payer_name}" if one.kind == "claim" else "Invoices to clients"
        whole[step] += 1
        drawn[step] += one.drawn
    return {step: (drawn[step], of) for step, of in whole.items()}


class Unfinished:
    """Batches that are still being drawn, whoever began them: their dialog, or a line on the page that leads back to it."""

    def __init__(self, visit: Visit, *, show_to_fix: Callable[[], Awaitable[None]] | None = None) -> None:
        self.visit, self.show_to_fix = visit, show_to_fix
        self.place, self.dialogs = ui.element("div"), ui.element("div")
        self.shown: list[int] = []
        self.watched: Making | None = None
        self.left: set[int] = set()  # those whose dialog was closed here before they were done

    async def watch(self, batch_id: int, *, sessions: int = 0, cents: int = 0) -> None:
        """Open the progress of a batch; the line is not needed meanwhile."""
        self.left.discard(batch_id)
        self.watched = Making(self.visit, batch_id, sessions=sessions, cents=cents, show_to_fix=self.show_to_fix,
                              on_left=self.leave)
        await self.reload()
        with self.dialogs:  # the line that was tapped is gone by now
            await self.watched.open()

    async def leave(self) -> None:
        """The dialog was closed: unless its batch was done, the line shows."""
        if self.watched is not None and not self.watched.done:
            self.left.add(self.watched.batch_id)
        self.watched = None
        await self.reload()

    async def reload(self) -> None:
        """Show the line while there is a batch that nobody looks at here; tell when one that was left is done."""
        found = await documents.unfinished(seen_by=self.visit.user)
        if self.place.is_deleted:
            return
        for done in self.left - set(found):
            self.tell_it_is_done(done)
        self.left &= set(found)
        self.draw([key for key in found if self.watched is None or key != self.watched.batch_id])

    def tell_it_is_done(self, batch_id: int) -> None:
        """A line at the bottom of the screen, with the way to the list."""
        with self.dialogs:
            self.visit.toast("The documents are ready", action="Open the list", on_action=lambda: self.watch(batch_id))

    def draw(self, found: list[int]) -> None:
        """The line, drawn when it comes or goes."""
        if found == self.shown:
            return
        self.shown = found
        self.place.clear()
        if found:
            with self.place:
                banner = Banner("Documents are being made.", "The work goes on wherever you are.", tone="info", closable=False)
                with banner.acts:
                    standard("Show progress", on_click=self.show)

    async def show(self) -> None:
        """The progress of the latest; the others follow when it is done."""
        if self.shown:
            await self.watch(self.shown[0])
