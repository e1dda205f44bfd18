"""Our own check of a claim file: one break of a good file a rule, each read back from the bytes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.claims.x12 import professional
from domain.claims.x12.professional.check import check_bytes, check_records
from domain.claims.x12.professional.records import MOST_CLAIMS, Claim, ClaimFile, Contact
from domain.claims.x12.professional.write import written_file
from tests.fixtures import claim_files as files

SELF, CHILD, SECOND, WHOLE, MEDICARE, ALL = (
    files.a_claim, files.a_dependent, files.a_secondary, files.decided_as_a_whole, files.medicare_second, files.everything)

# code, a good claim, what stands in its file, what stands there in the broken copy
BROKEN: list[tuple[str, Callable[[], Claim], str, str]] = [
    # the file and its envelopes
    ("damaged", SELF, "IEA*1*000000041", "IEA*1*000000042"),
    ("damaged", SELF, "~GE*1*7", "~GE*2*7"),
    ("damaged", SELF, "*837*0001*005010X222A1", "*837*0001*005010X223A2"),
    ("damaged", SELF, "ISA*00", "ISB*00"),
    ("usage", SELF, "*0*T*:", "*0*X*:"),
    ("envelope_time", SELF, "*20261014*1054*7*", "*20261015*1054*7*"),
    ("guide", SELF, "GS*HC*", "GS*HP*"),
    ("control_number", SELF, "*7", "*0"),
    ("control_number", SELF, "*7", "*SEVEN"),
    ("trading_partner", SELF, "GS*HC*SESSIONBOOK*", "GS*HC*S*"),
    ("trading_partner", SELF, "*****46*SB1234", ""),
    ("contact", SELF, "PER*IC*DESK*TE*5185550100~", ""),
    ("set_control", SELF, "*0001", "*001"),
    ("hierarchy", SELF, "HL*2*1*22*0", "HL*3*1*22*0"),
    ("hierarchy", SELF, "HL*2*1*22*0", "HL*2*1*22*1"),
    ("hierarchy", CHILD, "HL*3*2*23*0", "HL*3*1*23*0"),
    ("unread_segment", SELF, "~HI*ABK", "~K3*A FIXED FORMAT~HI*ABK"),
    ("unread_segment", ALL, "~REF*F8*2026FIRST", "~REF*F8*2026FIRST~REF*F8*2026SECOND"),
    ("unread_segment", SELF, "~LX*1", "~NM1*77*2*A PLACE~N3*A STREET~N4*ALBANY*NY*122071001~NM1*PW*2~LX*1"),
    ("not_as_written", SELF, "*A*Y*Y~", "*A*Y*Y*P~"),
    ("bad_amount", SELF, "90837*150*", "90837*1,50*"),
    ("bad_amount", SECOND, "CAS*CO*45*40", "CAS*CO*45*FORTY"),
    ("bad_number", SELF, "*UN*1*", "*UN*1.5*"),
    ("bad_number", SELF, "UN*1***1~", "UN*1***A~"),
    ("bad_date", SELF, "DTP*472*D8*20261012", "DTP*472*D8*20260931"),
    ("bad_date", ALL, "RD8*20261012-20261013", "RD8*20261012"),
    ("no_day", SELF, "DTP*472*D8*20261012~", ""),
    ("no_birth_date", CHILD, "DMG*D8*20120504*F~", ""),
    ("no_decision_day", SECOND, "DTP*573*D8*20261013~", ""),
    ("line_number", SELF, "LX*1", "LX*2"),
    ("unit_kind", SELF, "*UN*1*", "*MJ*60*"),
    # who bills, who saw the client, where
    ("npi", SELF, "1234567893", "1234567890"),
    ("npi", SELF, "*XX*1245319599", ""),
    ("npi", CHILD, "1346234564", "1346234565"),
    ("npi", ALL, "1679576722", "1679576721"),
    ("billing_tax_id", SELF, "REF*EI*123456789", "REF*EI*12-3456789"),
    ("billing_tax_id", ALL, "REF*SY*219099999", "REF*SY*000099999"),
    ("taxonomy", SELF, "101YM0800X", "101YM08001"),
    ("taxonomy", SELF, "1041C0700X", "1041C07"),
    ("provider_id", ALL, "REF*G2*P1", "REF*G2*"),
    ("provider_id", ALL, "REF*G2*R1", "REF*LU*R1"),
    ("not_a_person", ALL, "NM1*DN*1*APPLEWICK*ASH*Q**JR", "NM1*DN*2*APPLEWICK"),
    ("payer_id", SELF, "*****PI*60054", ""),
    ("name", SELF, "NM1*IL*1*APPLEWICK*ROWAN", "NM1*IL*1*APPLEWICK*"),
    ("name", CHILD, "NM1*QC*1*APPLEWICK*ROWAN", "NM1*QC*1**ROWAN"),
    ("organization_name", SELF, "NM1*85*2*THISTLEDOWN COUNSELING PLLC*", "NM1*85*2*THISTLEDOWN COUNSELING PLLC*LEE"),
    ("address", SELF, "N3*12 IMAGINARY LANE", "N3*"),
    ("address", SELF, "N4*ALBANY*NY*12203", "N4**NY*12203"),
    ("state", SELF, "N4*ALBANY*NY*12203", "N4*ALBANY*NX*12203"),
    ("zip", SELF, "N4*ALBANY*NY*12203", "N4*ALBANY*NY*1220"),
    ("zip", CHILD, "*121802345", "*12180-2345"),
    ("po_box", SELF, "1 MAIN STREET", "P.O. BOX 1"),
    ("po_box", CHILD, "77 RIVER ROAD", "LOCKBOX 7"),
    ("zip_nine", SELF, "*122071001", "*12207"),
    ("zip_nine", SELF, "*122071001", "*122070000"),
    ("zip_nine", CHILD, "*121802345", "*12180"),
    ("pay_to_same", ALL, "N3*PO BOX 9~N4*ALBANY*NY*12201", "N3*1 MAIN ST REET SUITE 4~N4*ALBANY*NY*12207"),
    ("rendering_missing", SELF, "NM1*82*1*LARKSPUR*IMOGEN****XX*1245319599~PRV*PE*PXC*1041C0700X~", ""),
    ("rendering_same", ALL, "IMOGEN****XX*1245319599", "IMOGEN****XX*1003000126"),
    ("supervisor_same", ALL, "ROWAN****XX*1346234564", "ROWAN****XX*1245319599"),
    ("facility_same", CHILD, "77 RIVER ROAD~N4*TROY*NY*121802345", "1 MAIN STREET SUITE 4~N4*ALBANY*NY*122071001"),
    ("facility_home", CHILD, "***11:B:1", "***10:B:1"),
    ("facility_home", CHILD, "77 RIVER ROAD~N4*TROY*NY*121802345", "12 IMAGINARY LANE~N4*ALBANY*NY*122031234"),
    # subscriber and patient
    ("subscriber_relationship", SELF, "SBR*P*18*G77", "SBR*P**G77"),
    ("subscriber_relationship", CHILD, "SBR*P**G77", "SBR*P*18*G77"),
    ("patient_relationship", CHILD, "PAT*19", "PAT*18"),
    ("subscriber_demographics", SELF, "N3*12 IMAGINARY LANE~N4*ALBANY*NY*12203~DMG*D8*19910504*F~", ""),
    ("subscriber_demographics", SELF, "DMG*D8*19910504*F", "DMG*D8*19910504"),
    ("subscriber_demographics", CHILD, "MI*DEMO0042~", "MI*DEMO0042~DMG*D8*19910504*F~"),
    ("member_id", SELF, "****MI*DEMO0042", ""),
    ("birth_date", SELF, "D8*19910504", "D8*20991231"),
    ("birth_date", CHILD, "D8*20120504", "D8*10120504"),
    ("sex", SELF, "19910504*F", "19910504*X"),
    ("sex", CHILD, "20120504*F", "20120504"),
    ("responsibility", SELF, "SBR*P*18", "SBR*X*18"),
    ("filing_code", SELF, "******CI~", "******09~"),
    ("filing_code", SECOND, "SBR*P*18*******CI", "SBR*P*18"),
    ("insurance_type", MEDICARE, "SBR*S*18***12****MB", "SBR*S*18*******MB"),
    ("insurance_type", SELF, "SBR*P*18*G77******CI", "SBR*P*18*G77**12****CI"),
    ("insurance_type", SELF, "SBR*P*18*G77******CI", "SBR*P*18*G77**12****MB"),
    ("group_none", SELF, "*G77*", "*NONE*"),
    ("group_name", SELF, "*G77*", "*G77*THE GROUP"),
    # the claim
    ("claim_number", SELF, "C202600001", "C2026-00001"),
    ("claim_number", SELF, "C202600001", "C20260000100000"),
    ("claim_total", SELF, "*150***", "*150.01***"),
    ("patient_paid", ALL, "AMT*F5*5", "AMT*F5*500"),
    ("place", SELF, "***11:B:1", "***1:B:1"),
    ("claim_marks", SELF, "*Y*A*Y*Y~", "*Y*D*Y*Y~"),
    ("claim_marks", SELF, "*Y*A*Y*Y~", "*Y*A*Y*N~"),
    ("frequency", SELF, "11:B:1", "11:B:2"),
    ("original_reference", ALL, "REF*F8*2026FIRST~", ""),
    ("original_reference", ALL, "11:B:7", "11:B:1"),
    ("diagnosis_count", SELF, "HI*ABK:F411*ABF:Z630~", ""),
    ("diagnosis_form", SELF, "F411", "F41.1"),
    ("diagnosis_form", SELF, "Z630", "630"),
    ("diagnosis_twice", SELF, "Z630", "F411"),
    ("accident_cause", ALL, "AA:EM", "AA:XX"),
    ("accident_cause", ALL, "AA:EM", "AA:AA"),
    ("accident_state", ALL, "AA:EM::NY", "AA:EM"),
    ("accident_state", ALL, "AA:EM::NY", "EM:OA::NY"),
    ("accident_state", ALL, "AA:EM::NY", "AA:EM::XY"),
    ("accident_date", ALL, "DTP*439*D8*20260901~", ""),
    ("accident_date", ALL, "*AA:EM::NY", "*"),
    ("date_order", ALL, "DTP*439*D8*20260901", "DTP*439*D8*20261020"),
    ("date_order", ALL, "RD8*20260905-20260906", "RD8*20260905-20260904"),
    ("onset_same_day", SELF, "~HI*ABK", "~DTP*431*D8*20261012~HI*ABK"),
    # its lines
    ("line_count", SELF, "LX*1~SV1*HC:90837*150*UN*1***1~DTP*472*D8*20261012~REF*6R*L1~", ""),
    ("line_control", ALL, "REF*6R*L2", "REF*6R*L1"),
    ("procedure_code", SELF, "HC:90837", "HC:9083"),
    ("line_charge", SELF, "90837*150*", "90837*0*"),
    ("units", SELF, "*UN*1*", "*UN*0*"),
    ("units", SELF, "*UN*1*", "*UN*10000*"),
    ("modifiers", ALL, ":95:HO:", ":95:9:"),
    ("modifiers", ALL, ":95:HO:", ":95:95:"),
    ("day_span", ALL, "RD8*20261012-20261013", "RD8*20261012-20261012"),
    ("day_of_service", SELF, "D8*20261012", "D8*20061012"),
    ("not_yet", SELF, "D8*20261012", "D8*20261015"),
    ("pointers", SELF, "UN*1***1~", "UN*1***1:2:1~"),
    ("pointers", SELF, "UN*1***1~", "UN*1~"),
    ("pointer_past_list", SELF, "UN*1***1~", "UN*1***3~"),
    ("line_place", ALL, "UN*2*12**2:1", "UN*2*11**2:1"),
    ("line_authorization", ALL, "REF*G1*LINE1", "REF*G1*AUTH1"),
    # the other payers
    ("payer_order", SECOND, "SBR*P*18", "SBR*S*18"),
    ("payer_order", SECOND, "SBR*P*18", "SBR*Z*18"),
    ("no_primary", SECOND, "SBR*P*18", "SBR*T*18"),
    ("not_decided", SECOND, "AMT*D*90~", ""),
    ("decided_early", ALL, "~OI*", "~AMT*D*1~OI*"),
    ("decided_early", WHOLE, "AMT*D*90~", ""),
    ("other_relationship", SECOND, "SBR*P*18", "SBR*P*99"),
    ("other_member_id", SECOND, "****MI*W1", ""),
    ("other_payer_id", SECOND, "NM1*PR*2*OLD OAK MUTUAL", "NM1*PR*2*"),
    ("other_marks", SECOND, "OI***Y***Y", "OI***Y"),
    ("decision_payer", SECOND, "SVD*87726", "SVD*87727"),
    ("decision_day", WHOLE, "DTP*573*D8*20261013~", ""),
    ("decision_day", SECOND, "PI*87726~REF", "PI*87726~DTP*573*D8*20261013~REF"),
    ("left_to_pay", SECOND, "AMT*D*90~", "AMT*D*90~AMT*EAF*20~"),
    ("left_to_pay", SECOND, "AMT*EAF*20", "AMT*EAF*61"),
    ("left_to_pay", WHOLE, "AMT*EAF*20", "AMT*EAF*61"),
    ("line_balance", SECOND, "SVD*87726*90*", "SVD*87726*91*"),
    ("claim_balance", WHOLE, "CAS*CO*45*40", "CAS*CO*45*41"),
    ("paid_balance", SECOND, "AMT*D*90", "CAS*CO*45*1~AMT*D*90"),
    ("not_covered", ALL, "~OI*", "~AMT*A8*1~OI*"),
    ("not_covered", SECOND, "AMT*D*90~", "AMT*D*90~AMT*A8*150~"),
    ("adjustment_group", SECOND, "CAS*CO*", "CAS*XX*"),
    ("adjustment_apart", SECOND, "CAS*PR*2*15**3*5", "CAS*PR*2*15~CAS*OA*23*5~CAS*PR*3*5~CAS*OA*23*-5"),
    ("adjustment_reason", SECOND, "CAS*CO*45*40", "CAS*CO**40"),
    # letters
    ("characters", SELF, "APPLEWICK*ROWAN", "APPLEWICK*ROWÄN"),
    ("not_as_written", CHILD, "THISTLEDOWN ANNEX", "THISTLEDOWN ANNEX "),
    ("too_long", SELF, "APPLEWICK*ROWAN", f"APPLEWICK*{'R' * 36}"),
    ("too_long", ALL, "A SPECIAL SERVICE", "A" * 81),
]


@pytest.mark.parametrize(("code", "good", "before", "after"), BROKEN)
def test_a_broken_copy_of_a_good_file_is_found(code: str, good: Callable[[], Claim], before: str, after: str) -> None:
    text = written_file(files.a_file(good())).decode()
    assert check_bytes(text.encode()) == []
    assert before in text
    broken = files.recounted(text.replace(before, after))
    assert code in {finding.code for finding in check_bytes(broken)}


def with_claims(*claims: Claim) -> ClaimFile:
    return files.a_file(*files.numbered(claims))


def test_a_claim_number_stands_once_in_a_file() -> None:
    assert {one.code for one in check_records(files.a_file(files.a_claim(), files.a_claim()))} == {"claim_number_twice"}


def test_an_empty_file_and_one_with_too_many_claims_are_found() -> None:
    assert {one.code for one in check_records(files.a_file())} == {"claim_count"}
    file = files.a_file(files.a_claim())
    many = replace(file.submissions[0], claims=file.claims * (MOST_CLAIMS + 1))
    assert "claim_count" in {one.code for one in check_records(replace(file, submissions=(many,)))}


def test_two_files_in_one_are_found() -> None:
    content = written_file(files.a_file(files.a_claim()))
    assert "one_envelope" in {one.code for one in check_bytes(content + content)}


def test_a_text_with_a_space_at_its_end_is_not_written() -> None:
    assert {one.code for one in check_records(files.a_file(files.a_claim(note="CALLED ")))} == {"spaces"}


def test_a_contact_has_room_for_three_ways() -> None:
    file = files.a_file(files.a_claim())
    contact = Contact(phone="5185550100", extension="1", email="A@EXAMPLE.COM", fax="5185550101")
    sender = replace(file.submissions[0].submitter, contact=contact)
    crowded = replace(file, submissions=(replace(file.submissions[0], submitter=sender),))
    assert {one.code for one in check_records(crowded)} == {"contact"}


def test_a_payer_that_decided_by_line_decided_on_all_lines() -> None:
    good = files.a_secondary()
    undecided = replace(good, lines=(*good.lines, files.a_line(2)), charge_cents=30000)
    assert {one.code for one in check_records(with_claims(undecided))} == {"decision_missing", "claim_balance"}


def test_eleven_other_payers_are_too_many_and_each_has_its_own_id() -> None:
    same = files.a_claim(others=tuple(files.another_payer(responsibility=place, paid_cents=None) for place in "STABCDEFGHU"))
    assert {one.code for one in check_records(with_claims(same))} == {"others_count", "other_payer_id"}


def test_a_finding_says_where_in_the_guides_words() -> None:
    line = files.a_line(2, pointers=(4,))
    [found] = check_records(with_claims(files.a_claim(lines=(files.a_line(), line))))
    assert (found.place, found.claim, found.line) == ("2400 SV107", "C202600001", 2)
    assert found.sentence == "90837 points at a diagnosis that is not there"


def test_every_rule_has_its_broken_copy() -> None:
    """Every code that the source gives out is proved above; a new rule without a proof fails here."""
    given = set[str]()
    for path in Path(professional.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"Fault", "fault", "Finding"}:
                named = [word.value for word in node.keywords if word.arg == "code"]
                first = [*named, *node.args][0]
                given |= {first.value} if isinstance(first, ast.Constant) else set()
    apart = {"claim_number_twice", "claim_count", "one_envelope", "decision_missing", "others_count", "spaces"}
    assert given == {code for code, *_ in BROKEN} | apart
