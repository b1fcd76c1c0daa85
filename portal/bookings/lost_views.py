"""Whose moment was lost and who has no new one: the list that a coordinator calls from."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from portal.bookings.agendas import lost_moments
from portal.bookings.resources import LostMoments
from portal.bookings.whose import around
from portal.cases.scope import visible_to
from portal.foundation.security import Permission


@view_config(
    route_name="diary.lost", renderer="bookings/lost.jinja2", permission=Permission.DIARY_READ, request_method="GET"
)
def show_lost(context: LostMoments, request: Request) -> dict[str, Any]:
    """The requests of one's teams, the longest waiting first. Names and phones stand behind the request."""
    kinds = request.registry.case_kinds
    rows = lost_moments(request.looking, visible_to(request.identity, kinds.values()))
    return {**around(request), "rows": rows, "kinds": kinds}
