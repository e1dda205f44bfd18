"""The lives of claims: their steps, deadlines and notes, what each waits for, and which claims followed which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain import access
from domain.access import SignedIn
from domain.claim_files.sending import WAYS
from domain.claims.life import (
    BY_HAND,
    FOLLOWED,
    WAITING,
    Course,
    Deadlines,
    How,
    Limits,
    Need,
    State,
    Step,
    Waiting,
    in_time_order,
)
from domain.errors import NotFound
from storage.models import (
    Claim,
    ClaimEvent,
    ClaimFollow,
    ClaimLine,
    ClaimNote,
    ClaimSending,
    Policy,
    Practice,
    RemittanceEntry,
)

CLAIM = {
    "id": "id", "number": "account_number", "client_id": "client_id", "client_name": "client__name", "payer_id": "payer_id",
    "payer_name": "payer__name", "policy_id": "policy_id", "rank": "policy__rank", "total_cents": "total_cents",
    "issued_on": "issued_on", "batch_id": "batch_id", "made_at": "batch__made_at", "made_by": "batch__made_by__name",
    "to_file": "payer__days_to_file", "to_correct": "payer__days_to_correct", "to_appeal": "payer__days_to_appeal",
    "no_corrections": "payer__no_corrections", "voided_at": "voided_at", "void_reason": "void_reason",
}
OWN = ("id", "number", "client_id", "client_name", "payer_id", "payer_name", "policy_id", "rank", "total_cents", "issued_on",
       "batch_id", "no_corrections")
AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Following:
    """Another claim before or after this one, and how the later one follows."""

    claim_id: int
    number: str
    how: How

    @property
    def words(self) -> str:
        """Made anew as C202600012."""
        return FOLLOWED[self.how].format(number=self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLife:
    """One claim with its course. `later` are those made after it; `second_policy_id` the policy still to be billed."""

    id: int
    number: str
    client_id: int
    client_name: str
    payer_id: int
    payer_name: str
    policy_id: int
    rank: str
    total_cents: int
    issued_on: date
    batch_id: int
    no_corrections: bool
    first_day: date
    last_day: date
    course: Course
    needs: tuple[Need, ...]
    earlier: Following | None
    later: tuple[Following, ...]
    second_policy_id: int | None

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.course.state

    @property
    def deadlines(self) -> Deadlines:
        """The last days to file, correct and appeal."""
        return self.course.deadlines

    @property
    def payer_number(self) -> str:
        """What the payer calls it."""
        return self.course.payer_number

    @property
    def was_sent(self) -> bool:
        """Whether it went out."""
        return self.course.sent_on is not None

    @property
    def reasons(self) -> str:
        """The codes of its last denial, as CO-16, CO-197."""
        return self.course.last.code if self.state == "denied" else ""


async def claim_life(claim_id: int, *, on: date, seen_by: SignedIn) -> ClaimLife:
    """One claim's life, also of a void one. Raises NotFound."""
    await access.require(seen_by)
    found = await lives_of([claim_id], on=on)
    if claim_id not in found:
        raise NotFound(what="This insurance form")
    return found[claim_id]


async def open_lives(*, on: date, seen_by: SignedIn) -> list[ClaimLife]:
    """All claims that are not void, the latest first."""
    await access.require(seen_by)
    ids: Any = await Claim.filter(voided_at=None).order_by("-id").values_list("id", flat=True)
    return list((await lives_of(ids, on=on)).values())


async def needing_attention(*, on: date, seen_by: SignedIn) -> list[ClaimLife]:
    """The claims that wait for somebody, the most pressing kind first, within it the longest waiting."""
    found = [one for one in await open_lives(on=on, seen_by=seen_by) if one.needs]
    return sorted(found, key=lambda one: (list(WAITING).index(one.needs[0].kind), one.needs[0].since, one.id))


def counted(lives: Iterable[ClaimLife]) -> dict[Waiting, int]:
    """How many wait for what; a claim may count twice."""
    found = Counter(need.kind for one in lives for need in one.needs)
    return {kind: found[kind] for kind in WAITING if found[kind]}


def denial_reasons(lives: Iterable[ClaimLife]) -> dict[str, int]:
    """The denied claims by each reason of theirs, the commonest first."""
    found = Counter(code for one in lives for code in dict.fromkeys(one.reasons.split(", ")) if code)
    return dict(found.most_common())


async def lives_of(claim_ids: Collection[int], *, on: date) -> dict[int, ClaimLife]:
    """These claims in the order asked for; a few statements for each five hundred."""
    ids = list(dict.fromkeys(claim_ids))
    zone = ZoneInfo((await Practice.get(id=1)).time_zone)
    found: dict[int, ClaimLife] = {}
    for start in range(0, len(ids), AT_ONCE):
        found |= await _some(ids[start : start + AT_ONCE], zone, on)
    return found


async def _some(ids: list[int], zone: ZoneInfo, on: date) -> dict[int, ClaimLife]:
    claims = {row["id"]: row for row in await Claim.filter(id__in=ids).values(**CLAIM)}
    earlier, later = await _follows(ids)
    steps = await _steps(ids, later, zone)
    days = await _days_of_service(ids)
    decisions = await _decided_on([one.claim_id for one in earlier.values() if one.how == "secondary"])
    seconds = await _second_policies(list(claims.values()), days, steps, later)
    return {
        key: _life(claims[key], steps[key], days[key], earlier.get(key), later[key], decisions, seconds.get(key), on, zone)
        for key in ids if key in claims and key in days
    }


def _life(
    row: dict[str, Any], told: list[Step], days: tuple[date, date], earlier: Following | None, later: list[Following],
    decisions: Mapping[int, date], second: int | None, on: date, zone: ZoneInfo,
) -> ClaimLife:
    made = Step(state="generated", on=row["issued_on"], at=row["made_at"], by=row["made_by"] or "Sessionbook")
    ends = [Step(state="void", on=_day_of(row["voided_at"], zone), at=row["voided_at"], words=row["void_reason"])] if row["voided_at"] else []
    second_of = decisions.get(earlier.claim_id) if earlier and earlier.how == "secondary" else None
    corrects = earlier is not None and earlier.how in {"replacement", "void"}
    course = Course(
        steps=(made, *in_time_order([*told, *ends])), first_day=days[0], filed_from=second_of or days[0],
        limits=Limits(to_file=None if corrects else row["to_file"], to_correct=row["to_correct"], to_appeal=row["to_appeal"]),
        by_file=any(step.state == "sent" and step.code == "file" for step in told), second_policy=second is not None)
    return ClaimLife(**{name: row[name] for name in OWN}, first_day=days[0], last_day=days[1], course=course,
                     needs=course.needs(on), earlier=earlier, later=tuple(later), second_policy_id=second)


async def _steps(ids: list[int], later: Mapping[int, list[Following]], zone: ZoneInfo) -> defaultdict[int, list[Step]]:
    """What happened to each claim after it was made."""
    found: defaultdict[int, list[Step]] = defaultdict(list)
    for row in await ClaimSending.filter(claim_id__in=ids, live=True).values("claim_id", "way", "sent_on", "noted_at", by="noted_by__name", file_name="file__name"):
        found[row["claim_id"]].append(Step(state="sent", on=row["sent_on"], at=row["noted_at"], code=row["way"],
                                           words=row["file_name"] or f"By {WAYS[row['way']].lower()}", by=row["by"] or "Sessionbook"))
    for row in await ClaimEvent.filter(claim_id__in=ids).order_by("id").values(
            "claim_id", "state", "words", "code", "control_number", "on_day", "noted_at", payment="remittance__state"):
        if row["payment"] != "undone":
            found[row["claim_id"]].append(Step(state=row["state"], on=row["on_day"], at=row["noted_at"], words=row["words"],
                                               code=row["code"], number=row["control_number"]))
    for row in await ClaimNote.filter(claim_id__in=ids, undone_at=None).order_by("id").values(
            "id", "claim_id", "kind", "words", "reference", "on_day", "next_look_on", "noted_at", by="noted_by__name"):
        found[row["claim_id"]].append(Step(
            state=BY_HAND.get(row["kind"], "note"), on=row["on_day"], at=row["noted_at"], words=row["words"],
            number=row["reference"], by=row["by"] or "Sessionbook", note_id=row["id"], next_look_on=row["next_look_on"]))
    for row in await ClaimFollow.filter(earlier_id__in=ids, live=True).exclude(how="secondary").values("earlier_id", "made_at", by="made_by__name"):
        words = next(one.words for one in later[row["earlier_id"]] if one.how != "secondary")
        found[row["earlier_id"]].append(Step(state="followed", on=_day_of(row["made_at"], zone), at=row["made_at"], words=words,
                                             by=row["by"] or "Sessionbook"))
    return found


async def _follows(ids: list[int]) -> tuple[dict[int, Following], defaultdict[int, list[Following]]]:
    """What each claim follows, and what follows it."""
    earlier = {row["claim_id"]: Following(row["earlier_id"], row["number"], row["how"]) for row in await ClaimFollow.filter(
        claim_id__in=ids).values("claim_id", "earlier_id", "how", number="earlier__account_number")}
    later: defaultdict[int, list[Following]] = defaultdict(list)
    for row in await ClaimFollow.filter(earlier_id__in=ids, live=True).order_by("id").values(
            "earlier_id", "claim_id", "how", number="claim__account_number"):
        later[row["earlier_id"]].append(Following(row["claim_id"], row["number"], row["how"]))
    return earlier, later


async def _days_of_service(ids: list[int]) -> dict[int, tuple[date, date]]:
    found: defaultdict[int, list[date]] = defaultdict(list)
    for claim_id, day in await ClaimLine.filter(claim_id__in=ids).values_list("claim_id", "session__day"):
        found[claim_id].append(day)
    return {key: (min(days), max(days)) for key, days in found.items()}


async def _decided_on(ids: list[int]) -> dict[int, date]:
    """When payers last decided on these claims."""
    rows = await ClaimEvent.filter(claim_id__in=ids, remittance__state="posted").order_by("id").values_list("claim_id", "on_day")
    return {key: day for key, day in rows}  # noqa: C416  the last one counts


async def _second_policies(
    claims: Collection[dict[str, Any]], days: Mapping[int, tuple[date, date]], steps: Mapping[int, list[Step]],
    later: Mapping[int, list[Following]],
) -> dict[int, int]:
    """By claim: the second policy to bill, where the first payer left a share and did not forward the claim (CLP02 19, 20, 21)."""
    first = [row for row in claims if row["rank"] == "primary" and not row["voided_at"] and row["id"] in days
             and not any(one.how == "secondary" for one in later.get(row["id"], ()))
             and any(step.state == "paid" for step in steps[row["id"]])
             and not any(step.state == "forwarded" for step in steps[row["id"]])]
    if not first:
        return {}
    left: Counter[int] = Counter()
    for claim_id, cents in await RemittanceEntry.filter(
            claim_id__in=[row["id"] for row in first], kind="client share", remittance__state="posted").values_list("claim_id", "cents"):
        left[claim_id] += cents
    policies = await Policy.filter(client_id__in=[row["client_id"] for row in first], rank="secondary").order_by("id").values(
        "id", "client_id", "starts_on", "ends_on")
    found = {}
    for row in first:
        day = days[row["id"]][1]
        fits = [one["id"] for one in policies if one["client_id"] == row["client_id"]
                and (one["starts_on"] or day) <= day <= (one["ends_on"] or day)]
        if left[row["id"]] > 0 and fits:
            found[row["id"]] = fits[0]
    return found


def _day_of(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
