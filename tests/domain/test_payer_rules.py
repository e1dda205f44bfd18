"""A payer's modifiers by credential and the numbers it gave: kept, and put on claims on paper and by file."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from domain.claims.form import claim_record
from domain.claims.payer_rules import PayerRule, has_credential, told_of
from domain.claims.to_fix import Checking
from domain.claims.x12.professional.check import written_and_checked
from domain.claims.x12.professional.make import electronic_claim
from domain.documents.cms1500 import cms1500_pdf
from domain.errors import FieldRefused, NotFound, Refused
from domain.invoicing.gathering import gathered
from domain.payer_rules import RuleDraft, add_rule, remove_rule
from domain.reading.payer_rules import rules_of
from tests.fixtures import billing_facts as facts
from tests.fixtures import claim_files as files
from tests.fixtures.builders import NOW, OWNER, a_client, a_payer, a_policy, a_provider, a_session
from tests.fixtures.x12_validator import complaints

ANNEX = facts.a_location(id=2, address=facts.Postal(street="9 Side Street", city="Albany", state="NY", zip="12207-1002"))
RULES = (
    PayerRule(kind="modifier", credential="LCSW", value="AJ"), PayerRule(kind="modifier", credential="PhD", value="AH"),
    PayerRule(kind="rendering", qualifier="G2", value="PROV77", provider_id=1),
    PayerRule(kind="rendering", qualifier="G2", value="ANYONE"),
    PayerRule(kind="facility", qualifier="G2", value="SITE9"), PayerRule(kind="billing", qualifier="G2", value="GRP123"),
)


def a_ruled_session(**but):
    payer = facts.a_payer(payer_id="60054", rules=RULES)
    return facts.a_session(client=facts.a_client(policies=(facts.a_policy(payer=payer),)), location=ANNEX, **but)


def the_claim(session):
    return claim_record([session], facts.a_practice(), account_number="C1", paid_cents=0, on=date(2026, 10, 14))


@pytest.mark.parametrize(("held", "wanted", "has"), [
    ("PhD, L.C.S.W.", "LCSW", True), ("LCSW-R", "LCSW", False), ("", "LCSW", False), ("LCSW", "", False), ("lmft", "LMFT", True),
])
def test_a_credential_is_one_of_those_behind_the_name(held: str, wanted: str, has: bool) -> None:
    assert has_credential(held, wanted) is has


def test_the_modifier_of_the_credential_goes_before_telehealth_and_never_twice() -> None:
    [line] = the_claim(a_ruled_session(lines=(facts.a_line(modifiers="95,U1"),))).lines
    assert line.modifiers == ("U1", "AJ", "95")
    [line] = the_claim(a_ruled_session(lines=(facts.a_line(modifiers="AJ"),))).lines
    assert line.modifiers == ("AJ",)
    assert list(told_of(a_ruled_session())) == ["Bluebell Health gets the modifier AJ for LCSW"]


def test_a_fifth_modifier_is_told_before_the_claim_is_made() -> None:
    session = a_ruled_session(lines=(facts.a_line(modifiers="U1,U2,U3,95"),))
    assert "too_many_modifiers" in {one.code for one in Checking(facts.a_practice()).to_fix(session)}


def test_the_numbers_stand_in_their_boxes_and_in_the_file_beside_the_taxonomies() -> None:
    record = the_claim(a_ruled_session())
    printed = PdfReader(BytesIO(cms1500_pdf(record))).pages[0].extract_text()
    assert all(number in printed for number in ("G2GRP123", "G2SITE9", "PROV77"))
    claim = electronic_claim(record)
    assert claim.rendering is not None
    assert claim.facility is not None
    assert (claim.rendering.ids, claim.rendering.taxonomy) == ((("G2", "PROV77"),), "1041C0700X")
    assert (claim.facility.ids, claim.payer.billing_ids) == ((("G2", "SITE9"),), (("G2", "GRP123"),))
    assert claim.billing.taxonomy == "101YM0800X"
    content, findings = written_and_checked(files.a_file(*files.numbered([claim])))
    assert findings == []
    assert complaints(content) == []
    assert b"REF*G2*PROV77~" in content.replace(b"\n", b"")


@pytest.mark.usefixtures("practice_db")
async def test_rules_are_kept_read_and_taken_away() -> None:
    payer, provider = await a_payer(), await a_provider()
    how = {"by": OWNER, "now": NOW}
    await add_rule(RuleDraft(payer_id=payer.id, credential="LCSW", value="aj"), **how)
    kept = await add_rule(RuleDraft(payer_id=payer.id, kind="rendering", provider_id=provider.id, value="p77"), **how)
    assert [row.words for row in await rules_of(payer.id, seen_by=OWNER)] == ["LCSW: AJ", "Imogen Larkspur: G2 P77"]
    client = await a_client()
    await a_policy(client, payer)
    await a_session(client, provider=provider)
    asked = await gathered()
    [line] = claim_record(asked.sessions, asked.practice, account_number="C1", paid_cents=0, on=date(2026, 10, 14)).lines
    assert (line.modifiers, line.rendering_id_qualifier, line.rendering_id) == (("AJ",), "G2", "P77")
    with pytest.raises(FieldRefused):
        await add_rule(RuleDraft(payer_id=payer.id, credential="LCSW", value="AJ"), **how)
    assert (await remove_rule(kept, **how)).value == "P77"
    with pytest.raises(NotFound):
        await remove_rule(kept, **how)


@pytest.mark.usefixtures("practice_db")
async def test_what_can_not_be_is_refused_beside_its_field() -> None:
    payer = await a_payer()
    for draft, wrong in (
        (RuleDraft(payer_id=payer.id, value="ABC"), {"credential", "value"}),
        (RuleDraft(payer_id=payer.id, kind="billing", qualifier="ZZ", value="12"), {"value"}),
        (RuleDraft(payer_id=payer.id, kind="rendering", qualifier="XX", value="1", provider_id=99), {"qualifier", "provider_id"}),
        (RuleDraft(payer_id=payer.id, kind="fax", value="1"), {"kind"}),
    ):
        with pytest.raises(Refused) as refusal:
            await add_rule(draft, by=OWNER, now=NOW)
        assert set(refusal.value.fields) >= wrong
