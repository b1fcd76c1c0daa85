"""Pages that lead on: where else one can go after an opinion, and what to do without a plan. Nothing is personal."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.resources import FollowDesk, FormDesk
from portal.foundation.security import Permission
from portal.opinions.follow_views import back, page, visited

#: The states of who is not content.
NOT_CONTENT = ("not_agreed", "routes_shown", "closed")


@view_config(
    route_name="opinions.ways_on", renderer="opinions/ways_on.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_ways_on(context: FollowDesk, request: Request) -> Any:
    """We talk with who is not content; and this is where else they can go."""
    visit = visited(request)
    if visit.case.state not in NOT_CONTENT:
        return back(request)
    return page(request, visit, ombudsman=request.site.profile.ombudsman)


@view_config(
    route_name="opinions.no_plan", renderer="opinions/no_plan.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_no_plan(context: FormDesk, request: Request) -> dict[str, Any]:
    """Without a plan there is nothing to look at: nothing was opened, and a talk is the way to one."""
    return {}
