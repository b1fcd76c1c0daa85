"""The portal greets somebody in their language, and lets them change it anywhere."""

import pytest

from portal.foundation.i18n import LOCALES
from tests.reading import hrefs, language, main, text, words

ALL = {locale.segment for locale in LOCALES.values()}


@pytest.mark.parametrize(
    ("asked", "segment"),
    [
        ("nl", "nl"),
        ("ar", "ar"),
        ("ar-SY, nl;q=0.3", "ar"),
        ("en-US,en;q=0.9", "en"),
        ("de, uk;q=0.8, en;q=0.5", "uk"),
        ("tr;q=0.2, pl;q=0.9", "pl"),
        ("fy", "nl"),
        ("*", "nl"),
        ("", "nl"),
        ("\x01;;q=never", "nl"),
    ],
)
def test_the_front_door_leads_to_the_language_the_browser_asks_for(visitor, asked, segment):
    answer = visitor.get("/", status=302, headers={"Accept-Language": asked})
    assert answer.location == f"http://zwolle.test/{segment}/"


def test_the_front_door_tells_caches_what_its_answer_depends_on(visitor):
    answer = visitor.get("/", status=302)
    assert "Accept-Language" in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_every_language_has_its_start_page(visitor, locale):
    page = visitor.get(f"/{locale.segment}/")
    assert language(page.html.h1) == (locale.tag, locale.direction)
    assert text(page.html.h1) == words("Do you need help, or do you help someone? Start here.", locale.code)
    assert page.html.find(id="where") is not None
    assert page.html.find(id="what") is not None
    assert len(page.html.select(".task")) == 7


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_every_task_of_a_start_page_leads_somewhere(visitor, locale):
    for link in hrefs(main(visitor.get(f"/{locale.segment}/"))):
        visitor.get(link)


def test_every_language_is_named_in_its_own_words_and_marked_as_such(visitor):
    page = visitor.get("/nl/")
    named = {link["hreflang"]: link for link in page.html.select(".langs__list a")}
    assert set(named) == {locale.tag for locale in LOCALES.values()}
    for locale in LOCALES.values():
        link = named[locale.tag]
        assert locale.own_name in text(link)
        assert (link["lang"], link["dir"]) == (locale.tag, locale.direction)
    assert [tag for tag, link in named.items() if link.get("aria-current")] == ["nl"]


def switch(page):
    return {link["href"].split("/")[1]: link["href"] for link in page.html.select(".langs a")}


@pytest.mark.parametrize(
    "path",
    [
        "/nl/vind-uw-team",
        "/nl/geen-adres",
        "/nl/teams",
        "/nl/team/holtenbroek",
        "/nl/poster/holtenbroek",
        "/nl/sociale-kaart",
        "/nl/sociale-kaart/taalcafe-holtenbroek",
        "/nl/zoeken",
        "/nl/klacht",
        "/nl/reactie?pagina=klacht&nuttig=ja",
    ],
)
def test_the_switch_stays_on_the_same_page(visitor, path):
    page = visitor.get(path)
    twins = switch(page)
    assert set(twins) == ALL
    assert twins["nl"] == path
    for twin in twins.values():
        there = visitor.get(twin)
        assert switch(there) == twins


@pytest.mark.parametrize(
    ("path", "query", "twin"),
    [
        ("/nl/vind-uw-team", "?waar=8017", "/ar/find-your-team?waar=8017"),
        ("/nl/sociale-kaart", "?thema=geld&thema=taal&wijk=Holtenbroek", None),
        ("/nl/zoeken", "?q=hulp+bij+%D8%AF%D9%8A%D9%88%D9%86", None),
    ],
)
def test_the_switch_keeps_the_question(visitor, path, query, twin):
    page = visitor.get(path + query)
    there = switch(page)["ar"]
    assert twin is None or there == twin
    assert there.partition("?")[2] == query[1:]
    assert switch(visitor.get(there))["nl"] == path + query


def test_an_address_without_a_language_of_ours_is_not_there(visitor):
    visitor.get("/de/", status=404)
    visitor.get("/de/vind-uw-team", status=404)


def test_a_language_without_its_last_slash_leads_on(visitor):
    assert visitor.get("/nl", status=301).location == "http://zwolle.test/nl/"


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_the_emergency_numbers_stand_on_every_page_in_the_language_of_the_reader(visitor, zwolle, locale):
    block = visitor.get(f"/{locale.segment}/").html.select_one(".sos")
    for line in zwolle.profile.emergency[:3]:
        assert f"tel:{line['link']}" in hrefs(block)
        assert line["name"][locale.code] in text(block)
