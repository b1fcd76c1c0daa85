"""What we say about a worry: the same in every language, neutral outside, and nothing of the person to who told us."""

import re
from string import Formatter

import pytest
import yaml

from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from portal.messaging.rules import LONGEST_SUBJECT, check_subject
from portal.worries.kind import ENDS, WORRY
from portal.worries.models import GROUNDS
from portal.worries.words import TEXTS
from tests.unit.cases.test_common_texts import FORBIDDEN

#: As long as they get. What people write is as long as they make it: no text message has it.
FACTS = {
    "reference": "7KD4 MW3F", "phone": "038 000 02 00", "advice_by": "30 september 2026", "kept": "30",
    "inform_by": "30 september 2026",
    "link": f"https://sociaalportaal.zwolle.nl/nl-simple/mijn-aanvraag/volg/{'x' * 43}",
    "name": "Meneer Jansen", "said": "Kort.", "source": "Kort.", "told_to": "Kort.", "newest": "Kort.", "who": "Ans",
    "handler": "Noor de Vries", "told_on": "30 september 2026", "party": "De huisarts", "what": "Kort",
    "on": "30 september 2026",
}  # fmt: skip
#: What who came to us hears.
MOMENTS = {"received", "advised", "named", "informed", "done", "lapsed", "stopped", "withdrawn"}
#: What goes to the person, on paper.
PAPER = {"person_letter", "person_told_letter"}
#: What stands within a letter.
LINES = {"source_shown", "source_hidden", "told_nobody"} | {f"told_{ground}" for ground in GROUNDS}
#: Facts of the person: no text to who came to us may have one.
OF_THE_PERSON = {"name", "said", "source", "told_to", "newest", "who", "party", "what", "handler"}
LONGEST_SMS = 320
#: The word itself, which lights up on a phone that others see.
ITS_NAME = r"\bzorg|worr|قلق|martw|niepok|endişe|хвилю|veilig thuis"
STANDARD = TEXTS.folder.parent / "standard"

every_locale = pytest.mark.parametrize("code", LOCALES)


def file(code, folder=TEXTS.folder):
    path = folder / f"{code}.yaml"
    assert path.exists(), f"there are no words in {code}"
    return yaml.safe_load(path.read_text("utf-8"))


def blanks(text):
    return {name for _words, name, _spec, _conversion in Formatter().parse(text) if name}


@every_locale
def test_every_language_has_every_moment_with_the_same_parts_and_facts(code):
    dutch, words = file("nl"), file(code)
    assert set(words) == MOMENTS | PAPER | LINES | WORRY.states
    for moment, parts in dutch.items():
        assert set(words[moment]) == set(parts), f"{code}: {moment}"
        for part, text in parts.items():
            assert words[moment][part].strip(), f"{code}: {moment}.{part}"
            assert blanks(words[moment][part]) == blanks(text), f"{code}: {moment}.{part}"
            assert blanks(text) <= set(FACTS), f"{code}: {moment}.{part}"


@every_locale
def test_every_state_has_words_for_the_screen_and_every_message_its_three_parts(code):
    words = file(code)
    assert all(words[state]["status"] for state in WORRY.states)
    assert all(words[moment].get(part) for moment in MOMENTS for part in ("subject", "text", "sms"))
    assert all(set(words[moment]) == {"subject", "text"} for moment in PAPER)


@every_locale
def test_no_subject_tells_what_it_is_about(code):
    for moment in MOMENTS | PAPER:
        subject = TEXTS.say(moment, LOCALES[code], FACTS).subject
        check_subject(subject)
        assert len(subject) <= LONGEST_SUBJECT
        assert (FACTS["reference"] in subject) == (moment in MOMENTS), f"{code}: {moment}"


@every_locale
def test_a_text_message_is_short_and_does_not_say_that_somebody_worries(code):
    for moment in MOMENTS:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        assert len(said.sms) <= LONGEST_SMS, f"{code}: {moment}: {len(said.sms)}"
        assert not re.search(ITS_NAME, said.sms, re.IGNORECASE), f"{code}: {moment}"


@every_locale
def test_every_message_says_the_number_and_how_to_call(code):
    for moment in MOMENTS:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        for text in (said.text, said.sms):
            assert FACTS["phone"] in text, f"{code}: {moment}"
            assert FACTS["reference"] in text, f"{code}: {moment}"


@every_locale
def test_who_came_to_us_reads_nothing_of_the_person(code):
    words = file(code)
    for moment in MOMENTS | WORRY.states:
        for part, text in words[moment].items():
            assert not blanks(text) & OF_THE_PERSON, f"{code}: {moment}.{part}"


@every_locale
def test_every_end_says_the_same_on_screen_and_waiting_for_safety_looks_like_any_waiting(code):
    words = file(code)
    assert len({words[state]["status"] for state in ENDS}) == 1
    assert words["safety"] == words["triage"]


@every_locale
def test_danger_is_named_wherever_somebody_waits_for_us(code):
    words = file(code)
    for moment in ("received", "named", "lapsed", "stopped"):
        assert "112" in words[moment]["text"] and "112" in words[moment]["sms"], f"{code}: {moment}"
    assert "112" in words["advice"]["status"]


@every_locale
def test_the_person_reads_what_the_law_wants_told(code):
    """What was said and by whom, who else knows, that it goes away, whom to ask, and the authority over us."""
    letter = file(code)["person_letter"]["text"]
    facts = {"name", "said", "source", "kept", "told_to", "handler", "phone", "told_on", "link"}
    assert blanks(letter) == facts
    assert "Autoriteit Persoonsgegevens" in letter
    assert blanks(file(code)["source_hidden"]["text"]) == set()


@every_locale
def test_no_letter_to_the_person_holds_the_number_of_who_told_us(code):
    for moment in PAPER:
        assert "reference" not in blanks(str(file(code)[moment]))


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
    for moment in MOMENTS | PAPER | LINES | WORRY.states:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        for text in (said.text, said.status):
            found = measure(re.sub(r"https?://\S+", "hier", text))
            assert found.longest <= BARS[code].longest, f"{code}: {moment}: {found.longest_text}"
            assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", text, re.IGNORECASE), f"{code}: {moment}"


# Standard texts of the desk


@every_locale
def test_the_desk_has_the_same_standard_texts_in_every_language(code):
    dutch, words = file("nl", STANDARD), file(code, STANDARD)
    assert list(words) == list(dutch)
    for name, one in words.items():
        assert set(one) == {"states", "title", "text"}
        assert one["states"] == dutch[name]["states"]
        assert set(one["states"]) <= WORRY.states - WORRY.closed
        assert not re.search(r"[{}\[\]<>_]|\.\.\.|…", one["text"]), f"{code}: {name}"
        assert not [word for word in FORBIDDEN[code] if word in one["text"].casefold()], f"{code}: {name}"
        assert code == "nl" or one["text"] != dutch[name]["text"]
        assert (one["title"] == dutch[name]["title"]) == (code != "en")


@every_locale
def test_every_open_state_has_a_standard_text_to_start_from(code):
    offered = {state for one in file(code, STANDARD).values() for state in one["states"]}
    assert offered >= WORRY.states - WORRY.closed


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_standard_texts_in_dutch_are_plain(code):
    for name, one in file(code, STANDARD).items():
        found = measure(one["text"])
        assert found.longest <= BARS[code].longest, f"{code}: {name}: {found.longest_text}"
        assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", one["text"], re.IGNORECASE)
