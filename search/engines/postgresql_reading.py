"""What a search asks of PostgreSQL: a handful of statements, each of them one trip.

Every statement stands alone, without a transaction around the search: that saves two trips, lends a connection for a
millisecond only and keeps no old rows from being cleared away. What it costs: for the half second until a change is
noticed, postings and records may be newer than the columns. So each statement looks at the generation in the same
breath. Is it gone, the search begins anew on the next one (`GenerationGone`); has it moved on, rows that the columns
do not hold are left out and records that are missing are skipped. A row number always means the same document.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import LiteralString, NamedTuple

from psycopg.rows import TupleRow

from search.columns import Row, title_locale
from search.documents import Language, Locale
from search.engines.postgresql_postings import unpacked
from search.engines.postgresql_tables import Connect, State, lent, state_of
from search.index import IndexDamaged
from search.records import Record, record_from_json, row_from_json
from search.snapshot import Postings

_FROM = "FROM search_index.generation g LEFT JOIN search_index"
_POSTINGS = f"""
SELECT g.change, p.token, p.rows, p.weights
{_FROM}.posting p ON p.generation = g.id AND p.token = ANY(%s) WHERE g.id = %s ORDER BY p.token, p.block
"""
_RECORDS = f"""
SELECT d.number, d.record {_FROM}.document d ON d.generation = g.id AND d.number = ANY(%s) WHERE g.id = %s
"""
_WORDS = f"""
SELECT w.word, w.count {_FROM}.word w ON w.generation = g.id AND w.language = %s WHERE g.id = %s
"""
_TITLES = f"""
SELECT d.number, d.key, d.titles {_FROM}.document d ON d.generation = g.id AND d.number = ANY(%s) WHERE g.id = %s
"""
_CHANGED = f"""
SELECT d.number, d.row {_FROM}.document d ON d.generation = g.id AND d.changed > %s WHERE g.id = %s
"""
_AT_ONCE = 2000  # rows per trip where all of a table is read
_PART = f"{_FROM}.document d ON d.generation = g.id AND d.number BETWEEN %s AND %s WHERE g.id = %s"
_ALL_ROWS, _ALL_TITLES = f"SELECT d.number, d.row {_PART}", f"SELECT d.number, d.key, d.titles {_PART}"


class GenerationGone(IndexDamaged):
    """Another process has rebuilt the index since: ask the new one."""


class Unreadable(IndexDamaged):
    """What is stored is not what this engine writes: rebuild the index."""


class Fetched(NamedTuple):
    """Postings by token, and the change they are of."""

    change: int
    postings: dict[str, Postings]


class Reading:
    """Asks about one index. Every method raises IndexDamaged when PostgreSQL does not answer."""

    def __init__(self, connect: Connect, name: str) -> None:
        self._connect = connect
        self._name = name

    def state(self) -> State | None:
        """Return what the index is now."""
        with lent(self._connect) as connection:
            return state_of(connection, self._name)

    def postings(self, state: State, tokens: Collection[str]) -> Fetched:
        """Return the postings of those tokens that occur. Raises GenerationGone."""
        blocks: dict[str, list[tuple[bytes, bytes]]] = defaultdict(list)
        found = self._asked(_POSTINGS, list(filter(_can_be_stored, tokens)), state.id)
        for _change, token, rows, weights in found:
            if token is not None:
                blocks[token].append((rows, weights))
        with _understood():
            return Fetched(found[0][0], {token: unpacked(each) for token, each in blocks.items()})

    def records(self, state: State, numbers: Collection[int]) -> Mapping[int, Record]:
        """Return the records of those rows that have one. Raises GenerationGone."""
        found: dict[int, str | None] = dict(self._asked(_RECORDS, list(numbers), state.id))
        with _understood():
            return {number: record_from_json(record) for number in numbers if (record := found.get(number))}

    def words(self, state: State, language: Language) -> Mapping[str, int]:
        """Return the words of a language and how many documents hold each. Raises GenerationGone."""
        if not _can_be_stored(language):
            return {}
        return {word: count for word, count in self._asked(_WORDS, language, state.id) if word is not None}

    def titles(self, state: State, locale: Locale, numbers: Collection[int] | None) -> Iterator[tuple[int, str, str]]:
        """Yield what `Titles` promises; newer titles than the state's are no harm. Raises GenerationGone."""
        few = numbers is not None
        for number, key, stored in (
            self._asked(_TITLES, list(numbers or ()), state.id) if few else self._parts(_ALL_TITLES, state)
        ):
            if stored and _below(state, number):
                with _understood():
                    titles = json.loads(stored)
                    title = titles.get(title_locale(titles, locale), "")
                yield number, key, title

    def changed_rows(self, state: State, since: int) -> Mapping[int, Row | None]:
        """Return the rows changed since a change, and None for those taken out. Raises GenerationGone."""
        found = self._asked(_CHANGED, since, state.id)
        return {number: _row(stored) for number, stored in found if _below(state, number)}

    def all_rows(self, state: State) -> Iterator[tuple[int, Row]]:
        """Yield all live rows by number, a few at a time in memory. Raises GenerationGone."""
        for number, stored in self._parts(_ALL_ROWS, state):
            row = _row(stored)
            if row and _below(state, number):
                yield number, row

    def _parts(self, statement: LiteralString, state: State) -> Iterator[TupleRow]:
        """Yield all of a table, in trips that hold nothing open for whoever stops half-way."""
        for first in range(0, state.size, _AT_ONCE):
            yield from self._asked(statement, first, first + _AT_ONCE - 1, state.id)

    def _asked(self, statement: LiteralString, *values: object) -> list[TupleRow]:
        """Ask in binary: bytes come as they are."""
        with lent(self._connect) as connection, connection.cursor(binary=True) as cursor:
            found = cursor.execute(statement, values).fetchall()
        if not found:
            raise GenerationGone("another process has rebuilt the index")
        return found


def _below(state: State, number: int | None) -> bool:
    return number is not None and number < state.size


def _row(stored: str | None) -> Row | None:
    with _understood():
        return row_from_json(json.loads(stored)) if stored else None


@contextmanager
def _understood() -> Iterator[None]:
    """Raise Unreadable for what can not be made sense of, without repeating it."""
    try:
        yield
    except (ValueError, TypeError, AttributeError) as fault:
        raise Unreadable(f"what is stored is not an index: {type(fault).__name__}") from None


def _can_be_stored(text: str) -> bool:
    """Say whether a text could be in the database: PostgreSQL holds no zero, and half a character is none."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
