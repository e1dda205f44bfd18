"""A statement, a receipt and a year's summary that fill all they can, to draw and to change."""

from datetime import date, timedelta

from domain.documents.account_records import (
    AccountSection,
    MoneyLine,
    OwedLine,
    PaidLine,
    ReceiptRecord,
    StatementRecord,
    Waiting,
    YearLine,
    YearRecord,
)
from domain.documents.records import Party
from tests.domain.documents.samples import PRACTICE

MADE_ON = date(2026, 10, 14)
JORDAN = Party(name="Jordan Rivera", lines=("418 SE Morrison Street, Apt 12", "Portland, OR 97214"))


def owed(days: int, open_cents: int = 15000, **but: object) -> OwedLine:
    """Due for so many days."""
    since = MADE_ON - timedelta(days=days)
    usual = {"day": since - timedelta(days=7), "what": "Individual 60, 90837", "document": f"Invoice 2026-{days:04}",
             "since": since, "cents": 15000}
    return OwedLine(open_cents=open_cents, **usual | but)


def a_section(*lines: OwedLine, **but: object) -> AccountSection:
    usual = {
        "client_name": "Jordan Rivera",
        "payments": (MoneyLine(received_on=date(2026, 9, 1), method="Check", reference="1044", cents=12000),
                     MoneyLine(received_on=date(2026, 9, 20), method="Card", cents=-2000)),
        "waiting": (Waiting(name="Bluebell Health", cents=25000),),
        "credit_cents": 1000,
        "held_cents": 2500,
    }
    return AccountSection(owed=lines or (owed(100, 3000), owed(70), owed(40), owed(5)), **usual | but)


def a_statement(*sections: AccountSection, **but: object) -> StatementRecord:
    usual = {"made_on": MADE_ON, "payments_since": date(2026, 7, 16), "practice": PRACTICE, "bill_to": JORDAN,
             "message": "Thank you for your trust."}
    return StatementRecord(sections=sections or (a_section(),), **usual | but)


def a_receipt(**but: object) -> ReceiptRecord:
    usual = {
        "kind": "payment", "number": "1044", "made_on": MADE_ON, "practice": PRACTICE, "party": JORDAN, "client_name": "Jordan Rivera",
        "received_on": date(2026, 10, 12), "method": "Check", "reference": "7781", "cents": 20000, "left_cents": 5000,
        "paid": (PaidLine(day=date(2026, 9, 1), what="Individual 60, 90837", document="Invoice 2026-0100", cents=3000),
                 PaidLine(day=date(2026, 9, 8), what="Individual 60, 90837", document="Invoice 2026-0101", cents=12000)),
    }
    return ReceiptRecord(**usual | but)


def a_year(**but: object) -> YearRecord:
    lines = tuple(
        YearLine(paid_on=date(2026, month, 20), day=date(2026, month, 5), provider="Ana Ruiz, LCSW", what="Individual 60, 90837", cents=15000)
        for month in range(1, 9))
    usual = {"year": 2026, "made_on": MADE_ON, "practice": PRACTICE, "party": JORDAN, "client_name": "Jordan Rivera",
             "providers": ("Ana Ruiz, LCSW  ·  NPI 1972530248",), "lines": lines}
    return YearRecord(**usual | but)
