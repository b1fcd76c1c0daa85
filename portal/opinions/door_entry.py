"""Who is at the door of the experts: found by the visit in their cookie, and weighed again each time."""

from dataclasses import dataclass
from typing import Any

from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.orm import Session

from portal.cases import cookies
from portal.cases.models import Case
from portal.foundation.db import writing
from portal.opinions.door import ExpertDoor
from portal.opinions.judging import Judging
from portal.opinions.models import Expert, Invitation, SecondOpinion
from portal.opinions.sending import service, service_on

LINK, VISIT = "expert-link", "expert"
NOT_FOUND, GONE = 404, 410


@dataclass(frozen=True)
class Inside:
    """An expert who came in: what they were asked, and about which case."""

    invitation: Invitation
    expert: Expert
    case: Case
    asked: SecondOpinion
    opinions: Judging


def door_of(request: Request, session: Session | None = None) -> ExpertDoor:
    """The door on this session, or on the one of the request."""
    return ExpertDoor(session or request.looking, request.policies, request.clock.now())


def closed(request: Request, status: int = NOT_FOUND) -> Response:
    """The page that says, kindly, that this door is closed; `GONE` when it closed for a conflict."""
    response = render_to_response("opinions/door_closed.jinja2", {"conflict": status == GONE}, request=request)
    response.status_int = status
    return response


def enter(request: Request) -> Inside | Response:
    """The expert of this browser, or the page to answer with.

    In a transaction of its own, before anything else is asked: who turns out not to be independent stops now, whatever
    becomes of this request; and the visit goes on from here.
    """
    token = cookies.read(request, VISIT)
    with writing(request.site.engine) as session:
        door = door_of(request, session)
        invitation = door.current(token)
        against: Any = frozenset()
        if invitation is not None:
            door.stay(token)
            against = service_on(request, session).recheck(session.get_one(Case, invitation.case_id))
    if against:
        return closed(request, GONE)
    found = door_of(request).current(token)
    if found is None:
        return closed(request)
    opinions, session = service(request), request.looking
    case = session.get_one(Case, found.case_id)
    return Inside(found, opinions.expert(found), case, opinions.of(case), opinions)
