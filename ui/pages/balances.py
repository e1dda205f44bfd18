"""Balances Due You: what clients and insurers owe, by who, provider and age; what is due today comes first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nicegui import PageArguments, ui

from domain.ledger.entries import Account
from domain.ledger.payments import apply_unapplied
from domain.reading.balances import PAGE, BalanceFilter, BalancePage, BalanceRow, GroupBy, balances_due
from ui import routes
from ui.answering import Answers, answering
from ui.components import buttons, cells
from ui.components.age_strip import AgeStrip
from ui.components.claim_state import last_words, state_html, words_of
from ui.components.empty import empty_state
from ui.components.fields import search_field, select_field
from ui.components.segmented import Segmented
from ui.components.side_panel import SidePanel, facts
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import day_text, money_text, weekday_text
from ui.dialogs.make_statements import MakeStatements
from ui.dialogs.money import MoneyDialog
from ui.dialogs.money_acts import MoveToClient, WriteOff
from ui.dialogs.printing import document_address, open_link
from ui.dialogs.record_payment import RecordPayment
from ui.live import Announcement, Listening
from ui.visit import Visit

SUBJECTS = {"account", "payer_account", "invoice", "claim", "client", "session", "payer_file", "payer", "provider"}
GROUP_BY: dict[GroupBy, str] = {"": "No groups", "payer": "By payer", "client": "By client", "provider": "By provider",
                                "age": "By age"}
COLUMNS = (
    Column(name="name", label="Client", look="sb-name", sub="document", sub_always=True),
    Column(name="payer", label="Owed by", look="sb-2", width="148px", folds=True),
    Column(name="provider", label="Provider", look="sb-2", width="152px", folds=True),
    Column(name="age", label="Age", align="right", look="sb-num", width="84px", tablet_width="88px"),
    Column(name="open", label="Open", align="right", look="sb-num sb-strong", width="104px", tablet_width="104px"),
    Column(name="state", label="State", html=True, width="188px", tablet_width="168px", sub="words", sub_always=True),
    Column(name="act", label="Next", html=True, align="right", width="164px", tablet_width="168px", hide_label=True),
)


async def balances(visit: Visit, args: PageArguments) -> None:
    """The page; `?all=1` shows everything unpaid, `?find=TEXT` whose client or document holds the text."""
    asked = args.query_parameters
    page = Balances(visit, BalanceFilter(due=not asked.get("all") and not asked.get("find"), text=asked.get("find", "")))
    await page.build()


class Balances(Answers):
    """What one browser looks at, and the document beside it."""

    def __init__(self, visit: Visit, asked: BalanceFilter) -> None:
        self.visit, self.asked = visit, asked
        self.group_by: GroupBy = "payer"
        self.offset = 0
        self.chosen = ""  # the key of the row beside the list
        self.seen: BalancePage

    async def build(self) -> None:
        """Header, filters, ages, list, totals, and the panel."""
        self.seen = await self.read()
        with self.visit.header("Balances Due You"):
            pass
        self.filters()
        self.ages = AgeStrip(self.choose_age)
        with ui.element("div").classes("sb-with-panel"):
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(COLUMNS, label="Balances due", row_height=56, on_row=self.open, on_act=self.act)
                self.nothing = ui.element("div").classes("sb-fill")
            self.panel = SidePanel(on_close=self.let_go)
        self.foot()
        Listening(SUBJECTS, self.heard)
        self.show()

    def filters(self) -> None:
        """What is due or all of it, of whom, by which provider, grouped how, and a box to find one."""
        with ui.element("div").classes("sb-toolbar is-wrapping") as self.toolbar:
            self.due = Segmented({True: "Due today", False: "Everything"}, self.asked.due, label="Which balances",
                                 on_change=lambda event: self.ask(due=bool(event.value)))
            self.whose = select_field("Owed by", self.debtors(), "", show_label=False, width="196px", on_change=self.ask_whose)
            self.provider = select_field("Provider", self.providers(), None, show_label=False, width="160px",
                                         on_change=lambda event: self.ask(provider_id=event.value))
            select_field("Groups", GROUP_BY, self.group_by, show_label=False, width="132px", searchable=False,
                         on_change=self.choose_groups)
            self.finder = search_field("Find a client or document", placeholder="Client or document", width="204px", on_change=lambda event: self.ask(text=event.value or ""))
            self.finder.frame.classes("sb-right")

    def foot(self) -> None:
        """What all of it comes to, and the pages of a long list."""
        with ui.element("div").classes("sb-bottom-bar"):
            with ui.element("div").classes("sb-total-words"):
                self.total_words = ui.label().classes("sb-2")
            with ui.element("div").classes("sb-pager is-bare") as self.pages:
                self.shown = ui.label().classes("sb-hint sb-num")
                self.before = buttons.icon_button("chevron-left", "Balances before these", edged=True, on_click=lambda: self.turn(-PAGE))
                self.after = buttons.icon_button("chevron-right", "Balances after these", edged=True, on_click=lambda: self.turn(PAGE))
            self.total = ui.label().classes("sb-total sb-num sb-right")

    # ---- what is asked ----

    def debtors(self) -> dict[Any, str]:
        """Clients, insurers together, or one payer."""
        return {"": "Clients and insurers", "client": "Clients", "insurer": "All insurers"} | self.seen.payers

    def providers(self) -> dict[int | None, str]:
        """Those with something open."""
        return {None: "All providers"} | self.seen.providers

    async def ask(self, **what: Any) -> None:
        """Another filter, from the start of the list."""
        self.asked, self.offset = replace(self.asked, **what), 0
        await self.reload()

    async def ask_whose(self, event: object) -> None:
        """Of clients, of all insurers, or of one of them."""
        value = getattr(event, "value", "") or ""
        payer = value if isinstance(value, int) else None
        await self.ask(payer_id=payer, who="" if payer else value)

    async def choose_groups(self, event: object) -> None:
        """Headings by payer, client, provider or age, or none."""
        self.group_by, self.offset = getattr(event, "value", "") or "", 0
        await self.reload()

    async def choose_age(self, age: str) -> None:
        """One age; a second tap lets go."""
        await self.ask(age="" if age == self.asked.age else age)

    async def turn(self, by: int) -> None:
        """The next page, or the one before."""
        self.offset = max(0, self.offset + by)
        await self.reload()

    async def read(self) -> BalancePage:
        """The page that is asked for."""
        return await balances_due(self.asked, group_by=self.group_by, today=self.visit.today(), seen_by=self.visit.user,
                                  offset=self.offset)

    async def heard(self, _told: Announcement) -> None:
        """Somebody paid, made, sent or took back something."""
        await self.reload()

    @answering
    async def reload(self) -> None:
        """Read, then show in one go; an answer to an older question is dropped."""
        question = (self.asked, self.group_by, self.offset)
        seen = await self.read()
        if question != (self.asked, self.group_by, self.offset):
            return
        if not seen.rows and self.offset:
            await self.turn(-PAGE)
            return
        self.seen = seen
        self.show()

    # ---- what is shown ----

    def show(self) -> None:
        """Rows under their headings, ages, totals, and why there is nothing."""
        seen = self.seen
        self.due.rename(True, f"Due today  {seen.due_count:,}")
        self.due.rename(False, f"Everything  {seen.all_count:,}")
        for choice, offered in ((self.whose, self.debtors()), (self.provider, self.providers())):
            if choice.options != offered:
                choice.set_options(offered, value=choice.value if choice.value in offered else next(iter(offered)))
        self.ages.show(seen.by_age, self.asked.age)
        self.table.set_rows(self.lines())
        self.show_totals()
        self.table.set_visibility(bool(seen.rows))
        self.nothing.clear()
        self.nothing.set_visibility(not seen.rows)
        if not seen.rows:
            self.say_nothing_here()
        if self.chosen:
            self.show_panel()

    def show_totals(self) -> None:
        """Clients and insurers apart and together, and which part of a long list is shown."""
        seen = self.seen
        self.total_words.set_text(f"{counted(seen.count)} · Clients {money_text(seen.client_cents)} · Insurers {money_text(seen.insurer_cents)}")
        self.total.set_text(money_text(seen.cents))
        self.pages.set_visibility(seen.count > PAGE)
        self.shown.set_text(f"{self.offset + 1:,} – {self.offset + len(seen.rows):,} of {seen.count:,}")
        self.before.set_enabled(self.offset > 0)
        self.after.set_enabled(self.offset + PAGE < seen.count)

    def lines(self) -> list[TableRow]:
        """A heading before the first row of each group."""
        groups = {group.key: group for group in self.seen.groups}
        found: list[TableRow] = []
        last = None
        for row in self.seen.rows:
            if row.group in groups and row.group != last:
                last = row.group
                group = groups[row.group]
                found.append({"id": f"group-{group.key}", "_group": group.name, "_note": f"{counted(group.count)}  {money_text(group.cents)}"})
            found.append(self.line(row))
        return found

    def line(self, row: BalanceRow) -> TableRow:
        """One document as a row."""
        act, words = next_act(row)
        return {
            "id": row.key, "_name": f"{row.first.client_name}, {row.document}", "name": row.first.client_name or row.first.payer_name,
            "document": row.document, "payer": row.first.payer_name or "Client", "provider": provider_of(row),
            "age": days_text(row.age_days), "open": money_text(row.cents), "state": state_html(row), "words": words_of(row),
            "act": cells.button(words, act) if act else "",
        }

    def say_nothing_here(self) -> None:
        """Why the list is empty, and the one next step."""
        narrowed = self.asked != BalanceFilter(due=self.asked.due)
        if narrowed:
            with self.nothing:
                empty_state("Nothing found", "No balance fits this choice.", drawing="empty-papers")
        elif self.asked.due and self.seen.all_count:
            why = "What clients and insurers owe is not due yet, and no claim waits for you."
            with self.nothing, empty_state("Nothing is due today", why, drawing="empty-papers"):
                buttons.standard("Show everything unpaid", on_click=lambda: self.due.set_value(False))
        else:
            why = "What clients and insurers owe stands here once sessions are invoiced."
            with self.nothing, empty_state("Nobody owes you anything", why, drawing="empty-papers"):
                buttons.standard("Open Invoice Clients and Insurance", icon="receipt-text", on_click=lambda: self.visit.go(routes.INVOICE))

    # ---- one document ----

    def row(self, key: str) -> BalanceRow | None:
        """The row that is shown under this key."""
        return next((row for row in self.seen.rows if row.key == key), None)

    def open(self, key: str) -> None:
        """Beside the list: what stands on it, and what may be done."""
        self.chosen = key
        self.show_panel()

    def show_panel(self) -> None:
        """The chosen row; once it is paid the panel closes."""
        row = self.row(self.chosen)
        if row is None:
            self.panel.close()
            return
        self.table.choose(row.key)
        self.panel.show(row.first.client_name or row.first.payer_name, row.document)
        with self.panel.body:
            facts({
                "Owed by": row.first.payer_name or "The client", "Open": money_text(row.cents),
                "Age": f"{days_text(row.age_days)}, since {day_text(row.since)}",
                "State": lambda: ui.html(state_html(row), sanitize=False),
                **({"In its words": last_words(row.life)} if row.life and last_words(row.life) else {}),
                **({"Waits for you": "; ".join(need.sentence for need in row.life.needs)} if row.life and row.life.needs else {}),
                **({"Not applied yet": money_text(row.credit_cents)} if row.credit_cents else {}),
            })
            self.leads(row)
            self.open_amounts(row)
        with self.panel.foot:
            self.panel_acts(row)

    def leads(self, row: BalanceRow) -> None:
        """To the issued document, the account, and the claim."""
        first = row.first
        with ui.element("div").classes("sb-balance-acts"):
            if kind := document_kind(row):
                open_link("Open PDF", document_address(*kind), f"Open PDF of {row.document}")
            if first.client_id:
                buttons.standard("Account", on_click=lambda: self.visit.go(routes.account(first.client_id, payer_id=first.payer_id)))
            if row.first.payer_id and row.first.claim_id:
                buttons.standard("Open claim", on_click=lambda: self.visit.go(claim_address(row)))
            if first.client_id and not first.payer_id:
                buttons.standard("Make statement", on_click=lambda: self.make_statement(row))
            if first.client_id and first.payer_id:
                buttons.standard("Move to client", on_click=lambda: self.ask_money(MoveToClient, row))

    def open_amounts(self, row: BalanceRow) -> None:
        """Each amount that is open, leading to its session."""
        with ui.element("div").classes("sb-column"):
            ui.label("What is open").classes("sb-card-title")
            with ui.element("div").classes("sb-sum-lines"):
                for line in row.lines:
                    target = {"target": routes.client_session(line.session_id)} if line.session_id else {}
                    with (ui.link(**target) if target else ui.element("div")).classes("sb-sum-line" + (" is-link" if target else "")):
                        ui.label(f"{weekday_text(line.day)} · {line.what}").classes("sb-grow")
                        ui.label(money_text(line.cents)).classes("sb-num sb-strong")

    def panel_acts(self, row: BalanceRow) -> None:
        """What is done with an open amount."""
        if row.first.client_id:
            buttons.quiet("Write off", on_click=lambda: self.ask_money(WriteOff, row))
            ui.element("div").classes("sb-grow")
            buttons.primary("Record payment", on_click=lambda: self.ask_money(RecordPayment, row))

    def let_go(self) -> None:
        """The panel was closed."""
        self.chosen = ""
        self.table.choose(None)

    # ---- acts ----

    @answering
    async def act(self, act: str, key: str, _arg: str | None) -> None:
        """The next act of a row."""
        row = self.row(key)
        if row is None:
            return
        if act == "apply":
            account = Account(row.first.client_id, row.first.payer_id)
            cents = await apply_unapplied(account, by=self.visit.user, now=self.visit.now())
            self.visit.toast(f"{money_text(cents)} applied")
        elif act == "pay":
            await self.ask_money(RecordPayment, row)
        else:
            self.visit.go(claim_address(row))

    @answering
    async def ask_money(self, dialog: type[MoneyDialog], row: BalanceRow) -> None:
        """Open a dialog for the account that the row stands on."""
        await dialog(self.visit, row.first.client_id, row.first.client_name, payer_id=row.first.payer_id).open()

    @answering
    async def make_statement(self, row: BalanceRow) -> None:
        """What the client owes, on paper."""
        await MakeStatements(self.visit, row.first.client_id, row.first.client_name).open()


def next_act(row: BalanceRow) -> tuple[str, str]:
    """What is most likely done next: the act and its words."""
    if not row.first.client_id:
        return "", ""
    if row.credit_cents:
        return "apply", "Apply credit"
    if row.first.payer_id is None:
        return "pay", "Record payment"
    if row.life is None:
        return ("claim", "Bill second payer") if row.first.claim_id else ("pay", "Record payment")
    words = {"generated": "Send claim", "rejected": "Send it again", "denied": "Look at denial"}
    return "claim", words.get(row.life.state, "Open claim")


def claim_address(row: BalanceRow) -> str:
    """Where the claim is sent, mended, appealed, or billed to the second payer."""
    return routes.claim(row.first.claim_id or 0)


def document_kind(row: BalanceRow) -> tuple[Any, int] | None:
    """Which stored document the row stands on."""
    if row.first.payer_id is None:
        return ("invoice", row.first.invoice_id) if row.first.invoice_id else None
    return ("claim", row.first.claim_id) if row.first.claim_id and row.first.asked else None


def provider_of(row: BalanceRow) -> str:
    """Who saw the client; of several, how many."""
    names = {line.provider_name for line in row.lines if line.provider_name}
    return names.pop() if len(names) == 1 else f"{len(names)} providers" if names else ""


def days_text(days: int) -> str:
    """34 days."""
    return f"{days:,} day{'' if days == 1 else 's'}"


def counted(count: int) -> str:
    """12 balances."""
    return f"{count:,} balance{'' if count == 1 else 's'}"
