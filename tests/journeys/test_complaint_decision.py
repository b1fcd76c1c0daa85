"""A complaint with a decision in it: until when one can object is told at once and everywhere, in the same words."""

from datetime import date

import pytest

from portal.complaints.models import Complaint
from tests.reading import main, text, words
from tests.unit.cleaning.asking import answer, on, question, sending
from tests.unit.complaints.complaining import BY_LETTER, FOLLOW, FORM, ME, WITH_A_DECISION, at, to_check
from tests.unit.complaints.handling import a_handler

handling = pytest.fixture(a_handler)
#: Six weeks after Monday 16 November 2026 is 28 December.
LAST_DAY = "28 december 2026"
YES = {"letter": "yes", "date": "16 november 2026"}


def objection(page):
    """What the page says about it."""
    return [text(note) for note in page.html.select("main .notice, main dl.answers dd span")
            if "bezwaar" in text(note)]  # fmt: skip


def test_the_last_day_is_told_at_the_next_question_on_the_check_page_when_sent_and_where_it_is_followed(visitor, books):
    page = answer(visitor, at(visitor, "decision"), YES)
    assert question(page) == "wish"
    told = objection(page)
    check = to_check(visitor, WITH_A_DECISION)
    sent = on(visitor, visitor.submit(sending(check)))
    status = visitor.get(f"{FOLLOW['nl']}/stand")
    assert [objection(one) for one in (check, sent, status)] == [told] * 3
    assert LAST_DAY in told[0]
    (mail,) = books.messages()
    assert told[0] in mail.text


@pytest.mark.parametrize(("locale", "day"), [("nl_simple", "28 december 2026"), ("ar", "28 ديسمبر 2026")])
def test_in_other_languages_the_same_day(visitor, books, locale, day):
    page = to_check(visitor, WITH_A_DECISION, locale)
    assert day in text(page.html.select_one("dl.answers"))
    page = on(visitor, visitor.submit(sending(page)))
    assert day in text(page.html.select_one("main .notice"))
    assert day in books.messages()[0].text


def test_on_paper_the_same_day(visitor, books):
    on(visitor, visitor.submit(sending(to_check(visitor, {**BY_LETTER, "decision": YES}))))
    (letter,) = books.messages()
    assert LAST_DAY in letter.text


def test_who_does_not_know_the_date_is_told_to_look_today_and_goes_on(visitor, books):
    page = answer(visitor, at(visitor, "decision"), {"letter": "yes", "date": ""})
    said = words(
        "You have %(weeks)s weeks to object, from the day after the letter was sent. So look for the date today.",
        weeks=6,
    )
    assert said in text(main(page))
    on(visitor, visitor.submit(sending(to_check(visitor, {**ME, "decision": {"letter": "yes", "date": ""}}))))
    assert books.the(Complaint).decision_on is None


def test_who_is_not_sure_that_it_is_a_decision_hears_how_to_see_it(visitor, books):
    page = answer(visitor, at(visitor, "decision"), {"letter": "unknown", "date": ""})
    assert words(
        "Does the letter say that you can object? Then you have %(weeks)s weeks, from the day after its date.", weeks=6
    ) in text(main(page))


def test_without_a_letter_nothing_is_said_about_objection(visitor, books):
    assert objection(answer(visitor, at(visitor, "decision"), {"letter": "no", "date": ""})) == []


@pytest.mark.parametrize(
    ("typed", "said"), [("12 oktober 2026", "kunt u bezwaar maken tot en met 23 november 2026"),
                        ("9 oktober 2026", "bezwaar maken tegen het besluit kon tot en met")]
)  # fmt: skip
def test_a_term_that_ends_today_is_open_and_one_that_is_over_sends_nobody_on_a_lost_errand(visitor, typed, said):
    page = answer(visitor, at(visitor, "decision"), {"letter": "yes", "date": typed})
    (told,) = objection(page)
    assert said in told


def test_changed_to_no_letter_the_date_counts_no_more(visitor, books):
    to_check(visitor, WITH_A_DECISION)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/decision"), {"letter": "no", "date": "16 november 2026"})
    on(visitor, visitor.submit(sending(page)))
    assert books.the(Complaint).decision_on is None


def test_a_date_as_people_write_it_is_the_date_that_counts(visitor, books):
    on(visitor, visitor.submit(sending(to_check(visitor, {**ME, "decision": {"letter": "yes", "date": "16-11-26"}}))))
    assert books.the(Complaint).decision_on == date(2026, 11, 16)


def test_our_extension_repeats_the_day_that_it_does_not_change(visitor, books, handling):
    on(visitor, visitor.submit(sending(to_check(visitor, WITH_A_DECISION))))
    handling.do("step", "examine")
    handling.do("extend", "Iemand is ziek.")
    assert LAST_DAY in books.messages()[-1].text
    assert LAST_DAY in text(main(visitor.get(f"{FOLLOW['nl']}/stand")))
