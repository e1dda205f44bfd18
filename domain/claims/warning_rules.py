"""What a payer may refuse but a person may let pass: each a warning that can be accepted with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from domain.claims.facts import LineFacts, PayerFacts, PracticeFacts, ProviderFacts, SessionFacts
from domain.claims.pointing import pointed_at
from domain.claims.reasons import Place, Reason
from domain.place_of_service import TELEHEALTH_MODIFIERS

TELEHEALTH_PLACES = frozenset({"02", "10"})  # CMS place of service codes: elsewhere, and in the client's home


def of_insured(session: SessionFacts, *, on: date | None) -> Iterator[Reason]:
    """Everything about one session that is going to a payer."""
    policy, lines = session.policy, session.claim_lines
    if policy is None:
        return
    yield from z_code_first(session, lines)
    yield from telehealth(session, lines, policy.payer)
    yield from same_code_twice(session, lines)
    if on is not None:
        yield from late_filing(session, policy.payer, on)


def policy_ended(session: SessionFacts) -> Iterator[Reason]:
    """The client pays in full only because the policy had run out: perhaps there is a new one."""
    if session.billing.why != "policy_ended":
        return
    ended: list[tuple[date, int, str]] = [
        (policy.ends_on, policy.id, policy.payer.name) for policy in session.client.policies
        if policy.rank == "primary" and policy.ends_on is not None and policy.ends_on < session.day
    ]
    day, policy_id, payer = max(ended)
    sentence = f"Policy with {payer} ended on {day:%b} {day.day}, {day.year}; billed to client"
    yield Place("policy", policy_id, session.client.id).warning("policy_ended", sentence, "Open the policy", "ends_on")


def missed_fee(session: SessionFacts, practice: PracticeFacts) -> Iterator[Reason]:
    """Medicaid and the VA let nobody charge their members for a visit that did not take place (42 CFR 447.15)."""
    fees = [line.code for line in session.lines if line.billing_code_id and line.billing_code_id == practice.missed_visit_code_id]
    forbids = [policy.payer.name for policy in session.client.policies if policy.payer.forbids_missed_fee and policy.covers(session.day)]
    if fees and forbids:
        yield Place("session", session.id).warning(
            "missed_fee_forbidden", f"{fees[0]} is a fee for a missed visit, and {forbids[0]} lets no client be charged for it",
            "Remove the fee", "lines")


def z_code_first(session: SessionFacts, lines: Sequence[LineFacts]) -> Iterator[Reason]:
    """Many payers pay no visit whose main reason is a Z code (factors influencing health status, chapter 21)."""
    known = tuple(diagnosis.code for diagnosis in session.client.diagnoses)
    first = {codes[0] for line in lines if (codes := pointed_at(line, known))}
    for code in sorted(one for one in first if one.upper().startswith("Z")):
        yield Place("client", session.client.id).warning(
            "z_code_first", f"{code} comes first; many payers pay no visit whose main diagnosis is a Z code",
            "Reorder the diagnoses", "diagnoses")


def telehealth(session: SessionFacts, lines: Sequence[LineFacts], payer: PayerFacts) -> Iterator[Reason]:
    """Boxes 24B and 24D say the same of where the client was."""
    place = Place("session", session.id)
    remote = session.place_of_service in TELEHEALTH_PLACES
    wanted = payer.telehealth_modifier
    for line in lines:
        said = [one for one in line.modifier_list if one in TELEHEALTH_MODIFIERS]
        if said and not remote:
            yield place.warning(
                "remote_modifier_in_person",
                f"{line.code} has the telehealth modifier {said[0]}, and the place of service is "
                f"{session.place_of_service}, in person", "Correct the place or the modifier", "place_of_service")
        if remote and wanted and wanted not in said:
            yield place.warning(
                "no_telehealth_modifier",
                f"{line.code} was at place of service {session.place_of_service} without the modifier {wanted} that "
                f"{payer.name} asks for", "Add the modifier", "lines")


def same_code_twice(session: SessionFacts, lines: Sequence[LineFacts]) -> Iterator[Reason]:
    """Two lines alike in code and modifiers are refused as duplicates; units or a modifier tell them apart."""
    if len(lines) < 2:
        return
    alike = Counter(billed_as(line) for line in lines)
    for (code, _), count in alike.items():
        if count > 1:
            yield Place("session", session.id).warning(
                "same_code_twice", f"{code} stands {count} times on one day with nothing to tell the lines apart",
                "Use units or a modifier", "lines")


def billed_as(line: LineFacts) -> tuple[str, tuple[str, ...]]:
    """What a payer compares to find duplicates."""
    return line.code, tuple(sorted(line.modifier_list))


def late_filing(session: SessionFacts, payer: PayerFacts, on: date) -> Iterator[Reason]:
    """A first claim counts from the day of service. It may still be paid, with a reason, so it is never an error."""
    if payer.days_to_file is None:
        return
    last = session.day + timedelta(days=payer.days_to_file)
    if on > last:
        yield Place("session", session.id).warning(
            "late_filing", f"{payer.name} takes claims for {days(payer.days_to_file)}; the last day for this one was "
            f"{last:%b} {last.day}, {last.year}", "Look at the session", "starts_at")


def days(count: int) -> str:
    """1 day, 90 days."""
    return "1 day" if count == 1 else f"{count} days"


def of_payer(payer: PayerFacts, practice: PracticeFacts) -> Iterator[Reason]:
    """An electronic claim is addressed by the payer's id; a practice that prints all its claims needs none."""
    if practice.files_electronically and not payer.payer_id.strip():
        yield Place("payer", payer.id).warning(
            "no_payer_id", f"{payer.name} has no payer ID; without it a claim can only go on paper", "Add the payer ID",
            "payer_id")


def of_taxonomy(provider: ProviderFacts, practice: PracticeFacts, payer: PayerFacts) -> Iterator[Reason]:
    """Medicaid programs find the enrollment by NPI and taxonomy; other payers seldom ask for it."""
    if payer.kind != "medicaid":
        return
    if not provider.taxonomy:
        yield Place("provider", provider.id).warning(
            "no_taxonomy", f"{provider.name} has no taxonomy code, and {payer.name} is a Medicaid plan",
            "Add the taxonomy", "taxonomy")
    if not provider.bills_as_entity and not practice.taxonomy:
        yield Place("practice", 1).warning(
            "no_taxonomy", f"The practice has no taxonomy code, and {payer.name} is a Medicaid plan",
            "Add the taxonomy", "taxonomy")


def of_supervisor(session: SessionFacts, payer: PayerFacts) -> Iterator[Reason]:
    """A claim in the name of somebody whom the payer does not know is refused."""
    if session.way_supervisor is not None and not session.supervisor_enrolled:
        yield Place("provider", session.provider.id).warning(
            "supervisor_not_enrolled", f"{session.provider.name} is billed with {session.way_supervisor.name}, who is not "
            f"enrolled with {payer.name}", "Change who bills", "ways")
