"""Choose a service code for an appointment that has none, or billing codes for this one send."""

from __future__ import annotations

from dataclasses import dataclass, field

from nicegui import ui

from domain.reading.choices import Choices
from ui.components.buttons import Button, primary, quiet
from ui.components.chips import service_code_chip
from ui.components.dialog import Dialog
from ui.components.fields import select_field
from ui.components.typed import money_text


@dataclass(slots=True)
class Picked:
    """A service code to keep on the appointment, or billing codes for this send only."""

    service_code_id: int | None = None
    billing_code_ids: list[int] = field(default_factory=list)


async def choose_codes(offered: Choices, client_name: str) -> Picked | None:
    """Ask; None when the person thinks better of it."""
    with Dialog("Choose a Service Code", f"For {client_name}. It stays on the appointment.", size="medium") as dialog:
        with dialog.body:
            with ui.element("div").classes("sb-code-choices"):
                for code in offered.service_codes:
                    choice = Button(look="sb-standard sb-code-choice",
                                    on_click=lambda _, code_id=code.id: dialog.submit(Picked(service_code_id=code_id)))
                    choice.props["aria-label"] = f"{code.code}, {code.name}"
                    with choice:
                        service_code_chip(code.code, code.color, name=code.name)
            billed = {code.id: f"{code.code}  {code.description}  {money_text(code.fee_cents)}"
                      for code in offered.billing_codes}
            chosen = select_field("Or only Billing Codes, for this session", billed, [], multiple=True)
        with dialog.foot:
            quiet("Cancel", on_click=dialog.close)
            take = primary("Use these Billing Codes",
                           on_click=lambda: dialog.submit(Picked(billing_code_ids=list(chosen.value or []))))
            take.bind_enabled_from(chosen, "value", backward=bool)
    return await dialog  # type: ignore[no-any-return]
