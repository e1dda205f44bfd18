"""What a TA1, 999 or 277CA says becomes the state of each claim that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.claims.x12.acknowledged import Acknowledgements, GroupAnswer, SyntaxFault
from domain.claims.x12.acknowledgements import claim_number_at
from domain.claims.x12.segments import read_segments
from domain.ledger.entries import practice_day
from storage.models import Claim, ClaimEvent, ClaimFile, ClaimSending

ELSEWHERE = {False: "The file's form is accepted.", True: "The whole file was rejected for a fault in another claim."}


@dataclass(frozen=True, slots=True)
class _Said:
    claim_id: int
    state: str
    words: str
    code: str = ""
    control_number: str = ""
    on: date | None = None


async def note_answers(found: Acknowledgements, *, file_id: int, now: datetime) -> set[int]:
    """Keep what each claim was told; returns the claims that have news. Inside a transaction."""
    said = [*await _of_envelopes(found), *await _of_groups(found.groups), *await _of_claims(found)]
    today = await practice_day(now)
    await ClaimEvent.bulk_create([
        ClaimEvent(claim_id=one.claim_id, file_id=file_id, state=one.state, words=one.words, code=one.code,
                   control_number=one.control_number, on_day=one.on or today, noted_at=now) for one in said])
    return {one.claim_id for one in said}


async def _of_envelopes(found: Acknowledgements) -> list[_Said]:
    """A rejected envelope rejects every claim of the file; an accepted one says nothing of them yet."""
    said = list[_Said]()
    for answer in found.interchanges:
        if answer.verdict == "rejected" and answer.control_number.isdigit():
            claims = await _sent_in(interchange_control=int(answer.control_number))
            said += [_Said(claim, "rejected", answer.words, answer.code, on=answer.made_on) for claim in claims.values()]
    return said


async def _of_groups(groups: Iterable[GroupAnswer]) -> list[_Said]:
    """A 999: the claims that its faults name are rejected, all of them where it names none or rejects the whole."""
    said = list[_Said]()
    for answer in groups:
        if answer.functional_id == "HC" and answer.control_number.isdigit():
            which = {"group_control": int(answer.control_number)}
            faults = await _placed([fault for one in answer.transactions for fault in one.faults], **which)
            said += _of_group(answer, faults, await _sent_in(**which))
    return said


async def _placed(faults: list[SyntaxFault], **which: int) -> list[SyntaxFault]:
    """A fault that only counts segments is one of the claim that stands there in our own file."""
    if all(fault.claim_control_number or not fault.segment for fault in faults):
        return faults
    content = await ClaimFile.filter(**which).order_by("-id").first().values_list("content", flat=True)
    sent = [found for interchange in read_segments(bytes(content)) for found in interchange.transactions] if content else []
    return [fault if fault.claim_control_number or not fault.segment or len(sent) != 1
            else replace(fault, claim_control_number=claim_number_at(sent[0], fault.segment)) for fault in faults]


def _of_group(answer: GroupAnswer, faults: list[SyntaxFault], claims: dict[str, int]) -> Iterator[_Said]:
    named = {fault.claim_control_number for fault in faults} & set(claims)
    of_all = [fault.words for fault in faults if fault.claim_control_number not in named]
    blamed = set[str]() if answer.verdict.startswith("accepted") else (
        named if named and answer.verdict == "partly rejected" else set(claims))
    for number, claim in claims.items():
        own = [fault.words for fault in faults if fault.claim_control_number == number]
        words = [*answer.words, *own, *of_all] if number in blamed else own
        yield _Said(claim, "rejected" if number in blamed else "accepted",
                    " ".join(dict.fromkeys(words)) or ELSEWHERE[number in blamed], "999", on=answer.made_on)


async def _of_claims(found: Acknowledgements) -> list[_Said]:
    """A 277CA, claim by claim, by our own number."""
    answers = [(batch, claim) for batch in found.claims for claim in batch.claims]
    ids = {number: int(key) for key, number in await Claim.filter(
        account_number__in=[claim.control_number for _, claim in answers]).values_list("id", "account_number")}
    return [
        _Said(ids[claim.control_number], "accepted" if claim.verdict.startswith("accepted") else "rejected", claim.words,
              ", ".join(f"{status.category}:{status.code}" for status in claim.statuses), claim.payer_control_number,
              batch.processed_on or batch.made_on)
        for batch, claim in answers if claim.control_number in ids
    ]


async def _sent_in(**which: int) -> dict[str, int]:
    """The claims of a file of ours by their number."""
    files = await ClaimFile.filter(**which).values_list("id", flat=True)
    rows = await ClaimSending.filter(file_id__in=[int(str(one)) for one in files]).values("claim_id", number="claim__account_number")
    return {row["number"]: row["claim_id"] for row in rows}
