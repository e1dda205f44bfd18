"""All that keeps sessions from being billed, and what is worth a look before. What sessions share is judged once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date

from domain.claims import authorization_rules as authorizations
from domain.claims import diagnosis_rules as diagnoses
from domain.claims import file_rules as by_file
from domain.claims import form_letters as letters
from domain.claims import record_rules as records
from domain.claims import session_rules as sessions
from domain.claims import warning_rules as warnings
from domain.claims.add_ons import of_add_ons
from domain.claims.day_book import DayBook
from domain.claims.facts import PracticeFacts, SessionFacts
from domain.claims.form_room import cut_on_form
from domain.claims.minutes import of_minutes
from domain.claims.packing import alike
from domain.claims.reasons import Place, Reason
from domain.icd10cm import fiscal_year


def all_printable(_texts: Iterable[str]) -> str:
    """For callers that print nothing: every letter is fine."""
    return ""


class Checking:
    """Judges sessions of one practice; what many sessions share is judged once."""

    def __init__(
        self, practice: PracticeFacts, *, unprintable: sessions.Unprintable = all_printable,
        day_book: DayBook | None = None,
    ) -> None:
        self.practice = practice
        self.day_book = day_book or DayBook()
        self.unprintable = unprintable
        self._known: dict[Hashable, tuple[Reason, ...]] = {}

    def to_fix(self, session: SessionFacts, *, on: date | None = None) -> tuple[Reason, ...]:
        """Every reason, each with the very field that mends it; empty means ready. `on`: days after it are too early."""
        client = session.client
        found = list(sessions.of_any_session(session))
        if on is not None and session.day > on:
            found.append(too_early(session))
        if session.billing.kind != "client":
            found += self._claim(session)
        found += self._once(("letters", client.id), lambda: sessions.unprintable_of_client(client, self.unprintable))
        found += self._once("letters", lambda: sessions.unprintable_of_practice(self.practice, self.unprintable))
        found += sessions.unprintable_of_lines(session, self.unprintable)
        return tuple(found)

    def to_look_at(self, session: SessionFacts, *, on: date | None = None) -> tuple[Reason, ...]:
        """Every warning: it holds up nothing by itself, and a person can accept it with a reason."""
        found = list(self.day_book.clashes(session))
        found += warnings.policy_ended(session)
        found += warnings.missed_fee(session, self.practice)
        if session.insured and (policy := session.policy) is not None:
            provider, practice, payer = session.rendering, self.practice, policy.payer
            found += [one for one in self._diagnoses(session) if one.severity == "warning"]
            found += warnings.of_insured(session, on=on)
            found += warnings.of_supervisor(session, payer)
            found += of_minutes(session)
            found += of_add_ons(session, practice.add_ons)
            found += [one for one in authorizations.of_authorization(session) if one.severity == "warning"]
            found += self._once(("payer id", payer.id), lambda: warnings.of_payer(payer, practice))
            found += self._once(
                ("taxonomy", provider.id, payer.id), lambda: warnings.of_taxonomy(provider, practice, payer))
            own = session.id if session.authorization_number else 0  # box 23 may be this session's alone
            found += self._once(("room", alike(session), own), lambda: cut_on_form(session, practice))
            found += self._once(
                ("file", alike(session), session.place_of_service, own), lambda: by_file.of_file(session, practice))
        return tuple(found)

    def _claim(self, session: SessionFacts) -> list[Reason]:
        client, provider, practice = session.client, session.rendering, self.practice
        found = list(self._once(
            ("client", client.id), lambda: [*records.of_client(client), *letters.of_client(client)]))
        found += [one for one in self._diagnoses(session) if one.severity == "error"]
        found += self._payer(session)
        found += sessions.of_claim(session)
        found += [one for one in authorizations.of_authorization(session) if one.severity == "error"]
        found += self._once(
            ("provider", provider.id), lambda: [*records.of_provider(provider), *letters.of_provider(provider)])
        supervisor = session.supervisor
        if supervisor and not client.referrer_last_name:
            found += self._once(("supervisor", supervisor.id), lambda: records.of_supervisor(supervisor))
        location = session.location
        if location and session.place_of_service not in sessions.NOT_A_SITE:
            found += self._once(("location", location.id), lambda: records.of_location(location))
        whole = records.of_practice_address if provider.bills_as_entity else records.of_practice
        found += self._once(
            ("practice", provider.bills_as_entity), lambda: [*whole(practice), *letters.of_practice(practice)])
        return found

    def _diagnoses(self, session: SessionFacts) -> tuple[Reason, ...]:
        client, day = session.client, session.day
        year = fiscal_year(day)  # a code can be billed for whole fiscal years
        return self._once(("diagnoses", client.id, year), lambda: diagnoses.of_day(client, day))

    def _payer(self, session: SessionFacts) -> list[Reason]:
        if (policy := session.policy) is None:
            return []
        client, payer = session.client, policy.payer
        found = list(self._once(
            ("policy", policy.id), lambda: [*records.of_policy(policy, client), *letters.of_policy(policy, client)]))
        return found + list(self._once(
            ("payer", payer.id), lambda: [*records.of_payer(payer), *letters.of_payer(payer)]))

    def _once(self, key: Hashable, judge: Callable[[], Iterable[Reason]]) -> tuple[Reason, ...]:
        if key not in self._known:
            self._known[key] = tuple(judge())
        return self._known[key]


def too_early(session: SessionFacts) -> Reason:
    """A visit that has not been held can't be billed."""
    sentence = f"{session.day:%b} {session.day.day} has not come yet"
    return Place("session", session.id).reason("too_early", sentence, "Change the day", "starts_at")
