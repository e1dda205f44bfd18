"""What a send made, what was left out and why, and the one next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.client_sessions import remove_sessions
from domain.errors import PracticeError
from domain.sending import Row, Sent, State
from ui import routes
from ui.components.buttons import Button, primary, quiet, standard
from ui.components.dialog import Dialog
from ui.components.icons import icon, lock
from ui.components.typed import day_text, money_text
from ui.visit import Visit

LEFT_OUT: dict[State, str] = {
    "without_code": "without a code", "to_mark": "not marked attended", "billed": "already billed",
    "not_billable": "not billable", "not_held": "not yet held",
}


async def show_sent(
    visit: Visit, sent: Sent, *, left_out: list[Row], open_again: Callable[[State], Awaitable[None]]
) -> None:
    """Open the result."""
    SentDialog(visit, sent, left_out, open_again).open()


class SentDialog:
    """The result of one send."""

    def __init__(self, visit: Visit, sent: Sent, left_out: list[Row],
                 open_again: Callable[[State], Awaitable[None]]) -> None:
        self.visit, self.sent, self.left_out, self.open_again = visit, sent, left_out, open_again

    def open(self) -> None:
        """Draw and open."""
        made = len(self.sent.made)
        title = f"{made:,} client session{'' if made == 1 else 's'} created"
        with Dialog(title, size="medium") as self.dialog:
            with self.dialog.body:
                self.headline()
                self.by_payer()
                self.what_was_left_out()
            with self.dialog.foot:
                if made:
                    quiet("Undo", icon="undo-2", on_click=self.undo).classes("sb-left")
                standard("Close", on_click=self.dialog.close)
                primary("Open Invoice Clients and Insurance", icon_after="arrow-right", on_click=self.go_on)
        self.dialog.open()

    def headline(self) -> None:
        """How much, of which days, and that the appointments are locked now."""
        if not self.sent.made:
            ui.label("Nothing was sent; what stood in the way is below.").classes("sb-2")
            return
        days = sorted(row.visit.starts_at.astimezone(self.visit.zone).date() for row in self.sent.made)
        span = day_text(days[0]) if days[0] == days[-1] else f"{day_text(days[0])} – {day_text(days[-1])}"
        with ui.element("div").classes("sb-headline"):
            icon("ready", 30, "sb-ok")
            with ui.element("div").classes("sb-row is-wrapping"):
                ui.label(f"{money_text(self.sent.amount_cents)} for {span}.")
                ui.label("Their appointments are locked")
                lock(14)
                ui.label("now.")

    def by_payer(self) -> None:
        """Totals, a line a payer."""
        sessions: Counter[str] = Counter()
        cents: Counter[str] = Counter()
        for row in self.sent.made:
            who = row.payer_name or ("Two policies, choose one" if row.billing and row.billing.kind == "unclear"
                                     else "Clients pay directly")
            sessions[who] += 1
            cents[who] += row.amount_cents
        with ui.element("div").classes("sb-sum-lines"):
            for who, count in sessions.most_common():
                with ui.element("div").classes("sb-sum-line"):
                    ui.label(who).classes("sb-grow")
                    ui.label(f"{count:,} session{'' if count == 1 else 's'}").classes("sb-2 sb-num")
                    ui.label(money_text(cents[who])).classes("sb-strong sb-num sb-amount")

    def what_was_left_out(self) -> None:
        """Each reason with how many and a way to them."""
        states = Counter(row.state for row in self.left_out)
        if not states:
            return
        count = sum(states.values())
        ui.label(f"{count:,} appointment{' was' if count == 1 else 's were'} left out").classes("sb-strong")
        with ui.element("div").classes("sb-sum-lines"):
            for state, words in LEFT_OUT.items():
                if states[state]:
                    self.left_out_line(state, f"{states[state]:,} {words}")

    def left_out_line(self, state: State, words: str) -> None:
        """One reason: its mark, its words and the link."""
        alone = [row for row in self.left_out if row.state == state]
        if len(alone) == 1 and alone[0].visit.client_id:
            words += f": {alone[0].visit.client_name}"
        with ui.element("div").classes("sb-sum-line"):
            if state == "billed":
                lock(16)
            else:
                icon("to-fix" if state in {"without_code", "to_mark"} else "minus", 16,
                     "sb-warn" if state in {"without_code", "to_mark"} else "sb-3")
            ui.label(words).classes("sb-grow")
            Button("Show them", look="sb-quiet sb-inviting", on_click=lambda: self.show(state))

    async def show(self, state: State) -> None:
        """Back to the pop-up at these rows."""
        self.dialog.close()
        await self.open_again(state)

    async def undo(self) -> None:
        """Take the whole send back: sessions removed, appointments unlocked."""
        self.dialog.close()
        try:
            count = await remove_sessions(
                self.sent.session_ids, reason="Undone right after sending", by=self.visit.user, now=self.visit.now())
        except PracticeError as refusal:
            self.visit.refused(refusal.told())
            return
        self.visit.toast(f"{count:,} client session{'' if count == 1 else 's'} removed; their appointments are unlocked")

    def go_on(self) -> None:
        """On to invoicing."""
        self.dialog.close()
        self.visit.go(routes.INVOICE)
