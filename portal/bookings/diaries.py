"""From rows to what `availability` looks at: a team's diary in seven questions, however long it is.

Who looks for free moments mostly finds them in the first days: what stands in the diaries is read a piece at a time.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NULLTYPE

from portal.bookings.availability import (
    Busy,
    DatedHours,
    Diary,
    Moment,
    Pattern,
    Place,
    Wish,
    Worker,
    free_moments,
    is_free,
)
from portal.bookings.models import MIDNIGHT, Booking, BookingWorker, Closure, Leave, WorkDay, WorkPattern
from portal.bookings.room_diaries import Listed, listed_rooms, rooms_between
from portal.bookings.standing import is_taken
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.policies import Policy

#: What is read of a diary at once: few look beyond the first week, and of a full team no more than is needed.
PIECE = timedelta(days=7)
#: What makes a moment a later one.
JUST_AFTER = timedelta(microseconds=1)
ONE_DAY, NO_TIME = timedelta(days=1), timedelta(0)


def midnight(day: date) -> datetime:
    """The moment at which a day begins here."""
    return datetime.combine(day, time.min, LOCAL)


def as_moment(value: Any) -> datetime:
    """A moment as the driver of the database gave it: what the type of the column would have made of it."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value.astimezone(UTC)


class Read(dict[Any, Any]):
    """What the database gave, read once: thousands of talks share some hundreds of moments."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self._read(value)
        return found


class Diaries:
    """Reads diaries: on a session, or on a connection that only looks."""

    def __init__(self, reader: Session | Connection, policies: Mapping[str, Policy], now: datetime) -> None:
        self._reader, self._policies, self._now = reader, policies, now

    def of_team(self, team_slug: str, first: date, last: date) -> Diary:
        """When who of a team works from the first day to the last, and what is in their diary then."""
        diary = self._with_bookings(self._hours(team_slug, first, last), team_slug, first, last)
        return self._with_rooms(diary, self._listed(team_slug), first, last)

    def hours(self, team_slug: str, first: date, last: date) -> Diary:
        """The same without what is booked: hours, leave, closed days."""
        return self._hours(team_slug, first, last)

    def free(self, team_slug: str, wish: Wish, most: int, after: datetime | None) -> list[Moment]:
        """The first moments that can be chosen, at most so many; with `after` only those that begin later."""
        return list(islice(self.search(team_slug, wish, after), most))

    def search(self, team_slug: str, wish: Wish, after: datetime | None) -> Iterator[Moment]:
        """All of them one after the other: no more is read than is asked for."""
        begin = self._now + self._policies["booking_lead"].span()
        if after is not None:
            begin = max(begin, after + JUST_AFTER)
        end = local_date(self._now) + self._policies["booking_horizon"].span()
        return self._search(team_slug, wish, begin, end)

    def fits(self, team_slug: str, wish: Wish, moment: Moment, lead: timedelta | None = None) -> bool:
        """Whether this moment can be chosen now; with a `lead` so long before, whatever the policy says."""
        return self._is_free(team_slug, wish, moment, self._policies["booking_lead"].span() if lead is None else lead)

    def fits_again(self, lapsed: Booking, features: frozenset[str] = frozenset()) -> bool:
        """Whether what was held too long can be taken again; that it is soon by now does not matter."""
        travel = lapsed.starts_at - lapsed.busy_from
        wish = Wish(Place(lapsed.place), lapsed.ends_at - lapsed.starts_at, travel, features=features)
        moment = Moment(lapsed.starts_at, lapsed.ends_at, lapsed.staff_id)
        return self._is_free(lapsed.team_slug, wish, moment, NO_TIME)

    def _is_free(self, team_slug: str, wish: Wish, moment: Moment, lead: timedelta) -> bool:
        day, who = local_date(moment.start), moment.staff_id
        diary = self._with_bookings(self._hours(team_slug, day, day, who), team_slug, day, day, who)
        diary = self._with_rooms(diary, self._listed(team_slug, wish.place), day, day)
        return is_free(diary, wish, moment, self._now, lead, self._policies["booking_horizon"].span())

    def _search(self, team_slug: str, wish: Wish, begin: datetime, end: date) -> Iterator[Moment]:
        """From a moment until the first day that is too far away, a piece at a time."""
        first = local_date(begin)
        hours, listed = self._hours(team_slug, first, end), self._listed(team_slug, wish.place)
        while first < end:
            after = min(first + PIECE, end)
            diary = self._with_bookings(hours, team_slug, first, after - ONE_DAY)
            diary = self._with_rooms(diary, listed, first, after - ONE_DAY)
            yield from free_moments(diary, wish, begin, NO_TIME, after - first)
            first, begin = after, midnight(after)

    def _hours(self, team_slug: str, first: date, last: date, only: int | None = None) -> Diary:
        """Who works when, and who is away; nothing is booked yet. Five questions."""
        return Diary(
            workers=[
                Worker(row.staff_id, row.most_a_day, frozenset(row.skills), frozenset(row.languages))
                for row in self._rows(BookingWorker, team_slug, only)
            ],
            patterns=[
                Pattern(
                    row.staff_id, row.weekday, _clock(row.start), _clock(row.end), _places(row.places), row.valid_from,
                    row.valid_until, row.every,
                )
                for row in self._rows(
                    WorkPattern, team_slug, only, WorkPattern.valid_from <= last,
                    or_(WorkPattern.valid_until.is_(None), WorkPattern.valid_until > first),
                )
            ],
            dated=[
                DatedHours(row.staff_id, row.day, _clock(row.start), _clock(row.end), _places(row.places))
                for row in self._rows(WorkDay, team_slug, only, WorkDay.day.between(first, last))
            ],
            # a day more on both sides: travel begins the day before and ends the day after
            busy=[
                Busy(row.staff_id, midnight(row.first), midnight(row.last + ONE_DAY))
                for row in self._rows(
                    Leave, team_slug, only, Leave.first <= last + ONE_DAY, Leave.last >= first - ONE_DAY
                )
            ],
            booked_per_day={},
            closed=frozenset(self._closed(team_slug, first, last)),
        )  # fmt: skip

    def _with_bookings(
        self, hours: Diary, team_slug: str, first: date, last: date, only: int | None = None
    ) -> Diary:  # fmt: skip
        """The same with what is booked, and held still. One question."""
        moments = (type_coerce(one, NULLTYPE) for one in (Booking.starts_at, Booking.busy_from, Booking.busy_until))
        columns = (Booking.staff_id, *moments)
        rows = self._reader.execute(
            _of_team(select(*columns), Booking.staff_id, team_slug, only).where(
                is_taken(self._now), Booking.busy_until > midnight(first - ONE_DAY),
                Booking.busy_from < midnight(last + 2 * ONE_DAY),
            )
        ).all()  # fmt: skip
        at, on = Read(as_moment), Read(lambda value: local_date(as_moment(value)))
        return replace(
            hours,
            busy=[*hours.busy, *(Busy(staff_id, at[begin], at[end]) for staff_id, _start, begin, end in rows)],
            booked_per_day=Counter((staff_id, on[start]) for staff_id, start, _begin, _end in rows),
        )

    def _with_rooms(self, diary: Diary, listed: Listed, first: date, last: date) -> Diary:
        """The same with the rooms that are listed. One question more, where there are some."""
        begin, end = midnight(first), midnight(last + 2 * ONE_DAY)
        return replace(diary, rooms=rooms_between(self._reader, listed, begin, end, self._now))

    def _listed(self, team_slug: str, place: Place = Place.TEAM) -> Listed:
        """The rooms of a team, where the talk needs one."""
        return listed_rooms(self._reader, team_slug) if place is Place.TEAM else {}

    def _rows(self, table: Any, team_slug: str, only: int | None, *which: Any) -> Any:
        """The rows of a table of who can be met in a team, or of one of them."""
        query = select(table.__table__).where(*which)
        here = (
            _here(query, team_slug, only)
            if table is BookingWorker
            else _of_team(query, table.staff_id, team_slug, only)
        )
        return self._reader.execute(here)

    def _closed(self, team_slug: str, first: date, last: date) -> Iterator[date]:
        ours = or_(Closure.team_slug == team_slug, Closure.team_slug.is_(None))
        query = select(Closure.first, Closure.last).where(ours, Closure.first <= last, Closure.last >= first)
        for begin, end in self._reader.execute(query):
            day = max(begin, first)
            while day <= min(end, last):
                yield day
                day += ONE_DAY


def _here(query: Any, team_slug: str, only: int | None) -> Any:
    """Of who can be met in a team, or of one of them."""
    here = query.where(BookingWorker.team_slug == team_slug, BookingWorker.active)
    return here if only is None else here.where(BookingWorker.staff_id == only)


def _of_team(query: Any, staff_id: Any, team_slug: str, only: int | None) -> Any:
    return _here(query.join(BookingWorker, BookingWorker.staff_id == staff_id), team_slug, only)


def _clock(written: str) -> time:
    """A time on the clock; midnight at the end of a day is `time.max`."""
    return time.max if written == MIDNIGHT else time.fromisoformat(written)


def _places(names: list[str]) -> frozenset[Place]:
    return frozenset(map(Place, names))
