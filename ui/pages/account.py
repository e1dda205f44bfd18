"""One client's account: the statement like a bank's, what is open, and what may be done about it."""

from __future__ import annotations

from nicegui import PageArguments, ui

from domain.clients import draft_of_client
from domain.errors import NotFound
from domain.ledger.brought_forward import CREDIT
from domain.ledger.entries import Account
from domain.ledger.payments import apply_unapplied
from domain.reading.account import ClientAccount, client_account
from domain.reading.statement import StatementLine
from domain.reading.statements_made import statements_of
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons, cells
from ui.components.balance_card import balance_lines
from ui.components.card import card, nothing_yet
from ui.components.icons import icon
from ui.components.menus import menu_entry
from ui.components.segmented import Segmented
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import day_text, money_text
from ui.dialogs.bring_forward import BringForward
from ui.dialogs.make_statements import MakeStatements
from ui.dialogs.money import MoneyDialog
from ui.dialogs.money_acts import AddCharge, MoveToClient, Refund, TakeBack, WriteOff
from ui.dialogs.record_payment import RecordPayment
from ui.dialogs.statements_result import due_text, receipt_address, statement_address
from ui.dialogs.superbill import NewSuperbill
from ui.dialogs.year_summary import YearSummary
from ui.live import Announcement, Listening
from ui.visit import Visit

COLUMNS = (
    Column(name="day", label="Date", look="sb-num", width="126px", tablet_width="136px"),
    Column(name="what", label="What", look="sb-name", sub="detail", sub_always=True),
    Column(name="amount", label="Amount", align="right", look="sb-num", width="104px", tablet_width="104px"),
    Column(name="balance", label="Balance", align="right", look="sb-num sb-strong", width="104px", tablet_width="104px"),
    Column(name="paper", label="Receipt", html=True, align="right", width="96px", tablet_width="96px", hide_label=True),
    Column(name="undo", label="Undo", html=True, align="right", width="112px", hide_label=True),
)
STATEMENTS_SHOWN = 5
AGES = {"0–30": (0, 30), "31–60": (31, 60), "61–90": (61, 90), "Over 90": (91, 100_000)}  # days


async def account(visit: Visit, args: PageArguments) -> None:
    """The page; `?payer=ID` opens an insurer's account for this client."""
    client, payer = args.path_parameters["client_id"], args.query_parameters.get("payer", "")
    page = AccountPage(visit, int(client) if client.isdigit() else 0, int(payer) if payer.isdigit() else None)
    await page.build()


class AccountPage(Answers):
    """What one browser sees of one client's account."""

    def __init__(self, visit: Visit, client_id: int, payer_id: int | None) -> None:
        self.visit, self.client_id, self.payer_id = visit, client_id, payer_id
        self.name = ""
        self.seen: ClientAccount

    async def build(self) -> None:
        """Header, whose account, statement, and beside it what is open."""
        try:
            self.name = (await draft_of_client(self.client_id, seen_by=self.visit.user)).name
        except NotFound:
            self.visit.go(routes.CLIENTS)
            return
        await self.read()
        with self.visit.header(f"Account of {self.name}", back=routes.client(self.client_id), back_to=self.name):
            buttons.standard("Statement", icon="receipt-text", on_click=self.state).props["aria-label"] = "Make a statement"
            buttons.primary("Record payment", icon="circle-dollar-sign", on_click=self.pay)
            with buttons.icon_button("ellipsis", "More", size=20), ui.menu().props("auto-close"):
                self.more_menu()
        self.toolbar()
        with ui.element("div").classes("sb-account"):
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(COLUMNS, label="Statement", row_height=56, on_act=self.act)
            with ui.element("div").classes("sb-account-side"):
                self.side()
        Listening({"account", "client", "statement"}, self.heard)
        self.table.set_rows(self.rows())

    # ---- reading ----

    async def read(self) -> None:
        """The account as it stands."""
        self.seen = await client_account(self.client_id, payer_id=self.payer_id, today=self.visit.today(), seen_by=self.visit.user)
        self.made = await statements_of(self.client_id, seen_by=self.visit.user, limit=STATEMENTS_SHOWN)

    async def heard(self, told: Announcement) -> None:
        """Somebody paid, invoiced or took back."""
        if self.client_id in told.get("account", ()) or "statement" in told:
            await self.reload()

    async def reload(self) -> None:
        """Read, then show in one go; scroll stays."""
        await self.read()
        self.table.set_rows(self.rows())
        self.toolbar.refresh()
        self.side.refresh()

    # ---- parts ----

    @ui.refreshable_method
    def toolbar(self) -> None:
        """Whose account, and money that has paid nothing yet."""
        with ui.element("div").classes("sb-toolbar"):
            own = {0: f"{self.name}  {money_text(self.seen.client_cents)}"}
            Segmented(own | {one.payer_id: f"{one.name}  {money_text(one.cents)}" for one in self.seen.insurers},
                      self.payer_id or 0, label="Account", on_change=self.choose)
            if (left := self.seen.unapplied_on(self.payer_id)) and self.seen.open_on(self.payer_id):
                with ui.element("div").classes("sb-unapplied sb-right"):
                    ui.label(f"{money_text(left)} has paid nothing yet").classes("sb-num sb-2")
                    buttons.standard("Apply oldest first", on_click=self.apply)

    async def choose(self, event: object) -> None:
        """The client's own account, or an insurer's for this client."""
        self.payer_id = getattr(event, "value", None) or None
        await self.reload()

    def more_menu(self) -> None:
        """The rarer acts."""
        menu_entry("Write off", lambda: self.ask(WriteOff))
        menu_entry("Refund", lambda: self.ask(Refund))
        menu_entry("Add a charge", lambda: self.ask(AddCharge))
        menu_entry("Bring a balance forward", self.bring_forward)
        if self.seen.insurers:
            menu_entry("Move to the client", self.move)
        menu_entry("Year's summary for taxes", self.sum_up_year)
        menu_entry("New superbill", self.new_superbill)

    @answering
    async def bring_forward(self, _event: object = None) -> None:
        """What an earlier program left open."""
        await BringForward(self.visit, self.client_id, self.name).open()

    @ui.refreshable_method
    def side(self) -> None:
        """The balance, and what is open by its age."""
        with card("Balance", place="is-balance is-padded"):
            ui.label(money_text(self.seen.total_cents)).classes("sb-balance sb-num")
            balance_lines(self.seen)
        with card("Open by age"):
            items = self.seen.open_on(self.payer_id)
            with ui.element("div").classes("sb-ages"):
                for words, (first, last) in AGES.items():
                    cents = sum(item.open_cents for item in items if first <= item.age_days <= last)
                    with ui.element("div"):
                        ui.label(words).classes("sb-hint")
                        ui.label(money_text(cents)).classes("sb-num sb-strong")
            if not items:
                nothing_yet("Nothing is owed on this account.")
        if self.made:
            self.statements_made()

    def statements_made(self) -> None:
        """The latest, each opening its PDF."""
        with card("Statements made", place="is-padded"), ui.element("div").classes("sb-sum-lines"):
            for one in self.made:
                with ui.link(target=statement_address(one.id), new_tab=True).classes("sb-sum-line is-link"):
                    whose = "" if one.name == self.name else f", {one.name}"
                    ui.label(f"{day_text(one.made_on)}{whose}").classes("sb-grow")
                    ui.label(due_text(one.due_cents)).classes("sb-num")
                    icon("arrow-right", 15)

    def rows(self) -> list[TableRow]:
        """The statement, the latest first."""
        return [self.row(line) for line in reversed(self.seen.lines)]

    def row(self, line: StatementLine) -> TableRow:
        """One line."""
        left = f"{money_text(line.unapplied_cents)} not applied" if line.unapplied_cents and not line.undone else ""
        undo = cells.button("Undo", "undo", line.key) if line.undo else cells.text("Taken back", "sb-3") if line.undone else ""
        if line.remittance_id:
            undo = cells.link("Payer Files", "payer_file", str(line.remittance_id))
        return {
            "id": line.key, "_name": line.what, "day": day_text(line.effective_on), "what": line.what,
            "detail": " · ".join(part for part in (line.detail, left) if part), "amount": money_text(line.cents),
            "balance": money_text(line.balance_cents), "paper": self.receipt_of(line), "undo": undo, "_tone": "muted" if line.undone else "",
        }

    def receipt_of(self, line: StatementLine) -> str:
        """A client's own payment or refund has one, unless it was taken back or received by an earlier program."""
        if line.kind not in {"payment", "refund"} or self.payer_id or line.undone or not line.payment_id or line.detail == CREDIT:
            return ""
        return cells.anchor("Receipt", receipt_address(line.payment_id), f"Receipt of {line.what}, {day_text(line.effective_on)}")

    # ---- acts ----

    @answering
    async def pay(self, _event: object = None) -> None:
        """A payment of whoever's account is shown."""
        await RecordPayment(self.visit, self.client_id, self.name, payer_id=self.payer_id).open()

    @answering
    async def state(self, _event: object = None) -> None:
        """A statement of the client's own account."""
        await MakeStatements(self.visit, self.client_id, self.name).open()

    @answering
    async def sum_up_year(self, _event: object = None) -> None:
        """What was paid in a year, for taxes."""
        await YearSummary(self.visit, self.client_id, self.name).open()

    @answering
    async def new_superbill(self, _event: object = None) -> None:
        """For the client's own insurer."""
        await NewSuperbill(self.visit, client_id=self.client_id, client_name=self.name).open()

    @answering
    async def ask(self, kind: type[MoneyDialog]) -> None:
        """Open a dialog for the account that is shown; a charge is the client's."""
        await kind(self.visit, self.client_id, self.name, payer_id=self.payer_id).open()

    @answering
    async def move(self, _event: object = None) -> None:
        """From the insurer's account that is shown, else the first."""
        await MoveToClient(self.visit, self.client_id, self.name, payer_id=self.payer_id or self.seen.insurers[0].payer_id).open()

    @answering
    async def apply(self, _event: object = None) -> None:
        """Let what is unapplied pay the oldest."""
        cents = await apply_unapplied(Account(self.client_id, self.payer_id), by=self.visit.user, now=self.visit.now())
        self.visit.toast(f"{money_text(cents)} applied")

    @answering
    async def act(self, act: str, row_id: str, arg: str | None) -> None:
        """Undo a line, once a reason is given; what a remittance posted is undone where it stands."""
        if act == "payer_file":
            self.visit.go(routes.payer_payment(int(arg or 0)))
            return
        line = next((one for one in self.seen.lines if one.key == row_id), None)
        if line is not None and line.undo:
            await TakeBack(self.visit, self.client_id, self.name, payer_id=self.payer_id).about(line).open()
