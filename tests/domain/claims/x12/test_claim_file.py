"""Claim files (837P): good ones pass pyx12 and our own check, and read back as the claims they were written from."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from domain.claims.x12.professional.check import check_bytes, written_and_checked
from domain.claims.x12.professional.read import read_file
from domain.claims.x12.professional.records import Claim, ClaimFile
from domain.claims.x12.professional.subscriber_rules import PATIENT_RELATIONSHIPS, RELATIONSHIPS
from domain.claims.x12.professional.write import written_file
from tests.fixtures import claim_files as files
from tests.fixtures.x12_validator import complaints

KINDS = (files.a_claim, files.a_dependent, files.a_secondary, files.decided_as_a_whole, files.medicare_second,
         files.everything)


def written(*claims: Claim) -> bytes:
    """The bytes of a file that our check finds nothing wrong with, before and after."""
    file = files.a_file(*files.numbered(claims))
    content, findings = written_and_checked(file)
    assert findings == []
    assert read_file(content).file == file
    return content


def many_lines(count: int, claim: Claim) -> Claim:
    lines = tuple(replace(claim.lines[0], control=f"L{number}") for number in range(count))
    paid = [replace(other, paid_cents=9000 * count) for other in claim.others]
    return replace(claim, lines=lines, charge_cents=15000 * count, others=tuple(paid))


def test_a_good_claim_of_each_kind_passes_pyx12_and_our_own_check() -> None:
    assert complaints(written(*(made() for made in KINDS))) == []


def test_every_relationship_of_patient_and_other_subscriber_passes() -> None:
    dependents = [files.a_dependent(patient=replace(files.CHILD, relationship=code)) for code in sorted(PATIENT_RELATIONSHIPS)]
    others = [files.a_secondary(others=(files.another_payer(relationship=code),)) for code in sorted(RELATIONSHIPS)]
    assert complaints(written(*dependents, *others)) == []


def test_one_to_fifty_lines_for_self_and_dependent_and_primary_and_secondary_pass() -> None:
    first = [many_lines(count, files.a_claim()) for count in (1, 2, 7, 49, 50)]
    second = [many_lines(count, files.a_secondary()) for count in (1, 6, 50)]
    both = files.a_secondary(subscriber=replace(files.PARENT, responsibility="S"), patient=files.CHILD)
    dependents = [many_lines(count, claim) for count, claim in product((1, 50), (files.a_dependent(), both))]
    assert complaints(written(*first, *second, *dependents)) == []


def test_every_claim_of_one_subscriber_stands_under_one_level_and_a_sibling_beside() -> None:
    sibling = replace(files.CHILD, name=replace(files.ROWAN, first="ROBIN"))
    claims = [files.a_dependent(), files.a_dependent(), files.a_dependent(patient=sibling), files.a_claim()]
    content = written(*claims)
    levels = [segment.split("*")[1:] for segment in content.decode().split("~") if segment.startswith("HL*")]
    assert levels == [["1", "", "20", "1"], ["2", "1", "22", "1"], ["3", "2", "23", "0"], ["4", "2", "23", "0"],
                      ["5", "1", "22", "0"]]


def test_two_practices_and_two_transactions_stand_in_one_file() -> None:
    file = files.a_file(*files.numbered([files.a_claim(), files.everything()]))
    other = replace(file.submissions[0], control="0002", reference="42", claims=tuple(
        replace(claim, number=f"D{claim.number}") for claim in file.claims))
    both = ClaimFile(envelope=replace(file.envelope, usage="P", acknowledge=True), submissions=(*file.submissions, other))
    content, findings = written_and_checked(both)
    assert findings == []
    assert complaints(content) == []
    assert read_file(content).file == both


def test_pyx12_is_asked_in_earnest() -> None:
    broken = files.recounted(written(files.a_claim()).decode().replace("HI*ABK:F411*ABF:Z630~", ""))
    assert complaints(broken) != []


def test_our_check_finds_what_pyx12_lets_pass() -> None:
    """The reason for a check of our own: a wrong check digit, a total that is none, a pointer to nothing, a dotted code."""
    broken = written(files.a_claim()).decode()
    for before, after, code in (("1234567893", "1234567890", "npi"), ("*150***11", "*151***11", "claim_total"),
                                ("UN*1***1~", "UN*1***5~", "pointer_past_list"), ("F411", "F41.1", "diagnosis_form")):
        broken = broken.replace(before, after)
        assert code in {finding.code for finding in check_bytes(broken.encode())}
    assert complaints(broken.encode()) == []


def test_nothing_is_written_of_a_claim_with_a_fault() -> None:
    content, findings = written_and_checked(files.a_file(files.a_claim(number="TOO-LONG-A-NUMBER")))
    assert content == b""
    assert [(one.code, one.place, one.claim) for one in findings] == [("claim_number", "2300 CLM01", "TOO-LONG-A-NUMBER")]


def test_a_line_end_behind_each_segment_changes_nothing() -> None:
    file = files.a_file(files.everything())
    with_ends = written_file(file).replace(b"~", b"~\r\n")
    assert read_file(with_ends).file == file
