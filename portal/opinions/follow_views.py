"""What who asked for a second opinion reads and answers: who the expert is, what they may see, and what they say."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.models import Case
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.cases.tracking import TrackDesk, Visit
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.foundation.security import Permission
from portal.opinions.follow_forms import answer_form, expert_form, item_names, may, release_form
from portal.opinions.kind import SECOND_OPINION, WITH_EXPERT
from portal.opinions.labels import NOT_SO, RIGHT_PLAN
from portal.opinions.sending import service
from portal.ui.forms import Form, Trapped, Wrong


def visited(request: Request) -> Visit:
    """The visit of this browser to a second opinion; without one, back to where a request is found."""
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or visit.case.kind != SECOND_OPINION.code:
        raise HTTPSeeOther(request.route_path("cases.find"))
    return visit


def back(request: Request, route: str = "cases.status", **query: str) -> HTTPSeeOther:
    """On to a page of this request."""
    return HTTPSeeOther(request.route_path(route, _query=query or None))


def page(request: Request, visit: Visit, **more: Any) -> dict[str, Any]:
    """What every page of it shows: the number, and the last day for objection."""
    facts = service(request).shown(visit.case, request.locale)
    return {"case": visit.case, "reference": spoken(visit.case.reference), "full": visit.full, "facts": facts,
            "form": None, **more}  # fmt: skip


# The expert


def _expert(request: Request, visit: Visit, form: Form | None) -> dict[str, Any]:
    opinions, case = service(request), visit.case
    live = opinions.live(case)
    return page(request, visit, form=form, invitation=live, expert=opinions.expert(live) if live else None,
                left=opinions.refusals_left(case))  # fmt: skip


def _expert_form(request: Request, case: Case) -> Form | None:
    return expert_form(request, service(request).refusals_left(case)) if may(case, "accept_expert") else None


@view_config(
    route_name="opinions.expert", renderer="opinions/expert.jinja2", permission=Permission.READ, request_method="GET"
)
def show_expert(context: FollowDesk, request: Request) -> Any:
    """Who would look at the plan, and what they signed."""
    visit = visited(request)
    if visit.case.state not in WITH_EXPERT:
        return back(request)
    return _expert(request, visit, _expert_form(request, visit.case))


@view_config(
    route_name="opinions.expert", renderer="opinions/expert.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def answer_expert(context: FollowDesk, request: Request) -> Any:
    """Yes, or another."""
    visit, opinions = visited(request), service(request)
    form = _expert_form(request, visit.case)
    if form is None:
        return back(request)
    try:
        values = form.submit()
        if values["answer"] == "refuse":
            opinions.refuse(visit.case, Author.RESIDENT, values.get("why", ""))
            return back(request)
        opinions.accept(visit.case, Author.RESIDENT)
        return back(request, "opinions.release")
    except Wrong:
        request.response.status_int = 422
        return _expert(request, visit, form)
    except (Trapped, StepRefused, NotSo):
        return back(request)


# What the expert may see


def _release(request: Request, visit: Visit, form: Form | None) -> dict[str, Any]:
    if not visit.full:
        return page(request, visit)
    opinions, case = service(request), visit.case
    live = opinions.live(case)
    return page(request, visit, form=form, expert=opinions.expert(live) if live else None,
                looks=opinions.looks(case), given=opinions.given(case), names=item_names(request, case),
                done="bewaard" in request.GET)  # fmt: skip


def _release_form(request: Request, visit: Visit) -> Form | None:
    opens = visit.full and (may(visit.case, "release") or may(visit.case, "change_release"))
    return release_form(request, visit.case) if opens else None


@view_config(
    route_name="opinions.release", renderer="opinions/release.jinja2", permission=Permission.READ, request_method="GET"
)
def show_release(context: FollowDesk, request: Request) -> Any:
    """What the expert may see, and what they looked at. It is personal: who has not given the code is asked for it."""
    visit = visited(request)
    if not service(request).invitations(visit.case):
        return back(request)
    form = _release_form(request, visit)
    return _release(request, visit, form.fill({"items": service(request).given(visit.case)}) if form else None)


@view_config(
    route_name="opinions.release", renderer="opinions/release.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def release(context: FollowDesk, request: Request) -> Any:
    """Give and take back."""
    visit = visited(request)
    form = _release_form(request, visit)
    if form is None:
        return back(request, "opinions.release")
    try:
        items = form.submit()["items"]
        service(request).release(visit.case, Author.RESIDENT, items)
        return back(request, "opinions.release", bewaard="1")
    except NotSo as fault:
        form.refuse("items", NOT_SO.get(str(fault), NOT_SO["none"]))
    except Wrong:
        pass
    except (Trapped, StepRefused):
        return back(request)
    request.response.status_int = 422
    return _release(request, visit, form)


# The opinion


def _opinion(request: Request, visit: Visit, form: Form | None) -> dict[str, Any]:
    opinions, case = service(request), visit.case
    opinion = opinions.opinion(case) if visit.full else None
    return page(
        request, visit, form=form, opinion=opinion, right_plan=RIGHT_PLAN,
        expert=opinions.expert_of(opinion) if opinion else None,
        reaction=opinions.reaction(case) if visit.full else None,
    )  # fmt: skip


@view_config(
    route_name="opinions.opinion", renderer="opinions/opinion.jinja2", permission=Permission.READ, request_method="GET"
)
def show_opinion(context: FollowDesk, request: Request) -> Any:
    """What the expert says, and the team. It is personal: who has not given the code is asked for it."""
    visit = visited(request)
    if service(request).opinion(visit.case) is None:
        return back(request)
    return _opinion(request, visit, answer_form(request, visit.case) if visit.full else None)


@view_config(
    route_name="opinions.opinion", renderer="opinions/opinion.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def answer_opinion(context: FollowDesk, request: Request) -> Any:
    """What who asked says of it: only they can."""
    visit = visited(request)
    form = answer_form(request, visit.case) if visit.full else None
    if form is None:
        return back(request, "opinions.opinion")
    try:
        answer = form.submit()["answer"]
        service(request).answer(visit.case, Author.RESIDENT, answer)
        return back(request, "opinions.ways_on" if answer == "not_agree" else "cases.status")
    except Wrong:
        request.response.status_int = 422
        return _opinion(request, visit, form)
    except (Trapped, StepRefused):
        return back(request)
