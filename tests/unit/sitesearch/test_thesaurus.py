"""The files of the thesaurus hang together, and what is built from them says the same."""

import json
from collections import Counter

import pytest

from portal.foundation.seeding import read_yaml
from portal.sitesearch import thesaurus
from portal.sitesearch.thesaurus import FILES, LANGUAGES, base, build, read_concepts
from portal.social_map.rules import THEMES
from search import Thesaurus

BY_FILE = {path.stem: read_yaml(path) for path in sorted(FILES.glob("*.yaml"))}
CONCEPTS = [one for data in BY_FILE.values() for one in data["concepts"]]
CODES = {one["code"] for one in CONCEPTS}
EVERYDAY = {path.stem: read_yaml(path) for path in sorted(FILES.glob("everyday/*.yaml"))}
FEWEST = 250


def phrases_of(one):
    """(where it stands, phrase) of every word of a concept."""
    for language, phrase in one["label"].items():
        yield f"label {language}", phrase
    for part in ("also", "misspelt"):
        for language, listed in (one.get(part) or {}).items():
            for phrase in listed:
                yield f"{part} {language}", phrase


def test_there_are_concepts_of_every_theme_and_enough_of_them():
    assert len(CONCEPTS) >= FEWEST
    assert {data["theme"] for data in BY_FILE.values()} - {None} == set(THEMES)


def test_no_concept_stands_in_two_places():
    assert [code for code, times in Counter(one["code"] for one in CONCEPTS).items() if times > 1] == []


def test_every_concept_has_its_name_in_all_six_languages():
    assert [one["code"] for one in CONCEPTS if set(one["label"]) != set(LANGUAGES)] == []


def test_every_code_that_is_spoken_of_exists():
    known = CODES | set(THEMES)
    lost = [
        (one["code"], other)
        for one in CONCEPTS
        for other in (*filter(None, [one.get("broader")]), *(one.get("related") or ()))
        if other not in known
    ]
    lost += [(name, code) for name, words in EVERYDAY.items() for code in words if code not in known]
    assert lost == []


def test_nothing_is_wider_than_itself_or_related_to_itself():
    wider = {one["code"]: one.get("broader") for one in CONCEPTS}
    for code, above in wider.items():
        seen = {code}
        while above:
            assert above not in seen, code
            seen.add(above)
            above = wider.get(above)  # noqa: PLW2901
    assert [one["code"] for one in CONCEPTS if one["code"] in (one.get("related") or ())] == []


def test_every_word_is_text_in_a_language_we_know():
    wrong = [
        (one["code"], where, phrase)
        for one in CONCEPTS
        for where, phrase in phrases_of(one)
        if not isinstance(phrase, str) or not phrase.strip() or where.split()[1] not in LANGUAGES
    ]
    wrong += [
        (name, code, phrase)
        for name, words in EVERYDAY.items()
        for code, listed in words.items()
        for phrase in listed
        if not isinstance(phrase, str) or not phrase.strip()
    ]
    assert wrong == []
    assert {name.partition("-")[0] for name in EVERYDAY} == set(LANGUAGES)


def test_names_of_national_products_are_text():
    named = [(one["code"], name) for one in CONCEPTS for name in one.get("upl") or ()]
    assert len(named) > 50
    assert [pair for pair in named if not isinstance(pair[1], str) or not pair[1].strip()] == []


def test_a_concept_of_a_theme_lies_below_it():
    found = {one.code: one for one in read_concepts() if one.broader or one.related}
    assert found["rondkomen"].broader == ("geld",)
    assert found["rondkomen"].hidden["nl"]
    assert all(code in CODES | set(THEMES) for one in found.values() for code in one.broader)


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Where the build of this test goes."""
    path = tmp_path / "built" / "thesaurus.json"
    monkeypatch.setattr(thesaurus, "BUILT", path)
    base.cache_clear()
    yield path
    base.cache_clear()


def in_json(made):
    return json.loads(json.dumps(made.to_json()))


def test_what_is_built_equals_what_is_made_from_the_files(built):
    assert build() == len({concept.code for concept in read_concepts()})
    fresh = in_json(Thesaurus(read_concepts()))
    assert json.loads(built.read_text("utf-8"))["thesaurus"] == fresh
    assert in_json(base()) == fresh


def test_what_is_built_already_is_not_built_again(built):
    assert build() > 0
    assert build() == 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '"x"', '{"fingerprint": "of yesterday", "thesaurus": {"phrases": {}, "words": {}}}'],
    ids=["empty", "cut off", "a list", "nothing in it", "a word", "behind"],
)
def test_a_built_file_that_is_behind_or_damaged_is_not_used(built, text):
    built.parent.mkdir()
    built.write_text(text, "utf-8")
    assert base().concepts >= CODES
    assert build() > 0
