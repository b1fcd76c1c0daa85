"""Reads what the screens of diaries show: whose they are, hours, leave, closures. None changes anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import OF_A_TEAM
from portal.bookings.losing import LOST
from portal.bookings.models import Booking, BookingWorker, Closure, Leave, WorkDay, WorkPattern
from portal.bookings.standing import IS_LIVE
from portal.cases.models import Case, CaseEvent

#: Rows of a list that somebody goes through by hand.
MOST_LINES = 200


@dataclass(frozen=True)
class Hours:
    """What is kept of somebody's time, from today on; `worker` is None while there is no diary."""

    worker: Any
    patterns: Sequence[Any]
    days: Sequence[Any]


@dataclass(frozen=True)
class Lost:
    """A request whose moment was lost and that has no new one. `was_at` is that moment, `since` when it was lost."""

    reference: str
    kind: str
    team: str | None
    since: datetime
    was_at: datetime | None


def teams_in_which(reader: Connection, staff_id: int, today: date) -> list[str]:
    """The teams in which somebody works today, by name."""
    here = working_on(today).where(Staff.id == staff_id, StaffGrant.role.in_(sorted(OF_A_TEAM)))
    return sorted({row.team_slug for row in reader.execute(here)})


def hours_of(reader: Connection, staff_id: int, today: date) -> Hours:
    """The hours of somebody that are not over."""
    worker = reader.execute(select(BookingWorker.__table__).where(BookingWorker.staff_id == staff_id)).first()
    not_over = or_(WorkPattern.valid_until.is_(None), WorkPattern.valid_until > today)
    patterns = reader.execute(
        select(WorkPattern.__table__)
        .where(WorkPattern.staff_id == staff_id, not_over)
        .order_by(WorkPattern.weekday, WorkPattern.start, WorkPattern.valid_from, WorkPattern.id)
    )
    days = reader.execute(
        select(WorkDay.__table__)
        .where(WorkDay.staff_id == staff_id, WorkDay.day >= today)
        .order_by(WorkDay.day, WorkDay.start, WorkDay.id)
    )
    return Hours(worker, patterns.all(), days.all())


def has_diary(reader: Connection, staff_id: int) -> bool:
    """Whether somebody has a diary, to be booked or not."""
    query = select(BookingWorker.staff_id).where(BookingWorker.staff_id == staff_id)
    return reader.execute(query).first() is not None


def leave_of(reader: Connection, staff_id: int, today: date) -> Sequence[Any]:
    """When somebody is away, today or later, the first first: id, first, last."""
    query = select(Leave.__table__).where(Leave.staff_id == staff_id, Leave.last >= today)
    return reader.execute(query.order_by(Leave.first, Leave.id)).all()


def closures_of(reader: Connection, teams: Iterable[str], today: date) -> Sequence[Any]:
    """When these teams or the whole municipality are closed, today or later: id, team_slug, first, last."""
    ours = or_(Closure.team_slug.in_(sorted(teams)), Closure.team_slug.is_(None))
    query = select(Closure.__table__).where(ours, Closure.last >= today)
    return reader.execute(query.order_by(Closure.first, Closure.team_slug, Closure.id)).all()


def people_of(reader: Connection, teams: Iterable[str], today: date) -> list[tuple[int, str, bool]]:
    """Who works in these teams today, by name: (id, name, whether they have a diary that can be booked)."""
    in_teams = StaffGrant.team_slug.in_(sorted(teams))
    rows = reader.execute(working_on(today).where(in_teams, StaffGrant.role.in_(sorted(OF_A_TEAM)))).all()
    found = {row.id: row.name for row in rows}
    active = select(BookingWorker.staff_id).where(BookingWorker.staff_id.in_(sorted(found)), BookingWorker.active)
    booked = set(reader.execute(active).scalars())
    return [(staff_id, name, staff_id in booked) for staff_id, name in found.items()]


def lost_moments(session: Session, scope: Any) -> list[Lost]:
    """The requests in a scope whose moment was lost and of which nothing came since, the longest waiting first."""
    later = aliased(CaseEvent)
    moved_on = exists().where(
        later.case_id == CaseEvent.case_id, later.number > CaseEvent.number, later.from_state != later.to_state
    )
    rows = session.execute(
        select(Case.id, Case.reference, Case.kind, Case.team_slug, CaseEvent.at)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(
            scope, Case.closed_at.is_(None), CaseEvent.action == LOST, ~moved_on,
            ~exists().where(and_(Booking.case_id == Case.id, IS_LIVE)),
        )
        .order_by(CaseEvent.at, Case.id)
        .limit(MOST_LINES)
    ).all()  # fmt: skip
    was_at = _last_moments(session, [row.id for row in rows])
    return [Lost(row.reference, row.kind, row.team_slug, row.at, was_at.get(row.id)) for row in rows]


def _last_moments(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    rows = session.execute(
        select(Booking.case_id, Booking.starts_at).where(Booking.case_id.in_(ids)).order_by(Booking.sequence)
    )
    return {str(row.case_id): row.starts_at for row in rows}
