"""Titles that continue what somebody is typing."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from heapq import nsmallest

from search.columns import Columns, Rows, as_rows, members
from search.documents import Locale, Suggestion, language_of
from search.letters import plain
from search.records import Record

_LONGEST_PREFIX = 80
_MOST_LOCALES = 16


class Completer:
    """Completes on the titles of one generation. Made when first asked, kept per locale; safe to share."""

    def __init__(self, columns: Columns, record: Callable[[int], Record]) -> None:
        self._columns = columns
        self._record = record
        self._words: dict[Locale, tuple[list[str], list[int]]] = {}

    def complete(self, prefix: str, locale: Locale, n: int) -> tuple[Suggestion, ...]:
        """Return at most `n` titles that hold, for every word typed, a word that begins with it."""
        typed = plain(prefix[:_LONGEST_PREFIX], language_of(locale)).split()
        if not typed or n <= 0:
            return ()
        rows = self._columns.live
        for word in typed:
            rows &= self._beginning_with(word, locale)
        ranks, boosts = self._columns.ranks(locale), self._columns.boosts
        order = nsmallest(n, members(rows), key=lambda number: (-boosts.get(number, 1.0), ranks[number]))
        found = map(self._record, order)
        return tuple(Suggestion(record.title_for(locale), record.key, record.kind) for record in found)

    def _beginning_with(self, word: str, locale: Locale) -> Rows:
        words, numbers = self._by_locale(locale)
        span = slice(bisect_left(words, word), bisect_right(words, word + "\U0010ffff"))
        return as_rows(numbers[span], self._columns.size)

    def _by_locale(self, locale: Locale) -> tuple[list[str], list[int]]:
        known = self._words.get(locale)
        if known is None:
            language = language_of(locale)
            pairs = sorted(
                (word, number)
                for number, _key, title in self._columns.titles(locale)
                for word in plain(title, language).split()
            )
            known = [word for word, _ in pairs], [number for _, number in pairs]
            if len(self._words) < _MOST_LOCALES:
                self._words[locale] = known
        return known
