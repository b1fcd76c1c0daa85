"""Answers come in kinds, show where the words of the question stand, and are suggested while somebody types."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.reading import main, text, words

MAP = "/nl/sociale-kaart"


def found(page):
    return [link["href"] for link in page.html.select(".hits h2 a")]


def total(page):
    """The number of places or answers that the page says it found."""
    return int(text(page.html.select_one(".hits").find_previous("p")).split()[0])


def test_all_kinds_of_answers_are_links_with_their_numbers(visitor):
    page = visitor.get("/nl/zoeken", params={"q": "schulden"})
    kinds = {link["href"]: int(text(link.select_one(".facet__count"))) for link in page.html.select(".kinds a")}
    assert len(kinds) == 3
    assert sum(kinds.values()) == total(page)
    for href, number in kinds.items():
        assert total(visitor.get(href)) == number, href


def test_a_chosen_kind_says_so_and_everything_is_one_link_away(visitor):
    page = visitor.get("/nl/zoeken", params={"q": "schulden", "wat": "page"})
    (chosen,) = page.html.select(".kinds a[aria-current=true]")
    assert words("Information") in text(chosen)
    first = page.html.select(".kinds a")[0]
    assert (text(first), first["href"]) == (words("Everything"), "/nl/zoeken?q=schulden")
    assert {text(line) for line in page.html.select(".hits .facts li:first-child")} == {words("Information")}


def test_a_kind_that_does_not_exist_is_left_out(visitor):
    strange = visitor.get("/nl/zoeken", params={"q": "schulden", "wat": "maan"})
    assert found(strange) == found(visitor.get("/nl/zoeken", params={"q": "schulden"}))


def test_pages_of_one_kind_stay_with_that_kind(visitor):
    page = visitor.get("/nl/zoeken", params={"q": "hulp", "wat": "page"})
    onward = page.html.select_one("a[rel=next]")
    if onward is not None:
        assert dict(parse_qsl(urlsplit(onward["href"]).query))["wat"] == "page"
        assert {text(line) for line in visitor.get(onward["href"]).html.select(".hits .facts li:first-child")} == {
            words("Information")
        }


@pytest.mark.parametrize("path", [MAP, "/nl/zoeken"])
def test_words_of_the_question_are_marked_in_what_was_found(visitor, path):
    page = visitor.get(path, params={"q": "schulden"})
    marked = [text(mark).casefold() for mark in page.html.select(".hits mark")]
    assert marked
    assert all("schuld" in word for word in marked)
    assert main(page).find("mark", string=re.compile("<")) is None


def test_what_was_typed_is_marked_in_the_words_of_the_page_and_never_as_markup(visitor):
    page = visitor.get("/nl/zoeken", params={"q": "<mark>schulden</mark>"})
    assert page.html.select_one("h1 mark") is None
    assert "&lt;mark&gt;" in page.text


def suggested(visitor, typed, path="/nl/zoeken/aanvullen"):
    return visitor.get(path, params={"q": typed}).json


def test_suggestions_are_titles_with_their_addresses(visitor):
    answer = visitor.get("/nl/zoeken/aanvullen", params={"q": "taal"})
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert 1 <= len(answer.json) <= 6
    for one in answer.json:
        assert set(one) == {"text", "href"}
        assert "taal" in one["text"].casefold()
        assert text(visitor.get(one["href"]).html.h1)


@pytest.mark.parametrize("typed", ["t", "ta", "TAAL", "  taal ", "taal vrouw"])
def test_any_number_of_letters_is_answered(visitor, typed):
    assert suggested(visitor, typed)


@pytest.mark.parametrize("typed", ["", "   ", "*", "%", "xqzwvv", "😀", "\x00", "' OR 1=1"])
def test_what_begins_no_title_suggests_nothing(visitor, typed):
    assert suggested(visitor, typed) == []


def test_suggestions_are_in_the_language_of_the_reader(visitor):
    arabic = suggested(visitor, "مو", "/ar/search/aanvullen")
    assert arabic
    for one in arabic:
        assert one["href"].startswith("/ar/")
        assert re.search(r"[\u0600-\u06ff]", one["text"])
    assert {one["href"].split("/")[1] for one in suggested(visitor, "taal")} == {"nl"}


def test_in_arabic_what_has_no_arabic_title_is_suggested_by_its_dutch_one(visitor):
    dutch = suggested(visitor, "taalcoach", "/ar/search/aanvullen")
    assert [one["href"].split("/")[1] for one in dutch] == ["ar"] * len(dutch)
    assert dutch
