"""Which cases somebody of the staff sees.

Every question of the desk starts here: what is outside is not there, so that somebody else's case gives the same
answer as one that never was.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, func, or_

from portal.accounts.roles import Role, teams_of
from portal.cases.models import Case
from portal.cases.workflow import CaseKind
from portal.foundation.security import Identity


def visible_to(identity: Identity | None, kinds: Iterable[CaseKind]) -> ColumnElement[bool]:
    """The condition on `Case` under which somebody sees it; for nobody it is never true.

    Inside a team the kind says which roles see its cases. A case without a team, because its address is on the border
    of two or in none, is seen by every coordinator: somebody has to find it a place.
    """
    if identity is None:
        return false()
    return or_(false(), *(_of_one_kind(identity, kind) for kind in kinds))


def _of_one_kind(identity: Identity, kind: CaseKind) -> ColumnElement[bool]:
    # Through a function, so that a database does not take kind or team for the way in: they hold thousands each, and
    # the inbox is walked in the order of what is due.
    is_kind, team = func.coalesce(Case.kind, "") == kind.code, func.coalesce(Case.team_slug, "")
    if any(f"role:{role}" in identity.principals for role in kind.seen_by):
        return is_kind
    places = sorted(teams_of(identity.principals, kind.seen_in_team))
    if places and f"role:{Role.TEAM_COORDINATOR}" in identity.principals:
        places.append("")
    return and_(is_kind, team.in_(places)) if places else false()


def roles_that_see(kind: CaseKind, team: str | None) -> tuple[str, ...]:
    """The roles inside a team that see its cases of this kind; of a case without a team, the coordinators of all."""
    return kind.seen_in_team if team else (str(Role.TEAM_COORDINATOR),)


def names_who_see(kind: CaseKind, team: str | None) -> tuple[str, ...]:
    """The principals that may work on a case of this kind in this team, for its access control list."""
    wide = tuple(f"role:{role}" for role in kind.seen_by)
    of_team = f":{team}" if team else ""
    return (*wide, *(f"role:{role}{of_team}" for role in roles_that_see(kind, team)))
