"""The report and the plan for who it is about: reading it with a code, answering it, and which ways are open."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.looking import names_of_staff
from portal.cases.models import Case, Representative
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.cases.services import TooMuch
from portal.cases.tracking import TrackDesk, Visit
from portal.cases.workflow import Author, StepRefused
from portal.conversations.kind import CONVERSATION
from portal.conversations.plan import DECISION, newest_report, replies_of, reports_of, ways_are_open
from portal.conversations.plan_forms import NUMBER, reply_schema
from portal.conversations.reports import VIEWS, NewerReport
from portal.conversations.sending import reports
from portal.foundation.security import Permission
from portal.teams.placing import what_teams_are_called
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
NEWER = _("We changed the report while you were reading. The new one stands here. Read it, then send this once more.")
CHANGED = _("Something happened while you were reading. This is how it stands now: look at it and choose once more.")
ENOUGH = _("You have sent us as many messages as we can keep here. Call us: we help you by phone.")
#: What they said, as they read it back.
YOU_SAID = {
    "agree": _("You agree with the plan."),
    "disagree": _("You do not agree with the plan."),
    "remark": _("You wrote what is not right, or what is missing."),
    "nothing": _("We asked what you think of it, and did not hear it."),
}


def _visited(request: Request) -> Visit:
    """The visit of this browser to a conversation; without one, back to where a request is found."""
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or visit.case.kind != CONVERSATION.code:
        raise HTTPSeeOther(request.route_path("cases.find"))
    return visit


def _on(request: Request, route: str, **query: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path(route, _query=query or None))


def _form(request: Request, case: Case) -> Form | None:
    """What can be said now; None when there is nothing left to say here."""
    views = [view for view in VIEWS if CONVERSATION.may(view, case.state, Author.RESIDENT, case.answers)]
    if not views:
        return None
    helper = request.looking.get(Representative, case.id)
    speaks = helper is not None and helper.ended_at is None
    return request.form(reply_schema(views, speaks), _("Send what I think"))


def _page(request: Request, visit: Visit, form: Form | None, typed: str = "") -> dict[str, Any]:
    """`typed` are words that were not kept, as nothing can be said here any more."""
    case, session = visit.case, request.looking
    sent = reports_of(session, case.id) if visit.full else []
    replies = replies_of(session, case.id) if visit.full else []
    staff = {one.staff_id for one in sent} | {one.staff_id for one in replies if one.staff_id}
    names = names_of_staff(session.connection(), staff)
    team = what_teams_are_called(session.connection()).get(case.team_slug or "")
    return {
        "case": case, "reference": spoken(case.reference), "full": visit.full, "report": sent[0] if sent else None,
        "earlier": sent[1:], "replies": replies,
        "form": form, "first": {number: name.split()[0] for number, name in names.items()},
        "team": team.name if team else "", "done": "gezegd" in request.GET, "ways": ways_are_open(session, case),
        "typed": typed, "you_said": YOU_SAID,
    }  # fmt: skip


@view_config(
    route_name="conversations.plan", renderer="conversations/plan.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_plan(context: FollowDesk, request: Request) -> Any:
    """The report and the plan. It is personal: who has not given the code is asked for it."""
    visit = _visited(request)
    report = newest_report(request.looking, visit.case.id)
    if report is None:
        return _on(request, "cases.status")
    form = _form(request, visit.case) if visit.full else None
    return _page(request, visit, form.fill({NUMBER: report.number}) if form else None)


@view_config(
    route_name="conversations.plan", renderer="conversations/plan.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def reply(context: FollowDesk, request: Request) -> Any:
    """Keep what the resident thinks of the report that was on their screen."""
    visit = _visited(request)
    if not visit.full:
        return _on(request, "conversations.plan")
    form = _form(request, visit.case)
    if form is None:  # finished meanwhile
        request.response.status_int = 422
        return _page(request, visit, None, request.POST.get("text", ""))
    try:
        return _said(request, visit.case, form, form.submit())
    except Wrong:
        request.response.status_int = 422
        return _page(request, visit, form)
    except Trapped:
        return _on(request, "conversations.plan")


def _said(request: Request, case: Case, form: Form, values: dict[str, Any]) -> Any:
    """Raises `Wrong` with the reason at its field; what was typed stays."""
    author = Author(values.get("who", Author.RESIDENT))
    refused: tuple[str, Any] = ("view", CHANGED)
    try:
        reports(request).reply(case, values[NUMBER], values["view"], values["text"], author)
    except NewerReport:
        newest = newest_report(request.db, case.id)
        values[NUMBER], refused = newest.number if newest else 0, ("view", NEWER)
    except TooMuch:
        refused = ("text", ENOUGH)
    except StepRefused:
        pass
    else:
        on = values["view"] == "disagree"
        return _on(request, "conversations.ways_on") if on else _on(request, "conversations.plan", gezegd="1")
    form.refuse(*refused)
    raise Wrong()


@view_config(
    route_name="conversations.ways_on", renderer="conversations/ways_on.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_ways_on(context: FollowDesk, request: Request) -> Any:
    """The four ways on for who does not agree, or whom we let wait too long. Nothing here is personal."""
    case = _visited(request).case
    if not ways_are_open(request.looking, case):
        return _on(request, "cases.status")
    due = request.policies[DECISION].due(request.clock.now())
    return {"case": case, "reference": spoken(case.reference), "decide_by": due, "closed": case.closed_at is not None,
            "late": newest_report(request.looking, case.id) is None}  # fmt: skip
