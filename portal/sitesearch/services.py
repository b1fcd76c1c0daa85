"""Search over every kind, for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.foundation.i18n import LOCALES, Locale, reading_order
from portal.foundation.lib.typed import one_line
from search import Hit, Page, Query, SearchIndex, UrgentKind, urgent

#: Characters of a question that are read; the rest is cut, with a word about it.
LONGEST_QUESTION = 200
PAGE = 20
MOST_PAGES = 50


@dataclass(frozen=True)
class Answers:
    """What a question brings. `cut` says that only the first part of it was read."""

    asked: str
    page: Page
    urgent: UrgentKind | None
    number: int
    cut: bool

    @property
    def pages(self) -> int:
        """How many pages of answers there are."""
        return min(-(-self.page.total // PAGE), MOST_PAGES)


class SiteSearch:
    """One search box for one reader."""

    def __init__(self, index: SearchIndex, locale: Locale) -> None:
        self._index, self._locale = index, locale

    def search(self, asked: str, number: int = 1, limit: int = PAGE, kind: str = "") -> Answers:
        """The answers to a question, whatever was typed; an empty question brings none. `kind` narrows them."""
        words = one_line(asked)
        question = words[:LONGEST_QUESTION]
        number = min(max(number, 1), MOST_PAGES)
        if not question:
            return Answers("", Page((), 0, {}, None, "none"), None, 1, False)
        filters = {"kind": (kind,)} if kind else {}
        page = self._index.search(Query(question, self._locale.code, filters, limit=limit, offset=(number - 1) * limit))
        return Answers(question, page, urgent(question), number, len(words) > LONGEST_QUESTION)


def summary_of(hit: Hit, locale: Locale) -> tuple[str, Locale]:
    """The summary of a hit and the locale it is in: the reader's, else the one the title is in."""
    summaries: Mapping[str, Any] = hit.payload["summary"]  # type: ignore[assignment]
    for code in (hit.locale, *reading_order(locale), "nl"):
        if code in summaries:
            return str(summaries[code]), LOCALES[code]
    return "", locale
