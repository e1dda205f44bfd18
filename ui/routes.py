"""The addresses of the pages, in one place."""

CALENDAR = "/"
CLIENT_SESSIONS = "/client-sessions"
INVOICE = "/invoice"
DOCUMENTS = "/documents"
STATEMENTS = "/statements"
CLAIMS = "/claims"
PAYER_FILES = "/payer-files"
BALANCES = "/balances"
REPORTS = "/reports"
REPORT_FILE = "/report-file"
PAPER_EOB = "/payer-files/paper"
CLIENTS = "/clients"
CLIENT = "/clients/{client_id}"
ACCOUNT = "/clients/{client_id}/account"
IMPORT = "/import"
SERVICE_CODES = "/setup/service-codes"
BILLING_CODES = "/setup/billing-codes"
APPOINTMENT_TYPES = "/setup/appointment-types"
PROVIDERS = "/setup/providers"
LOCATIONS = "/setup/locations"
PAYERS = "/setup/payers"
PAID_RIGHT = "/paid-right"
PRACTICE = "/setup/practice"
STAFF = "/setup/staff"
SIGN_IN = "/sign-in"
WELCOME = "/welcome"
STORED_PDF = "/pdf"


def number(text: str) -> int | None:
    """The id in an address; None for what can't be one, such as more digits than a database holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def client(client_id: int, *, section: str = "") -> str:
    """A client's page, opened at a section's or field's anchor (`policies`, `diagnoses`, `birth_date`, …)."""
    return f"{CLIENTS}/{client_id}" + (f"?at={section}" if section else "")


def account(client_id: int, *, payer_id: int | None = None) -> str:
    """A client's account, or an insurer's for this client."""
    return f"{CLIENTS}/{client_id}/account" + (f"?payer={payer_id}" if payer_id else "")


def claim(claim_id: int) -> str:
    """Claims with one claim's life beside the list."""
    return f"{CLAIMS}?claim={claim_id}"


def payer_payment(remittance_id: int) -> str:
    """Payer Files with one payment's panel open."""
    return f"{PAYER_FILES}?payment={remittance_id}"


def policy(client_id: int, policy_id: int, *, field: str = "") -> str:
    """A client's page with one policy's editor open, at a field."""
    return f"{CLIENTS}/{client_id}?policy={policy_id}" + (f"&at={field}" if field else "")


def client_session(session_id: int) -> str:
    """Client Sessions with one session's editor open."""
    return f"{CLIENT_SESSIONS}?session={session_id}"


def master(page: str, record_id: int, *, field: str = "") -> str:
    """A Setup page with one record's editor open, at a field."""
    return f"{page}?open={record_id}" + (f"&at={field}" if field else "")
