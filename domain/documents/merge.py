"""Many documents as one PDF or one ZIP, the same bytes for the same documents."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pypdf import PdfWriter

FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def as_one_pdf(documents: Iterable[bytes]) -> bytes:
    """The documents' pages one after the other."""
    writer = PdfWriter()
    for document in documents:
        writer.append(BytesIO(document), import_outline=False)
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()


def as_zip(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files under their names; PDFs are packed already and are stored as they are."""
    names = [name for name, _ in files]
    if len(set(names)) < len(names):
        raise ValueError("two files of one name")
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files:
            entry = ZipInfo(name, FIRST_ZIP_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_STORED, UNIX, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
