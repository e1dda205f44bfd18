"""Tortoise's PostgreSQL client with one writer at a time, as SQLite has it.

What the services decide inside a transaction rests on nobody else writing meanwhile. In this process writers queue on
a lock before they take a connection, so that readers find one; other processes wait at an advisory lock of the server,
which goes with the transaction. Reads outside a transaction wait for neither.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections

from storage.postgres import WAIT_FOR_WRITER


class OneWriterContext(TransactionContextPooled):
    """Enters a transaction once no other writes, or leaves neither lock nor connection taken."""

    __slots__ = ("_writing",)

    def __init__(self, client: TransactionalDBClient, pool_init_lock: asyncio.Lock, writing: asyncio.Lock) -> None:
        super().__init__(client, pool_init_lock)
        self._writing = writing

    async def __aenter__(self) -> TransactionalDBClient:
        await self._writing.acquire()
        try:
            await self.ensure_connection()
            await self._begin(self.client._parent._pool)
        except BaseException:
            self._writing.release()
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def _begin(self, pool: Any) -> None:
        """Tortoise's own way in keeps the connection for good when its BEGIN fails or is cancelled."""
        self.client._connection = await pool.acquire()
        try:
            await self.client.begin()
            await self.client._connection.execute(WAIT_FOR_WRITER)
        except BaseException:
            await pool.release(self.client._connection)  # which also rolls back what was begun
            raise

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        try:
            await super().__aexit__(exc_type, exc_val, exc_tb)
        finally:
            self._writing.release()


class OneWriterClient(AsyncpgDBClient):
    """The client that Tortoise is told to use: `engine = "storage.postgres_engine"`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._writing = asyncio.Lock()

    def _in_transaction(self) -> TransactionContext:
        return OneWriterContext(TransactionWrapper(self), self._pool_init_lock, self._writing)


client_class: Any = OneWriterClient
