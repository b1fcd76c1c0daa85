"""Somebody types a question in the one search box: danger comes first, mistakes do not matter."""

import pytest

from portal.social_map.rules import THEMES
from tests.reading import hrefs, language, main, text, words

SEARCH = "/nl/zoeken"


def search(visitor, q, path=SEARCH, **more):
    return visitor.get(path, params={"q": q, **more})


def found(page):
    return [link["href"] for link in page.html.select(".hits h2 a")]


def test_one_question_finds_entries_pages_and_teams(visitor):
    assert any("/sociale-kaart/" in href for href in found(search(visitor, "schulden")))
    assert "/nl/klacht" in found(search(visitor, "klacht"))
    assert "/nl/team/holtenbroek" in found(search(visitor, "wijkteam holtenbroek"))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("ik wil niet meer leven", "tel:113"),
        ("mijn man slaat mij", "tel:08002000"),
        ("papa doet mij pijn", "tel:08002000"),
        ("er is brand in huis", "tel:112"),
        ("زوجي يضربني", "tel:08002000"),
        ("не хочу жити", "tel:113"),
    ],
)
def test_a_question_that_sounds_like_danger_gets_a_number_before_anything_else(visitor, question, first):
    page = main(search(visitor, question))
    urgent = page.select_one(".notice--urgent")
    assert hrefs(urgent)[0] == first
    assert "tel:112" in hrefs(urgent)
    assert not urgent.find_previous(class_="hits")
    assert not urgent.find_previous("form", role="search")


@pytest.mark.parametrize("question", ["pijn in mijn knie", "ik wil niet meer werken", "schulden"])
def test_an_everyday_question_gets_no_alarm(visitor, question):
    assert search(visitor, question).html.select_one("main .notice--urgent") is None


def test_words_that_were_corrected_are_said(visitor):
    page = search(visitor, "rollstoel")
    assert words("We searched for “%(words)s”.", words="rolstoel") in text(page.html.select_one(".said"))
    assert found(page)
    assert page.html.find(id="what")["value"] == "rollstoel"


def test_arabic_words_find_help_on_the_arabic_pages_and_on_the_dutch(visitor):
    arabic = search(visitor, "ديون", path="/ar/search")
    assert found(arabic)
    assert found(search(visitor, "ديون"))
    title = arabic.html.select_one(".hits h2")
    assert language(title)[0] in {"ar", "nl"}


def test_a_dutch_answer_to_an_arabic_reader_is_marked_as_dutch(visitor):
    page = search(visitor, "stoelgym", path="/ar/search")
    hit = page.html.select_one(".hits > li")
    assert language(hit.h2) == ("nl", "ltr")
    assert words("in Dutch", "ar") in text(hit)


@pytest.mark.parametrize("q", ["", "   ", "\t\n"])
def test_an_empty_question_gives_the_question_and_the_themes(visitor, q):
    page = search(visitor, q)
    assert found(page) == []
    assert {f"/nl/sociale-kaart?thema={code}" for code in THEMES} <= set(hrefs(main(page)))


@pytest.mark.parametrize("q", ["*", "%", "_", "???", "a OR b", "title:*", "[1 TO 9]", "\\", "' --"])
def test_signs_of_a_query_language_are_just_signs(visitor, q):
    assert len(found(search(visitor, q))) < 20


def test_the_name_of_a_field_is_just_a_word(visitor):
    assert found(search(visitor, "kind:(opvang)")) == found(search(visitor, "kind opvang"))


def test_a_wildcard_alone_finds_nothing_and_offers_a_person(visitor, central):
    page = search(visitor, "*")
    assert words("Nothing found for “%(question)s”", question="*") in text(page.html.h1)
    assert central in hrefs(main(page))


def test_of_a_long_question_the_first_part_is_read_and_the_page_says_so(visitor):
    page = search(visitor, "schuld " * 200)
    assert found(page)
    assert words("Your question was long. We read the first 200 characters.") in text(main(page))


def test_ten_thousand_letters_are_too_many_and_the_page_says_what_to_do(visitor, central):
    page = visitor.get(SEARCH, params={"q": "a" * 10_000}, status=414)
    assert text(page.html.h1) == words("This link is too long for us")
    assert central in hrefs(main(page))


def test_when_nothing_is_found_the_themes_and_a_person_are(visitor, central):
    page = search(visitor, "xqzwvv")
    assert found(page) == []
    assert central in hrefs(main(page))
    assert f"/nl/sociale-kaart?thema={THEMES[0]}" in hrefs(main(page))


def test_many_answers_have_pages_that_do_not_overlap(visitor):
    first = search(visitor, "hulp")
    onward = first.html.select_one("a[rel=next]")["href"]
    second = visitor.get(onward)
    assert not set(found(first)) & set(found(second))
    assert second.html.select_one("a[rel=prev]")["href"] == f"{SEARCH}?q=hulp&pagina=1"


def test_what_was_typed_is_shown_as_text_and_never_as_markup(visitor):
    page = search(visitor, "<b onmouseover=alert(1)>zin</b>")
    assert page.html.main.find("b", onmouseover=True) is None
    assert "<b onmouseover" not in page.text


def test_what_is_asked_is_kept_nowhere(visitor, registry):
    visitor.get("/nl/zoeken")
    before = list(registry.page_cache._pages)
    page = search(visitor, "schulden")
    assert page.headers["Cache-Control"] == "no-store"
    assert list(registry.page_cache._pages) == before
    assert visitor.get("/nl/zoeken").html.find(id="what")["value"] == ""


def test_an_editors_facts_read_as_words_in_the_answers(visitor):
    page = search(visitor, "klacht")
    assert "[[" not in page.text
    assert page.html.select(".hits p a") == []


@pytest.mark.parametrize(("site", "asked"), [("/nl/zoeken", "ديون"), ("/ar/search", "taalles")])
def test_a_question_in_another_direction_does_not_turn_the_heading_around(visitor, site, asked):
    heading = visitor.get(site, params={"q": asked}).html.h1
    assert text(heading.bdi) == asked
