"""What importing a client list would do: new, updated or unchanged, with every value that would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from domain.access import SignedIn, require
from domain.importing.client_list import ClientDraft, PolicyDraft
from domain.importing.names import normalized, spellings, words_of
from storage.models import Client, Diagnosis, Payer, Policy, Provider

State = Literal["new", "updated", "unchanged", "to_fix", "left_out"]
MOST_DIAGNOSES = 12  # CMS-1500 box 21

# What the list may say of a client, with the words for it. An empty cell never empties a field.
FIELDS = {
    "insurer_first_name": "First name", "insurer_middle_name": "Middle name", "insurer_last_name": "Last name",
    "insurer_suffix": "Suffix", "insurer_sex": "Sex", "pronouns": "Pronouns", "birth_date": "Birth date",
    "street": "Street", "street2": "Apartment or suite", "city": "City", "state": "State", "zip": "ZIP",
    "phone": "Phone", "phone2": "Second phone", "email": "Email",
}  # fmt: skip
POLICY_FIELDS = {
    "member_id": "member ID", "group_number": "group number", "plan_name": "plan name",
    "relationship": "relationship to the subscriber", "subscriber_first_name": "subscriber's first name",
    "subscriber_middle_name": "subscriber's middle name", "subscriber_last_name": "subscriber's last name",
    "subscriber_birth_date": "subscriber's birth date", "subscriber_sex": "subscriber's sex",
    "copay_cents": "copay", "coinsurance_points": "coinsurance", "starts_on": "start", "ends_on": "end",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; `before` is empty when it is only added."""

    words: str
    before: Any
    after: Any


@dataclass(slots=True)
class Outcome:
    """What a row comes to: values to write, parts to add, and what a person should know of it."""

    client: dict[str, Any] = field(default_factory=dict)
    policies: list[tuple[int | None, PolicyDraft, dict[str, Any]]] = field(default_factory=list)  # None: a new one
    ended: dict[int, date] = field(default_factory=dict)  # policy to its last day
    diagnoses: list[tuple[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ClientRow:
    """A client of the list and whom the practice knows them as; a person may correct that or leave the row out."""

    draft: ClientDraft
    client_id: int | None = None  # None: somebody new
    candidates: tuple[int, ...] = ()  # of the same name, but not surely the same person
    decided: bool = True
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class KnownPayers:
    """The practice's payers by their id for claims, and by name."""

    by_number: dict[str, int]
    by_name: dict[str, int]

    def of(self, draft: PolicyDraft) -> int | None:
        """The payer a policy of the list means; None is one to be made."""
        number = draft.payer_id.strip().upper()
        return self.by_number.get(number) or self.by_name.get(normalized(draft.insurance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What the practice has of the clients a list may mean, read at once."""

    clients: dict[int, Client]
    by_import_key: dict[str, int]
    by_name_key: dict[str, list[int]]
    by_name: dict[str, list[int]]
    policies: dict[int, list[Policy]]
    diagnoses: dict[int, list[str]]
    payers: KnownPayers
    providers: dict[tuple[str, ...], int]


async def records_for(drafts: Sequence[ClientDraft], *, seen_by: SignedIn) -> Records:
    """Six reads, whatever the list holds."""
    await require(seen_by)
    clients = {row.id: row for row in await Client.filter(merged_into_id=None)}
    wanted = {normalized(f"{one.insurer_first_name} {one.insurer_last_name} {one.insurer_suffix}") for one in drafts}
    by_key, by_name_key, by_name = {}, defaultdict(list), defaultdict(list)
    keys = {one.key for one in drafts}
    for row in clients.values():
        name = _name_of(row)
        if row.import_key:
            by_key[row.import_key] = row.id
        if name in wanted or row.import_key in keys:
            by_name_key[_key_of(row)].append(row.id)
            by_name[name].append(row.id)
    meant = list({id_ for ids in by_name.values() for id_ in ids})
    return Records(
        clients=clients,
        by_import_key=by_key,
        by_name_key=by_name_key,
        by_name=by_name,
        policies=_by_client(await Policy.filter(client_id__in=meant).order_by("id")),
        diagnoses=_codes(await Diagnosis.filter(client_id__in=meant).order_by("position").values_list("client_id", "code")),
        payers=await _payers(),
        providers=await _providers(),
    )


def _name_of(row: Client) -> str:
    insured = f"{row.insurer_first_name} {row.insurer_last_name} {row.insurer_suffix}"
    return normalized(insured) or normalized(row.name)


def _key_of(row: Client) -> str:
    return f"name:{_name_of(row)}|{row.birth_date.isoformat() if row.birth_date else ''}"


def _by_client(rows: Iterable[Policy]) -> dict[int, list[Policy]]:
    found: dict[int, list[Policy]] = defaultdict(list)
    for row in rows:
        found[row.client_id].append(row)  # type: ignore[attr-defined]
    return found


def _codes(rows: Iterable[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for client_id, code in rows:
        found[client_id].append(code)
    return found


async def _payers() -> KnownPayers:
    rows = await Payer.filter(archived_at=None).order_by("-id").values_list("id", "name", "payer_id")
    return KnownPayers(
        {number.upper(): id_ for id_, _, number in rows if number}, {normalized(name): id_ for id_, name, _ in rows}
    )


async def _providers() -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for row in await Provider.filter(archived_at=None).order_by("-id"):
        for name in (row.name, f"{row.name} {row.credentials}"):
            found |= dict.fromkeys(spellings(name).full, row.id)
    return found


def rows_of(drafts: Iterable[ClientDraft], records: Records) -> list[ClientRow]:
    """Each client of the list with whom they are here: by the old program's number, else by name and birth date."""
    return [_row(draft, records) for draft in drafts]


def _row(draft: ClientDraft, records: Records) -> ClientRow:
    if (known := records.by_import_key.get(draft.key)) is not None:
        return ClientRow(draft=draft, client_id=known)
    # Somebody else's number in the old program tells two people of one name and birth date apart.
    same = [id_ for id_ in records.by_name_key.get(draft.name_key, []) if _free(records.clients[id_], draft)]
    if len(same) == 1:
        return ClientRow(draft=draft, client_id=same[0])
    name = draft.name_key.removeprefix("name:").partition("|")[0]
    alike = same or [id_ for id_ in records.by_name.get(name, []) if _may_be(records.clients[id_], draft)]
    return ClientRow(draft=draft, candidates=tuple(alike), decided=not alike)


def _free(row: Client, draft: ClientDraft) -> bool:
    return not (row.import_key.startswith("id:") and draft.key.startswith("id:"))


def _may_be(row: Client, draft: ClientDraft) -> bool:
    return _free(row, draft) and (row.birth_date is None or draft.birth_date is None)


def state_of(row: ClientRow, outcome: Outcome) -> State:
    """What importing does with a row as it stands."""
    if row.left_out:
        return "left_out"
    if not row.decided:
        return "to_fix"
    if row.client_id is None:
        return "new"
    return "updated" if outcome.changes else "unchanged"


def outcome_of(row: ClientRow, records: Records) -> Outcome:
    """What would be written for a row. Pure: preview and import ask the same."""
    found = Outcome()
    had = records.clients.get(row.client_id or 0)
    _client_values(found, row.draft, had, records)
    for policy in row.draft.policies:
        _policy(found, policy, records, records.policies.get(row.client_id or 0, []))
    _diagnoses(found, row.draft, records.diagnoses.get(row.client_id or 0, []))
    return found


def _client_values(found: Outcome, draft: ClientDraft, had: Client | None, records: Records) -> None:
    for name, words in FIELDS.items():
        _set(found, found.client, name, words, getattr(had, name, None), getattr(draft, name))
    plain = f"{had.insurer_first_name} {had.insurer_last_name}".strip() if had else ""
    if had is None or had.name == plain:  # a name that was given here stays
        _set(found, found.client, "name", "Name", had.name if had else "", draft.name)
    if draft.note and not (had and had.note):
        _set(found, found.client, "note", "Note", "", draft.note)
    if had is not None and had.import_key != draft.key and (not had.import_key or draft.key.startswith("id:")):
        found.client["import_key"] = draft.key
    _default_provider(found, draft, had, records)


def _set(found: Outcome, values: dict[str, Any], name: str, words: str, before: Any, after: Any) -> None:
    if after not in (None, "", 0) and after != before:
        values[name] = after
        found.changes.append(Change(words, before or "", after))


def _default_provider(found: Outcome, draft: ClientDraft, had: Client | None, records: Records) -> None:
    if not draft.default_provider:
        return
    provider = _provider_named(draft.default_provider, records.providers)
    if provider is None:
        found.remarks.append(f"There is no provider {draft.default_provider}: chosen later on the client's page.")
    elif had is None or had.default_provider_id is None:  # type: ignore[attr-defined]
        found.client["default_provider_id"] = provider
        found.changes.append(Change("Provider", "", draft.default_provider))


def _provider_named(text: str, providers: Mapping[tuple[str, ...], int]) -> int | None:
    last, comma, rest = text.partition(",")
    readings = [words_of(text), words_of(f"{rest} {last}") if comma else (), words_of(last)]
    return next((providers[words] for words in readings if words in providers), None)


def _policy(found: Outcome, draft: PolicyDraft, records: Records, had: Sequence[Policy]) -> None:
    payer = records.payers.of(draft)
    of_payer = [one for one in had if payer and one.payer_id == payer and one.rank == draft.rank]  # type: ignore[attr-defined]
    if of_payer:
        _same_policy(found, draft, of_payer[-1])
        return
    others = [one for one in had if one.rank == draft.rank and _still_open(one, draft)]
    if others and not all(_may_end(one, draft) for one in others):
        found.remarks.append(
            f"There is another {draft.rank} policy already, so that of {draft.insurance} was left out. "
            "End the old one on the client's page, then add it there."
        )
        return
    for one in others:
        found.ended[one.id] = _day_before(draft)
    found.policies.append((None, draft, {}))
    if payer is None:
        found.remarks.append(f"{draft.insurance} becomes a new payer. Add its address under Payers.")
    found.changes.append(Change(f"{draft.rank.capitalize()} policy", "", f"{draft.insurance} {draft.member_id}".strip()))


def _same_policy(found: Outcome, draft: PolicyDraft, kept: Policy) -> None:
    values: dict[str, Any] = {}
    for name, words in POLICY_FIELDS.items():
        if name == "relationship" and draft.relationship == "self":
            continue  # "self" may only mean that the list does not say
        _set(found, values, name, f"{draft.rank.capitalize()} {words}", getattr(kept, name), getattr(draft, name))
    if values:
        found.policies.append((kept.id, draft, values))


def _still_open(policy: Policy, draft: PolicyDraft) -> bool:
    return policy.ends_on is None or draft.starts_on is None or policy.ends_on >= draft.starts_on


def _may_end(policy: Policy, draft: PolicyDraft) -> bool:
    if draft.starts_on is None or policy.ends_on is not None:
        return False
    return policy.starts_on is None or policy.starts_on < draft.starts_on


def _day_before(draft: PolicyDraft) -> date:
    return (draft.starts_on or date.max) - timedelta(days=1)


def _diagnoses(found: Outcome, draft: ClientDraft, had: Sequence[str]) -> None:
    new = [one for one in draft.diagnoses if one.code not in had]
    room = MOST_DIAGNOSES - len(had)
    if len(new) > room:
        found.remarks.append(f"Only {room} more diagnoses fit on a form. The others were left out.")
    for one in new[:room]:
        found.diagnoses.append((one.code, one.description))
        found.changes.append(Change("Diagnosis", "", one.code))
