"""The records of a practice: every table, named check and partial unique index of the first version."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
STATUSES = "'scheduled', 'arrived', 'completed', 'no_show', 'late_canceled', 'canceled'"
HELD_AS = "held_as IN ('in_person', 'video', 'phone')"


def key() -> sa.Column[Any]:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def version() -> sa.Column[Any]:
    return sa.Column("version", sa.Integer, nullable=False)


def text(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=null) for name in names]


def number(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=null) for name in names]


def cents(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def yes(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean(create_constraint=False), nullable=null) for name in names]


def instant(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=null) for name in names]


def day(*names: str, null: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Date, nullable=null) for name in names]


def of(table: str, column: str | None = None, *, null: bool = False, cascade: bool = False) -> sa.Column[Any]:
    name = column or table
    to = sa.ForeignKey(f"{table}.id", name=f"fk_{name}", ondelete="CASCADE" if cascade else "RESTRICT")
    return sa.Column(f"{name}_id", ID, to, nullable=null)


def check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def address(prefix: str = "") -> list[sa.Column[Any]]:
    return text(*(prefix + part for part in ("street", "street2", "city", "state", "zip")))


def unique(name: str, table: str, columns: list[str], where: str | None = None) -> None:
    kept = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)} if where else {}
    op.create_index(name, table, columns, unique=True, **kept)


def accounts() -> None:
    op.create_table(
        "staff", key(), version(), *text("name", "email", "password_hash", "theme"), *yes("is_owner", "letter_keys"),
        *instant("created_at"), *instant("removed_at", null=True),
        check("staff_email_lower", "email = lower(email)"),
    )
    unique("staff_email_once", "staff", ["email"], "removed_at IS NULL")
    op.create_table(
        "sign_in", key(), of("staff"), *text("token_hash"), *instant("created_at", "expires_at"),
        *instant("ended_at", null=True),
    )
    unique("sign_in_token_once", "sign_in", ["token_hash"])
    op.create_table(
        "audit_entry", key(), *instant("at"), of("staff", "by", null=True),
        *text("act", "subject", "subject_ids", "reason"),
    )
    op.create_index("audit_entry_at", "audit_entry", ["at"])


def masters() -> None:
    op.create_table(
        "billing_code", key(), version(), *text("code", "description", "modifiers", "place_of_service"),
        *cents("fee_cents"), *number("default_units"), *yes("client_only", "once"), *instant("archived_at", null=True),
        check("billing_code_fee_not_negative", "fee_cents >= 0"),
        check("billing_code_units_positive", "default_units > 0"),
    )
    unique("billing_code_once", "billing_code", ["code", "modifiers"], "archived_at IS NULL")
    op.create_table(
        "practice", key(), version(),
        *text("name", "billing_name", "tax_id", "tax_id_kind", "npi", "taxonomy", "phone", "email"), *address(),
        *text("pay_to_name", "pay_to_street", "pay_to_city", "pay_to_state", "pay_to_zip"),
        *text("time_zone", "working_days", "invoice_message", "extra_font"),
        *number("day_starts_minute", "day_ends_minute", "invoice_due_days", "form_offset_x", "form_offset_y"),
        *yes("attendance_mark_required", "invoice_with_diagnoses", "is_demo"),
        of("billing_code", "missed_visit_code", null=True),
        check("practice_only_one", "id = 1"),
        check("practice_tax_id_kind", "tax_id_kind IN ('EIN', 'SSN')"),
        check("practice_day_in_order", "0 <= day_starts_minute AND day_starts_minute < day_ends_minute "
              "AND day_ends_minute <= 1440"),
    )
    op.create_table(
        "provider", key(), version(),
        *text("first_name", "last_name", "credentials", "license", "npi", "taxonomy", "entity_name", "entity_npi",
              "entity_tax_id", "entity_tax_id_kind"),
        *yes("bills_as_entity"), of("provider", "supervisor", null=True), *instant("archived_at", null=True),
        check("provider_not_own_supervisor", "supervisor_id IS NULL OR supervisor_id <> id"),
    )
    op.create_table(
        "location", key(), version(), *text("name", "place_of_service", "npi"), *address(),
        *instant("archived_at", null=True), check("location_place_two_digits", "length(place_of_service) = 2"),
    )
    op.create_table(
        "payer", key(), version(), *text("name", "kind", "payer_id", "phone", "telehealth_modifier", "note"),
        *address(), *instant("archived_at", null=True),
        check("payer_kind", "kind IN ('medicare', 'medicaid', 'tricare', 'champva', 'group', 'feca', 'other')"),
        check("payer_telehealth_modifier", "telehealth_modifier IN ('95', '93', 'GT', '')"),
    )
    op.create_table(
        "unbilled_payer", key(), of("payer", cascade=True), of("provider", cascade=True),
    )
    unique("unbilled_payer_once", "unbilled_payer", ["payer_id", "provider_id"])
    op.create_table(
        "appointment_type", key(), version(), *text("name"), *yes("billable"), *number("default_minutes"),
        *instant("archived_at", null=True), check("appointment_type_minutes", "default_minutes BETWEEN 5 AND 1440"),
    )
    op.create_table(
        "service_code", key(), version(), *text("code", "name", "color"), *yes("billable"),
        *number("default_minutes"), *instant("archived_at", null=True),
        check("service_code_length", "length(code) BETWEEN 1 AND 6"),
        check("service_code_minutes", "default_minutes BETWEEN 5 AND 1440"),
    )
    unique("service_code_once", "service_code", ["code"], "archived_at IS NULL")
    op.create_table(
        "service_code_line", key(), of("service_code", cascade=True), *number("position"), of("billing_code"),
    )
    unique("service_code_line_order", "service_code_line", ["service_code_id", "position"])


def clients() -> None:
    op.create_table(
        "client", key(), version(),
        *text("name", "insurer_first_name", "insurer_middle_name", "insurer_last_name", "insurer_suffix",
              "insurer_sex", "pronouns", "phone", "phone2", "email"),
        *address(), *day("birth_date", "release_signed_on", "assignment_signed_on", "onset_on"),
        of("provider", "default_provider", null=True),
        *yes("accept_assignment", "employment_accident", "auto_accident", "other_accident", "pays_without_insurance"),
        *text("auto_accident_state", "onset_qualifier", "referrer_first_name", "referrer_last_name", "referrer_npi",
              "note", "import_key"),
        *yes("invoice_with_diagnoses", null=True), of("client", "merged_into", null=True),
        *instant("archived_at", null=True),
        check("client_name_given", "length(name) > 0"),
        check("client_sex", "insurer_sex IN ('M', 'F', '')"),
    )
    op.create_index("client_by_name", "client", ["name"])
    op.create_table(
        "bill_to", key(), of("client", cascade=True), *number("position", "share_points"),
        *text("name", "email", "phone"), *address(),
        check("bill_to_one_or_two", "position IN (1, 2)"),
        check("bill_to_share", "share_points BETWEEN 0 AND 10000"),
    )
    unique("bill_to_order", "bill_to", ["client_id", "position"])
    op.create_table(
        "diagnosis", key(), of("client", cascade=True), *number("position"), *text("code", "description"),
        *day("since"),
    )
    unique("diagnosis_once", "diagnosis", ["client_id", "code"])
    op.create_table(
        "policy", key(), version(), of("client"), of("payer"),
        *text("rank", "member_id", "group_number", "plan_name", "relationship", "subscriber_first_name",
              "subscriber_middle_name", "subscriber_last_name", "subscriber_sex", "subscriber_street",
              "subscriber_city", "subscriber_state", "subscriber_zip", "subscriber_phone", "authorization_number",
              "deductible_checked_by"),
        *day("subscriber_birth_date", "starts_on", "ends_on", "deductible_checked_on"),
        *cents("copay_cents", "deductible_left_cents"), *number("coinsurance_points"),
        check("policy_rank", "rank IN ('primary', 'secondary')"),
        check("policy_relationship", "relationship IN ('self', 'spouse', 'child', 'other')"),
        check("policy_copay_not_negative", "copay_cents >= 0"),
        check("policy_deductible_not_negative", "deductible_left_cents >= 0"),
        check("policy_coinsurance", "coinsurance_points BETWEEN 0 AND 10000"),
        check("policy_dates_in_order", "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on"),
    )
    op.create_index("policy_of_client", "policy", ["client_id"])
    op.create_index("policy_of_payer", "policy", ["payer_id"])


def calendar() -> None:
    op.create_table(
        "appointment", key(), version(), *text("kind", "title"), of("provider"), of("location", null=True),
        of("appointment_type", "type", null=True), of("service_code", null=True), *instant("starts_at", "ends_at"),
        *text("status", "held_as", "note", "recurrence_id", "imported_as", "changed_elsewhere"),
        *text("calendar_uid", null=True), *yes("client_at_home"),
        check("appointment_kind", "kind IN ('one', 'group', 'family', 'none')"),
        check("appointment_ends_after_start", "starts_at < ends_at"),
        check("appointment_status", f"status IN ({STATUSES})"),
        check("appointment_held_as", HELD_AS),
        sqlite_autoincrement=True,  # an id is never given again: an open screen may still hold the old one
    )
    op.create_index("appointment_by_start", "appointment", ["starts_at"])
    op.create_index("appointment_of_provider", "appointment", ["provider_id", "starts_at"])
    op.create_index("appointment_with_code", "appointment", ["service_code_id"])
    unique("appointment_imported_once", "appointment", ["calendar_uid", "recurrence_id"], "calendar_uid IS NOT NULL")
    op.create_table(
        "attendance", key(), of("appointment", cascade=True), of("client"), *yes("participant"), *text("status"),
        of("service_code", null=True), check("attendance_status", f"status IN ({STATUSES})"),
        sqlite_autoincrement=True,
    )
    unique("attendance_once", "attendance", ["appointment_id", "client_id"])
    op.create_index("attendance_of_client", "attendance", ["client_id"])
    op.create_index("attendance_with_code", "attendance", ["service_code_id"])


def sessions() -> None:
    op.create_table(
        "client_session", key(), version(), of("attendance", null=True), of("client"), of("provider"),
        of("location", null=True), of("service_code", null=True), *instant("starts_at", "ends_at"),
        *day("day", null=False),
        *text("held_as", "place_of_service", "bill_to", "status", "held_reason", "codes_from",
              "authorization_number", "note"),
        *yes("client_at_home"), *instant("made_at", "saved_at"), of("staff", "made_by", null=True),
        *instant("undone_at", null=True),
        check("session_bill_to", "bill_to IN ('automatic', 'client')"),
        check("session_status", "status IN ('ready', 'held', 'invoiced')"),
        check("session_ends_after_start", "starts_at < ends_at"),
        check("session_held_as", HELD_AS),
        check("session_undone_not_invoiced", "undone_at IS NULL OR status <> 'invoiced'"),
    )
    # Once only: a second send of the same attendance meets this index, not a check in the code.
    unique("session_once_an_attendance", "client_session", ["attendance_id"],
           "undone_at IS NULL AND attendance_id IS NOT NULL")
    op.create_index("session_by_day", "client_session", ["day"])
    op.create_index("session_waiting", "client_session", ["status", "day"],
                    sqlite_where=sa.text("status <> 'invoiced' AND undone_at IS NULL"),
                    postgresql_where=sa.text("status <> 'invoiced' AND undone_at IS NULL"))
    op.create_index("session_of_client", "client_session", ["client_id", "saved_at"])
    op.create_table(
        "charge_line", key(), of("client_session", "session", cascade=True), *number("position", "units"),
        of("billing_code", null=True), *text("code", "description", "modifiers", "pointers"), *cents("fee_cents"),
        *yes("client_only"),
        check("charge_line_units_positive", "units > 0"),
        check("charge_line_fee_not_negative", "fee_cents >= 0"),
    )
    unique("charge_line_order", "charge_line", ["session_id", "position"])
    op.create_table(
        "session_payment", key(), of("client_session", "session", cascade=True), *day("received_on", null=False),
        *text("method"), *cents("cents"),
        check("session_payment_positive", "cents > 0"),
        check("session_payment_method", "method IN ('cash', 'card', 'check', 'transfer')"),
    )
    op.create_index("session_payment_of", "session_payment", ["session_id"])


def billing() -> None:
    op.create_table(
        "counter", sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("reached", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "batch", key(), *instant("made_at"), of("staff", "made_by", null=True), *text("message", "left_out"),
        *instant("finished_at", "voided_at", null=True),
    )
    op.create_table(
        "invoice", key(), *text("number"), of("batch"), of("client"), *text("bill_to_name"),
        *day("issued_on", "due_on", null=False), *cents("total_cents", "paid_cents"), *text("record"),
        *text("sha256", null=True), *instant("voided_at", null=True), of("staff", "voided_by", null=True),
        *text("void_reason"),
        check("invoice_total_not_negative", "total_cents >= 0"),
    )
    unique("invoice_number_once", "invoice", ["number"])
    op.create_index("invoice_of_batch", "invoice", ["batch_id"])
    op.create_index("invoice_of_client", "invoice", ["client_id"])
    undrawn = sa.text("sha256 IS NULL")
    op.create_index("invoice_undrawn", "invoice", ["id"], sqlite_where=undrawn, postgresql_where=undrawn)
    op.create_table(
        "invoice_line", key(), of("invoice"), of("client_session", "session"), of("charge_line"),
        *number("bill_to_position"), *cents("amount_cents"), *yes("live"),
    )
    unique("invoice_line_once", "invoice_line", ["charge_line_id", "bill_to_position"], "live")
    op.create_index("invoice_line_of", "invoice_line", ["invoice_id"])
    op.create_index("invoice_line_session", "invoice_line", ["session_id"])
    op.create_table(
        "claim", key(), *text("account_number"), of("batch"), of("client"), of("policy"), of("payer"),
        *day("issued_on", null=False), *cents("total_cents", "deductible_cents"), *text("record"),
        *text("sha256", "data_sha256", null=True), *instant("voided_at", null=True),
        of("staff", "voided_by", null=True), *text("void_reason"),
        # CMS-1500 box 26 holds fourteen characters.
        check("claim_account_number_length", "length(account_number) BETWEEN 1 AND 14"),
        check("claim_total_positive", "total_cents > 0"),
    )
    unique("claim_account_number_once", "claim", ["account_number"])
    op.create_index("claim_of_batch", "claim", ["batch_id"])
    op.create_index("claim_of_client", "claim", ["client_id"])
    op.create_index("claim_of_policy", "claim", ["policy_id"])
    undrawn = sa.text("sha256 IS NULL OR data_sha256 IS NULL")
    op.create_index("claim_undrawn", "claim", ["id"], sqlite_where=undrawn, postgresql_where=undrawn)
    op.create_table(
        "claim_line", key(), of("claim"), of("client_session", "session"), of("charge_line"), *number("position"),
        *cents("charge_cents"), *yes("live"), check("claim_line_six", "position BETWEEN 1 AND 6"),
    )
    unique("claim_line_once", "claim_line", ["charge_line_id"], "live")
    op.create_index("claim_line_of", "claim_line", ["claim_id"])
    op.create_index("claim_line_session", "claim_line", ["session_id"])


def upgrade() -> None:
    accounts()
    masters()
    clients()
    calendar()
    sessions()
    billing()
