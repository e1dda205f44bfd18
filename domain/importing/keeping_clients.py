"""Keeps a client list: new clients with policies, diagnoses and payers; known ones updated; nobody twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from domain.access import SignedIn, audit, require
from domain.importing.client_list import PolicyDraft
from domain.importing.client_preview import (
    POLICY_FIELDS,
    ClientRow,
    Outcome,
    Records,
    outcome_of,
    records_for,
    rows_of,
    state_of,
)
from domain.importing.names import normalized
from storage.changes import Changes
from storage.ids import new_ids
from storage.models import Client, Diagnosis, Payer, Policy
from storage.transactions import one_transaction

AT_ONCE = 200  # clients a transaction: others can work in between, and the progress moves


@dataclass(slots=True)
class ImportedClients:
    """What an import did, in clients."""

    made: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0
    new_payers: list[str] = field(default_factory=list)


async def keep_clients(
    rows: Sequence[ClientRow],
    *,
    by: SignedIn,
    now: datetime,
    on_progress: Callable[[int], None] = lambda _: None,
) -> ImportedClients:
    """Import the rows as they were corrected, some hundreds at a time; an interrupted import is simply done again."""
    done = ImportedClients()
    for start in range(0, len(rows), AT_ONCE):
        await _keep_part(rows[start : start + AT_ONCE], done, by=by, now=now)
        on_progress(min(start + AT_ONCE, len(rows)))
    return done


async def _keep_part(rows: Sequence[ClientRow], done: ImportedClients, *, by: SignedIn, now: datetime) -> None:
    async with one_transaction() as changes:
        await require(by)
        drafts = [row.draft for row in rows]
        records = await records_for(drafts, seen_by=by)
        _recognize(rows, records)
        told = [(row, outcome_of(row, records)) for row in rows]
        new = [(row, outcome) for row, outcome in told if state_of(row, outcome) == "new"]
        known = [(row, outcome) for row, outcome in told if state_of(row, outcome) == "updated"]
        payers = await _payers_for([one for _, one in (*new, *known)], records, done, changes)
        made = await _make(new, payers)
        updated = await _update(known, payers)
        done.made += made
        done.updated += updated
        done.unchanged += sum(state_of(*one) == "unchanged" for one in told)
        done.left_out += sum(state_of(*one) in {"to_fix", "left_out"} for one in told)
        if made or updated:
            await audit(by, "brought in a list of clients", "client", made + updated, at=now)
        changes.add("client", made + updated)


def _recognize(rows: Sequence[ClientRow], records: Records) -> None:
    """Someone else may have brought in the same list since the preview: then nobody is made twice."""
    for row, now_known in zip(rows, rows_of([row.draft for row in rows], records), strict=True):
        made_since = row.client_id is None and row.draft.key in records.by_import_key
        gone_since = row.client_id is not None and row.client_id not in records.clients
        if made_since or gone_since:
            row.client_id = now_known.client_id


async def _payers_for(
    outcomes: Iterable[Outcome], records: Records, done: ImportedClients, changes: Changes
) -> dict[str, int]:
    """By the name in the list: the payers there are, and those made now."""
    found: dict[str, int] = {}
    for policy in (draft for outcome in outcomes for _, draft, _ in outcome.policies):
        name = normalized(policy.insurance)
        if name in found:
            continue
        known = records.payers.of(policy)
        found[name] = known or await _new_payer(policy, done, changes)
    return found


async def _new_payer(policy: PolicyDraft, done: ImportedClients, changes: Changes) -> int:
    row = await Payer.create(name=policy.insurance, payer_id=policy.payer_id.strip().upper())
    done.new_payers.append(policy.insurance)
    changes.add("payer", [row.id])
    return int(row.id)


async def _make(rows: Sequence[tuple[ClientRow, Outcome]], payers: dict[str, int]) -> list[int]:
    ids = await new_ids(Client, len(rows))
    made = [
        Client(id=id_, **outcome.client | {"import_key": row.draft.key})
        for id_, (row, outcome) in zip(ids, rows, strict=True)
    ]
    await Client.bulk_create(made)
    outcomes = [outcome for _, outcome in rows]
    await Policy.bulk_create(
        [
            _policy(id_, draft, payers)
            for id_, outcome in zip(ids, outcomes, strict=True)
            for _, draft, _ in outcome.policies
        ]
    )
    await Diagnosis.bulk_create(
        [
            Diagnosis(client_id=id_, position=position, code=code, description=words)
            for id_, outcome in zip(ids, outcomes, strict=True)
            for position, (code, words) in enumerate(outcome.diagnoses, 1)
        ]
    )
    return ids


def _policy(client_id: int, draft: PolicyDraft, payers: dict[str, int]) -> Policy:
    values: dict[str, Any] = {name: getattr(draft, name) for name in POLICY_FIELDS}
    return Policy(client_id=client_id, payer_id=payers[normalized(draft.insurance)], rank=draft.rank, **values)


async def _update(rows: Sequence[tuple[ClientRow, Outcome]], payers: dict[str, int]) -> list[int]:
    updated: list[int] = []
    for row, outcome in rows:
        if row.client_id is None:
            continue
        await Client.filter(id=row.client_id).update(**outcome.client, version=F("version") + 1)
        await _update_policies(row.client_id, outcome, payers)
        await _add_diagnoses(row.client_id, outcome)
        updated.append(row.client_id)
    return updated


async def _update_policies(client_id: int, outcome: Outcome, payers: dict[str, int]) -> None:
    for policy_id, last_day in outcome.ended.items():
        await Policy.filter(id=policy_id).update(ends_on=last_day, version=F("version") + 1)
    for kept, draft, values in outcome.policies:
        if kept is None:
            await _policy(client_id, draft, payers).save()
        else:
            await Policy.filter(id=kept).update(**values, version=F("version") + 1)


async def _add_diagnoses(client_id: int, outcome: Outcome) -> None:
    if not outcome.diagnoses:
        return
    last = await Diagnosis.filter(client_id=client_id).order_by("-position").first()
    await Diagnosis.bulk_create(
        [
            Diagnosis(client_id=client_id, position=position, code=code, description=words)
            for position, (code, words) in enumerate(outcome.diagnoses, (last.position if last else 0) + 1)
        ]
    )
