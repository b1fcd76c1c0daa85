"""When somebody can be met: hours of work, what is taken, clocks that change, patterns and holidays. By table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.bookings.availability import Busy, Place, free_moments
from portal.foundation.clock import LOCAL
from tests.unit.bookings.handmade import (
    DAY,
    HOUR,
    MONDAY,
    NOTHING,
    QUARTER,
    TUESDAY,
    WEDNESDAY,
    busy,
    dated,
    days,
    diary,
    free,
    shown,
    starts,
    utc,
    weekly,
    wish,
)


@pytest.mark.parametrize(
    ("hours", "length", "seen"),
    [
        ([("09:00", "12:00")], 60, ("09:00", "11:00", 9)),
        ([("09:00", "10:00")], 60, ("09:00", "09:00", 1)),
        ([("09:00", "09:59")], 60, ()),
        ([("09:01", "10:15")], 60, ("09:15", "09:15", 1)),
        ([("09:01", "10:14")], 60, ()),
        ([("09:00", "09:50")], 20, ("09:00", "09:30", 3)),
        ([("09:00", "10:00"), ("10:00", "11:00")], 90, ("09:00", "09:30", 3)),
        ([("10:00", "11:00"), ("09:00", "10:30")], 120, ("09:00", "09:00", 1)),
        ([("09:00", "10:00"), ("10:01", "11:00")], 60, ("09:00", "09:00", 1)),
        ([("22:00", "24:00")], 60, ("22:00", "23:00", 5)),
        ([("00:00", "24:00")], 1440, ("00:00", "00:00", 1)),
        ([], 15, ()),
    ],
)
def test_the_whole_talk_lies_in_hours_of_work_and_starts_on_the_grid(hours, length, seen):
    book = diary(*(weekly(MONDAY, *one) for one in hours))
    moments = free(book, wish(timedelta(minutes=length)))
    assert shown(moments) == seen
    assert all(one.end - one.start == timedelta(minutes=length) and one.start.tzinfo is UTC for one in moments)


def test_a_talk_does_not_go_on_past_midnight():
    book = diary(weekly(MONDAY, "22:00", "24:00"), weekly(TUESDAY, "00:00", "02:00"))
    assert starts(free(book, horizon=2 * DAY)) == "22:00 22:15 22:30 22:45 23:00 00:00 00:15 00:30 00:45 01:00"


@pytest.mark.parametrize(
    ("taken", "travel", "seen"),
    [
        ([("10:00", "11:00")], 0, "09:00 11:00"),
        ([("09:59", "11:00")], 0, "11:00"),
        ([("10:00", "11:01")], 0, "09:00"),
        ([("10:00", "11:00")], 15, ""),
        ([("10:15", "10:45")], 15, "09:00 11:00"),
        ([("12:00", "13:00"), ("08:00", "09:00")], 0, "09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45 11:00"),
        # travel may lie outside hours of work, but not in what is taken there
        ([("12:15", "13:00"), ("08:00", "08:45")], 15, "09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45 11:00"),
        ([("12:14", "13:00"), ("08:00", "08:46")], 15, "09:15 09:30 09:45 10:00 10:15 10:30 10:45"),
        # pieces over each other, in any order; what takes no time is in nobody's way
        ([("10:30", "11:00"), ("09:00", "10:00"), ("09:30", "10:45")], 0, "11:00"),
        ([("09:00", "12:00"), ("10:00", "10:15")], 0, ""),
        ([("10:00", "10:00"), ("10:05", "10:50")], 0, "09:00 11:00"),
        ([("00:00", "24:00")], 0, ""),
    ],
)
def test_a_talk_and_the_way_to_and_from_it_keep_clear_of_what_is_taken(taken, travel, seen):
    book = diary(weekly(MONDAY), *(busy(MONDAY, *one) for one in taken))
    assert starts(free(book, wish(travel=timedelta(minutes=travel)))) == seen


def test_leave_of_days_on_end_is_what_is_taken():
    patterns = [weekly(day) for day in (MONDAY, TUESDAY, WEDNESDAY)]
    leave = Busy(1, utc(MONDAY, "11:00"), utc(TUESDAY, "24:00"))
    assert days(free(diary(*patterns, leave), horizon=3 * DAY)) == [MONDAY, WEDNESDAY]


@pytest.mark.parametrize(
    ("day", "hours", "length", "seen"),
    [
        # the hour from two to three comes twice
        ("2026-10-25", ("01:30", "03:30"), 15, ("01:30", "03:15", 8)),
        ("2026-10-25", ("01:30", "03:30"), 60, ("01:30", "02:45", 6)),
        ("2026-10-25", ("01:30", "03:30"), 180, ("01:30", "01:30", 1)),
        ("2026-10-25", ("02:00", "03:00"), 120, ("02:00", "02:00", 1)),
        ("2026-10-25", ("02:30", "04:00"), 150, ("02:30", "02:30", 1)),
        ("2026-10-25", ("01:00", "02:30"), 60, ("01:00", "01:30", 3)),
        ("2026-10-25", ("00:00", "24:00"), 25 * 60, ("00:00", "00:00", 1)),
        ("2026-10-25", ("00:00", "24:00"), 15, ("00:00", "23:45", 96)),
        # the hour from two to three is missing
        ("2027-03-28", ("01:30", "03:30"), 15, ("01:30", "03:15", 4)),
        ("2027-03-28", ("01:30", "03:30"), 60, ("01:30", "01:30", 1)),
        ("2027-03-28", ("01:30", "03:30"), 75, ()),
        ("2027-03-28", ("02:00", "03:00"), 15, ()),
        ("2027-03-28", ("02:30", "04:00"), 60, ("03:00", "03:00", 1)),
        ("2027-03-28", ("01:00", "02:30"), 60, ("01:00", "01:00", 1)),
        ("2027-03-28", ("00:00", "24:00"), 23 * 60, ("00:00", "00:00", 1)),
        ("2027-03-28", ("00:00", "24:00"), 24 * 60, ()),
        ("2027-03-28", ("00:00", "24:00"), 15, ("00:00", "23:45", 92)),
    ],
)
def test_when_the_clock_changes_each_time_on_the_wall_is_offered_once_and_only_when_it_is_shown(
    day, hours, length, seen
):
    moments = free(diary(dated(day, *hours)), wish(timedelta(minutes=length)), day)
    assert shown(moments) == seen
    assert all(one.start.astimezone(LOCAL).fold == 0 for one in moments)


def test_what_is_taken_may_be_told_by_the_clock_on_the_wall():
    midnight, two = (datetime(2026, 10, 25, hour, tzinfo=LOCAL) for hour in (0, 2))
    book = diary(dated("2026-10-25", "00:00", "05:00"), Busy(1, midnight, two))
    moments = list(free_moments(book, wish(HOUR, 2 * HOUR), datetime(2026, 10, 24, 23, tzinfo=LOCAL), NOTHING, 2 * DAY))
    assert starts(moments) == "03:00 03:15 03:30 03:45 04:00"
    assert {one.start.tzinfo for one in moments} == {UTC}


def test_a_doubled_time_that_is_taken_in_its_first_turn_is_not_offered_in_its_second():
    day, two = "2026-10-25", datetime(2026, 10, 25, tzinfo=UTC)
    book = diary(dated(day, "02:00", "03:15"), Busy(1, two, two + HOUR))
    assert starts(free(book, wish(QUARTER), day)) == "03:00"


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]),
        ({"since": date(2026, 11, 23)}, ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]),
        ({"since": date(2026, 11, 24)}, ["2026-11-30", "2026-12-07", "2026-12-14"]),
        ({"until": date(2026, 11, 30)}, ["2026-11-23"]),
        ({"until": date(2026, 12, 1)}, ["2026-11-23", "2026-11-30"]),
        # counted from the week of the first day, whichever day of the week that is
        ({"every": 2, "since": date(2026, 11, 23)}, ["2026-11-23", "2026-12-07"]),
        ({"every": 2, "since": date(2026, 11, 22)}, ["2026-11-30", "2026-12-14"]),
        ({"every": 2, "since": date(2026, 11, 27)}, ["2026-12-07"]),
        ({"every": 3, "since": date(2026, 11, 2)}, ["2026-11-23", "2026-12-14"]),
    ],
)
def test_a_pattern_comes_back_each_so_many_weeks_from_its_first_day_to_the_day_before_it_ends(changes, seen):
    assert days(free(diary(weekly(MONDAY, **changes)), horizon=28 * DAY)) == seen


def test_weeks_are_counted_on_over_the_turn_of_a_year_of_53_weeks():
    pattern = weekly("2026-12-15", every=2, since=date(2026, 12, 15))
    seen = days(free(diary(pattern), day="2026-12-15", horizon=36 * DAY))
    assert seen == ["2026-12-15", "2026-12-29", "2027-01-12"]


@pytest.mark.parametrize(
    ("entries", "seen"),
    [
        ([dated(MONDAY, "13:00", "14:00")], "13:00"),
        ([dated(MONDAY, "09:00", "09:00")], ""),
        ([dated(MONDAY, "09:00", "10:00"), dated(MONDAY, "14:00", "15:00")], "09:00 14:00"),
        ([dated(MONDAY, "13:00", "14:00", places=frozenset({Place.PHONE}))], ""),
        ([dated(TUESDAY, "13:00", "14:00")], "09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45 11:00"),
        ([dated(MONDAY, "13:00", "14:00", who=2)], "09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45 11:00"),
    ],
)
def test_hours_of_one_day_go_before_the_pattern_of_that_day(entries, seen):
    assert starts(free(diary(weekly(MONDAY), *entries))) == seen


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-05-14", False), ("2026-05-15", False), ("2026-12-25", False), ("2027-01-01", False),
        ("2027-03-28", False), ("2027-03-29", False), ("2028-02-29", True), ("2026-12-31", True), ("2026-11-21", True),
    ],
)  # fmt: skip
def test_on_a_holiday_only_who_says_so_works_and_on_a_closed_day_nobody(day, works):
    pattern, own = weekly(day), dated(day, "13:00", "14:00")
    assert bool(free(diary(pattern), day=day)) is works
    assert starts(free(diary(pattern, own), day=day)) == "13:00"
    assert free(diary(pattern, own, closed=[day]), day=day) == []
