"""Walls: a case that somebody may not see though their role would let them, as they are what it is about."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import OF_A_TEAM, Role, teams_of
from portal.cases.events import add_event
from portal.cases.models import Case
from portal.cases.wall_models import CaseWall
from portal.cases.workflow import Author
from portal.foundation.security import Identity

#: Whatever its dates: a complaint looks back, and who led the team when it happened is led by nobody of it now.
_leads = StaffGrant.role == str(Role.TEAM_COORDINATOR)


def behind_wall(identity: Identity) -> ColumnElement[bool]:
    """The condition on `Case` under which it is kept from who asks: by name, or by a team they work in now.

    Also when it is about who leads a team they work in: nobody judges the one they work under.

    Who has no number as a member of the staff is kept from every case with a wall.
    """
    staff_id = getattr(identity, "staff_id", None)
    if staff_id is None:
        return exists().where(CaseWall.case_id == Case.id)
    teams = sorted(teams_of(identity.principals, OF_A_TEAM))
    whom: list[ColumnElement[bool]] = [CaseWall.staff_id == staff_id]
    if teams:
        above = select(StaffGrant.staff_id).where(_leads, StaffGrant.team_slug.in_(teams))
        whom += [CaseWall.team_slug.in_(teams), CaseWall.staff_id.in_(above)]
    return exists().where(CaseWall.case_id == Case.id, or_(*whom))


def kept_from(connection: Connection, case_id: str, today: date) -> frozenset[int]:
    """The numbers of who works here and is kept out of a case; the same people as `behind_wall` says of each."""
    query = select(CaseWall.staff_id, CaseWall.team_slug).where(CaseWall.case_id == case_id)
    walls = connection.execute(query).all()
    names = {wall.staff_id for wall in walls if wall.staff_id is not None}
    return behind(connection, names, {wall.team_slug for wall in walls if wall.team_slug}, today)


def behind(connection: Connection, names: set[int], teams: set[str], today: date) -> frozenset[int]:
    """Who is behind walls against these people and teams: they, who works in the teams, and who works under them."""
    if not names and not teams:
        return frozenset()
    led = connection.execute(select(StaffGrant.team_slug).where(_leads, StaffGrant.staff_id.in_(names))).scalars()
    teams = teams | {team for team in led if team}
    inside: Any = connection.execute(working_on(today)).all() if teams else []
    return frozenset(names | {row.id for row in inside if row.team_slug in teams})


class Walls:
    """Builds walls around cases. Flushes; who calls it commits."""

    def __init__(self, session: Session, now: datetime, today: date) -> None:
        self._session, self._now, self._today = session, now, today

    def build(self, case: Case, *, staff_id: int | None = None, team: str | None = None) -> None:
        """Keep a case from somebody or from a team, from now on; whoever of them has it in hand loses it.

        Exactly one of the two is given. Twice the same wall is one.
        """
        same = [CaseWall.case_id == case.id, CaseWall.staff_id.is_not_distinct_from(staff_id),
                CaseWall.team_slug.is_not_distinct_from(team)]  # fmt: skip
        if self._session.scalar(select(CaseWall.id).where(*same).limit(1)) is None:
            self._session.add(CaseWall(case_id=case.id, staff_id=staff_id, team_slug=team, since=self._now))
            self._session.flush()
        if case.owner_id in kept_from(self._session.connection(), case.id, self._today):
            case.owner_id = None
            add_event(self._session, case, "release", Author.SYSTEM, case.state, self._now)
            self._session.flush()
