"""An index in memory, for tests and for trying things out. Nothing is kept when the process ends."""

import threading
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from search.columns import columns_of, row_of
from search.documents import Change, Doc, Language, Locale, Page, Query, Status, Suggestion
from search.ladder import answer
from search.records import Record, record_from_json, record_to_json
from search.snapshot import Postings, no_postings
from search.spelling import Vocabulary, vocabulary_of
from search.suggest import Completer
from search.thesaurus import Thesaurus
from search.tokens import WordCounts, tokens_of, words_of

FORMAT_VERSION = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document as it is kept: analysed once, when it comes in."""

    doc: Doc
    record: str
    tokens: Mapping[str, float]
    words: frozenset[tuple[str, str]]


class MemoryIndex:
    """Keeps `SearchIndex`. A change costs time in proportion to the whole index; readers never wait."""

    def __init__(self, thesaurus: Thesaurus | None = None, now: Callable[[], datetime] | None = None) -> None:
        self._thesaurus = thesaurus or Thesaurus()
        self._now = now or (lambda: datetime.now(UTC))
        self._writing = threading.Lock()
        self._entries: dict[str, _Entry] = {}
        self._snapshot = _MemorySnapshot({}, self._thesaurus)
        self._status = Status(0, 0, None, FORMAT_VERSION, healthy=True)

    def rebuild(self, docs: Iterable[Doc]) -> int:
        """See `SearchIndex.rebuild`."""
        entries = {doc.key: self._entry(doc) for doc in docs}
        with self._writing:
            return self._commit(entries)

    def apply(self, changes: Sequence[Change]) -> int:
        """See `SearchIndex.apply`."""
        with self._writing:
            entries = dict(self._entries)
            for change in changes:
                entries.pop(change.key, None)
                if change.doc:
                    entries[change.key] = self._entry(change.doc)
            return self._commit(entries)

    def search(self, query: Query) -> Page:
        """See `SearchIndex.search`."""
        return answer(self._snapshot, self._thesaurus, query)

    def complete(self, prefix: str, locale: Locale, n: int) -> tuple[Suggestion, ...]:
        """See `SearchIndex.complete`."""
        return self._snapshot.completer.complete(prefix, locale, n)

    def status(self) -> Status:
        """See `SearchIndex.status`. A memory index is always healthy, also when it is empty."""
        return self._status

    def _entry(self, doc: Doc) -> _Entry:
        words = words_of(doc.texts, doc.keywords)
        return _Entry(doc, record_to_json(doc), tokens_of(doc, self._thesaurus), words)

    def _commit(self, entries: dict[str, _Entry]) -> int:
        self._entries = entries
        self._snapshot = _MemorySnapshot(entries, self._thesaurus)
        generation = self._status.generation + 1
        self._status = Status(generation, len(entries), self._now(), FORMAT_VERSION, healthy=True)
        return generation


class _MemorySnapshot:
    """Keeps `Snapshot` over dictionaries."""

    def __init__(self, entries: Mapping[str, _Entry], thesaurus: Thesaurus) -> None:
        kept = tuple(entries.values())
        self.columns = columns_of(tuple(row_of(entry.doc) for entry in kept))
        self.completer = Completer(self.columns, self.records)
        self._records = tuple(entry.record for entry in kept)
        self._postings: dict[str, Postings] = {}
        counts = WordCounts({})
        for number, entry in enumerate(kept):
            counts.add(entry.words)
            for token, weight in entry.tokens.items():
                rows, weights = self._postings.setdefault(token, Postings(array("I"), array("f")))
                rows.append(number)
                weights.append(weight)
        self._vocabulary = lru_cache(maxsize=16)(
            lambda language: vocabulary_of(language, counts.result().get(language, {}), thesaurus.words(language))
        )

    def prefetch(self, tokens: Collection[str]) -> None:
        pass

    def postings(self, token: str) -> Postings:
        return self._postings.get(token) or no_postings()

    def records(self, numbers: Sequence[int]) -> Mapping[int, Record]:
        return {number: record_from_json(self._records[number]) for number in numbers}

    def vocabulary(self, language: Language) -> Vocabulary:
        return self._vocabulary(language)
