"""The part of a document that is only read when it is shown: its texts and its payload, kept as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.columns import Row
from search.documents import Doc, Locale, Text


@dataclass(frozen=True, slots=True)
class Record:
    """The texts, keywords and payload of one document, as they came in (tuples in a payload become lists)."""

    texts: Mapping[Locale, Text]
    keywords: Mapping[str, tuple[str, ...]]
    payload: Mapping[str, object]


def record_to_json(doc: Doc) -> str:
    """Return the record of a document as text. Raises TypeError when the payload is not JSON."""
    texts = {locale: (text.title, text.summary, text.body) for locale, text in doc.texts.items()}
    return json.dumps([texts, {k: list(v) for k, v in doc.keywords.items()}, doc.payload], ensure_ascii=False)


def record_from_json(text: str) -> Record:
    """Return a record from its text. Raises ValueError or TypeError when it is damaged."""
    texts, keywords, payload = json.loads(text)
    return Record(
        {locale: Text(*parts) for locale, parts in texts.items()},
        {language: tuple(words) for language, words in keywords.items()},
        payload,
    )


def row_to_json(row: Row | None) -> object:
    """Return a row as a JSON value."""
    return row and [row.key, row.kind, row.boost, row.titles, row.languages, row.values]


def row_from_json(value: Sequence[Any] | None) -> Row | None:
    """Return a row from its JSON value. Raises ValueError, TypeError or AttributeError when it is damaged."""
    if value is None:
        return None
    key, kind, boost, titles, languages, values = value
    return Row(key, kind, boost, titles, tuple(languages), {name: tuple(found) for name, found in values.items()})
