"""Paid right? What payers allowed less for than their contracts promise, in dollars, with a letter; and rates that changed."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain.claims.paid_right import NewRate, PaidLine
from domain.rates.keeping import keep_rates, remove_rate
from domain.reading.paid_right import PaidRight, paid_right
from domain.reading.rates import rates_of
from domain.reading.sessions import codes_text
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons, cells
from ui.components.banner import Banner
from ui.components.editing import try_it
from ui.components.empty import empty_state
from ui.components.table import Column, LongTable, Row
from ui.components.typed import day_text, money_text
from ui.live import Announcement, Listening
from ui.visit import Visit

COLUMNS = (
    Column(name="client", label="Client", look="sb-name", sub="claim"),
    Column(name="day", label="Service", look="sb-num", width="116px"),
    Column(name="code", label="Code", look="sb-num sb-2", width="104px", tablet_width="84px"),
    Column(name="claim", label="Claim and payment", look="sb-2", folds=True),
    Column(name="expected", label="Contract", align="right", look="sb-num", width="96px", tablet_width="88px"),
    Column(name="allowed", label="Allowed", align="right", look="sb-num", width="96px", tablet_width="88px"),
    Column(name="short", label="Missing", align="right", look="sb-num sb-strong", width="96px", tablet_width="88px"),
)
NOTHING = "What payers allow is compared with their contract rates, which stand on each payer's page. Over the last year nothing is missing."


async def paid_right_page(visit: Visit, args: PageArguments) -> None:
    """The page."""
    del args
    await PaidRightPage(visit).build()


class PaidRightPage(Answers):
    """One browser's view."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.seen: PaidRight

    async def build(self) -> None:
        """Header, what is proposed, the list."""
        await self.read()
        with self.visit.header("Paid right?"):
            self.total = ui.label().classes("sb-num sb-strong")
            buttons.standard("Payers", on_click=lambda: self.visit.go(routes.PAYERS))
        self.proposals_place = ui.element("div").classes("sb-banner-place")
        with ui.element("div").classes("sb-work is-still"):
            self.table = LongTable(COLUMNS, label="Services allowed short", row_height=48, on_act=self.act)
            self.nothing = ui.element("div")
        Listening({"payer", "claim", "payer_file"}, self.heard)
        self.draw()

    async def read(self) -> None:
        """As the books stand."""
        self.seen = await paid_right(today=self.visit.today(), seen_by=self.visit.user)

    async def heard(self, _told: Announcement) -> None:
        """A rate or an answer came or went."""
        await self.read()
        self.draw()

    def draw(self) -> None:
        """All of it anew; nobody types here."""
        self.total.set_text(f"{money_text(self.seen.short_cents)} missing" if self.seen.short else "")
        self.proposals_place.clear()
        with self.proposals_place:
            for proposed in self.seen.new_rates:
                self.proposal(proposed)
        self.table.set_rows(self.rows())
        self.table.set_visibility(bool(self.seen.short))
        self.nothing.clear()
        if not self.seen.short:
            with self.nothing, empty_state("Nothing is missing", NOTHING):
                buttons.standard("See payers", on_click=lambda: self.visit.go(routes.PAYERS))

    def proposal(self, proposed: NewRate) -> None:
        """A change that is the same on every line: perhaps the contract changed."""
        rate = proposed.rate
        code = codes_text([(rate.code, rate.modifiers)])
        sentence = (f"{proposed.lines} services since {day_text(rate.starts_on)}, all alike; the contract rate here is "
                    f"{money_text(proposed.was_cents)}.")
        banner = Banner(f"{proposed.payer_name} allows {money_text(rate.cents)} for {code}", sentence, tone="info", closable=False)
        with banner.acts:
            words = f"Take {money_text(rate.cents)} as the rate from {day_text(rate.starts_on)}"
            buttons.standard(words, on_click=lambda: self.take(proposed))

    @answering
    async def take(self, proposed: NewRate) -> None:
        """The proposed rate holds from its day on; with a way back."""
        rate, user = proposed.rate, self.visit.user
        await keep_rates([rate], by=user, now=self.visit.now())

        async def undo() -> None:
            kept = await rates_of(rate.payer_id, on=self.visit.today(), seen_by=user)
            for one in kept:
                if (one.code, one.modifiers, one.starts_on) == (rate.code, rate.modifiers, rate.starts_on):
                    await try_it(self.visit, remove_rate(one.id, by=user, now=self.visit.now()), "The rate is as it was")

        self.visit.toast(f"{rate.code} is expected at {money_text(rate.cents)}", action="Undo", on_action=undo)

    def rows(self) -> list[Row]:
        """By payer, each with its sum and its letter."""
        found: list[Row] = []
        payers: dict[int, list[PaidLine]] = {}
        for line in self.seen.short:
            payers.setdefault(line.payer_id, []).append(line)
        for payer_id, lines in payers.items():
            total = money_text(sum(line.short_cents for line in lines))
            found.append({"id": f"payer-{payer_id}", "_group": lines[0].payer_name, "_note": f"{total} missing"})
            found += [self.row(line) for line in lines]
            found.append(self.letter(payer_id, lines[0].payer_name))
        return found

    def letter(self, payer_id: int, name: str) -> Row:
        """The payer's last line: what can be done about it."""
        return {"id": f"letter-{payer_id}", "_name": name, "client": f"Letter to {name}", "day": "", "code": "", "claim": "", "expected": "",
                "allowed": "", "short": "", "_more": cells.anchor("Open letter", letter_address(payer_id), f"Open the letter to {name}")}

    def row(self, line: PaidLine) -> Row:
        """One service."""
        return {
            "id": line.charge_line_id, "_name": line.client_name, "client": line.client_name, "day": day_text(line.day),
            "code": codes_text([(line.code, line.modifiers)]),
            "claim": f"{line.claim_number}, paid {day_text(line.paid_on)}",
            "expected": money_text(line.expected_cents), "allowed": money_text(line.allowed_cents),
            "short": money_text(line.short_cents),
        }

    def act(self, _act: str, _id: Any, _arg: Any) -> None:
        """Letters are links; nothing else is tapped."""


def letter_address(payer_id: int) -> str:
    """Where the letter to a payer is opened."""
    return f"{routes.STORED_PDF}/underpaid/{payer_id}"
