"""Opens a claim file exactly as it was written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from domain import access
from domain.access import SignedIn
from domain.errors import NotFound, PracticeError
from storage.models import ClaimFile


class FileChanged(PracticeError):
    """The bytes kept are not those that were written."""

    sentence = "The claim file {name} is not what was written. Restore the database from a backup."


@dataclass(frozen=True, slots=True)
class StoredClaimFile:
    """A claim file with the name it is saved under."""

    name: str
    content: bytes


async def claim_file(file_id: int, *, seen_by: SignedIn) -> StoredClaimFile:
    """The file, to be uploaded. Raises NotFound or FileChanged."""
    await access.require(seen_by)
    row = await ClaimFile.get_or_none(id=file_id)
    if row is None:
        raise NotFound(what="This claim file")
    content = bytes(row.content)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise FileChanged(name=row.name)
    return StoredClaimFile(row.name, content)
