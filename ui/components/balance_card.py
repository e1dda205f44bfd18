"""The balance of a client: what insurers are waited for, what the client owes or has left, and the last payment."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from domain.reading.account import ClientAccount
from ui.components import buttons
from ui.components.card import card
from ui.components.typed import day_text, money_text


def balance_card(account: ClientAccount, *, on_payment: Callable[[], object], on_account: Callable[[], object] | None) -> None:
    """The card, with its two buttons."""
    with card("Balance", place="is-balance is-padded"):
        ui.label(money_text(account.total_cents)).classes("sb-balance sb-num")
        balance_lines(account)
        with ui.element("div").classes("sb-balance-acts"):
            buttons.standard("Record payment", on_click=on_payment)
            if on_account:
                buttons.standard("Account", on_click=on_account).props["aria-label"] = "Open the account"


def balance_lines(account: ClientAccount) -> None:
    """Each part of the balance on a line; what is nothing is left out."""
    with ui.element("div").classes("sb-sum-lines"):
        for one in account.insurers:
            if one.cents:
                amount_line(f"Waiting for {one.name}" if one.cents > 0 else f"Credit of {one.name}", one.cents)
        owes = account.client_cents > 0
        amount_line("Client owes" if owes or not account.client_cents else "Client's credit", abs(account.client_cents),
                    look="sb-warn-text sb-strong" if owes else "")
        if account.unapplied_cents and account.client_cents > -account.unapplied_cents:
            amount_line("Paid, not applied yet", account.unapplied_cents, look="sb-2")
        if account.held_cents:
            amount_line("Held for sessions to invoice", account.held_cents, look="sb-2")
        if account.last_payment:
            day, cents = account.last_payment
            amount_line(f"Last payment, {day_text(day)}", cents, words_look="sb-2", look="sb-2")


def amount_line(words: str, cents: int, *, words_look: str = "", look: str = "") -> None:
    """Words at the left, cents at the right."""
    with ui.element("div").classes("sb-sum-line"):
        ui.label(words).classes(f"sb-grow {words_look}")
        ui.label(money_text(cents)).classes(f"sb-num {look}")
