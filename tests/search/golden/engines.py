"""The real content in an index of each engine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, text

from search import SearchIndex
from search.engines.memory import MemoryIndex
from search.engines.whoosh import WhooshIndex
from tests.search.golden.catalogue import catalogue

ENGINES = ("memory", "whoosh", "postgresql")


@contextmanager
def filled(engine: str) -> Iterator[SearchIndex]:
    """The index of an engine, filled. PostgreSQL needs `python tests/postgres.py` around the command."""
    documents, thesaurus = catalogue()
    with TemporaryDirectory() as folder, _empty(engine, folder, thesaurus) as index:
        index.rebuild(documents)
        yield index


@contextmanager
def _empty(engine: str, folder: str, thesaurus: object) -> Iterator[SearchIndex]:
    if engine == "memory":
        yield MemoryIndex(thesaurus)  # type: ignore[arg-type]
    elif engine == "whoosh":
        yield WhooshIndex(folder, thesaurus)  # type: ignore[arg-type]
    else:
        yield from _on_postgresql(thesaurus)


def _on_postgresql(thesaurus: object) -> Iterator[SearchIndex]:
    from search.engines.postgresql import PostgresIndex
    from tests.search.lending import Lending

    address = os.environ["PORTAL_TEST_POSTGRES"]
    server = create_engine(address.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS golden"))
        connection.execute(text("CREATE DATABASE golden"))
    server.dispose()
    lending = Lending(address.format(database="golden").replace("+psycopg", ""))
    yield PostgresIndex(lending, thesaurus, name="golden")  # type: ignore[arg-type]
    lending.close()
