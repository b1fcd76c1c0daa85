"""From the query of an address to the next question: the codes are ours, everything else is no answer."""

from datetime import date

import pytest

from portal.ways import days
from portal.ways.labels import AT_DAY, SLIPS, WAYS, WHY, chosen_words, words_of
from portal.ways.rules import About, Letter, Way, Who, Why, Wish
from portal.ways.steps import CHOICES, OF_A_LETTER, Question, Slip, given, question_at

TODAY = date(2026, 11, 23)
ALL = {"over": "behandeling", "brief": "nee", "wie": "wijkteam", "wens": "luisteren"}


def at(**query):
    return question_at(query, given(query, TODAY))


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ({}, Question.ABOUT),
        ({"over": "behandeling"}, Question.LETTER),
        ({"over": "behandeling", "brief": "nee"}, Question.WHO),
        ({"over": "behandeling", "brief": "nee", "wie": "ander"}, Question.WISH),
        (ALL, None),
        ({"over": "plan", "brief": "nee"}, Question.WISH),
        ({"over": "besluit", "brief": "geen-datum"}, Question.WISH),
        ({"over": "besluit", "brief": "nee"}, Question.LETTER),
        ({"over": "besluit", "brief": "weet-niet"}, Question.LETTER),
        ({**ALL, "over": "wat anders"}, Question.ABOUT),
        ({**ALL, "wens": "alles"}, Question.WISH),
        ({**ALL, "wie": ""}, Question.WHO),
        ({"over": "plan", "wie": "niemand", "brief": "nee", "wens": "plan"}, None),
        ({**ALL, "vraag": "brief"}, Question.LETTER),
        ({**ALL, "vraag": "over"}, Question.ABOUT),
        ({**ALL, "over": "plan", "vraag": "wie"}, None),
        ({**ALL, "vraag": "iets"}, None),
    ],
)
def test_the_next_question_is_the_first_without_an_answer(query, question):
    assert at(**query) == (question, None)


def test_nobody_is_asked_more_than_four_questions():
    for about in (None, *About):
        query = {"over": about} if about else {}
        assert len(given(query, TODAY).asked) == (4 if about in {None, About.TREATED, About.OTHER} else 3)


@pytest.mark.parametrize("question", Question)
def test_an_answer_that_is_missing_is_a_slip_only_where_the_form_was_sent(question):
    query = {name: value for name, value in ALL.items() if name != question}
    assert at(**query) == (question, None)
    assert at(**query, klaar=question.value) == (question, Slip.CHOOSE)
    elsewhere = next(one for one in Question if one is not question)
    assert at(**query, klaar=elsewhere.value) == (question, None)


@pytest.mark.parametrize(
    ("letter", "typed", "slip"),
    [
        ("ja", "", Slip.NO_DAY),
        ("ja", "  ", Slip.NO_DAY),
        ("nee", "3-11-2026", Slip.BOTH),
        ("geen-datum", "3-11-2026", Slip.BOTH),
        ("ja", "drie november", days.Slip.UNREADABLE),
        ("ja", "31-11-2025", days.Slip.NO_SUCH_DAY),
        ("ja", "3-11-26026", days.Slip.YEAR),
        ("ja", "24-11-2026", days.Slip.FUTURE),
        ("weet-niet", "24-11-2026", days.Slip.FUTURE),
        ("", "24-11-2026", days.Slip.FUTURE),
    ],
)
def test_a_date_that_does_not_fit_is_a_slip_and_stays(letter, typed, slip):
    query = {**ALL, "brief": letter, "datum": typed}
    assert at(**query) == (Question.LETTER, slip)
    assert given(query, TODAY).typed == " ".join(typed.split())
    assert slip in SLIPS


@pytest.mark.parametrize(
    ("letter", "typed", "code", "day"),
    [
        ("ja", "3 november 2026", Letter.DATED, date(2026, 11, 3)),
        ("", "3 november 2026", Letter.DATED, date(2026, 11, 3)),
        ("weet-niet", "3-11-2026", Letter.UNSURE, date(2026, 11, 3)),
        ("weet-niet", "", Letter.UNSURE, None),
        ("nee", "", Letter.NONE, None),
        ("geen-datum", "", Letter.UNDATED, None),
    ],
)
def test_a_date_goes_with_the_letter(letter, typed, code, day):
    found = given({**ALL, "brief": letter, "datum": typed}, TODAY)
    assert (found.letter, found.day, found.slip) == (code, day, None)
    assert found.has(Question.LETTER)


def test_the_answers_go_on_in_the_next_address():
    query = {**ALL, "brief": "ja", "datum": "3 november 2026"}
    found = given({**query, "klaar": "wens", "vraag": "wie", "anders": "1"}, TODAY)
    assert found.query() == query
    assert found.query(without=Question.LETTER) == {k: v for k, v in query.items() if k not in {"brief", "datum"}}
    assert given(found.query(), TODAY) == found


def test_an_answer_that_was_not_asked_is_no_answer():
    found = given({"over": "plan", "brief": "nee", "wie": "aanbieder", "wens": "plan"}, TODAY)
    assert found.answers(None).who is None


def test_without_all_answers_there_are_none():
    with pytest.raises(ValueError, match="answer"):
        given({"over": "plan"}, TODAY).answers(None)


def test_everything_that_can_be_said_has_words():
    assert set(SLIPS) == {*Slip, *days.Slip}
    assert set(SLIPS) > AT_DAY
    assert set(WAYS) == set(Way)
    assert set(WHY) == set(Why)
    for question, codes in CHOICES.items():
        for about in (None, *About):
            words = words_of(question, about)
            letters = question is Question.LETTER and about is About.LETTER
            assert list(words.choices) == list(OF_A_LETTER if letters else codes)
            assert words.title
            assert words.why
        assert all(chosen_words(question, code) for code in codes)


def test_codes_of_one_question_are_not_mixed_up_with_those_of_another():
    """Some codes are the same word in an address: `plan` is what it is about, and a wish."""
    found = given({"over": "plan", "brief": "nee", "wens": "plan"}, TODAY)
    assert (found.about, found.wish) == (About.PLAN, Wish.LOOK)
    assert chosen_words(Question.ABOUT, found.about) != chosen_words(Question.WISH, found.wish)
    assert given({"wie": "plan"}, TODAY).who is None
    assert {*Who} == set(CHOICES[Question.WHO])
