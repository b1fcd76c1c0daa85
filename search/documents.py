"""What goes into an index and what comes out: plain frozen values, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Locale = str
"""A language, or a language with a reading level: `nl`, `nl_simple`, `en`."""

Language = str
"""The part of a locale before `_` or `-`: `nl`."""

Stage = Literal["exact", "any", "corrected", "concept", "none"]

FALLBACK_LOCALE: Locale = "nl"


def language_of(locale: Locale) -> Language:
    """Return the language of a locale: `nl_simple` and `nl-simple` are both `nl`."""
    return locale.replace("-", "_").partition("_")[0].casefold()


@dataclass(frozen=True, slots=True)
class Text:
    """One document in one locale, as plain text without markup."""

    title: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Doc:
    """One thing that can be found.

    `key` names it for ever and is unique in the index. `themes` are codes, the most important first.
    `keywords` are everyday words per language. `formal` and `free` are None when that is not a question.
    `facets` adds filters of the caller's own. `boost` multiplies the score; 1.0 is neutral.
    `openings` are pairs of minutes of the week (Monday 0:00 is 0; the end is not included); `point` is where
    it is, as latitude and longitude in degrees.
    `payload` comes back with the hit, so that a page needs no database; it must be JSON.
    """

    key: str
    kind: str
    texts: Mapping[Locale, Text]
    themes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    formal: bool | None = None
    free: bool | None = None
    boost: float = 1.0
    keywords: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    openings: tuple[tuple[int, int], ...] = ()
    point: tuple[float, float] | None = None
    payload: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """One question of one reader. `text` is never a query language: every sign in it is just a sign.

    Values of one filter are alternatives, filters narrow each other. Filter names are `kind`, `theme`,
    `area`, `audience`, `formal`, `free` (the last two with `yes` or `no`) and the names in `Doc.facets`.
    A filter that no document has finds nothing. `limit` is at most 100 hits.
    `minute` is the present minute of the week, in the time of the place: with it `open` with the value `now`
    is a filter and a facet. `near` sorts by distance; what has no place comes last.
    """

    text: str = ""
    locale: Locale = FALLBACK_LOCALE
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    minute: int | None = None
    near: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer, ready to show.

    `locale` is the locale of `title` and `snippet`: the reader's, else the same language, else `nl`.
    `snippet` is the text cut in pieces `(text, marked)`: a template marks words without handling HTML.
    `distance` is in metres as the crow flies, when the question was near somewhere and this is somewhere.
    """

    key: str
    kind: str
    score: float
    payload: Mapping[str, object]
    locale: Locale
    title: str
    snippet: tuple[tuple[str, bool], ...]
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of the answers.

    `total` counts all answers. `facets[name][value]` is what `total` would be if the reader chose only that
    value of that filter and left the other filters as they are; values that lead nowhere are absent.
    `stage` says how the answers were found, `corrected` which words were read instead of the ones typed.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    corrected: str | None
    stage: Stage


NOTHING = Page((), 0, {}, None, "none")
"""The page of a question without an answer."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title that continues what somebody is typing."""

    text: str
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Change:
    """One document stored (`doc` given) or taken out (`doc` is None). Build it with `put` or `delete`."""

    key: str
    doc: Doc | None

    @classmethod
    def put(cls, doc: Doc) -> "Change":
        """Store a document, in the place of one with the same key."""
        return cls(doc.key, doc)

    @classmethod
    def delete(cls, key: str) -> "Change":
        """Take a document out; a key that is not there is no error."""
        return cls(key, None)


@dataclass(frozen=True, slots=True)
class Status:
    """How an index is doing. `generation` grows with every change; `problem` says why it is unhealthy."""

    generation: int
    count: int
    built_at: datetime | None
    format_version: int
    healthy: bool
    problem: str = ""
