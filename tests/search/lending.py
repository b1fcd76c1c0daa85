"""Lends connections as a pool does: one for each that asks, taken back clean."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any

import psycopg


class Lending:
    """Lends connections to one database; opens them when needed and closes them at the end."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._waiting: SimpleQueue[psycopg.Connection[Any]] = SimpleQueue()

    @contextmanager
    def __call__(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            connection = self._waiting.get_nowait()
        except Empty:
            connection = psycopg.connect(self.address, autocommit=True)
        try:
            yield connection
        finally:
            if connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
                self._waiting.put(connection)
            else:
                connection.close()

    def close(self) -> None:
        """Close all that are not lent."""
        while not self._waiting.empty():
            self._waiting.get().close()
