"""What a request for cleaning says: in every language, at every moment, the same facts; nothing on the outside."""

from string import Formatter

import pytest
import yaml

from portal.cases.texts import Texts
from portal.cleaning.kind import CLEANING
from portal.cleaning.words import TEXTS
from portal.foundation.i18n import LOCALES
from portal.messaging.rules import LONGEST_SUBJECT, check_subject

#: As long as they get: an address of a site, the longest path, a token.
FACTS = {
    "reference": "7KD4 MW3F", "phone": "038 000 02 00", "provider": "Vechtstreek Thuishulp",
    "provider_phone": "038 000 10 04", "first_date": "30 september 2026",
    "by": "24 november 2026", "kept": "30",
    "link": f"https://sociaalportaal.zwolle.nl/nl-simple/mijn-aanvraag/volg/{'x' * 43}",
}  # fmt: skip
#: What is said to people, by message, and to providers, who are written to in Dutch.
MOMENTS = {"received", "accepted", "declined", "silent", "started", "nobody_came", "ended", "withdrawn", "let_go"}
TO_PROVIDERS = {"ask_provider", "tell_provider_withdrawn", "tell_provider_other"}
#: Two text messages of letters that are not in the small alphabet take 67 each; ours may be that long at most.
LONGEST_SMS = 320


def file(code):
    path = TEXTS.folder / f"{code}.yaml"
    assert path.exists(), f"there are no words in {code}"
    return yaml.safe_load(path.read_text("utf-8"))


def blanks(text):
    return {name for _words, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", LOCALES)
def test_every_state_has_words_for_the_screen(code):
    words = file(code)
    for state in CLEANING.states:
        assert words[state]["status"].strip(), f"{code}: {state}"


@pytest.mark.parametrize("code", LOCALES)
def test_every_moment_has_a_subject_a_text_and_a_text_message(code):
    words = file(code)
    for moment in MOMENTS:
        for part in ("subject", "text", "sms"):
            assert words[moment].get(part, "").strip(), f"{code}: {moment}.{part}"


def test_providers_are_written_to_in_dutch():
    words = file("nl")
    for moment in TO_PROVIDERS:
        assert words[moment]["subject"]
        assert words[moment]["text"]


@pytest.mark.parametrize("code", LOCALES)
def test_every_language_names_the_same_facts(code):
    dutch, words = file("nl"), file(code)
    for moment in MOMENTS | CLEANING.states:
        for part, text in dutch[moment].items():
            assert blanks(words[moment].get(part, "")) == blanks(text), f"{code}: {moment}.{part}"


@pytest.mark.parametrize("code", LOCALES)
def test_a_text_asks_for_no_fact_that_is_not_there(code):
    for moment, words in file(code).items():
        for part, text in words.items():
            assert blanks(text) <= set(FACTS), f"{code}: {moment}.{part}"


@pytest.mark.parametrize("code", LOCALES)
def test_no_subject_tells_what_it_is_about(code):
    for moment in file(code).keys() & (MOMENTS | TO_PROVIDERS):
        subject = TEXTS.say(moment, LOCALES[code], FACTS).subject
        check_subject(subject)
        assert len(subject) <= LONGEST_SUBJECT


@pytest.mark.parametrize("code", LOCALES)
def test_a_text_message_is_short(code):
    for moment in file(code).keys() & MOMENTS:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        assert len(said.sms) <= LONGEST_SMS, f"{code}: {moment}: {len(said.sms)}"


@pytest.mark.parametrize("code", LOCALES)
def test_every_message_says_the_number_of_the_request_and_how_to_call(code):
    for moment in file(code).keys() & MOMENTS:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        for text in (said.text, said.sms):
            assert FACTS["phone"] in text, f"{code}: {moment}"
            assert FACTS["reference"] in text or FACTS["reference"] in said.subject, f"{code}: {moment}"


def test_no_language_has_a_moment_that_nobody_speaks_of():
    for code in LOCALES:
        assert set(file(code)) <= MOMENTS | TO_PROVIDERS | CLEANING.states, code


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "nl.yaml").write_text("a: {subject: 'S {x}', text: 'T'}\nb: {text: 'B'}\n", "utf-8")
    (tmp_path / "ar.yaml").write_text("a: {subject: 'ص {x}', text: 'ن'}\n", "utf-8")
    return Texts(tmp_path)


def test_words_come_in_the_language_of_the_reader_or_else_in_dutch_and_say_so(folder):
    said = folder.say("a", LOCALES["ar"], {"x": "1"})
    assert (said.subject, said.locale.code) == ("ص 1", "ar")
    assert folder.say("b", LOCALES["ar"], {}).locale.code == "nl"
    assert folder.say("a", LOCALES["pl"], {"x": "1"}).subject == "S 1"


def test_a_fact_with_braces_is_no_blank(folder):
    assert folder.say("a", LOCALES["nl"], {"x": "{y}"}).subject == "S {y}"


def test_a_moment_without_words_and_a_fact_that_is_missing_are_faults(folder):
    with pytest.raises(KeyError):
        folder.say("c", LOCALES["nl"], {})
    with pytest.raises(KeyError):
        folder.say("a", LOCALES["nl"], {})
