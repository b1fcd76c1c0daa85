"""What is said about a second opinion: in every language the same, short on a phone, silent on the outside."""

import re
from string import Formatter

import pytest
import yaml

from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from portal.messaging.rules import LONGEST_SUBJECT, check_subject
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.models import ANSWERS
from portal.opinions.words import TEXTS
from tests.unit.cases.test_common_texts import FORBIDDEN

#: As long as they get. What experts and teams write is as long as they make it: no mail or text message has it.
FACTS = {
    "reference": "7KD4 MW3F", "phone": "038 000 02 00", "kept": "30", "judge_days": "15",
    "handler": "Mariëtte van der Westhuizen-Bloemendaal", "expert": "Mariëtte van der Westhuizen",
    "employer": "Adviesbureau Noord", "profession": "wijkverpleegkundige",
    **dict.fromkeys(("ack_by", "propose_by", "judge_by", "follow_up_by", "talk_by", "until"), "30 september 2026"),
    "right_plan": "Kort.", "change": "Kort.", "why": "Kort.", "reaction": "Kort.", "objection": "Kort.",
    "link": f"https://sociaalportaal.zwolle.nl/nl-simple/mijn-aanvraag/volg/{'x' * 43}",
}  # fmt: skip
#: What who asked hears, each moment in a mail, a letter and a text message.
MOMENTS = {"received", "acknowledged", "proposed", "accepted", "refused", "expert_ended", "released", "release_changed"}
MOMENTS |= {"opinion_sent", "reacted", "followed_up", "agreed_original", "agreed_changed", "agreed_alternative"}
MOMENTS |= {"not_agreed", "routes_shown", "closed", "withdrawn"}
#: What goes in an envelope in the place of a mail: the words themselves.
PAPER = {"opinion_sent_letter", "reacted_letter"}
#: What stands within other words.
LINES = {"objection", "objection_over"} | {f"right_{code}" for code in ANSWERS}
#: What only paper and the page behind a code may hold.
ITSELF = {"right_plan", "change", "why", "reaction"}
#: Two text messages of letters that are not in the small alphabet take 67 each; ours may be that long at most.
LONGEST_SMS = 320
#: The thing itself, which lights up on a phone that others see.
ITS_NAME = r"second opinion|رأي ثان|الرأي الثاني|ikinci görüş|drug[aą] opini|друг[аоуи]ї? думк"
#: The moment in which each promise begins.
PROMISED = {
    **dict.fromkeys(("received", "acknowledged", "refused", "expert_ended"), "propose_by"), "accepted": "judge_days",
    "released": "judge_by", "opinion_sent": "follow_up_by", "not_agreed": "talk_by",
}  # fmt: skip
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
    assert set(words) == MOMENTS | PAPER | LINES | SECOND_OPINION.states
    for moment, parts in dutch.items():
        assert set(words[moment]) == set(parts), f"{code}: {moment}"
        for part, text in parts.items():
            assert words[moment][part].strip(), f"{code}: {moment}.{part}"
            assert blanks(words[moment][part]) == blanks(text), f"{code}: {moment}.{part}"
            assert blanks(text) <= set(FACTS), f"{code}: {moment}.{part}"


@every_locale
def test_every_state_has_words_for_the_screen_and_every_message_its_three_parts(code):
    words = file(code)
    assert all(words[state]["status"] for state in SECOND_OPINION.states)
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
def test_a_text_message_is_short_and_does_not_say_what_it_is_about(code):
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
def test_only_a_letter_holds_what_was_judged(code):
    words = file(code)
    held = {moment for moment, parts in words.items() for text in parts.values() if blanks(text) & ITSELF}
    assert held == PAPER
    assert {"right_plan", "change", "why"} <= blanks(words["opinion_sent_letter"]["text"])
    assert "reaction" in blanks(words["reacted_letter"]["text"])


@every_locale
def test_every_message_repeats_the_last_day_for_objection_but_those_that_change_no_date(code):
    words = file(code)
    silent = {"release_changed", "reacted", "reacted_letter"}
    told = {moment for moment in MOMENTS | PAPER if "objection" in blanks(words[moment]["text"])}
    assert told == (MOMENTS | PAPER) - silent
    assert blanks(words["objection"]["text"]) == blanks(words["objection_over"]["text"]) == {"until"}


@every_locale
def test_what_we_promised_is_told_when_it_begins(code):
    words = file(code)
    assert "ack_by" in blanks(words["received"]["text"])
    for moment, fact in PROMISED.items():
        assert fact in blanks(words[moment]["text"]), f"{code}: {moment}"
        assert fact in blanks(words[moment]["sms"]), f"{code}: {moment}"


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
    facts = {**FACTS, "handler": "Noor", "expert": "Ria", "employer": "Noord"}
    for moment in MOMENTS | PAPER | LINES | SECOND_OPINION.states:
        said = TEXTS.say(moment, LOCALES[code], facts)
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
        assert set(one["states"]) <= SECOND_OPINION.states - SECOND_OPINION.closed
        assert not re.search(r"[{}\[\]<>_]|\.\.\.|…", one["text"]), f"{code}: {name}"
        assert not [word for word in FORBIDDEN[code] if word in one["text"].casefold()], f"{code}: {name}"
        assert code == "nl" or one["text"] != dutch[name]["text"]
        assert (one["title"] == dutch[name]["title"]) == (code != "en")


@every_locale
def test_every_open_state_has_a_standard_text_to_start_from(code):
    offered = {state for one in file(code, STANDARD).values() for state in one["states"]}
    assert offered >= SECOND_OPINION.states - SECOND_OPINION.closed


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_standard_texts_in_dutch_are_plain(code):
    for name, one in file(code, STANDARD).items():
        found = measure(one["text"])
        assert found.longest <= BARS[code].longest, f"{code}: {name}: {found.longest_text}"
        assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", one["text"], re.IGNORECASE)
