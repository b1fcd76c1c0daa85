"""What is said about a question about data: in every language the same, short on a phone, silent on the outside."""

import re
from string import Formatter

import pytest
import yaml

from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from portal.messaging.rules import LONGEST_SUBJECT, check_subject
from portal.privacy.kind import PRIVACY
from portal.privacy.words import TEXTS
from tests.unit.cases.test_common_texts import FORBIDDEN

#: As long as they get. What staff write (`why`, `answer`) is as long as they make it: no text message has it.
FACTS = {
    "reference": "7KD4 MW3F", "phone": "038 000 02 00", "asked_on": "30 september 2026", "due": "30 september 2026",
    "until": "30 september 2026", "why": "Kort.", "answer": "Kort.", "kept": "30",
    "link": f"https://sociaalportaal.zwolle.nl/nl-simple/mijn-aanvraag/volg/{'x' * 43}",
}  # fmt: skip
MOMENTS = {"received", "check_identity", "extend", "answered", "refused", "withdrawn"}
#: What goes in an envelope in the place of a mail: the words themselves.
PAPER = {"answered_letter", "refused_letter"}
LONGEST_SMS = 320
#: The word itself, which lights up on a phone that others see.
ITS_NAME = r"gegevens|privacy|data|بيانات|veri|dane|danych|дан[іи]"
STANDARD = TEXTS.folder.parent / "standard"

every_locale = pytest.mark.parametrize("code", LOCALES)


def file(code, folder=TEXTS.folder):
    return yaml.safe_load((folder / f"{code}.yaml").read_text("utf-8"))


def blanks(text):
    return {name for _words, name, _spec, _conversion in Formatter().parse(text) if name}


@every_locale
def test_every_language_has_every_moment_with_the_same_parts_and_facts(code):
    dutch, words = file("nl"), file(code)
    assert set(words) == MOMENTS | PAPER | PRIVACY.states
    for moment, parts in dutch.items():
        assert set(words[moment]) == set(parts), f"{code}: {moment}"
        for part, text in parts.items():
            assert words[moment][part].strip(), f"{code}: {moment}.{part}"
            assert blanks(words[moment][part]) == blanks(text), f"{code}: {moment}.{part}"
            assert blanks(text) <= set(FACTS), f"{code}: {moment}.{part}"


@every_locale
def test_every_state_has_words_for_the_screen_and_every_message_its_three_parts(code):
    words = file(code)
    assert all(words[state]["status"] for state in PRIVACY.states)
    assert all(words[moment].get(part) for moment in MOMENTS for part in ("subject", "text", "sms"))
    assert all(set(words[moment]) == {"subject", "text"} for moment in PAPER)


@every_locale
def test_no_subject_and_no_text_message_tells_what_it_is_about(code):
    for moment in MOMENTS | PAPER:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        check_subject(said.subject)
        assert len(said.subject) <= LONGEST_SUBJECT
        assert FACTS["reference"] in said.subject, f"{code}: {moment}"
        assert len(said.sms) <= LONGEST_SMS, f"{code}: {moment}: {len(said.sms)}"
        for outside in (said.subject, said.sms.replace(FACTS["link"], "")):
            assert not re.search(ITS_NAME, outside, re.IGNORECASE), f"{code}: {moment}: {outside}"


@every_locale
def test_every_message_says_the_number_and_how_to_call(code):
    for moment in MOMENTS | PAPER:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        for text in filter(None, (said.text, said.sms)):
            assert FACTS["phone"] in text, f"{code}: {moment}"
            assert FACTS["reference"] in text, f"{code}: {moment}"


@every_locale
def test_only_a_letter_holds_the_answer_and_every_no_says_how_to_object(code):
    words = file(code)
    held = {moment for moment, parts in words.items() for text in parts.values() if "answer" in blanks(text)}
    reasons = {moment for moment, parts in words.items() for text in parts.values() if "why" in blanks(text)}
    assert (held, reasons) == ({"answered_letter"}, {"refused_letter", "extend"})
    for moment in ("answered", "answered_letter", "refused", "refused_letter"):
        assert "until" in blanks(words[moment]["text"])
        assert "Autoriteit Persoonsgegevens" in words[moment]["text"]
    assert {"asked_on", "due", "link"} <= blanks(words["received"]["text"])
    assert {"why", "due"} <= blanks(words["extend"]["text"])


@every_locale
def test_nobody_is_blamed_or_ordered_about(code):
    said = [
        f"{moment}.{part}: {word}"
        for moment, parts in file(code).items()
        for part, text in parts.items()
        for word in FORBIDDEN[code]
        if word in text.casefold()
    ]
    assert said == []


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_dutch_is_as_plain_as_its_level_asks_and_calls_the_reader_u(code):
    for moment in MOMENTS | PAPER | PRIVACY.states:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        for text in (said.text, said.status):
            found = measure(re.sub(r"https?://\S+", "hier", text))
            assert found.longest <= BARS[code].longest, f"{code}: {moment}: {found.longest_text}"
            assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", text, re.IGNORECASE), f"{code}: {moment}"


@every_locale
def test_the_desk_has_the_same_standard_texts_in_every_language(code):
    dutch, words = file("nl", STANDARD), file(code, STANDARD)
    assert list(words) == list(dutch)
    for name, one in words.items():
        assert set(one) == {"states", "title", "text"}
        assert one["states"] == dutch[name]["states"]
        assert set(one["states"]) <= PRIVACY.states - PRIVACY.closed
        assert not re.search(r"[{}\[\]<>_]|\.\.\.|…", one["text"]), f"{code}: {name}"
        assert not [word for word in FORBIDDEN[code] if word in one["text"].casefold()], f"{code}: {name}"
        assert code == "nl" or one["text"] != dutch[name]["text"]
        assert (one["title"] == dutch[name]["title"]) == (code != "en")
    offered = {state for one in words.values() for state in one["states"]}
    assert offered == PRIVACY.states - PRIVACY.closed


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_standard_texts_in_dutch_are_plain(code):
    for name, one in file(code, STANDARD).items():
        found = measure(one["text"])
        assert found.longest <= BARS[code].longest, f"{code}: {name}: {found.longest_text}"
        assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", one["text"], re.IGNORECASE)
