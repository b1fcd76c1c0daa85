"""The search index of each site: which engine, what goes in, and how a change gets there.

A domain registers a source (`add_search_source`); SQL is the truth, the index can be thrown away and rebuilt.
A change is an outbox row of kind `index`, written in the same transaction as the change itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from portal.foundation.content_cache import kept
from portal.foundation.db import reading
from portal.foundation.seeding import EVERYTHING
from portal.foundation.settings import Settings
from portal.foundation.site import Site
from search import Change, Concept, Doc, SearchIndex, Thesaurus

#: Gives a site's documents: all of them, or those with the given keys (a key that is gone gives none).
Source = Callable[[Connection, Site, Sequence[str] | None], Iterable[Doc]]
#: Gives the concepts of a site: codes with everyday words per language.
ConceptSource = Callable[[Site], Iterable[Concept]]


class Indexes:
    """The indexes of this process, opened at the first question."""

    def __init__(self, settings: Settings) -> None:
        self._engine = settings.search_engine
        self._open: dict[str, tuple[tuple[Concept, ...], SearchIndex]] = {}
        self.sources: dict[str, Source] = {}
        self.concepts: list[ConceptSource] = []

    def of(self, site: Site) -> SearchIndex:
        """The index of a site. Opening never fails; an index that cannot be read says so in its status."""
        concepts = self._concepts(site)
        held = self._open.get(site.key)
        if held is None or held[0] is not concepts:
            held = self._open[site.key] = (concepts, self._make(site, Thesaurus(concepts)))
        return held[1]

    def _concepts(self, site: Site) -> tuple[Concept, ...]:
        """The everyday words now in force; the same object until the content version rises."""

        def read(_connection: Connection | None) -> tuple[Concept, ...]:
            return tuple(concept for source in self.concepts for concept in source(site))

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
        from search.engines.whoosh import WhooshIndex

        return WhooshIndex(site.settings.index, thesaurus)

    def documents(self, site: Site) -> list[Doc]:
        """Everything there is to find on a site."""
        with reading(site.engine) as connection:
            return [doc for source in self.sources.values() for doc in source(connection, site, None)]

    def rebuild(self, site: Site) -> int:
        """Build the index anew beside the old one and switch. Returns the number of documents."""
        documents = self.documents(site)
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


def add_search_source(config: Configurator, name: str, source: Source) -> None:
    """Directive: a domain's documents. Their keys are `name:key`."""
    config.registry.indexes.sources[name] = source


def add_concept_source(config: Configurator, source: ConceptSource) -> None:
    """Directive: everyday words that lead to a theme."""
    config.registry.indexes.concepts.append(source)


def _index(request: Request) -> SearchIndex:
    return request.registry.indexes.of(request.site)


def includeme(config: Configurator) -> None:
    """Open the register, and let the worker apply changes."""
    indexes = Indexes(config.registry.portal)
    config.registry.indexes = indexes
    config.add_directive("add_search_source", add_search_source, action_wrap=False)
    config.add_directive("add_concept_source", add_concept_source, action_wrap=False)
    config.add_job_handler("index", indexes.apply)
    config.add_request_method(_index, "index", reify=True)
