"""The records, a module a subject. Names are the field's own; the schema itself lives in the migrations."""

from storage.models.accounts import AuditEntry, SignIn, Staff
from storage.models.authorizations import PriorAuthorization
from storage.models.billing import Batch, Claim, ClaimLine, Counter, Invoice, InvoiceLine
from storage.models.claim_files import ClaimFile, ClaimSending
from storage.models.claim_life import ClaimFollow, ClaimMending, ClaimNote
from storage.models.clients import BillTo, Client, Diagnosis, Policy
from storage.models.codes import AddOn, AppointmentType, BillingCode, ServiceCode, ServiceCodeLine
from storage.models.ledger import LedgerEntry, OpeningBalance, Payment
from storage.models.payer_files import (
    AllowedAmount,
    ClaimEvent,
    PayerFile,
    RemittanceEntry,
    RemittanceMatch,
    RemittancePayment,
)
from storage.models.practice import BillingWay, Location, Payer, PayerRule, Practice, Provider
from storage.models.rates import ContractRate, Fee
from storage.models.scheduling import Appointment, Attendance
from storage.models.sessions import AcceptedWarning, ChargeLine, ClientSession, SessionPayment
from storage.models.statements import Statement, StatementClient, StatementRun

__all__ = [
    "AcceptedWarning",
    "AddOn",
    "AllowedAmount",
    "Appointment",
    "AppointmentType",
    "Attendance",
    "AuditEntry",
    "Batch",
    "BillTo",
    "BillingCode",
    "BillingWay",
    "ChargeLine",
    "Claim",
    "ClaimEvent",
    "ClaimFile",
    "ClaimFollow",
    "ClaimLine",
    "ClaimMending",
    "ClaimNote",
    "ClaimSending",
    "Client",
    "ClientSession",
    "ContractRate",
    "Counter",
    "Diagnosis",
    "Fee",
    "Invoice",
    "InvoiceLine",
    "LedgerEntry",
    "Location",
    "OpeningBalance",
    "Payer",
    "PayerFile",
    "PayerRule",
    "Payment",
    "Policy",
    "Practice",
    "PriorAuthorization",
    "Provider",
    "RemittanceEntry",
    "RemittanceMatch",
    "RemittancePayment",
    "ServiceCode",
    "ServiceCodeLine",
    "SessionPayment",
    "SignIn",
    "Staff",
    "Statement",
    "StatementClient",
    "StatementRun",
]
