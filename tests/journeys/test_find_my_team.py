"""Somebody says where they live and finds who helps there; whatever they type, there is a way on."""

import pytest

from portal.teams.messages import say
from portal.teams.rules import Outcome
from portal.teams.services import Answer
from tests.reading import hrefs, main, text, words

ASK = "/nl/vind-uw-team"
TEAM = "/nl/team/"


def ask(visitor, where, status=200, path=ASK):
    return visitor.get(path, params={"waar": where}, status=status)


def teams_on(response, start=TEAM):
    return {href.removeprefix(start) for href in hrefs(main(response)) if href.startswith(start)}


@pytest.mark.parametrize(
    "where", ["8031AB", "8031 ab", " 8031-ab 12a", "8031", "Holtenbroek", "HOLTENBROEK", "８０３１"]
)
def test_a_postcode_or_a_neighbourhood_in_any_spelling_gives_its_one_team(visitor, where):
    page = ask(visitor, where)
    assert teams_on(page) == {"holtenbroek"}
    assert "Sociaal wijkteam Holtenbroek" in text(main(page))
    assert "tel:0380000220" in hrefs(main(page))
    assert "Voorbeeldplein 12" in text(main(page))


@pytest.mark.parametrize(
    ("where", "meant", "team"),
    [("Holtenbrok", "Holtenbroek", "holtenbroek"), ("Asendorb", "Assendorp", "midden")],
)
def test_a_misspelt_neighbourhood_is_understood_and_the_page_says_as_what(visitor, where, meant, team):
    page = ask(visitor, where)
    assert teams_on(page) == {team}
    assert words("We read: %(name)s.", name=meant) in text(main(page))


def test_a_postcode_of_two_teams_asks_for_the_neighbourhood(visitor, central):
    page = ask(visitor, "8017")
    assert teams_on(page) == {"midden", "schelle"}
    cards = {card.a["href"].removeprefix(TEAM): text(card) for card in page.html.select("main .team-card")}
    assert "Assendorp" in cards["midden"]
    assert "Schelle" in cards["schelle"]
    assert central in hrefs(main(page))


def test_digits_of_the_arabic_keyboard_are_digits(visitor):
    page = ask(visitor, "٨٠١٧", path="/ar/find-your-team")
    assert teams_on(page, "/ar/team/") == {"midden", "schelle"}


@pytest.mark.parametrize(
    ("where", "outcome", "detail"),
    [
        ("8000", Outcome.PO_BOX, None),
        ("8911 AB", Outcome.OUTSIDE, "Leeuwarden"),
        ("Groningen", Outcome.OUTSIDE, "Groningen"),
        ("9999", Outcome.OUTSIDE, "Het Hogeland"),
        ("Xqzwvv", Outcome.UNKNOWN, None),
    ],
)
def test_where_we_have_no_team_the_page_says_what_it_is_and_whom_to_call(
    visitor, central, zwolle, where, outcome, detail
):
    page = ask(visitor, where)
    assert not teams_on(page)
    assert words(say(Answer(where, outcome, detail=detail), zwolle.profile)) in text(main(page))
    assert central in hrefs(main(page))
    assert page.html.find(id="where")["value"] == where


@pytest.mark.parametrize(
    ("where", "why"),
    [("", "empty"), (" ?! ", "empty"), ("0123 AB", "zero"), ("8031 SS", "letters"), ("80311", "length")],
)
def test_an_impossible_postcode_is_explained_with_what_was_typed_still_there(visitor, central, zwolle, where, why):
    page = ask(visitor, where, status=422)
    message = words(say(Answer(where, Outcome.INVALID, why=why), zwolle.profile))
    field = page.html.find(id="where")
    assert field["value"] == " ".join(where.split())
    assert field["aria-invalid"] == "true"
    assert [text(link) for link in page.html.select(".errors a")] == [message]
    assert text(page.html.find(id="where-error")) == message
    assert central in hrefs(page.html)


def test_the_title_of_a_page_with_a_mistake_says_so_first(visitor):
    right, wrong = visitor.get(ASK), ask(visitor, "0123", status=422)
    assert wrong.html.title.text != right.html.title.text
    assert wrong.html.title.text.endswith(right.html.title.text)


def test_who_has_no_address_reads_where_to_go_now(visitor, central):
    assert "/nl/geen-adres" in hrefs(main(visitor.get(ASK)))
    page = visitor.get("/nl/geen-adres")
    ways_on = [href for href in hrefs(main(page)) if href.startswith("/nl/")]
    assert central in hrefs(main(page))
    assert {"/nl/teams", "/nl/sociale-kaart?thema=wonen", "/nl/spoed-en-veiligheid"} <= set(ways_on)
    for way in ways_on:
        visitor.get(way)


def test_who_does_not_know_gets_all_teams_by_district(visitor):
    assert "/nl/teams" in hrefs(main(visitor.get(ASK)))
    page = visitor.get("/nl/teams")
    districts = [text(title) for title in page.html.select("main h2")]
    assert districts == ["Midden", "Noord", "Oost", "West", "Zuid"]
    assert len(teams_on(page)) == 9


def test_the_name_of_the_municipality_itself_gives_all_teams(visitor):
    assert len(teams_on(ask(visitor, "Zwolle"))) == 9


def test_the_word_of_another_language_in_the_address_leads_on_with_the_question(visitor):
    answer = visitor.get("/en/vind-uw-team?waar=8031AB", status=301)
    assert answer.location.endswith("/en/find-your-team?waar=8031AB")
    assert teams_on(visitor.get("/en/find-your-team?waar=8031AB"), "/en/team/") == {"holtenbroek"}


def test_nothing_is_kept_of_what_was_typed(visitor):
    page = ask(visitor, "8031AB")
    assert page.headers["Cache-Control"] == "no-store"
    assert visitor.cookies == {}
    assert visitor.get(ASK).html.find(id="where")["value"] == ""


@pytest.mark.parametrize("where", ["a" * 1500, "<script>alert(1)</script>", "8031' OR '1'='1", "%", "\u202e8031AB"])
def test_nothing_that_can_be_typed_breaks_the_question(visitor, where):
    page = ask(visitor, where, status="*")
    assert page.status_int in {200, 422}
    assert page.html.find("script", string=True) is None
