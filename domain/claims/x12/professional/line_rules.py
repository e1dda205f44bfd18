"""What the check asks of the service lines of a claim."""

from __future__ import annotations

import re
from datetime import date

from domain.checks import is_modifier, is_procedure_code
from domain.claims.x12.professional.fault import Fault, Faults
from domain.claims.x12.professional.records import MOST_LINES, MOST_MODIFIERS, MOST_POINTERS, Claim, Line

MOST_UNITS = 9999
OLDEST = date(2013, 1, 1)  # before ICD-10 by far: a year typed wrong


def how_many(claim: Claim) -> Faults:
    """One to fifty, each with a control number of its own."""
    if not 1 <= len(claim.lines) <= MOST_LINES:
        yield Fault("line_count", "2400 LX01", f"A claim has one to {MOST_LINES} lines, not {len(claim.lines)}")
    controls = [line.control for line in claim.lines if line.control]
    if len(set(controls)) < len(controls):
        yield Fault("line_control", "2400 REF02", "Two lines have the same control number (6R)")


def each_line(claim: Claim) -> Faults:
    """Code, charge, units, days, pointers of every line."""
    for number, line in enumerate(claim.lines, 1):
        for fault in (*_service(line), *_modifiers(line), *_days(line), *_pointers(line, claim), *_as_the_claim(line, claim)):
            yield fault._replace(line=number)


def _service(line: Line) -> Faults:
    if not is_procedure_code(line.code):
        yield Fault("procedure_code", "2400 SV101-2", f"{line.code or 'Nothing'} is no procedure code")
    if line.charge_cents <= 0:
        yield Fault("line_charge", "2400 SV102", f"{line.code} has no charge")
    if not 1 <= line.units <= MOST_UNITS:
        yield Fault("units", "2400 SV104", f"{line.code} has {line.units} units")


def _modifiers(line: Line) -> Faults:
    listed = line.modifiers
    if len(listed) > MOST_MODIFIERS or len(set(listed)) < len(listed) or not all(map(is_modifier, listed)):
        yield Fault("modifiers", "2400 SV101-3", f"{line.code} has modifiers that are not one to four different ones")


def _days(line: Line) -> Faults:
    if line.last_day is not None and line.last_day <= line.first_day:
        yield Fault("day_span", "2400 DTP03", "A span of days must end after its first day")
    if line.first_day < OLDEST:
        yield Fault("day_of_service", "2400 DTP03", f"{line.first_day} cannot be the day of service")


def _pointers(line: Line, claim: Claim) -> Faults:
    listed = line.pointers
    if not 1 <= len(listed) <= MOST_POINTERS or len(set(listed)) < len(listed):
        yield Fault("pointers", "2400 SV107", f"{line.code} must point at one to {MOST_POINTERS} different diagnoses")
    if any(not 1 <= pointer <= len(claim.diagnoses) for pointer in listed):
        yield Fault("pointer_past_list", "2400 SV107", f"{line.code} points at a diagnosis that is not there")


def _as_the_claim(line: Line, claim: Claim) -> Faults:
    """What a line says only where it differs from the claim."""
    if line.place and (line.place == claim.place or not re.fullmatch(r"[0-9]{2}", line.place)):
        yield Fault("line_place", "2400 SV105", f"{line.code} repeats the claim's place, or has none of two digits")
    if line.authorization and line.authorization == claim.authorization:
        yield Fault("line_authorization", "2400 REF02", f"{line.code} repeats the claim's authorization")


RULES = (how_many, each_line)
