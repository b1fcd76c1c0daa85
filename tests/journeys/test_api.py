"""Other programs ask what the screens answer; the promise is `portal/sitesearch/openapi.yaml`, to the letter."""

from typing import Any

import pytest
import yaml

from portal.foundation.i18n import LOCALES
from portal.sitesearch.specification import SPECIFICATION
from portal.teams.rules import Outcome
from tests.reading import words

PROMISE = yaml.safe_load(SPECIFICATION.read_text("utf-8"))
KINDS_OF_VALUE = {"string": str, "integer": int, "array": list, "object": dict, "null": type(None)}


def promised(operation):
    answer = PROMISE["paths"][f"/api/v1/{operation}"]["get"]["responses"]["200"]
    return answer["content"]["application/json"]["schema"]


def assert_as_promised(value: Any, schema: dict[str, Any], where: str = "answer") -> None:
    """No field too few, none too many, each of its kind."""
    if "enum" in schema:
        assert value in schema["enum"], where
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert isinstance(value, tuple(KINDS_OF_VALUE[kind] for kind in kinds)), where
    if isinstance(value, dict):
        assert set(value) == set(schema["properties"]) == set(schema["required"]), where
        for name, one in value.items():
            assert_as_promised(one, schema["properties"][name], f"{where}.{name}")
    if isinstance(value, list):
        for one in value:
            assert_as_promised(one, schema["items"], f"{where}[]")


@pytest.fixture
def ask(visitor):
    def ask(operation, status=200, **question):
        answer = visitor.get(f"/api/v1/{operation}", params=question, status=status)
        assert answer.content_type == "application/json"
        assert "Set-Cookie" not in answer.headers
        if status == 200:
            assert_as_promised(answer.json, promised(operation))
        return answer.json

    return ask


@pytest.mark.parametrize(
    ("where", "outcome", "teams"),
    [
        ("8031AB", "team", ["holtenbroek"]),
        ("Holtenbrok", "team", ["holtenbroek"]),
        ("8017", "choose", ["midden", "schelle"]),
        ("8000", "po_box", []),
        ("8911", "outside", []),
        ("0123", "invalid", []),
        ("", "invalid", []),
        ("Xqzwvv", "unknown", []),
    ],
)
def test_a_program_gets_the_outcome_that_a_person_gets(ask, where, outcome, teams):
    answer = ask("teams", where=where)
    assert (answer["asked"], answer["outcome"]) == (where, outcome)
    assert [team["slug"] for team in answer["teams"]] == teams
    assert answer["message"]


def test_every_outcome_is_promised():
    assert set(promised("teams")["properties"]["outcome"]["enum"]) == set(Outcome)


def test_the_address_of_a_team_leads_to_its_page(ask, visitor):
    for team in ask("teams", where="8017")["teams"]:
        assert visitor.get(team["url"].removeprefix("http://zwolle.test")).html.h1.text == team["name"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_message_is_in_the_language_that_was_asked(ask, locale):
    answer = ask("teams", where="8000", locale=locale)
    message = "This is the postcode of a post box. Fill in the postcode of your home."
    assert answer["message"] == words(message, locale)


def test_a_language_that_the_municipality_does_not_offer_is_answered_in_dutch(visitor_of_leeuwarden):
    answer = visitor_of_leeuwarden.get("/api/v1/teams", params={"where": "9085", "locale": "ar"}).json
    assert answer["message"] == words("This is your team.")
    assert answer["teams"][0]["url"] == "http://leeuwarden.test/nl/team/sud"


def test_search_gives_what_the_screen_gives_in_the_same_order(ask, visitor):
    screen = visitor.get("/nl/zoeken", params={"q": "eenzaam"})
    shown = [link["href"] for link in screen.html.select(".hits h2 a")]
    answer = ask("search", q="eenzaam", limit="20")
    assert [hit["url"].removeprefix("http://zwolle.test") for hit in answer["hits"]] == shown
    assert (answer["query"], answer["corrected"], answer["urgent"], answer["fallback"]) == ("eenzaam", None, None, None)


def test_search_says_how_it_read_a_misspelt_word(ask):
    answer = ask("search", q="enzaam")
    assert (answer["corrected"], answer["fallback"]) == ("eenzaam", "corrected")


def test_search_says_that_nothing_was_found(ask):
    answer = ask("search", q="xqzwvv")
    assert (answer["total"], answer["hits"], answer["fallback"]) == (0, [], "none")


@pytest.mark.parametrize("question", [{}, {"q": ""}, {"q": "  "}])
def test_search_without_a_question_gives_nothing_and_no_fault(ask, question):
    answer = ask("search", **question)
    assert (answer["query"], answer["total"], answer["hits"], answer["fallback"]) == ("", 0, [], None)


@pytest.mark.parametrize(
    ("question", "kind", "codes"),
    [
        ("ik wil niet meer leven", "suicide", ["113", "112"]),
        ("mijn man slaat mij", "violence", ["veilig-thuis", "112"]),
        ("papa doet mij pijn", "child", ["veilig-thuis", "kindertelefoon", "112"]),
        ("er is brand in huis", "danger", ["112", "veilig-thuis"]),
    ],
)
def test_a_question_that_sounds_like_danger_comes_with_the_numbers_to_call(ask, zwolle, question, kind, codes):
    urgent = ask("search", q=question)["urgent"]
    lines = {line["code"]: line for line in zwolle.profile.emergency}
    assert urgent["kind"] == kind
    assert urgent["numbers"] == [
        {"code": code, "name": lines[code]["name"]["nl"], "number": lines[code]["number"]} for code in codes
    ]


def test_every_hit_of_search_is_really_there(ask, visitor):
    for locale in ("nl", "en", "ar"):
        for hit in ask("search", q="geld", locale=locale, limit="50")["hits"]:
            visitor.get(hit["url"].removeprefix("http://zwolle.test"))
            assert "[[" not in hit["snippet"]


def test_the_number_of_hits_can_be_chosen(ask):
    assert len(ask("search", q="hulp", limit="3")["hits"]) == 3
    assert len(ask("search", q="hulp")["hits"]) == 10


@pytest.mark.parametrize(
    ("operation", "wrong", "name"),
    [
        ("search", {"limit": "0"}, "limit"),
        ("search", {"limit": "51"}, "limit"),
        ("search", {"limit": "veel"}, "limit"),
        ("search", {"q": "a" * 1001}, "q"),
        ("search", {"locale": "de"}, "locale"),
        ("teams", {"locale": "NL"}, "locale"),
        ("teams", {"where": "a" * 501}, "where"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(ask, operation, wrong, name):
    answer = ask(operation, status=400, **wrong)
    assert set(answer) == {"status", "message"}
    assert answer["status"] == 400
    assert f" {name}" in answer["message"]


def test_an_address_of_the_api_that_is_not_there_answers_as_a_program_reads(ask):
    assert ask("weather", status=404)["status"] == 404


def test_the_promise_itself_can_be_read(visitor):
    assert yaml.safe_load(visitor.get("/api/v1/openapi.yaml").body) == PROMISE


def test_the_api_only_gives(visitor):
    assert visitor.post("/api/v1/teams", {"where": "8031"}).status_int in {404, 405, 422}
