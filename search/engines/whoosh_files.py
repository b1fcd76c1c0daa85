"""The only module that imports whoosh: writes and reads the postings of one generation.

Whoosh gets finished tokens with finished weights. Its analysis, its query parser, its scoring, its facets and
its fuzzy terms are not used: they were slower, or would rank otherwise than the other engines (see the design
notes).
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import create_in, open_dir
from whoosh.reading import TermNotFound

from search.snapshot import Postings, no_postings

# MB of postings held before they go to disk. The default, 128, is far more than a municipality has.
_WRITER_MEMORY = 16


class WeightedTokens(FieldType):
    """A field whose value is a mapping of tokens to weights."""

    def __init__(self) -> None:
        super().__init__(Existence(), analyzer=None, scorable=False)

    def index(self, value: Mapping[str, float], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield what whoosh stores: token, frequency, weight, no further value."""
        for token, weight in value.items():
            yield token.encode(), 1, weight, b""


class Entry(NamedTuple):
    """One document for the index: its key, its record as JSON, its tokens."""

    key: str
    record: str
    tokens: Mapping[str, float]


def create(directory: Path, entries: Iterable[Entry]) -> list[str | None]:
    """Write a new index of these entries. Returns the key per row number, as `update` does."""
    schema = Schema(key=ID(unique=True, sortable=True), record=STORED(), tokens=WeightedTokens())
    index = create_in(directory, schema)
    writer = index.writer(limitmb=_WRITER_MEMORY)
    for entry in entries:
        writer.add_document(**entry._asdict())
    writer.commit()
    return _keys(index)


def update(directory: Path, deleted: Iterable[str], entries: Iterable[Entry]) -> list[str | None]:
    """Take keys out, put entries in. Returns the key per row number, None where one was taken out."""
    index = open_dir(directory)
    writer = index.writer(limitmb=_WRITER_MEMORY)
    for key in deleted:
        writer.delete_by_term("key", key)
    for entry in entries:
        writer.add_document(**entry._asdict())
    writer.commit()
    return _keys(index)


def _keys(index: Any) -> list[str | None]:
    with index.reader() as reader:
        keys: list[str | None] = [None] * reader.doc_count_all()
        if not keys:
            return keys  # whoosh's reader of an empty index has no columns
        column = reader.column_reader("key")
        for number in reader.all_doc_ids():
            keys[number] = column[number]
        return keys


class Reader:
    """Reads one generation. For one thread at a time: whoosh moves a shared file cursor."""

    def __init__(self, directory: Path) -> None:
        # Files are mapped at once: the directory may be cleared away while this reader lives.
        storage = FileStorage(str(directory), readonly=True)
        self._reader = storage.open_index().reader()

    def postings(self, token: str) -> Postings:
        """Return the live rows that hold a token, with their weights."""
        try:
            matcher = self._reader.postings("tokens", token)
        except TermNotFound:
            return no_postings()
        rows, weights = array("I"), array("f")
        while matcher.is_active():
            rows.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return Postings(rows, weights)

    def record(self, number: int) -> str:
        """Return the record of a row as JSON."""
        return str(self._reader.stored_fields(number)["record"])
