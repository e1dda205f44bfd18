"""An invoice, a superbill and a claim that fill all they can, to draw and to change."""

from datetime import date

from domain.documents.claim_record import (
    Address,
    ClaimRecord,
    DatedFact,
    Insured,
    OtherInsured,
    Patient,
    Payer,
    PersonName,
    Referrer,
    ServiceLine,
    Site,
    Span,
)
from domain.documents.records import (
    ClientBlock,
    Diagnosis,
    InvoiceLine,
    InvoiceRecord,
    InvoiceSection,
    Party,
    Payment,
    PracticeBlock,
    ProviderBlock,
    SuperbillLine,
    SuperbillRecord,
)

PRACTICE = PracticeBlock(
    legal_name="Harbor Lane Counseling, PLLC",
    lines=("1820 Harbor Lane, Suite 4", "Portland, OR 97209-1234"),
    phone="(503) 555-0142",
    email="billing@harborlane.example",
    tax_id="93-1234567",
    npi="1234567893",
)
ANA = ProviderBlock(name="Ana Ruiz", credentials="LCSW", npi="1972530248", license_number="L8841")
DIAGNOSES = (
    Diagnosis(code="F41.1", description="Generalized anxiety disorder"),
    Diagnosis(code="F33.0", description="Major depressive disorder, recurrent, mild"),
)


def a_line(day: int = 5, amount_cents: int = 15000, **but: object) -> InvoiceLine:
    usual = {"code": "90834", "description": "Psychotherapy, 45 minutes"}
    return InvoiceLine(day=date(2026, 10, day), amount_cents=amount_cents, **usual | but)


def a_section(*lines: InvoiceLine, **but: object) -> InvoiceSection:
    usual = {"client_name": "Jordan Rivera", "provider": ANA, "diagnoses": DIAGNOSES}
    return InvoiceSection(lines=lines or FOUR_LINES, **usual | but)


def an_invoice(*sections: InvoiceSection, **but: object) -> InvoiceRecord:
    usual = {
        "number": "2026-0117",
        "issued_on": date(2026, 11, 2),
        "due_on": date(2026, 12, 2),
        "practice": PRACTICE,
        "bill_to": Party(name="Jordan Rivera", lines=("418 SE Morrison Street, Apt 12", "Portland, OR 97214")),
        "payments": (Payment(received_on=date(2026, 10, 12), method="Card", amount_cents=15000),),
        "message": "Thank you for your trust.",
    }
    return InvoiceRecord(sections=sections or (a_section(),), **usual | but)


FOUR_LINES = (
    a_line(5),
    a_line(12, modifiers=("95",)),
    a_line(19, 3000, code="90837", description="Psychotherapy, 60 minutes", note="Your share; insurer billed"),
    a_line(26, 7500, code="NS", description="Late cancellation"),
)


def a_superbill(**but: object) -> SuperbillRecord:
    lines = tuple(
        SuperbillLine(
            day=date(2026, 10, day), place_of_service="10", code=code, modifiers=("95",), charged_cents=15000,
            description="Psychotherapy, 45 minutes", paid_cents=paid, pointers="AB",
        )
        for day, code, paid in ((5, "90834", 15000), (12, "90834", 0))
    )  # fmt: skip
    usual = {
        "made_on": date(2026, 11, 2),
        "first_day": date(2026, 10, 1),
        "last_day": date(2026, 10, 31),
        "practice": PRACTICE,
        "client": ClientBlock(
            name="Jordan Rivera", lines=("418 SE Morrison Street", "Portland, OR 97214"), born_on=date(1988, 4, 9),
            payer_name="Cascade Health", member_id="XJR884213",
        ),
        "provider": ANA,
        "diagnoses": DIAGNOSES,
        "lines": lines,
        "referred_by": "Lena Park, MD",
    }  # fmt: skip
    return SuperbillRecord(**usual | but)


HOME = Address(
    street="418 S.E. Morrison St.", street2="Apt #12", city="Portland", state="OR", zip="97214", phone="(503) 555-0199"
)
SUPPLEMENT = "ZZ PSYCHOTHERAPY 60 MINUTES START 0900 STOP 0955"


def a_service(day: int = 5, **but: object) -> ServiceLine:
    usual = {"place": "10", "code": "90837", "pointers": "A", "charge_cents": 18500, "rendering_npi": "1972530248"}
    return ServiceLine(first_day=date(2026, 10, day), **usual | but)


def a_full_service(number: int) -> ServiceLine:
    return a_service(
        number, last_day=date(2026, 10, number + 10), modifiers=("95", "HO", "U1", "GT"), pointers="ABCD", units=number,
        charge_cents=18500 + number, emergency=True, family_plan="N", rendering_id_qualifier="ZZ",
        rendering_id="1041C0700X", supplement=SUPPLEMENT,
    )  # fmt: skip


def a_claim(**but: object) -> ClaimRecord:
    """With only what no claim lacks."""
    usual = {
        "account_number": "20260011701",
        "made_on": date(2026, 11, 2),
        "payer": Payer(name="Cascade Health Plan", kind="group"),
        "patient": Patient(name=PersonName(last="Rivera", first="Jordan"), born_on=date(1988, 4, 9), sex="F"),
        "insured": Insured(member_id="XJR884213", name=PersonName(last="Rivera", first="Jordan")),
        "billing": Site(name="Harbor Lane Counseling"),
        "tax_id": "93-1234567",
        "lines": (a_service(),),
        "diagnoses": ("F41.1",),
    }
    return ClaimRecord(**usual | but)


def a_full_claim(**but: object) -> ClaimRecord:
    """With something in every box that is not one of several marks."""
    usual = {
        "account_number": "2026-00117-1",
        "payer": Payer(
            name="Cascade Health Plan, Inc.", kind="group",
            address=Address(street="P.O. Box 9000", street2="Claims", city="Salem", state="OR", zip="973011234"),
        ),
        "patient": Patient(
            name=PersonName(last="Rivera-García", first="Jordan", middle="Alexis", suffix="Jr."), sex="F", address=HOME,
            born_on=date(1988, 4, 9), relationship="spouse", accident_by_car=True, accident_state="OR", claim_codes="A1B2",
        ),
        "insured": Insured(
            member_id="XJR884213-01", name=PersonName(last="Rivera", first="Sam", middle="Q."), address=HOME, sex="M",
            group_number="GRP 55-0081", born_on=date(1985, 12, 30), other_claim_id="WC77120", plan_name="Cascade Choice",
        ),
        "other_insured": OtherInsured(
            name=PersonName(last="Rivera", first="Jordan"), policy_number="OTH-99-1", plan_name="Second Health"
        ),
        "another_plan": True,
        "patient_signature": "Signature on file",
        "patient_signed_on": date(2026, 1, 5),
        "insured_signature": "Signature on file",
        "onset": DatedFact(on=date(2025, 9, 1), qualifier="431"),
        "other_date": DatedFact(on=date(2026, 2, 3), qualifier="304"),
        "unable_to_work": Span(first_day=date(2026, 1, 2), last_day=date(2026, 1, 20)),
        "referrer": Referrer(
            name=PersonName(last="Park", first="Lena", middle="M"), credentials="M.D.", npi="1881723452",
            other_id_qualifier="0B", other_id="MD-12345",
        ),
        "in_hospital": Span(first_day=date(2026, 3, 1), last_day=date(2026, 3, 4)),
        "additional": "Telehealth from office; client at home, consent is on file",
        "outside_lab": True,
        "outside_lab_cents": 12050,
        "diagnoses": (
            "F41.1", "F33.0", "F43.10", "Z63.0", "F40.10", "F51.01", "G47.00", "F90.0", "F60.3", "Z62.820", "F50.819", "S06.0X0A",
        ),
        "resubmission_code": "7",
        "original_reference": "CLM20260098761",
        "authorization": "AUTH-00 4451",
        "billing": Site(
            name="Harbor Lane Counseling, PLLC", npi="1234567893", other_id="ZZ103TC0700X",
            address=Address(
                street="1820 Harbor Lane", street2="Suite 4", city="Portland", state="OR", zip="972091234", phone="503-555-0142"
            ),
        ),
        "facility": Site(
            name="Harbor Lane East Office", npi="1992837465", other_id="ZZ261QM0801X",
            address=Address(street="77 E. Burnside St.", city="Portland", state="OR", zip="97214-0001"),
        ),
        "paid_cents": 3005,
        "provider_signature": "Ana Ruiz LCSW",
        "provider_signed_on": date(2026, 11, 2),
        "lines": tuple(a_full_service(number) for number in range(1, 7)),
    }  # fmt: skip
    return a_claim(**usual | but)
