"""What is kept for somebody takes the place of what they have: all of it, or nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.bookings.models import BookingCell
from portal.bookings.services import BookingIsOver, HoldIsOver, MomentTaken
from tests.unit.bookings.conftest import TEAM, a_case, at, wish

pytestmark = pytest.mark.usefixtures("team")
OWN, EARLIER = at("27 10:00"), at("26 10:00")


@pytest.fixture
def own(bookings, session):
    """The appointment of a request."""
    bookings().hold(TEAM, wish(), OWN, "sent")
    return bookings().book("sent", a_case(session, "case-one"))


@pytest.fixture
def kept(bookings, clock):
    """An earlier moment that is kept for four hours."""
    return bookings().hold(TEAM, wish(), EARLIER, "earlier", clock.now() + timedelta(hours=4))


def test_a_hold_may_last_longer_than_the_policy_says(bookings, kept, clock):
    clock.forward(hours=3, minutes=59)
    assert bookings().held("earlier") is kept
    clock.forward(minutes=1)
    assert bookings().held("earlier") is None


def test_what_is_kept_becomes_the_booking_and_the_old_quarters_are_free(bookings, session, own, kept):
    new = bookings().exchange(own, "earlier")
    assert (new.state, new.case_id, new.sequence, new.hold_until) == ("booked", own.case_id, 1, None)
    assert own.state == "moved"
    assert bookings().of_case(own.case_id) is new
    cells = session.execute(select(BookingCell.booking_id, func.count()).group_by(BookingCell.booking_id)).all()
    assert cells == [(new.id, 6)]
    bookings().hold(TEAM, wish(), OWN, "another")
    with pytest.raises(MomentTaken):
        bookings().hold(TEAM, wish(), EARLIER, "another")


def test_sending_the_same_form_again_finds_the_new_booking(bookings, own, kept):
    new = bookings().exchange(own, "earlier")
    assert bookings().book("sent", own.case_id) is new


def test_a_hold_that_is_over_changes_nothing(bookings, own, kept, clock):
    clock.forward(hours=4)
    with pytest.raises(HoldIsOver):
        bookings().exchange(own, "earlier")
    assert own.state == "booked"


def test_a_booking_that_is_over_takes_no_hold_along(bookings, own, kept):
    bookings().cancel(own)
    with pytest.raises(BookingIsOver):
        bookings().exchange(own, "earlier")
    assert bookings().held("earlier") is kept
