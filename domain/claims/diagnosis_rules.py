"""Whether each diagnosis can be billed on the day of service (ICD-10-CM has new codes every October 1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.checks import is_icd10
from domain.claims.facts import ClientFacts
from domain.claims.reasons import Place, Reason
from domain.icd10cm import is_known_year, standing

# What is wrong, and what to do about it.
FAULTS = {
    "heading": ("diagnosis_not_billable", "{code} is a heading; payers want one of the codes under it",
                "Choose the full code"),
    "retired": ("diagnosis_retired", "{code} could no longer be billed on {day}; ICD-10-CM has replaced it",
                "Choose its successor"),
    "not_yet": ("diagnosis_too_new", "{code} could not be billed yet on {day}", "Choose the code of that day"),
    "unknown": ("unknown_diagnosis", "{code} is not a code of ICD-10-CM", "Correct the diagnosis"),
}


def of_day(client: ClientFacts, day: date) -> Iterator[Reason]:
    """One reason a code. After the last packaged year a list may be out of date, so there it is only a warning."""
    place = Place("client", client.id)
    for diagnosis in client.diagnoses:
        if not is_icd10(diagnosis.code) or (found := standing(diagnosis.code, day)) == "billable":
            continue
        code, sentence, mend = FAULTS[found]
        told = sentence.format(code=diagnosis.code, day=f"{day:%b} {day.day}, {day.year}")
        yield place.reason(code, told, mend, "diagnoses", "error" if is_known_year(day) else "warning")
