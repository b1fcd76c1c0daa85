"""Walls: a case that somebody may not see though their role would let them, as they are what it is about."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, or_, select
from sqlalchemy.orm import Session

from portal.accounts.reading import working_on
from portal.accounts.roles import OF_A_TEAM, teams_of
from portal.cases.events import add_event
from portal.cases.models import Case
from portal.cases.wall_models import CaseWall
from portal.cases.workflow import Author
from portal.foundation.security import Identity


def behind_wall(identity: Identity) -> ColumnElement[bool]:
    """The condition on `Case` under which it is kept from who asks: by name, or by a team they work in now.

    Who has no number as a member of the staff is kept from every case with a wall.
    """
    staff_id = getattr(identity, "staff_id", None)
    if staff_id is None:
        return exists().where(CaseWall.case_id == Case.id)
    teams = sorted(teams_of(identity.principals, OF_A_TEAM))
    whom = or_(CaseWall.staff_id == staff_id, CaseWall.team_slug.in_(teams))
    return exists().where(CaseWall.case_id == Case.id, whom)


def kept_from(connection: Connection, case_id: str, today: date) -> frozenset[int]:
    """The numbers of who works here and is kept out of a case."""
    walls = connection.execute(select(CaseWall.staff_id, CaseWall.team_slug).where(CaseWall.case_id == case_id)).all()
    if not walls:
        return frozenset()
    teams = {wall.team_slug for wall in walls if wall.team_slug}
    inside: Any = connection.execute(working_on(today)).all() if teams else []
    return frozenset(
        {wall.staff_id for wall in walls if wall.staff_id is not None}
        | {row.id for row in inside if row.team_slug in teams}
    )


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
