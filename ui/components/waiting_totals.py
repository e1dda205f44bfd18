"""Totals of what waits, by payer or by client: each a tap that shows only theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nicegui import ui

from domain.reading.to_invoice import Total, WaitingSession, totals
from ui.components.segmented import Segmented
from ui.components.status import status_mark
from ui.components.typed import money_text

MOST = 4  # payers or clients in sight; the others are found by the filters


class WaitingTotals:
    """The strip above the grid. `on_choose` hears ("payer" or "client", key); an empty key means all."""

    def __init__(self, on_choose: Callable[[str, str], None]) -> None:
        self.on_choose = on_choose
        self.by = "payer"
        self.rows: Sequence[WaitingSession] = ()
        self.chosen = ""
        self.drawn: object = None
        with ui.element("div").classes("sb-totals").props("role=group aria-label=Totals") as self.place:
            self.boxes = ui.element("div").classes("sb-totals-boxes")
            with ui.element("div").classes("sb-totals-by"):
                ui.label("Totals by").classes("sb-small")
                Segmented({"payer": "Payer", "client": "Client"}, self.by, label="Totals by", on_change=self.sum_by)

    def sum_by(self, event: object) -> None:
        """Sum by payer or by client; what was chosen of the other kind is let go."""
        self.by, self.chosen = getattr(event, "value", "payer") or "payer", ""
        self.on_choose(self.by, "")

    def show(self, rows: Sequence[WaitingSession], chosen: str) -> None:
        """Draw the sums, unless nothing changed."""
        self.rows, self.chosen = rows, chosen
        found = totals(rows, by=self.by)
        first = [one for one in found if one.key == chosen] + [one for one in found if one.key != chosen]
        listed = first[:MOST] if chosen not in {one.key for one in found[:MOST]} else found[:MOST]
        whole = Total(key="", name="All sessions", cents=sum(row.fee_cents for row in rows),
                      ready=sum(row.ready for row in rows), to_fix=sum(bool(row.reasons) for row in rows))
        if self.drawn != (drawn := (whole, listed, chosen, len(rows))):
            self.drawn = drawn
            self.place.set_visibility(bool(rows))
            self.draw(whole, listed, len(rows))

    def draw(self, whole: Total, listed: Sequence[Total], count: int) -> None:
        """All, then the largest."""
        self.boxes.clear()
        with self.boxes:
            self.box(whole, f"{count:,} session{'' if count == 1 else 's'}")
            for one in listed:
                self.box(one)

    def box(self, total: Total, words: str = "") -> None:
        """One sum with its ready and red counts."""
        with ui.element("button").classes("sb-totals-box").props("type=button") as box:
            box.props["aria-pressed"] = "true" if total.key == self.chosen else "false"
            ui.label(total.name).classes("sb-totals-name")
            ui.label(money_text(total.cents)).classes("sb-total")
            with ui.element("span").classes("sb-totals-marks"):
                if words:
                    ui.label(words)
                else:
                    status_mark("ready", f"{total.ready} ready")
                    if total.to_fix:
                        status_mark("to fix", f"{total.to_fix} to fix")
        box.on("click", lambda: self.on_choose(self.by, "" if total.key == self.chosen else total.key))
