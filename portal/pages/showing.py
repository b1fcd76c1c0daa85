"""Putting a version on show, and taking it away: the one place that writes what readers see.

Whoever calls commits; after that every process has the new text within a second, and the index soon after.
"""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.foundation.clock import local_date
from portal.foundation.content_cache import raise_version
from portal.foundation.i18n import SOURCE
from portal.foundation.lib.markdown import render
from portal.foundation.outbox import post
from portal.pages.models import Page, PageText
from portal.pages.versions import PageRedirect, PageVersion
from portal.pages.workflow import SHOWN, State


def newest_number(session: Session, key: str, locale: str) -> int:
    """The highest number of a version; 0 when there is none."""
    of_it = (PageVersion.page_key == key, PageVersion.locale == locale)
    return session.scalar(select(func.max(PageVersion.number)).where(*of_it)) or 0


def source_to_follow(session: Session, key: str) -> int:
    """The number of the last Dutch version that changed what a page says; 0 for a page without Dutch text."""
    rows = select(func.max(PageVersion.number)).where(
        PageVersion.page_key == key, PageVersion.locale == SOURCE.code, PageVersion.state.in_(SHOWN),
        PageVersion.small.is_(False),
    )  # fmt: skip
    return session.scalar(rows) or 0


class Showing:
    """Shows and withdraws versions of one site at one moment.

    `announce`: tell readers' caches and the index of it; who shows many at once does that itself.
    """

    def __init__(self, session: Session, now: datetime, *, announce: bool = True) -> None:
        self._session, self._now, self._announce = session, now, announce

    def show(self, version: PageVersion, seeded: str = "") -> PageText:
        """Put a version in the place of what is on show. `seeded` is the digest of the file it came from, if any."""
        self._make_room(version)
        text = self._session.get(PageText, (version.page_key, version.locale))
        if text is not None and text.slug != version.slug:
            self._lead_on(version, text.slug)
        self._forget_address(version)
        text = text or PageText(page_key=version.page_key, locale=version.locale)
        _copy(version, text, seeded)
        self._session.add(text)
        self._session.flush()
        self._follow(version, text)
        self._tell(version.page_key)
        return text

    def again(self, version: PageVersion, text: PageText, seeded: str) -> None:
        """Make what readers see anew from the version that is on show: the way of making it may have changed."""
        _copy(version, text, seeded)
        self._session.flush()

    def withdraw(self, version: PageVersion) -> None:
        """Take a text away; readers of its language get the Dutch one. Plain Dutch goes with its whole page only."""
        version.state, version.shown_until = State.WITHDRAWN, self._now
        text = self._session.get(PageText, (version.page_key, version.locale))
        if text is not None:
            self._session.delete(text)
        self._session.flush()
        self._tell(version.page_key)

    def archive(self, page: Page) -> None:
        """Take a page away in every language; its addresses say that it is gone."""
        page.state, page.edited = "archived", True
        self._tell(page.key)

    def revive(self, page: Page) -> None:
        """Put a page back as it was."""
        page.state, page.edited = "published", True
        self._tell(page.key)

    def facts_changed(self, page: Page) -> None:
        """Tell that something changed that every text of a page shows."""
        self._tell(page.key)

    def _make_room(self, version: PageVersion) -> None:
        rows = select(PageVersion).where(
            PageVersion.page_key == version.page_key, PageVersion.locale == version.locale,
            PageVersion.state == State.PUBLISHED, PageVersion.id != version.id,
        )  # fmt: skip
        for old in self._session.scalars(rows):
            old.state, old.shown_until = State.REPLACED, self._now
        self._session.flush()  # before the new one: the database holds one on show
        version.state, version.shown_from, version.shown_until = State.PUBLISHED, self._now, None
        version.busy_by = version.busy_until = None

    def _lead_on(self, version: PageVersion, old: str) -> None:
        self._session.merge(PageRedirect(locale=version.locale, slug=old, page_key=version.page_key))

    def _forget_address(self, version: PageVersion) -> None:
        taken = (PageRedirect.locale == version.locale, PageRedirect.slug == version.slug)
        self._session.execute(delete(PageRedirect).where(*taken))

    def _follow(self, version: PageVersion, text: PageText) -> None:
        """A real change of the source leaves every other text behind; a text that says the newest is behind no more."""
        if version.locale != SOURCE.code:
            if (version.source_number or 0) >= source_to_follow(self._session, version.page_key):
                text.behind_since = None
            return
        if not version.small:
            others = update(PageText).where(
                PageText.page_key == version.page_key, PageText.locale != SOURCE.code, PageText.behind_since.is_(None)
            )
            self._session.execute(others.values(behind_since=local_date(self._now)))

    def _tell(self, key: str) -> None:
        if not self._announce:
            return
        raise_version(self._session)
        post(self._session, "index", {"source": "page", "key": key}, self._now)


def as_shown(version: PageVersion) -> PageText:
    """What readers would see of a version, kept nowhere: for who looks before it goes on show."""
    text = PageText(page_key=version.page_key, locale=version.locale)
    _copy(version, text, "")
    return text


def _copy(version: PageVersion, text: PageText, seeded: str) -> None:
    rendered = render(version.markdown)
    for name in ("slug", "title", "summary", "markdown", "actions", "keywords", "number"):
        setattr(text, name, getattr(version, name))
    text.html = rendered.html
    text.headings = [[heading.anchor, heading.text] for heading in rendered.headings]
    text.draft, text.seeded = version.unread, seeded
