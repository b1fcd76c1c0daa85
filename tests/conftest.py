"""Two municipalities served by one process, each with its own database; a clock that stands still."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from portal.foundation.site import Site
from tests.browser import Browser
from tests.clock import FixedClock
from tests.composed import composed, settings_of_two_sites


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgresql"), default="sqlite", help="The database to test on.")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--db") == "postgresql" and "PORTAL_TEST_POSTGRES" not in os.environ:
        pytest.exit("Start PostgreSQL with the tests: python tests/postgres.py pytest --db postgresql", 2)


@pytest.fixture(scope="session")
def clock() -> FixedClock:
    """Monday 23 November 2026, 10:00 in Zwolle; `clock.set(…)` moves it, each test begins anew."""
    return FixedClock()


@pytest.fixture(autouse=True)
def _the_clock_stands_still(clock: FixedClock) -> Iterator[None]:
    clock.reset()
    yield
    clock.reset()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Gives the address of an empty database by name, on the engine the run is for."""
    if request.config.getoption("--db") == "sqlite":
        folder = tmp_path_factory.mktemp("databases")
        return lambda name: f"sqlite:///{folder}/{name}.sqlite"
    address = os.environ["PORTAL_TEST_POSTGRES"]

    def make(name: str) -> str:
        engine = create_engine(address.format(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return address.format(database=name)

    return make


@pytest.fixture(scope="session")
def settings(database: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a portal with two sites."""
    return settings_of_two_sites(database, tmp_path_factory.mktemp("indexes"))


@pytest.fixture(scope="session")
def config(settings: dict[str, str], clock: FixedClock) -> Iterator[Any]:
    """The composed portal: databases at the newest migration, content seeded, indexes built."""
    with composed(settings, clock) as configured:
        yield configured


@pytest.fixture(scope="session")
def app(config: Any) -> Any:
    """The WSGI application."""
    return config.make_wsgi_app()


@pytest.fixture(scope="session")
def registry(config: Any) -> Any:
    """What the application knows: sites, indexes, handlers."""
    return config.registry


@pytest.fixture
def zwolle(registry: Any) -> Site:
    """The site of Zwolle."""
    return registry.sites.by_key("zwolle")


@pytest.fixture
def leeuwarden(registry: Any) -> Site:
    """The site of Leeuwarden."""
    return registry.sites.by_key("leeuwarden")


@pytest.fixture
def session(zwolle: Site) -> Iterator[Session]:
    """A session on Zwolle's database; whatever a test does in it is undone."""
    with sessionmaker(zwolle.engine)() as session:
        yield session
        session.rollback()


@pytest.fixture
def visitor(app: Any) -> Browser:
    """Somebody who visits Zwolle's portal; every page they get is looked at."""
    return Browser(app, "zwolle.test")


@pytest.fixture
def visitor_of_leeuwarden(app: Any) -> Browser:
    """Somebody who visits Leeuwarden's portal."""
    return Browser(app, "leeuwarden.test")


@pytest.fixture
def never_skip() -> bool:
    """Whether a missing tool is a failure instead of a reason to skip."""
    return bool(os.environ.get("PORTAL_NEVER_SKIP"))
