"""When something is due in the eyes of who works, and what a spreadsheet may not take for a formula."""

from datetime import date, timedelta

import pytest

from portal.backoffice.rules import Due, how_near, level, name_as_heard, soon_until, without_formula

MONDAY = date(2026, 11, 23)


def day(number, month=11, year=2026):
    return date(year, month, number)


@pytest.mark.parametrize(
    ("due_on", "near"),
    [
        (None, Due.NONE), (day(1), Due.LATE), (day(22), Due.LATE), (day(23), Due.TODAY), (day(24), Due.SOON),
        (day(27), Due.SOON), (day(28), Due.SOON), (day(30), Due.SOON), (day(1, 12), Due.LATER),
        (day(1, 1, 9999), Due.LATER),
    ],
)  # fmt: skip
def test_soon_is_within_five_working_days(due_on, near):
    assert how_near(due_on, MONDAY) == near


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (day(23), day(30)), (day(28), day(4, 12)), (day(29), day(4, 12)),
        (day(21, 12), day(29, 12)), (day(24, 12), day(4, 1, 2027)), (day(25, 12), day(4, 1, 2027)),
    ],
)  # fmt: skip
def test_the_last_day_that_is_soon_steps_over_weekends_and_holidays(today, last):
    assert soon_until(today) == last
    assert how_near(last, today) == Due.SOON
    assert how_near(last + timedelta(days=1), today) == Due.LATER


@pytest.mark.parametrize(
    ("started_on", "due_on", "today", "reached"),
    [
        # ten working days, from a Monday to the Monday after next
        (day(9), day(23), day(9), 0), (day(9), day(23), day(13), 0), (day(9), day(23), day(15), 0),
        (day(9), day(23), day(16), 50), (day(9), day(23), day(18), 50), (day(9), day(23), day(19), 80),
        (day(9), day(23), day(20), 80), (day(9), day(23), day(22), 80), (day(9), day(23), day(23), 100),
        (day(9), day(23), day(24), 100), (day(9), day(23), day(24, 12), 100),
        # two working days
        (day(23), day(25), day(23), 0), (day(23), day(25), day(24), 50), (day(23), day(25), day(25), 100),
        # one working day: nothing, and then all
        (day(23), day(24), day(23), 0), (day(23), day(24), day(24), 100),
        # one working day, with a weekend before it
        (day(20), day(23), day(20), 0), (day(20), day(23), day(21), 0), (day(20), day(23), day(22), 0),
        (day(20), day(23), day(23), 100),
        # five working days with Christmas and a weekend in them
        (day(21, 12), day(29, 12), day(23, 12), 0), (day(21, 12), day(29, 12), day(24, 12), 50),
        (day(21, 12), day(29, 12), day(25, 12), 50), (day(21, 12), day(29, 12), day(27, 12), 50),
        (day(21, 12), day(29, 12), day(28, 12), 80), (day(21, 12), day(29, 12), day(29, 12), 100),
        # a promise for a day that has no working day before it, and one for the day on which it was made
        (day(21), day(22), day(21), 0), (day(21), day(22), day(22), 100), (day(23), day(23), day(23), 100),
        # before it began
        (day(23), day(25), day(20), 0),
    ],
)  # fmt: skip
def test_how_far_a_promise_is_counts_working_days(started_on, due_on, today, reached):
    assert level(started_on, due_on, today) == reached


def test_a_promise_only_goes_forward():
    for length in range(1, 40):
        days = [MONDAY + timedelta(days=n) for n in range(length + 5)]
        reached = [level(MONDAY, days[length], today) for today in days]
        assert reached == sorted(reached)
        assert (reached[0], reached[-1]) == (0, 100)


INVISIBLE = {
    "space": " ", "two spaces": "  ", "no-break space": "\u00a0", "zero-width space": "\u200b", "mark": "\ufeff",
    "joiner": "\u200d", "non-joiner": "\u200c", "word joiner": "\u2060", "left-to-right": "\u200e",
    "isolate": "\u2066", "soft hyphen": "\u00ad", "wide space": "\u3000", "thin space": "\u2009", "null": "\x00",
    "vertical tab": "\x0b",
}  # fmt: skip
STARTS = ("=1+1", "+31612345678", "-5", "@SUM(A1)", "|cmd", "%0", "＝1+1", "＋1", "－1", "＠A1", "﹢1", "⁺1")


@pytest.mark.parametrize("text", [*STARTS, "\t=1", "\tx", "\r=1", "\n=1", "\r\n-2"])
def test_what_begins_like_a_formula_gets_a_quote_before_it(text):
    assert without_formula(text) == f"'{text}"


@pytest.mark.parametrize("before", INVISIBLE.values(), ids=INVISIBLE)
@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "-5", "@A1"])
def test_what_nobody_sees_before_it_hides_no_formula(before, text):
    assert without_formula(before + text) == f"'{before}{text}"


@pytest.mark.parametrize(
    "text",
    ["", " ", "8011", "7KD4 MW3F", "Jan-Willem", "a=b", "1+1", "2026-11-23", "'t Hart", "مريم", "–", "„=“", "Ömer"],
)
def test_everything_else_stays_as_it_is(text):
    assert without_formula(text) == text


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("Jansen", "jansen"), ("  Van   DAM ", "van dam"), ("Ömer ÇELİK", "omer celik"), ("IŞIK", "isik"),
        ("Łukasz Wójcik", "lukasz wojcik"), ("Søren Ærø", "soren aero"), ("Đorđe", "dorde"), ("Strauß", "strauss"),
        ("Zoë", "zoe"), ("Zoe\u0308", "zoe"), ("Ｊａｎｓｅｎ", "jansen"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_compared_without_capitals_and_signs(name, heard):
    assert name_as_heard(name) == name_as_heard(name_as_heard(name)) == heard


@pytest.mark.parametrize("name", ["مريم القاسم", "Олена", "王伟"])
def test_a_name_in_another_script_stays_itself(name):
    assert name_as_heard(name)
    assert name_as_heard(name) == name_as_heard(f" {name} ")


def test_a_quote_is_put_once():
    assert without_formula(without_formula("=1")) == without_formula("=1")
