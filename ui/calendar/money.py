"""The client's share of an appointment in its panel: what is due, what was taken, the balance, and taking a payment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nicegui import ui

from domain.reading.visit_money import VisitMoney
from ui import routes
from ui.components import buttons
from ui.components.typed import money_text
from ui.dialogs.take_payment import TakePayment
from ui.visit import Visit

Take = Callable[[VisitMoney], None]


def money_card(visit: Visit, listed: Sequence[VisitMoney], place: ui.element) -> None:
    """One client in full; of a group a line for each. Dialogs are drawn in `place`, which stays."""
    if not listed:
        return

    def take(money: VisitMoney) -> None:
        with place:
            TakePayment(visit, money).show()

    with ui.element("div").classes("sb-card-box sb-visit-money").props('role=group aria-label="Payment"'):
        if len(listed) == 1:
            _one(listed[0], take)
        else:
            ui.label("Payments").classes("sb-card-title")
            for money in listed:
                _of_group(money, take)


def _one(money: VisitMoney, take: Take) -> None:
    _row("Client's share", _share(money))
    if money.taken_cents:
        _row("Taken", money_text(money.taken_cents))
    if money.share_cents is not None:
        _row("Still due", money_text(money.left_cents), strong=True)
    _row("Balance of the account", money_text(money.balance_cents))
    with ui.element("div").classes("sb-row"):
        buttons.standard("Take payment", icon="circle-dollar-sign", on_click=lambda: take(money))
        ui.link("Account", routes.account(money.client_id)).classes("sb-link sb-right")


def _of_group(money: VisitMoney, take: Take) -> None:
    with ui.element("div").classes("sb-sum-line is-tall"):
        with ui.element("div").classes("sb-grow"):
            ui.label(money.client_name).classes("sb-name")
            taken = f", {money_text(money.taken_cents)} taken" if money.taken_cents else ""
            ui.label(f"Share {_share(money)}{taken}").classes("sb-hint sb-num")
        buttons.icon_button("circle-dollar-sign", f"Take payment of {money.client_name}", on_click=lambda: take(money))


def _share(money: VisitMoney) -> str:
    return money.why if money.share_cents is None else money_text(money.share_cents)


def _row(words: str, value: str, *, strong: bool = False) -> None:
    with ui.element("div").classes("sb-sum-line"):
        ui.label(words).classes("sb-grow" + ("" if strong else " sb-2"))
        ui.label(value).classes("sb-num" + (" sb-strong" if strong else ""))
