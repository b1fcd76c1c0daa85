"""The engines that have to give the same answers about the invented catalogue."""

from collections.abc import Callable

import pytest
from invented_catalogue import catalogue, thesaurus

from search.engines.memory import MemoryIndex
from search.engines.whoosh import WhooshIndex
from search.index import SearchIndex

Maker = Callable[..., SearchIndex]


@pytest.fixture(params=["memory", "whoosh"])
def make(request, tmp_path) -> Maker:
    """Makes an empty index of each engine."""
    if request.param == "memory":
        return MemoryIndex
    return lambda *args, **options: WhooshIndex(tmp_path / "index", *args, **options)


@pytest.fixture
def index(make) -> SearchIndex:
    """The invented catalogue in each engine."""
    made = make(thesaurus())
    made.rebuild(catalogue())
    return made
