"""Somebody narrows the list by pressing a link that says how much it leads to, and puts what is near first."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from portal.foundation.clock import LOCAL
from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import reading, writing
from portal.foundation.lib import hours
from portal.foundation.seeding import read_yaml
from portal.teams.places import read_point, read_points
from search.places import metres
from tests.clock import START
from tests.composed import ROOT
from tests.reading import hrefs, language, text, words

MAP = "/nl/sociale-kaart"
ENTRIES = {path.stem: read_yaml(path) for path in (ROOT / "content" / "social_map").glob("*.yaml")}
#: No homes have this postcode.
NOWHERE = "8010"
LINK = ".filters .facet__link"


def search(visitor, path=MAP, **chosen):
    return visitor.get(path, params=chosen)


def found(page):
    return [link["href"].rpartition("/")[2] for link in page.html.select(".hits h2 a")]


def total(page):
    """The number of places or answers that the page says it found; none when it found nothing."""
    hits = page.html.select_one(".hits")
    return int(text(hits.find_previous("p")).split()[0]) if hits else 0


def links(page, name):
    """The links of one filter, by value: (address, number, chosen)."""
    section = page.html.find(attrs={"aria-labelledby": f"facet-{name}"})
    return {
        dict(parse_qsl(urlsplit(link["href"]).query)).get(name): (
            link["href"], int(text(link.select_one(".facet__count"))), link.get("aria-current") == "true",
        )
        for link in section.select(".facet__link")
    }  # fmt: skip


def everything(visitor, page):
    """All slugs of a list, page after page."""
    slugs = found(page)
    while onward := page.html.select_one("a[rel=next]"):
        page = visitor.get(onward["href"])
        slugs += found(page)
    return slugs


@pytest.mark.parametrize("query", [{}, {"q": "eten"}, {"thema": "contact", "wijk": "Holtenbroek"}], ids=str)
def test_each_link_leads_to_exactly_as_many_as_it_says(visitor, query):
    page = search(visitor, **query)
    free = [link for link in page.html.select(LINK) if link.get("aria-current") is None]
    assert len(free) > 20
    for link in free:
        onward = visitor.get(link["href"])
        assert total(onward) == int(text(link.select_one(".facet__count"))), link["href"]
        away = f" {words('take away')}"
        assert text(link.span) in [text(one).removesuffix(away) for one in onward.html.select(".chosen a")]


def test_what_is_chosen_is_shown_and_taking_it_away_gives_back_what_was(visitor):
    before = search(visitor, q="eten")
    href, number, _ = links(before, "gratis")["yes"]
    page = visitor.get(href)
    assert total(page) == number
    (chosen,) = page.html.select(f"{LINK}[aria-current=true]")
    assert words("take away") in text(chosen)
    assert words("Free") in text(chosen)
    assert hrefs(page.html.select_one(".chosen")) == [chosen["href"]] == [f"{MAP}?q=eten"]
    assert everything(visitor, visitor.get(chosen["href"])) == everything(visitor, before)


def test_what_is_chosen_stays_in_sight_and_the_rest_is_folded_away(visitor):
    page = search(visitor)
    section = page.html.find(attrs={"aria-labelledby": "facet-wijk"})
    assert len(section.select("details .facet__link")) > 0
    last = section.select("details .facet__link")[-1]
    chosen = visitor.get(last["href"]).html.select_one(f"{LINK}[aria-current=true]")
    assert chosen.find_parent("details", class_="facet__more") is None
    assert chosen.find("span")["lang"] == "nl"


def test_filters_are_for_people_and_lists_of_answers_for_no_search_engine(visitor):
    page = search(visitor)
    assert {link["rel"][0] for link in page.html.select(LINK)} == {"nofollow"}
    for link in page.html.select(LINK)[:3]:
        assert visitor.get(link["href"]).html.find("meta", {"name": "robots"})["content"] == "noindex"


def test_a_filter_of_language_gives_those_who_speak_it(visitor):
    speaking = {slug for slug, entry in ENTRIES.items() if "pl" in entry["languages"]}
    page = search(visitor, taal="pl")
    assert set(everything(visitor, page)) == speaking
    assert "Pools" in text(page.html.select_one(".chosen"))


def test_a_building_without_steps_is_one_that_says_so(visitor):
    step_free = {slug for slug, entry in ENTRIES.items() if (entry.get("place") or {}).get("step_free")}
    assert 0 < len(step_free) < len(ENTRIES)
    assert set(everything(visitor, search(visitor, drempelvrij="yes"))) == step_free


def open_at(moment):
    minute = hours.minute_of_week(moment.astimezone(LOCAL))
    return {
        slug
        for slug, entry in ENTRIES.items()
        if any(start <= minute < end for start, end in hours.minutes_of_week(hours.parse_openings(entry["hours"])))
    }


@pytest.mark.parametrize(
    "later",
    [
        timedelta(),
        timedelta(hours=9),
        timedelta(hours=17),
        timedelta(days=5, hours=3),
        timedelta(days=6, hours=13, minutes=59),
        timedelta(days=6, hours=14),
    ],
    ids=str,
)
def test_open_now_follows_the_clock_on_the_wall(visitor, clock, later):
    clock.set(START + later)
    page = search(visitor, open="now")
    assert set(everything(visitor, page)) == open_at(START + later)


def test_around_the_clock_something_is_open_and_never_all(visitor):
    always = {slug for slug, entry in ENTRIES.items() if hours.always(hours.parse_openings(entry["hours"]), "open")}
    assert always
    assert always <= set(everything(visitor, search(visitor, open="now"))) < set(ENTRIES)


@pytest.fixture
def _nothing_kept(zwolle):
    """No page is kept in memory when the test begins, and none of its times is kept afterwards."""

    def look_anew():
        with writing(zwolle.engine) as session:
            raise_version(session)
        kept(zwolle).look_now()

    look_anew()
    yield
    look_anew()


@pytest.mark.usefixtures("_nothing_kept")
def test_the_plain_list_counts_what_is_open_right_a_minute_later(visitor, clock):
    """At nine many doors open; the page of a minute before is kept in memory, and no longer true."""
    nine = START - timedelta(hours=1)
    for moment in (nine - timedelta(minutes=1), nine - timedelta(seconds=1), nine, nine + timedelta(hours=8)):
        clock.set(moment)
        for _ in range(2):
            _href, number, _chosen = links(visitor.get(MAP), "open")["now"]
            assert number == len(open_at(moment)), moment
    assert len(open_at(nine)) > len(open_at(nine - timedelta(minutes=1)))


@pytest.mark.parametrize("typed", ["8031AB", "8031 ab", " 8031 "])
def test_of_a_postcode_the_letters_go_and_the_address_shows_four_digits(visitor, typed):
    answer = visitor.get(MAP, params={"q": "koffie", "thema": "contact", "bij": typed}, status="*")
    if answer.status_int == 303:
        assert answer.location == f"http://zwolle.test{MAP}?q=koffie&thema=contact&bij=8031"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "AB" not in answer.text.upper().replace("SOCIALE", "")
        answer = visitor.get(answer.location.removeprefix("http://zwolle.test"))
    assert answer.html.find(id="near")["value"] == "8031"
    assert words("Near ${postcode}").replace("${postcode}", "8031") in text(answer.html.select_one(".chosen"))


def test_the_letters_of_a_postcode_always_lead_to_the_address_without_them(visitor):
    visitor.get(f"{MAP}?bij=8031AB", status=303)
    assert visitor.get(f"{MAP}?bij=8031AB", status=303).location.endswith(f"{MAP}?bij=8031")
    assert "Set-Cookie" not in visitor.get(f"{MAP}?bij=8031AB", status=303).headers


def test_the_nearest_comes_first_and_what_has_no_place_last(visitor, zwolle):
    slugs = everything(visitor, search(visitor, bij="8031"))
    assert set(slugs) == set(ENTRIES)
    digits = {slug: str((entry.get("place") or {}).get("postcode") or "")[:4] for slug, entry in ENTRIES.items()}
    with reading(zwolle.engine) as connection:
        here = read_point(connection, "8031")
        points = read_points(connection, filter(None, digits.values()))
    far = [metres(here, points[digits[slug]]) if digits[slug] in points else 10**9 for slug in slugs]
    assert far == sorted(far)
    assert 10**9 in far


def test_near_a_postcode_each_place_says_about_how_far_it_is(visitor):
    page = search(visitor, bij="8031")
    said = [text(line) for line in page.html.select(".hits .facts strong")]
    assert said[0] == words("very near")
    assert any("km" in one for one in said)
    assert page.html.select(".hits .facts strong")
    assert not search(visitor).html.select(".hits .facts strong")


def test_near_a_postcode_what_fits_the_words_is_the_same_as_anywhere(visitor):
    everywhere, near = (search(visitor, q="eenzaam", **more) for more in ({}, {"bij": "8031"}))
    assert set(everything(visitor, everywhere)) == set(everything(visitor, near))
    assert total(everywhere) == total(near)


@pytest.mark.parametrize("typed", [NOWHERE, "803", "thuis", "9999999", "<b>", "٨٠٣١"])
def test_a_postcode_that_is_not_known_says_what_to_write_and_keeps_the_rest(visitor, typed):
    page = search(visitor, q="koffie", thema="contact", bij=typed)
    field = page.html.find(id="near")
    assert field["value"] == typed
    assert field["aria-invalid"] == "true"
    fault = text(page.html.find(id="near-error"))
    assert words("We do not know this postcode. Write it like this: %(example)s.", example="8011") in fault.replace(
        "8011 .", "8011."
    )
    assert page.html.select_one("details.filters").has_attr("open")
    assert found(page) == found(search(visitor, q="koffie", thema="contact"))
    assert [link["href"] for link in page.html.select(".chosen a")] == [f"{MAP}?q=koffie"]
    assert page.html.find("meta", {"name": "robots"})["content"] == "noindex"


def test_a_postcode_with_letters_that_is_not_known_is_shown_without_them(visitor):
    answer = visitor.get(f"{MAP}?bij={NOWHERE}AB", status=303)
    page = visitor.get(answer.location.removeprefix("http://zwolle.test"))
    assert page.html.find(id="near")["value"] == NOWHERE
    assert page.html.find(id="near-error") is not None


@pytest.mark.parametrize("typed", ["", "   "])
def test_no_postcode_is_no_fault(visitor, typed):
    page = search(visitor, bij=typed)
    assert page.html.find(id="near-error") is None
    assert not page.html.find(id="near").has_attr("aria-invalid")


def test_the_box_for_a_postcode_keeps_the_question_and_the_choices(visitor):
    form = search(visitor, q="koffie", thema="contact", voor="older", pagina="1").html.select_one(".facet--near")
    hidden = [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]
    assert hidden == [("q", "koffie"), ("thema", "contact"), ("voor", "older")]
    assert form["method"] == "get"


def test_a_list_near_a_postcode_is_kept_nowhere(visitor, registry):
    before = list(registry.page_cache._pages)
    assert search(visitor, bij="8031").headers["Cache-Control"] == "no-store"
    assert list(registry.page_cache._pages) == before


def test_in_arabic_filters_and_distances_are_in_arabic(visitor):
    page = search(visitor, "/ar/social-map", bij="8031")
    assert text(page.html.find(id="facet-open")) == words("Opening hours", "ar")
    assert words("Open now", "ar") in text(page.html.find(attrs={"aria-labelledby": "facet-open"}))
    distance = page.html.select_one(".hits .facts strong")
    assert text(distance) == words("very near", "ar")
    assert language(distance) == ("ar", "rtl")
    assert page.html.find(id="near")["dir"] == "ltr"
