"""The embedded index: postings in whoosh files, everything else in our own beside them.

Several processes may read and write one directory; each sees another's change within a second.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from search.columns import row_of
from search.documents import NOTHING, Change, Doc, Locale, Page, Query, Status, Suggestion
from search.engines.durable import checksums
from search.engines.generations import Generations, Pointer
from search.engines.whoosh_snapshot import FORMAT_VERSION, WhooshSnapshot, write_sides
from search.engines.whoosh_watch import Watch
from search.index import IndexDamaged
from search.ladder import answer
from search.records import record_to_json
from search.thesaurus import Thesaurus
from search.tokens import WordCounts, Words, tokens_of, words_of

_PATIENCE_SECONDS = 30.0
_ATTEMPTS = 3

_Answer = TypeVar("_Answer")


class WhooshIndex:
    """Keeps `SearchIndex` in a directory, made when first written. Constructing reads nothing.

    The thesaurus works on documents when they are stored and on questions when they are asked: rebuild after
    a change.
    """

    def __init__(
        self,
        directory: Path | str,
        thesaurus: Thesaurus | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._thesaurus = thesaurus or Thesaurus()
        self._now = now or (lambda: datetime.now(UTC))
        self._generations = Generations(Path(directory))
        self._watch = Watch(self._generations, self._thesaurus)

    def rebuild(self, docs: Iterable[Doc]) -> int:
        """See `SearchIndex.rebuild`."""
        unique = {doc.key: doc for doc in docs}
        with self._generations.writing(_PATIENCE_SECONDS):
            return self._commit(None, (), tuple(unique.values()))

    def apply(self, changes: Sequence[Change]) -> int:
        """See `SearchIndex.apply`. An index that is not there yet counts as empty."""
        last = {change.key: change.doc for change in changes}
        docs = tuple(doc for doc in last.values() if doc)
        with self._generations.writing(_PATIENCE_SECONDS):
            self._watch.renew()
            old = self._watch.current()
            return self._commit(old if old.pointer.generation else None, tuple(last), docs)

    def search(self, query: Query) -> Page:
        """See `SearchIndex.search`."""
        return self._reading(lambda snapshot: answer(snapshot, self._thesaurus, query), NOTHING)

    def complete(self, prefix: str, locale: Locale, n: int) -> tuple[Suggestion, ...]:
        """See `SearchIndex.complete`."""
        return self._reading(lambda snapshot: snapshot.completer.complete(prefix, locale, n), ())

    def status(self) -> Status:
        """See `SearchIndex.status`."""
        return self._watch.status()

    def _reading(self, ask: Callable[[WhooshSnapshot], _Answer], otherwise: _Answer) -> _Answer:
        """Ask the current generation. If it cannot be read it may just have been cleared away: look again."""
        for _ in range(_ATTEMPTS):
            try:
                snapshot = self._watch.current()
            except IndexDamaged:
                if not self._watch.renew():
                    break
                continue
            try:
                return ask(snapshot)
            except IndexDamaged as error:
                if not self._watch.renew():  # nothing newer, or another thread has just opened it
                    self._watch.failed(str(error), snapshot)
        return otherwise

    def _commit(self, old: WhooshSnapshot | None, gone: Sequence[str], docs: Sequence[Doc]) -> int:
        """Write a generation next to the old one, then point to it."""
        from search.engines import whoosh_files

        number = self._generations.highest() + 1
        directory = self._generations.prepare(number, old.directory if old else None)
        entries = (whoosh_files.Entry(doc.key, record_to_json(doc), tokens_of(doc, self._thesaurus)) for doc in docs)
        keys = whoosh_files.update(directory, gone, entries) if old else whoosh_files.create(directory, entries)
        rows = (old.rows_by_key() if old else {}) | {doc.key: row_of(doc) for doc in docs}
        write_sides(directory, [rows[key] if key else None for key in keys], self._words(old, gone, docs))
        count = sum(key is not None for key in keys)
        built_at = self._now().isoformat()
        files = checksums(directory)
        self._generations.switch(Pointer(FORMAT_VERSION, number, directory.name, count, built_at, files))
        self._watch.renew()
        return number

    def _words(self, old: WhooshSnapshot | None, gone: Sequence[str], docs: Sequence[Doc]) -> Words:
        """Return the word counts after a change: less the words of what goes, plus those of what comes."""
        counts = WordCounts(old.words() if old else {})
        for record in old.records_of(gone) if old else ():
            counts.add(words_of(record.texts, record.keywords), -1)
        for doc in docs:
            counts.add(words_of(doc.texts, doc.keywords))
        return counts.result()
