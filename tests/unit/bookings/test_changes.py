"""What a change of a diary breaks: exactly what nobody could choose any more, and nothing else."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bookings.availability import Busy, Place
from portal.bookings.changes import Stands, broken_by, fits, is_beside_the_grid, who_else
from portal.foundation.clock import LOCAL, local_date
from tests.unit.bookings.handmade import (
    DAY,
    HOUR,
    MONDAY,
    NOTHING,
    TUESDAY,
    busy,
    clock,
    dated,
    diary,
    utc,
    weekly,
    wish,
    worker,
)

HOME, TEAM = frozenset({Place.HOME}), frozenset({Place.TEAM})


def talk(day=MONDAY, start="10:00", end="11:00", who=1, place=Place.HOME, travel=NOTHING, name="talk"):
    return Stands(name, who, place, utc(day, start), utc(day, end), travel)


def away(first, last=None, who=1):
    """Leave: whole days, as the diary holds them."""
    begin = utc(first, "00:00")
    after = date.fromisoformat(last or first) + DAY
    return Busy(who, begin, utc(str(after), "00:00"))


WORKS = weekly(MONDAY)
#: What is written after, and whether a talk at home on Monday from ten until eleven stands.
AFTER = {
    "nothing changes": (diary(WORKS), True),
    "begins later, before the talk": (diary(weekly(MONDAY, "10:00")), True),
    "begins when it has begun": (diary(weekly(MONDAY, "10:15")), False),
    "ends when it ends": (diary(weekly(MONDAY, "09:00", "11:00")), True),
    "ends before it ends": (diary(weekly(MONDAY, "09:00", "10:59")), False),
    "two pieces that touch": (diary(weekly(MONDAY, "09:00", "10:30"), weekly(MONDAY, "10:30", "12:00")), True),
    "two pieces that do not": (diary(weekly(MONDAY, "09:00", "10:30"), weekly(MONDAY, "10:45", "12:00")), False),
    "another place": (diary(weekly(MONDAY, places=TEAM)), False),
    "another day": (diary(weekly(TUESDAY)), False),
    "no hours": (diary(), False),
    "until that day, the last day not included": (diary(weekly(MONDAY, until=date(2026, 11, 23))), False),
    "until the day after": (diary(weekly(MONDAY, until=date(2026, 11, 24))), True),
    "from the week after": (diary(weekly(MONDAY, since=date(2026, 11, 24))), False),
    "every two weeks, that week": (diary(weekly(MONDAY, since=date(2026, 11, 9), every=2)), True),
    "every two weeks, the other": (diary(weekly(MONDAY, since=date(2026, 11, 16), every=2)), False),
    "leave that day": (diary(WORKS, away(MONDAY)), False),
    "leave around it": (diary(WORKS, away("2026-11-20", "2026-11-25")), False),
    "leave the day after": (diary(WORKS, away(TUESDAY)), True),
    "leave of a colleague": (diary(WORKS, away(MONDAY, who=2)), True),
    "a day off": (diary(WORKS, dated(MONDAY, "00:00", "00:00")), False),
    "another hour that day": (diary(WORKS, dated(MONDAY, "13:00", "15:00")), False),
    "that day as well": (diary(WORKS, dated(MONDAY, "09:30", "11:30")), True),
    "closed": (diary(WORKS, closed=[MONDAY]), False),
    "closed the day after": (diary(WORKS, closed=[TUESDAY]), True),
    "cannot be booked": (diary(WORKS, workers=()), False),
    "a colleague is there": (diary(weekly(MONDAY, who=2), workers=(worker(), worker(2))), False),
    "fewer talks a day": (diary(WORKS, workers=(worker(most=1),), booked={(1, MONDAY): 5}), True),
    "other skills": (diary(WORKS, workers=(worker(skills=["money"], languages=["ar"]),)), True),
}


@pytest.mark.parametrize("name", AFTER)
def test_a_talk_stands_or_breaks(name):
    after, stands = AFTER[name]
    assert fits(after, talk()) is stands
    assert [one.booking_id for one in broken_by(diary(WORKS), after, [talk()])] == ([] if stands else ["talk"])


def test_what_did_not_fit_before_is_not_broken_by_this():
    assert broken_by(diary(), diary(), [talk()]) == []
    assert broken_by(diary(closed=[MONDAY]), diary(WORKS, closed=[MONDAY]), [talk()]) == []


def test_what_is_broken_stands_in_the_order_of_time():
    talks = [talk(TUESDAY, name="c"), talk(start="11:00", end="12:00", name="b"), talk(name="a")]
    before = diary(WORKS, weekly(TUESDAY))
    assert [one.booking_id for one in broken_by(before, diary(), talks)] == ["a", "b", "c"]


def test_travel_may_lie_outside_the_hours_and_not_in_leave():
    late = talk(start="23:00", end="24:00", travel=HOUR)
    works = weekly(MONDAY, "09:00", "24:00")
    assert fits(diary(works), late)
    assert not fits(diary(works, away(TUESDAY)), late)


MINUTES = st.integers(0, 24 * 4).map(
    lambda quarter: "24:00" if quarter == 96 else f"{quarter // 4:02}:{quarter % 4 * 15:02}"
)
HOURS = st.tuples(MINUTES, MINUTES).map(sorted).filter(lambda pair: pair[0] < pair[1])
DAYS = st.integers(0, 6).map(lambda number: str(date(2026, 11, 23) + number * DAY))
PLACES = st.sets(st.sampled_from([Place.HOME, Place.TEAM])).map(frozenset)


@st.composite
def diaries(draw):
    entries = [
        weekly(day, *pair, places=places, every=every, since=date(2026, 11, 23))
        for day, pair, places, every in draw(st.lists(st.tuples(DAYS, HOURS, PLACES, st.integers(1, 2)), max_size=6))
    ]
    entries += [dated(day, *pair, places=places) for day, pair, places in
                draw(st.lists(st.tuples(DAYS, HOURS, PLACES), max_size=2))]  # fmt: skip
    entries += [away(day) for day in draw(st.lists(DAYS, max_size=2))]
    return diary(*entries, closed=draw(st.lists(DAYS, max_size=1)))


@st.composite
def talks(draw):
    number, quarter = draw(st.integers(0, 13)), draw(st.integers(0, 92))
    day = str(date(2026, 11, 23) + number * DAY)
    return talk(day, f"{quarter // 4:02}:{quarter % 4 * 15:02}", clock_after(quarter + 4),
                place=draw(st.sampled_from([Place.HOME, Place.TEAM])), name=f"{number}-{quarter}")  # fmt: skip


def clock_after(quarter):
    return "24:00" if quarter == 96 else f"{quarter // 4:02}:{quarter % 4 * 15:02}"


def stands_by_hand(book, one):
    """The same told another way: each quarter of the talk by itself, without the words of `availability`."""
    day = local_date(one.start)
    if day in book.closed:
        return False
    hours = [row for row in book.dated if row.day == day] or [
        row for row in book.patterns
        if row.weekday == day.weekday() and row.valid_from <= day
        and ((day - timedelta(days=day.weekday())) - date(2026, 11, 23)).days // 7 % row.every == 0
    ]  # fmt: skip
    moment = one.start
    while moment < one.end:
        wall = moment.astimezone(LOCAL).time()
        inside = any(row.start <= wall < row.end and one.place in row.places for row in hours)
        if not inside or any(leave.start <= moment < leave.end for leave in book.busy):
            return False
        moment += timedelta(minutes=15)
    return True


@given(diaries(), diaries(), st.lists(talks(), max_size=6, unique_by=lambda one: one.booking_id))
def test_what_is_broken_is_what_stood_and_stands_no_longer_quarter_by_quarter(before, after, agreed):
    found = {one.booking_id for one in broken_by(before, after, agreed)}
    by_hand = {
        one.booking_id for one in agreed if stands_by_hand(before, one) and not stands_by_hand(after, one)
    }  # fmt: skip
    assert found == by_hand


@given(diaries(), diaries(), diaries(), st.lists(talks(), max_size=4, unique_by=lambda one: one.booking_id))
def test_two_changes_break_no_more_than_each_by_itself(first, second, third, agreed):
    def broken(before, after):
        return {one.booking_id for one in broken_by(before, after, agreed)}

    assert broken(first, third) <= broken(first, second) | broken(second, third)
    assert broken(first, first) == set()


def test_who_else_is_free_then_with_the_fewest_talks_first():
    three = (worker(1), worker(2), worker(3), worker(4))
    book = diary(
        WORKS, weekly(MONDAY, who=2), weekly(MONDAY, who=3), weekly(TUESDAY, who=4), workers=three,
        booked={(2, MONDAY): 2, (3, MONDAY): 1},
    )  # fmt: skip
    now = utc(MONDAY, "07:00")
    assert who_else(book, wish(), talk(), now, HOUR, DAY) == [3, 2]
    assert who_else(book, wish(), talk(), utc(MONDAY, "09:30"), HOUR, DAY) == []
    assert who_else(book, wish(skills=frozenset({"woman"})), talk(), now, HOUR, DAY) == []
    taken = replace(book, busy=[busy(MONDAY, "10:30", "10:45", 3)])
    assert who_else(taken, wish(), talk(), now, HOUR, DAY) == [2]


@pytest.mark.parametrize(("wall", "beside"), [
    ("09:00", False), ("09:15", False), ("09:10", True), ("23:59", True), ("00:00", False),
])  # fmt: skip
def test_hours_may_lie_beside_the_grid_and_it_is_known(wall, beside):
    assert is_beside_the_grid(clock(wall)) is beside
    assert is_beside_the_grid(time.max) is False
