"""The made-up people and codes of the demo practice. Nobody in it is real; code numbers carry our own short words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PRACTICE = "Thistledown Counseling"
ZONE = "America/New_York"
OWNER, EMAIL, PASSWORD = "Ada Fernwhistle", "ada@example.com", "look-around-here"

# First and last name, credentials, license, NPI (made up, with a right check digit), taxonomy.
PROVIDERS = (
    ("Imogen", "Larkspur", "LCSW", "NY-076001", "1245319599", "1041C0700X"),
    ("Tobias", "Mistlethwait", "PhD", "NY-022417", "1013999994", "103TC0700X"),
    ("Nell", "Wintergloam", "LMFT", "NY-001934", "1992999999", "106H00000X"),
)
# Code, our words, fee in cents, client only, once.
BILLING_CODES = (
    ("90791", "Intake evaluation", 20000, False, True),
    ("90832", "Psychotherapy, 30 min", 9000, False, False),
    ("90834", "Psychotherapy, 45 min", 12000, False, False),
    ("90837", "Psychotherapy, 60 min", 15000, False, False),
    ("90847", "Family therapy, client present", 16500, False, False),
    ("90853", "Group therapy", 5500, False, False),
    ("90785", "Interactive add-on", 2500, False, False),
    ("96130", "Test evaluation, first hour", 26000, False, False),
    ("NS-FEE", "Missed visit fee", 6000, True, False),
)
# Code, name, color, minutes, billing codes, billable.
SERVICE_CODES = (
    ("IN60", "Individual 60", "Blue", 55, ("90837",), True),
    ("IN45", "Individual 45", "Sky", 45, ("90834",), True),
    ("TELE", "Telehealth 45", "Teal", 45, ("90834",), True),
    ("INTK", "Intake", "Iris", 60, ("90791",), True),
    ("FAM", "Family", "Fern", 50, ("90847",), True),
    ("CPL", "Couples", "Rose", 50, ("90847",), True),
    ("PLAY", "Play therapy", "Plum", 45, ("90834", "90785"), True),
    ("GRP", "Group", "Amber", 90, ("90853",), True),
    ("TEST", "Assessment", "Olive", 60, ("96130",), True),
    ("SUPV", "Supervision", "Slate", 60, (), False),
)
# Name, kind for CMS-1500 box 1, payer id, street, city, state, ZIP, telehealth modifier.
PAYERS = (
    ("Bluebell Health", "group", "BLUEB", "PO Box 4100", "Hartford", "CT", "06101-4100", "95"),
    ("Old Oak Mutual", "other", "OLDOK", "200 Acorn Plaza", "Albany", "NY", "12207-2200", "95"),
    ("Cloudberry Care", "medicaid", "CLOUD", "PO Box 77", "Trenton", "NJ", "08601-0077", "GT"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up client: name, sex as the insurer has it, birth date, usual service code, provider and payer (index)."""

    name: str
    sex: str
    born: date
    code: str | None
    provider: int
    payer: int | None
    diagnoses: tuple[tuple[str, str], ...]


ANXIETY, LOW, ADJUST = ("F41.1", "Generalized anxiety"), ("F33.1", "Recurrent depression, moderate"), ("F43.23", "Adjustment, mixed")
SLEEP, ATTENTION, TRAUMA = ("F51.01", "Primary insomnia"), ("F90.0", "Attention deficit, inattentive"), ("F43.10", "Post-traumatic stress")
PANIC, GRIEF = ("F41.0", "Panic without agoraphobia"), ("F43.21", "Adjustment, low mood")


def _p(name: str, sex: str, born: tuple[int, int, int], code: str | None, provider: int, payer: int | None,
       *diagnoses: tuple[str, str]) -> Person:
    return Person(name, sex, date(*born), code, provider, payer, diagnoses)


CLIENTS = (
    _p("Rowan Applewick", "F", (1988, 3, 14), "IN60", 0, 0, ANXIETY),
    _p("Juniper Mossgrove", "F", (1994, 7, 2), "IN60", 0, 1, LOW),
    _p("Basil Thistledown", "M", (1979, 11, 23), "TELE", 0, None, ADJUST),
    _p("Fern Quillfeather", "F", (2001, 1, 30), "IN45", 0, 0, ANXIETY, SLEEP),
    _p("Clementine Puddlewick", "F", (1968, 9, 9), "IN60", 0, 0, LOW),
    _p("Wren Tumbleton", "F", (1996, 12, 5), "IN45", 0, None, ADJUST),
    _p("Otto Marmaladski", "M", (1983, 4, 18), "IN60", 0, 1, TRAUMA),
    _p("Hazel Nettlecomb", "F", (1975, 6, 27), "FAM", 0, 2, ADJUST),
    _p("Sage Inkwellian", "M", (1990, 2, 11), "TELE", 0, 2, ADJUST),
    _p("Poppy Larkwhistle", "F", (1986, 8, 21), "IN60", 0, 1, ANXIETY, SLEEP),
    _p("Barnaby Snugglethorn", "M", (1992, 10, 3), "TELE", 0, 0, ADJUST),
    _p("Ivy Candlewright", "F", (1991, 5, 4), "IN60", 0, 0, LOW, SLEEP),
    _p("Linus Brambleby", "M", (1999, 3, 8), "INTK", 0, 1),
    _p("Maple Honeydrop", "F", (1984, 12, 12), None, 0, 0, ANXIETY),
    _p("Dill Featherbottom", "M", (1971, 7, 19), "TELE", 0, None, LOW),
    _p("Rue Goosewhistle", "F", (1998, 5, 25), "IN60", 1, 0, PANIC),
    _p("Bramble Foxley", "M", (1987, 9, 14), "IN60", 1, 1, ANXIETY),
    _p("Nettie Broomhandle", "F", (1962, 2, 2), "IN45", 1, None, ANXIETY),
    _p("Quince Thimbleton", "M", (2012, 4, 6), "FAM", 1, 0, ATTENTION),
    _p("Alder Fiddlecrook", "M", (1980, 8, 8), None, 1, None, GRIEF),
    _p("Fennel Buttonwick", "M", (1993, 11, 11), "IN45", 1, 0, ADJUST),
    _p("Sorrel Mapplethwick", "F", (2015, 6, 1), "PLAY", 1, 1, ATTENTION),
    _p("Figgy Puddingtree", "F", (1989, 1, 17), "IN60", 1, 1, LOW),
    _p("Teasel Cobbleport", "M", (1995, 3, 29), "IN45", 1, 2, TRAUMA),
    _p("Clover Dandeworth", "F", (2003, 10, 20), None, 1, 0, ANXIETY),
    _p("Milo Pebblebrook", "M", (2016, 5, 13), "PLAY", 1, 0, ATTENTION),
    _p("Anise Woolgather", "F", (1977, 12, 30), "IN60", 1, 0, LOW),
    _p("Tansy Rookwhistle", "F", (1985, 4, 22), "IN60", 1, None, PANIC),
    _p("Pip Tanglewood", "M", (1982, 6, 16), "CPL", 2, 2, ADJUST),
    _p("Ash Pennywhirl", "M", (1978, 2, 28), "CPL", 2, 2, ADJUST),
    _p("Lovage Tinderbright", "F", (1990, 9, 1), "IN60", 2, None, ANXIETY),
    _p("Thyme Lanternby", "M", (1988, 7, 7), "IN60", 2, 0, LOW),
    _p("Cress Bellwhistle", "F", (2000, 8, 15), "GRP", 2, None, ANXIETY),
    _p("Dock Pennyfarthing", "M", (1999, 1, 9), "GRP", 2, None, PANIC),
    _p("Bryony Saltmarsh", "F", (2002, 3, 3), "GRP", 2, 1, ANXIETY),
    _p("Lichen Harrowgate", "M", (2001, 10, 27), "GRP", 2, 0, ADJUST),
    _p("Marigold Windlesham", "F", (1997, 5, 31), "GRP", 2, 0, GRIEF),
    _p("Olive Crumbleford", "F", (1981, 11, 4), "IN60", 2, 1, TRAUMA),
    _p("Yarrow Stickleback", "M", (1973, 6, 10), "TEST", 2, 0, ATTENTION),
    _p("Zinnia Oakapple", "F", (1994, 4, 1), "TELE", 2, 1, ANXIETY),
)
# Client, number, visits: prior authorizations that began sixty days ago.
AUTHORIZATIONS = (("Ivy Candlewright", "BH-48213", 5), ("Teasel Cobbleport", "CC-2207", 12))
STREETS = ("Imaginary Lane", "Made-up Street", "Fable Road", "Pretend Avenue", "Storybook Court")
TOWNS = (("Albany", "12203"), ("Troy", "12180"), ("Schenectady", "12305"), ("Delmar", "12054"))
