"""Why an X12 file is not read: one sentence each, and nothing of the file is used."""

from __future__ import annotations

from domain.errors import PracticeError


class FileRefused(PracticeError):
    """An X12 file that can't be read; nothing of it is used."""

    field = "file"


class FileTooBig(FileRefused):
    """More than any payer sends in one file."""

    sentence = "This file has {megabytes} MB; at most {most} MB are read. Ask the sender for smaller files. Nothing was read."


class NotX12(FileRefused):
    """A PDF, a page, a picture: anything but X12."""

    sentence = "This is not an X12 file: it does not begin with ISA. Choose the file as the sender made it. Nothing was read."


class FileTruncated(FileRefused):
    """The end of the file is missing."""

    sentence = "This file breaks off after segment {segments}: its end ({missing}) is missing. Get it again. Nothing was read."


class FileDamaged(FileRefused):
    """A count, a control number or an order that can't be right."""

    sentence = "This file is damaged at segment {segment}: {what}. Get it again. Nothing was read."


class SegmentUnreadable(FileRefused):
    """A segment of a whole file that says what can't be: an amount that is none, a payment without its number."""

    sentence = "This file can't be read: segment {segment} of a transaction says {what}. Ask the sender. Nothing was read."


class OtherTransaction(FileRefused):
    """A good X12 file of another kind, or of another version of the guide."""

    sentence = "This is {found}, not {wanted}. Nothing was read."


class OtherPayee(FileRefused):
    """A remittance to somebody who is not of this practice."""

    sentence = ("This remittance is for {payee} ({id}), whose NPI or tax id is none of the practice's. "
                "Nothing was posted.")
