"""Somebody reads a page: in their own language when it is there, else in Dutch under an honest notice."""

from datetime import date

import pytest

from portal.foundation.i18n import LOCALES
from portal.pages.files import read_page_file
from portal.ui.dates import day_and_year
from tests.composed import ROOT
from tests.reading import hrefs, language, main, text, words

PAGES = ROOT / "content" / "pages"
IN_OWN_WORDS = {
    "/nl/klacht": ("klacht", "nl"),
    "/nl-simple/klacht": ("klacht", "nl_simple"),
    "/en/complaint": ("klacht", "en"),
    "/ar/complaint": ("klacht", "ar"),
}


def file(key, locale="nl"):
    return read_page_file(PAGES / key / f"{locale}.md")


@pytest.mark.parametrize("path", IN_OWN_WORDS)
def test_a_page_that_is_there_in_the_language_of_the_reader_is_shown_in_it(visitor, path):
    key, locale = IN_OWN_WORDS[path]
    page = visitor.get(path)
    assert text(page.html.h1) == file(key, locale).head["title"]
    assert language(page.html.h1) == (LOCALES[locale].tag, LOCALES[locale].direction)
    assert words("This page is not in your language yet.", locale) not in text(main(page))


@pytest.mark.parametrize("locale", ["tr", "pl", "uk"])
def test_a_page_that_is_not_there_yet_is_shown_in_dutch_under_an_honest_notice(visitor, central, locale):
    page = visitor.get(f"/{locale}/werkgevers")
    notice = page.html.select_one("main .notice")
    assert words("This page is not in your language yet.", locale) in text(notice)
    assert {central, "/nl-simple/werkgevers"} <= set(hrefs(notice))
    for part in ("h1", ".lead", ".prose p"):
        assert language(page.html.select_one(f"article {part}")) == ("nl", "ltr")
    assert text(page.html.h1) == file("werkgevers").head["title"]


def test_a_page_under_a_notice_names_the_dutch_one_as_the_real_one(visitor):
    borrowed, own = visitor.get("/tr/werkgevers"), visitor.get("/en/complaint")
    assert borrowed.html.find("link", rel="canonical")["href"] == "http://zwolle.test/nl/werkgevers"
    assert own.html.find("link", rel="canonical")["href"] == "http://zwolle.test/en/complaint"


def test_the_dutch_word_in_an_address_leads_on_to_the_word_of_the_language(visitor):
    assert visitor.get("/en/klacht", status=301).location == "http://zwolle.test/en/complaint"
    assert visitor.get("/en/klacht?van=brief", status=301).location.endswith("/en/complaint?van=brief")


def test_every_language_of_a_page_is_one_link_away(visitor):
    page = visitor.get("/en/complaint")
    twins = {link["hreflang"]: link["href"] for link in page.html.select(".langs a")}
    assert len(twins) == 7
    assert twins["nl"] == "/nl/klacht"
    assert twins["nl-simple"] == "/nl-simple/klacht"
    for twin in twins.values():
        visitor.get(twin)


def test_a_long_page_has_a_list_of_its_contents_that_leads_there(visitor):
    page = visitor.get("/nl/klacht").html
    places = [link["href"].removeprefix("#") for link in page.select(".contents a")]
    assert len(places) > 3
    assert [text(page.find(id=place)) for place in places] == [text(title) for title in page.select(".prose h2")]


def test_the_facts_of_the_municipality_stand_in_the_text(visitor, central):
    prose = visitor.get("/nl/klacht").html.select_one(".prose")
    assert "[[phone]]" in file("klacht").markdown
    assert central in hrefs(prose)
    assert "038 000 02 00" in text(prose)
    assert "Gemeente Zwolle" in text(prose)


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "en", "ar"])
def test_at_the_end_stands_what_one_can_do_now(visitor, locale):
    path = next(path for path, (_key, code) in IN_OWN_WORDS.items() if code == locale)
    links = visitor.get(path).html.select(".next a")
    assert [text(link) for link in links] == [action["text"] for action in file("klacht", locale).head["actions"]]
    assert [bool(link.get("class")) for link in links] == [True] + [False] * (len(links) - 1)
    for link in links:
        if link["href"].startswith("/"):
            visitor.get(link["href"])


def test_a_page_names_the_pages_beside_it(visitor):
    beside = visitor.get("/nl/klacht").html.select(".related a")
    assert [link["href"] for link in beside] == [f"/nl/{key}" for key in file("klacht").head["related"]]
    assert [text(link) for link in beside] == [file(key).head["title"] for key in file("klacht").head["related"]]


@pytest.mark.parametrize("path", IN_OWN_WORDS)
def test_a_page_says_when_it_was_checked(visitor, path):
    locale = IN_OWN_WORDS[path][1]
    checked = date.fromisoformat(str(file("klacht").head["checked_on"]))
    said = text(visitor.get(path).html.select_one(".checked"))
    assert words("Checked on %(date)s", locale, date=day_and_year(checked, LOCALES[locale])) in said


def test_a_translation_that_nobody_has_read_says_so_and_the_dutch_text_does_not(visitor):
    draft = "This translation has not been read by a native speaker yet. The Dutch text counts."
    assert words(draft, "ar") in text(main(visitor.get("/ar/complaint")))
    assert words(draft) not in text(main(visitor.get("/nl/klacht")))


@pytest.mark.parametrize(("path", "locale"), [("/nl/klacht", "nl"), ("/en/complaint", "en"), ("/ar/complaint", "ar")])
def test_a_page_that_was_taken_away_is_gone_in_the_language_of_the_reader(visitor, central, archive, path, locale):
    visitor.get(path)
    archive("klacht")
    page = visitor.get(path, status=410)
    assert page.html.html["lang"] == locale
    assert text(page.html.h1) == words("This page is gone", locale)
    assert central in hrefs(main(page))


def test_a_page_that_was_taken_away_is_offered_nowhere(visitor, archive):
    archive("klacht")
    for path in ("/nl/klacht-bezwaar-of-second-opinion", "/nl/bezwaar", "/nl/"):
        assert "/nl/klacht" not in hrefs(visitor.get(path).html)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_that_never_was_is_told_with_the_number_to_call(visitor, central, locale):
    page = visitor.get(f"/{LOCALES[locale].segment}/bestaat-niet", status=404)
    assert text(page.html.h1) == words("This page is not here", locale)
    assert {central, f"/{LOCALES[locale].segment}/"} <= set(hrefs(main(page)))


def test_an_unknown_address_without_a_language_is_told_in_the_one_the_browser_asks_for(visitor):
    page = visitor.get("/bestaat/echt/niet", status=404, headers={"Accept-Language": "pl, nl;q=0.5"})
    assert page.html.html["lang"] == "pl"


def test_a_page_is_kept_by_the_browser_but_asked_for_each_time(visitor):
    page = visitor.get("/nl/klacht")
    assert page.headers["Cache-Control"] == "no-cache"
    assert visitor.get("/nl/klacht", headers={"If-None-Match": page.headers["ETag"]}, status=304).body == b""
