"""The search index of each site: which engine, what goes in, and how a change gets there.

A domain registers a source (`add_search_source`); SQL is the truth, the index can be thrown away and rebuilt.
A change is an outbox row of kind `index`, written in the same transaction as the change itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from time import monotonic
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from portal.foundation.content_cache import kept
from portal.foundation.db import reading
from portal.foundation.seeding import EVERYTHING
from portal.foundation.settings import Settings
from portal.foundation.site import Site
from search import Change, Concept, Doc, SearchIndex, Thesaurus

#: Gives a site's documents: all of them, or those with the given keys (a key that is gone gives none).
Source = Callable[[Connection, Site, Sequence[str] | None], Iterable[Doc]]
#: Gives concepts of a site: codes with everyday words per language. Without a connection it gives what needs none.
ConceptSource = Callable[[Connection | None, Site], Iterable[Concept]]


#: Seconds after which a spare index is made anew, should the real one still be away.
SPARE_IS_TRUE = 60.0


class Indexes:
    """The indexes of this process, opened at the first question."""

    def __init__(self, settings: Settings) -> None:
        self._engine = settings.search_engine
        self._open: dict[str, tuple[tuple[Concept, ...], SearchIndex]] = {}
        self._spares: dict[str, tuple[float, SearchIndex]] = {}
        self._making_spare = Lock()
        self.sources: dict[str, Source] = {}
        self.concepts: list[ConceptSource] = []
        self.thesaurus: Callable[[], Thesaurus] = Thesaurus

    def of(self, site: Site) -> SearchIndex:
        """The index of a site. Opening never fails; an index that cannot be read says so in its status."""
        concepts = self._concepts(site)
        held = self._open.get(site.key)
        if held is None or held[0] is not concepts:
            # mostly it was something else that changed, and an index that is open has read much already
            same = held is not None and self._engine != "memory" and held[0] == concepts
            index = held[1] if held and same else self._make(site, self.thesaurus().extended(concepts))
            held = self._open[site.key] = (concepts, index)
        return held[1]

    def answering(self, site: Site) -> tuple[SearchIndex, bool]:
        """The index to ask, and whether it is only a spare one, made from the database while the real one is mended."""
        index = self.of(site)
        if index.status().healthy:
            self._spares.pop(site.key, None)
            return index, False
        try:
            return self._spare(site), True
        except DBAPIError:  # nothing answers: an index that cannot be read answers like an empty one
            return index, True

    def _spare(self, site: Site) -> SearchIndex:
        """Titles, summaries and everyday words, without the long texts: ready in a second."""
        from search.engines.memory import MemoryIndex

        with self._making_spare:
            made, spare = self._spares.get(site.key, (float("-inf"), None))
            if spare is None or monotonic() - made > SPARE_IS_TRUE:
                spare = MemoryIndex(self.thesaurus().extended(self._concepts(site)))
                spare.rebuild(map(_brief, self.documents(site)))
                self._spares[site.key] = (monotonic(), spare)
        return spare

    def mend(self, site: Site) -> bool:
        """Rebuild an index that cannot be read or is of an older version; returns whether that was needed."""
        if self.of(site).status().healthy:
            return False
        self.rebuild(site)
        return True

    def _concepts(self, site: Site) -> tuple[Concept, ...]:
        """The everyday words now in force; the same object until the content version rises."""

        def read(connection: Connection | None) -> tuple[Concept, ...]:
            return tuple(concept for source in self.concepts for concept in source(connection, site))

        try:
            return kept(site).get("indexing.concepts", read)
        except DBAPIError:  # searching needs no database
            held = self._open.get(site.key)
            return held[0] if held else read(None)

    def _make(self, site: Site, thesaurus: Thesaurus) -> SearchIndex:
        if self._engine == "memory":
            from search.engines.memory import MemoryIndex

            index: SearchIndex = MemoryIndex(thesaurus)
            index.rebuild(self.documents(site))
            return index
        if self._engine == "postgresql":
            # the driver costs memory: only where it is spoken
            from search.engines.postgresql import PostgresIndex

            return PostgresIndex(lambda: _lent(site.engine), thesaurus, name=site.key)
        from search.engines.whoosh import WhooshIndex

        return WhooshIndex(site.settings.index, thesaurus)

    def documents(self, site: Site) -> list[Doc]:
        """Everything there is to find on a site."""
        with reading(site.engine) as connection:
            return [doc for source in self.sources.values() for doc in source(connection, site, None)]

    def rebuild(self, site: Site) -> int:
        """Build the index anew beside the old one and switch. Returns the number of documents."""
        documents = self.documents(site)
        kept(site).look_now()  # a word that an editor added a moment ago counts as well
        self.of(site).rebuild(documents)
        return len(documents)

    def apply(self, site: Site, payloads: Iterable[Mapping[str, Any]]) -> None:
        """Outbox handler: bring the named documents up to their rows. Twice does no harm."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for payload in payloads:
            wanted[payload["source"]].append(payload["key"])
        index = self.of(site)
        if not index.status().healthy or any(EVERYTHING in keys for keys in wanted.values()):
            self.rebuild(site)
            return
        changes: list[Change] = []
        with reading(site.engine) as connection:
            for source, keys in wanted.items():
                documents = {doc.key: doc for doc in self.sources[source](connection, site, keys)}
                gone = {f"{source}:{key}" for key in keys} - set(documents)
                changes += [Change.put(doc) for doc in documents.values()] + [Change.delete(key) for key in gone]
        index.apply(changes)


@contextmanager
def _lent(engine: Engine) -> Iterator[Any]:
    """The driver's own connection, from our pool, for an index that knows no SQLAlchemy."""
    with reading(engine) as connection:
        yield connection.connection.driver_connection


def add_search_source(config: Configurator, name: str, source: Source) -> None:
    """Directive: a domain's documents. Their keys are `name:key`."""
    config.registry.indexes.sources[name] = source


def add_concept_source(config: Configurator, source: ConceptSource) -> None:
    """Directive: everyday words that lead to a theme."""
    config.registry.indexes.concepts.append(source)


def set_thesaurus(config: Configurator, thesaurus: Callable[[], Thesaurus]) -> None:
    """Directive: the thesaurus that all sites share, made when first asked for."""
    config.registry.indexes.thesaurus = thesaurus


def _brief(doc: Doc) -> Doc:
    return replace(doc, texts={locale: replace(text, body="") for locale, text in doc.texts.items()})


def _answering(request: Request) -> tuple[SearchIndex, bool]:
    found: tuple[SearchIndex, bool] = request.registry.indexes.answering(request.site)
    return found


def _index(request: Request) -> SearchIndex:
    index: SearchIndex = request.index_answering[0]
    return index


def _index_away(request: Request) -> bool:
    return bool(request.index_answering[1])


def includeme(config: Configurator) -> None:
    """Open the register, and let the worker apply changes."""
    indexes = Indexes(config.registry.portal)
    config.registry.indexes = indexes
    config.add_directive("add_search_source", add_search_source, action_wrap=False)
    config.add_directive("add_concept_source", add_concept_source, action_wrap=False)
    config.add_directive("set_thesaurus", set_thesaurus, action_wrap=False)
    config.add_job_handler("index", indexes.apply)
    config.add_request_method(_answering, "index_answering", reify=True)
    config.add_request_method(_index, "index", reify=True)
    config.add_request_method(_index_away, "index_away", reify=True)
