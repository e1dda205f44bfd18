"""What a claim by file would be refused for though its paper form is fine: told before the claim is made, with a link."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims.facts import PracticeFacts, SessionFacts
from domain.claims.form import claim_record
from domain.claims.packing import secondary_of
from domain.claims.reasons import Place, Reason
from domain.claims.record_rules import PRACTICE
from domain.claims.x12.findings import Finding
from domain.claims.x12.professional.check import check_claim
from domain.claims.x12.professional.make import electronic_claim

# Codes of our check of an 837P which no rule of the form covers; the others are errors on paper already.
ONLY_BY_FILE = {
    "po_box": "Type the street", "zip_nine": "Add the four digits", "characters": "Write it in Latin letters",
    "too_long": "Shorten it", "accident_date": "Add the date", "supervisor_same": "Choose the supervisor",
    "other_payer_id": "Add the payer ID", "other_member_id": "Add the member id",
}  # fmt: skip
FIELDS = {"N301": "street", "N302": "street2", "N401": "city", "N403": "zip"}


def of_file(session: SessionFacts, practice: PracticeFacts) -> Iterator[Reason]:
    """Warnings for a session whose payer takes files; the practice may still print the claim."""
    policy = session.policy
    if policy is None or not session.claim_lines or not policy.payer.payer_id or not practice.files_electronically:
        return
    record = claim_record([session], practice, account_number="C", paid_cents=0, on=session.day)
    told = set[tuple[str, str]]()
    for finding in check_claim(electronic_claim(record)):
        if finding.code in ONLY_BY_FILE and (finding.code, finding.loop) not in told:
            told.add((finding.code, finding.loop))
            place, field = where(finding, session)
            yield place.warning(f"file_{finding.code}", f"In a claim file: {finding.sentence}",
                                ONLY_BY_FILE[finding.code], field)


def where(finding: Finding, session: SessionFacts) -> tuple[Place, str]:
    """The record and field that mend a finding, by its loop and element."""
    client, provider, policy = session.client, session.rendering, session.policy
    field = FIELDS.get(finding.element, "")
    policy_id, own = (policy.id, policy.relationship == "self") if policy else (0, True)
    the_client, the_policy = Place("client", client.id), Place("policy", policy_id, client.id)
    secondary = secondary_of(session)
    places = {
        "2010AA": (PRACTICE, field or "billing_name"),
        "2010AB": (PRACTICE, f"pay_to_{field or 'street'}"),
        "2010BA": (the_client, field or "insurer_last_name") if own else (the_policy, "subscriber_last_name"),
        "2000B": (the_policy, "group_number"),
        "2010BB": (Place("payer", policy.payer.id if policy else 0), field or "name"),
        "2010CA": (the_client, field or "insurer_last_name"),
        "2310A": (the_client, "referrer_last_name"),
        "2310B": (Place("provider", provider.id), "last_name"),
        "2310C": (Place("location", session.location.id if session.location else 0), field or "name"),
        "2310D": (Place("provider", session.provider.id), "supervisor_id"),
        "2300": (the_client, "onset_on"),
    }
    if secondary and finding.loop in {"2320", "2330A", "2330B"}:
        if finding.code == "other_payer_id":
            return Place("payer", secondary.payer.id), "payer_id"
        return Place("policy", secondary.id, client.id), "member_id"
    return places.get(finding.loop, (Place("session", session.id), "lines"))
