"""Makes a claim for a file out of the record that its CMS-1500 is drawn from, so that paper and file say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from domain.claims.session_rules import NOT_A_SITE
from domain.claims.x12.characters import joined, plain
from domain.claims.x12.professional.party_rules import same_place
from domain.claims.x12.professional.records import (
    SELF,
    Address,
    Adjustment,
    BillingProvider,
    Claim,
    Facility,
    Line,
    LineDecision,
    Name,
    OtherInsurance,
    Patient,
    Payer,
    Provider,
    Subscriber,
)
from domain.documents import claim_record as paper
from domain.documents.cms1500.nucc import diagnosis

RELATIONSHIPS = {"self": SELF, "spouse": "01", "child": "19", "other": "G8"}  # PAT01 and SBR02
RANKS = {"primary": "P", "secondary": "S", "tertiary": "T"}  # SBR01
# SBR09 by the mark of box 1; a payer whose plan is of another kind (BL, HM, 12 …) has it in its settings.
FILING = {"medicare": "MB", "medicaid": "MC", "tricare": "CH", "champva": "VA", "group": "CI", "feca": "OF", "other": "CI"}
TAXONOMY = "ZZ"  # NUCC: on paper the qualifier of a taxonomy code, which the file calls PXC
WORKING_AGED = "12"  # SBR05: Medicare is second since patient or spouse works and has a group plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerSettings:
    """What a payer or clearinghouse wants otherwise than most."""

    filing: str = ""
    """SBR09; empty: by the payer's kind."""
    insurance_type: str = WORKING_AGED
    """SBR05, where Medicare is second."""
    says_patient_paid: bool = False
    """AMT*F5; copays are left out by default, since many payers take them off what they pay."""
    printed_on_its_way: bool = False
    """The clearinghouse prints claims for this payer, which needs its address."""
    billing_ids: tuple[tuple[str, str], ...] = ()
    """Numbers that this payer gave the practice: G2 or LU."""


USUAL = PayerSettings()


def electronic_claim(record: paper.ClaimRecord, settings: PayerSettings = USUAL) -> Claim:
    """The claim by file. Texts are written over into plain capitals; what cannot be stays, and the check tells it."""
    billing = _billing(record)
    facility = _facility(record, billing)
    place = record.lines[0].place
    others = (record.other_insured,) if record.other_insured and record.other_insured.payer else ()
    on = record.onset.on if record.onset else None
    kind = record.onset.qualifier if record.onset else ""
    causes = _causes(record.patient)
    accident = bool({"AA", "OA"} & set(causes))
    first_day = min(line.first_day for line in record.lines)
    return Claim(
        billing=billing,
        subscriber=_subscriber(record, settings),
        payer=Payer(name=plain(record.payer.name), id=joined(record.payer.id), billing_ids=settings.billing_ids + _billing_ids(record.billing),
                    address=_address(record.payer.address) if settings.printed_on_its_way else None),
        patient=_patient(record) if _apart(record) else None,
        number=joined(record.account_number),
        charge_cents=record.total_cents,
        place=place,
        frequency=record.resubmission_code or "1",
        original_reference=plain(record.original_reference),
        signature=bool(record.provider_signature),
        assignment="A" if record.accept_assignment else "C",
        benefits_assigned="Y" if record.insured_signature else "N",
        release="Y" if record.patient_signature else "I",
        causes=causes,
        accident_state=plain(record.patient.accident_state) if "AA" in causes else "",
        accident_on=on if accident else None,
        last_period_on=on if kind == "484" and not accident else None,
        onset_on=on if kind == "431" and not accident and on != first_day else None,
        unable_from=record.unable_to_work.first_day,
        unable_to=record.unable_to_work.last_day,
        admitted_on=record.in_hospital.first_day,
        discharged_on=record.in_hospital.last_day,
        patient_paid_cents=_patient_paid(record) if settings.says_patient_paid else 0,
        authorization=plain(record.authorization),
        note=plain(record.additional),
        conditions=tuple(plain(record.patient.claim_codes).split()),
        diagnoses=tuple(diagnosis(code) for code in record.diagnoses),
        referrer=_named(record.referrer) if record.referrer and record.referrer.qualifier != "DQ" else None,
        rendering=_rendering(record.lines[0], billing),
        facility=facility,
        supervisor=_supervisor(record),
        others=tuple(_other(other, record) for other in others),
        lines=tuple(_line(line, number, record, place) for number, line in enumerate(record.lines, 1)),
    )


def _billing(record: paper.ClaimRecord) -> BillingProvider:
    """Box 33 and 25."""
    site, qualifier = record.billing, record.billing.other_id[:2]
    kind: Literal["EI", "SY"] = "SY" if record.tax_id_kind == "SSN" else "EI"
    address = _address(site.address)
    pay_to = _address(record.pay_to) if record.pay_to else None
    return BillingProvider(
        name=_person(site.person) if site.person else Name(last=plain(site.name), person=False),
        address=address, npi=joined(site.npi), tax_id=joined(record.tax_id), tax_id_kind=kind,
        taxonomy=plain(site.other_id[2:] if qualifier == TAXONOMY else site.taxonomy),
        pay_to=None if pay_to is None or same_place(pay_to, address) else pay_to,
    )


def _billing_ids(site: paper.Site) -> tuple[tuple[str, str], ...]:
    """Box 33b, where it is a number that this payer gave."""
    qualifier = site.other_id[:2]
    return ((qualifier, plain(site.other_id[2:])),) if qualifier in {"G2", "LU"} else ()


def _apart(record: paper.ClaimRecord) -> bool:
    """Whether the payer knows the patient only through the subscriber."""
    return record.patient.relationship != "self" and not record.patient.member_id


def _subscriber(record: paper.ClaimRecord, settings: PayerSettings) -> Subscriber:
    """Boxes 1a, 4, 7 and 11. A patient with a member id of their own stands here as the subscriber."""
    insured, patient = record.insured, record.patient
    apart = _apart(record)
    filing = settings.filing or FILING[record.payer.kind]
    second = filing in {"MA", "MB"} and record.rank != "primary"
    group = plain(insured.group_number)
    return Subscriber(
        responsibility=RANKS[record.rank],
        relationship="" if apart else SELF,
        group_number="" if group == "NONE" else group,
        insurance_type=settings.insurance_type if second else "",
        filing=filing,
        name=_person(insured.name if apart or patient.relationship == "self" else patient.name),
        member_id=joined(patient.member_id or insured.member_id),
        address=None if apart else _address(patient.address),
        born_on=None if apart else patient.born_on,
        sex="" if apart else patient.sex,
        property_claim="" if apart else plain(insured.other_claim_id),
    )


def _patient(record: paper.ClaimRecord) -> Patient:
    """Boxes 2, 3, 5 and 6."""
    patient = record.patient
    return Patient(
        relationship=RELATIONSHIPS[patient.relationship], name=_person(patient.name), address=_address(patient.address),
        born_on=patient.born_on or date.min, sex=patient.sex, property_claim=plain(record.insured.other_claim_id),
    )


def _causes(patient: paper.Patient) -> tuple[str, ...]:
    """Boxes 10a to 10c; the file has room for two."""
    asked = (("EM", patient.accident_at_work), ("AA", patient.accident_by_car), ("OA", patient.accident_other))
    return tuple(cause for cause, yes in asked if yes)[:2]


def _patient_paid(record: paper.ClaimRecord) -> int:
    """Box 29 without what another payer paid."""
    decision = record.other_insured.decision if record.other_insured else None
    return max(0, record.paid_cents - (decision.paid_cents if decision else 0))


def _rendering(line: paper.ServiceLine, billing: BillingProvider) -> Provider | None:
    """Box 24J, when it is not box 33's own; a form has one provider (see packing)."""
    if not line.rendering_npi or line.rendering_npi == billing.npi:
        return None
    qualifier, said = line.rendering_id_qualifier, plain(line.rendering_id)
    coded = qualifier in {TAXONOMY, "PXC"}
    return Provider(
        name=_person(line.rendering_name or paper.PersonName(last="")), npi=joined(line.rendering_npi),
        taxonomy=said if coded else plain(line.rendering_taxonomy), ids=((qualifier, said),) if said and not coded else (),
    )


def _supervisor(record: paper.ClaimRecord) -> Provider | None:
    in_17 = record.referrer if record.referrer and record.referrer.qualifier == "DQ" else None
    supervisor = record.supervisor or in_17
    return _named(supervisor) if supervisor else None


def _named(referrer: paper.Referrer) -> Provider:
    ids = ((referrer.other_id_qualifier, plain(referrer.other_id)),) if referrer.other_id else ()
    return Provider(name=_person(referrer.name), npi=joined(referrer.npi), ids=ids)


def _facility(record: paper.ClaimRecord, billing: BillingProvider) -> Facility | None:
    """Box 32, when it is neither the billing address nor a client's home."""
    site = record.facility
    if site is None or record.lines[0].place in NOT_A_SITE:
        return None
    address = _address(site.address)
    if same_place(address, billing.address):
        return None
    other = ((site.other_id[:2], plain(site.other_id[2:])),) if site.other_id and site.other_id[:2] != TAXONOMY else ()
    return Facility(name=plain(site.name), address=address, npi=joined(site.npi), ids=other)


def _line(line: paper.ServiceLine, number: int, record: paper.ClaimRecord, place: str) -> Line:
    """Box 24."""
    other = record.other_insured
    decided = other.decision.lines if other and other.decision else ()
    same = line.last_day is None or line.last_day == line.first_day
    return Line(
        first_day=line.first_day, last_day=None if same else line.last_day, code=plain(line.code),
        modifiers=tuple(plain(one) for one in line.modifiers), charge_cents=line.charge_cents, units=line.units,
        place="" if line.place == place else line.place,
        pointers=tuple(ord(letter) - ord("A") + 1 for letter in line.pointers), emergency=line.emergency,
        family_plan=line.family_plan == "Y", control=f"{joined(record.account_number)}L{number}",
        note=plain(line.supplement),
        decisions=tuple(_decision(one, line, cast("paper.OtherInsured", other)) for one in decided if one.line == number),
    )


def _decision(decided: paper.DecidedLine, line: paper.ServiceLine, other: paper.OtherInsured) -> LineDecision:
    decision, payer = cast("paper.Decision", other.decision), cast("paper.Payer", other.payer)
    return LineDecision(
        payer_id=joined(payer.id), paid_cents=decided.paid_cents, code=plain(line.code),
        modifiers=tuple(plain(one) for one in line.modifiers), units=line.units, decided_on=decision.decided_on,
        adjustments=_adjustments(decided.adjustments), left_cents=decided.left_cents,
    )


def _other(other: paper.OtherInsured, record: paper.ClaimRecord) -> OtherInsurance:
    """Boxes 9 to 9d, and what that payer decided."""
    payer, decision = cast("paper.Payer", other.payer), other.decision
    filing = FILING[payer.kind]
    second = filing == "MB" and other.rank != "primary"
    by_line = bool(decision and decision.lines)
    return OtherInsurance(
        responsibility=RANKS[other.rank], relationship=RELATIONSHIPS[other.relationship], name=_person(other.name),
        member_id=joined(other.policy_number), group_number=plain(other.group_number), filing=filing,
        insurance_type=WORKING_AGED if second else "", payer_name=plain(payer.name), payer_id=joined(payer.id),
        benefits_assigned="Y" if record.insured_signature else "N", release="Y" if record.patient_signature else "I",
        paid_cents=decision.paid_cents if decision else None,
        adjustments=_adjustments(decision.adjustments) if decision else (),
        remarks=decision.remarks if decision else (),
        claim_control=plain(decision.claim_number) if decision else "",
        decided_on=decision.decided_on if decision and not by_line else None,
        left_cents=decision.left_cents if decision and not by_line else None,
    )


def _adjustments(listed: Sequence[paper.Adjusted]) -> tuple[Adjustment, ...]:
    """Those of one group side by side, as CAS wants them."""
    groups = list(dict.fromkeys(one.group for one in listed))
    ordered = sorted(listed, key=lambda one: groups.index(one.group))
    return tuple(Adjustment(one.group, one.reason, one.cents) for one in ordered)


def _person(name: paper.PersonName) -> Name:
    return Name(last=plain(name.last), first=plain(name.first), middle=plain(name.middle), suffix=plain(name.suffix))


def _address(address: paper.Address) -> Address:
    return Address(street=plain(address.street), street2=plain(address.street2), city=plain(address.city),
                   state=plain(address.state), zip=re.sub(r"[^0-9]", "", address.zip))
