"""The portal on a real port, and a real browser before it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.foundation.i18n import LOCALES, SOURCE, Locale
from tests.accessibility.pages import BY_NAME, Addresses, Kind
from tests.composed import ROOT, SITES, on_a_port

#: The portal's names lead to this machine; no other name leads anywhere.
HOSTS = "MAP zwolle.test 127.0.0.1, MAP leeuwarden.test 127.0.0.1, MAP * ~NOTFOUND"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--host-resolver-rules={HOSTS}")
#: Served to the world the portal speaks https; without it the browser takes some of our headers for a mistake.
SECURE = "--unsafely-treat-insecure-origin-as-secure"
DESKTOP = {"width": 1280, "height": 800}
#: What a run found that is no failure, to be read by people.
REPORTS = ROOT / "var" / "reports"


def arguments(port: int) -> list[str]:
    """How to start the browser before a portal on this port."""
    origins = ",".join(f"http://{site['host']}:{port}" for site in SITES.values())
    return [*ARGUMENTS, f"{SECURE}={origins}"]


def missing(tool: str) -> None:
    """Skip for a tool that is not here; fail where nothing may be skipped."""
    said = f"{tool} is not here: bash tests/tools/install.sh"
    if os.environ.get("PORTAL_NEVER_SKIP"):
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def report() -> Callable[[str, list[str]], Path]:
    """Writes lines to `var/reports/`."""

    def write(name: str, lines: list[str]) -> Path:
        REPORTS.mkdir(parents=True, exist_ok=True)
        path = REPORTS / name
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def port(app: Any) -> Iterator[int]:
    """The port that the portal listens on."""
    with on_a_port(app) as port:
        yield port


@pytest.fixture(scope="session")
def chromium(port: int) -> Iterator[Browser]:
    """One browser for all tests."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments(port))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def addresses(registry: Any) -> Addresses:
    """Where each kind of page lives in Zwolle."""
    return Addresses(registry, registry.sites.by_key("zwolle"))


class Visitor:
    """Somebody with a browser of their own: no cookies, nothing kept."""

    def __init__(self, context: BrowserContext, base: str, addresses: Addresses) -> None:
        self.context, self.base = context, base
        self._addresses = addresses
        self.page: Page = context.new_page()

    def open(self, kind: Kind | str, locale: Locale | str = SOURCE) -> Page:
        """Open a kind of page and see that it is the one that was meant."""
        kind = BY_NAME[kind] if isinstance(kind, str) else kind
        locale = LOCALES[locale] if isinstance(locale, str) else locale
        answer = self.page.goto(self.base + self._addresses.of(kind, locale))
        if kind.sends:
            with self.page.expect_navigation() as navigation:
                self.page.locator("main form button[type=submit]").click()
            answer = navigation.value
        assert answer is not None
        assert answer.status == kind.status, f"{answer.url} answers {answer.status}"
        return self.page


@pytest.fixture(scope="session")
def new_visitor(chromium: Browser, port: int, addresses: Addresses) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors; takes what Playwright's `new_context` takes."""
    contexts = []

    def make(**options: Any) -> Visitor:
        # Dutch, or the style guide would speak the language of the machine.
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "nl-NL", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(context, f"http://zwolle.test:{port}", addresses)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def inspector(new_visitor: Callable[..., Visitor]) -> Iterator[Visitor]:
    """A visitor for a whole module, into whose pages a test may put a script: the page itself would refuse it."""
    visitor = new_visitor(bypass_csp=True)
    yield visitor
    visitor.context.close()
