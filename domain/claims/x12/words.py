"""Payers' codes in our own short words, from the tables in assets/codes; a code that is not listed is named by its number."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "codes"


@cache
def _table(name: str) -> Mapping[str, str]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["words"] for row in csv.DictReader(file)}


def adjustment_reason(code: str) -> str:
    """Why less was paid; the code with its group (CO-45) or without."""
    number = code.rpartition("-")[2]
    return _table("adjustment_reasons").get(number, f"Reason {number} of the payers' list")


def remark(code: str) -> str:
    """What a payer remarks (RARC)."""
    return _table("remarks").get(code, f"Remark {code} of the payers' list")


def provider_adjustment(code: str) -> str:
    """What a payer settles with the practice (PLB)."""
    return _table("provider_adjustments").get(code, f"Amount {code} of the payers' list")


def claim_status(category: str, status: str, party: str = "") -> str:
    """A 277CA's category, status and whom it is about."""
    step = _table("claim_status_categories").get(category, f"Category {category}")
    fallback = f"status {status} of {{who}}" if party else f"status {status}"
    who = _table("parties").get(party, f"party {party}" if party else "the party")
    detail = _table("claim_statuses").get(status, fallback).replace("{who}", who)
    return f"{step}: {detail}" if status else step
