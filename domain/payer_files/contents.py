"""A kept payment as its file tells it: read anew from the very bytes, so that nothing is stored twice."""

from __future__ import annotations

import asyncio

from domain.claims.x12.remittance import read_remittance
from domain.claims.x12.remitted import PaymentKey, RemittedPayment
from domain.errors import NotFound
from storage.models import PayerFile, RemittancePayment


async def remitted_payment(row: RemittancePayment) -> RemittedPayment:
    """The payment with all its claims and lines. Raises NotFound should the file not hold it."""
    file = await PayerFile.get(id=row.file_id)  # type: ignore[attr-defined]
    key = PaymentKey(row.payer_key, row.trace_number, row.paid_on, row.cents)
    found = await asyncio.to_thread(_of_file, bytes(file.content), key)
    if found is None:
        raise NotFound(what="This payment in its file")
    return found


def _of_file(content: bytes, key: PaymentKey) -> RemittedPayment | None:
    return next((payment for payment in read_remittance(content) if payment.key == key), None)
