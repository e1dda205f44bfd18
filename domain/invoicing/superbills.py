"""Superbills: what one client had from one provider over some days, for the client's own insurer; no number, no debt."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from domain import access, jobs
from domain.access import SignedIn
from domain.claims.facts import ClientFacts, PolicyFacts, PracticeFacts, SessionFacts
from domain.claims.pointing import pointed_at
from domain.documents.records import ClientBlock, SuperbillLine, SuperbillRecord
from domain.documents.superbill import superbill_pdf
from domain.documents.texts import texts_in
from domain.errors import PracticeError
from domain.invoicing.gathering import gathered
from domain.invoicing.invoice import address_lines, diagnoses, practice_block, provider_block
from domain.invoicing.printing import unprintable_for
from domain.invoicing.shares import spread
from domain.invoicing.stored import StoredPdf, file_name
from domain.ledger.entries import items
from storage.open_items import paid_by


class NoSessions(PracticeError):
    """A superbill of a range without sessions would be an empty sheet."""

    sentence = "There are no sessions with this provider in these days. Choose other days."
    field = "start"


class NoFont(PracticeError):
    """Letters that would print blank."""

    sentence = "No font here has {letters}, written in this superbill. Change it, or add a font file in Practice."
    field = "start"


async def superbill(
    client_id: int, provider_id: int, start: date, end: date, *, seen_by: SignedIn, on: date
) -> StoredPdf:
    """The PDF, drawn from the records as they stand; it is not kept. Raises NoSessions, NoFont."""
    await access.require(seen_by)
    record = await _record(client_id, provider_id, start, end, on=on)
    workplace = jobs.workplace()
    content = await workplace.off_loop(superbill_pdf, record, fonts_in=workplace.fonts)
    return StoredPdf(f"{file_name(f'Superbill {record.client.name} {start} {end}')}.pdf", content)


async def _record(client_id: int, provider_id: int, start: date, end: date, *, on: date) -> SuperbillRecord:
    found = await gathered(client_id=client_id, provider_id=provider_id, day__gte=start, day__lte=end)
    if not found.sessions:
        raise NoSessions
    paid = await paid_by_client([session.id for session in found.sessions if session.status == "invoiced"])
    record = superbill_record(found.sessions, found.practice, paid, start=start, end=end, on=on)
    if letters := unprintable_for(found.practice)(texts_in(record)):
        raise NoFont(letters=" ".join(letters))
    return record


async def paid_by_client(session_ids: Collection[int]) -> dict[int, int]:
    """By charge line of sessions in the books: what the client's side has paid of it so far."""
    rows = await paid_by(session_id=session_ids) if session_ids else []
    about = {item.id: item for item in await items(id={item for _, item, _ in rows})} if rows else {}
    found: dict[int, int] = {}
    for _, item, cents in rows:
        line = about[item].charge_line_id
        if line and about[item].account.payer_id is None:
            found[line] = found.get(line, 0) - cents
    return found


async def has_sessions(client_id: int, provider_id: int, start: date, end: date, *, seen_by: SignedIn) -> None:
    """Ask before a browser is sent for the PDF. Raises NoSessions, NoFont."""
    await access.require(seen_by)
    await _record(client_id, provider_id, start, end, on=end)


def superbill_record(
    sessions: Sequence[SessionFacts], practice: PracticeFacts, paid: Mapping[int, int], *, start: date, end: date, on: date
) -> SuperbillRecord:
    """What the superbill says: every line of every session, charged and paid; `paid` by line, of those in the books."""
    first = sessions[0]
    referrer = f"{first.client.referrer_first_name} {first.client.referrer_last_name}".strip()
    return SuperbillRecord(
        made_on=on,
        first_day=start,
        last_day=end,
        practice=practice_block(practice),
        client=client_block(first.client, policy_on(first.client, sessions[-1].day)),
        provider=provider_block(first.provider),
        diagnoses=diagnoses(first.client),
        lines=tuple(line for session in sessions for line in superbill_lines(session, paid)),
        referred_by=referrer,
        font_path=practice.extra_font,
    )


def superbill_lines(session: SessionFacts, in_the_books: Mapping[int, int]) -> list[SuperbillLine]:
    """A session's lines with what was paid of each; before it is invoiced what was taken at it, by the lines' fees."""
    codes = tuple(diagnosis.code for diagnosis in session.client.diagnoses)
    paid = spread(session.paid_cents, [line.total_cents for line in session.lines])
    if session.status == "invoiced":
        paid = [in_the_books.get(line.id, 0) for line in session.lines]
    return [
        SuperbillLine(
            day=session.day,
            place_of_service=session.place_of_service,
            code=line.code,
            description=line.description,
            charged_cents=line.total_cents,
            paid_cents=cents,
            units=line.units,
            modifiers=line.modifier_list,
            pointers="" if line.client_only else "".join(
                chr(ord("A") + codes.index(code)) for code in pointed_at(line, codes)),
        )
        for line, cents in zip(session.lines, paid, strict=True)
    ]


def client_block(client: ClientFacts, policy: PolicyFacts | None) -> ClientBlock:
    """The client as a payer knows them; by the name they go by where no other is known."""
    parts = (client.insurer_first_name, client.insurer_middle_name, client.insurer_last_name, client.insurer_suffix)
    return ClientBlock(
        name=" ".join(filter(None, parts)) if client.insurer_last_name else client.name,
        lines=address_lines(client.address),
        born_on=client.birth_date,
        payer_name=policy.payer.name if policy else "",
        member_id=policy.member_id if policy else "",
    )


def policy_on(client: ClientFacts, day: date) -> PolicyFacts | None:
    """The client's primary policy of a day."""
    return next((policy for policy in client.policies if policy.rank == "primary" and policy.covers(day)), None)
