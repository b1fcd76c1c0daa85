"""One's own diary in one's own calendar: the page where its address is made, and the address itself."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import colander
import deform
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.bookings.calendar_file import Appointment, calendar_feed
from portal.bookings.feeds import Expected, FeedReader, Feeds
from portal.bookings.resources import Agenda
from portal.bookings.week_labels import TITLES
from portal.bookings.week_rules import monday_of, week_of
from portal.cases.references import spoken
from portal.foundation.clock import local_date, today
from portal.foundation.security import Permission, PublicResource
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: How often a calendar should ask; most do so when it suits them.
AGAIN = timedelta(hours=1)
#: Kept by the calendar that asked, and by nothing on the way; asked again each time.
PRIVATE = "private, no-cache"


def _form(request: Request) -> Form:
    label = _("Also the name of who I talk with, and the number of the request")
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(
        colander.SchemaNode(
            colander.Boolean(), name="names", oid="names", title=_("Names"), missing=False, default=False,
            widget=deform.widget.CheckboxWidget(label=label),
        )
    )  # fmt: skip
    return request.form(schema, _("Make an address"), request.route_path("diary.feed"))


def _page(request: Request, form: Form, made: str | None = None) -> dict[str, Any]:
    reader = FeedReader(request.looking.connection(), request.clock.now(), today(request.clock))
    return {"form": form, "feed": reader.of(request.identity.staff_id), "made": made, "gone": "weg" in request.GET}


@view_config(
    route_name="diary.feed", renderer="bookings/feed.jinja2", permission=Permission.DIARY_READ, request_method="GET"
)
def show_feed(context: Agenda, request: Request) -> dict[str, Any]:
    """Whether one has an address; which it is, is said once."""
    return _page(request, _form(request))


@view_config(
    route_name="diary.feed", renderer="bookings/feed.jinja2", permission=Permission.DIARY_FEED, request_method="POST"
)
def make_feed(context: Agenda, request: Request) -> Any:
    """A new address, shown in this answer and never again; the one before is over."""
    form = _form(request)
    try:
        names = form.submit()["names"]
    except Trapped:
        return HTTPSeeOther(request.route_path("diary.feed"))
    except Wrong:
        request.response.status_int = 422
        return _page(request, form)
    token = Feeds(request.db, request.clock.now()).make(request.identity.staff_id, names)
    return _page(request, _form(request), request.site.base_url + request.route_path("diary.ics", token=token))


@view_config(route_name="diary.feed_end", permission=Permission.DIARY_FEED, request_method="POST")
def end_feed(context: Agenda, request: Request) -> HTTPSeeOther:
    """Take the address away. Twice is once."""
    Feeds(request.db, request.clock.now()).end(request.identity.staff_id)
    return HTTPSeeOther(request.route_path("diary.feed", _query={"weg": "1"}))


@view_config(route_name="diary.ics", permission=Permission.READ, request_method="GET")
def show_ics(context: PublicResource, request: Request) -> Response:
    """The diary behind an address, for a calendar. An address that is nobody's answers as one that never was."""
    now = request.clock.now()
    reader = FeedReader(request.reader, now, today(request.clock))
    who = reader.who(request.matchdict["token"])
    if who is None:
        raise HTTPNotFound()
    kinds, horizon = request.registry.case_kinds.values(), request.policies["booking_horizon"].span()
    events = [_appointment(request, one) for one in reader.expected(who, kinds, horizon)]
    name = request.localizer.translate(_("My talks"))
    response = Response(calendar_feed(events, name, AGAIN), content_type="text/calendar", charset="utf-8")
    response.headers["Cache-Control"] = PRIVATE
    return response


def _appointment(request: Request, one: Expected) -> Appointment:
    title = request.localizer.translate(TITLES[one.place])
    name = sha256(f"diary:{one.key}".encode()).hexdigest()[:24]
    return Appointment(
        uid=f"{name}@{request.domain}", sequence=one.sequence, made_at=one.made_at, starts_at=one.starts_at,
        ends_at=one.ends_at, title=f"{title}: {one.name} ({spoken(one.reference)})" if one.name else title,
        place=one.team_address, link=request.site.base_url + _where_more_is(request, one),
    )  # fmt: skip


def _where_more_is(request: Request, one: Expected) -> str:
    if one.reference:
        return str(request.route_path("desk.case", reference=one.reference, locale="nl"))
    week = week_of(monday_of(local_date(one.starts_at)))
    return str(request.route_path("diary.week", locale="nl", _query={"week": week}))
