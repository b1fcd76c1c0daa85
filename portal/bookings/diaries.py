"""From rows to what `availability` looks at: a team's diary in six questions, however long it is.

Who looks for free moments mostly finds them in the first days: what stands in the diaries is read a piece at a time.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.orm import Session

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
from portal.bookings.standing import is_taken
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.policies import Policy

#: Days of a diary that are read at once, each piece twice as long as the one before: few look beyond the first.
FIRST_PIECE = 7
#: What makes a moment a later one.
JUST_AFTER = timedelta(microseconds=1)
ONE_DAY, NO_TIME = timedelta(days=1), timedelta(0)


def midnight(day: date) -> datetime:
    """The moment at which a day begins here."""
    return datetime.combine(day, time.min, LOCAL)


class Diaries:
    """Reads diaries: on a session, or on a connection that only looks."""

    def __init__(self, reader: Session | Connection, policies: Mapping[str, Policy], now: datetime) -> None:
        self._reader, self._policies, self._now = reader, policies, now

    def of_team(self, team_slug: str, first: date, last: date) -> Diary:
        """When who of a team works from the first day to the last, and what is in their diary then."""
        return self._with_bookings(self._hours(team_slug, first, last), team_slug, first, last)

    def free(self, team_slug: str, wish: Wish, most: int, after: datetime | None) -> list[Moment]:
        """The first moments that can be chosen, at most so many; with `after` only those that begin later."""
        begin = self._now + self._policies["booking_lead"].span()
        if after is not None:
            begin = max(begin, after + JUST_AFTER)
        end = local_date(self._now) + self._policies["booking_horizon"].span()
        return list(islice(self._search(team_slug, wish, begin, end), most))

    def fits(self, team_slug: str, wish: Wish, moment: Moment) -> bool:
        """Whether this moment can be chosen now."""
        return self._is_free(team_slug, wish, moment, self._policies["booking_lead"].span())

    def fits_again(self, lapsed: Booking) -> bool:
        """Whether what was held too long can be taken again; that it is soon by now does not matter."""
        travel = lapsed.starts_at - lapsed.busy_from
        wish = Wish(Place(lapsed.place), lapsed.ends_at - lapsed.starts_at, travel)
        moment = Moment(lapsed.starts_at, lapsed.ends_at, lapsed.staff_id)
        return self._is_free(lapsed.team_slug, wish, moment, NO_TIME)

    def _is_free(self, team_slug: str, wish: Wish, moment: Moment, lead: timedelta) -> bool:
        day, who = local_date(moment.start), moment.staff_id
        diary = self._with_bookings(self._hours(team_slug, day, day, who), team_slug, day, day, who)
        return is_free(diary, wish, moment, self._now, lead, self._policies["booking_horizon"].span())

    def _search(self, team_slug: str, wish: Wish, begin: datetime, end: date) -> Iterator[Moment]:
        """From a moment until the first day that is too far away, a piece at a time."""
        first, days = local_date(begin), FIRST_PIECE
        hours = self._hours(team_slug, first, end)
        while first < end:
            after = min(first + days * ONE_DAY, end)
            diary = self._with_bookings(hours, team_slug, first, after)
            yield from free_moments(diary, wish, begin, NO_TIME, after - first)
            first, days, begin = after, days * 2, midnight(after)

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
        columns = (Booking.staff_id, Booking.starts_at, Booking.busy_from, Booking.busy_until)
        rows = self._reader.execute(
            _of_team(select(*columns), Booking.staff_id, team_slug, only).where(
                is_taken(self._now), Booking.busy_until > midnight(first - ONE_DAY),
                Booking.busy_from < midnight(last + 2 * ONE_DAY),
            )
        ).all()  # fmt: skip
        return replace(
            hours,
            busy=[*hours.busy, *(Busy(staff_id, begin, end) for staff_id, _start, begin, end in rows)],
            booked_per_day=Counter((row.staff_id, local_date(row.starts_at)) for row in rows),
        )

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
