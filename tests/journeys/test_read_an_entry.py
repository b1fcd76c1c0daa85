"""Somebody reads an entry of the social map and knows how to go there."""

import re
from datetime import date, datetime

import pytest

from portal.foundation.clock import LOCAL
from portal.foundation.i18n import LOCALES
from portal.social_map.labels import COME, KINDS
from portal.ui.dates import day_and_year
from portal.ui.spoken import language_name
from tests.journeys.test_search_the_map import ENTRIES
from tests.reading import hrefs, language, main, text, words

PAGE = "/nl/sociale-kaart/taalcafe-holtenbroek"


@pytest.mark.parametrize("slug", ["taalcafe-holtenbroek", "veilig-thuis", "wooncoach-ouderen", "klusser-worden"])
def test_an_entry_tells_what_where_when_and_how_to_come(visitor, slug):
    entry, page = ENTRIES[slug], main(visitor.get(f"/nl/sociale-kaart/{slug}"))
    said, own = text(page), entry["text"]["nl"]
    for words_of_the_entry in (own["name"], own["summary"], own["first_step"]):
        assert " ".join(words_of_the_entry.split()) in said
    assert words(KINDS[entry["kind"]]) in said
    assert words(COME[entry["come"]]) in said
    for code in entry["languages"]:
        assert language_name(code, LOCALES["nl"]) in said
    assert "tel:" + re.sub(r"[ -]", "", entry["phone"]) in hrefs(page)
    assert f"/nl/sociale-kaart?thema={entry['themes'][0]}" in hrefs(page)
    assert day_and_year(date.fromisoformat(str(entry["checked_on"])), LOCALES["nl"]) in said


def test_an_entry_with_a_place_gives_its_address_and_way_in(visitor):
    said = text(main(visitor.get(PAGE)))
    assert "Buurthuis De Ketelaar, Voorbeeldplein 4, 8031 VB Zwolle" in said
    assert words("You can come in without steps.") in said
    assert words("There is a hearing loop.") not in said


def test_the_hours_are_told_as_days_and_times(visitor):
    said = text(main(visitor.get(PAGE)))
    assert "dinsdag 10:00–12:00" in said
    assert "donderdag 19:00–20:30" in said


def test_an_entry_is_open_now_only_while_it_is(visitor, clock):
    clock.set(datetime(2026, 11, 24, 11, 59, tzinfo=LOCAL))
    assert visitor.get(PAGE).html.select_one("main .dot") is not None
    clock.set(datetime(2026, 11, 24, 12, 0, tzinfo=LOCAL))
    assert visitor.get(PAGE).html.select_one("main .dot") is None


def test_an_invented_entry_says_that_it_is_an_example_and_a_real_one_does_not(visitor):
    example = "“Example” means: this is made up, to show how it will look."
    assert words(example) in text(main(visitor.get(PAGE)))
    assert words(example) not in text(main(visitor.get("/nl/sociale-kaart/veilig-thuis")))


def test_an_amount_of_money_is_written_as_the_reader_writes_it(visitor):
    slug = next(slug for slug, entry in ENTRIES.items() if str(entry["cost"].get("amount")) == "2.50")
    assert "2,50" in text(main(visitor.get(f"/nl/sociale-kaart/{slug}")))
    assert "2.50" in text(main(visitor.get(f"/en/social-map/{slug}")))


def test_an_entry_that_is_only_there_in_dutch_is_shown_so_to_a_turkish_reader(visitor, central):
    page = visitor.get("/tr/social-map/stoelgym-de-langenholt")
    notice = page.html.select_one("main .notice")
    assert words("This page is not in your language yet.", "tr") in text(notice)
    assert {central, "/nl-simple/sociale-kaart/stoelgym-de-langenholt"} <= set(hrefs(notice))
    for part in ("h1", ".lead", ".prose p"):
        assert language(page.html.main.select_one(part)) == ("nl", "ltr")
    canonical = page.html.find("link", rel="canonical")["href"]
    assert canonical == "http://zwolle.test/nl/sociale-kaart/stoelgym-de-langenholt"


def test_an_entry_in_arabic_is_arabic_from_right_to_left(visitor):
    page = visitor.get("/ar/social-map/taalcafe-holtenbroek")
    assert text(page.html.h1) == ENTRIES["taalcafe-holtenbroek"]["text"]["ar"]["name"]
    assert language(page.html.h1) == ("ar", "rtl")
    assert page.html.select_one("main .notice") is None


def test_an_entry_that_is_not_there_is_told_with_the_number_to_call(visitor, central):
    assert central in hrefs(main(visitor.get("/nl/sociale-kaart/bestaat-niet", status=404)))
