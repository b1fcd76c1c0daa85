"""The order of titles: what stands first among equals, per locale of a reader."""

from array import array
from bisect import insort
from collections.abc import Collection, Iterable
from typing import Protocol

from search.documents import Locale, language_of
from search.letters import plain
from search.rows import Rows, members

# A row that changed is put back in its place in the order of titles by asking for some; more of them cost more than
# sorting all titles anew.
MOST_REPAIRS = 20
_MOST_LOCALES = 16


class Titles(Protocol):
    """Where titles come from: memory, or a table that is only read when an order of titles is wanted."""

    def __call__(self, locale: Locale, numbers: Collection[int] | None = None, /) -> Iterable[tuple[int, str, str]]:
        """Yield (row number, key, title for this locale) of the live rows, or of those of them with these numbers."""


class TitleOrder:
    """Ranks of rows by title, made when first asked for and kept per locale. Safe to share."""

    def __init__(self, titles: Titles, size: int) -> None:
        self._titles = titles
        self._size = size
        self._ranks: dict[Locale, array[int]] = {}
        self._before: dict[Locale, tuple[array[int], frozenset[int]]] = {}

    def changed(self, titles: Titles, size: int, numbers: Collection[int]) -> "TitleOrder":
        """Return the order after a change of these rows; this one stays as it is."""
        new = TitleOrder(titles, size)
        known = {**self._before, **{locale: (ranks, frozenset[int]()) for locale, ranks in self._ranks.items()}}
        moved = {locale: (ranks, rows.union(numbers)) for locale, (ranks, rows) in known.items()}
        new._before = {locale: each for locale, each in moved.items() if len(each[1]) <= MOST_REPAIRS}
        return new

    def ranks(self, locale: Locale, live: Rows) -> "array[int]":
        """Return per row its place in the order of the titles a reader of this locale sees."""
        known = self._ranks.get(locale)
        if known is None:
            before = self._before.pop(locale, None)
            order = self._repaired(locale, live, *before) if before else self._ordered(locale)
            known = array("I", bytes(4 * self._size))
            for rank, number in enumerate(order):
                known[number] = rank
            if len(self._ranks) >= _MOST_LOCALES:
                self._ranks = {}  # a reading level is easily invented
            self._ranks[locale] = known
        return known

    def _ordered(self, locale: Locale) -> list[int]:
        language = language_of(locale)
        order = sorted((plain(title, language), key, number) for number, key, title in self._titles(locale))
        return [number for _title, _key, number in order]

    def _repaired(self, locale: Locale, live: Rows, before: "array[int]", moved: frozenset[int]) -> list[int]:
        """Return the order from the one before: only what changed looks for its place anew."""
        language = language_of(locale)

        def title_of(number: int) -> tuple[str, str]:
            found = [(plain(title, language), key) for _, key, title in self._titles(locale, (number,))]
            return found[0] if found else ("", "")

        order = sorted((number for number in members(live) if number not in moved), key=before.__getitem__)
        for number in moved:
            if live >> number & 1:
                insort(order, number, key=title_of)
        return order
