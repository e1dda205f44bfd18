"""Reads any X12 file into interchanges, groups and transactions, once its counts and control numbers are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.claims.x12.refusals import FileDamaged, FileTooBig, FileTruncated, NotX12, OtherTransaction

MOST_MEGABYTES = 50
MEGABYTE = 1_000_000
LONGEST_ISA = 300  # it has 106 characters by the standard; some senders pad it otherwise
PADDING = " \t\r\n\x00\x1a"  # between segments and behind the last: line ends, and what old systems fill files with
TITLES = {"835": "a remittance (835)", "999": "an acknowledgement (999)", "277": "a claim acknowledgement (277CA)",
          "837": "a claim file (837)", "271": "an eligibility answer (271)", "TA1": "an interchange acknowledgement (TA1)"}


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The four characters that an interchange says in its ISA; repetition is empty before version 00402."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. `position` counts from the transaction's ST, which is 1, as a 999 counts."""

    position: int
    elements: tuple[str, ...]
    delimiters: Delimiters

    @property
    def tag(self) -> str:
        """The segment's name, as CLP or SVC."""
        return self.elements[0]

    def at(self, number: int) -> str:
        """An element by its number in the guide, without its padding; what was left out is empty."""
        return self.elements[number].strip() if number < len(self.elements) else ""

    def parts(self, number: int) -> tuple[str, ...]:
        """A composite's components."""
        return tuple(part.strip() for part in self.at(number).split(self.delimiters.component))

    def part(self, number: int, component: int) -> str:
        """One component of a composite, both numbered as in the guide: `part(1, 2)` is SVC01-2."""
        parts = self.parts(number)
        return parts[component - 1] if component <= len(parts) else ""

    def repeats(self, number: int) -> tuple[str, ...]:
        """A repeated element's values, as they stand."""
        text, sign = self.at(number), self.delimiters.repetition
        return tuple(text.split(sign)) if sign else (text,)

    def starting(self, number: int, size: int) -> Iterator[tuple[str, ...]]:
        """Elements in groups of a size from one on, as CAS and PLB repeat them; empty groups are left out."""
        for first in range(number, len(self.elements), size):
            group = tuple(self.at(first + step) for step in range(size))
            if any(group):
                yield group


@dataclass(frozen=True, slots=True)
class Transaction:
    """One ST to SE. Its segments are cut out of the file's text anew each time they are asked for: no second copy is kept."""

    kind: str
    control_number: str
    guide: str
    segment_count: int
    text: str
    start: int
    end: int
    delimiters: Delimiters

    def __iter__(self) -> Iterator[Segment]:
        """Every segment, ST and SE too."""
        cuts = _cut(self.text, self.start, self.end, self.delimiters)
        return (Segment(position, elements, self.delimiters) for position, (elements, _) in enumerate(cuts, start=1))


@dataclass(frozen=True, slots=True)
class Group:
    """One GS to GE."""

    functional_id: str
    sender: str
    receiver: str
    made_on: str
    made_at: str
    control_number: str
    guide: str
    transactions: tuple[Transaction, ...]


@dataclass(frozen=True, slots=True)
class Interchange:
    """One ISA to IEA; `acknowledgements` are its TA1 segments."""

    control_number: str
    sender: str
    receiver: str
    made_on: str
    made_at: str
    version: str
    is_test: bool
    acknowledgements: tuple[Segment, ...]
    groups: tuple[Group, ...]
    delimiters: Delimiters
    header: Segment

    @property
    def transactions(self) -> tuple[Transaction, ...]:
        """All transactions of all groups."""
        return tuple(transaction for group in self.groups for transaction in group.transactions)


def read_segments(content: bytes) -> tuple[Interchange, ...]:
    """Every interchange of a file; a file that is not whole is refused by one sentence."""
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        raise FileTooBig(megabytes=-(-len(content) // MEGABYTE), most=MOST_MEGABYTES)
    text = _decoded(content).strip(PADDING)
    found, start = list[Interchange](), 0
    while start < len(text):
        reading = _Reading(text, start)
        found.append(reading.interchange())
        start = reading.next_at
    if not found:
        raise NotX12
    return tuple(found)


def kinds(interchanges: Iterable[Interchange]) -> frozenset[str]:
    """What a file holds: "835", "999", "277", …, and "TA1"."""
    found = set[str]()
    for interchange in interchanges:
        found |= {transaction.kind for transaction in interchange.transactions}
        found |= {"TA1"} if interchange.acknowledgements else set()
    return frozenset(found)


def only(interchanges: Iterable[Interchange], kind: str, guide: str) -> Iterator[tuple[Interchange, Group, Transaction]]:
    """The transactions of a file that may hold nothing else; its addenda (A1, E1) count as the guide."""
    for interchange in interchanges:
        if not interchange.groups:
            raise OtherTransaction(found=TITLES["TA1"], wanted=title(kind))
        for group in interchange.groups:
            for transaction in group.transactions:
                if transaction.kind != kind:
                    raise OtherTransaction(found=title(transaction.kind), wanted=title(kind))
                if not transaction.guide.startswith(guide):
                    raise OtherTransaction(found=f"{title(kind)} of the version {transaction.guide}",
                                           wanted=f"of {guide}, which is the one in use")
                yield interchange, group, transaction


def title(kind: str) -> str:
    """What people call a transaction."""
    return TITLES.get(kind, f"a transaction {kind}")


def _decoded(content: bytes) -> str:
    # The basic and extended sets of X12 are ASCII; what payers put beyond it is UTF-8 or Latin-1.
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _delimiters(text: str, start: int) -> Delimiters:
    """What the ISA at this place says. Its last element is one character long, and the segment's end follows it."""
    header = text[start:start + LONGEST_ISA]
    if not header.startswith("ISA") or header[3:4].isalnum():
        raise NotX12
    element = header[3:4] or "*"
    if any("\n" in field or "\r" in field for field in header.split(element, 16)[:16]):
        header = _unbroken(header)  # lines of 80 characters, as mainframes send them
    fields = header.split(element, 16)
    if len(fields) < 17 or len(fields[16]) < 2:
        raise FileTruncated(segments=0, missing="IEA")
    repetition = fields[11].strip()  # the standards' id "U" before 00402
    return Delimiters(element, fields[16][0], "" if repetition.isalnum() else repetition, fields[16][1])


def _unbroken(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


def _cut(text: str, start: int, end: int, delimiters: Delimiters) -> Iterator[tuple[tuple[str, ...], int]]:
    """Each segment's elements with where the next one starts. Line ends are no part of it; blank lines are passed over."""
    while start < end:
        stop = text.find(delimiters.segment, start, end)
        if stop < 0:
            stop = end  # the very last may stand without its sign
        segment = text[start:stop].lstrip(PADDING)
        if "\n" in segment or "\r" in segment:
            segment = _unbroken(segment)
        start = stop + 1
        if segment:
            yield tuple(segment.split(delimiters.element)), start


class _Reading:
    """Walks one interchange from ISA to IEA, checks its envelopes and notes where each transaction stands."""

    def __init__(self, text: str, start: int) -> None:
        while text[start] in PADDING:
            start += 1
        self.text, self.delimiters = text, _delimiters(text, start)
        self.cuts = _cut(text, start, len(text), self.delimiters)
        self.count = 0
        self.next_at = start

    def next(self, missing: str) -> Segment:
        """The next segment, which must be there."""
        cut = next(self.cuts, None)
        if cut is None:
            raise FileTruncated(segments=self.count, missing=missing)
        elements, self.next_at = cut
        self.count += 1
        return Segment(self.count, elements, self.delimiters)

    def interchange(self) -> Interchange:
        """ISA to IEA, with TA1 segments and groups between them."""
        header = self.next("IEA")
        told, groups = list[Segment](), list[Group]()
        while (segment := self.next("IEA")).tag != "IEA":
            if segment.tag == "TA1":
                told.append(segment)
            elif segment.tag == "GS":
                groups.append(self.group(segment))
            else:
                raise self.damaged(f"{_shown(segment)} stands where a group or the end should")
        self.check(segment, len(groups) or _number(segment.at(1)), "groups", header.at(13))
        return Interchange(header.at(13), header.at(6), header.at(8), header.at(9), header.at(10), header.at(12),
                           header.at(15) == "T", tuple(told), tuple(groups), self.delimiters, header)

    def group(self, header: Segment) -> Group:
        """GS to GE."""
        transactions = list[Transaction]()
        before = self.next_at
        while (segment := self.next("GE")).tag != "GE":
            if segment.tag != "ST":
                raise self.damaged(f"{_shown(segment)} stands where a transaction or the group's end should")
            transactions.append(self.transaction(segment, before, header.at(8)))
            before = self.next_at
        self.check(segment, len(transactions), "transactions", header.at(6))
        return Group(header.at(1), header.at(2), header.at(3), header.at(4), header.at(5), header.at(6), header.at(8),
                     tuple(transactions))

    def transaction(self, header: Segment, start: int, guide: str) -> Transaction:
        """ST to SE."""
        first = self.count
        while (segment := self.next("SE")).tag != "SE":
            if segment.tag in {"ST", "GE", "IEA", "ISA", "GS"}:
                raise self.damaged(f"{segment.tag} stands inside a transaction whose end (SE) is missing")
        count = self.count - first + 1
        self.check(segment, count, "segments", header.at(2))
        return Transaction(header.at(1), header.at(2), header.at(3) or guide, count, self.text, start, self.next_at,
                           self.delimiters)

    def check(self, trailer: Segment, count: int, what: str, control_number: str) -> None:
        """A trailer's count and control number against what was read."""
        if _number(trailer.at(1)) != count:
            raise self.damaged(f"{trailer.tag} counts {trailer.at(1) or 'no'} {what}, but there are {count}")
        if trailer.at(2).lstrip("0") != control_number.lstrip("0"):
            raise self.damaged(f"{trailer.tag} closes {trailer.at(2) or 'no number'}, but {control_number} is open")

    def damaged(self, what: str) -> FileDamaged:
        """What is wrong with the segment just read."""
        return FileDamaged(segment=self.count, what=what)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1


def _shown(segment: Segment) -> str:
    return segment.tag if segment.tag.isalnum() and len(segment.tag) <= 3 else "an unknown segment"
