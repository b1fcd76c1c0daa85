"""Figures for staff: how long one waits at their own teams, and what became of the talks, week by week."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.accounts.resources import StaffRoom
from portal.accounts.roles import Role, teams_of
from portal.bookings.chart import ONE_WEEK, monday_of
from portal.bookings.counting import COUNTED, talks_by_week
from portal.bookings.resources import HAVE_A_DIARY
from portal.bookings.waiting_pages import around, waits_of
from portal.bookings.whose import teams_by_slug
from portal.cases.resources import allowing
from portal.foundation.clock import today
from portal.foundation.security import Permission

_ = TranslationStringFactory("portal")
#: Weeks of the table, the one of today with them.
WEEKS = 13
WORDS = {"done": _("Talked"), "no_show": _("Nobody came"), "moved": _("Moved"), "cancelled": _("Cancelled")}
ROLES = frozenset({Role.TEAM_WORKER, Role.TEAM_COORDINATOR})


class Figures(StaffRoom):
    """Sums about one's own teams, and nobody in particular."""

    __acl__ = allowing(HAVE_A_DIARY, Permission.DIARY_READ)


@view_config(
    route_name="diary.figures", renderer="bookings/figures.jinja2", permission=Permission.DIARY_READ,
    request_method="GET",
)  # fmt: skip
def show_figures(context: Figures, request: Request) -> dict[str, Any]:
    """One team at a time; the first of one's own, unless another is asked for."""
    mine = teams_of(request.identity.principals, ROLES)
    teams = {slug: called.name for slug, called in teams_by_slug(request).items() if slug in mine}
    asked = request.GET.get("team", "")
    team = asked if asked in teams else next(iter(teams))
    return {
        "teams": teams, "team": team, "waits": waits_of(request, team), "words": WORDS,
        "talks": _weeks(request, team), **around(request),
    }  # fmt: skip


def _weeks(request: Request, team: str) -> list[tuple[date, Mapping[str, int]]]:
    """The newest week first; a week in which nothing happened is all noughts."""
    this_week = monday_of(today(request.clock))
    mondays = [this_week - number * ONE_WEEK for number in range(WEEKS)]
    found = talks_by_week(request.reader, team, mondays[-1], this_week + ONE_WEEK)
    nothing = Counter(dict.fromkeys(COUNTED, 0))
    return [(monday, found.get(monday, nothing)) for monday in mondays]


def includeme(config: Configurator) -> None:
    """The screen, and its room."""
    config.add_localized_route(
        "diary.figures", WORD, "/agenda/cijfers", only=LOCALES_OF_STAFF,
        factory="portal.bookings.figure_views.Figures",
    )  # fmt: skip
    config.add_staff_room(_("Figures"), "diary.figures", 58, ROLES)
    config.scan("portal.bookings.figure_views")
