"""Brings some documents of the index in PostgreSQL up to date, inside a transaction of `writing`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from search.documents import Doc
from search.engines.postgresql_postings import Block, Changes
from search.engines.postgresql_rebuild import content_of
from search.engines.postgresql_tables import Connection, State
from search.records import record_from_json
from search.thesaurus import Thesaurus
from search.tokens import tokens_of, words_of

_STORE = """
INSERT INTO search_index.document (generation, number, key, changed, row, titles, record, tokens)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (generation, key) DO UPDATE SET changed = excluded.changed, row = excluded.row,
    titles = excluded.titles, record = excluded.record, tokens = excluded.tokens
"""
_TAKE_OUT = """
UPDATE search_index.document SET changed = %s, row = NULL, titles = NULL, record = NULL, tokens = NULL
WHERE generation = %s AND number = ANY(%s)
"""
_KNOWN = """
SELECT key, number, record, tokens FROM search_index.document WHERE generation = %s AND key = ANY(%s)
"""
_BLOCKS = """
SELECT p.token, p.block, p.rows, p.weights FROM unnest(%s::text[], %s::int[]) AS asked (token, block)
JOIN search_index.posting p ON p.generation = %s AND p.token = asked.token AND p.block = asked.block
"""
_DROP_BLOCKS = """
DELETE FROM search_index.posting p USING unnest(%s::text[], %s::int[]) AS gone (token, block)
WHERE p.generation = %s AND p.token = gone.token AND p.block = gone.block
"""
_PUT_BLOCK = """
INSERT INTO search_index.posting (generation, token, block, rows, weights) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (generation, token, block) DO UPDATE SET rows = excluded.rows, weights = excluded.weights
"""
_COUNTS = """
SELECT w.language, w.word, w.count FROM unnest(%s::text[], %s::text[]) AS asked (language, word)
JOIN search_index.word w ON w.generation = %s AND w.language = asked.language AND w.word = asked.word
"""
_PUT_WORD = """
INSERT INTO search_index.word (generation, language, word, count) VALUES (%s, %s, %s, %s)
ON CONFLICT (generation, language, word) DO UPDATE SET count = excluded.count
"""
_DROP_WORD = "DELETE FROM search_index.word WHERE generation = %s AND language = %s AND word = %s"
_MOVE = """
UPDATE search_index.generation SET change = %s, built_at = %s, words = %s, count = %s, size = %s WHERE id = %s
"""

_Words = Counter[tuple[str, str]]


class _Known(NamedTuple):
    """A document as it is stored; without content when it was taken out earlier."""

    number: int
    record: str | None
    tokens: list[str] | None


def apply(
    connection: Connection, state: State, last: Mapping[str, Doc | None], thesaurus: Thesaurus, now: datetime
) -> State:
    """Bring these documents up to date; None takes one out."""
    change = state.change + 1
    found = connection.execute(_KNOWN, (state.id, list(last))).fetchall()
    known = {key: _Known(*values) for key, *values in found}
    there = [key for key, old in known.items() if old.record]
    postings, words, size = Changes(), _Words(), state.size
    rows: list[Sequence[object]] = []
    for key, doc in last.items():
        old = known.get(key)
        if old and old.record:
            record = record_from_json(old.record)
            words.subtract(words_of(record.texts, record.keywords))
        tokens = tokens_of(doc, thesaurus) if doc else {}
        number = old.number if old else size
        postings.add(number, (old and old.tokens) or (), tokens)
        if doc:
            words.update(words_of(doc.texts, doc.keywords))
            size = max(size, number + 1)
            rows.append((state.id, number, key, change, *content_of(doc, tokens)))
    gone = [known[key].number for key in there if not last[key]]
    with connection.cursor() as cursor:
        cursor.executemany(_STORE, rows)
    connection.execute(_TAKE_OUT, (change, state.id, gone))
    _change_postings(connection, state, postings)
    seen = change if _change_words(connection, state, words) else state.words
    count = state.count + len(rows) - len(there)
    connection.execute(_MOVE, (change, now, seen, count, size, state.id))
    return State(state.id, state.format_version, now, change, seen, count, size)


def _change_postings(connection: Connection, state: State, changes: Changes) -> None:
    touched = changes.touched()
    asked = [token for token, _ in touched], [block for _, block in touched]
    with connection.cursor(binary=True) as cursor:
        stored = [Block(*found) for found in cursor.execute(_BLOCKS, (*asked, state.id)).fetchall()]
        blocks = list(changes.blocks(stored))
        empty = [block for block in blocks if not block.rows]
        dropped = [block.token for block in empty], [block.block for block in empty]
        cursor.execute(_DROP_BLOCKS, (*dropped, state.id))
        cursor.executemany(_PUT_BLOCK, [(state.id, *block) for block in blocks if block.rows])


def _change_words(connection: Connection, state: State, words: _Words) -> bool:
    """Count the words; return whether one is new or is there no more."""
    changed = {word: count for word, count in words.items() if count}
    asked = [language for language, _ in changed], [word for _, word in changed]
    found = connection.execute(_COUNTS, (*asked, state.id)).fetchall()
    before = {(language, word): count for language, word, count in found}
    after = {word: before.get(word, 0) + count for word, count in changed.items()}
    gone = [word for word, count in after.items() if count <= 0]
    with connection.cursor() as cursor:
        cursor.executemany(_DROP_WORD, [(state.id, *word) for word in gone])
        cursor.executemany(_PUT_WORD, [(state.id, *word, count) for word, count in after.items() if count > 0])
    return bool(gone) or after.keys() != before.keys()
