"""All pages in the order of their tree, with how each stands in every language: three questions, however many pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from portal.pages.models import Page, PageText
from portal.pages.versions import PageVersion
from portal.pages.workflow import OPEN, Standing, State, standing


@dataclass(frozen=True)
class Branch:
    """A page in the tree: how deep it hangs, its Dutch title (else that of its draft, else its key), how it stands."""

    page: Any
    depth: int
    title: str
    standings: Mapping[str, Standing]

    @property
    def missing_dutch(self) -> bool:
        """Whether readers see nothing of it yet."""
        return self.standings.get("nl") in {Standing.MISSING, Standing.WORKING} and not self.page.shown

    @property
    def live(self) -> bool:
        """Whether somebody has to care for it: nothing is asked of a page that was taken away."""
        return bool(self.page.state == "published")

    def overdue(self, today: date) -> bool:
        """Whether the day of the page itself is over, whatever is being written in it."""
        return self.live and self.page.review_by < today


@dataclass(frozen=True)
class _PageRow:
    key: str
    state: str
    owner: str
    review_by: date
    parent_key: str | None
    place: int
    legal: bool
    service: str | None
    shown: bool = False


def read_tree(connection: Connection, locales: Sequence[str], today: date) -> list[Branch]:
    """Every page, archived ones at the end; those below another right after it."""
    texts, opened = _texts(connection), _open(connection)
    pages = [_row(row, texts) for row in connection.execute(select(Page.__table__))]
    branches = {page.key: _branch(page, locales, texts, opened, today) for page in pages}
    live = {page.key for page in pages if page.state == "published"}
    tops = [page for page in pages if page.key in live and page.parent_key not in live]
    ordered: list[Branch] = []
    _hang(tops, 0, [page for page in pages if page.key in live], branches, ordered)
    gone = sorted((branches[page.key] for page in pages if page.key not in live), key=lambda one: one.title.casefold())
    return ordered + gone


def _row(row: Any, texts: Mapping[tuple[str, str], Any]) -> _PageRow:
    return _PageRow(
        row.key, row.state, row.owner, row.review_by, row.parent_key, row.place, row.legal, row.service,
        (row.key, "nl") in texts,
    )  # fmt: skip


def _texts(connection: Connection) -> Mapping[tuple[str, str], Any]:
    what = (
        PageText.page_key,
        PageText.locale,
        PageText.title,
        PageText.draft,
        PageText.behind_since,
        PageText.review_by,
    )
    return {(row.page_key, row.locale): row for row in connection.execute(select(*what))}


def _open(connection: Connection) -> Mapping[tuple[str, str], Any]:
    what = select(PageVersion.page_key, PageVersion.locale, PageVersion.title, PageVersion.state)
    rows = connection.execute(what.where(PageVersion.state.in_(OPEN)))
    return {(row.page_key, row.locale): row for row in rows}


def _branch(
    page: _PageRow, locales: Sequence[str], texts: Mapping[Any, Any], opened: Mapping[Any, Any], today: date
) -> Branch:
    named = texts.get((page.key, "nl")) or opened.get((page.key, "nl"))
    stands = {
        code: _standing(page, texts.get((page.key, code)), opened.get((page.key, code)), today) for code in locales
    }
    return Branch(page, 0, (named.title if named is not None else "") or page.key, stands)


def _standing(page: _PageRow, text: Any, opened: Any, today: date) -> Standing:
    due = (text.review_by if text is not None else None) or page.review_by
    return standing(
        shown=text is not None,
        open_state=State(opened.state) if opened is not None else None,
        behind=text is not None and text.behind_since is not None,
        unread=text is not None and text.draft,
        overdue=due < today,
    )


def _hang(
    level: Sequence[_PageRow], depth: int, pages: Sequence[_PageRow], branches: Mapping[str, Branch],
    ordered: list[Branch],
) -> None:  # fmt: skip
    for page in sorted(level, key=lambda one: (one.place, branches[one.key].title.casefold())):
        found = branches[page.key]
        ordered.append(Branch(found.page, depth, found.title, found.standings))
        below = [one for one in pages if one.parent_key == page.key]
        _hang(below, depth + 1, pages, branches, ordered)
