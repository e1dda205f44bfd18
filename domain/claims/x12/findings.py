"""What is wrong with a file or a claim: a code, a sentence, and the place in the guide's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault. `loop`, `segment` and `element` say where (2010AA, N4, N403); `claim` is CLM01, `line` is LX01."""

    code: str
    sentence: str
    loop: str = ""
    segment: str = ""
    element: str = ""
    claim: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """Where, as people who read X12 say it: 2010AA N403."""
        return " ".join(part for part in (self.loop, self.element or self.segment) if part)
