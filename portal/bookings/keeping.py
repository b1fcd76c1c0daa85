"""Keep a diary: look what a change would break, make it, and name the talks that it broke.

Nothing is cancelled: who calls it lets the kinds of requests act on what was broken (`losing.lose`). What was only held
for a form is let go, as nobody was promised it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.bookings.availability import Diary
from portal.bookings.changes import broken_by, fits
from portal.bookings.diaries import Diaries
from portal.bookings.edits import Edit
from portal.bookings.models import Booking, BookingWorker
from portal.bookings.standing import IS_LIVE, Standing, talk_of
from portal.foundation.clock import local_date
from portal.foundation.policies import Policy


class Breaks(Exception):
    """A change would break talks that nobody was shown; nothing was changed. `bookings` are all that it would break."""

    def __init__(self, bookings: list[Booking]) -> None:
        super().__init__(f"{len(bookings)} talks")
        self.bookings = bookings


class Keeping:
    """Changes diaries. Flushes; who calls it commits, or takes all of it back."""

    def __init__(self, session: Session, policies: Mapping[str, Policy], now: datetime) -> None:
        self._session, self._now = session, now
        self._standing, self._diaries = Standing(session, now), Diaries(session, policies, now)

    def keep(self, edit: Edit, seen: Collection[str] = ()) -> list[Booking]:
        """Make a change; returns the talks that it broke, which stand still, the first first.

        `seen` are the bookings that somebody agreed to break, by id. Raises `Breaks` when it would break another, and
        then nothing has changed. Made by two at once it is made once.
        """
        try:
            return self._keep(edit, frozenset(seen))
        except IntegrityError:  # somebody else began the same diary in the same moment
            return self._keep(edit, frozenset(seen))

    def _keep(self, edit: Edit, seen: frozenset[str]) -> list[Booking]:
        with self._session.begin_nested():
            broken = self._write(edit)
            booked = [one for one in broken if one.state == "booked"]
            if not {one.id for one in booked} <= seen:
                raise Breaks(booked)
            self._standing.release([one.id for one in broken if one.state == "held"], "lapsed")
        return booked

    def unfit(self) -> list[Booking]:
        """The talks to come that nobody could choose now, the first first: their worker left, or a team closed."""
        booked = self._to_come(Booking.state == "booked")
        diaries = self._read(booked)
        return [one for one in booked if not fits(diaries[one.team_slug], talk_of(one))]

    def _write(self, edit: Edit) -> list[Booking]:
        """Make a change and see what it broke, held or booked; nobody else writes in these diaries meanwhile."""
        ours = or_(Booking.staff_id == edit.staff_id, Booking.team_slug == edit.team)
        self._queue(edit, {one.team_slug for one in self._to_come(ours, IS_LIVE)})
        touched = self._to_come(ours, IS_LIVE)  # as it is now that it is our turn
        before = self._read(touched)
        edit.write(self._session, self._now)
        self._session.flush()
        after, by_team = self._read(touched), defaultdict(list)
        for one in touched:
            by_team[one.team_slug].append(talk_of(one))
        broken = {
            one.booking_id for team, talks in by_team.items() for one in broken_by(before[team], after[team], talks)
        }
        return [one for one in touched if one.id in broken]

    def _queue(self, edit: Edit, teams: Collection[str]) -> None:
        """Wait for whose diaries these are and for all who may take over: in one go, so that two never cross."""
        teams = {*teams, *([edit.team] if edit.team else [])}
        them = or_(BookingWorker.team_slug.in_(sorted(teams)), BookingWorker.staff_id == edit.staff_id)
        self._standing.queue(self._session.scalars(select(BookingWorker.staff_id).where(them)))

    def _to_come(self, *which: Any) -> list[Booking]:
        query = select(Booking).where(*which, Booking.ends_at > self._now).order_by(Booking.starts_at, Booking.id)
        return list(self._session.scalars(query.execution_options(populate_existing=True)))

    def _read(self, bookings: Iterable[Booking]) -> dict[str, Diary]:
        """The diary of each team on the days of these bookings, without what is booked."""
        days: dict[str, list[date]] = defaultdict(list)
        for one in bookings:
            days[one.team_slug].append(local_date(one.starts_at))
        return {team: self._diaries.hours(team, min(those), max(those)) for team, those in days.items()}
