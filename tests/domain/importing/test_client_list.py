"""A CSV of clients is read as any program wrote it, and every row that can't be kept says why."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.importing.chosen_file import NotAClientList
from domain.importing.client_list import DiagnosisDraft, clients_from, guess_mapping, read_client_list

TODAY = date(2026, 11, 24)
HOW = "Save the client list as CSV (comma separated) and choose that file."


def imported(text: str, encoding: str = "utf-8"):
    table = read_client_list(text.encode(encoding))
    return clients_from(table, guess_mapping(table.headers), on=TODAY)


def one_client(**cells: str):
    """The client of one row with these cells besides a name, and its problems."""
    row = {"First name": "Ivy", "Last name": "Candlewright"} | {
        key.replace("_", " "): value for key, value in cells.items()
    }
    text = StringIO()
    written = csv.DictWriter(text, list(row))
    written.writeheader()
    written.writerow(row)
    clients, problems = imported(text.getvalue())
    return (clients[0] if clients else None), problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_every_delimiter_and_encoding_is_found_out(delimiter, encoding):
    text = "First name,Last name,City\r\nNúria,Puig,León\r\nIvy,Candlewright,Nowhere Falls\r\n".replace(",", delimiter)
    clients, problems = imported(text, encoding)
    assert [(one.name, one.city) for one in clients] == [("Núria Puig", "León"), ("Ivy Candlewright", "Nowhere Falls")]
    assert problems == []


def test_excels_own_first_line_names_the_delimiter_and_lines_are_counted_from_the_top():
    clients, problems = imported('"sep=;"\r\nName;Notes\r\n"Candlewright, Ivy";"two\r\nlines; and more"\r\nNobody;\r\n')
    assert [(one.line, one.name, one.note) for one in clients] == [(3, "Ivy Candlewright", "two\nlines; and more")]
    assert [(problem.line, problem.column) for problem in problems] == [(5, "Name")]


def test_a_heading_above_the_column_names_is_passed_over():
    clients, _ = imported("Client list of Thistledown\n\nFirst name,Last name,Phone\nIvy,Candlewright,555-010-0142\n")
    assert [one.line for one in clients] == [4]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", f"This file is empty. {HOW}"),
        (b"%PDF-1.4", f"This is a PDF, not a CSV file. {HOW}"),
        (b"\xd0\xcf\x11\xe0 old Excel", f"This is an old Excel, Word or Outlook file, not a CSV file. {HOW}"),
        (b"PK\x03\x04....xl/workbook.xml", f"This is an Excel workbook, not a CSV file. {HOW}"),
        (b"BEGIN:VCALENDAR\r\n", "This is a calendar file. Choose Import a calendar file for it."),
        (b"BEGIN:VCARD\r\n", f"This is a file of contacts (vCard). {HOW}"),
        (b'{"clients": []}', f"This is no table. {HOW}"),
        (b"<xml/>", f"This is no table. {HOW}"),
        (b"\x01\x02\x03\x04 name", f"This file is no text that can be read. {HOW}"),
        (
            b"First name,Last name\r\n",
            "This file has a line of column names but no clients below it. Choose another file.",
        ),
        (
            b'Name,Notes\r\nIvy Candlewright,"fine\r\nRowan Applewick,never closed\r\n',
            'A quotation mark (") opened on line 2 is never closed. Close or remove it, then choose the file again.',
        ),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(raw, sentence):
    with pytest.raises(NotAClientList) as refusal:
        read_client_list(raw)
    assert refusal.value.told() == sentence


def test_a_line_with_too_many_cells_is_told_and_the_others_are_read():
    clients, problems = imported("Name,City\nIvy Candlewright,Nowhere Falls\nRowan Applewick,Falls, NY\n")
    assert [one.name for one in clients] == ["Ivy Candlewright"]
    assert [(problem.line, problem.sentence[:58]) for problem in problems] == [
        (3, "This line has 3 cells, but there are 2 columns. A text wit")
    ]


EXPORTS = {
    "OpenEMR": (
        (
            "pid,fname,mname,lname,DOB,sex,street,city,state,postal_code,phone_home,phone_cell,email,policy_number,"
            "group_number,subscriber_fname,subscriber_lname,subscriber_relationship,subscriber_DOB,plan_name"
        ),
        {
            "external_id": "pid", "first_name": "fname", "middle_name": "mname", "last_name": "lname",
            "birth_date": "DOB", "sex": "sex", "street": "street", "zip": "postal_code", "phone": "phone_cell",
            "phone2": "phone_home", "primary_member_id": "policy_number", "primary_group_number": "group_number",
            "primary_subscriber_first_name": "subscriber_fname", "primary_subscriber_last_name": "subscriber_lname",
            "primary_relationship": "subscriber_relationship", "primary_subscriber_birth_date": "subscriber_DOB",
            "primary_plan_name": "plan_name",
        },
    ),
    "SimplePractice": (
        (
            "Legal First Name*,Legal Last Name*,What name do they go by?,Date of Birth (MM/DD/YYYY),Sex,Mobile Phone,Email,"
            "Address,City,State,Zip Code,Primary Clinician,Primary Insurance,Primary Insurance Payer ID,Primary Member ID,"
            "Primary Group Number,Primary Insurance Copay,Secondary Insurance,Secondary Member ID,Secondary Group Number"
        ),
        {
            "first_name": "Legal First Name*", "goes_by": "What name do they go by?", "phone": "Mobile Phone",
            "birth_date": "Date of Birth (MM/DD/YYYY)", "default_provider": "Primary Clinician", "street": "Address",
            "primary_insurance": "Primary Insurance", "primary_payer_id": "Primary Insurance Payer ID",
            "primary_member_id": "Primary Member ID", "primary_copay": "Primary Insurance Copay",
            "secondary_insurance": "Secondary Insurance", "secondary_member_id": "Secondary Member ID",
            "secondary_group_number": "Secondary Group Number",
        },
    ),
    "TherapyNotes": (
        (
            "Patient ID,Patient Last Name,Patient First Name,Patient DOB,Gender,Address Line 1,Address Line 2,City,State,"
            "Zip,Home Phone,Email Address,Assigned Clinician,Insurance Company,Insurance ID Number,Group Number,"
            "Relationship to Insured,Insured Name,Insured DOB,Co-pay,Diagnosis Codes,Comments"
        ),
        {
            "external_id": "Patient ID", "last_name": "Patient Last Name", "birth_date": "Patient DOB",
            "street": "Address Line 1", "street2": "Address Line 2", "phone": "Home Phone", "phone2": None,
            "default_provider": "Assigned Clinician", "primary_insurance": "Insurance Company",
            "primary_member_id": "Insurance ID Number", "primary_relationship": "Relationship to Insured",
            "primary_subscriber_name": "Insured Name", "primary_subscriber_birth_date": "Insured DOB",
            "primary_copay": "Co-pay", "diagnoses": "Diagnosis Codes", "notes": "Comments",
        },
    ),
    "Jane": (
        (
            "Patient GUID,First Name,Preferred Name,Last Name,Birth Date,Sex,Street Address,City,Province,Postal,"
            "Mobile Phone,Email,Insurer,Policy Number,Member ID"
        ),
        {
            "external_id": "Patient GUID", "goes_by": "Preferred Name", "birth_date": "Birth Date",
            "state": "Province", "zip": "Postal", "primary_insurance": "Insurer",
            "primary_member_id": "Policy Number",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", EXPORTS)
def test_the_columns_of_other_programs_are_known(program):
    headers, known = EXPORTS[program]
    mapping = guess_mapping(headers.split(","))
    assert {field: mapping[field] for field in known} == known


def test_a_column_is_used_once_and_only_a_repeated_name_is_a_second_policy():
    mapping = guess_mapping(["Name", "Payer", "Insurance company", "Member ID", "Member ID (2)", "Start date", "Notes"])
    assert (mapping["primary_insurance"], mapping["secondary_insurance"]) == ("Payer", None)
    assert (mapping["primary_member_id"], mapping["secondary_member_id"]) == ("Member ID", "Member ID (2)")
    assert mapping["primary_starts_on"] is None  # may be the day the client came
    chosen = [header for header in mapping.values() if header]
    assert len(set(chosen)) == len(chosen)


def test_without_a_name_column_the_person_is_asked_to_choose():
    table = read_client_list(b"Phone\tCity\n555-010-0142\tNowhere Falls\n")
    clients, problems = clients_from(table, guess_mapping(table.headers), on=TODAY)
    assert clients == []
    assert [(one.line, one.sentence) for one in problems] == [
        (1, "Choose the columns that hold the clients' first and last names.")
    ]


def test_the_mapping_can_be_corrected():
    table = read_client_list(b"A,B,C\nIvy,Candlewright,5/4/1991\n")
    mapping = guess_mapping(table.headers) | {"first_name": "A", "last_name": "B", "birth_date": "C"}
    (client,), problems = clients_from(table, mapping, on=TODAY)
    assert (client.name, client.birth_date, problems) == ("Ivy Candlewright", date(1991, 5, 4), [])


@pytest.mark.parametrize(
    ("full", "parts", "name"),
    [
        ("Ivy Candlewright", ("Ivy", "", "Candlewright", ""), "Ivy Candlewright"),
        ("Candlewright, Ivy Mae", ("Ivy", "Mae", "Candlewright", ""), "Ivy Candlewright"),
        ("Ivy Mae Candlewright", ("Ivy", "Mae", "Candlewright", ""), "Ivy Candlewright"),
        ("Otto Marmaladski Jr.", ("Otto", "", "Marmaladski", "Jr"), "Otto Marmaladski"),
        ("Otto Marmaladski, Jr.", ("Otto", "", "Marmaladski", "Jr"), "Otto Marmaladski"),
        ("Pip & Olive Tanglewood", ("Pip & Olive", "", "Tanglewood", ""), "Pip & Olive Tanglewood"),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(full, parts, name):
    (client,), _ = imported(f'Client name,City\n"{full}",Nowhere Falls\n')
    found = client.insurer_first_name, client.insurer_middle_name, client.insurer_last_name, client.insurer_suffix
    assert (found, client.name) == (parts, name)


def test_the_name_they_go_by_leads_and_the_insurers_name_stays():
    client, _ = one_client(Preferred_name="Vee")
    assert (client.name, client.insurer_first_name) == ("Vee Candlewright", "Ivy")
    assert one_client(Preferred_name="Vee Wright")[0].name == "Vee Wright"


def test_a_whole_policy_is_read_in_cents_points_and_dates():
    client, problems = one_client(
        Insurance="Bluebell Health", Payer_ID="BLUE1", Member_ID="DEMO-0042", Group_number="7001",
        Relationship_to_subscriber="Daughter", Subscriber_name="Candlewright, Aspen", Subscriber_DOB="6/14/1970",
        Copay="$1,025.50", Coinsurance="20 %", Effective_date="1/1/26", Termination_date="2026-12-31",
    )  # fmt: skip
    (policy,) = client.policies
    assert problems == []
    assert (policy.relationship, policy.subscriber_first_name, policy.subscriber_last_name) == (
        "child",
        "Aspen",
        "Candlewright",
    )
    assert (policy.copay_cents, policy.coinsurance_points) == (102_550, 2000)
    assert (policy.starts_on, policy.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert policy.subscriber_birth_date == date(1970, 6, 14)


@pytest.mark.parametrize("insurance", ["Self-pay", "none", "N/A"])
def test_a_client_who_pays_alone_has_no_policy(insurance):
    client, problems = one_client(Insurance=insurance, Copay="0")
    assert (client.policies, problems) == ((), [])


def test_a_subscriber_of_unknown_kin_is_taken_as_other_and_told():
    client, (problem,) = one_client(Insurance="Bluebell Health", Subscriber_name="Aspen Candlewright")
    assert client.policies[0].relationship == "other"
    assert (problem.left_out, problem.column) == (False, "Subscriber name")


def test_the_subscriber_who_is_the_client_is_self():
    client, problems = one_client(Insurance="Bluebell Health", Subscriber_name="Candlewright, Ivy")
    assert (client.policies[0].relationship, problems) == ("self", [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("F33.1; F51.01", ["F33.1", "F51.01"]),
        ("f331", ["F33.1"]),
        ("F33.1, F41.1 F43.23", ["F33.1", "F41.1", "F43.23"]),
        ("Z63", ["Z63"]),
        ("F33.1 - Depression, recurrent, moderate | F51.01 Insomnia", ["F33.1", "F51.01"]),
        ("E53.8 Vitamin B12 deficiency", ["E53.8"]),
        ("F33.1; F33.1", ["F33.1"]),
        ("U07.1", ["U07.1"]),
    ],
)
def test_diagnoses_are_read_in_their_order_with_their_dot(text, codes):
    client, problems = one_client(Diagnoses=text)
    assert ([one.code for one in client.diagnoses], problems) == (codes, [])


def test_the_words_after_a_diagnosis_stay_with_it():
    client, _ = one_client(Diagnoses="F33.1 - Depression, recurrent; F51.01")
    assert client.diagnoses == (DiagnosisDraft("F33.1", "Depression, recurrent"), DiagnosisDraft("F51.01", ""))


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("5/4/1991", date(1991, 5, 4)),
        ("05-04-1991", date(1991, 5, 4)),
        ("1991-05-04", date(1991, 5, 4)),
        ("1991-05-04T00:00:00Z", date(1991, 5, 4)),
        ("5/4/1991 12:00:00 AM", date(1991, 5, 4)),
        ("19910504", date(1991, 5, 4)),
        ("May 4, 1991", date(1991, 5, 4)),
        ("4 May 1991", date(1991, 5, 4)),
        ("5/4/91", date(1991, 5, 4)),
    ],
)
def test_dates_are_read_as_americans_and_iso_write_them(text, born):
    assert one_client(Birth_date=text)[0].birth_date == born


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("Birth date", "31/12/1991", "“31/12/1991” has no such month: the day seems to come first."),
        ("Birth date", "2/30/1991", "“2/30/1991” is a day that does not exist."),
        ("Birth date", "5/4/12", "“5/4/12” can be in two centuries. Write the year with four digits."),
        ("Birth date", "5/4/2031", "“5/4/2031” is still to come. Correct the birth date."),
        ("Birth date", "5/4/1191", "“5/4/1191” has a year that can't be right."),
        ("Birth date", "33362", "“33362” is not a date. Write it as month/day/year (5/4/1991) or as 1991-05-04."),
        ("State", "Nowhere", "“Nowhere” is no US state. Write its two letters, such as NY."),
        ("ZIP", "12", "“12” is no ZIP code. Write five digits, or nine as 12345-6789."),
        ("Phone", "12", "“12” is no phone number."),
        ("Phone", "call mother", "“call mother” is no phone number."),
        ("Email", "ivy at example", "“ivy at example” is no email address."),
        ("Email", "a@example.com; b@example.com", "Write one address"),
        ("Diagnosis", "anxiety", "“anxiety” is no ICD-10 code. Write codes such as F41.1"),
        ("Diagnosis", ";".join(f"F4{n}.1" for n in range(10)) + ";F51.0;F52.0;F53.0", "There are 13 diagnoses"),
        ("Copay", "20%", "“20%” is a percentage. Put it in the coinsurance column"),
        ("Copay", "12.345", "“12.345” is no amount of money. Write it as 25.00."),
        ("Copay", "-5", "“-5” is no number."),
        ("Coinsurance", "120", "“120” is no percentage. Write it as 20 or 20%."),
        ("Relationship to subscriber", "Parent", "“Parent” is not clear. Write what the client is to the subscriber"),
        ("Termination date", "1/1/2025", "The policy ends before it starts."),
        ("Insurance", "", "There are details of a primary policy, but no insurance. Fill in its name."),
    ],
)
def test_a_cell_that_cant_be_read_says_what_to_write_and_keeps_its_row_out(column, text, sentence):
    cells = {"Insurance": "Bluebell Health", "Effective_date": "1/1/2026", "Member_ID": "1"} | {
        column.replace(" ", "_"): text
    }
    client, (problem,) = one_client(**cells)
    assert client is None
    assert sentence in problem.sentence
    assert problem.line == 2
    assert problem.left_out


@pytest.mark.parametrize(("text", "sex"), [("F", "F"), ("male", "M"), ("Woman", "F"), ("", ""), ("Nonbinary", "")])
def test_a_sex_that_insurance_forms_do_not_know_keeps_nobody_out(text, sex):
    client, problems = one_client(Sex=text)
    assert client.insurer_sex == sex
    assert [problem.left_out for problem in problems] == ([False] if text == "Nonbinary" else [])


@pytest.mark.parametrize(
    ("text", "kept"), [("12601", "12601"), ("12601-4410", "12601-4410"), ("126014410", "12601-4410"), ("2139", "02139")]
)
def test_a_zip_code_gets_its_hyphen_and_a_leading_zero_back(text, kept):
    assert one_client(ZIP=text)[0].zip == kept


def test_missing_names_are_told_by_column():
    _, problems = one_client(Last_name="")
    assert [(one.line, one.column, one.sentence) for one in problems] == [
        (2, "Last name", "The last name is missing. Fill it in.")
    ]


def test_a_column_that_writes_the_day_first_is_not_trusted_at_all():
    clients, problems = imported(
        "Name,Birth date\nIvy Candlewright,4/5/1991\nRowan Applewick,31/5/1988\nFern Quillfeather,7/7/2001\n"
    )
    assert [one.name for one in clients] == ["Fern Quillfeather"]
    assert [(one.line, one.sentence[:52]) for one in problems] == [
        (2, "This column writes the day first on line 3, so “4/5/"),
        (3, "“31/5/1988” has no such month: the day seems to come"),
    ]


def test_the_same_client_twice_is_told_and_taken_once():
    clients, problems = imported('Name,DOB\nIvy Candlewright,5/4/1991\n"CANDLEWRIGHT, Ivy",1991-05-04\n')
    assert [(one.line, one.key) for one in clients] == [(2, "name:ivy candlewright|1991-05-04")]
    assert [(one.line, one.sentence) for one in problems] == [
        (3, "Ivy CANDLEWRIGHT is already on line 2. This line was left out: keep one of the two.")
    ]


def test_a_second_line_of_a_client_may_bring_the_second_policy():
    clients, (problem,) = imported(
        "Client ID,Name,Insurance,Member ID\n218,Ivy Candlewright,Bluebell Health,1\n218,Ivy Candlewright,Old Oak Mutual,2\n"
    )
    (ivy,) = clients
    assert [(one.rank, one.insurance) for one in ivy.policies] == [
        ("primary", "Bluebell Health"),
        ("secondary", "Old Oak Mutual"),
    ]
    assert (problem.line, problem.left_out) == (3, False)


def test_two_numbers_with_one_name_and_birth_date_are_both_kept_and_told():
    clients, (problem,) = imported("Client ID,Name,DOB\n1,Ivy Candlewright,5/4/1991\n2,Ivy Candlewright,5/4/1991\n")
    assert [one.key for one in clients] == ["id:1", "id:2"]
    assert (problem.line, problem.left_out) == (3, False)


def test_the_key_of_a_client_is_the_same_in_every_export():
    first, _ = one_client(Birth_date="5/4/1991", Phone="555-010-0142")
    again, _ = imported(
        "Phone;DOB;Name\n;1991-05-04;CANDLEWRIGHT, ivy\n".replace("CANDLEWRIGHT, ivy", '"CANDLEWRIGHT, ivy"')
    )
    assert first.key == again[0].key == first.name_key


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20).map(lambda text: " ".join(text.split()))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_table_reads_back_as_it_was_written(rows, delimiter, encoding):
    text = StringIO()
    written = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    written.writerow(["Name", "City", "Notes"])
    written.writerows([name, city, "kept"] for name, city in rows)
    table = read_client_list(text.getvalue().encode(encoding))
    assert table.headers == ("Name", "City", "Notes")
    assert [row.cells for row in table.rows] == [(name, city, "kept") for name, city in rows]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400).map(lambda noise: b"Name,DOB,Copay,Insurance,Diagnosis\n" + noise))
def test_no_file_is_more_than_a_refusal_or_problems(raw):
    try:
        table = read_client_list(raw)
    except NotAClientList:
        return
    clients, problems = clients_from(table, guess_mapping(table.headers), on=TODAY)
    assert all(one.name for one in clients)
    assert all(one.sentence for one in problems)
