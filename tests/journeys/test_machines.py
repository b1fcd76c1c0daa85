"""What machines ask: is it well, where is everything, whom to tell about a leak."""

import json
import shutil
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from webtest import TestApp

from portal.app import configure
from portal.cli.db import upgrade
from portal.foundation.seeding import seed_site
from tests.browser import Browser
from tests.reading import hrefs, main, text, words


@pytest.fixture
def portal(config, settings, tmp_path, database, clock):
    """Composes one more portal of Zwolle, with a database or an index that is not as it should be."""
    opened = []

    def compose(**differs):
        own = {**settings, "portal.sites": "zwolle", "site.zwolle.index": str(tmp_path / "index"), **differs}
        another = configure(own)
        another.registry.clock = clock
        opened.extend(another.registry.sites)
        return another

    yield compose
    for site in opened:
        site.engine.dispose()


def health(app, status):
    return TestApp(app).get("/gezondheid", headers={"Host": "zwolle.test"}, status=status).json


def test_a_portal_that_is_well_says_so(visitor, zwolle, registry):
    said = visitor.get("/gezondheid").json
    assert (said["ok"], said["site"], said["database"]) == (True, "zwolle", True)
    assert said["index"]["healthy"] is True
    assert said["index"]["documents"] == len(registry.indexes.documents(zwolle))


def test_health_tells_nothing_that_is_of_somebody(visitor):
    said = visitor.get("/gezondheid")
    assert set(said.json) == {"ok", "site", "database", "index"}
    assert said.headers["Cache-Control"] == "no-store"


def test_without_its_tables_the_portal_is_not_well(portal, database):
    app = portal(**{"site.zwolle.database": database("portal_empty")}).make_wsgi_app()
    assert health(app, 503)["database"] is False


def test_without_its_tables_a_reader_gets_a_page_with_the_number_to_call(portal, database, central):
    app = portal(**{"site.zwolle.database": database("portal_empty")}).make_wsgi_app()
    visitor = Browser(app, "zwolle.test")
    for path in ("/nl/", "/nl/klacht", "/ar/find-your-team?waar=8031"):
        page = visitor.get(path, status=503)
        assert page.headers["Retry-After"] == "60"
        assert central in hrefs(main(page))
    assert text(visitor.get("/nl/", status=503).html.h1) == words("The website is not working for a moment")


def test_an_index_that_was_never_built_is_not_well_and_search_still_answers(portal):
    app = portal().make_wsgi_app()
    assert health(app, 503)["index"]["healthy"] is False
    assert TestApp(app).get("/nl/zoeken?q=geld", headers={"Host": "zwolle.test"}, status=200)


def test_a_damaged_index_is_not_well_and_is_well_again_after_a_rebuild(portal, settings, tmp_path):
    shutil.copytree(settings["site.zwolle.index"], tmp_path / "index")
    for file in (tmp_path / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"not an index")
    config = portal()
    app = config.make_wsgi_app()
    assert health(app, 503)["index"]["healthy"] is False
    config.registry.indexes.rebuild(config.registry.sites.by_key("zwolle"))
    assert health(app, 200)["ok"] is True


def test_an_empty_database_with_all_its_tables_is_filled_by_seeding(portal, database, clock, registry, zwolle):
    another = portal(**{"site.zwolle.database": database("portal_fresh")})
    site = another.registry.sites.by_key("zwolle")
    upgrade(site.engine)
    assert seed_site(site, another.registry.seeders, clock) > 0
    assert len(another.registry.indexes.documents(site)) == len(registry.indexes.documents(zwolle))
    assert seed_site(site, another.registry.seeders, clock) == 0


def test_robots_may_read_everything_but_single_answers(visitor):
    rules = visitor.get("/robots.txt").text.splitlines()
    assert rules[0] == "User-agent: *"
    assert {"Disallow: /*?waar=", "Disallow: /*?q=", "Disallow: /api/"} <= set(rules)
    assert rules[-1] == "Sitemap: http://zwolle.test/sitemap.xml"


@pytest.mark.parametrize("browser", ["visitor", "visitor_of_leeuwarden"])
def test_every_address_of_the_site_map_is_there_without_a_detour(request, browser):
    browser = request.getfixturevalue(browser)
    answer = browser.get("/sitemap.xml")
    assert answer.content_type == "application/xml"
    paths = [
        place.text.split(".test", 1)[1]
        for place in ElementTree.fromstring(answer.body).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert "/nl/" in paths
    assert "/nl/klacht" in paths
    assert len(paths) == len(set(paths))
    for path in paths:
        browser.get(path, status=200)


def test_whom_to_tell_about_a_leak_is_there_and_not_out_of_date(visitor, clock):
    lines = dict(line.split(": ", 1) for line in visitor.get("/.well-known/security.txt").text.splitlines())
    assert lines["Contact"] == "mailto:wijkteams@voorbeeld.example"
    assert lines["Canonical"] == "http://zwolle.test/.well-known/security.txt"
    expires = datetime.fromisoformat(lines["Expires"])
    assert clock.now() + timedelta(days=30) < expires < clock.now() + timedelta(days=365)


def test_old_browsers_find_the_mark(visitor):
    mark = visitor.get("/favicon.ico", status=302)
    assert visitor.get(mark.location.removeprefix("http://zwolle.test")).content_type == "image/svg+xml"


def test_files_may_be_kept_for_a_year_as_their_name_holds_their_content(visitor, registry):
    for name in registry.assets.values():
        headers = visitor.get(f"/static/{name}").headers
        assert "max-age=31536000" in headers["Cache-Control"]
    visitor.get("/static/manifest.json/../../../setup.cfg", status=404)


def test_nothing_of_health_depends_on_the_language(visitor):
    answers = [visitor.get("/gezondheid", headers={"Accept-Language": tag}).text for tag in ("nl", "ar")]
    assert json.loads(answers[0]) == json.loads(answers[1])
