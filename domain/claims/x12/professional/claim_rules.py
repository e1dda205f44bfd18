"""What the check asks of a claim as a whole: number, total, references, diagnoses, dates, who rendered it and where."""

from __future__ import annotations

import re

from domain.checks import is_icd10, is_state, tidy_icd10
from domain.claims.x12.professional.fault import Fault, Faults
from domain.claims.x12.professional.party_rules import same_place
from domain.claims.x12.professional.records import MOST_DIAGNOSES, Claim


def number_and_total(claim: Claim) -> Faults:
    """CLM01 and CLM02."""
    if not re.fullmatch(r"[A-Z0-9]{1,14}", claim.number):
        yield Fault("claim_number", "2300 CLM01", f"The claim number {claim.number} is not of one to fourteen letters and digits")
    lines = sum(line.charge_cents for line in claim.lines)
    if claim.charge_cents != lines:
        yield Fault("claim_total", "2300 CLM02",
                    f"The claim says {claim.charge_cents / 100:,.2f}, its lines make {lines / 100:,.2f}")
    if not 0 <= claim.patient_paid_cents <= claim.charge_cents:
        yield Fault("patient_paid", "2300 AMT02", "The patient has paid more than the claim's charge")


def marks(claim: Claim) -> Faults:
    """CLM05 to CLM09."""
    if not re.fullmatch(r"[0-9]{2}", claim.place):
        yield Fault("place", "2300 CLM05-1", f"{claim.place or 'Nothing'} is no place of service")
    if claim.assignment not in {"A", "B", "C"} or claim.benefits_assigned not in {"Y", "N", "W"} or (
            claim.release not in {"Y", "I"}):
        yield Fault("claim_marks", "2300 CLM07", "Assignment, benefits or release is not marked as the guide has it")


def references(claim: Claim) -> Faults:
    """CLM05-3 with REF*F8: a replacement or void names the claim it is for, an original names none."""
    if claim.frequency not in {"1", "7", "8"}:
        yield Fault("frequency", "2300 CLM05-3", f"{claim.frequency or 'Nothing'} is not 1, 7 or 8")
    elif claim.frequency != "1" and not claim.original_reference:
        yield Fault("original_reference", "2300 REF02", "A replacement or void needs the payer's number of the first claim (F8)")
    elif claim.frequency == "1" and claim.original_reference:
        yield Fault("original_reference", "2300 REF02", "An original claim names no earlier claim (F8)")


def diagnoses(claim: Claim) -> Faults:
    """HI: one to twelve ICD-10-CM codes without dots, none twice."""
    codes = claim.diagnoses
    if not 1 <= len(codes) <= MOST_DIAGNOSES:
        yield Fault("diagnosis_count", "2300 HI01", f"A claim has one to {MOST_DIAGNOSES} diagnoses, not {len(codes)}")
    for place, code in enumerate(codes, 1):
        if not re.fullmatch(r"[A-Z0-9]{3,7}", code) or not is_icd10(tidy_icd10(code)):
            yield Fault("diagnosis_form", f"2300 HI{place:02}-2", f"{code} is not an ICD-10-CM code without its dot")
    if len(set(codes)) < len(codes):
        yield Fault("diagnosis_twice", "2300 HI01", "The same diagnosis stands twice")


def accidents(claim: Claim) -> Faults:
    """CLM11 and DTP*439: a car accident has a state; car and other accidents have a date; without a cause, no date."""
    causes = claim.causes
    if len(causes) > 2 or len(set(causes)) < len(causes) or not set(causes) <= {"AA", "EM", "OA"}:
        yield Fault("accident_cause", "2300 CLM11-1", "A claim has at most two different causes: AA, EM, OA")
    if ("AA" in causes) != bool(claim.accident_state) or (claim.accident_state and not is_state(claim.accident_state)):
        yield Fault("accident_state", "2300 CLM11-4", "A car accident, and only that, has the state where it was")
    if {"AA", "OA"} & set(causes) and claim.accident_on is None:
        yield Fault("accident_date", "2300 DTP03", "An accident needs its date (439)")
    if not causes and claim.accident_on is not None:
        yield Fault("accident_date", "2300 DTP03", "There is a date of an accident, but no accident")


def dates(claim: Claim) -> Faults:
    """DTP: onset before the service and not on its day; spans that end after they begin."""
    first = min((line.first_day for line in claim.lines), default=None)
    for on in (claim.onset_on, claim.accident_on, claim.last_period_on):
        if on and first and on > first:
            yield Fault("date_order", "2300 DTP03", f"{on} is after the first day of service")
    if claim.onset_on and {line.first_day for line in claim.lines} == {claim.onset_on}:
        yield Fault("onset_same_day", "2300 DTP03", "An onset on the day of service is not said (431)")
    spans = ((claim.unable_from, claim.unable_to), (claim.admitted_on, claim.discharged_on))
    if any(start and end and start > end for start, end in spans):
        yield Fault("date_order", "2300 DTP03", "A span of days ends before it begins")


def rendering(claim: Claim) -> Faults:
    """2310B: who saw the client, when that is not the billing provider."""
    billing, seen_by = claim.billing, claim.rendering
    if seen_by is None and not billing.name.person:
        yield Fault("rendering_missing", "2310B NM109", "An organization bills, so the claim must say who saw the client")
    if seen_by is not None and seen_by.npi == billing.npi:
        yield Fault("rendering_same", "2310B NM109", "The rendering provider is the billing provider; leave the loop out")
    if claim.supervisor is not None and claim.supervisor.npi in {seen_by.npi if seen_by else "", billing.npi}:
        yield Fault("supervisor_same", "2310D NM109", "The supervisor is the provider who is supervised")


def facility(claim: Claim) -> Faults:
    """2310C: never the billing address again, never the client's home."""
    if claim.facility is None:
        return
    where = claim.facility.address
    if same_place(where, claim.billing.address):
        yield Fault("facility_same", "2310C N301", "The service facility is the billing provider's address; leave it out")
    patient = claim.patient.address if claim.patient else claim.subscriber.address
    if claim.place == "10" or (patient and same_place(where, patient)):
        yield Fault("facility_home", "2310C N301", "A client at home has no service facility")


RULES = (number_and_total, marks, references, diagnoses, accidents, dates, rendering, facility)
