"""The cards of a client's page; each opens its editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from nicegui import ui

from domain.claims.authorizing import amount_words
from domain.clients import ClientDraft
from domain.reading.account import ClientAccount
from domain.reading.authorizations import AuthorizationRow
from domain.reading.one_client import DocumentRow, OneClient, PolicyRow
from domain.reading.rates import FeeRow
from domain.reading.sessions import SessionLine
from ui import routes
from ui.components import buttons
from ui.components.balance_card import balance_card
from ui.components.card import card, line_button, nothing_yet
from ui.components.client_visits import sessions_table, visit_line
from ui.components.issued import paid_html
from ui.components.side_panel import facts
from ui.components.status import status_mark
from ui.components.typed import day_text, money_text
from ui.visit import Visit

FEW_VISITS = 5


class ShowsClient(Protocol):
    """The page that the cards stand on: what it read, and how it shows all sessions."""

    visit: Visit
    seen: OneClient
    account: ClientAccount
    lines: list[SessionLine]
    sliding: list[FeeRow]
    count: int
    editors: Any  # ui.dialogs.client_editors: what each card opens

    async def see_all(self) -> None:
        """Show every session."""


class ClientCards:
    """What a client's page shows below the name."""

    def __init__(self, page: ShowsClient) -> None:
        self.page, self.visit, self.editors = page, page.visit, page.editors

    @property
    def name(self) -> str:
        """The client's name."""
        return self.page.seen.draft.name

    @ui.refreshable_method
    def draw(self) -> None:
        """All cards; what is typed stands in dialogs, so drawing anew disturbs nobody."""
        with ui.element("div").classes("sb-client-grid"):
            with ui.element("div").classes("sb-client-left"):
                self.sessions()
                with ui.element("div").classes("sb-client-pair"):
                    self.policies()
                    self.diagnoses()
                with ui.element("div").classes("sb-client-pair"):
                    self.visits()
                    self.documents()
            with ui.element("div").classes("sb-client-right"):
                balance_card(self.page.account, on_payment=self.editors.record_payment, on_account=self.open_account)
                self.details()
                self.bill_to()
                self.insurance_form()

    def refresh(self) -> None:
        """Draw the cards with what was read."""
        self.draw.refresh()

    # ---- the left side ----

    def sessions(self) -> None:
        """The next visit, then the sessions, the latest first."""
        page = self.page
        with card("Sessions", self.sessions_acts, place="is-sessions"):
            if page.lines or page.seen.ahead:
                sessions_table(page.visit, page.seen.ahead[:1], page.lines, page.to_fix, on_session=self.editors.edit_session, on_visit=self.open_visit)
            else:
                nothing_yet("No sessions yet. A visit becomes one when it is sent to billing.")

    def sessions_acts(self) -> None:
        """How many there are, and the way to all of them."""
        page = self.page
        if page.count:
            ui.label(f"{page.count:,} in all").classes("sb-hint")
        if page.count > len(page.lines):
            buttons.quiet("See all", inviting=True, on_click=self.page.see_all)

    def open_visit(self, appointment_id: int) -> None:
        """The calendar, with this appointment open."""
        self.visit.go(f"{routes.CALENDAR}?appointment={appointment_id}")

    def policies(self) -> None:
        """In force first; two primaries on a same day are flagged."""
        add = lambda: buttons.quiet("Add policy", icon="plus", inviting=True, on_click=self.editors.add_policy)  # noqa: E731
        with card("Policies", add, place="is-policies"):
            for policy in self.page.seen.policies:
                self.policy(policy)
                for row in shown_authorizations(self.page.seen.authorizations, policy.id):
                    self.authorization(row)
            if self.page.seen.policies:
                with ui.element("div").classes("sb-card-more"):
                    buttons.quiet("Add authorization", icon="plus", inviting=True, on_click=self.editors.add_authorization)
            else:
                nothing_yet("No policy: the client pays.")

    def authorization(self, row: AuthorizationRow) -> None:
        """Under its policy: number, what is left, until when, and what should be seen in time."""
        line = line_button(lambda: self.editors.edit_authorization(row.facts.id)).classes("sb-card-under")
        with line, ui.element("span").classes("sb-line-body"):
            with ui.element("span").classes("sb-line-top"):
                ui.label(f"Authorization {row.facts.number}").classes("sb-name")
            ui.label(row.left_words)
            ui.label(authorization_line(row)).classes("sb-hint")
            if row.told:
                status_mark("warning", row.told)

    def policy(self, policy: PolicyRow) -> None:
        """Payer and state, numbers, what is left to the client."""
        with line_button(lambda: self.editors.edit_policy(policy.id)):
            ui.label("1" if policy.rank == "primary" else "2").classes("sb-rank").props(f'title="{policy.rank}"')
            with ui.element("span").classes("sb-line-body"):
                with ui.element("span").classes("sb-line-top"):
                    ui.label(policy.payer_name).classes("sb-name")
                    self.policy_state(policy)
                for line in policy_lines(policy):
                    ui.label(line).classes("sb-hint")
                if policy.overlaps and policy.state != "ended":
                    status_mark("warning", "Another primary policy on the same days")

    def policy_state(self, policy: PolicyRow) -> None:
        """Active, ended, or still ahead."""
        if policy.state == "active":
            with ui.element("span").classes("sb-status is-ok"):
                ui.html("✓", tag="span", sanitize=False).props("aria-hidden=true")
                ui.label("Active")
        else:
            ui.label("Ended" if policy.state == "ended" else "Not yet").classes("sb-status")

    def diagnoses(self) -> None:
        """In the order of the form."""
        add = lambda: buttons.quiet("Add diagnosis", icon="plus", inviting=True, on_click=self.editors.add_diagnosis)  # noqa: E731
        with card("Diagnoses", add, place="is-diagnoses"):
            for number, diagnosis in enumerate(self.page.seen.diagnoses, 1):
                with line_button(lambda _, at=number: self.editors.edit_diagnoses(f"code_{at}")):
                    ui.label(diagnosis.code).classes("sb-strong sb-num sb-dx-code")
                    with ui.element("span").classes("sb-line-body"):
                        ui.label(diagnosis.description or "No description")
                        ui.label(since(diagnosis.since, main=number == 1)).classes("sb-hint")
            if not self.page.seen.diagnoses:
                nothing_yet("No diagnosis yet. Insurance forms need one.")

    def visits(self) -> None:
        """Ahead, then those behind that were not sent to billing."""
        seen = self.page.seen
        unsent = [visit for visit in seen.behind if visit.session_id is None][:FEW_VISITS]
        with card("Appointments", place="is-visits"):
            for visit in (*seen.ahead[:FEW_VISITS], *unsent):
                with line_button(lambda _, id_=visit.appointment_id: self.open_visit(id_)):
                    visit_line(self.visit, visit)
            if not seen.ahead and not unsent:
                nothing_yet("Nothing ahead, and nothing left to send.")

    def documents(self) -> None:
        """Invoices and claims made."""
        with card("Invoices and claims", place="is-documents"):
            for row in self.page.seen.documents[:8]:
                with line_button(lambda _, row=row: self.open_document(row)):
                    self.document(row)
            if not self.page.seen.documents:
                nothing_yet("None made yet.")

    def document(self, row: DocumentRow) -> None:
        """Number, to whom, when, how much."""
        with ui.element("span").classes("sb-line-body"):
            with ui.element("span").classes("sb-line-top"):
                ui.label(f"{document_words(row)} {row.number}").classes("sb-struck" if row.void else "sb-name")
                ui.label(money_text(row.total_cents)).classes("sb-num")
            with ui.element("span").classes("sb-line-top"):
                ui.label(f"{row.to_name}, {day_text(row.issued_on)}").classes("sb-hint")
                if row.void:
                    status_mark("void")
                elif row.money:
                    ui.html(paid_html(row.money), tag="span", sanitize=False)

    def open_document(self, row: DocumentRow) -> None:
        """Invoices and claims made, with this one's details."""
        self.visit.go(f"{routes.DOCUMENTS}?{row.kind}={row.id}")

    # ---- the right side ----

    def open_account(self) -> None:
        """The statement and what may be done about it."""
        self.visit.go(routes.account(self.page.seen.draft.id or 0))

    def details(self) -> None:
        """Who the client is."""
        draft, seen = self.page.seen.draft, self.page.seen
        born = f"{day_text(draft.birth_date)} ({age(draft.birth_date, self.visit.today())})" if draft.birth_date else ""
        with card("Details", self.edit_button("Edit details", self.editors.edit_details), place="is-details is-padded"):
            known_facts({
                "Born": born, "Pronouns": draft.pronouns, "Phone": draft.phone, "Second phone": draft.phone2,
                "Email": draft.email, "Address": address_text(draft), "Provider": seen.provider_name,
            })
            if draft.note:
                ui.label(draft.note).classes("sb-hint sb-note")
            if seen.merged_names:
                ui.label(f"Includes the record of {', '.join(seen.merged_names)}").classes("sb-hint")

    def bill_to(self) -> None:
        """Who gets the invoices."""
        with card("Invoices go to", self.edit_button("Edit who gets the invoices", self.editors.edit_bill_to), place="is-bill-to is-padded"):
            persons = self.page.seen.bill_to
            for person in persons:
                with ui.element("div").classes("sb-line-top"):
                    ui.label(person.name).classes("sb-name")
                    if len(persons) > 1:
                        ui.label(f"{person.share_points / 100:g} %").classes("sb-num")
            if not persons:
                ui.label(f"{self.name}").classes("sb-name")
                ui.label("The client pays alone.").classes("sb-hint")
            for fee in (fee for fee in self.page.sliding if fee.holds):
                with ui.element("div").classes("sb-line-top"):
                    ui.label(f"Sliding scale {fee.code}").classes("sb-hint")
                    ui.label(money_text(fee.cents)).classes("sb-num")

    def insurance_form(self) -> None:
        """What the CMS-1500 asks of the client, by its boxes."""
        draft = self.page.seen.draft
        with card("Insurance form", self.edit_button("Edit the insurance form", self.editors.edit_form), place="is-form is-padded is-narrow"):
            if draft.pays_without_insurance:
                status_mark("warning", "Pays without insurance")
            known_facts(form_facts(draft))

    def edit_button(self, words: str, on_tap: Callable[..., object]) -> Callable[[], object]:
        """The word Edit, with a name of its own for those who hear it."""
        def draw() -> None:
            buttons.quiet("Edit", inviting=True, on_click=on_tap).props["aria-label"] = words
        return draw


def known_facts(pairs: dict[str, str]) -> None:
    """Only what is known."""
    facts({words: value for words, value in pairs.items() if value})


def policy_lines(policy: PolicyRow) -> list[str]:
    """Numbers on the first line, money and dates on the second."""
    member = f"Member {policy.member_id}" if policy.member_id else "No member ID yet"
    numbers = ", ".join(part for part in (member, f"group {policy.group_number}" if policy.group_number else "") if part)
    left = f"Copay {money_text(policy.copay_cents)}" if policy.copay_cents else ""
    share = f"{policy.coinsurance_points / 100:g} % coinsurance" if policy.coinsurance_points else ""
    starts = f"since {day_text(policy.starts_on)}" if policy.starts_on and policy.state == "active" else ""
    starts = f"from {day_text(policy.starts_on)}" if policy.starts_on and policy.state == "ahead" else starts
    ends = f"until {day_text(policy.ends_on)}" if policy.ends_on else ""
    if policy.state == "ended":
        return [f"{numbers}, {ends}"]
    eap = "Assistance program, the client pays nothing" if policy.is_eap else ""
    more = ", ".join(part for part in (eap, "" if eap else left, "" if eap else share, starts, ends) if part)
    return [numbers, *([more[0].upper() + more[1:]] if more else [])]


def shown_authorizations(rows: Sequence[AuthorizationRow], policy_id: int) -> list[AuthorizationRow]:
    """Those of a policy that are not over; when all are, the last of them."""
    own = [row for row in rows if row.facts.policy_id == policy_id]
    return [row for row in own if row.state != "ended"] or own[-1:]


def authorization_line(row: AuthorizationRow) -> str:
    """Who and what it is for, from when to when, and how many visits are booked."""
    one = row.facts
    days = [f"from {day_text(one.starts_on)}" if one.starts_on and row.state == "ahead" else "",
            f"until {day_text(one.ends_on)}" if one.ends_on else ""]
    booked = f"{amount_words(row.booked, one.counts)} booked" if row.booked else ""
    told = ", ".join(part for part in (row.provider_name, " ".join(one.codes), booked, *days) if part)
    return told[:1].upper() + told[1:] if told else "Any provider and code"


def since(day: date | None, *, main: bool) -> str:
    """Main diagnosis, since Sep 2, 2026."""
    told = f"since {day_text(day)}" if day else ""
    if main:
        return f"Main diagnosis, {told}" if told else "Main diagnosis"
    return told.capitalize() if not told else told[0].upper() + told[1:]


def age(born: date, on: date) -> int:
    """Whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def address_text(draft: object) -> str:
    """The address as an envelope has it."""
    street, street2, city, state, zip_ = (getattr(draft, part) for part in ("street", "street2", "city", "state", "zip"))
    last = ", ".join(part for part in (city, f"{state} {zip_}".strip()) if part)
    return "\n".join(line for line in (street, street2, last) if line)


def form_facts(draft: ClientDraft) -> dict[str, str]:
    """The boxes of the form and what they will say."""
    name = " ".join(part for part in (draft.insurer_first_name, draft.insurer_middle_name, draft.insurer_last_name,
                                      draft.insurer_suffix) if part)
    related = [words for words, yes in (("employment", draft.employment_accident), ("auto accident", draft.auto_accident),
                                        ("other accident", draft.other_accident)) if yes]
    return {
        "Box 2": name or "No name yet", "Box 3": draft.insurer_sex or "No sex yet",
        "Box 10": f"Related to {' and '.join(related)}" if related else "",
        "Box 12": f"Release signed {day_text(draft.release_signed_on)}" if draft.release_signed_on else "Release not signed",
        "Box 13": (f"Benefits assigned {day_text(draft.assignment_signed_on)}" if draft.assignment_signed_on
                   else "Benefits not assigned"),
        "Box 14": f"Onset {day_text(draft.onset_on)}" if draft.onset_on else "",
        "Box 17": f"{draft.referrer_first_name} {draft.referrer_last_name}".strip(),
        "Box 27": "Assignment accepted" if draft.accept_assignment else "Assignment not accepted",
    }


def document_words(row: DocumentRow) -> str:
    """Invoice or claim."""
    return "Invoice" if row.kind == "invoice" else "Claim"
