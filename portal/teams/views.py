"""Public screens of teams: the question, the answer, the list, the team, its poster."""

import io
from typing import Any

import segno
from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.foundation.clock import local_now, next_midnight, today
from portal.foundation.i18n import LOCALES, translate
from portal.foundation.lib import hours
from portal.foundation.security import Permission
from portal.teams.labels import BUILDING
from portal.teams.messages import say
from portal.teams.reading import TeamReader, TeamView, read_borders
from portal.teams.resources import TeamDesk, TeamPage
from portal.teams.rules import Outcome
from portal.teams.services import TeamFinder
from portal.ui.spoken import language_name


def _finder(request: Request) -> TeamFinder:
    return TeamFinder(
        request.reader, request.kept.get, request.site.profile.municipality, today(request.clock), request.locale
    )


@view_config(
    route_name="teams.find", renderer="teams/find.jinja2", permission=Permission.READ, request_method="GET", kept=True
)
def show_find_team(context: TeamDesk, request: Request) -> dict[str, Any]:
    """The question, and the answer when something was asked. One certain team shows as a page of its own address."""
    if "waar" not in request.GET:
        return {"answer": None, "message": None, "asked": ""}
    answer = _finder(request).find(" ".join((request.GET["waar"], request.GET.get("huisnummer", ""))))
    if answer.outcome is Outcome.INVALID:
        request.response.status_int = 422
    message = translate(request, say(answer, request.site.profile))
    return {"answer": answer, "message": message, "asked": answer.asked}


@view_config(
    route_name="teams.no_address", renderer="teams/no_address.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_no_address(context: TeamDesk, request: Request) -> dict[str, Any]:
    """For who has no address: where to go now."""
    return {}


@view_config(
    route_name="teams.all", renderer="teams/all.jinja2", permission=Permission.READ, request_method="GET", kept=True
)
def show_teams(context: TeamDesk, request: Request) -> dict[str, Any]:
    """All teams by district."""
    districts: dict[str, list[Any]] = {}
    for card in _finder(request).everybody():
        districts.setdefault(card.district, []).append(card)
    return {"districts": districts}


def _team(context: TeamPage, request: Request) -> TeamView:
    team = TeamReader(request.reader, request.locale, today(request.clock)).team(context.slug)
    if team is None:
        raise HTTPNotFound()
    return team


def _opening(team: TeamView, request: Request) -> dict[str, Any]:
    """The week and whether the door is open now; tells the page cache until when that is true."""
    now = local_now(request.clock)
    openings = hours.parse_openings(team.row.hours)
    closures = hours.parse_closures(team.row.closed)
    state = hours.state(openings, "open", now, closures)
    request.page_true_until(min(filter(None, (state.changes, next_midnight(now)))))
    week = [
        (
            day,
            [
                [(o.start, o.end) for o in openings if o.kind == kind and o.weekday == day]
                for kind in ("open", "walk_in")
            ],
        )
        for day in range(7)
    ]
    ahead = [closure for closure in closures if closure.last >= now.date()]
    return {"state": state, "week": week, "today": now.date(), "closures": ahead}


@view_config(
    route_name="teams.team", renderer="teams/team.jinja2", permission=Permission.READ, request_method="GET", kept=True
)
def show_team(context: TeamPage, request: Request) -> dict[str, Any]:
    """One team: where, when, who, for which neighbourhoods."""
    team = _team(context, request)
    return {
        "team": team, "text_locale": LOCALES[team.locale], "borders": request.kept.get("teams.borders", read_borders),
        "languages": [language_name(code, request.locale) for code in team.row.languages],
        "building_words": BUILDING, **_opening(team, request),
    }  # fmt: skip


@view_config(
    route_name="teams.poster", renderer="teams/poster.jinja2", permission=Permission.READ, request_method="GET",
    kept=True,
)  # fmt: skip
def show_poster(context: TeamPage, request: Request) -> dict[str, Any]:
    """A sheet for the wall: name, phone, hours and a code that leads to the team's page."""
    team = _team(context, request)
    address = request.site.base_url + request.route_path("teams.team", slug=context.slug)
    return {"team": team, "address": address, "code": qr_code(address), "text_locale": LOCALES[team.locale],
            **_opening(team, request)}  # fmt: skip


def qr_code(text: str) -> Markup:
    """A QR code as SVG, drawn in the page; black on white in every colour scheme."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass="qr", lineclass=None, border=2
    )
    return Markup(out.getvalue().decode().strip().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


@view_config(route_name="teams.code", permission=Permission.READ, request_method="GET")
def show_code(context: TeamPage, request: Request) -> Response:
    """The QR code of a team's page as a file, for who makes a poster of their own."""
    team = _team(context, request)
    out = io.BytesIO()
    segno.make(request.site.base_url + request.route_path("teams.team", slug=team.row.slug), error="m").save(
        out, kind="svg", border=4, scale=8
    )
    return Response(
        out.getvalue(), content_type="image/svg+xml",
        content_disposition=f'attachment; filename="qr-{team.row.slug}.svg"',
    )  # fmt: skip
