"""What the addresses of requests mean, and who may do what with them."""

from collections.abc import Iterable
from typing import Any

from pyramid.authorization import Allow, Everyone
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from sqlalchemy import select

from portal.accounts.resources import StaffRoom
from portal.accounts.roles import Role
from portal.cases.models import Case
from portal.cases.references import read_reference
from portal.cases.scope import names_who_see, visible_to
from portal.cases.workflow import CaseKind
from portal.foundation.security import Permission, PublicResource

WORKER, COORDINATOR = f"role:{Role.TEAM_WORKER}", f"role:{Role.TEAM_COORDINATOR}"
#: Who lead others, and may take a list of cases along.
LEADERS = (
    COORDINATOR, f"role:{Role.COMPLAINT_COORDINATOR}",
    f"role:{Role.PRIVACY_OFFICER}", f"role:{Role.SECOND_OPINION_COORDINATOR}",
)  # fmt: skip
#: Who has an inbox at all. What is in it, each kind says.
SEE_CASES = (WORKER, f"role:{Role.COMPLAINT_HANDLER}", *LEADERS)
#: A name that nobody has.
NO_ONE = "no-one"


def allowing(names: Iterable[str], *permissions: Permission) -> tuple[Any, ...]:
    """Entries of an access control list: each name may do each of these."""
    return tuple((Allow, name, permission) for name in names for permission in permissions)


class FormDesk(PublicResource):
    """Where everybody may ask for something."""

    __acl__ = (*PublicResource.__acl__, (Allow, Everyone, Permission.ASK))


class FollowDesk(PublicResource):
    """Where people follow their own request. Who they are is the visit in their cookie; the views look at it."""

    __acl__ = (*PublicResource.__acl__, (Allow, Everyone, Permission.FOLLOW))


class Inbox(StaffRoom):
    """The requests of one's own teams; which those are, every question says by `visible_to`."""

    __acl__ = (
        *allowing(SEE_CASES, Permission.CASE_LIST, Permission.CASE_LIST_KEEP, Permission.CASE_ENTER),
        *allowing(LEADERS, Permission.CASE_EXPORT),
    )


class OutOfSight(HTTPNotFound):
    """A case that is not there for who asks; whether it is somewhere is not said."""


class CaseFile(StaffRoom):
    """One request, for who may see it. For everybody else it is not there: the same answer as for one that never was.

    `case` and `kind` are what the views work with; on POST the case belongs to the session that writes.
    """

    #: What it can open. To whom, each case says.
    __acl__ = allowing((NO_ONE,), Permission.CASE_READ, Permission.CASE_HANDLE)
    case: Case
    kind: CaseKind

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        if getattr(request, "identity", None) is None:  # the door, whatever the address says
            return
        kinds = request.registry.case_kinds
        found = request.looking.scalar(
            select(Case).where(
                Case.reference == (read_reference(request.matchdict["reference"]) or "-"),
                visible_to(request.identity, kinds.values()),
            )
        )
        if found is None:
            raise OutOfSight()
        self.case, self.kind = found, kinds[found.kind]
        names = names_who_see(self.kind, found.team_slug)
        self.__acl__ = allowing(names, Permission.CASE_READ, Permission.CASE_HANDLE)
