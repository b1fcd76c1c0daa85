"""What the addresses of experts and of reactions mean, and who may do what with them."""

from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from portal.accounts.resources import StaffRoom
from portal.accounts.roles import OF_A_TEAM, Role, teams_of
from portal.cases.models import Case
from portal.cases.references import read_reference
from portal.cases.resources import NO_ONE, OutOfSight, allowing
from portal.foundation.security import Permission
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.models import Expert, Opinion, SecondOpinion

COORDINATES = (f"role:{Role.SECOND_OPINION_COORDINATOR}",)


class PoolDesk(StaffRoom):
    """Everybody who judges plans, for who coordinates second opinions."""

    __acl__ = allowing(COORDINATES, Permission.POOL_READ, Permission.POOL_KEEP)


class ExpertFile(StaffRoom):
    """One expert. On POST `expert` belongs to the session that writes."""

    __acl__ = allowing(COORDINATES, Permission.POOL_READ, Permission.POOL_KEEP)
    expert: Expert

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        identity = getattr(request, "identity", None)
        if identity is None or not identity.principals & set(COORDINATES):  # the list of control says no
            return
        found = request.looking.get(Expert, int(request.matchdict["id"]))
        if found is None:
            raise OutOfSight()
        self.expert = found


class OpinionFile(StaffRoom):
    """An opinion on a plan, for the team of that plan and who wrote it: never the request itself, nor what was doubted.

    It is there from the moment that it was sent, and for everybody else it is not.
    """

    #: What it can open. To whom, each opinion says.
    __acl__ = allowing((NO_ONE,), Permission.CASE_READ, Permission.CASE_HANDLE)
    case: Case
    asked: SecondOpinion
    opinion: Opinion

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        identity = getattr(request, "identity", None)
        if identity is None:  # the door, whatever the address says
            return
        row = request.looking.execute(
            select(Case, SecondOpinion, Opinion)
            .join(SecondOpinion, SecondOpinion.case_id == Case.id)
            .join(Opinion, Opinion.case_id == Case.id)
            .where(
                Case.reference == (read_reference(request.matchdict["reference"]) or "-"),
                Case.kind == SECOND_OPINION.code,
            )
        ).first()
        if row is None or not _is_theirs(identity, row.SecondOpinion):
            raise OutOfSight()
        self.case, self.asked, self.opinion = row.Case, row.SecondOpinion, row.Opinion
        self.__acl__ = allowing((identity.userid,), Permission.CASE_READ, Permission.CASE_HANDLE)


def _is_theirs(identity: Any, asked: SecondOpinion) -> bool:
    """Whether somebody wrote the plan, or works in its team, today."""
    teams = teams_of(identity.principals, OF_A_TEAM)
    wrote = asked.author_id is not None and asked.author_id == identity.staff_id
    return asked.team_slug in teams or (wrote and bool(teams))
