"""Titles that continue what somebody is typing."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from search.columns import Columns
from search.documents import Locale, Suggestion, language_of
from search.letters import plain
from search.records import Record
from search.stems import without_article
from search.titles import MOST_REPAIRS

_LONGEST_PREFIX = 80
_MOST_LOCALES = 16


class _Words:
    """The words of all titles, sorted, each with its row."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(pairs)
        once: dict[str, str] = {}  # a word stands in many titles, and is kept once
        self.words = [once.setdefault(word, word) for word, _ in ordered]
        self.numbers = array("I", (number for _, number in ordered))

    def beginning_with(self, word: str) -> Sequence[int]:
        """Return the rows with a title in which a word begins so."""
        return self.numbers[bisect_left(self.words, word) : bisect_right(self.words, word + "\U0010ffff")]

    def but(self, numbers: Collection[int]) -> Iterator[tuple[str, int]]:
        """Yield what there is of all rows but these."""
        return (pair for pair in zip(self.words, self.numbers, strict=True) if pair[1] not in numbers)


class Completer:
    """Completes on the titles of one generation. Made when first asked, kept per locale; safe to share."""

    def __init__(self, columns: Columns, records: Callable[[Sequence[int]], Mapping[int, Record]]) -> None:
        self._columns = columns
        self._records = records
        self._words: dict[Locale, _Words] = {}
        self._before: dict[Locale, tuple[_Words, frozenset[int]]] = {}

    def changed(
        self,
        columns: Columns,
        records: Callable[[Sequence[int]], Mapping[int, Record]],
        numbers: Collection[int],
    ) -> "Completer":
        """Return a completer after a change of these rows; this one stays as it is."""
        new = Completer(columns, records)
        known = {**self._before, **{locale: (words, frozenset[int]()) for locale, words in self._words.items()}}
        new._before = {
            locale: (words, moved.union(numbers))
            for locale, (words, moved) in known.items()
            if len(moved.union(numbers)) <= MOST_REPAIRS
        }
        return new

    def complete(self, prefix: str, locale: Locale, n: int) -> tuple[Suggestion, ...]:
        """Return at most `n` titles that hold, for every word typed, a word that begins with it."""
        typed = plain(prefix[:_LONGEST_PREFIX], language_of(locale)).split()
        if not typed or n <= 0:
            return ()
        words = self._by_locale(locale)
        rows = set.intersection(*(set(words.beginning_with(word)) for word in typed))
        ranks, boosts = self._columns.ranks(locale), self._columns.boosts

        def order(number: int) -> tuple[float, int]:
            return -boosts.get(number, 1.0), ranks[number]

        # one letter is the beginning of half of the titles: where nothing is boosted, the bare rank compares quicker
        first = nsmallest(n, rows, key=order if boosts else ranks.__getitem__)
        records = self._records(first)
        found = [records[number] for number in first if number in records]
        return tuple(Suggestion(record.title_for(locale), record.key, record.kind) for record in found)

    def _by_locale(self, locale: Locale) -> _Words:
        known = self._words.get(locale)
        if known is None:
            before = self._before.pop(locale, None)
            if before:
                words, moved = before
                known = _Words([*words.but(moved), *self._read(locale, moved)])
            else:
                known = _Words(self._read(locale, None))
            if len(self._words) < _MOST_LOCALES:
                self._words[locale] = known
        return known

    def _read(self, locale: Locale, numbers: Collection[int] | None) -> Iterator[tuple[str, int]]:
        language, columns = language_of(locale), self._columns
        live = columns.live.to_bytes(columns.size // 8 + 1, "little")
        for number, _key, title in columns.titles(locale, numbers):
            if live[number >> 3] >> (number & 7) & 1:  # titles may be newer than these columns
                for word in plain(title, language).split():
                    yield word, number
                    bare = without_article(word)  # who types لغ means اللغة too
                    if language == "ar" and bare != word:
                        yield bare, number
