"""What who complained reads and answers: the question for more time, and our answer, with a code."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.people import YES_NO, schema_of
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.cases.schemas import choice
from portal.cases.tracking import TrackDesk, Visit
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.complaints.kind import COMPLAINT
from portal.complaints.labels import GROUNDS
from portal.complaints.sending import service
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: The states in which there is an answer to read.
ANSWERED = frozenset({"outcome_sent", "closed", "not_handled", "forwarded"})


def visited(request: Request) -> Visit:
    """The visit of this browser to a complaint; without one, back to where a request is found."""
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or visit.case.kind != COMPLAINT.code:
        raise HTTPSeeOther(request.route_path("cases.find"))
    return visit


def _back(request: Request) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("cases.status"))


def _form(request: Request) -> Form:
    schema = schema_of(
        choice("agreed", _("Do you give us this time?"), YES_NO, _("Choose yes or no."), as_heading=True)
    )
    return request.form(schema, _("Send my answer"))


def _more(request: Request, visit: Visit, form: Form) -> dict[str, Any]:
    complaints = service(request)
    wait = complaints.terms.asked(visit.case.id)
    due = complaints.terms.due(complaints.of(visit.case))
    return {"form": form, "wait": wait, "due": due, "case": visit.case, "reference": spoken(visit.case.reference)}


@view_config(
    route_name="complaints.more", renderer="complaints/more.jinja2", permission=Permission.READ, request_method="GET"
)
def show_more(context: FollowDesk, request: Request) -> Any:
    """Until when we would like to have time, and why."""
    visit = visited(request)
    page = _more(request, visit, _form(request))
    asks = page["wait"] is not None and service(request).terms.runs(visit.case)
    return page if asks else _back(request)


@view_config(
    route_name="complaints.more", renderer="complaints/more.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def answer_more(context: FollowDesk, request: Request) -> Any:
    """Yes or no; only yes changes a date."""
    visit, form = visited(request), _form(request)
    try:
        agreed = form.submit()["agreed"] == "yes"
        service(request).answer_more(visit.case, Author.RESIDENT, agreed=agreed)
    except Wrong:
        request.response.status_int = 422
        return _more(request, visit, form)
    except (Trapped, StepRefused, NotSo):
        pass
    return _back(request)


@view_config(
    route_name="complaints.outcome", renderer="complaints/outcome.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_outcome(context: FollowDesk, request: Request) -> Any:
    """Our answer. It is personal: who has not given the code is asked for it."""
    visit = visited(request)
    if visit.case.state not in ANSWERED:
        return _back(request)
    complaints = service(request)
    return {
        "case": visit.case, "reference": spoken(visit.case.reference), "full": visit.full,
        "complaint": complaints.of(visit.case), "parts": complaints.parts(visit.case) if visit.full else [],
        "facts": complaints.shown(visit.case, request.locale), "grounds": dict(GROUNDS),
        "can": {action for action in ("accept", "once_more")
                if COMPLAINT.may(action, visit.case.state, Author.RESIDENT, visit.case.answers)},
    }  # fmt: skip
