"""What somebody is offered: what they ask, with whom, how soon and how far ahead; and whether it is free still."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from portal.bookings.availability import (
    Diary,
    Moment,
    Place,
    free_moments,
    is_free,
)
from portal.foundation.clock import LOCAL
from tests.unit.bookings.handmade import (
    ALL,
    DAY,
    HOME,
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
    starts,
    utc,
    weekly,
    wish,
    worker,
)


@pytest.mark.parametrize(
    ("asked", "hours", "seen"),
    [
        ("morning", ("11:00", "13:30"), "11:00"),
        ("afternoon", ("11:00", "13:30"), "12:00 12:15 12:30"),
        ("", ("11:00", "13:30"), "11:00 11:15 11:30 11:45 12:00 12:15 12:30"),
        ("morning", ("12:00", "15:00"), ""),
        ("afternoon", ("09:00", "12:59"), ""),
    ],
)
def test_the_whole_talk_lies_in_the_part_of_the_day_that_is_asked(asked, hours, seen):
    assert starts(free(diary(weekly(MONDAY, *hours)), wish(part=asked))) == seen


def test_a_place_is_offered_in_hours_that_are_for_that_place():
    book = diary(weekly(MONDAY, "09:00", "10:00", places=HOME), weekly(MONDAY, "10:00", "11:00", places=ALL - HOME))
    assert starts(free(book)) == "09:00"
    assert starts(free(book, wish(place=Place.VIDEO))) == "10:00"
    assert free(book, wish(length=2 * HOUR)) == []


@pytest.mark.parametrize(
    ("skills", "languages", "who"),
    [
        ((), (), {1}), (("money",), (), {2}), ((), ("ar",), {2}), (("money", "young"), ("nl",), {3}),
        (("money",), ("ar", "nl"), {2}), (("young",), ("ar",), set()), ((), ("pl",), set()),
    ],
)  # fmt: skip
def test_a_worker_has_every_skill_and_language_that_is_asked(skills, languages, who):
    workers = (worker(1), worker(2, 9, ["money"], ["nl", "ar"]), worker(3, 9, ["money", "young"]))
    book = diary(*(weekly(MONDAY, who=one.staff_id) for one in workers), workers=workers)
    asked = wish(skills=frozenset(skills), languages=frozenset(languages))
    assert {one.staff_id for one in free(book, asked)} == who


@pytest.mark.parametrize(
    ("booked", "whom"),
    [
        ({}, [1, 1, 1]),
        ({(1, MONDAY): 1}, [2, 2, 1]),
        ({(1, MONDAY): 2, (2, MONDAY): 1}, [2, 2, 2]),  # worker 1 has two talks at most
        ({(1, MONDAY): 2, (2, MONDAY): 3}, []),
        ({(1, TUESDAY): 2, (2, TUESDAY): 3}, [1, 1, 1]),
        ({(1, MONDAY): 1, (2, MONDAY): 1}, [1, 1, 1]),
    ],
)
def test_who_has_the_fewest_talks_that_day_is_offered_until_the_day_is_full(booked, whom):
    patterns = [weekly(MONDAY, "09:00", "10:30", who=1), weekly(MONDAY, "09:00", "10:30", who=2)]
    shorter = busy(MONDAY, "10:15", "11:00", who=2) if booked == {(1, MONDAY): 1} else busy(MONDAY, "17:00", "18:00")
    book = diary(*patterns, shorter, workers=(worker(2, 3), worker(1, 2)), booked=booked)
    moments = free(book)
    assert [one.staff_id for one in moments] == whom
    assert [f"{one.start.astimezone(LOCAL):%H:%M}" for one in moments] == ["09:00", "09:15", "09:30"][: len(whom)]


@pytest.mark.parametrize(
    ("at", "lead", "first"),
    [
        ("09:00", 0, f"{MONDAY} 09:00"), ("09:01", 0, f"{MONDAY} 09:15"), ("10:59", 0, f"{MONDAY} 11:00"),
        ("11:01", 0, f"{TUESDAY} 09:00"), ("08:00", 60, f"{MONDAY} 09:00"), ("08:01", 60, f"{MONDAY} 09:15"),
        ("09:00", 24 * 60, f"{TUESDAY} 09:00"), ("23:59", 24 * 60, f"{WEDNESDAY} 09:00"),
        ("11:30", 48 * 60, None), ("12:00", 9 * 24 * 60, None),
    ],
)  # fmt: skip
def test_a_talk_starts_so_long_from_now_at_the_earliest(at, lead, first):
    book = diary(*(weekly(day) for day in (MONDAY, TUESDAY, WEDNESDAY)))
    moments = free(book, at=at, lead=timedelta(minutes=lead), horizon=3 * DAY)
    assert (f"{moments[0].start.astimezone(LOCAL):%Y-%m-%d %H:%M}" if moments else None) == first


def test_lead_is_real_time_on_the_night_that_is_an_hour_longer():
    book = diary(dated("2026-10-25", "09:00", "12:00"))
    moments = free(book, day="2026-10-24", at="10:00", lead=24 * HOUR, horizon=2 * DAY)
    assert starts(moments).startswith("09:00 09:15")
    assert free(book, day="2026-10-24", at="12:15", lead=24 * HOUR, horizon=2 * DAY) == []
    by_the_wall = datetime(2026, 10, 24, 11, 45, tzinfo=LOCAL)
    assert starts(free_moments(book, wish(), by_the_wall, 24 * HOUR, 2 * DAY)) == "10:45 11:00"


@pytest.mark.parametrize(
    ("day", "at", "horizon", "last"),
    [
        (MONDAY, "00:00", 0, None), (MONDAY, "00:00", 1, MONDAY), (MONDAY, "10:00", 2, TUESDAY),
        (MONDAY, "23:59", 3, WEDNESDAY), (MONDAY, "23:59", 1, None),
        ("2028-02-28", "09:00", 2, "2028-02-29"), ("2028-02-29", "09:00", 2, "2028-03-01"),
        ("2026-12-30", "09:00", 2, "2026-12-31"), ("2026-12-30", "09:00", 3, "2026-12-31"),
        ("2026-12-30", "09:00", 4, "2027-01-02"), ("2026-10-24", "09:00", 3, "2026-10-26"),
        (MONDAY, "09:00", 56, "2027-01-17"),
    ],
)  # fmt: skip
def test_the_horizon_is_so_many_days_of_which_today_is_the_first(day, at, horizon, last):
    monday = date.fromisoformat(MONDAY)
    book = diary(*(weekly(str(monday + n * DAY)) for n in range(7)))
    moments = free(book, day=day, at=at, horizon=horizon * DAY)
    assert (days(moments)[-1] if moments else None) == last


def test_today_is_the_day_on_the_dutch_calendar():
    book = diary(*(weekly(day, "00:00", "01:00") for day in (MONDAY, TUESDAY)))
    sunday_in_utc = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert days(free_moments(book, wish(), sunday_in_utc, NOTHING, DAY)) == [MONDAY]


class Asked(Mapping):
    """Bookings that remember of which days they were asked."""

    def __init__(self):
        self.days = Counter()

    def __getitem__(self, key):
        self.days[key[1]] += 1
        raise KeyError(key)

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


def test_the_first_twenty_do_not_look_at_eight_weeks():
    monday, asked = date.fromisoformat(MONDAY), Asked()
    patterns = [weekly(str(monday + n * DAY)) for n in range(5)]
    book = Diary([worker()], patterns, [], [], asked, frozenset())
    moments = free_moments(book, wish(), utc(MONDAY, "00:00"), NOTHING, 56 * DAY)
    assert asked.days == {}
    assert len(list(islice(moments, 20))) == 20
    assert set(asked.days) == {monday, monday + DAY, monday + 2 * DAY}


@pytest.mark.parametrize(
    ("staff_id", "start", "minutes", "can"),
    [
        (1, "09:00", 60, True), (2, "09:00", 60, True), (3, "09:00", 60, False), (1, "09:05", 60, False),
        (1, "09:00", 45, False), (1, "09:00", 75, False), (1, "11:00", 60, True), (1, "11:15", 60, False),
        (1, "08:45", 60, False), (2, "10:00", 60, False), (1, "10:00", 60, True),
    ],
)  # fmt: skip
def test_a_moment_can_be_booked_with_whoever_is_free_then(staff_id, start, minutes, can):
    workers = (worker(1), worker(2))
    book = diary(weekly(MONDAY), weekly(MONDAY, who=2), busy(MONDAY, "10:00", "12:00", who=2), workers=workers)
    moment = Moment(utc(MONDAY, start), utc(MONDAY, start) + timedelta(minutes=minutes), staff_id)
    assert is_free(book, wish(), moment, utc(MONDAY, "00:00"), NOTHING, DAY) is can
    assert is_free(book, wish(), moment, utc(MONDAY, "00:00") - DAY, DAY, DAY) is False
    assert is_free(book, wish(), moment, utc(MONDAY, "00:00") - DAY, DAY, 2 * DAY) is can
    assert is_free(book, wish(), moment, utc(MONDAY, "00:00") + DAY, -2 * DAY, 9 * DAY) is False


def test_a_moment_may_be_told_by_another_clock_but_the_doubled_time_means_its_first_turn():
    day, book = "2026-10-25", diary(dated("2026-10-25", "02:00", "03:00"))
    first = datetime(2026, 10, 25, 2, 30, tzinfo=LOCAL)
    again = first.replace(fold=1)
    now = utc(day, "00:00")
    assert is_free(book, wish(HOUR), Moment(first, again, 1), now, NOTHING, DAY)
    assert not is_free(book, wish(QUARTER), Moment(again, again + QUARTER, 1), now, NOTHING, DAY)


@pytest.mark.parametrize(
    "make",
    [
        lambda: weekly(MONDAY, "12:00", "09:00"), lambda: weekly(MONDAY, "09:00", "00:00"),
        lambda: dated(MONDAY, "12:00", "09:00"), lambda: weekly(MONDAY, every=0), lambda: wish(NOTHING),
        lambda: wish(-HOUR), lambda: wish(travel=-HOUR),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_where_it_is_made(make):
    with pytest.raises(ValueError, match=r"back in time|never|no talk"):
        make()


def test_a_moment_without_its_time_zone_is_refused():
    naive = datetime(2026, 11, 23, 9)
    with pytest.raises(TypeError):
        is_free(diary(weekly(MONDAY)), wish(), Moment(naive, naive + HOUR, 1), utc(MONDAY, "00:00"), NOTHING, DAY)
