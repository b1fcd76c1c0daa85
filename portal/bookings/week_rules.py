"""A week of diaries: which week, which days and hours are shown, and who does what on a day. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from portal.bookings.availability import Pattern
from portal.bookings.rules import is_holiday
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.workdays import SATURDAY, holidays

ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)
#: The hours that a grid shows at least: from the first until the second.
FIRST_HOUR, LAST_HOUR = 8, 17
_WRITTEN = re.compile(r"(20\d\d)-W(\d\d)")


@dataclass(frozen=True)
class Home:
    """Where somebody lives who is visited."""

    street: str | None
    house: str
    postcode: str


@dataclass(frozen=True)
class Talk:
    """What the diary says of a talk to who may see its request. `address` is None when it is not shown now.

    `language` is what somebody wrote down themselves; `locale` is the code of what we write in.
    """

    reference: str
    kind: str
    locale: str
    language: str | None
    interpreter: bool
    address: Home | None


@dataclass(frozen=True)
class Entry:
    """A piece of somebody's time, in UTC. Without `talk` it is busy, and nothing more is said.

    `things` are (kind, name) of what is taken for it; a name is empty when it was lost. `ahead` is whether it is still
    to come.
    """

    staff_id: int
    staff: str
    starts_at: datetime
    ends_at: datetime
    busy_from: datetime
    busy_until: datetime
    state: str
    place: str
    ahead: bool
    talk: Talk | None
    things: tuple[tuple[str, str], ...] = ()

    @property
    def has_travel(self) -> bool:
        """Whether somebody is on the way before it or after it."""
        return self.busy_from < self.starts_at or self.ends_at < self.busy_until


@dataclass(frozen=True)
class Off:
    """Days on which something holds, the last one included: for one worker, or for all when `staff_id` is None."""

    staff_id: int | None
    first: date
    last: date


@dataclass(frozen=True)
class OneDay:
    """Hours of one day in the place of the pattern; from and until the same moment is a day off."""

    staff_id: int
    day: date
    start: time
    end: time


@dataclass(frozen=True)
class Around:
    """What stands around the talks of a week: leave, single days, closures and the hours that come back."""

    leave: Sequence[Off] = ()
    days: Sequence[OneDay] = ()
    closures: Sequence[Off] = ()
    patterns: Sequence[Pattern] = ()


@dataclass(frozen=True)
class Day:
    """One day of a week. `holiday` is its Dutch name, empty for a day that is equated with one, None for no holiday.

    `leave` and `off` are whose leave or day off it is; `hours` are when each of the others works, by staff id.
    """

    date: date
    holiday: str | None
    closed: bool
    leave: frozenset[int]
    off: frozenset[int]
    hours: Mapping[int, Sequence[tuple[time, time]]] = field(default_factory=dict)


def read_week(written: str) -> date | None:
    """The Monday of a week such as `2026-W48`; None when there is no such week.

    >>> read_week("2026-W48"), read_week("2026-W54")
    (datetime.date(2026, 11, 23), None)
    """
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None


def week_of(day: date) -> str:
    """The week of a day as it is written in an address.

    >>> week_of(datetime.date(2027, 1, 3))
    '2026-W53'
    """
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - day.weekday() * ONE_DAY


def the_days(monday: date, around: Around, people: Collection[int]) -> list[Day]:
    """The seven days of a week, with what holds on each for these people."""
    return [_day(monday + number * ONE_DAY, around, people) for number in range(7)]


def shown_days(days: Iterable[Day], entries: Iterable[Entry]) -> list[Day]:
    """Monday to Friday, and of the weekend the days on which something is."""
    busy = {local_date(entry.starts_at) for entry in entries}
    return [day for day in days if day.date.weekday() < SATURDAY or day.date in busy or day.hours]


def shown_hours(entries: Iterable[Entry]) -> range:
    """The hours of the clock that a grid needs; more than the usual ones when a talk is early or late."""
    first, last = FIRST_HOUR, LAST_HOUR
    for entry in entries:
        begin, until = _hours_of(entry)
        first, last = min(first, begin.hour), max(last, until)
    return range(first, last)


def by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    """The entries of each day on which one begins, in their order."""
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        found.setdefault(local_date(entry.starts_at), []).append(entry)
    return found


def by_hour(entries: Iterable[Entry]) -> dict[tuple[date, int], list[tuple[Entry, bool]]]:
    """The entries of each day and hour of the clock that they take a piece of, and whether they begin in it."""
    found: dict[tuple[date, int], list[tuple[Entry, bool]]] = {}
    for entry in sorted(entries, key=lambda one: (one.starts_at, one.staff)):
        begin, until = _hours_of(entry)
        for hour in range(begin.hour, until):
            found.setdefault((begin.date(), hour), []).append((entry, hour == begin.hour))
    return found


def _hours_of(entry: Entry) -> tuple[datetime, int]:
    """When it begins on the clock on the wall, and the first hour of that day of which it takes nothing any more."""
    begin, end = entry.starts_at.astimezone(LOCAL), entry.ends_at.astimezone(LOCAL)
    until = 24 if end.date() > begin.date() else end.hour + (end.minute > 0)
    return begin, max(until, begin.hour + 1)  # in the hour that comes twice it may end before it began


def _day(day: date, around: Around, people: Collection[int]) -> Day:
    leave = frozenset(one.staff_id for one in around.leave if one.staff_id and one.first <= day <= one.last)
    single = [one for one in around.days if one.day == day]
    off = frozenset(one.staff_id for one in single if one.start == one.end) - leave
    closed = any(one.first <= day <= one.last for one in around.closures)
    hours: dict[int, list[tuple[time, time]]] = {}
    for staff_id in people:
        spans = [] if closed or staff_id in leave | off else _hours(staff_id, day, single, around.patterns)
        if spans:
            hours[staff_id] = spans
    return Day(day, _holiday(day), closed, leave, off, hours)


def _hours(
    staff_id: int, day: date, single: Iterable[OneDay], patterns: Iterable[Pattern]
) -> list[tuple[time, time]]:  # fmt: skip
    own = [(one.start, one.end) for one in single if one.staff_id == staff_id]
    if own or is_holiday(day):
        return sorted(own)
    return sorted((one.start, one.end) for one in patterns if one.staff_id == staff_id and one.holds_on(day))


def _holiday(day: date) -> str | None:
    return holidays(day.year).get(day, "") if is_holiday(day) else None
