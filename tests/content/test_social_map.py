"""The entries of the social map: many, everywhere, about everything, and none that could be dialled by mistake."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from portal.foundation.lib.hours import parse_openings
from portal.foundation.seeding import read_yaml
from portal.social_map.rules import AUDIENCES, KINDS, THEMES, faults
from tests.composed import ROOT

CONTENT = ROOT / "content"
ENTRIES = {path.stem: read_yaml(path) for path in sorted((CONTENT / "social_map").glob("*.yaml"))}
EXAMPLES = {slug: entry for slug, entry in ENTRIES.items() if entry["example"]}
#: At least so many entries a theme, so that nobody who chooses one meets an empty room.
LEAST_OF_A_THEME = 5
#: No street of Zwolle begins so.
INVENTED_STREETS = ("Voorbeeld", "Proef", "Model")
#: Words of people who hide from somebody: where they meet stands nowhere.
_HIDES = re.compile(r"geweld|stalking|eerwraak|loverboy|mishandel|schuilplaats|blijf-van-mijn-lijf", re.IGNORECASE)

every_entry = pytest.mark.parametrize("slug", ENTRIES)


def areas(column):
    lines = (CONTENT / "areas" / "neighbourhoods.csv").read_text("utf-8").splitlines()
    return {row[column] for row in csv.DictReader(lines)}


def test_there_is_enough_to_choose_from():
    assert len(ENTRIES) >= 150


def test_every_theme_has_entries_and_there_are_seventeen():
    counted = Counter(theme for entry in ENTRIES.values() for theme in entry["themes"])
    assert len(THEMES) == 17
    assert {theme: counted[theme] for theme in THEMES if counted[theme] < LEAST_OF_A_THEME} == {}


def test_every_neighbourhood_has_something_of_its_own():
    named = {area for entry in ENTRIES.values() for area in entry["areas"]}
    assert areas("wijk") - named == set()


def test_every_kind_and_every_audience_is_there():
    assert {entry["kind"] for entry in ENTRIES.values()} == set(KINDS)
    assert {one for entry in ENTRIES.values() for one in entry["audience"]} == set(AUDIENCES)


def test_neighbours_are_at_least_as_many_as_professionals():
    assert 2 * sum(not entry["formal"] for entry in ENTRIES.values()) >= len(ENTRIES)


@every_entry
def test_an_entry_holds_what_the_screens_need(slug):
    assert list(faults(ENTRIES[slug], areas("wijk") | areas("district"))) == []
    parse_openings(ENTRIES[slug]["hours"])


@every_entry
def test_an_entry_is_there_in_plain_and_in_simple_dutch(slug):
    assert {"nl", "nl_simple"} <= set(ENTRIES[slug]["text"])


@every_entry
def test_a_translation_is_a_draft_until_somebody_has_read_it(slug):
    for locale, text in ENTRIES[slug]["text"].items():
        assert bool(text.get("draft")) == (locale not in {"nl", "nl_simple"}), locale


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_invented_entry_can_be_called_or_written_by_nobody(slug):
    entry = EXAMPLES[slug]
    assert entry.get("phone") or entry.get("email"), "nobody could ask"
    assert entry.get("phone") is None or re.fullmatch(r"038 000 \d\d \d\d", entry["phone"])
    assert entry.get("email") is None or re.fullmatch(r"[\w.-]+@voorbeeld\.example", entry["email"])
    assert entry.get("website") is None
    place = entry.get("place") or {}
    assert not place.get("address") or place["address"].startswith(INVENTED_STREETS)


@every_entry
def test_a_number_in_a_text_of_an_invented_entry_is_invented_too(slug):
    if slug in EXAMPLES:
        for text in ENTRIES[slug]["text"].values():
            for number in re.findall(r"\b0\d{2,3}[ -]?\d{3}[ \d]*", " ".join(str(part) for part in text.values())):
                assert number.startswith(("038 000", "0800")), number


def test_invented_numbers_are_given_once():
    numbers = Counter(entry["phone"] for entry in EXAMPLES.values() if entry.get("phone"))
    assert {number: count for number, count in numbers.items() if count > 3} == {}


def test_real_help_lines_are_national_and_have_a_number_and_a_website():
    real = {slug: entry for slug, entry in ENTRIES.items() if not entry["example"]}
    assert len(real) >= 10
    for slug, entry in real.items():
        assert entry["national"], slug
        assert entry["website"].startswith("https://"), slug


def test_where_people_hide_from_somebody_stands_nowhere():
    hiding = {
        slug: entry
        for slug, entry in ENTRIES.items()
        if "veiligheid" in entry["themes"] and not entry["national"] and _HIDES.search(" ".join(entry["keywords"]))
    }
    assert "praatgroep-na-geweld" in hiding
    assert {slug for slug, entry in hiding.items() if (entry.get("place") or {}).get("address")} == set()
    assert {slug for slug, entry in hiding.items() if entry["areas"]} == set()


@every_entry
def test_an_entry_was_checked_and_not_in_the_future(slug):
    """A real line that nobody has called yet says so on screen: it has no date."""
    checked = ENTRIES[slug]["checked_on"]
    if checked is None:
        assert not ENTRIES[slug]["example"]
    else:
        assert checked <= date(2026, 11, 23)


@every_entry
def test_an_entry_does_not_shout(slug):
    for text in ENTRIES[slug]["text"].values():
        assert "!" not in " ".join(str(part) for part in text.values())


def test_no_two_entries_have_one_name():
    names = Counter(entry["text"]["nl"]["name"] for entry in ENTRIES.values())
    assert {name for name, count in names.items() if count > 1} == set()


def test_every_theme_has_a_name_in_every_language_and_everyday_words():
    themes = read_yaml(CONTENT / "themes.yaml")
    assert tuple(theme["code"] for theme in themes) == THEMES
    for theme in themes:
        assert set(theme["name"]) == {"nl", "nl_simple", "en", "ar", "tr", "pl", "uk"}, theme["code"]
        assert len(theme["words"]["nl"]) >= 10, theme["code"]
        assert (ROOT / "portal/ui/static/icons" / f"{theme['icon']}.svg").exists(), theme["code"]
