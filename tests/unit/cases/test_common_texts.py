"""What is said about a request of any kind: in every language the same, short on a phone, silent on the outside."""

import re
from string import Formatter

import pytest
import yaml

from portal.cases.texts import COMMON
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from portal.messaging.rules import check_subject

#: As long as they get: the longest path with a token, the longest name of a team.
FACTS = {
    "reference": "7KD4 MW3F", "phone": "038 000 02 00", "team_phone": "038 000 02 10",
    "team": "Sociaal wijkteam Aalanden en Vechtlanden", "words": "Wij zoeken verder.",
    "link": f"https://sociaalportaal.zwolle.nl/nl-simple/mijn-aanvraag/volg/{'x' * 43}",
}  # fmt: skip
#: Each moment and its parts. A letter is no text message.
MOMENTS = {
    "message": {"subject", "text", "sms"}, "message_letter": {"subject", "text"},
    "handed_over": {"subject", "text", "sms"},
}  # fmt: skip
#: Two text messages of letters that are not in the small alphabet take 67 each; ours may be that long at most.
LONGEST_SMS = 320
#: Parts of words that wail, blame or order about: “alas”, “not valid”, “compulsory”; and nobody is shouted at.
FORBIDDEN = {
    "nl": ("helaas", "ongeldig", "verplicht", "!"),
    "nl_simple": ("helaas", "ongeldig", "verplicht", "!"),
    "ar": ("للأسف", "غير صالح", "غير صحيح", "إلزامي", "إجباري", "!"),
    "en": ("unfortunately", "invalid", "mandatory", "compulsory", "obligat", "!"),
    "pl": ("niestety", "nieprawidłow", "nieważn", "obowiązkow", "!"),
    "tr": ("maalesef", "ne yazık", "geçersiz", "zorunlu", "mecburi", "!"),
    "uk": ("на жаль", "недійсн", "неправильн", "обов'язков", "обов’язков", "!"),
}

every_locale = pytest.mark.parametrize("code", LOCALES)


def file(code):
    path = COMMON.folder / f"{code}.yaml"
    assert path.exists(), f"there are no words in {code}"
    return yaml.safe_load(path.read_text("utf-8"))


def blanks(text):
    return {name for _words, name, _spec, _conversion in Formatter().parse(text) if name}


def parts(code):
    """(moment, part, words) of everything in a file."""
    return [(moment, part, text) for moment, words in file(code).items() for part, text in words.items()]


@every_locale
def test_every_language_has_every_moment_and_no_other(code):
    assert {moment: set(words) for moment, words in file(code).items()} == MOMENTS
    assert all(text.strip() for _moment, _part, text in parts(code))


@every_locale
def test_every_language_names_the_same_facts(code):
    dutch = file("nl")
    for moment, part, text in parts(code):
        assert blanks(text) == blanks(dutch[moment][part]), f"{code}: {moment}.{part}"
        assert blanks(text) <= set(FACTS), f"{code}: {moment}.{part}"


@every_locale
def test_no_subject_tells_what_it_is_about(code):
    for moment in MOMENTS:
        check_subject(COMMON.say(moment, LOCALES[code], FACTS).subject)


def test_the_facts_of_this_test_are_as_long_as_they_get():
    assert len(FACTS["link"]) >= 95
    assert {name: len(FACTS[name]) for name in ("reference", "phone", "team_phone", "team")} == {
        "reference": 9, "phone": 13, "team_phone": 13, "team": 40,
    }  # fmt: skip


@every_locale
def test_a_text_message_is_short(code):
    for moment in MOMENTS:
        said = COMMON.say(moment, LOCALES[code], FACTS)
        assert len(said.sms) <= LONGEST_SMS, f"{code}: {moment}: {len(said.sms)}"


@every_locale
def test_every_message_says_the_number_of_the_request_and_how_to_call(code):
    for moment, part, text in parts(code):
        assert "reference" in blanks(text), f"{code}: {moment}.{part}"
        if part != "subject":
            assert blanks(text) & {"phone", "team_phone"}, f"{code}: {moment}.{part}"


@every_locale
def test_only_a_letter_holds_what_was_written(code):
    held = {(moment, part) for moment, part, text in parts(code) if "words" in blanks(text)}
    assert held == {("message_letter", "text")}


@every_locale
def test_nobody_is_blamed_or_ordered_about(code):
    said = [
        f"{moment}.{part}: {word}"
        for moment, part, text in parts(code)
        for word in FORBIDDEN[code]
        if word in text.casefold()
    ]
    assert said == []


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_dutch_is_as_plain_as_its_level_asks_and_calls_the_reader_u(code):
    for moment, part, text in parts(code):
        found = measure(re.sub(r"\{\w+\}", "Naam", text))
        assert found.longest <= BARS[code].longest, f"{code}: {moment}.{part}: {found.longest_text}"
        assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", text, re.IGNORECASE), f"{code}: {moment}.{part}"
