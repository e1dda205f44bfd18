"""Editing one record: fields tied to a draft, refusals beside them, and what others change meanwhile, never lost.

A page's or dialog's editor derives from `Editing`, draws its fields with `bind`, and keeps its draft in `keep`.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from domain.errors import ChangedMeanwhile, NotFound, PracticeError
from domain.reading.changes import last_change
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.comparing import comparison, in_words, listed, three_ways
from ui.components.dialog import Dialog
from ui.components.typed import time_text
from ui.components.typed_fields import TypedField, all_readable
from ui.live import Announcement, Listening
from ui.visit import Visit

Turn = Callable[[Any], Any]


class Editing(Answers):
    """One record being edited by one person. `form` is the element that holds the fields."""

    subject = ""  # what is announced when such a record changes
    what = "record"  # for sentences: "Service Code"

    def __init__(self, visit: Visit, draft: Any) -> None:
        self.visit, self.draft = visit, draft
        self.original = copy.deepcopy(draft)
        self.fields: dict[str, Any] = {}
        self.words: dict[str, str] = {}
        self.turns: dict[str, tuple[Turn, Turn]] = {}
        self.refused_at: list[str] = []
        self.keeping = False
        self._done = False
        self.met: tuple[Any, list[str]] = (draft, [])  # somebody else's version, and the fields that both changed
        self.news: ui.element
        self.form: ui.element

    # ---- what each editor says for itself ----

    async def read_again(self) -> Any:
        """The record as it stands now, as a draft. Raises NotFound."""
        raise NotImplementedError

    async def keep(self) -> int:
        """Keep the draft; answers its id."""
        raise NotImplementedError

    async def saved(self, kept: int) -> None:
        """What happens once it is kept: close, tell."""
        raise NotImplementedError

    def changed(self, name: str) -> None:
        """A value was typed or taken over: what depends on it is drawn again."""

    def spoken(self, name: str, value: Any) -> str:
        """A value in words, for the comparison with somebody else's."""
        return in_words(name, value)

    # ---- fields ----

    def listen(self) -> None:
        """Make the line above the form and hear what others change. Called once, where the form is drawn."""
        self.news = ui.element("div").classes("sb-news")
        self.visit.leaving.watch(self)
        with self.news:
            self.heard_by = Listening(self.subject, self.heard)

    def bind(self, name: str, field: Any, *, span: int = 12, reads: Turn | None = None, shows: Turn | None = None) -> Any:
        """Tie a field to a value of the draft; `span` of the form's twelve columns.

        `reads` and `shows` turn the field's kind of value into the draft's and back, where they differ.
        """
        self.fields[name] = field
        self.words[name] = words_of(field)
        self.turns[name] = (reads or as_it_is, shows or as_it_is)
        if (frame := getattr(field, "frame", None)) is not None and span < 12:
            frame.classes(f"sb-span-{span}")
        field.on_value_change(lambda event: self.take(name, event.value))
        return field

    def take(self, name: str, value: Any) -> None:
        """Write what was typed into the draft, in the draft's own kind of value."""
        value = self.turns[name][0](value) if name in self.turns else value
        if value is None and isinstance(getattr(self.original, name), str):
            value = ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        setattr(self.draft, name, value)
        self.changed(name)
        self.visit.leaving.follow()

    def show_value(self, name: str) -> None:
        """Show the draft's value in its field without a word of the others being touched."""
        field = self.fields.get(name)
        if name in self.turns and not field.is_deleted:
            field.value = self.turns[name][1](getattr(self.draft, name))
        self.changed(name)

    def focus(self, name: str) -> None:
        """Put the cursor into a field, scrolled into sight."""
        field = self.fields.get(name)
        if field is None or field.is_deleted:
            return
        inner = field.input if isinstance(field, TypedField) else field
        run_focus(inner)

    @property
    def touched(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.draft != self.original or not quietly_readable(self.form)

    @property
    def done(self) -> bool:
        """Whether it is kept or given up: what stands in the fields is nobody's typing any more."""
        return self._done

    @done.setter
    def done(self, is_done: bool) -> None:
        self._done = is_done
        self.visit.leaving.follow()

    @property
    def gone(self) -> bool:
        """Whether it is no longer on the screen."""
        return self.news.is_deleted

    @property
    def unsaved(self) -> bool:
        """Whether leaving the page would lose something typed."""
        return not self.done and self.touched

    # ---- refusals ----

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field; without one, in red above the form."""
        field = self.fields.get(at)
        if field is None or getattr(field, "is_deleted", False) or not hasattr(field, "say"):
            self.tell(Banner, sentence)
            return
        field.say(sentence)
        self.refused_at.append(at)
        if at == min(self.refused_at, key=list(self.fields).index):
            self.focus(at)

    def tell(self, kind: type[Banner], sentence: str, **how: Any) -> Banner:
        """One line above the form, in place of the one before."""
        for shown in [part for part in self.news.descendants() if isinstance(part, Banner)]:
            shown.delete()
        with self.news:
            return kind(sentence, **how)

    # ---- saving ----

    def may_save(self) -> bool:
        """Start anew: no refusal stands, and every typed field can be read."""
        self.refused_at = []
        for field in self.fields.values():
            if not field.is_deleted and hasattr(field, "clear_error"):
                field.clear_error()
        return all_readable(self.form)

    @answering
    async def save(self, _event: object = None) -> None:
        """Keep the draft, or say beside each field what is wrong, or what someone else changed meanwhile."""
        if self.done or self.keeping or not self.may_save():
            return
        self.keeping = True  # a second tap meanwhile would keep a new record twice
        try:
            kept = await self.keep()
        except ChangedMeanwhile:
            await self.meet_the_other()
            return
        finally:
            self.keeping = False
        self.done = True
        await self.saved(kept)

    # ---- what others change ----

    async def heard(self, told: Announcement) -> None:
        """Someone kept a change of this very record while it is open here."""
        if not self.done and self.draft.id in told.get(self.subject, ()):
            await self.meet_the_other()

    @answering
    async def meet_the_other(self, _event: object = None) -> None:
        """Take over what does not touch what is typed here; ask about what does."""
        try:
            theirs = await self.read_again()
        except NotFound as gone:
            self.say(gone.told() + " What you typed is still here.")
            return
        if theirs.version == self.original.version:
            return
        changed, conflicts = three_ways(self.original, self.draft, theirs)
        self.follow(theirs, [name for name in changed if name not in conflicts])
        if not conflicts:
            self.settle(theirs)  # before the next wait, or a Save just now would be refused
        who = await self.who()
        if not conflicts:
            if changed:
                self.tell(Banner, f"{who} changed {listed(self.called(changed))}. It is shown here now.", tone="info")
            return
        sentence = f"{who} changed {listed(self.called(conflicts))} while you were editing."
        self.met = (theirs, conflicts)
        if any(isinstance(part, Banner) and part.title.text == sentence for part in self.news.descendants()):
            return  # it is said already: its button stays under the finger that is about to tap it
        banner = self.tell(Banner, sentence, tone="info")
        with banner.acts:
            buttons.standard("See the change", on_click=lambda: self.compare(*self.met))

    def called(self, names: list[str]) -> list[str]:
        """Fields by the words they bear on the screen."""
        return [self.words.get(name, name.replace("_", " ").capitalize()) for name in names]

    async def who(self) -> str:
        """Who kept the last change, and when."""
        change = await last_change(self.subject, self.draft.id, seen_by=self.visit.user)
        if change is None:
            return "Someone else"
        return f"At {time_text(change.at.astimezone(self.visit.zone).time())}, {change.by_name}"

    def follow(self, theirs: Any, names: list[str]) -> None:
        """Show the other's values of these fields."""
        for name in names:
            setattr(self.draft, name, copy.deepcopy(getattr(theirs, name)))
            self.show_value(name)

    def settle(self, theirs: Any) -> None:
        """From here on the record is edited as the other left it."""
        self.original = copy.deepcopy(theirs)
        self.draft.version = theirs.version
        self.visit.leaving.follow()

    async def compare(self, theirs: Any, conflicts: list[str]) -> None:
        """Both versions side by side; the person says which stays."""
        title, hint = f"Two changes of this {self.what}", "Nothing is saved until you choose."
        with self.form, Dialog(title, hint, size="wide") as dialog:  # not in the banner, which may be said anew meanwhile
            with dialog.body:
                comparison([(words, *(self.spoken(name, getattr(version, name)) for version in (self.original, theirs, self.draft)))
                            for name, words in zip(conflicts, self.called(conflicts), strict=True)])
            with dialog.foot:
                buttons.standard("Take theirs", on_click=lambda: dialog.submit("theirs"))
                buttons.primary("Keep mine", on_click=lambda: dialog.submit("mine"))
        chosen = await dialog
        if chosen is None:
            return
        if chosen == "theirs":
            self.follow(theirs, conflicts)
        self.settle(theirs)
        for shown in [part for part in self.news.descendants() if isinstance(part, Banner)]:
            shown.delete()


async def try_it(visit: Visit, act: Awaitable[Any], said: str, undo: Callable[[], Any] | None = None) -> None:
    """What an Undo does: act and say so, or say in the page's banner why not."""
    try:
        await act
    except PracticeError as refusal:
        visit.refused(refusal.told())
        return
    visit.toast(said, action="Undo" if undo else "", on_action=undo)


def as_it_is(value: Any) -> Any:
    """The field's value is the draft's."""
    return value


def words_of(field: Any) -> str:
    """The words a field bears."""
    inner = field.input if isinstance(field, TypedField) else field
    return str(inner.props.get("aria-label", "") or getattr(inner, "text", ""))


def quietly_readable(form: ui.element) -> bool:
    """Whether every typed field can be read, without a word about it."""
    return all(field.readable for field in form.descendants() if isinstance(field, TypedField))


def run_focus(field: Any) -> None:
    """Focus an input and bring it to the middle of what scrolls."""
    if field.is_deleted:
        return
    # a moment later than the panel or dialog that is opening takes the focus for itself
    ui.run_javascript(f"""setTimeout(() => {{ if (!getElement({field.id})) return;
        runMethod({field.id}, "focus", []); getHtmlElement({field.id})?.scrollIntoView({{block: "center"}}); }}, 150)""")


class SaysHere(ui.label):
    """A place for a sentence about the lines above it."""

    def __init__(self) -> None:
        super().__init__("")
        self.classes("sb-says").props("role=alert")

    def say(self, sentence: str) -> None:
        """Say it in red."""
        self.set_text(sentence)

    def clear_error(self) -> None:
        """Say nothing."""
        self.set_text("")
