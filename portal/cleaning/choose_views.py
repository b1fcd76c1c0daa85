"""Choosing again, when a provider said no or said nothing."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.models import Case
from portal.cases.resources import FollowDesk
from portal.cases.tracking import TrackDesk
from portal.cases.workflow import Author
from portal.cleaning.choosing import provider_form
from portal.cleaning.kind import CLEANING
from portal.cleaning.sending import service
from portal.foundation.security import Permission
from portal.ui.forms import Trapped, Wrong


def _case(request: Request) -> Case:
    session = request.db if request.method == "POST" else request.looking
    visit = TrackDesk(session, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or visit.case.kind != CLEANING.code:
        raise HTTPSeeOther(request.route_path("cases.find"))
    if not CLEANING.may("offer", visit.case.state, Author.RESIDENT):
        raise HTTPSeeOther(request.route_path("cases.status"))
    return visit.case


@view_config(
    route_name="cleaning.choose", renderer="cleaning/choose.jinja2", permission=Permission.READ, request_method="GET"
)
def show_choose(context: FollowDesk, request: Request) -> dict[str, Any]:
    """Who else could come."""
    form, providers = provider_form(request, _case(request))
    return {"form": form, "providers": providers}


@view_config(
    route_name="cleaning.choose", renderer="cleaning/choose.jinja2", permission=Permission.FOLLOW, request_method="POST"
)
def choose(context: FollowDesk, request: Request) -> Any:
    """Ask another provider."""
    case = _case(request)
    form, providers = provider_form(request, case)
    try:
        service(request).offer(case, form.submit()["provider"], Author.RESIDENT)
    except Wrong:
        request.response.status_int = 422
        return {"form": form, "providers": providers}
    except Trapped:
        pass
    return HTTPSeeOther(request.route_path("cases.status"))
