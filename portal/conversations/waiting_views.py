"""Asking to hear when an earlier moment comes free, and no longer: by who asked, or by staff for them."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.models import Case
from portal.cases.resources import CaseFile, FollowDesk
from portal.cases.tracking import TrackDesk
from portal.conversations.kind import CONVERSATION
from portal.conversations.sending import service
from portal.foundation.security import Permission

#: The field of the buttons, and what it holds to go on the list; anything else is off it.
FIELD, ON = "wacht", "ja"


def _choose(request: Request, case: Case) -> None:
    """Do what the button says. What no longer fits is nothing: the page shows how it stands."""
    talks = service(request)
    if request.POST.get(FIELD) != ON:
        talks.waiting.leave(case.id)
    elif talks.may_wait(case):
        talks.waiting.join(case)


@view_config(route_name="conversations.wait", permission=Permission.FOLLOW, request_method="POST")
def wait(context: FollowDesk, request: Request) -> Any:
    """Go on the list, or off it."""
    visit = TrackDesk(request.db, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or visit.case.kind != CONVERSATION.code:
        return HTTPSeeOther(request.route_path("cases.find"))
    _choose(request, visit.case)
    return HTTPSeeOther(request.route_path("cases.status"))


@view_config(route_name="conversations.desk_wait", permission=Permission.CASE_HANDLE, request_method="POST")
def wait_for_them(context: CaseFile, request: Request) -> Any:
    """The same for who calls."""
    done = "anders"
    if context.kind is CONVERSATION:
        _choose(request, context.case)
        done = "gewacht"
    return HTTPSeeOther(request.route_path("desk.case", reference=context.case.reference, _query={done: "1"}))
