"""Read pages: one question to the database a page; addresses are kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from portal.foundation.i18n import LOCALES, Locale, reading_order
from portal.pages.models import Page, PageReaction, PageText
from portal.pages.versions import PageRedirect

#: page key → locale → (slug, title); service texts, which have no address, are under their own key too.
Addresses = Mapping[str, Mapping[str, tuple[str, str]]]

_PAGES, _TEXTS = Page.__table__, PageText.__table__
_NAMED = _TEXTS.alias("named")
_LOCALES: Any = bindparam("locales", expanding=True)
# Put together once: that takes longer than the database takes to answer.
_READ = (
    select(_PAGES, *(column for column in _TEXTS.c if column.name not in {"markdown", "keywords"}))
    .join(_TEXTS, _TEXTS.c.page_key == _PAGES.c.key)
    .where(_TEXTS.c.locale.in_(_LOCALES))
)
_BY_SLUG = _READ.where(
    _TEXTS.c.page_key.in_(
        select(_NAMED.c.page_key).where(_NAMED.c.slug == bindparam("slug"), _NAMED.c.locale.in_(_LOCALES))
    )
)
_BY_SERVICE = _READ.where(_PAGES.c.service == bindparam("service"))


@dataclass(frozen=True)
class PageView:
    """A page as somebody reads it. `text.locale` differs from the reader's locale when the text is not there yet."""

    page: Any
    text: Any

    @property
    def locale(self) -> Locale:
        """The locale the text is in."""
        return LOCALES[self.text.locale]


def read_addresses(connection: Connection) -> Addresses:
    """Where every published page lives, in each language."""
    rows = connection.execute(
        select(PageText.page_key, PageText.locale, PageText.slug, PageText.title)
        .join(Page, Page.key == PageText.page_key)
        .where(Page.state == "published")
    )
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for key, locale, slug, title in rows:
        found.setdefault(key, {})[locale] = (slug, title)
    return found


def read_services(connection: Connection) -> Mapping[str, str]:
    """The pages that are the text of a service screen, with that service: they have no address of their own."""
    rows = connection.execute(select(Page.key, Page.service).where(Page.service.is_not(None)))
    return {key: str(service) for key, service in rows}


def slug_for(addresses: Addresses, key: str, locale: Locale) -> str | None:
    """The slug a page has for a reader: in their language, else the Dutch one; None when there is no such page."""
    texts = addresses.get(key, {})
    for code in reading_order(locale):
        if code in texts:
            return texts[code][0]
    return None


def page_path(request: Any, key: str, locale: Locale) -> str | None:
    """The path of a page for readers of a locale; None when there is no such page.

    The paths of a locale are made together and kept, as every screen names twenty of them.
    """
    # Asked for outside: a request that holds one connection may wait for a second, never for a third.
    addresses: Addresses = request.kept.get("pages.addresses", read_addresses)

    def build(_connection: Connection) -> dict[str, str]:
        slugs = ((name, slug_for(addresses, name, locale)) for name in addresses)
        return {
            name: str(request.route_path("pages.page", locale=locale.segment, slug=slug))
            for name, slug in slugs
            if slug
        }

    paths: Mapping[str, str] = request.kept.get(("pages.paths", locale.code), build)
    return paths.get(key)


def page_address(request: Any, target: str) -> str | None:
    """Link scheme `page:key`: the path in the reader's language. Knows a request only as a link resolver must."""
    if request.environ.get("portal.database_away"):
        return None  # the error page does without links that only the database knows
    key, hash_, anchor = target.partition("#")
    service = request.kept.get("pages.services", read_services).get(key)
    if service is not None:
        path: str | None = request.link(f"service:{service}")
        return path and path + hash_ + anchor
    found = page_path(request, key, request.locale)
    return found and found + hash_ + anchor


class PageReader:
    """Reads one page for a reader."""

    def __init__(self, reader: Connection, locale: Locale) -> None:
        self._reader, self._locale = reader, locale

    def by_slug(self, slug: str) -> PageView | None:
        """The page that has this slug in the reader's language or in Dutch; None when there is none."""
        return self._one(_BY_SLUG, slug=slug)

    def once_at(self, slug: str) -> str | None:
        """The key of the page that had this slug once, in the reader's language or in Dutch; None when none had."""
        order = (*reading_order(self._locale), "nl")
        rows = self._reader.execute(
            select(PageRedirect.locale, PageRedirect.page_key).where(
                PageRedirect.slug == slug, PageRedirect.locale.in_(order)
            )
        ).all()
        row = min(rows, key=lambda found: order.index(found.locale), default=None)
        return row and row.page_key

    def by_service(self, service: str) -> PageView | None:
        """The text that belongs to a service screen."""
        return self._one(_BY_SERVICE, service=service)

    def _one(self, question: Any, **named: str) -> PageView | None:
        order = (*reading_order(self._locale), "nl")
        rows = self._reader.execute(question, {"locales": order, **named}).all()
        row = min(rows, key=lambda found: order.index(found.locale), default=None)
        return PageView(row, row) if row is not None else None


class ReactionService:
    """Takes what readers say of a page."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def react(self, page_key: str, locale: str, useful: bool, remark: str) -> None:
        """Keep one reaction. Raises LookupError when there is no such page."""
        if self._session.get(Page, page_key) is None:
            raise LookupError(page_key)
        self._session.add(
            PageReaction(page_key=page_key, locale=locale, useful=useful, remark=remark, received_at=self._now)
        )
        self._session.flush()
