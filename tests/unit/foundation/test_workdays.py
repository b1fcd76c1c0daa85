"""Working days and the last day of a term, held against a second computation: day by day, over a table."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from portal.foundation.workdays import (
    EQUATED_DAYS,
    add_working_days,
    easter,
    holidays,
    is_working_day,
    last_working_day,
    term_end,
    working_days_between,
)

TABLE = Path(__file__).parent / "data" / "feestdagen-nl-2026-2031.csv"
#: The title of the decree for the years of the table, as it is cited.
DECREE = "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028"
MONTHS = {"januari": 1, "april": 4, "mei": 5}
STEP = timedelta(days=1)
#: Sizes around every border there is, of articles 2 and 4, and the terms of the portal.
SIZES = {
    "days": (1, 2, 3, 4, 5, 6, 7, 10, 14, 28, 30, 42, 60, 89, 90, 91, 92, 180),
    "weeks": (1, 2, 3, 4, 6, 8, 10, 11, 12, 13, 26),
    "months": (1, 2, 3, 4, 6, 12, 13),
}
#: The last of each size that rolls.
ROLLS = {"days": 90, "weeks": 12, "months": 3}


def easter_by_gauss(year):
    """Gauss' own way, with his two exceptions; good from 1900 up to and including 2099."""
    d = (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    april = d + e - 9
    if april == 26 or (april == 25 and d == 28 and e == 6 and year % 19 > 10):
        april -= 7
    return date(year, 3, 31) + april * STEP


def from_the_table():
    with TABLE.open(encoding="utf-8") as lines:
        days = {date.fromisoformat(row["datum"]) for row in csv.DictReader(lines)}
    words = DECREE.removeprefix("Besluit gelijkstelling van ").replace(" en ", ", ").split(", ")
    return days | {date(int(y), MONTHS[m], int(d)) for d, m, y in map(str.split, words)}


def by_hand(year):
    """The holidays of a year as one would write them in a diary."""
    sunday = easter_by_gauss(year)
    moving = {sunday + n * STEP for n in (-2, 0, 1, 39, 49, 50)}
    king = date(year, 4, 26) if date(year, 4, 27).isoweekday() == 7 else date(year, 4, 27)
    return moving | {date(year, 1, 1), king, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}


CLOSED = from_the_table().union(*(by_hand(year) for year in range(2032, 2043)))
#: Every day of the years we check, and whether it is a working day: filled one by one.
DIARY = {
    day: day.isoweekday() < 6 and day not in CLOSED
    for day in (date(2026, 1, 1) + n * STEP for n in range((date(2042, 12, 31) - date(2026, 1, 1)).days + 1))
}
#: Each eleventh day: all days of the week, all parts of the year.
STARTS = [day for number, day in enumerate(DIARY) if number % 11 == 0 and day < date(2041, 1, 1)]


def a_month_on(day, number):
    """The next day with that number, or the last of a month that is too short for it."""
    day += STEP
    while not (day.day == number or (day.day < number and (day + STEP).day == 1)):
        day += STEP
    return day


def on_foot(start, unit, size):
    """The last day of a term, found by turning over the pages of the diary."""
    end = start
    for _ in range(size):
        end = a_month_on(end, start.day) if unit == "months" else end + STEP * (7 if unit == "weeks" else 1)
    if size > ROLLS[unit]:
        return end
    day, worked = start, 0
    while day < end or not DIARY[day] or (worked < 2 and end >= start + 3 * STEP):
        day += STEP
        worked += DIARY[day]
    return day


def test_the_table_and_the_computus_agree_on_every_holiday():
    for year in range(2026, 2032):
        table = {day for day in CLOSED if day.year == year}
        assert set(holidays(year)) | {day for day in EQUATED_DAYS if day.year == year} == table
        assert {day for day in table if day not in by_hand(year)} <= EQUATED_DAYS


def test_holidays_have_the_names_of_the_table():
    with TABLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name = holidays(int(row["datum"][:4]))[date.fromisoformat(row["datum"])]
            assert row["naam_nl"].casefold() in name.casefold()


@pytest.mark.parametrize("year", range(1900, 2100))
def test_easter_of_butcher_is_easter_of_gauss(year):
    assert easter(year) == easter_by_gauss(year)
    assert easter(year).isoweekday() == 7


@pytest.mark.parametrize("year", range(2026, 2043))
def test_every_day_of_a_year_is_what_the_diary_says(year):
    days = [day for day in DIARY if day.year == year]
    assert len(days) in {365, 366}
    assert [day for day in days if is_working_day(day) != DIARY[day]] == []


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_every_term_from_a_day_ends_where_the_diary_says(start):
    for unit, sizes in SIZES.items():
        for size in sizes:
            assert term_end(start, **{unit: size}) == on_foot(start, unit, size), (unit, size)


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_working_days_from_a_day_are_those_of_the_diary(start):
    ahead = [day for n in range(1, 60) if DIARY[day := start + n * STEP]]
    for count in (1, 2, 3, 5, 10, 15, 20):
        assert add_working_days(start, count) == ahead[count - 1]
    assert add_working_days(start, 0) == (start if DIARY[start] else ahead[0])
    for length in (-3, 0, 1, 4, 9, 30):
        assert working_days_between(start, start + length * STEP) == sum(d <= start + length * STEP for d in ahead)
    before = start + 10 * STEP
    assert last_working_day(before) == max(d for n in range(11) if DIARY[d := before - n * STEP])


@pytest.mark.parametrize(
    ("start", "size", "end"),
    [
        ("2026-11-22", {"weeks": 6}, "2027-01-04"),  # the sample of the portal's first letter: a Sunday rolls
        ("2026-11-23", {"weeks": 6}, "2027-01-04"),
        ("2026-11-20", {"weeks": 6}, "2027-01-04"),  # Nieuwjaarsdag on a Friday, then the weekend
        ("2026-12-11", {"weeks": 2}, "2026-12-28"),  # Eerste Kerstdag on a Friday
        ("2027-12-11", {"weeks": 2}, "2027-12-27"),  # Christmas on Saturday and Sunday: Monday is an ordinary day
        ("2026-12-24", {"days": 1}, "2026-12-28"),
        ("2026-12-24", {"days": 3}, "2026-12-29"),  # article 2: Monday alone is one working day
        ("2027-03-25", {"days": 2}, "2027-03-30"),  # article 2 asks nothing of two days
        ("2027-03-25", {"days": 3}, "2027-03-31"),
        ("2026-11-26", {"days": 3}, "2026-11-30"),  # Friday and Monday
        ("2026-11-27", {"days": 3}, "2026-12-01"),  # ends on Monday, but holds Monday only
        ("2026-03-02", {"weeks": 12}, "2026-05-26"),  # exactly 12 weeks, Tweede Pinksterdag: rolls
        ("2026-02-23", {"weeks": 13}, "2026-05-25"),  # 13 weeks, the same day: stays
        ("2026-02-24", {"days": 90}, "2026-05-26"),  # 90 days, the same day: rolls
        ("2026-02-23", {"days": 91}, "2026-05-25"),  # 91 days: stays
        ("2026-02-25", {"months": 3}, "2026-05-26"),  # 3 months, the same day: rolls
        ("2026-01-25", {"months": 4}, "2026-05-25"),  # 4 months: stays
        ("2026-08-15", {"months": 12}, "2027-08-15"),  # a year never rolls
        ("2028-01-31", {"months": 1}, "2028-02-29"),
        ("2028-02-29", {"months": 1}, "2028-03-29"),
        ("2028-02-29", {"months": 12}, "2029-02-28"),
        ("2028-02-29", {"months": 48}, "2032-02-29"),
        ("2027-01-29", {"months": 1}, "2027-03-01"),  # 28 February 2027 is a Sunday
        ("2026-12-31", {"months": 2}, "2027-03-01"),
        ("2026-11-30", {"months": 3}, "2027-03-01"),
        ("2026-10-31", {"months": 1}, "2026-11-30"),
        ("2026-11-30", {"months": 1}, "2026-12-30"),  # the same number, not the last day
        ("2031-04-12", {"weeks": 2}, "2031-04-28"),  # 27 April 2031 is a Sunday: Koningsdag was the day before
        ("2031-04-11", {"weeks": 2}, "2031-04-25"),
        ("2026-04-13", {"weeks": 2}, "2026-04-28"),  # Koningsdag on a Monday
        ("2026-04-21", {"weeks": 2}, "2026-05-06"),  # 5 May 2026, no fifth year: still a holiday to the Act
        ("2026-04-30", {"weeks": 2}, "2026-05-18"),  # Hemelvaart; the Friday after is equated by decree
        ("2027-04-21", {"weeks": 2}, "2027-05-10"),  # 5 May, Hemelvaart, equated Friday, weekend
        ("2025-12-18", {"weeks": 2}, "2026-01-05"),  # Nieuwjaarsdag, equated Friday, weekend
        ("2026-03-20", {"weeks": 2}, "2026-04-07"),  # from Goede Vrijdag over Easter
        ("2031-05-08", {"weeks": 2}, "2031-05-23"),  # no decree is known for 2031: the Friday is an ordinary day
    ],
)
def test_terms_worked_out_by_hand(start, size, end):
    assert term_end(date.fromisoformat(start), **size) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-23", 2, "2026-11-25"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-12-24", 2, "2026-12-29"),
        ("2026-12-31", 10, "2027-01-15"),
        ("2028-02-28", 1, "2028-02-29"),
        ("2031-04-25", 1, "2031-04-28"),
    ],
)
def test_working_days_worked_out_by_hand(start, count, end):
    assert add_working_days(date.fromisoformat(start), count) == date.fromisoformat(end)


@pytest.mark.parametrize(("day", "before"), [("2027-01-03", "2026-12-31"), ("2026-04-06", "2026-04-02")])
def test_staff_are_steered_by_the_last_working_day_before(day, before):
    assert last_working_day(date.fromisoformat(day)) == date.fromisoformat(before)


def test_two_holidays_on_one_day_are_both_named():
    assert holidays(2016)[date(2016, 5, 5)] == "Bevrijdingsdag, Hemelvaartsdag"


@pytest.mark.parametrize("size", [{}, {"days": 0}, {"days": -1}, {"weeks": 1, "days": 1}, {"weeks": 2, "days": -1}])
def test_a_term_has_one_size(size):
    with pytest.raises(ValueError, match="one size"):
        term_end(date(2026, 11, 23), **size)


def test_working_days_are_not_counted_back():
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 11, 23), -1)


@pytest.mark.parametrize(
    "ask", [is_working_day, last_working_day, lambda day: term_end(day, days=91), lambda day: add_working_days(day, 1)]
)
def test_a_moment_is_no_day(ask):
    with pytest.raises(TypeError, match="not a moment"):
        ask(datetime(2026, 12, 25, 10))


some_days = some.dates(date(2014, 1, 1), date(2150, 12, 31))


@given(some_days, some.integers(1, 80))
def test_counting_takes_back_what_adding_did(day, count):
    end = add_working_days(day, count)
    assert is_working_day(end)
    assert working_days_between(day, end) == count
    assert working_days_between(day, end - STEP) == count - 1


@given(some_days, some.integers(1, 40), some.integers(0, 40))
def test_adding_in_two_steps_is_adding_at_once(day, first, second):
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(some_days, some.integers(0, 400))
def test_what_lies_between_is_counted_once(day, length):
    end = day + length * STEP
    assert working_days_between(day, end) == sum(is_working_day(day + n * STEP) for n in range(1, length + 1))
    assert last_working_day(end) <= end
    assert working_days_between(last_working_day(end), end) == 0


@given(some_days, some.sampled_from(sorted(ROLLS)), some.integers(1, 120))
def test_a_term_is_extended_never_shortened_and_never_for_long(start, unit, size):
    end = term_end(start, **{unit: size})
    plain = start + STEP * size * (7 if unit == "weeks" else 1)
    if size > ROLLS[unit]:
        assert end == plain or unit == "months"
        return
    assert is_working_day(end)
    if unit != "months":
        assert plain <= end <= plain + 9 * STEP
    if end >= start + 3 * STEP and (unit, size) not in {("days", 1), ("days", 2)}:
        assert working_days_between(start, end) >= 2


@given(some_days, some.integers(1, 200))
def test_a_month_term_keeps_its_day_or_ends_the_month(start, months):
    assume(months > ROLLS["months"])
    end = term_end(start, months=months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + STEP).day == 1)


@given(some_days, some_days, some.sampled_from(sorted(ROLLS)), some.integers(1, 90))
def test_who_starts_later_never_ends_earlier(one, other, unit, size):
    first, last = sorted((one, other))
    assert term_end(first, **{unit: size}) <= term_end(last, **{unit: size})
