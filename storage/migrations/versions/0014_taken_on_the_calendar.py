"""Payments taken on the calendar, before a visit is sent: held for it until its session is made and invoiced.

A visit that is deleted lets go of its money, which is then the client's credit; the triggers of 0002 do not watch this
column.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

PARENT = "CONSTRAINT fk_payment_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE SET NULL"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE payment ADD COLUMN attendance_id BIGINT")
        op.execute(f"ALTER TABLE payment ADD {PARENT}")
        of_a_visit()
    else:
        rebuild()


def of_a_visit() -> None:
    where = sa.text("attendance_id IS NOT NULL")
    op.create_index("payment_at_visit", "payment", ["attendance_id"], sqlite_where=where, postgresql_where=where)


def rebuild() -> None:
    """SQLite adds no named foreign key to a table: it is made anew from its own words, as in 0007."""
    bind = op.get_bind()
    said = "SELECT sql FROM sqlite_master WHERE tbl_name = 'payment' AND type {} AND sql IS NOT NULL"
    [made] = bind.exec_driver_sql(said.format("= 'table'")).scalars()
    behind = list(bind.exec_driver_sql(said.format("IN ('index', 'trigger')")).scalars())
    last, end = "made_by_id INTEGER,", "\n)"
    if made.count(last) != 1 or not made.endswith(end):
        raise ValueError(made)
    wider = made.replace(last, f"{last} \n\tattendance_id INTEGER,").removesuffix(end) + f", \n\t{PARENT}{end}"
    bind.exec_driver_sql(wider.replace('"payment"', "payment_new", 1))
    bind.exec_driver_sql("INSERT INTO payment_new SELECT *, NULL FROM payment")
    bind.exec_driver_sql("DROP TABLE payment")
    bind.exec_driver_sql("ALTER TABLE payment_new RENAME TO payment")
    for words in behind:
        bind.exec_driver_sql(words)
    of_a_visit()
