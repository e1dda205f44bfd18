"""What the check asks of subscriber and patient: which of them stands where, and why this payer is asked."""

from __future__ import annotations

from datetime import date

from domain.claims.x12.professional.fault import Fault, Faults
from domain.claims.x12.professional.records import SELF, Claim

PATIENT_RELATIONSHIPS = frozenset({"01", "19", "20", "21", "39", "40", "53", "G8"})  # PAT01
RELATIONSHIPS = PATIENT_RELATIONSHIPS | {SELF}
RESPONSIBILITIES = "PSTABCDEFGH"  # SBR01, in the order in which payers decide; U stands for unknown
KINDS_OF_PAYER = "11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ"
FILING_CODES = frozenset(KINDS_OF_PAYER.split())  # SBR09
MEDICARE = frozenset({"MA", "MB"})
WHY_MEDICARE_IS_SECOND = "12 13 14 15 16 41 42 43 47"
INSURANCE_TYPES = frozenset(WHY_MEDICARE_IS_SECOND.split())  # SBR05
SEXES = frozenset({"M", "F", "U"})


def patient_loop(claim: Claim) -> Faults:
    """2000C against SBR02: a patient of their own has a relationship, else the subscriber is the patient (18)."""
    relationship = claim.subscriber.relationship
    if claim.patient is None and relationship != SELF:
        yield Fault("subscriber_relationship", "2000B SBR02", "There is no patient loop, so the subscriber must be marked 18")
    if claim.patient is not None and relationship:
        yield Fault("subscriber_relationship", "2000B SBR02", "With a patient loop the subscriber has no relationship code")
    if claim.patient is not None and claim.patient.relationship not in PATIENT_RELATIONSHIPS:
        yield Fault("patient_relationship", "2000C PAT01",
                    f"{claim.patient.relationship or 'Nothing'} is no relationship of a patient to a subscriber")


def demographics(claim: Claim) -> Faults:
    """2010BA: address, birth date and sex of a subscriber who is the patient; of nobody else."""
    subscriber = claim.subscriber
    said = (subscriber.address, subscriber.born_on, subscriber.sex)
    if claim.patient is None and not all(said):
        yield Fault("subscriber_demographics", "2010BA DMG02",
                    "The subscriber is the patient and needs address, birth date and sex")
    if claim.patient is not None and any(said):
        yield Fault("subscriber_demographics", "2010BA DMG02",
                    "The patient stands in a loop of their own, so the subscriber has no address, birth date or sex")
    if not subscriber.member_id:
        yield Fault("member_id", "2010BA NM109", "The subscriber has no member id")


def person(claim: Claim) -> Faults:
    """Birth date and sex of the patient, wherever they stand."""
    loop, who = ("2010CA", claim.patient) if claim.patient else ("2010BA", claim.subscriber)
    first_day = min((line.first_day for line in claim.lines), default=None)
    if who.born_on and (who.born_on < date(1880, 1, 1) or (first_day and who.born_on > first_day)):
        yield Fault("birth_date", f"{loop} DMG02", f"The patient's birth date, {who.born_on}, cannot be right")
    if (claim.patient or who.sex) and who.sex not in SEXES:
        yield Fault("sex", f"{loop} DMG03", f"{who.sex or 'Nothing'} is not M, F or U")


def why_this_payer(claim: Claim) -> Faults:
    """SBR: the place in the row of payers, the kind of payer, and Medicare as second."""
    subscriber = claim.subscriber
    if subscriber.responsibility not in set(RESPONSIBILITIES) | {"U"}:
        yield Fault("responsibility", "2000B SBR01", f"{subscriber.responsibility or 'Nothing'} is no place among payers")
    yield from filing(subscriber.filing, subscriber.responsibility, subscriber.insurance_type, "2000B")
    yield from group(subscriber.group_number, subscriber.group_name, "2000B")


def filing(code: str, responsibility: str, insurance_type: str, loop: str) -> Faults:
    """SBR09, and SBR05 which only Medicare has, and only when it is not first."""
    if code not in FILING_CODES:
        yield Fault("filing_code", f"{loop} SBR09", f"{code or 'Nothing'} is no kind of payer")
    second = code in MEDICARE and responsibility != "P"
    if second and insurance_type not in INSURANCE_TYPES:
        yield Fault("insurance_type", f"{loop} SBR05", "Medicare is not first here: the reason (12 to 47) must be said")
    if not second and insurance_type:
        yield Fault("insurance_type", f"{loop} SBR05", "A reason why Medicare is second stands where it is not")


def group(number: str, name: str, loop: str) -> Faults:
    """SBR03 and SBR04: one of them, and never the NONE that paper asks for."""
    if number == "NONE":
        yield Fault("group_none", f"{loop} SBR03", "NONE is for the paper form; without a group number leave it empty")
    if number and name:
        yield Fault("group_name", f"{loop} SBR04", "A group with a number has no name here")


RULES = (patient_loop, demographics, person, why_this_payer)
