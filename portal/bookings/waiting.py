"""How long one waits for a talk: each hour we look on which day the first moment is free, and keep one row a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.bookings.availability import Place, Wish
from portal.bookings.chart import ONE_WEEK, monday_of
from portal.bookings.diaries import Diaries
from portal.bookings.models import BookingWorker, FirstFree
from portal.foundation.clock import Clock, local_date, today
from portal.foundation.db import reading, writing
from portal.foundation.policies import Policy, read_policies
from portal.foundation.site import Site

#: The kinds of place that have a figure; somewhere else is as far as it is.
PLACES = (Place.HOME, Place.TEAM, Place.PHONE, Place.VIDEO)
#: A figure holds so long: looking again sooner tells nothing new.
LOOK_EVERY = timedelta(hours=1)
#: What is older than this is no answer to who asks today.
TOO_OLD = timedelta(days=7)
#: Weeks that the charts go back, the one of today with them.
WEEKS = 26


@dataclass(frozen=True)
class Figure:
    """The first day on which a talk could be had in one kind of place; None: not within the horizon."""

    free_on: date | None
    looked_at: datetime

    @property
    def days(self) -> int | None:
        """How many days one waits, from the day on which we looked."""
        return None if self.free_on is None else (self.free_on - local_date(self.looked_at)).days

    def keeps(self, promise: Policy) -> bool:
        """Whether who asked then could be helped within the promise."""
        return self.free_on is not None and self.free_on <= promise.due(local_date(self.looked_at))


def usual_wish(policies: Mapping[str, Policy], place: Place) -> Wish:
    """What most people ask: a talk of the usual length, at home in a neighbourhood near the team, and nothing more."""
    travel = policies["travel_near"].span() if place is Place.HOME else timedelta(0)
    return Wish(place, policies["talk_length"].span(), travel)


def look(site: Site, clock: Clock, path: Callable[..., Any]) -> int:
    """Look on which day the first moment is free, for each team that can be booked; returns how many rows it wrote.

    Once an hour at most, by whichever worker. Looking takes no lock, and each team is written by itself.
    """
    now, day = clock.now(), today(clock)
    with reading(site.engine) as connection:
        last = connection.execute(select(func.max(FirstFree.looked_at)).where(FirstFree.looked_on == day)).scalar()
        if last is not None and now - last < LOOK_EVERY:
            return 0
        policies = read_policies(connection, day)
        diaries = Diaries(connection, policies, now)
        teams = connection.execute(select(BookingWorker.team_slug).where(BookingWorker.active).distinct()).scalars()
        found = {
            team: {place: diaries.free(team, usual_wish(policies, place), 1, None) for place in PLACES}
            for team in sorted(teams)
        }
    for team, moments in found.items():
        with writing(site.engine) as session:
            for place, first in moments.items():
                _keep(session, team, place, day, now, local_date(first[0].start) if first else None)
    return len(found) * len(PLACES)


def _keep(session: Session, team: str, place: Place, day: date, now: datetime, free_on: date | None) -> None:
    """The one row of a day, as it is now; another worker may write it at the same moment."""
    row = {"team_slug": team, "place": str(place), "looked_on": day}
    same = [getattr(FirstFree, name) == value for name, value in row.items()]
    changed: Any = session.execute(update(FirstFree).where(*same).values(free_on=free_on, looked_at=now))
    if not changed.rowcount:
        try:
            with session.begin_nested():
                session.execute(insert(FirstFree).values(**row, free_on=free_on, looked_at=now))
        except IntegrityError:
            return  # it is there by now


def newest(reader: Connection, on: date) -> Mapping[str, Mapping[Place, Figure]]:
    """The newest figures of each team that has some, by place."""
    rows = reader.execute(
        select(FirstFree.__table__)
        .where(FirstFree.looked_on > on - TOO_OLD, FirstFree.looked_on <= on)
        .order_by(FirstFree.looked_on)
    )
    found: dict[str, dict[Place, Figure]] = {}
    for row in rows:
        found.setdefault(row.team_slug, {})[Place(row.place)] = Figure(row.free_on, row.looked_at)
    return found


def since(reader: Connection, on: date, *teams: str) -> Sequence[Any]:
    """The rows of the weeks of the charts, in order: team_slug, place, looked_on, free_on, looked_at."""
    first = monday_of(on) - (WEEKS - 1) * ONE_WEEK
    query = select(FirstFree.__table__).where(FirstFree.looked_on >= first, FirstFree.looked_on <= on)
    query = query.where(FirstFree.team_slug.in_(teams)) if teams else query
    return reader.execute(query.order_by(FirstFree.team_slug, FirstFree.place, FirstFree.looked_on)).all()


def by_week(rows: Sequence[Any], place: Place) -> Mapping[date, list[int | None]]:
    """The days one waited in one kind of place, each day we looked, by the Monday of its week."""
    found: dict[date, list[int | None]] = {}
    for row in rows:
        if row.place == place:
            days = None if row.free_on is None else (row.free_on - row.looked_on).days
            found.setdefault(monday_of(row.looked_on), []).append(days)
    return found
