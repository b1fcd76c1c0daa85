"""What is said about a complaint: in every language the same, short on a phone, silent on the outside."""

import re
from string import Formatter

import pytest
import yaml

from portal.complaints.kind import COMPLAINT
from portal.complaints.models import JUDGEMENTS
from portal.complaints.words import TEXTS
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from portal.messaging.rules import LONGEST_SUBJECT, check_subject
from tests.unit.cases.test_common_texts import FORBIDDEN

#: As long as they get. What staff write (`why`, `findings`) is as long as they make it: no text message has it.
FACTS = {
    "reference": "7KD4 MW3F", "phone": "038 000 02 00", "asked_on": "30 september 2026", "due": "30 september 2026",
    "until": "30 september 2026", "handler": "Mariëtte van der Westhuizen-Bloemendaal", "kept": "30",
    "when": "30 september 2026", "time": "10:00", "place": "Stadhuis, Voorbeelddreef 40, Zwolle",
    "ombudsman": "de Nationale ombudsman (0800 33 55 555)", "ombudsman_by": "30 september 2027", "to": "De aanbieder",
    "why": "Kort.", "findings": "Kort.", "conclusions": "Kort.", "parts": "Kort.",
    "objection": "Kort.", "said": "Kort.", **{f"judged_{code}": "Kort." for code in JUDGEMENTS},
    "link": f"https://sociaalportaal.zwolle.nl/nl-simple/mijn-aanvraag/volg/{'x' * 43}",
}  # fmt: skip
#: What who complained hears of each step.
MOMENTS = {"received", "named", "talk", "examine", "offer_hearing", "sign", "once_more", "told_solved"}
MOMENTS |= {"spoken", "extend", "committee", "ask_more", "agree_more", "not_handle", "forward", "withdrawn"}
#: What goes in an envelope in the place of a mail: the words themselves.
PAPER = {"spoken_letter", "sign_letter", "not_handle_letter", "forward_letter"}
#: What stands within other words.
LINES = {"objection", "objection_over", "nameless"} | {f"judgement_{code}" for code in JUDGEMENTS}
#: What only paper and the page behind a code may hold.
ITSELF = {"said", "findings", "conclusions", "parts", "to"}
#: Two text messages of letters that are not in the small alphabet take 67 each; ours may be that long at most.
LONGEST_SMS = 320
#: The word itself, which lights up on a phone that others see.
ITS_NAME = r"klacht|klag|complain|شكو|skarg|şik[aâ]y|скарг"
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
    assert set(words) == MOMENTS | PAPER | LINES | COMPLAINT.states
    for moment, parts in dutch.items():
        assert set(words[moment]) == set(parts), f"{code}: {moment}"
        for part, text in parts.items():
            assert words[moment][part].strip(), f"{code}: {moment}.{part}"
            assert blanks(words[moment][part]) == blanks(text), f"{code}: {moment}.{part}"
            assert blanks(text) <= set(FACTS), f"{code}: {moment}.{part}"


@every_locale
def test_every_state_has_words_for_the_screen_and_every_message_its_three_parts(code):
    words = file(code)
    assert all(words[state]["status"] for state in COMPLAINT.states)
    assert all(words[moment].get(part) for moment in MOMENTS for part in ("subject", "text", "sms"))
    assert all(set(words[moment]) == {"subject", "text"} for moment in PAPER)


@every_locale
def test_no_subject_tells_what_it_is_about(code):
    for moment in MOMENTS | PAPER:
        subject = TEXTS.say(moment, LOCALES[code], FACTS).subject
        check_subject(subject)
        assert len(subject) <= LONGEST_SUBJECT
        assert FACTS["reference"] in subject, f"{code}: {moment}"


@every_locale
def test_a_text_message_is_short_and_does_not_say_that_it_is_about_a_complaint(code):
    for moment in MOMENTS:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        assert len(said.sms) <= LONGEST_SMS, f"{code}: {moment}: {len(said.sms)}"
        assert not re.search(ITS_NAME, said.sms, re.IGNORECASE), f"{code}: {moment}"


@every_locale
def test_every_message_says_the_number_and_how_to_call(code):
    for moment in MOMENTS | PAPER:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        for text in filter(None, (said.text, said.sms)):
            assert FACTS["phone"] in text, f"{code}: {moment}"
            assert FACTS["reference"] in text, f"{code}: {moment}"


@every_locale
def test_only_a_letter_holds_what_was_found_and_to_whom_it_went(code):
    words = file(code)
    held = {moment for moment, parts in words.items() for text in parts.values() if blanks(text) & ITSELF}
    assert held == {"spoken_letter", "sign_letter", "forward_letter"}
    assert {"findings", "parts", "conclusions"} <= blanks(words["sign_letter"]["text"])
    # why it was left tells what it was about; why we need time is our own affair
    reasons = {moment for moment, parts in words.items() for text in parts.values() if "why" in blanks(text)}
    assert reasons == {"not_handle_letter", "forward_letter", "extend", "ask_more"}
    assert not any("why" in blanks(parts["sms"]) for parts in words.values() if "sms" in parts)


@every_locale
def test_what_the_law_wants_told_is_told(code):
    """By when, on what day it came in, why it takes longer, when one can be heard, and who judges after us."""
    words = file(code)
    assert {"asked_on", "due", "objection", "link", "phone"} <= blanks(words["received"]["text"])
    assert {"asked_on", "due", "objection", "link"} <= blanks(words["spoken"]["text"])
    assert {"asked_on", "due", "objection", "said"} <= blanks(words["spoken_letter"]["text"])
    assert {"when", "time", "place"} <= blanks(words["offer_hearing"]["text"])
    assert {"why", "due"} <= blanks(words["extend"]["text"])
    assert {"why", "due", "until"} <= blanks(words["ask_more"]["text"])
    for moment in ("sign", "sign_letter", "not_handle", "not_handle_letter"):
        assert {"ombudsman", "ombudsman_by"} <= blanks(words[moment]["text"]), f"{code}: {moment}"


@every_locale
def test_the_last_day_for_objection_is_repeated_whenever_a_date_of_ours_changes_or_an_answer_comes(code):
    words = file(code)
    for moment in ("extend", "committee", "agree_more", "sign", "sign_letter", "not_handle", "forward"):
        assert "objection" in blanks(words[moment]["text"]), f"{code}: {moment}"
    assert blanks(words["objection"]["text"]) == blanks(words["objection_over"]["text"]) == {"until"}


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
    facts = {**FACTS, "handler": "Noor", "place": "op het stadhuis"}
    for moment in MOMENTS | PAPER | LINES | COMPLAINT.states:
        said = TEXTS.say(moment, LOCALES[code], facts)
        for text in (said.text, said.status):
            found = measure(re.sub(r"https?://\S+", "hier", text))
            assert found.longest <= BARS[code].longest, f"{code}: {moment}: {found.longest_text}"
            assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", text, re.IGNORECASE), f"{code}: {moment}"


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_words_of_the_law_are_for_the_desk_alone(code):
    text = (TEXTS.folder / f"{code}.yaml").read_text("utf-8").casefold()
    assert not re.findall(r"\b(?:on)?gegrond|\bhoorzitting|\bverdag|\bverdaagd|\bawb\b|\bin behandeling\b", text)


# Standard texts of the desk


@every_locale
def test_the_desk_has_the_same_standard_texts_in_every_language(code):
    dutch, words = file("nl", STANDARD), file(code, STANDARD)
    assert list(words) == list(dutch)
    for name, one in words.items():
        assert set(one) == {"states", "title", "text"}
        assert one["states"] == dutch[name]["states"]
        assert set(one["states"]) <= COMPLAINT.states - COMPLAINT.closed
        assert not re.search(r"[{}\[\]<>_]|\.\.\.|…", one["text"]), f"{code}: {name}"
        assert not [word for word in FORBIDDEN[code] if word in one["text"].casefold()], f"{code}: {name}"
        assert code == "nl" or one["text"] != dutch[name]["text"]
        assert (one["title"] == dutch[name]["title"]) == (code != "en")


@every_locale
def test_every_open_state_has_a_standard_text_to_start_from(code):
    offered = {state for one in file(code, STANDARD).values() for state in one["states"]}
    assert offered >= COMPLAINT.states - COMPLAINT.closed


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_standard_texts_in_dutch_are_plain(code):
    for name, one in file(code, STANDARD).items():
        found = measure(one["text"])
        assert found.longest <= BARS[code].longest, f"{code}: {name}: {found.longest_text}"
        assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", one["text"], re.IGNORECASE)
