"""Changes of a diary, each as what somebody asks: written once, however often it is sent.

`staff_id` is whose diary it is, or `team` which team. Who calls it has the right to, and has looked whether it is well
formed; the database refuses what cannot be.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.bookings.models import BookingWorker, Closure, Leave, WorkDay, WorkPattern
from portal.foundation.clock import local_date

ONE_DAY = timedelta(days=1)


class Edit(Protocol):
    """A change of one diary, or of a team."""

    @property
    def staff_id(self) -> int | None:
        """Whose diary it is; None for a whole team."""

    @property
    def team(self) -> str | None:
        """Which team it is; None for one diary."""

    def write(self, session: Session, now: datetime) -> None:
        """Make it so; again, it changes nothing."""


@dataclass(frozen=True)
class OfOne:
    """A change of somebody's own diary."""

    staff_id: int
    team = None


@dataclass(frozen=True)
class AddHours(OfOne):
    """Hours that come back on these weekdays (0 is Monday); `until` is the first day without them."""

    weekdays: tuple[int, ...]
    start: str
    end: str
    places: tuple[str, ...]
    since: date
    until: date | None
    every: int

    def write(self, session: Session, now: datetime) -> None:
        """Add what is not there yet."""
        for weekday in self.weekdays:
            facts = {
                "staff_id": self.staff_id, "weekday": weekday, "start": self.start, "end": self.end,
                "valid_from": self.since, "valid_until": self.until, "every": self.every,
            }  # fmt: skip
            known = session.scalars(select(WorkPattern).filter_by(**facts)).all()
            if not any(set(one.places) == set(self.places) for one in known):
                session.add(WorkPattern(**facts, places=sorted(self.places)))


@dataclass(frozen=True)
class EndHours(OfOne):
    """Hours that come back end; `until` is the first day without them. What never began is gone."""

    pattern_id: int
    until: date

    def write(self, session: Session, now: datetime) -> None:
        """End it, unless it ends before."""
        found = session.get(WorkPattern, self.pattern_id)
        if found is None or found.staff_id != self.staff_id:
            return
        if self.until <= found.valid_from:
            session.delete(found)
        elif found.valid_until is None or found.valid_until > self.until:
            found.valid_until = self.until


@dataclass(frozen=True)
class SetDay(OfOne):
    """The hours of one day, in the place of all others; from and until the same is a day off."""

    day: date
    start: str
    end: str
    places: tuple[str, ...]

    def write(self, session: Session, now: datetime) -> None:
        """Put it in the place of what was said of that day."""
        session.execute(delete(WorkDay).where(WorkDay.staff_id == self.staff_id, WorkDay.day == self.day))
        session.add(
            WorkDay(staff_id=self.staff_id, day=self.day, start=self.start, end=self.end, places=sorted(self.places))
        )


@dataclass(frozen=True)
class UsualDay(OfOne):
    """A day is as usual again."""

    day: date

    def write(self, session: Session, now: datetime) -> None:
        """Forget what was said of that day."""
        session.execute(delete(WorkDay).where(WorkDay.staff_id == self.staff_id, WorkDay.day == self.day))


@dataclass(frozen=True)
class About(OfOne):
    """Who somebody is in a diary, and whether one can book them; begins a diary where there is none."""

    team_slug: str
    most_a_day: int
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    active: bool

    def write(self, session: Session, now: datetime) -> None:
        """Write it down."""
        worker = session.get(BookingWorker, self.staff_id)
        if worker is None:
            worker = BookingWorker(staff_id=self.staff_id)
            session.add(worker)
        worker.team_slug, worker.most_a_day, worker.active = self.team_slug, self.most_a_day, self.active
        worker.skills, worker.languages = sorted(self.skills), sorted(self.languages)


@dataclass(frozen=True)
class Away(OfOne):
    """Somebody is not there, the last day included."""

    first: date
    last: date

    def write(self, session: Session, now: datetime) -> None:
        """Write it down."""
        _once(session, Leave, staff_id=self.staff_id, first=self.first, last=self.last)


@dataclass(frozen=True)
class BackAgain(OfOne):
    """Leave is taken back; what is over of it stays."""

    leave_id: int

    def write(self, session: Session, now: datetime) -> None:
        """From today on they are there."""
        found = session.get(Leave, self.leave_id)
        if found is not None and found.staff_id == self.staff_id:
            _end_today(session, found, local_date(now))


@dataclass(frozen=True)
class OfTeam:
    """A change for all of a team."""

    team: str
    staff_id = None


@dataclass(frozen=True)
class Close(OfTeam):
    """A team is closed, the last day included."""

    first: date
    last: date

    def write(self, session: Session, now: datetime) -> None:
        """Write it down."""
        _once(session, Closure, team_slug=self.team, first=self.first, last=self.last)


@dataclass(frozen=True)
class OpenAgain(OfTeam):
    """A closure is taken back; what is over of it stays."""

    closure_id: int

    def write(self, session: Session, now: datetime) -> None:
        """From today on the team is open."""
        found = session.get(Closure, self.closure_id)
        if found is not None and found.team_slug == self.team:
            _end_today(session, found, local_date(now))


def _once(session: Session, table: Any, **facts: Any) -> None:
    if session.scalar(select(table.id).filter_by(**facts).limit(1)) is None:
        session.add(table(**facts))


def _end_today(session: Session, found: Any, today: date) -> None:
    if found.first >= today:
        session.delete(found)
    elif found.last >= today:
        found.last = today - ONE_DAY
