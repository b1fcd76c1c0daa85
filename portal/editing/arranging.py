"""The tree: new pages, pages that move, and pages that are taken away. Facts of a page that hold in every language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.editing.drafting import Editor, NotSo
from portal.editing.links import links_to
from portal.foundation.i18n import SOURCE
from portal.pages.models import Page
from portal.pages.showing import Showing
from portal.pages.versions import PageVersion
from portal.pages.workflow import Actor

#: The facts that an editor keeps; the rest follows from texts and dates.
FACTS = frozenset({
    "topics", "audience", "related", "sources", "with_exit", "owner", "checked_on", "review_by", "legal", "place",
})  # fmt: skip


class Arranging:
    """One editor at work on pages as a whole. Flushes; who calls it commits. Translators alone do not arrange."""

    def __init__(self, session: Session, now: datetime, editor: Editor) -> None:
        if not editor.actors & {Actor.EDITOR, Actor.PUBLISHER}:
            raise NotSo("not_yours")
        self._session, self._now, self._editor = session, now, editor

    def add(self, key: str, owner: str, today: date, review_by: date, parent: str | None = None) -> Page:
        """A page that nobody sees until its plain Dutch text is published. Raises `NotSo("taken")`."""
        if self._session.get(Page, key) is not None:
            raise NotSo("taken")
        page = Page(
            key=key, state="published", topics=[], audience=[], related=[], sources=[], owner=owner,
            checked_on=today, review_by=review_by, edited=True,
        )  # fmt: skip
        self._session.add(page)
        self._session.flush()
        if parent:
            self.move(page, parent, 0)
        return page

    def keep(self, page: Page, facts: Mapping[str, Any]) -> None:
        """Write facts of a page (some of `FACTS`). What it says already is no change: its file still holds."""
        new = {name: value for name, value in facts.items() if name in FACTS and getattr(page, name) != value}
        if not new:
            return
        for name, value in new.items():
            setattr(page, name, value)
        page.edited = True
        self._session.flush()
        Showing(self._session, self._now).facts_changed(page)

    def checked(self, page: Page, today: date, review_by: date) -> None:
        """Say that somebody looked and that it is still true. Raises `NotSo("order")` for a day that is no later."""
        if review_by <= today:
            raise NotSo("order")
        self.keep(page, {"checked_on": today, "review_by": review_by})

    def move(self, page: Page, parent: str | None, place: int) -> None:
        """Hang a page below another one, or at the top. Addresses stay. Raises `NotSo("circle")`, LookupError."""
        above = self._session.get_one(Page, parent) if parent else None
        while above is not None:
            if above.key == page.key:
                raise NotSo("circle")
            above = self._session.get(Page, above.parent_key) if above.parent_key else None
        if (page.parent_key, page.place) == (parent or None, place):
            return
        page.parent_key, page.place, page.edited = parent or None, place, True
        self._session.flush()

    def archive(self, page: Page) -> None:
        """Take a page away. Raises `NotSo("links")` while others lead to it: they would lead nowhere."""
        if self._session.scalar(select(Page.key).where(Page.parent_key == page.key, Page.state == "published")):
            raise NotSo("children")
        if links_to(self._session.connection(), page.key):
            raise NotSo("links")
        Showing(self._session, self._now).archive(page)

    def revive(self, page: Page) -> None:
        """Put a page back. Raises `NotSo("empty")` when it never had a plain Dutch text on show."""
        shown = (PageVersion.page_key == page.key, PageVersion.locale == SOURCE.code, PageVersion.state == "published")
        if self._session.scalar(select(PageVersion.id).where(*shown)) is None:
            raise NotSo("empty")
        Showing(self._session, self._now).revive(page)
