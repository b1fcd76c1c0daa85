"""The standard texts of the desk: a start in every language for every moment at which staff may have to write."""

import re

import pytest
import yaml

from portal.cleaning.kind import CLEANING
from portal.cleaning.words import TEXTS
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from tests.unit.cases.test_common_texts import FORBIDDEN

FOLDER = TEXTS.folder.parent / "standard"
PARTS = {"states", "title", "text"}
#: What somebody reads to the end; a text that says more is a letter of its own.
LONGEST_TEXT = 1000

every_locale = pytest.mark.parametrize("code", LOCALES)


def file(code):
    path = FOLDER / f"{code}.yaml"
    assert path.exists(), f"there are no standard texts in {code}"
    return yaml.safe_load(path.read_text("utf-8"))


@every_locale
def test_every_language_has_every_text_and_in_the_same_order(code):
    assert list(file(code)) == list(file("nl"))
    for name, standard in file(code).items():
        assert set(standard) == PARTS, f"{code}: {name}"
        assert standard["title"].strip(), f"{code}: {name}"
        assert standard["text"].strip(), f"{code}: {name}"


@every_locale
def test_a_text_is_offered_in_the_same_states_in_every_language(code):
    dutch = file("nl")
    assert {name: standard["states"] for name, standard in file(code).items()} == {
        name: standard["states"] for name, standard in dutch.items()
    }


@every_locale
def test_every_state_of_a_text_is_one_of_the_table(code):
    for name, standard in file(code).items():
        assert set(standard["states"]) <= CLEANING.states, f"{code}: {name}"
        assert len(set(standard["states"])) == len(standard["states"]), f"{code}: {name}"


@every_locale
def test_every_open_state_has_a_text_to_start_from(code):
    offered = {state for standard in file(code).values() for state in standard["states"]}
    assert offered >= CLEANING.states - CLEANING.closed


@every_locale
def test_staff_read_the_title_in_dutch_and_above_an_english_text_in_english(code):
    dutch = {name: standard["title"] for name, standard in file("nl").items()}
    titles = {name: standard["title"] for name, standard in file(code).items()}
    if code == "en":
        assert not set(titles.values()) & set(dutch.values())
    else:
        assert titles == dutch


@pytest.mark.parametrize("code", [code for code in LOCALES if code != "nl"])
def test_a_text_is_not_the_dutch_one(code):
    dutch = file("nl")
    same = [name for name, standard in file(code).items() if standard["text"] == dutch[name]["text"]]
    assert same == []


@every_locale
def test_no_text_is_long(code):
    for name, standard in file(code).items():
        assert len(standard["text"]) <= LONGEST_TEXT, f"{code}: {name}"


@every_locale
def test_a_text_has_nothing_to_fill_in(code):
    unfilled = [name for name, standard in file(code).items() if re.search(r"[{}\[\]<>_]|\.\.\.|…", standard["text"])]
    assert unfilled == []


@every_locale
def test_nobody_is_blamed_or_ordered_about(code):
    said = [
        f"{name}: {word}"
        for name, standard in file(code).items()
        for word in FORBIDDEN[code]
        if word in standard["text"].casefold()
    ]
    assert said == []


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_dutch_is_as_plain_as_its_level_asks_and_calls_the_reader_u(code):
    for name, standard in file(code).items():
        found = measure(standard["text"])
        assert found.longest <= BARS[code].longest, f"{code}: {name}: {found.longest_text}"
        assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", standard["text"], re.IGNORECASE), f"{code}: {name}"
