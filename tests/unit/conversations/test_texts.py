"""What is said about a conversation: in every language the same, short on a phone, silent on the outside."""

import re
from string import Formatter

import pytest
import yaml

from portal.bookings.models import PLACES
from portal.conversations.kind import CONVERSATION
from portal.conversations.words import TEXTS
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.readability import BARS, measure
from portal.messaging.rules import LONGEST_SUBJECT, check_subject
from tests.unit.cases.test_common_texts import FORBIDDEN

#: As long as they get.
FACTS = {
    "reference": "7KD4 MW3F", "phone": "038 000 02 00", "asked_on": "30 september 2026", "by": "30 september 2026",
    "first_by": "30 september 2026", "plan_by": "30 september 2026", "kept": "30", "when": "donderdag 30 september",
    "time": "10:00", "until": "11:00", "worker": "Noor",
    "place": "Sociaal wijkteam Aalanden en Vechtlanden, Voorbeelddreef 40, Zwolle",
    "company_place": "Sociaal wijkteam Aalanden en Vechtlanden, Voorbeelddreef 40, Zwolle",
    "moments": "- donderdag 30 september, 10:00\n- vrijdag 1 oktober, 10:00\n- maandag 4 oktober, 10:00",
    "evaluate_on": "30 september 2026", "today": "30 september 2026", "decide_by": "30 september 2026",
    "report_on": "30 september 2026", "found": "Kort.", "plan": "Kort.", "costs": "Niets.",
    "urgent_by": "30 september 2026", "kept_until": "donderdag 30 september, 10:00",
    "link": f"https://sociaalportaal.zwolle.nl/nl-simple/mijn-aanvraag/volg/{'x' * 43}",
}  # fmt: skip
#: What is said to who asked; to whom they bring along; and where it is.
MOMENTS = {"received", "booked", "moved", "given_back", "no_contact", "closed", "withdrawn"}
MOMENTS |= {"colleague", "moment_lost", "moment_lost_call"}  # when we cannot keep an appointment
MOMENTS |= {"remind_first", "remind_last", "earlier_free", "urgent"}
MOMENTS |= {"report_sent", "plan_agreed", "plan_not_agreed", "heard_agree", "heard_disagree", "heard_nothing"}
MOMENTS |= {"may_apply", "evaluate"}
#: What goes in an envelope in the place of a mail: the words themselves.
PAPER = {"report_sent_letter", "plan_agreed_letter"}
COMPANY = {"company", "company_moved", "company_off", "company_soon"}
WHERE = {f"place_{place}" for place in PLACES}
#: Two text messages of letters that are not in the small alphabet take 67 each; ours may be that long at most.
LONGEST_SMS = 320
STANDARD = TEXTS.folder.parent / "standard"

every_locale = pytest.mark.parametrize("code", LOCALES)


def file(code, folder=TEXTS.folder):
    path = folder / f"{code}.yaml"
    assert path.exists(), f"there are no words in {code}"
    words = yaml.safe_load(path.read_text("utf-8"))
    for more in sorted(folder.glob(f"{code}.*.yaml")):
        words |= yaml.safe_load(more.read_text("utf-8"))
    return words


def blanks(text):
    return {name for _words, name, _spec, _conversion in Formatter().parse(text) if name}


@every_locale
def test_every_language_has_every_moment_with_the_same_parts_and_facts(code):
    dutch, words = file("nl"), file(code)
    assert set(words) == MOMENTS | COMPANY | WHERE | PAPER | {"talked"}
    for moment, parts in dutch.items():
        assert set(words[moment]) == set(parts), f"{code}: {moment}"
        for part, text in parts.items():
            assert words[moment][part].strip(), f"{code}: {moment}.{part}"
            assert blanks(words[moment][part]) == blanks(text), f"{code}: {moment}.{part}"


@every_locale
def test_every_state_has_words_for_the_screen_and_every_message_its_three_parts(code):
    words = file(code)
    assert all(words[state]["status"] for state in CONVERSATION.states)
    assert all(words[moment].get(part) for moment in MOMENTS | COMPANY for part in ("subject", "text", "sms"))
    assert set(CONVERSATION.told.values()) <= MOMENTS | {"talked"}


@every_locale
def test_no_subject_tells_what_it_is_about(code):
    for moment in MOMENTS | COMPANY:
        subject = TEXTS.say(moment, LOCALES[code], FACTS).subject
        check_subject(subject)
        assert len(subject) <= LONGEST_SUBJECT


@every_locale
def test_a_text_message_is_short(code):
    for moment in MOMENTS | COMPANY:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        assert len(said.sms) <= LONGEST_SMS, f"{code}: {moment}: {len(said.sms)}"


@every_locale
def test_every_message_says_the_number_and_how_to_call(code):
    for moment in MOMENTS:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        for text in (said.text, said.sms):
            assert FACTS["phone"] in text, f"{code}: {moment}"
            assert FACTS["reference"] in text, f"{code}: {moment}"


@every_locale
def test_who_comes_along_reads_when_and_where_and_nothing_of_the_request(code):
    for moment in COMPANY:
        for part in ("text", "sms"):
            said = file(code)[moment][part]
            assert blanks(said) <= {"when", "time", "until", "company_place", "phone"}, f"{code}: {moment}"
            assert FACTS["phone"] in TEXTS.say(moment, LOCALES[code], FACTS).text


@every_locale
def test_what_the_law_wants_told_is_in_both_first_messages(code):
    """By when, a supporter who is free, a plan of one's own, somebody who may come along, how to change it."""
    for moment in ("received", "booked"):
        assert {"by", "plan_by", "phone", "link"} <= blanks(file(code)[moment]["text"]), f"{code}: {moment}"


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
    for moment in MOMENTS | COMPANY | PAPER | {"talked"}:
        said = TEXTS.say(moment, LOCALES[code], {**FACTS, "place": "bij u thuis", "company_place": "met de telefoon"})
        for text in (said.text, said.status):
            found = measure(re.sub(r"https?://\S+", "hier", text))
            assert found.longest <= BARS[code].longest, f"{code}: {moment}: {found.longest_text}"
            assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", text, re.IGNORECASE), f"{code}: {moment}"


@every_locale
def test_a_letter_holds_the_plan_itself_and_a_mail_never_does(code):
    words = file(code)
    for moment in PAPER:
        said = TEXTS.say(moment, LOCALES[code], FACTS)
        check_subject(said.subject)
        assert {"plan", "costs", "phone", "reference"} <= blanks(words[moment]["text"]), f"{code}: {moment}"
        assert FACTS["reference"] in said.text
    for moment in MOMENTS:
        for part in words[moment].values():
            assert not {"found", "plan", "costs"} & blanks(part), f"{code}: {moment}"


@every_locale
def test_what_the_law_wants_told_after_a_talk(code):
    """Without a report in time one may apply, and by when is decided; an agreed plan has a day to look at it again."""
    words = file(code)
    assert {"by", "today", "decide_by", "link", "phone"} <= blanks(words["may_apply"]["text"])
    for moment in ("plan_not_agreed", "heard_disagree"):
        assert {"today", "decide_by"} <= blanks(words[moment]["text"]), f"{code}: {moment}"
    for moment in ("plan_agreed", "heard_agree"):
        assert "evaluate_on" in blanks(words[moment]["text"]), f"{code}: {moment}"


# Standard texts of the desk


@every_locale
def test_the_desk_has_the_same_standard_texts_in_every_language(code):
    dutch, words = file("nl", STANDARD), file(code, STANDARD)
    assert list(words) == list(dutch)
    for name, one in words.items():
        assert set(one) == {"states", "title", "text"}
        assert one["states"] == dutch[name]["states"]
        assert set(one["states"]) <= CONVERSATION.states
        assert not re.search(r"[{}\[\]<>_]|\.\.\.|…", one["text"]), f"{code}: {name}"
        assert not [word for word in FORBIDDEN[code] if word in one["text"].casefold()], f"{code}: {name}"
        assert code == "nl" or one["text"] != dutch[name]["text"]
        assert (one["title"] == dutch[name]["title"]) == (code != "en")


@every_locale
def test_every_open_state_has_a_standard_text_to_start_from(code):
    offered = {state for one in file(code, STANDARD).values() for state in one["states"]}
    assert offered >= CONVERSATION.states - CONVERSATION.closed


@pytest.mark.parametrize("code", ["nl", "nl_simple"])
def test_standard_texts_in_dutch_are_plain(code):
    for name, one in file(code, STANDARD).items():
        found = measure(one["text"])
        assert found.longest <= BARS[code].longest, f"{code}: {name}: {found.longest_text}"
        assert not re.search(r"\b(?:je|jij|jouw|jullie)\b", one["text"], re.IGNORECASE)
