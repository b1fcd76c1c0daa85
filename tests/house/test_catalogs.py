"""The words of the interface: all there, in all languages, in the tone of the house."""

import re

import pytest

from portal.cli.catalogs import extracted, read_catalog, template_text
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from tests.composed import ROOT

FOLDER = ROOT / "locales"
#: They blame, wail or shout; say what to do next instead.
BANNED = {"ongeldig", "ongeldige", "helaas", "verplicht veld", "oeps", "sorry", "foutief", "mislukt"}
_GAP = re.compile(r"%\(\w+\)[sd]|\$\{\w+\}")

every_locale = pytest.mark.parametrize("locale", LOCALES)


def messages(locale):
    """(id, words) of every message; a plural gives one pair for each of its forms."""
    for message in read_catalog(FOLDER, locale):
        if message.id:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            for number, form in enumerate(forms):
                yield ids[min(number, len(ids) - 1)], form


def ids(catalog):
    return {message.id for message in catalog if message.id}


def test_the_template_holds_what_code_and_templates_say_now():
    fresh = (FOLDER / "portal.pot").read_text("utf-8") == template_text()
    assert fresh, "Words were added or changed: run `portal catalogs update` and translate them."


@every_locale
def test_a_catalog_holds_every_message_and_no_other(locale):
    assert ids(read_catalog(FOLDER, locale)) == ids(extracted())


@every_locale
def test_every_message_is_translated(locale):
    assert [said for said, words in messages(locale) if not words.strip()] == []
    assert [message.id for message in read_catalog(FOLDER, locale) if message.id and message.fuzzy] == []


@every_locale
def test_every_form_of_a_plural_is_there(locale):
    catalog = read_catalog(FOLDER, locale)
    for message in catalog:
        if message.pluralizable:
            assert len(message.string) == catalog.num_plurals, message.id
            assert all(message.string), message.id


@every_locale
def test_a_translation_has_the_gaps_of_its_message(locale):
    different = [
        said for said, words in messages(locale) if words and set(_GAP.findall(said)) != set(_GAP.findall(words))
    ]
    assert different == []


@every_locale
def test_nobody_is_shouted_at(locale):
    assert [words for _said, words in messages(locale) if "!" in words] == []


def test_the_messages_themselves_do_not_shout_either():
    assert [said for said, _words in messages("en") if "!" in said] == []


@pytest.mark.parametrize("locale", ["nl", "nl_simple"])
def test_nobody_is_blamed(locale):
    said = [
        f"{word}: {words}"
        for _said, words in messages(locale)
        for word in BANNED
        if re.search(rf"\b{word}\b", words, re.IGNORECASE)
    ]
    assert said == []


@pytest.mark.parametrize("locale", ["nl", "nl_simple"])
def test_sentences_are_as_short_as_their_level_asks(locale):
    long = [words for _said, words in messages(locale) if measure(words).longest > BARS[locale].longest]
    assert long == []


@pytest.mark.parametrize("locale", ["nl", "nl_simple"])
def test_a_reader_is_called_u(locale):
    assert [words for _said, words in messages(locale) if re.search(r"\b(?:je|jij|jouw|jullie)\b", words)] == []


@pytest.mark.parametrize("locale", [code for code in LOCALES if code not in {"nl", "nl_simple", "en"}])
def test_a_translation_is_not_the_english_or_the_dutch(locale):
    dutch = dict(messages("nl"))
    same = [said for said, words in messages(locale) if len(said.split()) > 3 and words in {said, dutch[said]}]
    assert same == []


@every_locale
def test_signs_of_markup_are_no_part_of_a_message(locale):
    assert [words for _said, words in messages(locale) if re.search(r"<\w|&\w+;|\[\[", words)] == []
