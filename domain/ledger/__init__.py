"""The books: what clients and insurers owe, what was paid, and every step of it kept."""

from domain.ledger.entries import (
    Account,
    AlreadyUndone,
    Entry,
    Item,
    Overdrawn,
    allocation,
    applied,
    items,
    open_items,
    post,
)

__all__ = [
    "Account", "AlreadyUndone", "Entry", "Item", "Overdrawn", "allocation", "applied", "items", "open_items",
    "post",
]  # fmt: skip
