"""What the screens of the desk need of a request: who asks, within which scope, and what things are called."""

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from portal.accounts.roles import teams_of
from portal.backoffice.reading import DeskReader
from portal.cases.scope import visible_to
from portal.cases.workflow import CaseKind
from portal.foundation.clock import today
from portal.teams.placing import Called, what_teams_are_called


def kinds_of(request: Request) -> Mapping[str, CaseKind]:
    """Every kind of case there is, by its code."""
    found: Mapping[str, CaseKind] = request.registry.case_kinds
    return found


def desk_reader(request: Request) -> DeskReader:
    """Reads within the scope of who asks."""
    scope = visible_to(request.identity, kinds_of(request).values())
    ours = ((kind.code, state) for kind in kinds_of(request).values() for state in kind.ours)
    return DeskReader(request.reader, scope, request.identity.staff_id, today(request.clock), ours)


def teams_by_slug(request: Request) -> Mapping[str, Called]:
    """Every team, in order."""
    found: Mapping[str, Called] = request.kept.get("backoffice.teams", what_teams_are_called)
    return found


def own_teams(request: Request) -> list[str]:
    """The teams in which who asks works on some kind of case, in the order of the teams."""
    roles = {role for kind in kinds_of(request).values() for role in kind.seen_in_team}
    mine = teams_of(request.identity.principals, roles)
    return [slug for slug in teams_by_slug(request) if slug in mine]


def shown_with(request: Request, **more: Any) -> dict[str, Any]:
    """What every screen with lines of cases needs."""
    return {
        "kinds": kinds_of(request), "teams": teams_by_slug(request), "own_teams": own_teams(request),
        "me": request.identity.staff_id, **more,
    }  # fmt: skip
