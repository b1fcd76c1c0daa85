"""Free moments held against a second computation: minute by minute, with a Dutch clock of its own."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from hypothesis import event, given, settings
from hypothesis import strategies as some

from portal.bookings.availability import (
    Busy,
    DatedHours,
    Diary,
    Moment,
    Pattern,
    Place,
    Room,
    Wish,
    Worker,
    free_moments,
    is_free,
)

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
#: Weeks with a clock that changes (one of them at Easter), a leap day, the turn of a year, holidays by law and by
#: decree, and nothing at all. What of them is a holiday, written as in a diary.
FIRST_DAYS = [
    date(2026, 10, 24), date(2026, 3, 28), date(2027, 3, 27), date(2028, 2, 27), date(2026, 12, 30),
    date(2026, 5, 13), date(2026, 11, 23),
]  # fmt: skip
HOLIDAYS = {date(2027, 1, 1), date(2027, 3, 28), date(2027, 3, 29), date(2026, 5, 14), date(2026, 5, 15)}
PLACES, TONGUES, FEATURES = [Place.HOME, Place.TEAM], ["nl", "ar"], ["lift", "quiet"]


def is_summer(moment):
    """From one in the morning in UTC of the last Sunday of March to that of October."""
    march, october = (datetime(moment.year, month, 31, 1, tzinfo=UTC) for month in (3, 10))
    return march - march.isoweekday() % 7 * DAY <= moment < october - october.isoweekday() % 7 * DAY


def on_the_wall(moment):
    return moment + (2 if is_summer(moment) else 1) * 60 * MINUTE


@lru_cache
def minutes_of(day):
    """Each minute of a Dutch day in order, with the latest minute of the day that the clock has shown until then.

    The third says whether the clock shows it for the first time.
    """
    minute, found, latest = datetime.combine(day, time(), UTC) - 3 * 60 * MINUTE, [], -1
    for _ in range(30 * 60):
        wall = on_the_wall(minute)
        if wall.date() == day:
            now = wall.hour * 60 + wall.minute
            found.append((minute, max(latest, now), now > latest))
            latest = max(latest, now)
        minute += MINUTE
    return found


def wall_minute(wall):
    return 1440 if wall == time.max else wall.hour * 60 + wall.minute


def says_something(pattern, day):
    """Walks on from the week in which a pattern begins."""
    monday = pattern.valid_from
    while monday.isoweekday() != 1:
        monday -= DAY
    while monday + 7 * DAY <= day:
        monday += 7 * DAY * pattern.every
    there = monday + pattern.weekday * DAY == day
    return there and pattern.valid_from <= day and not (pattern.valid_until and day >= pattern.valid_until)


def hours_of(diary, staff_id, day):
    if day in diary.closed:
        return []
    own = [one for one in diary.dated if (one.staff_id, one.day) == (staff_id, day)]
    if own or day in HOLIDAYS:
        return own
    return [one for one in diary.patterns if one.staff_id == staff_id and says_something(one, day)]


def working(diary, wish, staff_id, day):
    """The minutes of a day in which somebody works where it is asked, in the part of the day that is asked."""
    hours = [one for one in hours_of(diary, staff_id, day) if wish.place in one.places]
    part = {"": range(1440), "morning": range(720), "afternoon": range(720, 1440)}[wish.part]
    return {
        minute
        for minute, latest, _ in minutes_of(day)
        if latest in part and any(wall_minute(one.start) <= latest < wall_minute(one.end) for one in hours)
    }


def each_minute(start, end):
    return {start + n * MINUTE for n in range((end - start) // MINUTE)}


def minutes_with_a_room(diary, wish, start):
    """Whether in one and the same room each minute of a talk is nobody else's."""
    if wish.place is not Place.TEAM or not diary.rooms:
        return True
    talk = each_minute(start, start + wish.length)
    fitting = [one for one in diary.rooms if not set(wish.features) - set(one.features)]
    return any(not talk & set().union(*(each_minute(*span) for span in one.taken)) for one in fitting)


def all_free(diary, wish, now, lead, horizon):
    """Every moment with everybody who is free then."""
    today = on_the_wall(now).date()
    for worker in diary.workers:
        if set(wish.skills) - worker.skills or set(wish.languages) - worker.languages:
            continue
        mine = [each_minute(one.start, one.end) for one in diary.busy if one.staff_id == worker.staff_id]
        taken = set().union(*mine)
        for day in (today + n * DAY for n in range(horizon.days)):
            if diary.booked_per_day.get((worker.staff_id, day), 0) >= worker.most_a_day:
                continue
            works = working(diary, wish, worker.staff_id, day)
            for minute, latest, first in minutes_of(day):
                if not first or latest % 15 or minute < now + lead or minute not in works:
                    continue
                talk = each_minute(minute, minute + wish.length)
                with_travel = each_minute(minute - wish.travel, minute + wish.length + wish.travel)
                if talk <= works and not taken & with_travel and minutes_with_a_room(diary, wish, minute):
                    yield Moment(minute, minute + wish.length, worker.staff_id), day


def offered(diary, everything):
    """One moment for each start."""
    ranked = sorted(
        (moment.start, diary.booked_per_day.get((moment.staff_id, day), 0), moment.staff_id, moment)
        for moment, day in everything
    )
    return [row[-1] for n, row in enumerate(ranked) if not n or ranked[n - 1][0] < row[0]]


def a_time(minute):
    return time.max if minute == 1440 else time(*divmod(minute, 60))


#: Times on the wall: often around the hour at which clocks change, noon and midnight.
minutes = some.one_of(
    some.sampled_from([0, 60, 90, 120, 135, 150, 165, 180, 195, 240, 690, 720, 735, 750, 1380, 1425, 1440]),
    some.integers(0, 1440),
)
hours = some.tuples(minutes, minutes).map(sorted).map(lambda pair: [a_time(minute) for minute in pair])
long_hours = some.sampled_from([[time(0), time.max], [time(1), time(5)], [time(9), time(17)]])
places = some.frozensets(some.sampled_from(PLACES), min_size=1)
skills, languages = (some.frozensets(some.sampled_from(names)) for names in (["money"], TONGUES))


@some.composite
def diaries(draw):
    """A few people over four days, what they have to do and when it is looked at."""
    first = draw(some.sampled_from(FIRST_DAYS))
    day, who = some.integers(0, 3).map(lambda n: first + n * DAY), some.integers(1, 3)
    midnight = datetime.combine(first, time(), UTC)
    when, early = (some.integers(-120, last).map(lambda n: midnight + n * MINUTE) for last in (4 * 1440, 1440))
    patterns = some.builds(
        lambda who, day, pair, places, since, until, every: Pattern(
            who, day.weekday(), *pair, places, first - since * DAY, until and first + until * DAY, every
        ),
        who, day, long_hours | hours, places, some.integers(-2, 20), some.none() | some.integers(1, 4),
        some.sampled_from([1, 1, 1, 2, 3]),
    )  # fmt: skip
    own = some.builds(lambda who, day, pair, places: DatedHours(who, day, *pair, places), who, day, hours, places)
    lengths = some.one_of(some.integers(0, 90), some.sampled_from([0, 600, 1500]))
    taken = some.builds(lambda start, length: (start, start + length * MINUTE), when, lengths)
    rooms = some.builds(Room, some.frozensets(some.sampled_from(FEATURES)), some.lists(taken, max_size=8))
    busy = some.builds(lambda who, start, length: Busy(who, start, start + length * MINUTE), who, when, lengths)
    diary = Diary(
        workers=[Worker(n, draw(some.integers(1, 3)), draw(skills), draw(languages) | {"nl"}) for n in (2, 1, 3)],
        patterns=draw(some.lists(patterns, min_size=3, max_size=12)),
        dated=draw(some.lists(own, max_size=4)),
        busy=draw(some.lists(busy, max_size=12)),
        booked_per_day=draw(some.dictionaries(some.tuples(who, day), some.integers(0, 3), max_size=5)),
        closed=frozenset(draw(some.lists(day, max_size=1))),
        rooms=draw(some.lists(rooms, max_size=3)),
    )
    return diary, draw(early)


wishes = some.builds(
    Wish,
    some.sampled_from(PLACES),
    some.sampled_from([5, 15, 45, 60, 100]).map(lambda n: n * MINUTE),
    some.sampled_from([0, 15, 22, 60]).map(lambda n: n * MINUTE),
    some.sampled_from([frozenset(names) for names in ((), (), ("nl",), ("ar",))]),
    some.sampled_from([frozenset(names) for names in ((), (), (), ("money",))]),
    some.sampled_from(["", "", "", "morning", "afternoon"]),
    some.frozensets(some.sampled_from(FEATURES), max_size=1),
)
leads = some.sampled_from([0, 0, 7, 60, 24 * 60]).map(lambda n: n * MINUTE)
horizons = some.sampled_from([4, 3, 2, 1, 0]).map(lambda n: n * DAY)


@settings(deadline=None, max_examples=250)
@given(diaries(), wishes, leads, horizons, some.data())
def test_moments_are_those_of_who_walks_through_every_minute(diary_and_now, wish, lead, horizon, data):
    diary, now = diary_and_now
    everything = list(all_free(diary, wish, now, lead, horizon))
    found = list(free_moments(diary, wish, now, lead, horizon))
    event("something is free" if found else "nothing is free")
    event("rooms matter" if diary.rooms and wish.place is Place.TEAM else "rooms do not matter")
    assert found == offered(diary, everything)

    free = {moment for moment, _ in everything}
    starts = sorted({one.start for one in free})
    near = data.draw(some.lists(some.sampled_from(starts), max_size=4)) if starts else []
    tried = {now, *near, *(start + n * MINUTE for start in near for n in (-15, -60, 5, 15, 60))}
    for start in tried:
        for staff_id in (1, 2, 3, 4):
            moment = Moment(start, start + wish.length, staff_id)
            assert is_free(diary, wish, moment, now, lead, horizon) is (moment in free)


@settings(deadline=None)
@given(diaries(), wishes, leads, horizons)
def test_what_is_offered_can_be_booked_and_keeps_clear_of_what_is_taken(diary_and_now, wish, lead, horizon):
    diary, now = diary_and_now
    moments = list(free_moments(diary, wish, now, lead, horizon))
    assert [one.start for one in moments] == sorted({one.start for one in moments})
    for moment in islice(moments, 0, None, 7):
        assert is_free(diary, wish, moment, now, lead, horizon)
    for moment in moments:
        begin, end = moment.start - wish.travel, moment.end + wish.travel
        theirs = [one for one in diary.busy if one.staff_id == moment.staff_id and one.start < one.end]
        assert [one for one in theirs if one.start < end and begin < one.end] == []
        assert moment.start >= now + lead
        assert moment.start.minute % 15 == 0
