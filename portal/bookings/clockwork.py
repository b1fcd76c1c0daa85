"""What happens by itself: a moment that was held and not used is there for others again."""

from typing import Any

from sqlalchemy import or_, select

from portal.bookings.models import Booking
from portal.bookings.services import Bookings, to_forget
from portal.bookings.standing import to_let_go
from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.site import Site


def look(site: Site, clock: Clock, path: Any) -> int:
    """Let go of what nobody used in time; returns how many moments are there for others again."""
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        policies = read_policies(connection, today(clock))
        due = or_(to_let_go(clock.now()), to_forget(policies, clock.now()))
        if connection.execute(select(Booking.id).where(due).limit(1)).first() is None:
            return 0
    with writing(site.engine) as session:
        return Bookings(session, policies, clock.now()).expire()
