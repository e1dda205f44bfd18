"""What receivers answer before a decision is read down to the claim, with the place of each fault and in words."""

from datetime import date

import pytest

from domain.claims.x12 import refusals
from domain.claims.x12.acknowledgements import claim_number_at, read_acknowledgements
from domain.claims.x12.segments import read_segments
from domain.claims.x12.words import adjustment_reason, claim_status, provider_adjustment, remark
from tests.fixtures.acknowledgements import (
    ACCEPTED,
    FROM_CLEARINGHOUSE,
    FROM_PAYER,
    REJECTED,
    TA1_ACCEPTED,
    TA1_REJECTED,
)
from tests.fixtures.x12 import group, interchange, transaction, x12_file
from tests.fixtures.x12_validator import answer, complaints


@pytest.mark.parametrize(("kind", "body"), [("999", ACCEPTED), ("999", REJECTED), ("277", FROM_PAYER)])
def test_an_outside_validator_finds_the_samples_right(kind, body):
    assert complaints(x12_file(kind, [text.replace("Ü", "U") for text in body])) == []


def test_a_ta1_says_which_file_and_why():
    file = interchange([], told=[TA1_REJECTED, TA1_ACCEPTED]).encode()
    rejected, accepted = read_acknowledgements(file).interchanges
    assert (rejected.control_number, rejected.verdict, rejected.words) == ("000000031", "rejected", "its number was used before")
    assert (accepted.control_number, accepted.verdict, accepted.words, accepted.made_on) == (
        "000000032", "accepted", "", date(2026, 10, 14))


def test_a_ta1_may_stand_beside_a_999():
    file = interchange([group("999", [transaction("999", ACCEPTED)])], told=[TA1_ACCEPTED]).encode()
    read = read_acknowledgements(file)
    assert (len(read.interchanges), len(read.groups), read.claims) == (1, 1, ())


def test_a_999_accepts_a_group():
    [found] = read_acknowledgements(x12_file("999", ACCEPTED, number="000000077")).groups
    assert (found.functional_id, found.control_number, found.verdict, found.words) == ("HC", "7", "accepted", ())
    assert (found.answer_number, found.made_on, found.sender) == ("000000077", date(2026, 10, 14), "PAYER")
    assert [(one.kind, one.control_number, one.verdict, one.faults) for one in found.transactions] == [("837", "0001", "accepted", ())]


@pytest.mark.parametrize("shape", [{}, {"line_end": "\r\n"}, {"delimiters": "|>!\n"}, {"encoding": "latin-1"}])
def test_a_999_names_each_fault_with_its_place_and_claim(shape):
    [found] = read_acknowledgements(x12_file("999", REJECTED, **shape)).groups
    first, second = found.transactions
    assert (found.verdict, found.included, found.received, found.accepted) == ("partly rejected", 2, 2, 1)
    assert found.words == ("its count of transactions is wrong",)
    assert (first.verdict, second.verdict) == ("rejected", "accepted with errors")
    assert [(one.segment, one.tag, one.loop, one.element, one.component, one.value, one.claim_control_number, one.words)
            for one in first.faults] == [
        (18, "NM1", "2010", 9, 0, "", "C0001", "Segment 18 (NM1 in loop 2010), element 9: a required value is missing."),
        (18, "NM1", "2010", 3, 1, "MÜLLER", "C0001",
         "Segment 18 (NM1 in loop 2010), element 3 part 1: the value has a character that is not allowed (MÜLLER)."),
        (31, "REF", "2300", 0, 0, "", "C0002", "Segment 31 (REF in loop 2300): a segment is missing that this case needs."),
        (44, "SV1", "2400", 1, 2, "9083X", "", "Segment 44 (SV1 in loop 2400), element 1 part 2: the value is not in the list of codes (9083X)."),
        (0, "", "", 0, 0, "", "", "The 837 as a whole: one or more segments are wrong."),
        (0, "", "", 0, 0, "", "", "The 837 as a whole: one or more segments break the guide.")]


def test_a_277ca_says_what_became_of_each_claim():
    [found] = read_acknowledgements(x12_file("277", FROM_PAYER)).claims
    assert (found.source_name, found.source_is_payer, found.reference, found.trace_number) == (
        "HARBOR HEALTH PLAN", True, "277X100", "TRACE100")
    assert (found.made_on, found.received_on, found.processed_on) == (
        date(2026, 10, 15), date(2026, 10, 14), date(2026, 10, 15))
    assert [(claim.control_number, claim.verdict, claim.payer_control_number, claim.patient_name) for claim in found.claims] == [
        ("C0001", "accepted", "HH2026A1", "MARIA ALVAREZ"), ("C0004", "accepted", "", "MARIA ALVAREZ"),
        ("C0002", "rejected", "", "LEE BENNET")]
    first, second, _ = found.claims
    assert (first.starts_on, first.ends_on, second.starts_on) == (date(2026, 9, 21), date(2026, 9, 28), date(2026, 10, 5))
    assert (first.clearinghouse_number, first.words) == ("CH55", "Accepted for a decision: accepted")
    [status] = first.statuses
    assert (status.category, status.code, status.party, status.effective_on, status.action, status.charge_cents) == (
        "A2", "20", "PR", date(2026, 10, 15), "WQ", 35000)


def test_a_rejected_claim_says_every_reason_also_of_its_lines():
    claim = read_acknowledgements(x12_file("277", FROM_PAYER)).claims[0].claims[2]
    assert [(status.category, status.code) for status in claim.statuses] == [("A6", "21"), ("A6", "164"), ("A7", "33")]
    assert [(line.control_number, line.code) for line in claim.lines] == [("C0002L1", "90837")]
    assert claim.words == (
        "Rejected, something is missing: something is missing or wrong (CALL 8005550100); "
        "Rejected, something is missing: member id of the subscriber (CALL 8005550100); "
        "Rejected, something is wrong: member id not found (CALL 8005550100); Rejected, something is wrong: modifier")


def test_a_line_alone_can_reject_a_claim():
    body = [text.replace("*U*200******A6:164:IL*A7:33*CALL 8005550100", "**200").replace("A6:21:IL", "A1:19:PR") for text in FROM_PAYER]
    assert read_acknowledgements(x12_file("277", body)).claims[0].claims[2].verdict == "rejected"


def test_a_277ca_counts_the_batch_and_each_provider():
    [found] = read_acknowledgements(x12_file("277", FROM_PAYER)).claims
    assert found.batch is not None
    for party, trace, name in ((found.batch, "BATCH7", "RIVERSIDE COUNSELING"), (found.providers[0], "0", "RIVERSIDE COUNSELING LLC")):
        assert (party.trace_number, party.name, party.verdict) == (trace, name, "accepted")
        assert (party.accepted, party.rejected, party.accepted_cents, party.rejected_cents) == (2, 1, 50000, 20000)


def test_a_whole_batch_may_be_refused():
    [found] = read_acknowledgements(x12_file("277", FROM_CLEARINGHOUSE)).claims
    assert (found.source_is_payer, found.claims, found.providers) == (False, (), ())
    assert found.batch is not None
    assert (found.batch.trace_number, found.batch.verdict, found.batch.rejected) == ("BATCH8", "rejected", 3)
    assert found.batch.statuses[0].words == "Returned, not processed: the file was sent twice"


def test_anything_else_is_refused_by_name():
    with pytest.raises(refusals.OtherTransaction) as refused:
        read_acknowledgements(x12_file("835", ["BPR*I*0*C*NON"]))
    assert refused.value.told() == "This is a remittance (835), not an acknowledgement (TA1, 999 or 277CA). Nothing was read."
    with pytest.raises(refusals.OtherTransaction) as refused:
        read_acknowledgements(x12_file("277", FROM_PAYER).replace(b"X214", b"X212"))
    assert "of the version 005010X212" in refused.value.told()


CLAIM_FILE = ["BHT*0019*00*BATCH8*20261014*1054*CH", "HL*1**20*1", "NM1*85*2*US", "HL*2*1*22*0", "SBR*P*18", "CLM*C0001*100",
              "LX*1", "HL*3*1*22*1", "SBR*P", "HL*4*3*23*0", "PAT*19", "CLM*C0002*100", "LX*1", "CLM*C0003*100", "LX*1"]


def test_a_fault_without_a_claim_number_is_found_by_its_place_in_our_file():
    [sent] = read_segments(x12_file("837", CLAIM_FILE))[0].transactions
    at = {position: claim_number_at(sent, position) for position in range(1, sent.segment_count)}
    assert [at[position] for position in range(1, 5)] == [""] * 4  # header and billing provider: they concern all
    assert [at[position] for position in range(5, 9)] == ["C0001"] * 4
    assert [at[position] for position in range(9, 15)] == ["C0002"] * 6
    assert [at[position] for position in range(15, 17)] == ["C0003"] * 2


def test_the_999_of_an_outside_validator_is_read():
    """pyx12 refuses a claim file without its needed parts; its own 999 is read with a place for every fault."""
    [found] = read_acknowledgements(answer(x12_file("837", CLAIM_FILE))).groups
    assert (found.functional_id, found.control_number, found.guide, found.verdict) == ("HC", "7", "005010X222A1", "rejected")
    faults = found.transactions[0].faults
    assert all(fault.words for fault in faults)
    assert any(fault.tag == "CLM" and fault.segment and fault.element for fault in faults)


def test_codes_are_told_in_our_own_words():
    assert (adjustment_reason("CO-45"), adjustment_reason("29")) == ("Above the contracted rate", "Filed too late")
    assert (remark("N382"), provider_adjustment("WO")) == ("Client's id missing or wrong", "Overpayment taken back")
    assert claim_status("A7", "562", "85") == "Rejected, something is wrong: NPI of the billing provider"


def test_a_code_that_is_not_listed_is_named_by_its_number():
    assert adjustment_reason("CO-999") == "Reason 999 of the payers' list"
    assert (remark("N9999"), provider_adjustment("ZZ")) == ("Remark N9999 of the payers' list", "Amount ZZ of the payers' list")
    assert claim_status("Z9", "999", "QQ") == "Category Z9: status 999 of party QQ"
    assert claim_status("A1", "") == "Received"
    assert claim_status("A1", "{0}", "85") == "Received: status {0} of the billing provider"
