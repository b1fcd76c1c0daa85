"""Diaries by hand, and free moments as the clock on the wall shows them."""

from datetime import UTC, date, datetime, time, timedelta

from portal.bookings.availability import (
    Busy,
    DatedHours,
    Diary,
    Pattern,
    Place,
    Wish,
    Worker,
    free_moments,
)
from portal.foundation.clock import LOCAL

ALL, HOME = frozenset(Place), frozenset({Place.HOME})
NOTHING, QUARTER, HOUR, DAY = timedelta(), timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
LONG_AGO = date(2026, 1, 5)
MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"


def clock(written):
    """A time on the wall; 24:00 is midnight at the end."""
    return time.max if written == "24:00" else time.fromisoformat(written)


def utc(day, wall):
    return datetime.combine(date.fromisoformat(day), clock(wall), LOCAL).astimezone(UTC)


def weekly(day, start="09:00", end="12:00", who=1, places=ALL, since=LONG_AGO, until=None, every=1):
    return Pattern(who, date.fromisoformat(day).weekday(), clock(start), clock(end), places, since, until, every)


def dated(day, start="09:00", end="12:00", who=1, places=ALL):
    return DatedHours(who, date.fromisoformat(day), clock(start), clock(end), places)


def busy(day, start, end, who=1):
    return Busy(who, utc(day, start), utc(day, end))


def worker(who=1, most=9, skills=(), languages=("nl",)):
    return Worker(who, most, frozenset(skills), frozenset(languages))


ALONE = (worker(),)


def diary(*entries, workers=ALONE, booked=None, closed=()):
    """A diary of what is handed over, each sort in its place."""
    sorts = [[one for one in entries if isinstance(one, sort)] for sort in (Pattern, DatedHours, Busy)]
    booked = {(who, date.fromisoformat(day)): count for (who, day), count in (booked or {}).items()}
    return Diary(workers, *sorts, booked, frozenset(map(date.fromisoformat, closed)))


def wish(length=HOUR, travel=NOTHING, place=Place.HOME, **more):
    return Wish(place, length, travel, **more)


def free(book, asked=None, day=MONDAY, at="00:00", lead=NOTHING, horizon=DAY):
    return list(free_moments(book, asked or wish(), utc(day, at), lead, horizon))


def shown(moments):
    """The first and the last start on the wall, and how many: enough for a row without holes."""
    walls = [f"{one.start.astimezone(LOCAL):%H:%M}" for one in moments]
    return (walls[0], walls[-1], len(walls)) if walls else ()


def starts(moments):
    return " ".join(f"{one.start.astimezone(LOCAL):%H:%M}" for one in moments)


def days(moments):
    return sorted({str(one.start.astimezone(LOCAL).date()) for one in moments})
