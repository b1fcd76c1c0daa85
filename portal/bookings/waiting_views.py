"""Days until the first free moment, for everybody: of all teams, of one team with its last weeks, and as a file."""

import csv
import io
from typing import Any

from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.bookings.waiting import LOOK_EVERY, since
from portal.bookings.waiting_pages import all_waits, around, waits_of
from portal.foundation.clock import next_midnight, today
from portal.foundation.security import Permission, PublicResource
from portal.teams.services import TeamCard, TeamFinder

#: What stands above the columns of the file.
COLUMNS = ("team", "place", "looked_on", "first_free_on", "days")
#: The slot on the page of a team begins so; after it comes the team.
SLOT = "waiting:"
#: A figure is looked at each hour; the file is as old as that at most.
FILE_HOLDS = LOOK_EVERY


def _teams(request: Request) -> dict[str, TeamCard]:
    profile = request.site.profile
    finder = TeamFinder(request.reader, request.kept.get, profile.municipality, today(request.clock), request.locale)
    return {card.slug: card for card in finder.everybody()}


@view_config(
    route_name="bookings.waiting_times", renderer="bookings/waiting_times.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_waiting_times(context: PublicResource, request: Request) -> dict[str, Any]:
    """How long one waits now at each team, and whether that is what we promise."""
    figures, teams = all_waits(request), _teams(request)
    shown = [(card, figures[slug]) for slug, card in teams.items() if slug in figures]
    looked = max((one.figure.looked_at for _card, waits in shown for one in waits if one.figure), default=None)
    late = [(card, one) for card, waits in shown for one in waits if one.figure and not one.kept]
    return {"shown": shown, "looked": looked, "late": late, **around(request)}


@view_config(
    route_name="bookings.waiting_times_of", renderer="bookings/waiting_times_of.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_waiting_times_of(context: PublicResource, request: Request) -> dict[str, Any]:
    """The same of one team, with the last half year."""
    team = _teams(request).get(request.matchdict["slug"])
    if team is None:
        raise HTTPNotFound()
    waits = waits_of(request, team.slug)
    looked = max((one.figure.looked_at for one in waits if one.figure), default=None)
    return {"team": team, "waits": waits, "looked": looked, **around(request)}


@view_config(route_name="bookings.waiting_file", permission=Permission.READ, request_method="GET", kept=True)
def show_waiting_file(context: PublicResource, request: Request) -> Response:
    """Each day of the last half year, for programs; an empty `days` says that there was no moment at all."""
    request.page_true_until(next_midnight(request.clock.now()))
    request.page_true_until(request.clock.now() + FILE_HOLDS)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in since(request.reader, today(request.clock)):
        days = "" if row.free_on is None else (row.free_on - row.looked_on).days
        writer.writerow((row.team_slug, row.place, row.looked_on, row.free_on or "", days))
    return Response(out.getvalue(), content_type="text/csv", charset="utf-8")


def on_the_page_of_a_team(request: Request, name: str) -> Markup:
    """Fills the slot of a team with its soonest moment and the way to the rest; empty when there is no figure."""
    if not name.startswith(SLOT):
        return Markup("")
    slug = name.removeprefix(SLOT)
    waits = all_waits(request).get(slug, [])
    free = [one for one in waits if one.figure and one.figure.days is not None]
    soonest = min(free, key=lambda one: one.figure.days, default=None)  # type: ignore[union-attr, arg-type, return-value]
    values = {"slug": slug, "soonest": soonest, "known": bool(waits), **around(request)}
    return Markup(render("bookings/waiting_slot.jinja2", values, request=request))


def includeme(config: Configurator) -> None:
    """The pages, the file, and the line on the page of a team."""
    words, public = {"nl": "hoe-lang-wachten", "en": "how-long-to-wait"}, "portal.foundation.security.PublicResource"
    config.add_localized_route("bookings.waiting_times", words, factory=public)
    config.add_localized_route("bookings.waiting_times_of", words, "/{slug:[a-z0-9-]+}", factory=public)
    config.add_route("bookings.waiting_file", "/hoe-lang-wachten.csv", factory=public)
    config.add_service("waiting-times", "bookings.waiting_times")
    config.add_slot_filler(on_the_page_of_a_team)
    config.scan("portal.bookings.waiting_views")
