"""A third, small municipality that a test may change, and requests without a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyramid.request import Request
from pyramid.scripting import prepare
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from webtest import TestApp

from portal.app import configure
from portal.cli.db import upgrade
from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.foundation.seeding import seed_site
from portal.foundation.settings import Settings, SiteSettings
from portal.foundation.site import Site, open_sites
from tests.composed import ROOT

#: What the small municipality has of Zwolle's texts; everything else of the folder is whole.
PAGES = ("hulp-nodig", "keukentafelgesprek", "klacht", "privacy", "vind-uw-team")
ENTRIES = ("113-zelfmoordpreventie", "atelier-de-spoorkamer", "babyspullen-kamperpoort")


def _stand_alone(path: Path) -> None:
    """Hang a page at the top: the one above it stayed behind."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(("parent: ", "place: "))), "utf-8")


def copy_content(target: Path) -> Path:
    """A folder of content with few pages and entries, to be changed at will."""
    content = ROOT / "content"
    for name in ("areas", "teams"):
        shutil.copytree(content / name, target / name)
    for name in ("site.yaml", "theme.css", "themes.yaml"):
        shutil.copy(content / name, target / name)
    for name in PAGES:
        shutil.copytree(content / "pages" / name, target / "pages" / name)
        _stand_alone(target / "pages" / name / "nl.md")
    (target / "social_map").mkdir()
    for name in ENTRIES:
        shutil.copy(content / "social_map" / f"{name}.yaml", target / "social_map")
    return target


def _drop(address: str) -> None:
    """Take away a database of PostgreSQL, so that a run holds few of them; SQLite files go with their folder."""
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{url.database}"'))
        engine.dispose()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small folder of content of the test's own."""
    return copy_content(tmp_path / "content")


@pytest.fixture
def new_site(database: Any, content: Path, tmp_path: Path) -> Iterator[Site]:
    """A municipality with an empty database at the newest migration, and the folder `content`."""
    address = database("portal_new")
    if address.startswith("sqlite"):
        Path(make_url(address).database or "").unlink(missing_ok=True)
    one = SiteSettings("new", ("new.test",), "http://new.test", content, address, tmp_path / "index")
    site = next(iter(open_sites(Settings((one,), ROOT / "locales", "whoosh", True, 1))))
    upgrade(site.engine)
    yield site
    site.engine.dispose()
    _drop(address)


@pytest.fixture(scope="session")
def small(database: Any, tmp_path_factory: pytest.TempPathFactory, clock: Any) -> Iterator[Any]:
    """The registry of a portal with one small municipality, `small.test`, whose rows a test may change and put back."""
    folder = tmp_path_factory.mktemp("small")
    settings = {
        "portal.sites": "small",
        "portal.locales_dir": str(ROOT / "locales"),
        "portal.development": "true",
        "site.small.hosts": "small.test",
        "site.small.base_url": "http://small.test",
        "site.small.content": str(copy_content(folder / "content")),
        "site.small.database": database("portal_small"),
        "site.small.index": str(folder / "index"),
    }
    configured = configure(settings)
    registry = configured.registry
    registry.clock = clock
    registry.app = configured.make_wsgi_app()
    site = registry.sites.by_key("small")
    upgrade(site.engine)
    seed_site(site, registry.seeders, clock)
    registry.indexes.rebuild(site)
    yield registry
    site.engine.dispose()


@pytest.fixture
def small_site(small: Any) -> Site:
    """The small municipality."""
    return small.sites.by_key("small")


@pytest.fixture
def small_web(small: Any) -> TestApp:
    """A browser on the small municipality, nothing of it kept in memory yet."""
    site = small.sites.by_key("small")
    with writing(site.engine) as session:
        raise_version(session)
    kept(site).look_now()
    return TestApp(small.app, extra_environ={"HTTP_HOST": "small.test"})


@pytest.fixture
def ask(registry: Any) -> Iterator[Callable[..., Request]]:
    """Makes a real request of the portal that goes nowhere: `ask("/nl/", host="zwolle.test")`."""
    closers = []

    def make(path: str = "/nl/", host: str = "zwolle.test", **kw: Any) -> Request:
        request = Request.blank(path, environ={"HTTP_HOST": host}, **kw)
        closers.append(prepare(registry=registry, request=request)["closer"])
        return request

    yield make
    for close in closers:
        close()
