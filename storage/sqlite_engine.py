"""Tortoise's SQLite client with immediate write transactions.

A plain BEGIN takes the write lock only at the first write: with another process writing in between, "database is
locked" comes at once, whatever the busy timeout. The lock is also given back when BEGIN fails or is cancelled.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError


class ImmediateWrapper(SqliteTransactionWrapper):
    """A transaction that holds SQLite's write lock from its first moment."""

    async def begin(self) -> None:
        """Take the write lock now. Raises OperationalError when another process holds it too long."""
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as failure:
            raise OperationalError(failure) from failure


class ImmediateContext(SqliteTransactionContext):
    """Enters a transaction, or leaves nothing locked behind."""

    __slots__ = ()

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except BaseException:
            try:
                if self.connection._connection and self.connection._connection.in_transaction:
                    await self.connection._connection.rollback()
            finally:
                self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        client: TransactionalDBClient = self.connection
        return client


class ImmediateSqliteClient(SqliteClient):
    """The client that Tortoise is told to use: `engine = "storage.sqlite_engine"`."""

    def _in_transaction(self) -> TransactionContext:
        return ImmediateContext(ImmediateWrapper(self), self._lock)


client_class: Any = ImmediateSqliteClient
