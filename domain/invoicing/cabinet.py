"""The folder of stored PDFs: each under the SHA-256 of its bytes, written so that a power cut leaves it whole or absent."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def address(folder: Path, sha256: str) -> Path:
    """Where a PDF of this hash is kept: documents/ab/SHA256.pdf."""
    return folder / sha256[:2] / f"{sha256}.pdf"


def store(folder: Path, papers: Iterable[bytes]) -> list[str]:
    """Write PDFs and return their hashes; those already there are left as they are."""
    hashes, touched = [], set()
    for paper in papers:
        sha256 = hashlib.sha256(paper).hexdigest()
        hashes.append(sha256)
        place = address(folder, sha256)
        if not place.exists():
            _make_folder(place.parent)
            _write_whole(place, paper)
            touched.add(place.parent)
    for parent in touched:
        _sync_folder(parent)
    return hashes


def fetch(folder: Path, sha256: str) -> bytes | None:
    """The PDF of a hash; None when the file is gone or is not what was stored."""
    try:
        paper = address(folder, sha256).read_bytes()
    except FileNotFoundError:
        return None
    return paper if hashlib.sha256(paper).hexdigest() == sha256 else None


def _make_folder(folder: Path) -> None:
    """With the folders above it; the name of a new one must reach the disk as its files do."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _write_whole(place: Path, paper: bytes) -> None:
    """A file beside it first, then the rename that cannot be seen half done."""
    beside = place.with_name(f".{secrets.token_hex(8)}")
    with beside.open("wb") as file:
        file.write(paper)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)


def _sync_folder(folder: Path) -> None:
    """The rename itself must reach the disk too."""
    if os.name == "nt":  # Windows cannot open a folder, and syncs renames with the file
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
