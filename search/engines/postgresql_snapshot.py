"""One change of the index in PostgreSQL, as one process sees it. Columns are in memory, the rest comes when asked."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from search.columns import Columns
from search.documents import Language, Locale
from search.engines.postgresql_reading import Reading
from search.engines.postgresql_tables import State
from search.records import Record
from search.snapshot import Postings, no_postings
from search.spelling import Vocabulary, vocabulary_of
from search.suggest import Completer
from search.thesaurus import Thesaurus
from search.titles import Titles

_MOST_LANGUAGES = 16
_REMEMBERED = 250_000  # postings kept per change, 8 bytes each
# A vocabulary that takes long to build is not built anew before it has served for twenty times as long. Until then a
# new word is found, only nothing is corrected to it; and a correction to a word that is gone leads nowhere.
_QUICK, _SERVES = 0.05, 20


class _Built(NamedTuple):
    """A vocabulary, of which words it is, and until when it will do."""

    vocabulary: Vocabulary
    words: int
    until: float


class PostgresSnapshot:
    """Keeps `Snapshot` over one change. Threads share it without queueing."""

    def __init__(self, reading: Reading, state: State, thesaurus: Thesaurus) -> None:
        """Read the rows. Raises IndexDamaged."""
        self.state = state
        self._reading = reading
        self._thesaurus = thesaurus
        self._known: dict[str, Postings] = {}
        self._known_size = 0
        self._vocabularies: dict[Language, _Built] = {}
        self.columns = Columns(reading.all_rows(state), state.size, self._titles())
        self.completer = Completer(self.columns, self.records)

    def moved(self, state: State) -> "PostgresSnapshot":
        """Return the snapshot of a later change: only what changed is read. This one stays as it is."""
        rows = self._reading.changed_rows(state, self.state.change)
        new = PostgresSnapshot.__new__(PostgresSnapshot)
        new.state, new._reading, new._thesaurus = state, self._reading, self._thesaurus
        new._known, new._known_size = {}, 0
        new._vocabularies = dict(self._vocabularies)
        new.columns = self.columns.changed(rows, state.size, new._titles())
        new.completer = self.completer.changed(new.columns, new.records, rows)
        return new

    def prefetch(self, tokens: Collection[str]) -> None:
        """Fetch the postings of all these tokens in one trip, and remember them. Raises IndexDamaged."""
        self._fetched([token for token in tokens if token not in self._known])

    def postings(self, token: str) -> Postings:
        """Return the rows of the columns that hold a token. Raises IndexDamaged."""
        found = self._known.get(token)
        return self._fetched([token])[token] if found is None else found

    def records(self, numbers: Sequence[int]) -> Mapping[int, Record]:
        """Return what is shown of these rows, in one trip. Raises IndexDamaged."""
        return self._reading.records(self.state, numbers) if numbers else {}

    def vocabulary(self, language: Language) -> Vocabulary:
        """Return the words of a language, perhaps those of some seconds ago. Raises IndexDamaged."""
        known, now = self._vocabularies.get(language), time.monotonic()
        if known is None or (known.words != self.state.words and now >= known.until):
            words = self._reading.words(self.state, language)
            vocabulary = vocabulary_of(language, words, self._thesaurus.words(language))
            took = time.monotonic() - now
            known = _Built(vocabulary, self.state.words, now + took * _SERVES if took > _QUICK else now)
            if len(self._vocabularies) > _MOST_LANGUAGES:
                self._vocabularies = {}  # languages are invented by strangers too
            self._vocabularies[language] = known
        return known.vocabulary

    def _titles(self) -> Titles:
        reading, state = self._reading, self.state

        def titles(locale: Locale, numbers: Collection[int] | None = None) -> Iterator[tuple[int, str, str]]:
            return reading.titles(state, locale, numbers)

        return titles

    def _fetched(self, tokens: Collection[str]) -> Mapping[str, Postings]:
        if not tokens:
            return {}
        change, found = self._reading.postings(self.state, tokens)
        if change != self.state.change:
            found = {token: self._of_columns(postings) for token, postings in found.items()}
        given = {token: found.get(token) or no_postings() for token in tokens}
        self._remember(given)
        return given

    def _of_columns(self, postings: Postings) -> Postings:
        """Return the postings without rows that are newer than the columns."""
        live = self.columns.live.to_bytes(self.columns.size // 8 + 1, "little")
        kept = no_postings()
        for row, weight in zip(*postings, strict=True):
            if row < self.columns.size and live[row >> 3] >> (row & 7) & 1:
                kept.rows.append(row)
                kept.weights.append(weight)
        return kept

    def _remember(self, given: Mapping[str, Postings]) -> None:
        """Keep postings, within bounds. Two threads at once make the sum a little off."""
        if self._known_size > _REMEMBERED:
            self._known, self._known_size = {}, 0
        self._known.update(given)
        # a token that does not occur costs memory too, so that a flood of nonsense stays within bounds
        self._known_size += sum(len(postings.rows) + 20 for postings in given.values())
