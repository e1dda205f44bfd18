# ruff: noqa: INP001 - a tool that stands beside what it makes
"""Makes codes.txt.gz from the yearly ICD-10-CM code lists: `python make_code_set.py 2025=LIST 2026=LIST 2027=LIST`.

A list is what CMS and NCHS publish for a fiscal year as icd10cm-codes-YYYY.txt: a line for each code that can be billed,
the code without its dot, blanks, and the long title. To add a year, take its list and those of the years before.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def read(path: Path) -> dict[str, str]:
    """Code to title."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {code: title.strip() for code, _, title in (line.strip().partition(" ") for line in lines) if code}


def spans(years: dict[int, dict[str, str]]) -> list[str]:
    """A line a code: the code, its first and last fiscal year (empty: from the first list, in the latest), the title."""
    first, last = min(years), max(years)
    found = []
    for code in sorted(set().union(*years.values())):
        in_lists = [year for year in sorted(years) if code in years[year]]
        since = "" if in_lists[0] == first else str(in_lists[0])
        until = "" if in_lists[-1] == last else str(in_lists[-1])
        found.append(f"{code}\t{since}\t{until}\t{years[in_lists[-1]][code]}")
    return found


def main(given: list[str]) -> None:
    """Write the file; the same lists give the same bytes."""
    years = {int(year): read(Path(path)) for year, _, path in (one.partition("=") for one in given)}
    text = "\n".join([f"{min(years)} {max(years)}", *spans(years)]) + "\n"
    (HERE / "codes.txt.gz").write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1:])
