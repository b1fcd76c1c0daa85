"""The engines that have to give the same answers about the invented catalogue.

A run on SQLite has the engines that need no server, a run on PostgreSQL that one, and there only what differs between
engines: language and spelling are the same on each.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from invented_catalogue import catalogue, thesaurus
from lending import Lending

from search.engines.memory import MemoryIndex
from search.engines.whoosh import WhooshIndex
from search.index import SearchIndex

Maker = Callable[..., SearchIndex]
ONLY_POSTGRESQL = {"test_postgresql_engine.py", "test_postgresql_faults.py"}
ON_POSTGRESQL = {"test_contract.py", "test_golden.py", "test_everyday_words.py", *ONLY_POSTGRESQL}
_NUMBERS = count()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what has no place in this run; None lets others decide."""
    name = collection_path.name
    if not name.startswith("test_"):
        return None
    on_postgresql = config.getoption("--db") == "postgresql"
    left_out = name not in ON_POSTGRESQL if on_postgresql else name in ONLY_POSTGRESQL
    return True if left_out else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs an index on each engine of this run."""
    if "make" in metafunc.fixturenames:
        on_postgresql = metafunc.config.getoption("--db") == "postgresql"
        metafunc.parametrize("make", ["postgresql"] if on_postgresql else ["memory", "whoosh"], indirect=True)


@pytest.fixture(scope="session")
def lending(database: Any) -> Iterator[Lending]:
    """Lends connections to an empty database of PostgreSQL."""
    lending = Lending(database("portal_search").replace("+psycopg", ""))
    yield lending
    lending.close()


@pytest.fixture
def name() -> str:
    """The name of an index that no other test has."""
    return f"test {next(_NUMBERS)}"


@pytest.fixture
def opened(lending: Lending, name: str) -> Maker:
    """Opens the index in PostgreSQL of this test, as another process would."""
    from search.engines.postgresql import PostgresIndex

    return lambda **options: PostgresIndex(lending, thesaurus(), name=name, **options)


@pytest.fixture
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    """Makes an empty index of each engine."""
    if request.param == "memory":
        return MemoryIndex
    if request.param == "whoosh":
        return lambda *args, **options: WhooshIndex(tmp_path / "index", *args, **options)
    # only where there is a server: the driver costs memory and time
    from search.engines.postgresql import PostgresIndex

    lending, name = request.getfixturevalue("lending"), request.getfixturevalue("name")
    return lambda *args, **options: PostgresIndex(lending, *args, name=name, **options)


@pytest.fixture
def index(make: Maker) -> SearchIndex:
    """The invented catalogue in each engine."""
    made = make(thesaurus())
    made.rebuild(catalogue())
    return made
