"""Clients: who they are, as they and their insurer say it, and who gets their invoices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from domain import access, masters
from domain.access import SignedIn
from domain.checks import (
    EMAIL,
    NPI,
    PHONE,
    STATE,
    STATES,
    ZIP,
    Findings,
    check_address,
    latest_today,
    tidy,
    tidy_phone,
    tidy_zip,
)
from domain.errors import FieldRefused, NotFound
from domain.masters import Master, Use
from domain.providers import as_kept
from storage.models import (
    Attendance,
    BillTo,
    Claim,
    Client,
    ClientSession,
    Invoice,
    LedgerEntry,
    Payment,
    Policy,
    Provider,
)
from storage.transactions import one_transaction
from storage.versions import keep_at_version

CLIENT = Master(Client, "client", "client", (
    Use(Attendance, "client_id", "appointment"),
    Use(ClientSession, "client_id", "session"),
    Use(Policy, "client_id", "policy"),
    Use(Invoice, "client_id", "invoice"),
    Use(Claim, "client_id", "claim"),
    Use(LedgerEntry, "client_id", "entry in the books"),
    Use(Payment, "client_id", "payment"),
    Use(Client, "merged_into_id", "merged record"),
))  # fmt: skip
WHOLE = 10_000  # basis points: what the shares of all bill-to persons sum to
OLDEST_BIRTH_YEAR = 1880
CLIENT_SEXES = {"": "Not known", "F": "F", "M": "M"}  # box 3 has these two only
# CMS-1500 box 14, NUCC: what the date is.
ONSET_QUALIFIERS = {"431": "Onset of the current illness", "484": "Last menstrual period"}


@dataclass(slots=True)
class ClientDraft:
    """A client being edited. `name` is what they go by; the insurer_* fields are what the insurer has."""

    id: int | None = None
    version: int = 1
    name: str = ""
    pronouns: str = ""
    birth_date: date | None = None
    phone: str = ""
    phone2: str = ""
    email: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    default_provider_id: int | None = None
    note: str = ""
    insurer_first_name: str = ""
    insurer_middle_name: str = ""
    insurer_last_name: str = ""
    insurer_suffix: str = ""
    insurer_sex: str = ""
    release_signed_on: date | None = None
    assignment_signed_on: date | None = None
    accept_assignment: bool = True
    employment_accident: bool = False
    auto_accident: bool = False
    auto_accident_state: str = ""
    other_accident: bool = False
    onset_on: date | None = None
    onset_qualifier: str = "431"
    referrer_first_name: str = ""
    referrer_last_name: str = ""
    referrer_npi: str = ""
    pays_without_insurance: bool = False
    invoice_with_diagnoses: bool | None = None
    import_key: str = ""


@dataclass(slots=True)
class BillToDraft:
    """Who gets a client's invoices, or a share of them in basis points."""

    name: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    share_points: int = WHOLE


def split_by_shares(cents: int, shares: Sequence[int]) -> list[int]:
    """An amount divided by shares of basis points; what does not divide goes to the first."""
    parts = [cents * share // WHOLE for share in shares[1:]]
    return [cents - sum(parts), *parts]


async def draft_of_client(client_id: int, *, seen_by: SignedIn) -> ClientDraft:
    """A client as they stand, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await present(client_id)
    return ClientDraft(**{one.name: getattr(row, one.name) for one in fields(ClientDraft)})


async def present(client_id: int) -> Client:
    """A client's row. Raises NotFound."""
    row = await Client.get_or_none(id=client_id)
    if row is None:
        raise NotFound(what=CLIENT.what)
    return row


def client_values(draft: ClientDraft) -> dict[str, Any]:
    """A draft's fields as they are kept."""
    return as_kept(draft) | {
        "phone": tidy_phone(draft.phone), "phone2": tidy_phone(draft.phone2), "email": draft.email.strip(),
        "state": draft.state.strip().upper(), "zip": tidy_zip(draft.zip), "note": draft.note.strip(),
        "auto_accident_state": draft.auto_accident_state.strip().upper() if draft.auto_accident else "",
    }  # fmt: skip


def client_findings(values: dict[str, Any], *, today: date) -> Findings:
    """What is wrong with a client by itself; what only claims ask for may still be missing."""
    found = Findings()
    found.required("name", values["name"], "Type the name they go by.")
    for at in ("phone", "phone2"):
        found.fits(at, values[at], PHONE)
    found.fits("email", values["email"], EMAIL)
    found.fits("referrer_npi", values["referrer_npi"], NPI)
    check_address(found, values["state"], values["zip"])
    born = values["birth_date"]
    if born is not None and not (date(OLDEST_BIRTH_YEAR, 1, 1) <= born <= today):
        found.note("birth_date", "Check the year: the birth date must be in the past.")
    if values["insurer_sex"] not in {"M", "F", ""}:
        found.note("insurer_sex", "Choose M or F as the insurer has it, or leave it empty.")
    if values["auto_accident"] and values["auto_accident_state"] not in STATES:
        found.note("auto_accident_state", "Box 10b asks for the state of the accident. Choose it.")
    if values["onset_qualifier"] not in ONSET_QUALIFIERS:
        found.note("onset_qualifier", "Choose what the date is from the list.")
    for at in ("release_signed_on", "assignment_signed_on", "onset_on"):
        if values[at] is not None and values[at] > today:
            found.note(at, "This date is in the future. Check it.")
    return found


async def keep_client(draft: ClientDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change a client; documents already issued keep what they said."""
    async with one_transaction() as changes:
        await access.require(by)
        values = client_values(draft)
        found = client_findings(values, today=latest_today(now))
        provider = draft.default_provider_id
        if provider is not None and not await Provider.exists(id=provider):
            found.note("default_provider_id", "Choose a provider from the list.")
        found.refuse()
        return await masters.keep(CLIENT, draft, values, changes, by=by, now=now)


async def archive_client(client_id: int, *, by: SignedIn, now: datetime) -> None:
    """Take a client who left out of the list and of every choice; everything about them stays."""
    await masters.archive(CLIENT, client_id, by=by, now=now)


async def restore_client(client_id: int, *, by: SignedIn, now: datetime) -> None:
    """Make an archived client active again; a merged record stays merged."""
    async with one_transaction():
        await access.require(by)
        if (await present(client_id)).merged_into_id is not None:  # type: ignore[attr-defined]
            raise FieldRefused(at="", sentence="This record was merged into another one. Use that one.")
        await masters.restore(CLIENT, client_id, by=by, now=now)


async def delete_client(client_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a client entered by mistake, of whom there is nothing yet. Raises InUse."""
    await masters.delete(CLIENT, client_id, by=by, now=now)


async def drafts_of_bill_to(client_id: int, *, seen_by: SignedIn) -> list[BillToDraft]:
    """The persons who get a client's invoices, to be edited; none when the client pays alone."""
    await access.require(seen_by)
    rows = await BillTo.filter(client_id=client_id).order_by("position")
    return [BillToDraft(**{one.name: getattr(row, one.name) for one in fields(BillToDraft)}) for row in rows]


def bill_to_findings(persons: Sequence[BillToDraft]) -> Findings:
    """What is wrong with the bill-to persons; a field's name ends in the person's number, as in `name_1`."""
    found = Findings()
    if len(persons) > 2:
        found.note("name_3", "Invoices go to at most two persons.")
    for number, person in enumerate(persons, 1):
        found.required(f"name_{number}", person.name, "Type the name that stands on the invoice.")
        found.fits(f"email_{number}", person.email.strip(), EMAIL)
        found.fits(f"phone_{number}", tidy_phone(person.phone), PHONE)
        found.fits(f"state_{number}", person.state.strip().upper(), STATE)
        found.fits(f"zip_{number}", tidy_zip(person.zip), ZIP)
        if not 0 < person.share_points <= WHOLE:
            found.note(f"share_points_{number}", "Type a share between 0.01 % and 100 %.")
    if persons and sum(person.share_points for person in persons) != WHOLE:
        found.note(f"share_points_{len(persons)}", "The shares must make 100 % together.")
    return found


async def keep_bill_to(
    client_id: int, persons: Sequence[BillToDraft], *, version: int, by: SignedIn, now: datetime
) -> None:
    """Write down who gets a client's invoices: nobody else, one person, or two with their shares."""
    async with one_transaction() as changes:
        await access.require(by)
        bill_to_findings(persons).refuse()
        if not await keep_at_version(Client, client_id, version):
            await masters.refuse_stale(CLIENT, client_id)
        await BillTo.filter(client_id=client_id).delete()
        await BillTo.bulk_create([
            BillTo(client_id=client_id, position=position, **bill_to_values(person))
            for position, person in enumerate(persons, 1)
        ])
        await access.audit(by, "changed who gets the invoices", "client", [client_id], at=now)
        changes.add("client", [client_id])


def bill_to_values(person: BillToDraft) -> dict[str, Any]:
    """A draft's fields as they are kept."""
    return as_kept(person) | {
        "email": person.email.strip(), "phone": tidy_phone(person.phone), "zip": tidy_zip(person.zip),
        "name": tidy(person.name), "state": person.state.strip().upper(),
    }  # fmt: skip
