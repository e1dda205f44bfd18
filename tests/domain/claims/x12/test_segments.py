"""Any X12 file is read whole, whatever its delimiters, lines and letters, or refused by one sentence."""

import tracemalloc

import pytest

from domain.claims.x12 import refusals, segments
from domain.claims.x12.segments import kinds, only, read_segments
from tests.fixtures.x12 import group, interchange, transaction, x12_file

BODY = ["BPR*I*100*C*CHK************20261014", "TRN*1*CHECK1*1512345678", "N1*PR*CÍRCULO HEALTH", "SVC*HC:90837:95*200*100**1"]


def elements(file: bytes) -> list[tuple[str, ...]]:
    return [segment.elements for interchange in read_segments(file) for found in interchange.transactions for segment in found]


@pytest.mark.parametrize(("delimiters", "line_end"), [
    ("*:^~", ""), ("*:^~", "\n"), ("*:^~", "\r\n"), ("|>^~", ""), ("*:^\n", ""), ("*<^\r", "\n"), ("*:^'", "\n"), ("\x1d\x1f\x1e\x1c", "")])
def test_a_file_reads_alike_in_every_shape(delimiters, line_end):
    file = x12_file("835", BODY, delimiters=delimiters, line_end=line_end)
    read = [segment for found in read_segments(file)[0].transactions for segment in found]
    assert [segment.tag for segment in read] == ["ST", "BPR", "TRN", "N1", "SVC", "SE"]
    assert read[3].at(2) == "CÍRCULO HEALTH"
    assert (read[4].parts(1), read[4].part(1, 2), read[4].part(1, 4), read[4].at(4)) == (("HC", "90837", "95"), "90837", "", "")
    assert [segment.position for segment in read] == [1, 2, 3, 4, 5, 6]


def test_a_file_in_lines_of_80_characters_reads_as_one_long_line():
    file = x12_file("835", BODY, encoding="latin-1").decode("latin-1")
    wrapped = "\r\n".join(file[at:at + 80] for at in range(0, len(file), 80))
    assert elements(wrapped.encode("latin-1")) == elements(file.encode())


def test_letters_are_utf8_else_latin1():
    assert elements(x12_file("835", BODY)) == elements(x12_file("835", BODY, encoding="latin-1"))
    assert elements(b"\xef\xbb\xbf" + x12_file("835", BODY)) == elements(x12_file("835", BODY))


def test_the_envelope_tells_who_sent_it_and_whether_it_is_a_test():
    read = read_segments(x12_file("835", BODY, BODY, usage="T", number="000000052"))[0]
    assert (read.sender, read.receiver, read.control_number, read.is_test) == ("PAYER", "PRACTICE", "000000052", True)
    assert [(found.kind, found.control_number, found.guide) for found in read.transactions] == [
        ("835", "0001", "005010X221A1"), ("835", "0002", "005010X221A1")]


def test_several_interchanges_in_one_file_are_all_read():
    one, other = x12_file("835", BODY), x12_file("999", ["AK1*HC*1"], delimiters="|:^~", number="000000032")
    read = read_segments(one + b"\r\n" + other + b"\r\n\x1a\x00")
    assert [found.control_number for found in read] == ["000000031", "000000032"]
    assert kinds(read) == {"835", "999"}


def test_the_last_segment_may_lack_its_sign():
    assert elements(x12_file("835", BODY)[:-1]) == elements(x12_file("835", BODY))


def test_an_interchange_of_ta1_alone_has_no_groups():
    for count in ("0", "1"):  # the guide's 0 and the 1 that some write
        told = interchange([], told=["TA1*000000009*261014*1054*A*000"]).replace("IEA*0", f"IEA*{count}")
        read = read_segments(told.encode())
        assert (kinds(read), read[0].acknowledgements[0].at(1)) == ({"TA1"}, "000000009")


def test_every_cut_of_a_file_is_refused():
    whole = x12_file("835", BODY, BODY)
    for end in range(len(whole) - 1):
        with pytest.raises(refusals.FileRefused) as refused:
            read_segments(whole[:end])
        assert refused.value.told().endswith("Nothing was read.")


@pytest.mark.parametrize(("good", "broken", "said"), [
    ("SE*6*0001", "SE*7*0001", "SE counts 7 segments, but there are 6"),
    ("SE*6*0001", "SE*6*0002", "SE closes 0002, but 0001 is open"),
    ("GE*1*7", "GE*2*7", "GE counts 2 transactions, but there are 1"),
    ("GE*1*7", "GE*1*8", "GE closes 8, but 7 is open"),
    ("IEA*1*", "IEA*3*", "IEA counts 3 groups, but there are 1"),
    ("IEA*1*000000031", "IEA*1*000000030", "IEA closes 000000030, but 000000031 is open"),
    ("SE*6*0001~", "", "GE stands inside a transaction whose end (SE) is missing"),
    ("GS*", "XX*", "XX stands where a group or the end should"),
    ("ST*835*0001~", "", "BPR stands where a transaction or the group's end should")])
def test_a_damaged_file_is_refused_with_the_place(good, broken, said):
    file = x12_file("835", BODY).decode()
    assert good in file
    with pytest.raises(refusals.FileDamaged) as refused:
        read_segments(file.replace(good, broken).encode())
    assert said in refused.value.told()


@pytest.mark.parametrize("content", [b"", b"   \r\n", b"%PDF-1.7 ...", b"<html></html>", "ISÄ".encode(), b"ISABELLA was here"])
def test_what_is_no_x12_is_refused(content):
    with pytest.raises(refusals.NotX12):
        read_segments(content)


def test_a_file_over_50_megabytes_is_refused():
    with pytest.raises(refusals.FileTooBig) as refused:
        read_segments(b" " * (segments.MOST_MEGABYTES * segments.MEGABYTE + 1))
    assert "51 MB" in refused.value.told()


def test_another_transaction_or_version_is_named():
    with pytest.raises(refusals.OtherTransaction) as refused:
        list(only(read_segments(x12_file("999", ["AK1*HC*1"])), "835", "005010X221"))
    assert refused.value.told() == "This is an acknowledgement (999), not a remittance (835). Nothing was read."
    old = interchange([[line.replace("005010X221A1", "004010X091A1") for line in group("835", [transaction("835", BODY)])]])
    with pytest.raises(refusals.OtherTransaction) as refused:
        list(only(read_segments(old.encode()), "835", "005010X221"))
    assert "004010X091A1" in refused.value.told()


def test_memory_stays_near_the_size_of_the_file():
    file = x12_file("835", BODY * 1_500)
    tracemalloc.start()
    read = read_segments(file)
    count = sum(1 for found in read[0].transactions for _ in found)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 6_002
    assert most < 3 * len(file)
