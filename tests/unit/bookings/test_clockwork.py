"""What happens by itself: what was held too long is there for others, on a database that keeps it."""

import pytest
from sqlalchemy import delete, select

from portal.bookings import clockwork
from portal.bookings.models import Booking, BookingCell, BookingWorker
from portal.bookings.services import Bookings
from portal.cases.models import Case
from portal.foundation.clock import today
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from tests.unit.bookings.conftest import MILA, TEAM, a_case, a_worker, at, hours, wish


@pytest.fixture
def site(zwolle):
    """Zwolle with one worker, and without anything of this afterwards."""
    with writing(zwolle.engine) as session:
        a_worker(session, MILA)
        hours(session, MILA)
    yield zwolle
    with writing(zwolle.engine) as session:
        for table in (Booking, BookingWorker, Case):
            session.execute(delete(table))


@pytest.fixture
def look(site, clock):
    """Looks once; nothing it does needs a path."""
    return lambda: clockwork.look(site, clock, None)


@pytest.fixture
def left(site):
    """The states of what is written down, and how many quarters are taken."""

    def read():
        with reading(site.engine) as connection:
            cells = connection.scalars(select(BookingCell.cell)).all()
            return sorted(connection.scalars(select(Booking.state))), len(cells)

    return read


def hold(site, clock, key, moment):
    with writing(site.engine) as session:
        policies = read_policies(session.connection(), today(clock))
        Bookings(session, policies, clock.now()).hold(TEAM, wish(), moment, key)


def test_a_hold_goes_when_its_time_is_over_and_is_forgotten_a_week_later(site, clock, look, left):
    hold(site, clock, "one", at("26 10:00"))
    clock.forward(minutes=10)
    hold(site, clock, "two", at("26 14:00"))
    assert (look(), left()) == (0, (["held", "held"], 12))
    clock.forward(minutes=5)
    assert (look(), left()) == (1, (["held", "lapsed"], 6))
    clock.forward(days=7)
    assert (look(), left()) == (1, ([], 0))
    assert look() == 0


def test_what_is_booked_stays_however_late_it_is(site, clock, look, left):
    hold(site, clock, "one", at("26 10:00"))
    with writing(site.engine) as session:
        Bookings(session, {}, clock.now()).book("one", a_case(session, "case-one"))
    clock.forward(days=30)
    assert (look(), left()) == (0, (["booked"], 6))
