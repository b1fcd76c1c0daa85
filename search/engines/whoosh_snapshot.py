"""One generation of the whoosh index, opened for reading. Threads share all of it; at the whoosh reader they queue."""

import json
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from search.columns import Row, columns_of, titles_of
from search.documents import Language
from search.engines.durable import damaged_file
from search.engines.generations import Pointer
from search.engines.whoosh_rows import ReadRows, read_rows, write_rows
from search.index import IndexDamaged
from search.records import Record, record_from_json
from search.snapshot import Postings, no_postings
from search.spelling import Vocabulary, vocabulary_of
from search.suggest import Completer
from search.thesaurus import Thesaurus
from search.tokens import Words

if TYPE_CHECKING:
    from search.engines.whoosh_files import Reader

_Answer = TypeVar("_Answer")

FORMAT_VERSION = 4
"""Raise this when tokens, weights or files change: an index of another version asks to be rebuilt."""

_ROWS, _WORDS = "rows.json", "words.json"
_MOST_LANGUAGES = 16
_REMEMBERED = 60_000  # postings kept decoded per generation, 8 bytes each


def write_sides(directory: Path, rows: Sequence[Row | None], words: Words) -> None:
    """Write what stands beside the whoosh files, as new files: the old ones are shared with readers."""
    for name in (_ROWS, _WORDS):
        (directory / name).unlink(missing_ok=True)
    write_rows(directory / _ROWS, rows)
    (directory / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


class WhooshSnapshot:
    """Keeps `Snapshot` over one generation on disk. Opening reads the rows; the rest comes when asked."""

    def __init__(
        self, directory: Path, pointer: Pointer, thesaurus: Thesaurus, before: "WhooshSnapshot | None" = None
    ) -> None:
        """`before` is the generation that was open until now: what has not changed since is taken from it."""
        self.directory = directory
        self.pointer = pointer
        known = before._rows if before else None
        self._rows: ReadRows = read_rows(directory / _ROWS, known) if pointer.generation else ReadRows()
        changed = self._rows.changed(known) if known else None
        if before is None or changed is None:
            self.columns = columns_of(self._rows.rows)
            self.completer = Completer(self.columns, self.records)
        else:
            self.columns = before.columns.changed(changed, len(self._rows.rows), titles_of(self._rows.rows))
            self.completer = before.completer.changed(self.columns, self.records, changed)
        self._thesaurus = thesaurus
        self._reader: Reader | None = None
        self._turn = threading.Lock()
        self._decoded: dict[str, Postings] = {}
        self._decoded_size = 0
        self._vocabularies: dict[Language, Vocabulary] = {}

    def prefetch(self, tokens: Collection[str]) -> None:
        """Do nothing: the files are at hand."""

    def postings(self, token: str) -> Postings:
        """Return the live rows that hold a token. Raises IndexDamaged."""
        found = self._decoded.get(token)
        if found is None and not self.pointer.generation:
            return no_postings()
        if found is None:
            found = self._read(lambda reader: reader.postings(token))
            self._remember(token, found)
        return found

    def records(self, numbers: Sequence[int]) -> Mapping[int, Record]:
        """Return what is shown of these rows. Raises IndexDamaged."""
        return {number: self._record(number) for number in numbers}

    def vocabulary(self, language: Language) -> Vocabulary:
        """Return the words of a language. Raises IndexDamaged."""
        known = self._vocabularies.get(language)
        if known is None:
            if len(self._vocabularies) > _MOST_LANGUAGES:
                self._vocabularies = {}  # languages are invented by strangers too
            words = self.words().get(language, {})
            known = vocabulary_of(language, words, self._thesaurus.words(language))
            self._vocabularies[language] = known
        return known

    def words(self) -> Words:
        """Return the word counts, read anew each time: they are only needed for corrections and changes."""
        if not self.pointer.generation:
            return {}
        words: Words = _read_json(self.directory / _WORDS)
        return words

    def rows_by_key(self) -> dict[str, Row]:
        """Return the live rows by key."""
        return {row.key: row for row in self._rows.rows if row}

    def records_of(self, keys: Sequence[str]) -> Iterator[Record]:
        """Yield the records of those keys that are there. Raises IndexDamaged."""
        wanted = set(keys)
        for number, row in enumerate(self._rows.rows):
            if row and row.key in wanted:
                yield self._record(number)

    def check(self) -> None:
        """Open what can be opened. Raises IndexDamaged when files are missing or are not as written."""
        if self.pointer.generation:
            damaged = damaged_file(self.directory, self.pointer.files)
            if damaged:
                raise IndexDamaged(f"{damaged} is missing or damaged")
            self._read(lambda reader: reader.record)

    def _record(self, number: int) -> Record:
        return self._read(lambda reader: record_from_json(reader.record(number)))

    def _read(self, ask: "Callable[[Reader], _Answer]") -> _Answer:
        """Ask the reader. Whoosh has no exceptions of its own for damage: anything can come out.

        One for all threads: it holds the whole index in memory, and as it is Python they take turns anyway.
        """
        if not self.pointer.generation:
            raise IndexDamaged("there is no index yet")
        try:
            with self._turn:
                if self._reader is None:
                    from search.engines.whoosh_files import Reader

                    self._reader = Reader(self.directory)
                return ask(self._reader)
        except Exception as error:
            raise IndexDamaged(f"{type(error).__name__}: {error}") from error

    def _remember(self, token: str, found: Postings) -> None:
        """Keep decoded postings, within bounds. Two threads at once make the sum a little off."""
        if self._decoded_size > _REMEMBERED:
            self._decoded, self._decoded_size = {}, 0
        self._decoded[token] = found
        # a token that does not occur costs memory too, so that a flood of nonsense stays within bounds
        self._decoded_size += len(found.rows) + 20


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path.name} cannot be read: {error}") from error
