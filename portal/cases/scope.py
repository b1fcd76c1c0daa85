"""Which cases somebody of the staff sees.

Every question of the desk starts here: what is outside is not there, so that somebody else's case gives the same
answer as one that never was.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, and_, false, not_, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from portal.accounts.roles import Role, teams_of
from portal.cases.models import Case
from portal.cases.walls import behind_wall
from portal.cases.workflow import CaseKind
from portal.foundation.security import Identity


def visible_to(identity: Identity | None, kinds: Iterable[CaseKind]) -> ColumnElement[bool]:
    """The condition on `Case` under which somebody sees it; for nobody it is never true.

    Inside a team the kind says which roles see its cases. A case without a team, because its address is on the border
    of two or in none, is seen by every coordinator: somebody has to find it a place. Of a kind with walls nobody sees a
    case that is about them or their team.
    """
    if identity is None:
        return false()
    return or_(false(), *(_outside_walls(identity, kind) for kind in kinds))


def _outside_walls(identity: Identity, kind: CaseKind) -> ColumnElement[bool]:
    seen = _of_one_kind(identity, kind)
    return and_(seen, not_(behind_wall(identity))) if kind.walled else seen


class NoWayIn(FunctionElement[str]):
    """A column as it is, but not the way into a table.

    Kind and team hold thousands each, and the inbox is walked in the order of what is due. SQLite, which counts nothing
    beforehand, would take them all the same; a plus before the name keeps it from that. PostgreSQL knows better by
    itself, and would reckon wrongly with anything around a column.
    """

    inherit_cache = True
    type = String()


@compiles(NoWayIn)
def _as_it_is(element: NoWayIn, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(NoWayIn, "sqlite")
def _with_a_plus(element: NoWayIn, compiler: Any, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"


def _of_one_kind(identity: Identity, kind: CaseKind) -> ColumnElement[bool]:
    is_kind, team = NoWayIn(Case.kind) == kind.code, NoWayIn(Case.team_slug)
    if any(f"role:{role}" in identity.principals for role in kind.seen_by):
        return is_kind
    teams = teams_of(identity.principals, kind.seen_in_team)
    places: list[ColumnElement[bool]] = [team.in_(sorted(teams))] if teams else []
    if teams and f"role:{Role.TEAM_COORDINATOR}" in identity.principals:
        places.append(team.is_(None))
    return and_(is_kind, or_(*places)) if places else false()


def roles_that_see(kind: CaseKind, team: str | None) -> tuple[str, ...]:
    """The roles inside a team that see its cases of this kind; of a case without a team, the coordinators of all."""
    return kind.seen_in_team if team or not kind.seen_in_team else (str(Role.TEAM_COORDINATOR),)


def names_who_see(kind: CaseKind, team: str | None) -> tuple[str, ...]:
    """The principals that may work on a case of this kind in this team, for its access control list."""
    wide = tuple(f"role:{role}" for role in kind.seen_by)
    of_team = f":{team}" if team else ""
    return (*wide, *(f"role:{role}{of_team}" for role in roles_that_see(kind, team)))
