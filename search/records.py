"""The part of a document that is only read when it is shown: its texts and its payload, kept as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any

from search.columns import Row, title_locale
from search.documents import Doc, Locale, Text


@dataclass(frozen=True, slots=True)
class Record:
    """One document as it came in, less what only filters use (tuples in a payload become lists)."""

    key: str
    kind: str
    texts: Mapping[Locale, Text]
    keywords: Mapping[str, tuple[str, ...]]
    payload: Mapping[str, object]

    def locale_for(self, locale: Locale) -> Locale:
        """Return the locale of the text a reader sees."""
        return title_locale(self.texts, locale)

    def title_for(self, locale: Locale) -> str:
        """Return the title a reader sees."""
        text = self.texts.get(self.locale_for(locale))
        return text.title if text else ""


def record_to_json(doc: Doc) -> str:
    """Return the record of a document as text. Raises TypeError when the payload is not JSON."""
    texts = {locale: (text.title, text.summary, text.body) for locale, text in doc.texts.items()}
    keywords = {language: list(words) for language, words in doc.keywords.items()}
    return json.dumps([doc.key, doc.kind, texts, keywords, doc.payload], ensure_ascii=False)


def record_from_json(text: str) -> Record:
    """Return a record from its text. Raises ValueError or TypeError when it is damaged."""
    key, kind, texts, keywords, payload = json.loads(text)
    return Record(
        key,
        kind,
        {locale: Text(*parts) for locale, parts in texts.items()},
        {language: tuple(words) for language, words in keywords.items()},
        payload,
    )


def row_to_json(row: Row | None) -> object:
    """Return a row as a JSON value."""
    return row and [row.key, row.boost, row.titles, row.languages, row.values, row.openings, row.point]


@lru_cache(maxsize=4096)
def _span(start: int, end: int) -> tuple[int, int]:
    """Return the same object for the same hours: thousands of rows are open from nine to five on a Monday."""
    return start, end


def row_from_json(value: Sequence[Any] | None) -> Row | None:
    """Return a row from its JSON value. Raises ValueError, TypeError or AttributeError when it is damaged."""
    if value is None:
        return None
    key, boost, titles, languages, values, openings, point = value
    return Row(
        key,
        boost,
        {intern(locale): title for locale, title in titles.items()},
        tuple(map(intern, languages)),
        {intern(name): tuple(map(intern, found)) for name, found in values.items()},
        tuple(_span(start, end) for start, end in openings),
        (point[0], point[1]) if point else None,
    )
