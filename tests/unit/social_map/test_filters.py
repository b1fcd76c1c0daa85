"""A question is an address and an address is a question, whatever somebody types or makes up."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webob.multidict import MultiDict

from portal.social_map.filters import (
    LONGEST_QUESTION,
    MOST_PAGES,
    MOST_VALUES,
    NEAR,
    PAGE,
    PARAMETERS,
    Finding,
    read_near,
)
from portal.social_map.rules import THEMES
from tests.composed import SITES

#: Monday, ten in the morning.
MINUTE = 600
letters = st.text(alphabet=st.characters(codec="utf-8"), max_size=250)
anything = st.lists(st.tuples(st.sampled_from([*PARAMETERS, "q", "pagina", NEAR, "x", ""]), letters), max_size=12)
sensible = st.lists(
    st.one_of(
        st.tuples(st.just("q"), letters),
        st.tuples(st.just("pagina"), st.integers(-5, 10_000).map(str)),
        st.tuples(st.just("thema"), st.sampled_from(THEMES)),
        st.tuples(st.just("wijk"), letters),
        st.tuples(st.just("gratis"), st.just("yes")),
        st.tuples(st.just("taal"), letters),
        st.tuples(st.just("open"), st.just("now")),
        st.tuples(st.just(NEAR), st.from_regex(r"[0-9]{4} ?[A-Za-z]{2}", fullmatch=True)),
    ),
    max_size=12,
)


def read(query):
    return Finding.read(MultiDict(parse_qsl(query, keep_blank_values=True) if isinstance(query, str) else query))


def again(finding):
    return read(urlsplit(finding.address("/nl/sociale-kaart")).query)


@given(st.one_of(anything, sensible))
def test_whatever_is_asked_is_read_and_its_address_asks_the_same(parameters):
    finding = read(parameters)
    assert again(finding) == finding
    assert len(finding.q) <= LONGEST_QUESTION
    assert 1 <= finding.page <= MOST_PAGES
    assert finding.near == "" or (len(finding.near) == 4 and finding.near.isascii() and finding.near.isdecimal())
    assert finding.query("nl", MINUTE).offset == (finding.page - 1) * PAGE


def test_a_long_question_is_cut_to_one_that_reads_the_same():
    finding = read([("q", "a" * (LONGEST_QUESTION - 1) + " b")])
    assert again(finding) == finding


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Finding()),
        ("q=", Finding()),
        ("q=+eten++in+de+buurt+", Finding("eten in de buurt")),
        ("thema=geld", Finding(chosen={"thema": ("geld",)})),
        ("thema=geld&thema=taal&thema=geld", Finding(chosen={"thema": ("geld", "taal")})),
        ("thema=liefde", Finding()),
        ("thema=liefde&thema=geld", Finding(chosen={"thema": ("geld",)})),
        ("thema=", Finding()),
        ("soort=group&gratis=yes", Finding(chosen={"soort": ("group",), "gratis": ("yes",)})),
        ("gratis=no", Finding()),
        ("wijk=+Holtenbroek+", Finding(chosen={"wijk": ("Holtenbroek",)})),
        ("wijk=" + "x" * 61, Finding()),
        ("onbekend=1", Finding()),
        ("pagina=3", Finding(page=3)),
        ("pagina=0", Finding()),
        ("pagina=-1", Finding()),
        ("pagina=1e3", Finding()),
        ("pagina=%D9%A3", Finding()),
        ("pagina=501", Finding(page=500)),
        ("pagina=99999", Finding()),
        ("pagina=", Finding()),
        ("taal=ar&taal=pl", Finding(chosen={"taal": ("ar", "pl")})),
        ("open=now", Finding(chosen={"open": ("now",)})),
        ("open=later", Finding()),
        ("drempelvrij=yes", Finding(chosen={"drempelvrij": ("yes",)})),
        ("drempelvrij=no", Finding()),
        ("bij=8031", Finding(near="8031")),
        ("bij=8031AB&thema=geld", Finding(near="8031", chosen={"thema": ("geld",)})),
        ("bij=hier", Finding()),
    ],
)
def test_what_is_not_known_is_left_out_and_never_refused(query, expected):
    assert read(query) == expected


def test_very_many_values_are_not_all_taken():
    finding = read([("wijk", f"wijk {number}") for number in range(50)])
    assert finding.count == MOST_VALUES


def test_the_question_for_the_index_speaks_its_words():
    asked = "q=taal&wijk=Noord&soort=group&soort=care&voor=women&formeel=no&gratis=yes&taal=pl&drempelvrij=yes&pagina=2"
    query = read(asked).query("ar", MINUTE)
    assert (query.text, query.locale, query.limit, query.offset) == ("taal", "ar", PAGE, PAGE)
    assert query.filters == {
        "kind": ("entry",), "area": ("Noord",), "sort": ("group", "care"), "audience": ("women",),
        "formal": ("no",), "free": ("yes",), "spoken": ("pl",), "step_free": ("yes",),
    }  # fmt: skip


def test_the_question_for_the_index_knows_the_minute_and_the_point_to_sort_around():
    query = read("open=now&bij=8031").query("nl", MINUTE, (52.5, 6.1))
    assert (query.filters["open"], query.minute, query.near) == (("now",), MINUTE, (52.5, 6.1))
    assert read("bij=8031").query("nl", MINUTE).near is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8031", "8031"), ("8031AB", "8031"), ("8031 ab", "8031"), (" 8031  AB ", "8031"),
        ("", ""), ("   ", ""), ("803", ""), ("80311", ""), ("0831", ""), ("8031A", ""), ("8031ABC", ""),
        ("8031 AB 12", ""), ("Holtenbroek", ""), ("٨٠٣١", ""), ("８０３１", ""), ("8031\nAB", "8031"), ("8031-AB", ""),
    ],
)  # fmt: skip
def test_of_a_postcode_the_four_digits_are_kept_and_never_the_letters(typed, kept):
    assert read_near(typed) == kept


FOUND = read("q=taal&thema=geld&thema=taal&wijk=Noord&pagina=4")


def test_a_value_is_taken_away_without_touching_the_others():
    assert FOUND.without("thema", "geld").chosen == {"thema": ("taal",), "wijk": ("Noord",)}
    assert FOUND.without("wijk", "Noord").chosen == {"thema": ("geld", "taal")}
    assert FOUND.without("soort", "group").chosen == FOUND.chosen


def test_a_value_may_stand_alone():
    assert FOUND.with_only("thema", "werk").chosen == {"thema": ("werk",), "wijk": ("Noord",)}
    assert FOUND.with_only("gratis", "yes").chosen == {**FOUND.chosen, "gratis": ("yes",)}


def test_the_postcode_is_taken_away_without_touching_the_rest():
    around = read("q=taal&thema=geld&bij=8031AB&pagina=3")
    assert around.address("/k") == "/k?q=taal&thema=geld&bij=8031&pagina=3"
    assert around.nowhere() == read("q=taal&thema=geld")
    assert around.without("thema", "geld").near == around.with_only("soort", "care").near == "8031"


@pytest.mark.parametrize(
    "other",
    [FOUND.without("wijk", "Noord"), FOUND.with_only("soort", "care"), FOUND.asking("werk"), FOUND.nowhere()],
)
def test_another_question_begins_on_its_first_page(other):
    assert other.page == 1


def test_another_page_asks_the_same():
    assert (FOUND.on_page(2).q, FOUND.on_page(2).chosen, FOUND.on_page(2).page) == ("taal", FOUND.chosen, 2)
    assert (FOUND.has("thema", "geld"), FOUND.has("thema", "werk"), FOUND.count) == (True, False, 3)


def test_an_address_says_only_what_was_asked():
    assert Finding().address("/nl/sociale-kaart") == "/nl/sociale-kaart"
    assert FOUND.address("/k") == "/k?q=taal&thema=geld&thema=taal&wijk=Noord&pagina=4"
    assert Finding("a&b=c").address("/k") == "/k?q=a%26b%3Dc"


@pytest.mark.parametrize("site", SITES)
def test_every_link_of_the_texts_to_the_map_asks_something_that_is_understood(site):
    folder = SITES[site]["content"]
    for path in [*folder.rglob("*.md"), *folder.rglob("*.yaml")]:
        for query in re.findall(r"service:social-map\?([^\s)\"'`]+)", path.read_text("utf-8")):
            assert read(query).address("") == f"?{query}", f"{path}: {query} is left out"
