"""Going on with a name, for who asked for advice before: what it means comes first, the name after it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.pages import offer_exit_for
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.cases.tracking import TrackDesk, Visit
from portal.cases.workflow import Author, StepRefused
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong
from portal.worries.kind import WORRY
from portal.worries.questions import named_of, person_schema
from portal.worries.sending import service

_ = TranslationStringFactory("portal")


def _visited(request: Request) -> Visit:
    """The visit of this browser to a worry; without one, back to where a request is found."""
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None:
        raise HTTPSeeOther(request.route_path("cases.find"))
    case = visit.case
    if case.kind != WORRY.code or not WORRY.may("name", case.state, Author.RESIDENT, case.answers):
        raise HTTPSeeOther(request.route_path("cases.status"))
    return visit


def _form(request: Request) -> Form:
    form: Form = request.form(person_schema(request), _("Send this"))
    return form


def _page(request: Request, visit: Visit, form: Form) -> dict[str, Any]:
    offer_exit_for(request, visit.case.kind)
    return {"form": form, "case": visit.case, "reference": spoken(visit.case.reference)}


@view_config(
    route_name="worries.name_later", renderer="worries/name.jinja2", permission=Permission.READ, request_method="GET"
)
def show_name(context: FollowDesk, request: Request) -> Any:
    """What it means to name somebody, and the form."""
    return _page(request, _visited(request), _form(request))


@view_config(
    route_name="worries.name_later", renderer="worries/name.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def name(context: FollowDesk, request: Request) -> Any:
    """Name somebody: from now on they have to be told in time."""
    visit, form = _visited(request), _form(request)
    try:
        service(request).name(visit.case, named_of(form.submit()), Author.RESIDENT)
    except Wrong:
        request.response.status_int = 422
        return _page(request, visit, form)
    except (Trapped, StepRefused):
        pass
    return HTTPSeeOther(request.route_path("cases.status"))
