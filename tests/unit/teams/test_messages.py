"""Every outcome has words, in every language, that say what to do next."""

import pytest

from portal.teams.messages import WRONG, say
from portal.teams.rules import Outcome
from portal.teams.services import Answer

ANSWERS = [
    Answer("x", Outcome.TEAM),
    Answer("x", Outcome.CHOOSE),
    Answer("x", Outcome.PO_BOX, detail="Zwolle"),
    Answer("x", Outcome.OUTSIDE, detail="Kampen"),
    Answer("x", Outcome.UNKNOWN),
    *(Answer("x", Outcome.INVALID, why=why) for why in ("empty", "length", "zero", "letters")),
]
NAMES = [f"{answer.outcome}-{answer.why or 'any'}" for answer in ANSWERS]


def test_every_outcome_and_every_reason_is_in_this_test():
    assert {answer.outcome for answer in ANSWERS} == set(Outcome)
    assert {answer.why for answer in ANSWERS if answer.why} == set(WRONG)


@pytest.mark.parametrize("answer", ANSWERS, ids=NAMES)
@pytest.mark.parametrize("segment", ["nl", "nl-simple", "en", "ar", "tr", "pl", "uk"])
def test_every_answer_has_words_in_every_language(ask, zwolle, answer, segment):
    message = say(answer, zwolle.profile)
    words = ask(f"/{segment}/").localizer.translate(message)
    assert words.strip()
    assert "${" not in words
    assert words != message.interpolate() or segment == "en"


def test_no_two_outcomes_sound_the_same(ask, zwolle):
    request = ask("/nl/")
    said = [request.localizer.translate(say(answer, zwolle.profile)) for answer in ANSWERS]
    assert len(set(said)) == len(said)


def test_an_invalid_answer_without_a_reason_asks_to_fill_in(zwolle):
    assert say(Answer("", Outcome.INVALID), zwolle.profile) == WRONG["empty"]


@pytest.mark.parametrize(("site", "example"), [("zwolle", "8011 AB"), ("leeuwarden", "8832 AB")])
def test_the_example_is_a_postcode_of_the_own_municipality(registry, site, example):
    profile = registry.sites.by_key(site).profile
    assert example in say(Answer("x", Outcome.INVALID, why="length"), profile).interpolate()


def test_somebody_from_elsewhere_reads_the_name_of_their_own_municipality(zwolle):
    words = say(Answer("8261", Outcome.OUTSIDE, detail="Kampen"), zwolle.profile).interpolate()
    assert words.count("Kampen") == 2
    assert "Zwolle" not in words


def test_an_unknown_place_is_unknown_here(zwolle, leeuwarden):
    answer = Answer("x", Outcome.UNKNOWN)
    assert "Zwolle" in say(answer, zwolle.profile).interpolate()
    assert "Leeuwarden" in say(answer, leeuwarden.profile).interpolate()
