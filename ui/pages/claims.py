"""Claims: those that wait for somebody, by what they wait for, and one claim's life beside the list."""

from __future__ import annotations

from nicegui import PageArguments, ui

from domain import claim_life
from domain.claims.life import WAITING, Step, days_left_words
from domain.reading import claim_life as reading
from domain.reading.claim_life import ClaimLife
from ui import routes
from ui.answering import Answers, answering
from ui.components import cells
from ui.components.buttons import icon_button, primary, quiet, standard
from ui.components.claim_course import days_left, mark_of, steps_list
from ui.components.empty import empty_state
from ui.components.fields import search_field, select_field
from ui.components.menus import menu_entry
from ui.components.pills import Pill, Pills
from ui.components.segmented import Segmented
from ui.components.side_panel import SidePanel, facts
from ui.components.table import Column, LongTable
from ui.components.table import Row as TableRow
from ui.components.typed import day_text, money_text
from ui.dialogs.claim_acts import MakeFollower, NoteOnClaim, TakeBackFollower, TakeBackNote, acts_for
from ui.dialogs.mend_siblings import MendSiblings, TakeBackMending, payer_address
from ui.dialogs.printing import document_address, open_link
from ui.live import Announcement, Listening
from ui.visit import Visit

LATE = "CO-29"  # the limit to file has passed, says the payer
MENDABLE = frozenset({"denied", "rejected", "appealed", "reopening"})
BAD = frozenset({"rejected", "denied", "deadline"})
NOTHING_WAITS = "A claim comes here when it is rejected or denied, when nobody answers, or when its time runs out."
COLUMNS = (
    Column(name="name", label="Client", look="sb-name", sub="number", sub_always=True),
    Column(name="payer", label="Payer", look="sb-2", width="170px", folds=True),
    Column(name="total", label="Total", align="right", look="sb-num sb-strong", width="104px", tablet_width="92px"),
    Column(name="state", label="State", html=True, width="176px", tablet_width="164px"),
    Column(name="why", label="Waiting for", look="sb-2", width="312px", tablet_width="240px", sub="left", sub_always=True),
)


async def claims(visit: Visit, args: PageArguments) -> None:
    """The page; `?claim=ID` opens one claim's life."""
    page = Claims(visit)
    await page.build()
    if (asked := routes.number(args.query_parameters.get("claim", ""))) is not None:
        await page.open_claim(asked)


class Claims(Answers):
    """What one browser looks at, and the claim beside it."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.everything = False
        self.kind: str | None = None
        self.reason, self.text = "", ""
        self.lives: dict[int, ClaimLife] = {}
        self.shown: int | None = None

    async def build(self) -> None:
        """Header, filters, table, panel."""
        with self.visit.header("Claims"):
            pass
        self.filters()
        with ui.element("div").classes("sb-with-panel"):
            with ui.element("div").classes("sb-work is-still"):
                self.table = LongTable(COLUMNS, label="Claims", row_height=56, on_row=self.show)
                self.nothing = ui.element("div").classes("sb-fill")
            self.panel = SidePanel(wide=True, on_close=self.let_go)
        Listening({"claim", "payer_file", "payer", "client", "policy"}, self.heard)
        await self.reload()

    def filters(self) -> None:
        """Those that wait or all of them, what they wait for, the reason of a denial, and a box to find one."""
        with ui.element("div").classes("sb-toolbar is-wrapping"):
            self.which = Segmented({False: "Needs attention", True: "All claims"}, self.everything, label="Which claims", on_change=self.choose_which)
            finder = search_field("Find a client, payer or number", width="256px", on_change=self.find)
            finder.frame.classes("sb-right")
            self.reasons = select_field("Denied for", {"": "Any reason"}, "", show_label=False, width="150px", on_change=self.choose_reason)
            self.pills = Pills(label="Waiting for", on_change=self.choose_kind)

    # ---- what is looked at ----

    async def choose_which(self, event: object) -> None:
        """Only those that wait, or all."""
        self.everything = bool(getattr(event, "value", False))
        self.draw()

    async def choose_kind(self, event: object) -> None:
        """One kind of waiting; a second tap lets go."""
        self.kind = getattr(event, "value", None)
        self.draw()

    async def choose_reason(self, event: object) -> None:
        """Denials with one reason."""
        self.reason = getattr(event, "value", "") or ""
        self.draw()

    async def find(self, event: object) -> None:
        """Client, payer or number holds the text."""
        self.text = (getattr(event, "value", "") or "").strip().casefold()
        self.draw()

    async def heard(self, _told: Announcement) -> None:
        """Sent, answered, paid or noted elsewhere."""
        await self.reload()

    @answering
    async def reload(self) -> None:
        """Read, then draw in one go."""
        found = await reading.open_lives(on=self.visit.today(), seen_by=self.visit.user)
        self.lives = {one.id: one for one in found}
        self.draw()
        if self.shown is not None:
            await self.show(self.shown)

    def chosen(self) -> list[ClaimLife]:
        """What the filters leave, the most pressing first."""
        found = [one for one in self.lives.values() if self.everything or one.needs]
        if self.kind:
            found = [one for one in found if any(need.kind == self.kind for need in one.needs)]
        if self.reason:
            found = [one for one in found if self.reason in one.reasons.split(", ")]
        if self.text:
            found = [one for one in found if any(self.text in words.casefold() for words in (one.client_name, one.payer_name, one.number))]
        return sorted(found, key=pressing)

    def draw(self) -> None:
        """Counts, rows, and why there are none."""
        waiting = [one for one in self.lives.values() if one.needs]
        self.which.rename(False, f"Needs attention  {len(waiting):,}")
        self.which.rename(True, f"All claims  {len(self.lives):,}")
        self.pills.show([Pill(key=kind, count=count, words=f"{WAITING[kind][0].lower()}{WAITING[kind][1:]}", tone="bad" if kind in BAD else "warn")
                         for kind, count in reading.counted(waiting).items()])
        denied = reading.denial_reasons(self.lives.values())
        self.reasons.set_options({"": "Any reason"} | {code: f"{code}  ({count})" for code, count in denied.items()})
        self.reasons.frame.set_visibility(bool(denied))
        found = self.chosen()
        self.table.set_rows([self.row_of(one) for one in found])
        self.table.choose(self.shown)
        self.table.set_visibility(bool(found))
        self.nothing.clear()
        self.nothing.set_visibility(not found)
        if not found:
            with self.nothing, empty_state("No claim waits for you" if not self.lives or not self.everything else "No claim of these filters",
                                           NOTHING_WAITS, drawing="empty-papers"):
                standard("Invoice Clients and Insurance", on_click=lambda: self.visit.go(routes.INVOICE))

    def row_of(self, one: ClaimLife) -> TableRow:
        """A claim with what it waits for first, and its nearest day."""
        nearest = one.deadlines.next
        left = f"{days_left_words(nearest[1], self.visit.today()).capitalize()} to {nearest[0]}" if nearest else ""
        why = one.needs[0].sentence if one.needs else ""
        return {
            "id": one.id, "name": one.client_name, "number": f"{one.number} · {one.payer_name}", "payer": one.payer_name,
            "total": money_text(one.total_cents), "state": mark_of(one), "why": f"{one.reasons}: {why}" if one.reasons else why,
            "left": left if not one.needs or one.needs[0].kind != "deadline" else "", "_name": f"Claim {one.number}, {one.client_name}",
        }

    # ---- one claim ----

    @answering
    async def open_claim(self, claim_id: int) -> None:
        """A claim that another page leads to, also a void one."""
        self.lives.setdefault(claim_id, await reading.claim_life(claim_id, on=self.visit.today(), seen_by=self.visit.user))
        await self.show(claim_id)
        self.table.show_row(claim_id)

    @answering
    async def show(self, claim_id: int) -> None:
        """Its panel: where it stands, its clock, what happened, and what may be done."""
        one = self.lives.get(claim_id)
        if one is None:
            self.panel.close()
            return
        mendable = one.state in MENDABLE and await claim_life.is_mendable(claim_id, seen_by=self.visit.user)
        mending = await claim_life.mending_of(claim_id, seen_by=self.visit.user)
        self.shown = claim_id
        self.table.choose(claim_id)
        self.panel.show(one.client_name, f"Claim {one.number} to {one.payer_name}", take_focus=not self.panel.visible)
        with self.panel.body:
            with ui.element("div").classes("sb-column"):
                self.standing(one)
            with ui.element("div").classes("sb-column"):
                ui.label("What happened").classes("sb-card-title")
                steps_list(one, on_take_back=self.take_back_note)
        with self.panel.foot:
            self.buttons(one, mendable=mendable, mending=mending)

    def standing(self, one: ClaimLife) -> None:
        """State, needs, days left, and the claims before and after it."""
        days = day_text(one.first_day) if one.first_day == one.last_day else f"{day_text(one.first_day)} – {day_text(one.last_day)}"
        facts({
            "State": lambda: ui.html(mark_of(one), sanitize=False), "Service": days, "Total": money_text(one.total_cents),
            **({"Their number": one.payer_number} if one.payer_number else {}), **days_left(one, self.visit.today()),
        })
        for need in one.needs:
            ui.html(cells.status_html("to fix" if need.kind in BAD else "warning", need.sentence), sanitize=False)
        others = [*([(one.earlier.claim_id, f"Follows {one.earlier.number}")] if one.earlier else []),
                  *((later.claim_id, later.words) for later in one.later)]
        for claim_id, words in others:
            ui.link(words, routes.claim(claim_id)).classes("sb-link")

    def buttons(self, one: ClaimLife, *, mendable: bool, mending: int | None) -> None:
        """The likeliest act, a note, and the rest in a menu."""
        acts = acts_for(one)
        if one.earlier and not one.was_sent and one.state == "generated":
            quiet("Take back", on_click=lambda: TakeBackFollower(self.visit, one).show())
        with icon_button("ellipsis-vertical", "More for this claim", edged=True), ui.menu():
            self.more(one, mendable=mendable, mending=mending)
        if LATE in one.reasons.split(", "):
            open_link("Proof of filing", proof_address(one.id), f"Proof of filing of claim {one.number}, PDF")
        else:
            open_link("Open PDF", document_address("claim", one.id), f"Open PDF of claim {one.number}")
        ui.element("div").classes("sb-grow")
        (standard if acts else primary)("Add a note", on_click=lambda: NoteOnClaim(self.visit, one).show())
        if acts:
            primary(acts[0].verb, on_click=lambda: MakeFollower(self.visit, one, acts[0]).show())

    def more(self, one: ClaimLife, *, mendable: bool, mending: int | None) -> None:
        """The rarer acts, and where else it leads."""
        for act in acts_for(one)[1:]:
            menu_entry(act.verb, lambda act=act: MakeFollower(self.visit, one, act).show())
        if mendable:
            menu_entry("Mend it and its siblings", MendSiblings(self.visit, one).open)
        if mending is not None:
            menu_entry("Take back the mending", lambda: TakeBackMending(self.visit, mending).show())
        if one.course.decided is not None and one.no_corrections:
            menu_entry("Reopening asked for", lambda: NoteOnClaim(self.visit, one, "reopening").show())
        menu_entry("Its PDF", lambda: ui.navigate.to(document_address("claim", one.id), new_tab=True))
        if one.was_sent:
            menu_entry("Proof of filing (PDF)", lambda: ui.navigate.to(proof_address(one.id), new_tab=True))
        menu_entry("Its insurance form, sending", lambda: self.visit.go(f"{routes.DOCUMENTS}?claim={one.id}"))
        menu_entry("The payer's limits and rules", lambda: self.visit.go(payer_address(one)))
        menu_entry("The client's account", lambda: self.visit.go(routes.account(one.client_id)))

    def take_back_note(self, step: Step) -> None:
        """Ask why."""
        TakeBackNote(self.visit, step).show()

    def let_go(self) -> None:
        """The panel was closed."""
        self.shown = None
        self.table.choose(None)


def proof_address(claim_id: int) -> str:
    """Where the proof of filing opens."""
    return f"{routes.STORED_PDF}/filing-proof/{claim_id}"


def pressing(one: ClaimLife) -> tuple[int, object, int]:
    """What waits, by kind and since when; then the rest, the latest first."""
    if one.needs:
        return list(WAITING).index(one.needs[0].kind), one.needs[0].since, one.id
    return len(WAITING), one.issued_on.max, -one.id
