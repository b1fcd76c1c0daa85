"""What somebody of the staff may be. Each role opens as little as its work needs; nobody has one without a date."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """Every role there is."""

    TEAM_WORKER = "team_worker"
    TEAM_COORDINATOR = "team_coordinator"
    COMPLAINT_HANDLER = "complaint_handler"
    COMPLAINT_COORDINATOR = "complaint_coordinator"
    SECOND_OPINION_COORDINATOR = "second_opinion_coordinator"
    INDEPENDENT_PROFESSIONAL = "independent_professional"
    MAP_EDITOR = "map_editor"
    CONTENT_EDITOR = "content_editor"
    TRANSLATOR = "translator"
    PUBLISHER = "publisher"
    PRIVACY_OFFICER = "privacy_officer"
    COUNCIL_VIEWER = "council_viewer"
    ADMINISTRATOR = "administrator"


#: Roles inside one team; every other role is of the whole municipality.
OF_A_TEAM = frozenset({Role.TEAM_WORKER, Role.TEAM_COORDINATOR})
#: Who judges the plan of a team stands outside every team (the municipality's programme for the teams, § 4.6).
OUTSIDE_THE_TEAMS = frozenset({Role.SECOND_OPINION_COORDINATOR, Role.INDEPENDENT_PROFESSIONAL})


def fits_team(role: Role, team: str | None) -> bool:
    """Whether a role names a team when it must, and none when it may not."""
    return (role in OF_A_TEAM) == (team is not None)


def clashes(role: Role, others: set[Role]) -> set[Role]:
    """The roles of somebody that do not go together with one more."""
    if role in OUTSIDE_THE_TEAMS:
        return others & OF_A_TEAM
    return others & OUTSIDE_THE_TEAMS if role in OF_A_TEAM else set()


def principals(role: Role, team: str | None) -> set[str]:
    """The names by which an access control list speaks of a role.

    `role:team_worker` is who has that role in some team; `role:team_worker:holtenbroek` who has it in this one. What
    belongs to a team names the second.
    """
    return {f"role:{role}"} | ({f"role:{role}:{team}"} if team else set())


def teams_of(principals: frozenset[str], roles: Iterable[str]) -> frozenset[str]:
    """The teams in which somebody has one of these roles, from the names that `principals` gave.

    >>> sorted(teams_of(frozenset({"role:team_worker", "role:team_worker:midden"}), ["team_worker"]))
    ['midden']
    """
    starts = tuple(f"role:{role}:" for role in roles)
    return frozenset(name.split(":", 2)[2] for name in principals if name.startswith(starts))
