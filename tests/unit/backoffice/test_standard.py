"""Standard texts: offered where they fit, in the language of the resident, with the same words in Dutch beside them."""

from types import SimpleNamespace

import pytest

from portal.backoffice.standard import standard_texts
from portal.cases.services import LONGEST_MESSAGE
from portal.cleaning import DESK
from portal.cleaning.kind import CLEANING
from portal.foundation.i18n import LOCALES
from portal.foundation.seeding import read_yaml

FOLDER = DESK.standard
FILES = {path.stem: read_yaml(path) for path in sorted(FOLDER.glob("*.yaml"))}


def case(state="silent", locale="nl"):
    return SimpleNamespace(state=state, locale=locale)


def by_key(state="silent", locale="nl"):
    return {one.key: one for one in standard_texts(FOLDER, case(state, locale))}


@pytest.mark.parametrize("state", sorted(CLEANING.states))
def test_a_text_is_offered_in_its_states_only(state):
    assert set(by_key(state)) == {key for key, words in FILES["nl"].items() if state in words["states"]}


@pytest.mark.parametrize("state", sorted(CLEANING.states - CLEANING.closed))
def test_in_every_state_in_which_something_can_still_happen_there_is_a_start(state):
    assert by_key(state)


def test_a_text_names_no_state_that_is_not_there():
    for words in FILES["nl"].values():
        assert set(words["states"]) <= CLEANING.states


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_every_text_is_there_in_every_language_with_the_dutch_beside_it(locale):
    found = by_key("silent", locale)
    assert found
    for key, one in found.items():
        assert one.dutch == FILES["nl"][key]["text"].strip()
        assert one.title == FILES["nl"][key]["title"]
        assert (one.text == one.dutch) == (locale == "nl")


@pytest.mark.parametrize("locale", sorted(set(LOCALES) - {"nl"}))
def test_a_translation_names_the_same_texts_and_the_same_states(locale):
    assert FILES[locale].keys() == FILES["nl"].keys()
    for key, words in FILES[locale].items():
        assert words["states"] == FILES["nl"][key]["states"]


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_a_text_fits_in_a_message_and_names_nothing_that_is_filled_in(locale):
    for words in FILES[locale].values():
        assert 0 < len(words["text"]) <= LONGEST_MESSAGE
        assert "{" not in words["text"]


def test_a_text_that_is_missing_in_a_language_is_offered_in_dutch(tmp_path):
    (tmp_path / "nl.yaml").write_text("een: {states: [silent], title: Een, text: Dag}\n", "utf-8")
    (tmp_path / "pl.yaml").write_text("twee: {states: [silent], title: Twee, text: Cześć}\n", "utf-8")
    (one,) = standard_texts(tmp_path, case(locale="pl"))
    assert (one.key, one.text, one.dutch) == ("een", "Dag", "Dag")


def test_a_kind_without_a_folder_has_none(tmp_path):
    assert standard_texts(None, case()) == []
    assert standard_texts(tmp_path, case()) == []
