"""The indexes that are measured, each with a clock: time on the processor, ours and that of PostgreSQL for us."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.sitesearch.thesaurus import base
from search import SearchIndex
from search.engines.whoosh import WhooshIndex

CLOCK_OF_A_PROCESS = 2  # of the kernel (CPUCLOCK_SCHED): user and system time of all its threads


def spent_by(pid: int) -> float:
    """Seconds on the processor of another process: utime and stime as in /proc, in nanoseconds and not hundredths."""
    return time.clock_gettime((~pid << 3) | CLOCK_OF_A_PROCESS)


class Lending:
    """Lends one connection to PostgreSQL, and knows which process answers it."""

    def __init__(self, address: str) -> None:
        import psycopg  # only where there is a server: the driver costs memory

        self._connection: psycopg.Connection[Any] = psycopg.connect(address, autocommit=True)

    @contextmanager
    def __call__(self) -> Iterator[Any]:
        yield self._connection

    def spent(self) -> float:
        return spent_by(self._connection.info.backend_pid)

    def tidy(self) -> None:
        """What autovacuum does within a minute of a rebuild."""
        self._connection.execute("VACUUM ANALYZE")


@dataclass
class Opened:
    """An index as one process holds it."""

    engine: str
    size: int
    index: SearchIndex
    lending: Lending | None = None

    @property
    def name(self) -> str:
        return f"{self.engine} {self.size:,}"

    def clock(self) -> float:
        """Seconds on the processor so far, ours and those of the backend that works for us."""
        return time.process_time() + (self.lending.spent() if self.lending else 0.0)


def opened(engine: str, size: int, place: str) -> Opened:
    """Open an index; `place` is a folder for Whoosh and the address of a database for PostgreSQL."""
    if engine == "Whoosh":
        return Opened(engine, size, WhooshIndex(Path(place) / str(size), base()))
    from search.engines.postgresql import PostgresIndex

    lending = Lending(place)
    return Opened(engine, size, PostgresIndex(lending, base(), name=f"bench {size}"), lending)
