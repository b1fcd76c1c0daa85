"""What a search needs of every document at once: filters, facets, titles. Small enough to keep in memory.

A set of rows is one integer, bit n for row n: filtering is `&` and counting is `bit_count`, for ten thousand
documents still in microseconds and without a library.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from search.documents import FALLBACK_LOCALE, Doc, Language, Locale, language_of
from search.letters import plain

Rows = int
"""A set of row numbers as bits."""


@dataclass(frozen=True, slots=True)
class Row:
    """The part of a document that stays in memory.

    `languages` are those it has words of, `values` holds the values per filter name.
    """

    key: str
    kind: str
    boost: float
    titles: Mapping[Locale, str]
    languages: tuple[Language, ...]
    values: Mapping[str, tuple[str, ...]]

    def locale_for(self, locale: Locale) -> Locale:
        """Return the locale to show a reader: the own one, the same language, Dutch, or whatever there is."""
        same = (other for other in self.titles if language_of(other) == language_of(locale))
        candidates = (locale, language_of(locale), *same, FALLBACK_LOCALE, *self.titles)
        return next((name for name in candidates if name in self.titles), FALLBACK_LOCALE)

    def title_for(self, locale: Locale) -> str:
        """Return the title a reader of this locale sees."""
        return self.titles.get(self.locale_for(locale), "")


def row_of(doc: Doc) -> Row:
    """Return the row of a document. A question without an answer (`formal=None`) leaves no value."""
    values = {
        "kind": (doc.kind,),
        "theme": doc.themes,
        "area": doc.areas,
        "audience": doc.audience,
        "formal": _yes_no(doc.formal),
        "free": _yes_no(doc.free),
        **{name: tuple(found) for name, found in doc.facets.items()},
    }
    titles = {locale: text.title for locale, text in doc.texts.items()}
    languages = tuple(sorted({language_of(locale) for locale in doc.texts} | set(doc.keywords)))
    given = {name: found for name, found in values.items() if found}
    return Row(doc.key, doc.kind, doc.boost, titles, languages, given)


def _yes_no(answer: bool | None) -> tuple[str, ...]:
    return () if answer is None else ("yes" if answer else "no",)


def members(rows: Rows) -> Iterator[int]:
    """Yield the row numbers in a set, the lowest first."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest


def as_rows(numbers: Iterable[int], size: int) -> Rows:
    """Return the set of these row numbers, all below `size`."""
    bits = bytearray(size // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


class Columns:
    """All rows of one generation. A None is the number of a document that was taken out."""

    def __init__(self, rows: Sequence[Row | None]) -> None:
        self.rows = rows
        self.live = as_rows((number for number, row in enumerate(rows) if row), len(rows))
        self.count = self.live.bit_count()
        self.languages = frozenset(language for row in rows if row for language in row.languages)
        self._values = _by_value(rows)
        self._ranks: dict[Locale, list[int]] = {}

    def row(self, number: int) -> Row:
        """Return a live row; a number that is none is a KeyError."""
        row = self.rows[number]
        if row is None:
            raise KeyError(number)
        return row

    def filtered(self, filters: Mapping[str, Sequence[str]], but: str = "") -> Rows:
        """Return the rows that pass all filters but the one called `but`. An empty filter filters nothing."""
        rows = self.live
        for name, wanted in filters.items():
            if name != but and wanted:
                known = self._values.get(name, {})
                rows &= reduce(or_, (known.get(value, 0) for value in wanted), 0)
        return rows

    def facets(self, found: Rows, filters: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
        """Count the values among the found rows; see `Page.facets` for what a count promises."""
        counts: dict[str, dict[str, int]] = {}
        for name, values in self._values.items():
            within = found & self.filtered(filters, but=name)
            counted = {value: (rows & within).bit_count() for value, rows in values.items()}
            counts[name] = {value: count for value, count in counted.items() if count}
        return counts

    def ranks(self, locale: Locale) -> list[int]:
        """Return per row its place in the order of the titles a reader of this locale sees."""
        if locale not in self._ranks:
            language = language_of(locale)
            order = sorted(
                members(self.live),
                key=lambda number: (
                    plain(self.row(number).title_for(locale), language),
                    self.row(number).key,
                ),
            )
            ranks = [0] * len(self.rows)
            for rank, number in enumerate(order):
                ranks[number] = rank
            # only locales that exist are remembered, so a stranger's invention costs no memory
            if language not in self.languages:
                return ranks
            self._ranks[locale] = ranks
        return self._ranks[locale]


def _by_value(rows: Sequence[Row | None]) -> dict[str, dict[str, Rows]]:
    numbers: dict[str, dict[str, list[int]]] = {}
    for number, row in enumerate(rows):
        for name, values in row.values.items() if row else ():
            for value in values:
                numbers.setdefault(name, {}).setdefault(value, []).append(number)
    return {
        name: {value: as_rows(found, len(rows)) for value, found in sorted(values.items())}
        for name, values in sorted(numbers.items())
    }
