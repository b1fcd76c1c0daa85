"""One cast for all of these tests: the portal is asked thousands of things, so it is set up once."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.security.cast import Cast
from tests.security.ways import Way, ways


@pytest.fixture(scope="session")
def all_ways(registry: Any) -> dict[str, Way]:
    """Every registered route by its name."""
    return ways(registry)


@pytest.fixture(scope="module")
def cast(app: Any, registry: Any, clock: Any) -> Iterator[Cast]:
    """Everybody and everything; the rows of before come back after the tests of a file."""
    clock.reset()
    registry.tally.write_down()
    cast = Cast(app, registry, clock)
    yield cast
    cast.leave()


@pytest.fixture
def as_begun(cast: Cast) -> Iterator[Cast]:
    """The cast as it was at the beginning, whatever a test before it did."""
    cast.again()
    yield cast
    cast.again()
