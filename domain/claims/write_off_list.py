"""The practice's list of what a remittance may write off without asking: group and reason of each, such as CO-45."""

from __future__ import annotations

import re

from domain.claims.paper_eob import ReasonUnreadable, adjustment
from domain.claims.x12.remitted import CLIENT_SHARE

ANOTHER_PAYERS = "23"
NOT_ON_IT = "{code} cannot be written off: {why}."
SHARE = "it is the client's deductible, coinsurance or copay"
OF_ANOTHER = "it is what an earlier payer settled, which its own remittance posts"


def reasons_in(text: str) -> tuple[str, ...]:
    """The reasons of a typed list, each once, as CO-45. Raises ReasonUnreadable for one that is none."""
    typed = (part for part in re.split(r"[,;\n]+", text) if part.strip())
    return tuple(dict.fromkeys(adjustment(part, 0).code for part in typed))


def wrong_with(text: str) -> str:
    """What to do about a typed list that can't be kept; empty when it can. An empty list writes nothing off."""
    try:
        reasons = reasons_in(text)
    except ReasonUnreadable as refused:
        return refused.told()
    for code in reasons:
        group, _, reason = code.partition("-")
        why = SHARE if (group, reason) in CLIENT_SHARE else OF_ANOTHER if reason == ANOTHER_PAYERS else ""
        if why:
            return NOT_ON_IT.format(code=code, why=why)
    return ""


def as_kept(text: str) -> str:
    """The list in one form, or as it was typed while it can't be read."""
    return text.strip() if wrong_with(text) else ", ".join(reasons_in(text))
