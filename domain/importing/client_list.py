"""A CSV file of clients with their policies: read as a table, its columns guessed, its rows checked one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from domain.importing.chosen_file import NotAClientList, Problem
from domain.importing.client_columns import FIELDS, ListField, guess_mapping
from domain.importing.client_row import ClientDraft, PolicyDraft, read_row
from domain.importing.client_table import ClientTable, TableRow, read_client_list
from domain.importing.client_values import DiagnosisDraft

__all__ = [
    "FIELDS",
    "ClientDraft",
    "ClientTable",
    "DiagnosisDraft",
    "ListField",
    "NotAClientList",
    "PolicyDraft",
    "Problem",
    "clients_from",
    "guess_mapping",
    "read_client_list",
]

_MOST_POLICIES = 2
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}")


def clients_from(
    table: ClientTable, mapping: Mapping[str, str | None], *, on: date
) -> tuple[list[ClientDraft], list[Problem]]:
    """The clients of the table by the mapping (field to header), and every problem in the order of lines.

    `on` is today, against which birth dates are checked. A row with a problem that is `left_out` gives no client.
    """
    columns = {field: header for field, header in mapping.items() if header in table.headers}
    if not ("name" in columns or {"first_name", "last_name"} <= columns.keys()):
        return [], [Problem(table.header_line, "Choose the columns that hold the clients' first and last names.")]
    kept = _Kept()
    problems = [*table.problems, *_day_first_columns(table, columns)]
    doubtful = {(problem.line, problem.column) for problem in problems}
    undated = {line for line, column in doubtful if column}
    for row in table.rows:
        cells = _cells(row, table.headers, columns, doubtful)
        draft, wrong = read_row(row, cells=cells, columns=columns, on=on)
        problems.extend(wrong)
        if draft and row.line not in undated:
            kept.add(draft)
    problems.extend(kept.problems)
    return list(kept.clients.values()), sorted(problems, key=lambda problem: problem.line)


def _cells(
    row: TableRow, headers: tuple[str, ...], columns: Mapping[str, str], doubtful: set[tuple[int, str]]
) -> dict[str, str]:
    by_header = dict(zip(headers, row.cells, strict=True))
    return {field: by_header[name] for field, name in columns.items() if (row.line, name) not in doubtful}


def _day_first_columns(table: ClientTable, columns: Mapping[str, str]) -> list[Problem]:
    """Where one date of a column can only be day/month/year, no 4/5/1991 of that column can be trusted."""
    problems: list[Problem] = []
    for field, header in columns.items():
        if field.endswith(("birth_date", "starts_on", "ends_on")):
            problems.extend(_day_first(table, header))
    return problems


def _day_first(table: ClientTable, header: str) -> list[Problem]:
    place = table.headers.index(header)
    dates = [(row, found) for row in table.rows if (found := _SLASHED.fullmatch(row.cells[place]))]
    proof = next((row for row, found in dates if int(found[1]) > 12 >= int(found[2])), None)
    if proof is None:
        return []
    told = "This column writes the day first on line {line}, so “{text}” can't be trusted. Write dates as 1991-05-04."
    return [
        Problem(row.line, told.format(line=proof.line, text=found[0]), header)
        for row, found in dates
        if int(found[1]) <= 12 and found[1] != found[2]
    ]


class _Kept:
    """The clients kept so far; a second line of one client may only bring one more policy."""

    def __init__(self) -> None:
        self.clients: dict[str, ClientDraft] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []

    def add(self, draft: ClientDraft) -> None:
        if earlier := self.clients.get(draft.key):
            self.add_policy(earlier, draft)
            return
        if line := self.lines.get(draft.name_key):
            told = f"{draft.name} has the same name and birth date as line {line}. Merge them later if they are one person."
            self.problems.append(Problem(draft.line, told, left_out=False))
        self.clients[draft.key] = draft
        self.lines.setdefault(draft.name_key, draft.line)

    def add_policy(self, earlier: ClientDraft, draft: ClientDraft) -> None:
        new = [policy for policy in draft.policies if not _has(earlier, policy)]
        policies = (*earlier.policies, *new)
        if not new or len(policies) > _MOST_POLICIES:
            told = f"{draft.name} is already on line {earlier.line}. This line was left out: keep one of the two."
            self.problems.append(Problem(draft.line, told))
            return
        ranked = tuple(
            replace(policy, rank=rank) for policy, rank in zip(policies, ("primary", "secondary"), strict=False)
        )
        self.clients[draft.key] = replace(earlier, policies=ranked)
        told = f"{draft.name} is already on line {earlier.line}. Only the policy of this line was taken, as the second."
        self.problems.append(Problem(draft.line, told, left_out=False))


def _has(client: ClientDraft, policy: PolicyDraft) -> bool:
    return any(
        (one.insurance.casefold(), one.member_id.casefold())
        == (policy.insurance.casefold(), policy.member_id.casefold())
        for one in client.policies
    )
