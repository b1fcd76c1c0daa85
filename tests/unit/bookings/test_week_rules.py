"""A week of diaries: which week it is, which days and hours are shown, and what holds on a day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bookings.availability import Pattern
from portal.bookings.week_rules import (
    Around,
    Entry,
    Off,
    OneDay,
    by_day,
    by_hour,
    monday_of,
    read_week,
    shown_days,
    shown_hours,
    the_days,
    week_of,
)
from portal.foundation.clock import LOCAL

MILA, TARIQ = 1, 2
MONDAY = date(2026, 11, 23)
CHRISTMAS = date(2026, 12, 21)


def entry(start, minutes=60, staff_id=MILA):
    begin = datetime.fromisoformat(start).replace(tzinfo=LOCAL).astimezone(UTC)
    end = begin + timedelta(minutes=minutes)
    return Entry(staff_id, "Mila", begin, end, begin, end, "booked", "home", True, None)


def each(staff_id, weekday, start=time(9), end=time(17), **more):
    return Pattern(staff_id, weekday, start, end, frozenset(), date(2026, 1, 5), None, **more)


def hours(around, day, staff_id=MILA):
    return the_days(monday_of(day), around, [MILA, TARIQ])[day.weekday()].hours.get(staff_id, [])


@pytest.mark.parametrize(
    ("written", "monday"),
    [("2026-W48", "2026-11-23"), ("2026-W01", "2025-12-29"), ("2026-W53", "2026-12-28"), ("2027-W01", "2027-01-04")],
)
def test_a_week_is_written_by_its_year_and_number(written, monday):
    assert read_week(written) == date.fromisoformat(monday)
    assert week_of(date.fromisoformat(monday)) == written


@pytest.mark.parametrize(
    "written", ["", "2026-W00", "2026-W54", "2027-W53", "2026-48", "2026-W4", "1999-W10", "9999-W52", "2026-W48 ", "x"]
)
def test_what_is_no_week_is_none(written):
    assert read_week(written) is None


@given(st.dates(date(2000, 1, 3), date(2099, 12, 31)))
def test_every_day_lies_in_the_week_that_is_written_for_it(day):
    monday = read_week(week_of(day))
    assert monday == monday_of(day)
    assert monday <= day < monday + timedelta(weeks=1)


def test_a_week_is_seven_days_of_which_the_weekend_is_shown_when_something_is_on_it():
    days = the_days(MONDAY, Around(), [MILA])
    assert len(days) == 7
    assert [one.date.weekday() for one in shown_days(days, [])] == [0, 1, 2, 3, 4]
    assert [one.date.weekday() for one in shown_days(days, [entry("2026-11-29T10:00")])] == [0, 1, 2, 3, 4, 6]
    working = the_days(MONDAY, Around(patterns=[each(MILA, 5)]), [MILA])
    assert [one.date.weekday() for one in shown_days(working, [])] == [0, 1, 2, 3, 4, 5]


def test_somebody_works_by_the_pattern_of_the_day():
    around = Around(patterns=[each(MILA, 0), each(MILA, 0, time(18), time(20)), each(TARIQ, 1)])
    assert hours(around, MONDAY) == [(time(9), time(17)), (time(18), time(20))]
    assert hours(around, MONDAY + timedelta(days=1)) == []


def test_hours_of_one_day_come_in_the_place_of_the_pattern():
    around = Around(days=[OneDay(MILA, MONDAY, time(13), time(15))], patterns=[each(MILA, 0), each(TARIQ, 0)])
    assert hours(around, MONDAY) == [(time(13), time(15))]
    assert hours(around, MONDAY, TARIQ) == [(time(9), time(17))]


def test_leave_a_day_off_and_a_closure_are_no_hours():
    patterns = [each(staff_id, weekday) for staff_id in (MILA, TARIQ) for weekday in range(5)]
    around = Around(
        leave=[Off(MILA, MONDAY - timedelta(days=9), MONDAY)], patterns=patterns,
        days=[OneDay(TARIQ, MONDAY, time(0), time(0))], closures=[Off(None, date(2026, 11, 25), date(2026, 11, 26))],
    )  # fmt: skip
    monday, tuesday, wednesday, thursday, friday, *_weekend = the_days(MONDAY, around, [MILA, TARIQ])
    assert (monday.leave, monday.off, monday.hours) == ({MILA}, {TARIQ}, {})
    assert (tuesday.leave, tuesday.off, set(tuesday.hours)) == (frozenset(), frozenset(), {MILA, TARIQ})
    assert [one.closed for one in (tuesday, wednesday, thursday, friday)] == [False, True, True, False]
    assert not wednesday.hours
    assert not thursday.hours


def test_on_a_holiday_only_who_said_so_works():
    around = Around(days=[OneDay(TARIQ, date(2026, 12, 25), time(9), time(12))], patterns=[each(MILA, 4)])
    days = the_days(CHRISTMAS, around, [MILA, TARIQ])
    assert [one.holiday for one in days] == [None, None, None, None, "Eerste Kerstdag", "Tweede Kerstdag", None]
    assert days[4].hours == {TARIQ: [(time(9), time(12))]}


def test_a_day_that_is_equated_with_a_holiday_has_no_name():
    assert the_days(date(2025, 12, 29), Around(), [])[4].holiday == ""


def test_a_grid_shows_the_usual_hours_and_more_when_it_must():
    assert shown_hours([]) == range(8, 17)
    assert shown_hours([entry("2026-11-23T07:30")]) == range(7, 17)
    assert shown_hours([entry("2026-11-23T16:30")]) == range(8, 18)
    assert shown_hours([entry("2026-11-23T16:00")]) == range(8, 17)
    assert shown_hours([entry("2026-11-23T22:30", 90)]) == range(8, 24)


@pytest.mark.parametrize(
    ("start", "minutes", "taken"),
    [
        ("2026-11-23T10:00", 60, {10: True}),
        ("2026-11-23T10:30", 60, {10: True, 11: False}),
        ("2026-11-23T10:45", 90, {10: True, 11: False, 12: False}),
        ("2026-11-23T23:00", 60, {23: True}),
        # the hour from two to three is not there, and comes twice
        ("2027-03-28T01:30", 60, {1: True, 2: False, 3: False}),
        ("2026-10-25T02:30", 60, {2: True}),
    ],
)
def test_a_talk_stands_in_every_hour_of_which_it_takes_a_piece(start, minutes, taken):
    one = entry(start, minutes)
    found = by_hour([one])
    assert {hour: begins for (_day, hour), ((_entry, begins),) in found.items()} == taken
    assert {day for day, _hour in found} == {date.fromisoformat(start[:10])}


def test_who_comes_first_stands_first():
    late, early = entry("2026-11-23T10:30"), entry("2026-11-23T10:00", staff_id=TARIQ)
    assert [one for one, _begins in by_hour([late, early])[MONDAY, 10]] == [early, late]


def test_a_talk_belongs_to_the_day_here_on_which_it_begins():
    late = entry("2026-11-23T23:30", 30)
    assert by_day([late]) == {MONDAY: [late]}
