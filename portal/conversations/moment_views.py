"""Choosing a moment after the request was sent: the first one or another, by the resident or together with staff.

Also the appointment as a file for somebody's own calendar.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.bookings.calendar_file import Appointment, calendar_file
from portal.bookings.services import AlreadyBooked, BookingIsOver, MomentTaken
from portal.cases import cookies
from portal.cases.models import Case
from portal.cases.references import spoken
from portal.cases.resources import CaseFile, FollowDesk
from portal.cases.tracking import TrackDesk
from portal.cases.workflow import Author, StepRefused
from portal.conversations.ahead import ahead_facts
from portal.conversations.choosing import GONE, Choice, Moments, moment_schema, read_moment
from portal.conversations.desk import may_choose
from portal.conversations.kind import CONVERSATION
from portal.conversations.sending import service
from portal.conversations.wishes import wish_of_case
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: How long before a calendar says something.
ALARM = timedelta(days=1)


def _visited(request: Request) -> Case:
    """The conversation of this browser's visit; without one, back to where a request is found."""
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or visit.case.kind != CONVERSATION.code:
        raise HTTPSeeOther(request.route_path("cases.find"))
    return visit.case


def _own(request: Request) -> Case:
    case = _visited(request)
    booking = service(request).booking(case)
    over = booking is not None and booking.starts_at <= request.clock.now()
    if over or not may_choose(case, Author.RESIDENT):
        raise HTTPSeeOther(request.route_path("cases.status"))
    return case


def _moments(request: Request, case: Case) -> Moments:
    return Moments(request, case.team_slug, wish_of_case(request.looking, request.policies, case))


def _page(request: Request, case: Case, form: Form, choice: Choice) -> dict[str, Any]:
    facts = service(request).facts(case, request.locale)
    return {"form": form, "choice": choice, "case": case, "reference": spoken(case.reference),
            "now": facts if facts["booked"] else None, "ahead": ahead_facts(request, case)}  # fmt: skip


def _blank(request: Request, case: Case) -> tuple[Form, Choice]:
    choice = _moments(request, case).choice()
    return request.form(moment_schema(choice, call=False), _("Choose this moment")), choice


def _chosen(request: Request, case: Case, author: Author) -> bool:
    """Take the moment that was sent, at once or not at all; False when somebody else was first."""
    form, _choice = _blank(request, case)
    start = read_moment(form.submit()["moment"])
    if start is not None and start == _kept(request, case):
        return _earlier(request, case, author)
    moment = _moments(request, case).at(start)
    if moment is None:
        return False
    try:
        service(request).choose(case, wish_of_case(request.looking, request.policies, case), moment, author)
    except (MomentTaken, BookingIsOver, AlreadyBooked):
        return False
    return True


def _kept(request: Request, case: Case) -> datetime | None:
    """When the earlier moment begins that is kept for who waits for one."""
    kept = service(request).waiting.kept(case.id)
    return kept.starts_at if kept else None


def _earlier(request: Request, case: Case, author: Author) -> bool:
    try:
        service(request).take_earlier(case, author)
    except BookingIsOver:
        return False
    return True


def _taken(request: Request, case: Case, author: Author, done: Callable[[], Any]) -> Any:
    """Where one goes on; or the page once more, with what went wrong and what is free now."""
    lost = None
    try:
        if _chosen(request, case, author):
            return done()
        lost = GONE
    except (Trapped, StepRefused):
        return done()
    except Wrong:
        lost = _("Choose a moment.")
    form, choice = _blank(request, case)
    form.refuse("moment", lost)
    request.response.status_int = 422
    return _page(request, case, form, choice)


@view_config(
    route_name="conversations.moment",
    renderer="conversations/moment.jinja2",
    permission=Permission.READ,
    request_method="GET",
)
def show_moment(context: FollowDesk, request: Request) -> dict[str, Any]:
    """Which moments are free."""
    case = _own(request)
    return _page(request, case, *_blank(request, case))


@view_config(
    route_name="conversations.moment", renderer="conversations/moment.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def choose_moment(context: FollowDesk, request: Request) -> Any:
    """Take another moment; the old one is given back only when the new one stands."""
    case = _own(request)
    return _taken(request, case, Author.RESIDENT, lambda: HTTPSeeOther(request.route_path("cases.status")))


@view_config(route_name="conversations.calendar", permission=Permission.READ, request_method="GET")
def show_calendar(context: FollowDesk, request: Request) -> Response:
    """The appointment for somebody's own calendar."""
    case = _visited(request)
    talks = service(request)
    booking = talks.booking(case)
    if booking is None:
        raise HTTPSeeOther(request.route_path("cases.status"))
    say = request.localizer.translate
    name = sha256(f"appointment:{case.id}".encode()).hexdigest()[:24]
    file = calendar_file(
        Appointment(
            uid=f"{name}@{request.domain}", sequence=booking.sequence, made_at=booking.made_at,
            starts_at=booking.starts_at, ends_at=booking.ends_at, title=say(_("Appointment with the municipality")),
            place=talks.facts(case, request.locale)["place"], alarm=ALARM,
            link=request.site.base_url + request.route_path("cases.find"),
        )
    )  # fmt: skip
    return Response(
        body=file, content_type="text/calendar", charset="utf-8",
        content_disposition='attachment; filename="afspraak.ics"', cache_control="no-store",
    )  # fmt: skip


def _back(context: CaseFile, request: Request, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("desk.case", reference=context.case.reference, _query={done: "1"}))


def _together(context: CaseFile) -> bool:
    return context.kind is CONVERSATION and may_choose(context.case, Author.STAFF)


@view_config(
    route_name="conversations.desk_moment", renderer="conversations/desk_moment.jinja2",
    permission=Permission.CASE_READ, request_method="GET",
)  # fmt: skip
def show_desk_moment(context: CaseFile, request: Request) -> Any:
    """The same moments, for staff who choose together with the resident."""
    if not _together(context):
        return _back(context, request, "anders")
    return _page(request, context.case, *_blank(request, context.case))


@view_config(
    route_name="conversations.desk_moment", renderer="conversations/desk_moment.jinja2",
    permission=Permission.CASE_HANDLE, request_method="POST",
)  # fmt: skip
def choose_desk_moment(context: CaseFile, request: Request) -> Any:
    """Take a moment together."""
    if not _together(context):
        return _back(context, request, "anders")
    return _taken(request, context.case, Author.STAFF, lambda: _back(context, request, "stap"))
