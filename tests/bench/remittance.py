"""An 835 of 5,000 claims: read, balanced and decided on, and how memory grows with the file; printed, nothing fails here."""

from __future__ import annotations

import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from domain.claims.x12.known import KnownClaim, KnownLine
from domain.claims.x12.posting import decide
from domain.claims.x12.remittance import read_remittance
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


def remembered(count: int) -> float:
    """The most memory while reading, in bytes for each byte of the file."""
    file = a_file(count)
    tracemalloc.start()
    read_remittance(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / len(file)


if __name__ == "__main__":
    timed(1_000)
    timed(5_000)
    small, large = remembered(500), remembered(2_500)
    print(f"memory for each byte of the file: {small:.1f} at 500 claims, {large:.1f} at 2,500 (aim: no more)")
