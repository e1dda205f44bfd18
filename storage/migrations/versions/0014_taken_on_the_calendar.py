"""Payments taken on the calendar, before a visit is sent: held for it until its session is made and invoiced."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    # In plain words, since SQLite adds a column with its foreign key only in one statement. A visit that is deleted
    # lets go of its money, which is then the client's credit; the triggers of 0002 do not watch this column.
    op.execute("ALTER TABLE payment ADD COLUMN attendance_id BIGINT REFERENCES attendance (id) ON DELETE SET NULL")
    op.execute("CREATE INDEX payment_at_visit ON payment (attendance_id) WHERE attendance_id IS NOT NULL")
