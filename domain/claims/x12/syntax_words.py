"""What TA1 and 999 complain of, in our own words."""

from __future__ import annotations

from collections.abc import Mapping

# IK304, said of a whole segment
SEGMENT: Mapping[str, str] = {
    "1": "this segment is not known", "2": "this segment is not expected here", "3": "a required segment is missing",
    "4": "the loop is repeated too often", "5": "the segment is repeated too often",
    "6": "this segment does not belong to this kind of file", "7": "the segment stands in the wrong place",
    "8": "an element of the segment is wrong", "I4": "the guide does not allow this segment",
    "I6": "a segment is missing that this case needs", "I7": "the loop is repeated too seldom",
    "I8": "the segment is repeated too seldom", "I9": "the guide does not allow this segment in this case",
}
# IK403, said of one element
ELEMENT: Mapping[str, str] = {
    "1": "a required value is missing", "2": "a value is missing that another one makes necessary",
    "3": "there are too many values", "4": "the value is too short", "5": "the value is too long",
    "6": "the value has a character that is not allowed", "7": "the value is not in the list of codes",
    "8": "this is no date", "9": "this is no time", "10": "two values must not stand together",
    "12": "the value is repeated too often", "13": "the value has too many parts",
    "I6": "the guide does not allow this code", "I9": "a value is missing that this case needs",
    "I10": "the guide does not allow a value here", "I11": "the value is repeated too seldom",
    "I12": "the value does not have the form that is asked for",
    "I13": "the guide does not allow a value here in this case",
}
# IK502 to IK506, said of a transaction
TRANSACTION: Mapping[str, str] = {
    "1": "this kind of file is not supported", "2": "its end is missing", "3": "its start and end have different numbers",
    "4": "its count of segments is wrong", "5": "one or more segments are wrong", "6": "its kind is missing or wrong",
    "7": "its number is missing or wrong", "23": "its number is used twice in the group",
    "I5": "one or more segments break the guide", "I6": "this version of the guide is not supported",
}
# AK905 to AK909, said of a group
GROUP: Mapping[str, str] = {
    "1": "this kind of group is not supported", "2": "its version is not supported", "3": "its end is missing",
    "4": "its start and end have different numbers", "5": "its count of transactions is wrong", "6": "its number is wrong",
    "19": "its number is used twice in the file",
}
# TA105, said of a whole file
INTERCHANGE: Mapping[str, str] = {
    "000": "", "001": "its start and end have different numbers", "002": "this standard is not supported",
    "003": "this version is not supported", "004": "its segment sign is wrong", "005": "the sender's qualifier is wrong",
    "006": "the sender's id is wrong", "007": "the receiver's qualifier is wrong", "008": "the receiver's id is wrong",
    "009": "the receiver's id is not known", "010": "the authorization qualifier is wrong",
    "011": "the authorization is wrong", "012": "the security qualifier is wrong", "013": "the security value is wrong",
    "014": "its date is wrong", "015": "its time is wrong", "016": "its standard is wrong", "017": "its version is wrong",
    "018": "its number is wrong", "019": "its request for an answer is wrong", "020": "its test flag is wrong",
    "021": "its count of groups is wrong", "022": "its structure is wrong", "023": "it ends too early",
    "024": "its content is wrong", "025": "its number was used before", "026": "its element sign is wrong",
    "027": "its component sign is wrong", "028": "its delivery date is wrong", "029": "its delivery time is wrong",
    "030": "its delivery code is wrong", "031": "its service grade is wrong",
}


def words(codes: Mapping[str, str], code: str) -> str:
    """A code in words; one that is not listed is named by its number."""
    return codes.get(code, f"fault {code}") if code else ""
