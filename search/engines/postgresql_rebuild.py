"""Writes the whole index in PostgreSQL anew, inside a transaction of `writing`."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from search.columns import row_of
from search.documents import Doc
from search.engines.postgresql_postings import Collected
from search.engines.postgresql_tables import FORMAT_VERSION, Connection, State
from search.records import record_to_json, row_to_json
from search.thesaurus import Thesaurus
from search.tokens import tokens_of, words_of

_COPY = {
    "document": {
        "generation": "int8", "number": "int4", "key": "text", "changed": "int8",
        "row": "text", "titles": "text", "record": "text", "tokens": "text[]",
    },
    "posting": {"generation": "int8", "token": "text", "block": "int4", "rows": "bytea", "weights": "bytea"},
    "word": {"generation": "int8", "language": "text", "word": "text", "count": "int4"},
}  # fmt: skip
_OPEN = """
INSERT INTO search_index.generation (name, format_version, built_at, change, words, count, size)
VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id
"""


def rebuild(
    connection: Connection, name: str, docs: Sequence[Doc], thesaurus: Thesaurus, now: datetime, old: State | None
) -> State:
    """Put these documents in the place of all that is there; their keys are unique.

    Readers see the old index until the transaction ends, and then the new one.
    """
    change = old.change + 1 if old else 1
    if old:
        for table in ("generation", *_COPY):
            column = "id" if table == "generation" else "generation"
            connection.execute(f"DELETE FROM search_index.{table} WHERE {column} = %s", (old.id,))
    opened = connection.execute(_OPEN, (name, FORMAT_VERSION, now, change, change, len(docs), len(docs))).fetchone()
    assert opened
    postings, words = Collected(), Counter[tuple[str, str]]()

    def stored() -> Iterator[Sequence[object]]:
        for number, doc in enumerate(docs):
            tokens = tokens_of(doc, thesaurus)
            postings.add(number, tokens)
            words.update(words_of(doc.texts, doc.keywords))
            yield opened[0], number, doc.key, change, *content_of(doc, tokens)

    _copy(connection, "document", stored())
    _copy(connection, "posting", ((opened[0], *block) for block in postings.blocks()))
    _copy(connection, "word", ((opened[0], *word, count) for word, count in words.items()))
    return State(opened[0], FORMAT_VERSION, now, change, change, len(docs), len(docs))


def content_of(doc: Doc, tokens: Mapping[str, float]) -> tuple[str, str, str, list[str]]:
    """Return row, titles, record and tokens. The row is read by every process, so titles stand apart."""
    row = row_of(doc)
    slim = json.dumps(row_to_json(replace(row, titles={})))
    return slim, json.dumps(dict(row.titles)), record_to_json(doc), list(tokens)


def _copy(connection: Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    columns = _COPY[table]
    statement = f"COPY search_index.{table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(row)
