"""Dates and times as people say them, in every language, always with the digits 0-9."""

import re
from datetime import date, datetime, time

import pytest

from portal.foundation.i18n import LOCALES
from portal.ui.dates import clock_time, day, day_and_year, weekday

MONDAY = date(2027, 1, 4)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("nl", "maandag 4 januari"),
        ("nl_simple", "maandag 4 januari"),
        ("en", "Monday 4 January"),
        ("pl", "poniedziałek 4 stycznia"),
        ("tr", "Pazartesi 4 Ocak"),
        ("uk", "понеділок 4 січня"),
        ("ar", "الاثنين 4 يناير"),
    ],
)
def test_a_day_is_said_with_its_weekday(code, said):
    assert day(MONDAY, LOCALES[code]) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [("nl", "16 november 2026"), ("en", "16 November 2026"), ("ar", "16 نوفمبر 2026"), ("uk", "16 листопада 2026")],
)
def test_a_day_far_away_is_said_with_its_year(code, said):
    assert day_and_year(date(2026, 11, 16), LOCALES[code]) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(9), "9:00"), (time(9, 5), "9:05"), (time(0), "0:00"), (time(17, 30), "17:30"), (time.max, "24:00"),
        (datetime(2026, 11, 23, 17, 0), "17:00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_a_time_is_on_the_24_hour_clock(moment, said, locale):
    assert clock_time(moment, locale) == said


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_digits_are_0_to_9_in_every_language(locale):
    said = day(MONDAY, locale) + day_and_year(MONDAY, locale) + clock_time(time(13, 45), locale)
    assert all(sign.isascii() for sign in re.findall(r"\d", said))


@pytest.mark.parametrize(
    ("code", "monday", "sunday"),
    [("nl", "maandag", "zondag"), ("en", "Monday", "Sunday"), ("pl", "poniedziałek", "niedziela")],
)  # fmt: skip
def test_a_week_begins_on_monday(code, monday, sunday):
    assert (weekday(0, LOCALES[code]), weekday(6, LOCALES[code])) == (monday, sunday)
