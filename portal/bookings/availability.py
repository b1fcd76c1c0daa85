"""Which moments for a talk are free. Pure; moments are in UTC, hours of work as the Dutch clock on the wall shows them.

Hours begin and end at the first moment at which the clock shows that time or a later one (`rules.shown_at`). A length
is always in real minutes. A talk belongs to the day on which it starts and is over by midnight.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from portal.bookings.rules import GRID, Span, in_utc, is_holiday, is_shown_again, joined, shown_at, up_to_grid
from portal.foundation.clock import local_date

ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)
NOON = time(12)
#: Of a part of the day the first time on the wall, and the first one after it.
PARTS = {"": (time.min, time.max), "morning": (time.min, NOON), "afternoon": (NOON, time.max)}


class Place(StrEnum):
    """Where people talk."""

    HOME = "home"
    TEAM = "team"
    PHONE = "phone"
    VIDEO = "video"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Pattern:
    """Hours that come back each `every` weeks, counted from the week of `valid_from`. Weekday 0 is Monday.

    The end is no part of it, and `time.max` is midnight. `valid_until` is the first day without; None is for good.
    A pattern on a Saturday or Sunday counts as on any day; a holiday is left out. Raises ValueError when it cannot be.
    """

    staff_id: int
    weekday: int
    start: time
    end: time
    places: frozenset[Place]
    valid_from: date
    valid_until: date | None
    every: int = 1

    def __post_init__(self) -> None:
        _check_hours(self.start, self.end)
        if self.every < 1:
            raise ValueError(f"each {self.every} weeks is never")

    def holds_on(self, day: date) -> bool:
        """Whether it says something of this day."""
        if day.weekday() != self.weekday or day < self.valid_from or (self.valid_until and day >= self.valid_until):
            return False
        return (_monday(day) - _monday(self.valid_from)) // ONE_WEEK % self.every == 0


@dataclass(frozen=True)
class DatedHours:
    """Hours of one day in the place of the patterns, on a holiday too; a day may have more of them.

    The end is no part of it, and `time.max` is midnight; start and end alike: no work. Raises ValueError when the end
    comes first.
    """

    staff_id: int
    day: date
    start: time
    end: time
    places: frozenset[Place]

    def __post_init__(self) -> None:
        _check_hours(self.start, self.end)


class Busy(NamedTuple):
    """What is taken of somebody's time, in UTC, with its own travel: leave, blocks and bookings alike.

    There are thousands of them; this is the lightest thing with names.
    """

    staff_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Room:
    """A room of the team, what it has that helps somebody, and when it is taken, in UTC."""

    features: frozenset[str]
    taken: Collection[Span]


@dataclass(frozen=True)
class Worker:
    """Somebody one can talk with, in so many talks a day."""

    staff_id: int
    most_a_day: int
    skills: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True)
class Wish:
    """What somebody asks. `travel` is kept free before and after the talk. All of the talk lies in the part of the day.

    `features` are asked of the room, where there are rooms.
    Raises ValueError for a talk that takes no time, or travel of less than none.
    """

    place: Place
    length: timedelta
    travel: timedelta
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    part: Literal["", "morning", "afternoon"] = ""
    features: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.length <= timedelta() or self.travel < timedelta():
            raise ValueError(f"no talk takes {self.length} with {self.travel} of travel")


@dataclass(frozen=True)
class Moment:
    """A talk with somebody, in UTC and without travel."""

    start: datetime
    end: datetime
    staff_id: int


@dataclass(frozen=True)
class Diary:
    """All that is known of a team. `booked_per_day` counts talks by staff id and Dutch date; closed days have none.

    With `rooms` a talk at the team needs one that is free from its beginning to its end; without, rooms are no matter.
    """

    workers: Collection[Worker]
    patterns: Collection[Pattern]
    dated: Collection[DatedHours]
    busy: Collection[Busy]
    booked_per_day: Mapping[tuple[int, date], int]
    closed: frozenset[date]
    rooms: Collection[Room] = ()


def free_moments(diary: Diary, wish: Wish, now: datetime, lead: timedelta, horizon: timedelta) -> Iterator[Moment]:
    """The moments to choose from in order, each start once: with who has the fewest talks that day, then by staff id.

    None starts before `now` and `lead`, in real time. The horizon is in whole days, of which today is the first. Days
    are looked at one by one, as they are asked for.
    """
    earliest, agendas = in_utc(now) + lead, _agendas(diary, wish)
    day, after = max(local_date(now), local_date(earliest)), local_date(now) + horizon
    while day < after:
        with_whom: dict[datetime, int] = {}
        for agenda in sorted(agendas, key=lambda one: (one.booked(day), one.worker.staff_id)):
            for start in agenda.starts(wish, day, earliest):
                with_whom.setdefault(start, agenda.worker.staff_id)
        for start in sorted(with_whom):
            yield Moment(start, start + wish.length, with_whom[start])
        day += ONE_DAY


def is_free(diary: Diary, wish: Wish, moment: Moment, now: datetime, lead: timedelta, horizon: timedelta) -> bool:
    """Whether this can be booked, by the rules of `free_moments`; the worker need not be the one who is offered."""
    start, earliest = in_utc(moment.start), in_utc(now) + lead
    day, today = local_date(start), local_date(now)
    if in_utc(moment.end) - start != wish.length or not today <= day < today + horizon:
        return False
    agendas = _agendas(diary, wish, only=moment.staff_id)
    return any(start in agenda.starts(wish, day, earliest) for agenda in agendas)


class _Agenda:
    """What one worker does and when they are taken, ready to look up."""

    def __init__(self, diary: Diary, worker: Worker, busy: Iterable[Span], rooms: "_Rooms") -> None:
        self.worker, self._diary, self._rooms = worker, diary, rooms
        self._patterns = [one for one in diary.patterns if one.staff_id == worker.staff_id]
        self._dated: dict[date, list[DatedHours]] = defaultdict(list)
        for one in diary.dated:
            if one.staff_id == worker.staff_id:
                self._dated[one.day].append(one)
        self._busy = _Taken(busy)

    def booked(self, day: date) -> int:
        """How many talks they have that day."""
        return self._diary.booked_per_day.get((self.worker.staff_id, day), 0)

    def starts(self, wish: Wish, day: date, earliest: datetime) -> Iterator[datetime]:
        """When a talk can start that day, in order, at the earliest then."""
        if day in self._diary.closed or self.booked(day) >= self.worker.most_a_day:
            return
        for begin, end in self._hours(wish, day):
            start = up_to_grid(max(begin, earliest))
            while start + wish.length <= end:
                taken_until = self._busy.until(start - wish.travel, start + wish.length + wish.travel)
                if taken_until:
                    start = up_to_grid(taken_until + wish.travel)
                    continue
                if not is_shown_again(start) and self._rooms.has_one(start):
                    yield start
                start += GRID

    def _hours(self, wish: Wish, day: date) -> list[Span]:
        """When they work that day in the place and the part of the day that is asked."""
        hours: Sequence[Pattern | DatedHours] = self._dated.get(day, [])
        if not hours and not is_holiday(day):
            hours = [one for one in self._patterns if one.holds_on(day)]
        first, after = PARTS[wish.part]
        spans = ((max(one.start, first), min(one.end, after)) for one in hours if wish.place in one.places)
        return joined((shown_at(day, start), shown_at(day, end)) for start, end in spans if start < end)


class _Taken:
    """Time that is taken, ready to look up."""

    def __init__(self, spans: Iterable[Span]) -> None:
        taken = joined(spans)
        self._begins, self._ends = [begin for begin, _ in taken], [end for _, end in taken]

    def until(self, begin: datetime, end: datetime) -> datetime | None:
        """When the first thing that takes a piece of this is over; None when nothing does."""
        at = bisect_right(self._ends, begin)
        return self._ends[at] if at < len(self._ends) and self._begins[at] < end else None


class _Rooms:
    """The rooms in which a talk can be; of a talk elsewhere, and of a team that lists none, they are no matter."""

    def __init__(self, diary: Diary, wish: Wish) -> None:
        self._matter = bool(diary.rooms) and wish.place is Place.TEAM
        self._length, self._known = wish.length, dict[datetime, bool]()
        fitting = [one for one in diary.rooms if wish.features <= one.features] if self._matter else []
        self._taken = [_Taken((in_utc(begin), in_utc(end)) for begin, end in one.taken) for one in fitting]

    def has_one(self, begin: datetime) -> bool:
        """Whether there is a room for all of a talk that begins then; looked up once for all workers."""
        if not self._matter:
            return True
        known = self._known.get(begin)
        if known is None:
            end = begin + self._length
            known = self._known[begin] = any(room.until(begin, end) is None for room in self._taken)
        return known


def _agendas(diary: Diary, wish: Wish, only: int | None = None) -> list[_Agenda]:
    """The agendas of who can do what is asked, or of one of them."""
    rooms = _Rooms(diary, wish)
    able = [one for one in diary.workers if wish.skills <= one.skills and wish.languages <= one.languages]
    busy: dict[int, list[Span]] = {one.staff_id: [] for one in able if only in {None, one.staff_id}}
    for taken in diary.busy:
        if taken.staff_id in busy:
            busy[taken.staff_id].append((in_utc(taken.start), in_utc(taken.end)))
    return [_Agenda(diary, one, busy[one.staff_id], rooms) for one in able if one.staff_id in busy]


def _monday(day: date) -> date:
    return day - day.weekday() * ONE_DAY


def _check_hours(start: time, end: time) -> None:
    if end < start:
        raise ValueError(f"hours from {start} until {end} go back in time; midnight at the end is time.max")
