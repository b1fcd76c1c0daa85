"""What a search needs of every document at once: filters, facets, hours, places. Small enough to keep in memory.

A set of rows is one integer, bit n for row n: filtering is `&` and counting is `bit_count`, for a hundred thousand
documents still in microseconds and without a library.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from search.documents import FALLBACK_LOCALE, Doc, Language, Locale, language_of
from search.letters import plain
from search.openings import Openings

Rows = int
"""A set of row numbers as bits."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

OPEN, NOW = "open", "now"
"""The name and the one value of the filter that depends on the clock."""


def title_locale(titles: Iterable[Locale], locale: Locale) -> Locale:
    """Return the locale to show a reader: the own one, the same language, Dutch, or whatever there is."""
    there = tuple(titles)
    same = (other for other in there if language_of(other) == language_of(locale))
    candidates = (locale, language_of(locale), *same, FALLBACK_LOCALE, *there)
    return next((name for name in candidates if name in there), FALLBACK_LOCALE)


@dataclass(frozen=True, slots=True)
class Row:
    """The part of a document that is looked at for every question.

    `languages` are those it has words of, `values` holds the values per filter name.
    """

    key: str
    boost: float
    titles: Mapping[Locale, str]
    languages: tuple[Language, ...]
    values: Mapping[str, tuple[str, ...]]
    openings: tuple[tuple[int, int], ...] = ()
    point: Point | None = None

    def title_for(self, locale: Locale) -> str:
        """Return the title a reader of this locale sees."""
        return self.titles.get(title_locale(self.titles, locale), "")


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
    return Row(doc.key, doc.boost, titles, languages, given, doc.openings, doc.point)


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


class Titles(Protocol):
    """Where titles come from: memory, or a table that is only read when an order of titles is wanted."""

    def __call__(self, locale: Locale) -> Iterable[tuple[int, str, str]]:
        """Yield (row number, key, title for this locale) of the live rows."""


class Columns:
    """All rows of one generation, by column. Does not change; safe to share."""

    def __init__(self, rows: Iterable[tuple[int, Row]], size: int, titles: Titles) -> None:
        """`rows` are the live rows by number, all below `size`; they are read once and not kept."""
        self.size = size
        self.boosts: dict[int, float] = {}
        self.points: dict[int, Point] = {}
        openings: list[tuple[int, tuple[tuple[int, int], ...]]] = []
        live: list[int] = []
        languages: set[Language] = set()
        numbers: dict[str, dict[str, list[int]]] = {}
        for number, row in rows:
            live.append(number)
            languages.update(row.languages)
            if row.boost != 1.0:
                self.boosts[number] = row.boost
            if row.point:
                self.points[number] = row.point
            if row.openings:
                openings.append((number, row.openings))
            for name, values in row.values.items():
                for value in values:
                    numbers.setdefault(name, {}).setdefault(value, []).append(number)
        self.live = as_rows(live, size)
        self.count = len(live)
        self.languages = frozenset(languages)
        self.titles = titles
        self._openings = Openings(openings)
        self._values = _as_bits(numbers, size)
        self._ranks: dict[Locale, list[int]] = {}

    def filtered(self, filters: Mapping[str, Sequence[str]], but: str = "", minute: int | None = None) -> Rows:
        """Return the rows that pass all filters but the one called `but`. An empty filter filters nothing."""
        rows = self.live
        for name, wanted in filters.items():
            if name != but and wanted:
                rows &= self._passing(name, wanted, minute)
        return rows

    def _passing(self, name: str, wanted: Sequence[str], minute: int | None) -> Rows:
        if name == OPEN and minute is not None:
            return self.open_at(minute) if NOW in wanted else 0
        known = self._values.get(name, {})
        return reduce(or_, (known.get(value, 0) for value in wanted), 0)

    def open_at(self, minute: int) -> Rows:
        """Return the rows that are open at a minute of the week."""
        return self._openings.rows_at(minute, lambda numbers: as_rows(numbers, self.size))

    def facets(
        self, found: Rows, filters: Mapping[str, Sequence[str]], minute: int | None = None
    ) -> dict[str, dict[str, int]]:
        """Count the values among the found rows; see `Page.facets` for what a count promises."""
        all_but = {name: self.filtered(filters, name, minute) for name in (*filters, "")}
        counts: dict[str, dict[str, int]] = {}
        for name, values in self._values.items():
            within = found & all_but.get(name, all_but[""])
            counted = {value: (rows & within).bit_count() for value, rows in values.items()}
            counts[name] = {value: count for value, count in counted.items() if count}
        if minute is not None:
            now = (self.open_at(minute) & found & all_but.get(OPEN, all_but[""])).bit_count()
            counts[OPEN] = {NOW: now} if now else {}
        return counts

    def ranks(self, locale: Locale) -> list[int]:
        """Return per row its place in the order of the titles a reader of this locale sees."""
        if locale not in self._ranks:
            language = language_of(locale)
            order = sorted((plain(title, language), key, number) for number, key, title in self.titles(locale))
            ranks = [0] * self.size
            for rank, (_title, _key, number) in enumerate(order):
                ranks[number] = rank
            # only locales that exist are remembered, so a stranger's invention costs no memory
            if language not in self.languages:
                return ranks
            self._ranks[locale] = ranks
        return self._ranks[locale]


def _as_bits(numbers: Mapping[str, Mapping[str, Sequence[int]]], size: int) -> dict[str, dict[str, Rows]]:
    return {
        name: {value: as_rows(found, size) for value, found in sorted(values.items())}
        for name, values in sorted(numbers.items())
    }


def columns_of(rows: Sequence[Row | None]) -> Columns:
    """Return the columns of rows that stay in memory; a None is the number of a document that was taken out."""
    live = [(number, row) for number, row in enumerate(rows) if row]
    return Columns(live, len(rows), lambda locale: ((number, row.key, row.title_for(locale)) for number, row in live))
