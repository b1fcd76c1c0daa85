"""At the desk: which room or car an appointment has, and which other is free then."""

from typing import Any

import colander
import deform
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.bookings.availability import Place
from portal.bookings.models import Booking
from portal.bookings.thing_labels import FEATURES
from portal.bookings.thing_models import Thing
from portal.bookings.things import CAR, ROOM, Things, ThingTaken
from portal.cases.models import Case
from portal.cases.people import schema_of
from portal.cases.resources import CaseFile
from portal.conversations.kind import CONVERSATION
from portal.conversations.sending import service
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: What a talk may need, by its place: to where nobody of the team is at home, one goes by car.
NEEDS = {Place.HOME: (CAR,), Place.ELSEWHERE: (ROOM, CAR), Place.TEAM: (ROOM,), Place.PHONE: (ROOM,),
         Place.VIDEO: (ROOM,)}  # fmt: skip
TITLES = {ROOM: (_("Room"), _("No room")), CAR: (_("Car"), _("No car"))}
NOTHING = ""


def things_panel(request: Request, case: Case) -> dict[str, Any] | None:
    """The form, and what the talk lost; None where there is no appointment ahead, or the team lists nothing for it."""
    booking = service(request).booking(case)
    if booking is None or booking.state != "booked" or booking.ends_at <= request.clock.now():
        return None
    form = _form(request, case, booking)
    if form is None:
        return None
    return {"form": form, "missing": sorted(_things(request).missing(booking), reverse=True)}


def _things(request: Request) -> Things:
    return Things(request.looking, request.clock.now())


def _form(request: Request, case: Case, booking: Booking) -> Form | None:
    things = _things(request)
    has, lost = things.of(booking), things.missing(booking)
    touched = {*NEEDS[Place(booking.place)], *has, *lost}
    offered = {kind: things.free(booking, kind) for kind in (ROOM, CAR) if kind in touched}
    nodes = [
        _select(request, kind, free, has.get(kind))
        for kind, free in offered.items()
        if free or kind in has or kind in lost
    ]
    if not nodes:
        return None
    action = request.route_path("conversations.desk_thing", reference=case.reference)
    return request.form(schema_of(*nodes), _("Keep"), action, "things")


def _select(request: Request, kind: str, free: list[Thing], now: Thing | None) -> Any:
    title, nothing = TITLES[kind]
    listed = {one.id: one for one in ([now] if now else []) + free}
    values = [(NOTHING, nothing), *((str(one.id), _called(request, one)) for one in listed.values())]
    return colander.SchemaNode(
        colander.String(), name=kind, oid=kind, title=title, missing=NOTHING,
        default=str(now.id) if now else NOTHING, validator=colander.OneOf([value for value, _words in values]),
        widget=deform.widget.SelectWidget(values=values),
    )  # fmt: skip


def _called(request: Request, thing: Thing) -> str:
    """Its name, with what it has."""
    has = [request.localizer.translate(words) for code, words in FEATURES if code in thing.features]
    return f"{thing.name} ({'; '.join(has)})" if has else thing.name


@view_config(route_name="conversations.desk_thing", permission=Permission.CASE_HANDLE, request_method="POST")
def choose_thing(context: CaseFile, request: Request) -> HTTPSeeOther:
    """Take a room or a car for the appointment, change it, or let it go; in one go, or not at all."""
    done = "plek" if context.kind is CONVERSATION and _chosen(context.case, request) else "anders"
    return HTTPSeeOther(request.route_path("desk.case", reference=context.case.reference, _query={done: "1"}))


def _chosen(case: Case, request: Request) -> bool:
    """Whether it could be done; what was taken by another meanwhile is no longer on the list."""
    booking = service(request).booking(case)
    form = _form(request, case, booking) if booking is not None and booking.state == "booked" else None
    if booking is None or form is None:
        return False
    things = _things(request)
    try:
        with request.db.begin_nested():
            for kind, number in form.submit().items():
                if number:
                    things.take(booking.id, int(number))
                else:
                    things.let_go(booking.id, kind)
    except (Wrong, Trapped, ThingTaken):
        return False
    return True


def includeme(config: Configurator) -> None:
    """The form of the desk."""
    config.add_localized_route(
        "conversations.desk_thing", WORD, "/aanvraag/{reference:[A-Za-z0-9]{8}}/ruimte", only=LOCALES_OF_STAFF,
        factory="portal.cases.resources.CaseFile",
    )  # fmt: skip
    config.scan("portal.conversations.things")
