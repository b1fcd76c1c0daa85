"""Whose diary a screen is about: one's own, or that of a colleague whose team one leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from portal.accounts.roles import Role, teams_of
from portal.bookings.agendas import people_of, teams_in_which
from portal.bookings.resources import DiaryOf
from portal.cases.looking import names_of_staff
from portal.foundation.clock import today
from portal.teams.placing import Called, what_teams_are_called


@dataclass(frozen=True)
class Whose:
    """Who it is, in which teams they can be booked, and whether it is who asks."""

    staff_id: int
    name: str
    teams: tuple[str, ...]
    own: bool


def whose(context: Any, request: Request) -> Whose:
    """Whose diary the address is about."""
    if isinstance(context, DiaryOf):
        staff_id, teams = context.staff_id, sorted(context.teams)
    else:
        staff_id = request.identity.staff_id
        teams = teams_in_which(request.reader, staff_id, today(request.clock))
    name = names_of_staff(request.reader, {staff_id}).get(staff_id, "–")
    return Whose(staff_id, name, tuple(teams), staff_id == request.identity.staff_id)


def led_teams(request: Request) -> list[str]:
    """The teams that who asks leads, in their order."""
    mine = teams_of(request.identity.principals, (Role.TEAM_COORDINATOR,))
    return [slug for slug in teams_by_slug(request) if slug in mine]


def teams_by_slug(request: Request) -> Mapping[str, Called]:
    """Every team, in order."""
    found: Mapping[str, Called] = request.kept.get("bookings.teams", what_teams_are_called)
    return found


def around(request: Request, who: Whose | None = None) -> dict[str, Any]:
    """What every screen of diaries has around it: the way to the others, and to colleagues for who leads a team."""
    led = led_teams(request)
    people = people_of(request.reader, led, today(request.clock)) if led and who is not None else []
    return {
        "who": who, "leads": bool(led), "teams": teams_by_slug(request),
        "colleagues": [one for one in people if who is not None and one[0] != request.identity.staff_id],
    }  # fmt: skip
