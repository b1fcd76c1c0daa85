"""What an expert reads and writes: only what is released now, each look written down, and the opinion."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.attachments.giving import given
from portal.attachments.services import find_document
from portal.cases.models import Contact
from portal.cases.resources import FollowDesk
from portal.cases.workflow import NotSo, StepRefused
from portal.conversations.models import Report
from portal.foundation.clock import today
from portal.foundation.db import writing
from portal.foundation.security import Permission
from portal.opinions.door_entry import Inside, closed, enter
from portal.opinions.door_forms import judge_form
from portal.opinions.door_views import around, go
from portal.opinions.labels import FOR_EXPERT, RIGHT_PLAN
from portal.opinions.models import Invitation
from portal.opinions.releasing import DOCUMENT, PLAN, REACH
from portal.opinions.sending import service_on
from portal.ui.forms import Form, Trapped, Wrong


def _looked(request: Request, who: Inside, item: str) -> bool:
    """Write down the look, in a transaction of its own; False, and nothing to show, when it is not theirs to see."""
    with writing(request.site.engine) as session:
        invitation = session.get_one(Invitation, (who.invitation.case_id, who.invitation.number))
        return service_on(request, session).look(invitation, item)


@view_config(
    route_name="experts.item", renderer="opinions/door_item.jinja2", permission=Permission.READ, request_method="GET"
)
def show_item(context: FollowDesk, request: Request) -> Any:
    """One thing that was released: what they wrote, the plan, or how to reach them."""
    who, item = enter(request), request.matchdict["item"]
    if isinstance(who, Response):
        return who
    if not _looked(request, who, item):
        return closed(request)
    return around(request, who, item=item, title=FOR_EXPERT[item], **_content(request, who, item))


def _content(request: Request, who: Inside, item: str) -> dict[str, Any]:
    """What an item holds; what they wrote hangs on the request itself."""
    session, asked = request.looking, who.asked
    ours = item == PLAN and asked.plan_case_id is not None
    return {
        "contact": session.get(Contact, who.case.id) if item == REACH else None,
        "report": session.get(Report, (asked.plan_case_id, asked.plan_number)) if ours else None,
    }  # fmt: skip


@view_config(route_name="experts.document", permission=Permission.READ, request_method="GET")
def give_document(context: FollowDesk, request: Request) -> Any:
    """A document that was released, as something to keep."""
    who, number = enter(request), request.matchdict["id"]
    if isinstance(who, Response):
        return who
    row = find_document(request.reader, who.case.id, number)
    if row is None or not _looked(request, who, f"{DOCUMENT}{number}"):
        return closed(request)
    return given(request, row)


def _judge(request: Request, who: Inside, form: Form, read_back: Any = None) -> dict[str, Any]:
    return around(request, who, form, read_back=read_back, right_plan=RIGHT_PLAN)


def _may(who: Inside) -> bool:
    return who.invitation.state == "accepted" and who.case.state == "under_review"


@view_config(
    route_name="experts.judge", renderer="opinions/door_judge.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_judge(context: FollowDesk, request: Request) -> Any:
    """The question, and room for the answer."""
    who = enter(request)
    if isinstance(who, Response):
        return who
    return _judge(request, who, judge_form(request, today(request.clock))) if _may(who) else go(request, "home")


@view_config(
    route_name="experts.judge", renderer="opinions/door_judge.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def judge(context: FollowDesk, request: Request) -> Any:
    """Shown once more before it is sent; sent, nothing of it can be changed, and this door closes."""
    who = enter(request)
    if isinstance(who, Response):
        return who
    form = judge_form(request, today(request.clock))
    try:
        values = form.submit()
        if not _may(who):
            return go(request, "home")
        if "send" not in request.POST:
            return _judge(request, who, form.fill(values), values)
        who.opinions.judge(who.case, **values)
    except Wrong:
        request.response.status_int = 422
        return _judge(request, who, form)
    except (Trapped, StepRefused, NotSo):
        return go(request, "home")
    return go(request, "done", geschreven="1")
