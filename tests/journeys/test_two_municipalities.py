"""Two municipalities in one process: each has its own words, look, languages and data, unseen by the other."""

import pytest
from webtest import TestApp

from tests.reading import hrefs, main, text

#: Pages of Zwolle that name the other municipality on purpose: where its data of examples came from, and who tried
#: with fewer rules.
NAMES_OTHERS_ON_PURPOSE = ("bronnen", "sources", "minder-regels")


def teams_on(response):
    return {href.removeprefix("/nl/team/") for href in hrefs(main(response)) if href.startswith("/nl/team/")}


def test_no_page_of_leeuwarden_names_zwolle(leeuwarden_crawled):
    assert len(leeuwarden_crawled.read) > 100
    assert [path for path, page in leeuwarden_crawled.read.items() if "Zwolle" in page.text] == []


def test_no_page_of_zwolle_names_leeuwarden(zwolle_crawled):
    assert len(zwolle_crawled.read) > 1000
    naming = [path for path, page in zwolle_crawled.read.items() if "Leeuwarden" in page.text]
    assert [path for path in naming if not path.endswith(NAMES_OTHERS_ON_PURPOSE)] == []


@pytest.mark.parametrize(("own", "other"), [("leeuwarden_crawled", "038 000"), ("zwolle_crawled", "058 000")])
def test_nobody_is_sent_to_a_phone_of_the_other_municipality(request, own, other):
    pages = request.getfixturevalue(own).read
    assert [path for path, page in pages.items() if other in page.text] == []


def test_the_example_in_the_question_is_a_postcode_of_this_municipality(visitor, visitor_of_leeuwarden, leeuwarden):
    example = text(visitor_of_leeuwarden.get("/nl/").html.select_one("#where-hint bdi"))
    assert example[:4] in leeuwarden.profile.pc4
    assert text(visitor.get("/nl/").html.select_one("#where-hint bdi")) != example


def test_each_has_its_own_name_and_look(visitor, visitor_of_leeuwarden):
    here, there = visitor.get("/nl/").html, visitor_of_leeuwarden.get("/nl/").html
    assert "Gemeente Zwolle" in text(here.select_one(".brand"))
    assert "Gemeente Leeuwarden" in text(there.select_one(".brand"))
    sheets = [link["href"] for link in there.find_all("link", rel="stylesheet")]
    assert len(sheets) == 2
    assert "--brand-action:#7A1F5C" in visitor_of_leeuwarden.get(sheets[1]).text
    assert len(here.find_all("link", rel="stylesheet")) == 1


def test_the_look_of_one_is_not_served_to_the_other(visitor, visitor_of_leeuwarden):
    sheet = visitor_of_leeuwarden.get("/nl/").html.find_all("link", rel="stylesheet")[1]["href"]
    visitor.get(sheet, status=404)


@pytest.mark.parametrize("path", ["/ar/", "/ar/find-your-team", "/ar/klacht", "/tr/social-map", "/pl/search?q=soep"])
def test_a_language_that_leeuwarden_does_not_offer_is_not_there(app, path):
    answer = TestApp(app).get(path, headers={"Host": "leeuwarden.test"}, status=404)
    assert answer.html.html["lang"] == "nl"
    assert "058 000 01 00" in answer.text


def test_the_front_door_of_leeuwarden_leads_to_a_language_it_has(visitor_of_leeuwarden):
    answer = visitor_of_leeuwarden.get("/", status=302, headers={"Accept-Language": "ar, en;q=0.5"})
    assert answer.location == "http://leeuwarden.test/en/"
    assert len(visitor_of_leeuwarden.get("/nl/").html.select(".langs__list a")) == 3


@pytest.mark.parametrize(
    ("where", "teams"),
    [
        ("8916AR 1", {"noard"}),
        ("8916 AR 2", {"west"}),
        ("8916ar33a", {"noard"}),
        ("8916AR", {"noard", "west"}),
        ("8911KA 25", {"west"}),
        ("8911KA 26", {"east"}),
        ("9085", {"sud"}),
    ],
)
def test_where_a_street_is_divided_the_house_number_decides(visitor_of_leeuwarden, where, teams):
    assert teams_on(visitor_of_leeuwarden.get("/nl/vind-uw-team", params={"waar": where})) == teams


def test_who_lives_in_the_other_municipality_is_told_so(visitor, visitor_of_leeuwarden):
    for browser, where, other in ((visitor, "8911", "Leeuwarden"), (visitor_of_leeuwarden, "8011", "Zwolle")):
        page = browser.get("/nl/vind-uw-team", params={"waar": where})
        assert teams_on(page) == set()
        assert other in text(main(page))


def test_an_entry_team_or_page_of_one_is_not_there_in_the_other(visitor, visitor_of_leeuwarden):
    for path in ("/nl/sociale-kaart/soeppot", "/nl/team/noard"):
        visitor_of_leeuwarden.get(path)
        visitor.get(path, status=404)
    for path in ("/nl/sociale-kaart/taalcafe-holtenbroek", "/nl/team/holtenbroek", "/nl/bezwaar"):
        visitor.get(path)
        visitor_of_leeuwarden.get(path, status=404)


def test_the_same_address_holds_the_words_of_each(visitor, visitor_of_leeuwarden):
    here, there = visitor.get("/nl/klacht"), visitor_of_leeuwarden.get("/nl/klacht")
    assert text(here.html.h1) != text(there.html.h1)
    assert text(visitor.get("/nl/klacht").html.h1) == text(here.html.h1)


def test_search_finds_only_what_is_here(visitor, visitor_of_leeuwarden):
    for path in ("/nl/zoeken", "/nl/sociale-kaart"):
        assert "/nl/sociale-kaart/soeppot" in hrefs(visitor_of_leeuwarden.get(path, params={"q": "soep"}).html)
        assert "/nl/sociale-kaart/soeppot" not in hrefs(visitor.get(path, params={"q": "soep"}).html)


def test_programs_get_the_answers_of_the_host_they_ask(visitor, visitor_of_leeuwarden):
    question = "/api/v1/teams?where=8916AR+1"
    assert [team["slug"] for team in visitor_of_leeuwarden.get(question).json["teams"]] == ["noard"]
    assert visitor.get(question).json["outcome"] == "outside"
    hits = visitor_of_leeuwarden.get("/api/v1/search?q=hulp").json["hits"]
    assert hits
    assert all(hit["url"].startswith("http://leeuwarden.test/") for hit in hits)


@pytest.mark.parametrize("host", ["apeldoorn.test", "zwolle.test.evil.example", "", "zwolle.test@leeuwarden.evil"])
@pytest.mark.parametrize("path", ["/", "/nl/", "/nl/klacht", "/api/v1/teams?where=8031", "/robots.txt"])
def test_a_host_that_is_nobodys_gets_nothing(app, host, path):
    answer = TestApp(app).get(path, headers={"Host": host}, status=400)
    assert "Zwolle" not in answer.text
    assert "Leeuwarden" not in answer.text


@pytest.mark.parametrize("host", ["ZWOLLE.test", "zwolle.test:6543"])
def test_a_host_is_known_in_capitals_and_with_its_port(app, host):
    assert "Gemeente Zwolle" in TestApp(app).get("/nl/", headers={"Host": host}).text


def test_an_address_is_never_taken_from_what_a_browser_says(app):
    answer = TestApp(app).get("/nl/klacht", headers={"Host": "zwolle.test:99", "X-Forwarded-Host": "evil.example"})
    assert answer.html.find("link", rel="canonical")["href"] == "http://zwolle.test/nl/klacht"
    assert "evil" not in answer.text
