"""The real content of this repository as documents of an index, without a portal around it."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from search import Doc, Query, SearchIndex, Thesaurus
from tests.clock import FixedClock
from tests.composed import composed, settings_of_two_sites
from tests.search.golden.measures import Result
from tests.search.golden.questions import Question

FIRST = 10


@lru_cache(maxsize=1)
def catalogue() -> tuple[tuple[Doc, ...], Thesaurus]:
    """The documents and the thesaurus of Zwolle's content, through a database as in production."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        settings = settings_of_two_sites(lambda name: f"sqlite:///{path}/{name}.sqlite", path)
        with composed(settings, FixedClock()) as configured:
            registry = configured.registry
            zwolle = registry.sites.by_key("zwolle")
            indexes = registry.indexes
            own = [concept for source in indexes.concepts for concept in source(None, zwolle)]
            return tuple(indexes.documents(zwolle)), indexes.thesaurus().extended(own)


def ask(index: SearchIndex, question: Question) -> Result:
    """What the index answers."""
    page = index.search(Query(question.text, question.locale, limit=FIRST))
    return Result(question, tuple(hit.key for hit in page.hits), page.stage, page.corrected)
