"""What several journeys need: the number to call, a page taken away, the portals crawled once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.foundation.site import Site
from portal.pages.models import Page
from tests.browser import Browser
from tests.crawler import Crawl, crawl
from tests.staff import forget_everybody, invite, settle
from tests.unit.cleaning.asking import Books


@pytest.fixture
def central(zwolle: Site) -> str:
    """The link that calls the municipality; no page is without it."""
    return f"tel:{zwolle.profile.contact['phone_link']}"


@pytest.fixture
def archive(zwolle: Site) -> Iterator[Callable[[str], None]]:
    """Takes a page away by its key; after the test it is back."""
    taken: list[str] = []

    def set_state(key: str, state: str) -> None:
        with writing(zwolle.engine) as session:
            page = session.get(Page, key)
            assert page is not None, f"no page is called {key}"
            page.state = state
            raise_version(session)
        kept(zwolle).look_now()

    def take_away(key: str) -> None:
        taken.append(key)
        set_state(key, "archived")

    yield take_away
    for key in taken:
        set_state(key, "published")


@pytest.fixture(scope="session")
def zwolle_crawled(app: Any) -> Crawl:
    """All that a reader of plain Dutch, simple Dutch or Arabic can reach in Zwolle."""
    return crawl(app, "zwolle.test", "/nl/", "/nl-simple/", "/ar/")


@pytest.fixture(scope="session")
def leeuwarden_crawled(app: Any) -> Crawl:
    """All that can be reached in Leeuwarden."""
    return crawl(app, "leeuwarden.test", "/nl/")


@pytest.fixture
def staff_link(zwolle: Site, clock: Any) -> Iterator[str]:
    """The link of an invitation for staff; afterwards nobody was ever here."""
    yield invite(zwolle, clock)
    forget_everybody(zwolle)


@pytest.fixture
def colleague(app: Any, staff_link: str, clock: Any) -> tuple[Any, ...]:
    """Somebody who is signed in: (browser, phone, recovery codes)."""
    browser = Browser(app, "zwolle.test")
    return browser, *settle(browser, staff_link, clock)


@pytest.fixture
def books(zwolle: Site) -> Iterator[Books]:
    """The requests that Zwolle has written down; nothing before, nothing stays behind."""
    books = Books(zwolle)
    books.empty()
    yield books
    books.empty()


@pytest.fixture
def another(app: Any) -> Browser:
    """Somebody else, or the same person on another computer."""
    return Browser(app, "zwolle.test")
