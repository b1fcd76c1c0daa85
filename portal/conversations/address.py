"""How long staff see where somebody lives: around a talk at home, and no longer than that visit needs."""

from pyramid.request import Request
from sqlalchemy import select

from portal.bookings.models import Booking
from portal.bookings.rules import address_days
from portal.cases.models import Case
from portal.cases.pages import AddressSeen, Sight
from portal.foundation.clock import today

#: Bookings of somebody who was, or will be, visited.
VISITS = ("booked", "done", "no_show")


def address_from(request: Request, case: Case) -> AddressSeen:
    """How far the desk sees the address of a request for a conversation now; the newest talk counts.

    Who wants letters needs no way around this: a letter has its own address (see `portal.cases.pages.address_seen`).
    """
    talk = request.looking.execute(
        select(Booking.place, Booking.starts_at)
        .where(Booking.case_id == case.id, Booking.state.in_(VISITS))
        .order_by(Booking.starts_at.desc())
        .limit(1)
    ).first()
    if (talk.place if talk else case.answers["place"]) != "home":
        return AddressSeen(Sight.NEVER)
    if talk is None:
        return AddressSeen(Sight.NOTHING_AGREED)
    first, last = address_days(talk.starts_at, request.policies["home_address_shown"].value)
    now = today(request.clock)
    if now < first:
        return AddressSeen(Sight.LATER, first)
    return AddressSeen(Sight.OVER, last) if now > last else AddressSeen(Sight.SHOWN, last)
