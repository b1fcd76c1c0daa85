"""Somebody looks for help near them: with everyday words, with filters, page by page."""

import pytest

from portal.foundation.seeding import read_yaml
from portal.social_map.filters import PAGE
from portal.social_map.rules import THEMES
from tests.composed import ROOT
from tests.reading import hrefs, main, text, words

MAP = "/nl/sociale-kaart"
ENTRIES = {path.stem: read_yaml(path) for path in (ROOT / "content" / "social_map").glob("*.yaml")}


def search(visitor, **chosen):
    return visitor.get(MAP, params=chosen)


def found(page, start=MAP + "/"):
    return [link["href"].removeprefix(start) for link in page.html.select(".hits h2 a")]


def total(page):
    """The number of places the page says it found."""
    return int(text(page.html.select_one(".hits").find_previous("p")).split()[0])


def everything(visitor, **chosen):
    """All slugs of a list, page after page, as a reader gets them."""
    slugs, page = [], search(visitor, **chosen)
    said = total(page)
    while True:
        assert not set(found(page)) & set(slugs), "a page shows again what another showed"
        slugs += found(page)
        onward = page.html.select_one("a[rel=next]")
        if onward is None:
            assert len(slugs) == said
            return slugs
        page = visitor.get(onward["href"])


@pytest.mark.parametrize("word", ["eenzaam", "rolstoel", "schulden", "taalles", "koffie"])
def test_an_everyday_word_finds_entries_that_are_about_it(visitor, word):
    page = search(visitor, q=word)
    assert found(page)
    assert page.html.select_one(".said") is None
    assert page.html.find(id="what")["value"] == word


def test_a_misspelt_word_is_read_as_the_right_one_and_the_page_says_so(visitor):
    page = search(visitor, q="enzaam")
    assert words("We searched for “%(words)s”.", words="eenzaam") in text(page.html.select_one(".said"))
    assert found(page) == found(search(visitor, q="eenzaam"))


def test_without_a_question_the_whole_list_is_there_each_entry_once(visitor):
    slugs = everything(visitor)
    assert len(slugs) == len(set(slugs))
    assert set(slugs) == set(ENTRIES)


@pytest.mark.parametrize("theme", ["geld", "taal", "veiligheid"])
def test_a_theme_gives_all_that_belongs_to_it_and_nothing_else(visitor, theme):
    assert set(everything(visitor, thema=theme)) == {
        slug for slug, entry in ENTRIES.items() if theme in entry["themes"]
    }


def test_two_filters_together_leave_what_fits_both(visitor):
    fitting = {
        slug
        for slug, entry in ENTRIES.items()
        if "contact" in entry["themes"] and (not entry["areas"] or "Holtenbroek" in entry["areas"])
    }
    assert set(everything(visitor, thema="contact", wijk="Holtenbroek")) == fitting


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        ({"soort": "helpline"}, lambda entry: entry["kind"] == "helpline"),
        ({"voor": "carers"}, lambda entry: "carers" in entry["audience"]),
        ({"formeel": "no"}, lambda entry: not entry["formal"]),
        ({"gratis": "yes"}, lambda entry: entry["cost"].get("free")),
    ],
)
def test_each_filter_keeps_its_word(visitor, chosen, fits):
    assert set(everything(visitor, **chosen)) == {slug for slug, entry in ENTRIES.items() if fits(entry)}


def test_the_number_beside_a_filter_is_the_number_one_gets(visitor):
    page = search(visitor, q="eenzaam")
    for link in page.html.select(".filters .facet__link")[:3]:
        assert total(visitor.get(link["href"])) == int(text(link.select_one(".facet__count")))


def test_what_was_chosen_is_shown_and_each_choice_can_be_taken_away(visitor):
    page = search(visitor, q="eenzaam", thema="contact", voor="older")
    away = [f"{MAP}?q=eenzaam&voor=older", f"{MAP}?q=eenzaam&thema=contact"]
    assert [link["href"] for link in page.html.select(".filters .facet__link[aria-current=true]")] == away
    assert [link["href"] for link in page.html.select(".chosen a")] == away


def test_a_filter_that_does_not_exist_is_left_out(visitor):
    assert found(search(visitor, thema="maanreizen", kleur="rood")) == found(search(visitor))


def test_a_long_list_has_pages_that_do_not_overlap(visitor):
    first, second = search(visitor), search(visitor, pagina="2")
    assert len(found(first)) == len(found(second)) == PAGE
    assert not set(found(first)) & set(found(second))
    assert second.html.select_one("a[rel=prev]")["href"] == MAP


@pytest.mark.parametrize("number", ["0", "-1", "1e9", "٢", "99999999999999999999", "abc"])
def test_a_page_number_that_makes_no_sense_is_the_first_page(visitor, number):
    assert found(search(visitor, pagina=number)) == found(search(visitor))


def test_a_page_beyond_the_last_offers_a_way_on(visitor, central):
    page = search(visitor, pagina="400")
    assert central in hrefs(main(page))


def test_when_nothing_is_found_the_themes_and_a_person_are(visitor, central):
    page = search(visitor, q="xqzwvv")
    assert found(page) == []
    assert words("Nothing found for “%(question)s”", question="xqzwvv") in text(page.html.h1)
    assert {f"{MAP}?thema={code}" for code in THEMES} <= set(hrefs(main(page)))
    assert central in hrefs(main(page))


def test_a_question_that_sounds_like_danger_gets_the_numbers_before_the_list(visitor):
    page = main(search(visitor, q="mijn man slaat mij"))
    urgent = page.select_one(".notice--urgent")
    assert hrefs(urgent) == ["tel:08002000", "tel:112"]
    assert not urgent.find_previous(class_="hits")


def test_lists_of_answers_are_not_for_search_engines(visitor):
    assert search(visitor, q="eenzaam").html.find("meta", {"name": "robots"})["content"] == "noindex"
    assert search(visitor).html.find("meta", {"name": "robots"}) is None
