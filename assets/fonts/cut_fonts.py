# ruff: noqa: INP001 - a tool that stands beside what it makes
"""Cuts the fonts of printed documents to the letters they need, once, before they are committed.

fpdf2 opens and cuts a font anew for every document, and the work grows with the font: an invoice in plain Latin letters
takes 30 ms with the small cut, 42 ms with Latin, Greek and Cyrillic, 90 ms with the fonts as they come.

Noto comes from Debian's fonts-noto-core and fonts-noto-extra (20201225), whose Arabic has a glyph for each letter: in
later ones the dots are glyphs of their own, and text copied from the PDF is broken at each. Put their TrueType files and
those of the npm packages @expo-google-fonts/arimo 0.4.3 and courier-prime 0.4.1 into one folder and run

    uv run --group dev python assets/fonts/cut_fonts.py FOLDER
"""

import sys
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
ASCII = "U+0020-007E"
PLAIN = f"{ASCII},U+00A0-017F,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122"
LATIN_GREEK_CYRILLIC = (
    f"{PLAIN},U+0180-052F,U+1C80-1C8F,U+1E00-1FFF,U+2000-206F,U+2070-209F,U+20A0-20C0,U+2100-218F,U+2200-22FF,"
    "U+25CC,U+2C60-2C7F,U+2DE0-2DFF,U+A640-A69F,U+A720-A7FF,U+FB00-FB06,U+FE20-FE2F,U+FFFD"
)
MARKS = "U+0020-0040,U+005B-0060,U+007B-007E,U+00A0,U+00AB,U+00BB,U+2010-2026,U+25CC"  # no Latin letters
ARABIC = f"{MARKS},U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFC,U+200C-200F"
HEBREW = f"{MARKS},U+0590-05FF,U+FB1D-FB4F,U+200C-200F,U+20AA"
DEVANAGARI = f"{MARKS},U+0900-097F,U+A8E0-A8FF,U+1CD0-1CFF,U+200C-200D,U+20B9"

ACCENTS = "ccmp,locl,mark,mkmk"
SCRIPT = "*"

CUTS = {  # file here: (file there, letters, features that shaping may use)
    "NotoSansPlain-Regular": ("NotoSans-Regular", PLAIN, ""),
    "NotoSansPlain-SemiBold": ("NotoSans-SemiBold", PLAIN, ""),
    "NotoSans-Regular": ("NotoSans-Regular", LATIN_GREEK_CYRILLIC, ACCENTS),
    "NotoSans-SemiBold": ("NotoSans-SemiBold", LATIN_GREEK_CYRILLIC, ACCENTS),
    "NotoSansArabic-Regular": ("NotoSansArabic-Regular", ARABIC, SCRIPT),
    "NotoSansArabic-SemiBold": ("NotoSansArabic-SemiBold", ARABIC, SCRIPT),
    "NotoSansHebrew-Regular": ("NotoSansHebrew-Regular", HEBREW, SCRIPT),
    "NotoSansHebrew-SemiBold": ("NotoSansHebrew-SemiBold", HEBREW, SCRIPT),
    "NotoSansDevanagari-Regular": ("NotoSansDevanagari-Regular", DEVANAGARI, SCRIPT),
    "NotoSansDevanagari-SemiBold": ("NotoSansDevanagari-SemiBold", DEVANAGARI, SCRIPT),
    "Arimo-Regular": ("Arimo_400Regular", ASCII, ""),
    "Arimo-SemiBold": ("Arimo_600SemiBold", ASCII, ""),
    "CourierPrime-Regular": ("CourierPrime_400Regular", ASCII, ""),
}


def cut(source: Path, target: Path, letters: str, features: str) -> None:
    """Hinting goes, since a PDF viewer does not use it; layout tables stay where shaping does."""
    subset.main(
        [
            str(source),
            f"--output-file={target}",
            f"--unicodes={letters}",
            f"--layout-features={features}",
            "--no-hinting",
            "--notdef-outline",
            "--name-IDs=0,1,2,3,4,5,6,13,14",
            "--drop-tables+=DSIG,STAT,MATH,GDEF,GSUB,GPOS" if not features else "--drop-tables+=DSIG,STAT,MATH",
        ]
    )


if __name__ == "__main__":
    for name, (there, letters, features) in CUTS.items():
        cut(Path(sys.argv[1]) / f"{there}.ttf", HERE / f"{name}.ttf", letters, features)
