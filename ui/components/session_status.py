"""How a client session stands, as lists of sessions show it."""

from __future__ import annotations

from ui.components.status import status_html


def session_status(status: str, to_fix: int) -> str:
    """Ready, On hold or Invoiced; a session that can't be billed yet says how much is to fix, as the grid does."""
    if status == "ready" and to_fix:
        return status_html("to fix", f"{to_fix} to fix")
    return status_html(status)
