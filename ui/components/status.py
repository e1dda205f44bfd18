"""How a thing stands, as a mark and a word: never a color alone."""

from html import escape

from nicegui import ui

from ui.components.icons import svg

# kind: drawing, size, tone, the usual word
MARKS: dict[str, tuple[str, int, str, str]] = {
    "ready": ("ready", 16, "is-ok", "Ready"),
    "to fix": ("to-fix", 17, "is-bad", "To fix"),
    "warning": ("to-fix", 17, "is-warn", "Look here"),
    "invoiced": ("file-check", 17, "", "Invoiced"),
    "held": ("circle-pause", 17, "", "On hold"),
    "gone": ("send", 15, "is-ok", "Sent"),
    "paid": ("circle-dollar-sign", 17, "is-ok", "Paid"),
    "unpaid": ("clock-alert", 17, "is-warn", "Unpaid"),
    "void": ("ban", 16, "", "Void"),
    "sent": ("lock", 15, "is-ink", "Sent to billing"),
    "attended": ("check", 16, "", "Attended"),
    "arrived": ("check", 16, "", "Arrived"),
    "confirmed": ("thumbs-up", 16, "", "Confirmed"),
    "no-show": ("user-x", 17, "", "No-show"),
    "late": ("clock-alert", 16, "", "Late cancel"),
    "canceled": ("x", 16, "", "Canceled"),
    "scheduled": ("", 0, "is-plain", "Scheduled"),
    "refused": ("to-fix", 17, "is-bad", "Rejected"),
    "on its way": ("clock", 16, "is-blue", "Sent"),
    "accepted": ("circle-check", 17, "is-ok", "Accepted"),
    "archived": ("archive", 16, "is-plain", "Archived"),
}


def status_mark(kind: str, word: str = "") -> ui.html:
    """`status_mark("to fix", "3 to fix")`; without a word the usual one is written."""
    return ui.html(status_html(kind, word), sanitize=False, tag="span")


def status_html(kind: str, word: str = "") -> str:
    """The mark and word as text, for table cells."""
    drawing, size, tone, usual = MARKS[kind]
    mark = svg(drawing, size, "sb-lock" if drawing == "lock" else "") if drawing else ""
    return f'<span class="sb-status {tone}">{mark}<span>{escape(word or usual)}</span></span>'


def lock_html(words: str = "Sent to billing", *, size: int = 15) -> str:
    """The black lock alone, with words for those who hear it."""
    return f'{svg("lock", size, "sb-lock")}<span class="sb-visually-hidden">{escape(words)}</span>'


class LiveBadge(ui.element):
    """The badge in the header: green "Live", amber "Offline"."""

    def __init__(self) -> None:
        super().__init__("span")
        self.classes("sb-status is-live").props("role=status")
        with self:
            ui.element("span").classes("sb-light-dot").props("aria-hidden=true")
            ui.label("Live").classes("sb-live-word")
            ui.label("Offline").classes("sb-offline-word")
