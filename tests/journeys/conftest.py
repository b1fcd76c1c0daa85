"""What several journeys need: the number to call, a page taken away, the portals crawled once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.accounts.openid_provider import Providers
from portal.app import configure
from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.foundation.site import Site
from portal.pages.models import Page
from tests.browser import Browser
from tests.crawler import Crawl, crawl
from tests.oidc import ProviderProcess, openid_settings
from tests.staff import EMAIL, forget_everybody, invite, settle
from tests.staff_openid import SUB
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


@pytest.fixture(scope="session")
def provider_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProviderProcess]:
    """Zwolle's provider of OpenID Connect, in a process beside the tests."""
    process = ProviderProcess(tmp_path_factory.mktemp("provider") / "log")
    yield process
    process.stop()


@pytest.fixture(scope="session")
def staffed(
    config: Any, settings: dict[str, str], clock: Any, provider_process: ProviderProcess,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Any]]:  # fmt: skip
    """Makes the portal with that provider, on the same databases; more settings may be given."""
    made = []

    def make(**more: str) -> Any:
        index = {"site.zwolle.index": str(tmp_path_factory.mktemp("index"))}
        configured = configure({**settings, **index, **openid_settings(provider_process), **more})
        configured.registry.clock = clock
        made.append(configured.registry)
        return configured

    yield make
    for registry in made:
        for site in registry.sites:
            site.engine.dispose()


@pytest.fixture(scope="session")
def openid_portal(staffed: Callable[..., Any]) -> tuple[Any, Any]:
    """The portal with that provider: (application, registry)."""
    configured = staffed()
    return configured.make_wsgi_app(), configured.registry


@pytest.fixture
def provider(
    provider_process: ProviderProcess, openid_portal: tuple[Any, Any], clock: Any, zwolle: Site
) -> Iterator[ProviderProcess]:
    """The provider on a new day: honest, nothing of it remembered, its clock is ours, and somebody is invited."""
    openid_portal[1].openid_providers = Providers()
    clock.set(datetime.now(UTC))
    invite(zwolle, clock)
    provider_process.knows(SUB, email=EMAIL, email_verified=True)
    yield provider_process
    provider_process.say()
    forget_everybody(zwolle)


@pytest.fixture
def new_browser(openid_portal: tuple[Any, Any], provider: ProviderProcess) -> Callable[[], Browser]:
    """Makes a browser on the portal with the provider."""
    return lambda: Browser(openid_portal[0], "zwolle.test")


@pytest.fixture
def person(new_browser: Callable[[], Browser]) -> Browser:
    """Somebody at their desk."""
    return new_browser()
