"""An 837P and an 835 of 5,000 claims, in seconds, and how memory grows with the file; printed, nothing fails here."""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from domain.claims.x12.known import KnownClaim, KnownLine
from domain.claims.x12.posting import decide
from domain.claims.x12.professional.check import written_and_checked
from domain.claims.x12.professional.records import ClaimFile
from domain.claims.x12.remittance import read_remittance
from tests.fixtures import claim_files
from tests.fixtures.x12 import x12_file


def a_file(count: int) -> bytes:
    """One payment with so many claims of two lines."""
    lines = [f"BPR*I*{225 * count}*C*CHK************20261014", "TRN*1*1001*1512345678", "N1*PR*PAYER", "N1*PE*US*XX*1234567893"]
    for number in range(count):
        lines += [f"CLP*C{number:06}*1*350*225*75*12*P{number}*11*1", "NM1*QC*1*LARKSPUR*IMOGEN****MI*H100", "DTM*232*20260921"]
        for line, paid in ((1, 125), (2, 100)):
            lines += [f"SVC*HC:90837:95*{paid + 50}*{paid}**1", "DTM*472*20260921", "CAS*PR*1*50", f"REF*6R*C{number:06}L{line}",
                      f"AMT*B6*{paid + 50}"]
        lines += ["SVC*HC:90785*25*0", "CAS*CO*45*25"]
    return x12_file("835", lines)


def our_claims(count: int) -> dict[str, KnownClaim]:
    """What we know of them."""
    return {f"C{number:06}": KnownClaim(control_number=f"C{number:06}", lines=tuple(
        KnownLine(id=number * 3 + line, control_number=f"C{number:06}L{line}", code=code, day=date(2026, 9, 21), charge_cents=cents)
        for line, code, cents in ((1, "90837", 17500), (2, "90837", 15000), (3, "90785", 2500)))) for number in range(count)}


def batch(count: int) -> ClaimFile:
    """So many claims of two lines, of clients who are the subscribers."""
    return claim_files.a_file(*(
        claim_files.a_claim(number=f"C{number:08}", lines=(claim_files.a_line(1, control=f"C{number:08}L1"), claim_files.a_line(2, code="90785", control=f"C{number:08}L2")))
        for number in range(count)))


def written(count: int) -> None:
    """Checking, writing, and checking again what is read back, in seconds."""
    file = batch(count)
    started = time.perf_counter()
    content, findings = written_and_checked(file)
    assert not findings, findings[:3]
    print(f"837P of {count:,} claims ({len(content) / 1e6:.1f} MB): checked, written, read back and checked in "
          f"{time.perf_counter() - started:.2f} s")


def timed(count: int) -> None:
    """Reading and deciding, in seconds."""
    file, known = a_file(count), our_claims(count)
    started = time.perf_counter()
    [payment] = read_remittance(file)
    read = time.perf_counter() - started
    decided = decide(payment, known)
    whole = time.perf_counter() - started
    assert decided.money_cents == 22500 * count
    print(f"835 of {count:,} claims ({len(file) / 1e6:.1f} MB): read in {read:.2f} s, balanced and decided in {whole - read:.2f} s")


def remembered(act: Callable[[], object], size: Callable[[object], int]) -> float:
    """The most memory while acting, in bytes for each byte of the file."""
    tracemalloc.start()
    done = act()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / size(done)


def reading(count: int) -> float:
    """Of reading an 835."""
    file = a_file(count)
    return remembered(lambda: read_remittance(file), lambda _: len(file))


def writing(count: int) -> float:
    """Of writing an 837P, with both checks."""
    file = batch(count)
    return remembered(lambda: written_and_checked(file)[0], len)  # type: ignore[arg-type]


if __name__ == "__main__":
    for count in (1_000, 5_000):
        written(count)
        timed(count)
    for what, measure in (("835", reading), ("837P", writing)):
        small, large = measure(500), measure(2_500)
        print(f"memory for each byte of an {what}: {small:.1f} at 500 claims, {large:.1f} at 2,500 (aim: no more)")
