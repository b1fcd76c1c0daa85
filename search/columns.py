"""What a search needs of every document at once: filters, facets, hours, places. Small enough to keep in memory.

A set of rows is one integer, bit n for row n: filtering is `&` and counting is `bit_count`, for a hundred thousand
documents still in microseconds and without a library.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from search.documents import FALLBACK_LOCALE, Doc, Language, Locale, language_of
from search.openings import Openings
from search.rows import Rows, as_rows
from search.titles import TitleOrder, Titles

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


class Columns:
    """All rows of one generation, by column. Does not change; safe to share."""

    def __init__(self, rows: Iterable[tuple[int, Row]], size: int, titles: Titles) -> None:
        """`rows` are the live rows by number, all below `size`; they are read once and not kept."""
        self.size = size
        self.boosts: dict[int, float] = {}
        self.points: dict[int, Point] = {}
        openings: list[tuple[int, tuple[tuple[int, int], ...]]] = []
        live: list[int] = []
        languages: dict[Language, list[int]] = {}
        numbers: dict[str, dict[str, list[int]]] = {}
        for number, row in rows:
            live.append(number)
            for language in row.languages:
                languages.setdefault(language, []).append(number)
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
        self.titles = titles
        self._openings = Openings(openings)
        self._languages = {language: as_rows(found, size) for language, found in languages.items()}
        self.languages = frozenset(languages)
        self._values = _as_bits(numbers, size)
        self._order = TitleOrder(titles, size)

    def changed(self, rows: Mapping[int, Row | None], size: int, titles: Titles) -> "Columns":
        """Return new columns in which these rows are as given, None for one that was taken out.

        These columns stay as they are, for whoever still holds them. Costs a copy of the sets, not a look at
        every row.
        """
        new = Columns(((number, row) for number, row in rows.items() if row), size, titles)
        kept = ~as_rows(rows, size)
        new.live |= self.live & kept
        new.count = new.live.bit_count()
        new.boosts = {number: boost for number, boost in self.boosts.items() if number not in rows} | new.boosts
        new.points = {number: point for number, point in self.points.items() if number not in rows} | new.points
        new._openings = self._openings.changed(rows.keys(), new._openings)
        new._languages = _merged(self._languages, new._languages, kept)
        new.languages = frozenset(new._languages)
        names = sorted(self._values.keys() | new._values.keys())
        values = {name: _merged(self._values.get(name, {}), new._values.get(name, {}), kept) for name in names}
        new._values = {name: found for name, found in values.items() if found}
        new._order = self._order.changed(titles, size, rows)
        return new

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

    def ranks(self, locale: Locale) -> "array[int]":
        """Return per row its place in the order of the titles a reader of this locale sees."""
        # a reader of a language without a text sees the titles of the fallback: no order of its own, and a stranger's
        # invention costs neither time nor memory
        known = language_of(locale) in self.languages
        return self._order.ranks(locale if known else FALLBACK_LOCALE, self.live)


def _as_bits(numbers: Mapping[str, Mapping[str, Sequence[int]]], size: int) -> dict[str, dict[str, Rows]]:
    return {
        name: {value: as_rows(found, size) for value, found in sorted(values.items())}
        for name, values in sorted(numbers.items())
    }


def _merged(old: Mapping[str, Rows], new: Mapping[str, Rows], kept: Rows) -> dict[str, Rows]:
    """Return the sets of both by name, of the old ones only the rows that are kept; without the empty ones."""
    both = {name: old.get(name, 0) & kept | new.get(name, 0) for name in sorted(old.keys() | new.keys())}
    return {name: rows for name, rows in both.items() if rows}


def titles_of(rows: Sequence[Row | None]) -> Titles:
    """Return where the titles of rows in memory come from."""

    def titles(locale: Locale, numbers: Collection[int] | None = None) -> Iterator[tuple[int, str, str]]:
        wanted = range(len(rows)) if numbers is None else numbers
        found = ((number, rows[number]) for number in wanted if number < len(rows))
        return ((number, row.key, row.title_for(locale)) for number, row in found if row)

    return titles


def columns_of(rows: Sequence[Row | None]) -> Columns:
    """Return the columns of rows that stay in memory; a None is the number of a document that was taken out."""
    return Columns(((number, row) for number, row in enumerate(rows) if row), len(rows), titles_of(rows))
