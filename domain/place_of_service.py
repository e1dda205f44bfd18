"""Where a visit counts as held, and the modifier that says it was remote (CMS-1500 boxes 24B and 24D)."""

from __future__ import annotations

TELEHEALTH_MODIFIERS = frozenset({"95", "93", "GT"})


def place_of_service(held_as: str, *, client_at_home: bool, location_code: str | None, code_says: str = "") -> str:
    """CMS-1500 box 24B: the location's code in person (11 by default); 10 with the client at home, else 02."""
    if code_says:
        return code_says
    if held_as == "in_person":
        return location_code or "11"
    return "10" if client_at_home else "02"


def with_telehealth(modifiers: str, *, held_as: str, payer_wants: str) -> str:
    """The modifiers without an old telehealth one, and with the one this payer wants when the visit was remote."""
    kept = [m for m in modifiers.split(",") if m and m not in TELEHEALTH_MODIFIERS]
    if held_as != "in_person" and payer_wants:
        kept.append(payer_wants)
    return ",".join(kept)
