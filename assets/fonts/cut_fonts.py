"""Cuts the Noto fonts to what documents need, once, before they are committed: an invoice is then drawn in half the time.

Run it with the folder of Debian's fonts-noto-core (or the same files from fonts.google.com/noto):

    python assets/fonts/cut_fonts.py /usr/share/fonts/truetype/noto

Latin, Greek and Cyrillic stay whole, and so do Arabic, Hebrew and Devanagari in files of their own. Hinting goes, since
a PDF viewer does not use it; the layout tables stay, since shaping does.
"""

import sys
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
LATIN_GREEK_CYRILLIC = (
    "U+0020-007E,U+00A0-036F,U+0370-03FF,U+0400-052F,U+1AB0-1AFF,U+1C80-1C8F,U+1D00-1DFF,U+1E00-1EFF,U+1F00-1FFF,"
    "U+2000-206F,U+2070-209F,U+20A0-20CF,U+20F0,U+2100-218F,U+2200-22FF,U+25CC,U+2C60-2C7F,U+2DE0-2DFF,U+A640-A69F,"
    "U+A720-A7FF,U+AB30-AB6F,U+FB00-FB06,U+FE20-FE2F,U+FFFD"
)
CUTS = {
    "NotoSans-Regular": LATIN_GREEK_CYRILLIC,
    "NotoSans-Bold": LATIN_GREEK_CYRILLIC,
    "NotoSansArabic-Regular": "*",
    "NotoSansArabic-Bold": "*",
    "NotoSansHebrew-Regular": "*",
    "NotoSansHebrew-Bold": "*",
    "NotoSansDevanagari-Regular": "*",
    "NotoSansDevanagari-Bold": "*",
}


def cut(source: Path, letters: str) -> None:
    """Small capitals and the like are left out by keeping only the features that scripts cannot do without."""
    subset.main([
        str(source),
        f"--unicodes={letters}",
        f"--output-file={HERE / source.name}",
        "--no-hinting",
        "--desubroutinize",
        "--drop-tables+=DSIG",
        "--name-IDs=0,1,2,3,4,5,6,13,14",
        "--notdef-outline",
    ])


if __name__ == "__main__":
    for name, letters in CUTS.items():
        cut(Path(sys.argv[1]) / f"{name}.ttf", letters)
