"""Hold, book, move, give back: what each promises, and that nothing changes when it cannot be kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.bookings.models import Booking, BookingCell, BookingWorker, Leave
from portal.bookings.services import AlreadyBooked, BookingIsOver, HoldIsOver, MomentTaken
from portal.bookings.standing import cells_of
from tests.unit.bookings.conftest import MILA, TARIQ, TEAM, a_case, at, wish

pytestmark = pytest.mark.usefixtures("team")
WISH = wish()
LATER = at("26 14:00")


@pytest.fixture
def hold(bookings):
    return lambda key="key", moment=None: bookings().hold(TEAM, WISH, moment or at("26 10:00"), key)


@pytest.fixture
def book(bookings, session, hold):
    """Books a moment for a new request: gives the booking."""

    def booked(name="one", moment=None):
        hold(name, moment)
        return bookings().book(name, a_case(session, f"case-{name}"))

    return booked


@pytest.fixture
def cells(session):
    """How many quarters somebody's bookings take."""
    query = select(func.count()).select_from(BookingCell)
    return lambda staff_id=MILA: session.scalar(query.where(BookingCell.staff_id == staff_id))


def test_what_is_held_is_somebodys_for_a_quarter_of_an_hour_with_the_way_there_and_back(bookings, hold, cells, clock):
    held = hold()
    assert held.hold_until - clock.now() == timedelta(minutes=15)
    assert (held.busy_from, held.busy_until) == (at("26 09:45").start, at("26 11:15").start)
    assert cells() == 6
    assert bookings().held("key") is held
    clock.forward(minutes=15)
    assert bookings().held("key") is None


@pytest.mark.parametrize("start", ["26 10:00", "26 11:15", "26 09:00"])
def test_who_comes_second_hears_that_it_is_taken(hold, start, cells):
    hold()
    with pytest.raises(MomentTaken):
        hold("other", at(start))
    assert cells() == 6
    hold("other", at(start, TARIQ))
    hold("third", at("26 11:30"))


@pytest.mark.parametrize("moment", [at("23 12:00"), at("28 10:00"), at("26 16:30"), at("26 10:07"), at("26 10:00", 1)],
                         ids=["too soon", "a Saturday", "after five", "beside the grid", "nobody"])  # fmt: skip
def test_what_nobody_was_offered_cannot_be_held(hold, moment):
    with pytest.raises(MomentTaken):
        hold("key", moment)


def test_the_database_refuses_what_slipped_past_the_look(hold, bookings, session, cells):
    mine = hold()
    quarter = cells_of(LATER.start, LATER.end)[0]
    session.add(BookingCell(staff_id=MILA, cell=quarter, booking_id=mine.id))  # no diary shows it
    session.flush()
    with pytest.raises(MomentTaken):
        hold("other", LATER)
    assert (bookings().held("other"), cells()) == (None, 7)


def test_another_moment_gives_the_first_one_back(hold, bookings, cells, session):
    hold()
    moved = hold(moment=at("26 10:30"))
    assert bookings().held("key") is moved
    assert cells() == 6
    assert session.scalar(select(func.count()).select_from(Booking).where(Booking.hold_key == "key")) == 1


def test_a_moment_that_is_taken_leaves_what_was_held(hold, bookings, cells):
    held = hold()
    hold("other", at("26 14:00"))
    with pytest.raises(MomentTaken):
        hold("key", at("26 14:00"))
    assert bookings().held("key") is held
    assert cells() == 12


def test_what_was_held_too_long_is_there_for_others(hold, bookings, clock, cells):
    hold()
    clock.forward(minutes=16)
    (first,) = bookings().free(TEAM, WISH, 1, at("26 09:59").start)
    assert first == at("26 10:00")
    assert hold("other").hold_key == "other"
    assert cells() == 6


def test_what_is_held_becomes_the_booking_of_the_request_once(book, bookings):
    booked = book()
    assert (booked.state, booked.case_id, booked.hold_until) == ("booked", "case-one", None)
    assert bookings().book("one", "case-one") is booked
    assert bookings().of_case("case-one") is booked
    assert bookings().held("one") is None


@pytest.mark.parametrize("swept", [False, True])
def test_a_hold_that_is_over_is_taken_again_when_nobody_was_first(hold, bookings, session, clock, cells, swept):
    hold()
    clock.forward(days=1, hours=23)  # too soon by now for who chooses anew
    if swept:
        assert bookings().expire() == 1
        assert cells() == 0
    assert bookings().book("key", a_case(session, "case-one")).state == "booked"
    assert cells() == 6


def test_a_hold_that_is_over_and_taken_is_over(hold, bookings, session, clock):
    hold()
    clock.forward(minutes=15)
    hold("other")
    with pytest.raises(HoldIsOver):
        bookings().book("key", a_case(session, "case-one"))
    assert bookings().held("other") is not None
    assert bookings().of_case("case-one") is None


def test_what_was_given_back_is_not_booked_after_all(hold, bookings, session):
    assert bookings().cancel(hold()) is True
    with pytest.raises(HoldIsOver):
        bookings().book("key", a_case(session, "case-one"))
    with pytest.raises(HoldIsOver):
        bookings().book("never", "case-one")


def test_a_request_and_a_form_have_one_booking(book, hold, bookings, session):
    book()
    hold("two", LATER)
    with pytest.raises(AlreadyBooked):
        hold("one", at("27 10:00"))
    with pytest.raises(AlreadyBooked):
        bookings().book("two", "case-one")
    with pytest.raises(AlreadyBooked):
        bookings().book("one", a_case(session, "case-two"))


def test_a_move_keeps_one_booking_and_counts(book, bookings, cells):
    before = book()
    moved = bookings().move(before, WISH, at("26 10:30"))
    again = bookings().move(moved, WISH, at("26 10:00", TARIQ))
    assert (before.state, moved.state, again.state) == ("moved", "moved", "booked")
    assert (moved.sequence, again.sequence) == (1, 2)
    assert bookings().of_case("case-one") is again
    assert bookings().book("one", "case-one") is again
    assert (cells(), cells(TARIQ)) == (0, 6)


def test_a_move_to_a_moment_that_is_taken_leaves_the_old_one(book, bookings, cells):
    mine = book()
    book("two", LATER)
    with pytest.raises(MomentTaken):
        bookings().move(mine, WISH, at("26 14:30"))
    assert (bookings().of_case("case-one"), mine.state, cells()) == (mine, "booked", 12)


def test_what_is_cancelled_stands_no_longer(book, hold, bookings, cells):
    mine = book()
    assert [bookings().cancel(mine), bookings().cancel(mine)] == [True, False]
    assert (mine.state, bookings().of_case("case-one"), cells()) == ("cancelled", None, 0)
    with pytest.raises(BookingIsOver):
        bookings().move(mine, WISH, LATER)
    hold("other")


def test_after_a_cancellation_the_same_request_can_have_another(book, hold, bookings):
    bookings().cancel(book())
    hold("one", LATER)
    assert bookings().book("one", "case-one").starts_at == LATER.start


@pytest.mark.parametrize("state", ["done", "no_show"])
def test_a_talk_that_was_leaves_the_diary(book, bookings, cells, state):
    mine = book()
    assert bookings().end(mine, state) is True
    assert (mine.state, cells(), bookings().of_case("case-one")) == (state, 0, None)


def test_expiring_lets_go_of_what_was_held_too_long_and_of_nothing_else(book, hold, bookings, clock, cells):
    book()
    hold("two", LATER)
    clock.forward(minutes=10)
    hold("three", at("27 10:00"))
    clock.forward(minutes=5)
    assert [bookings().expire(), bookings().expire()] == [1, 0]
    assert cells() == 12
    assert bookings().held("three") is not None


def test_a_form_that_was_never_sent_is_forgotten(book, hold, bookings, clock, session):
    book()
    hold("two", LATER)
    clock.forward(days=1)
    bookings().expire()
    assert len(session.scalars(select(Booking.id)).all()) == 2
    clock.forward(days=6)
    bookings().expire()
    assert session.scalars(select(Booking.hold_key)).all() == ["one"]


def test_absence_cancels_nothing_and_names_what_is_booked(book, hold, bookings, session):
    mine = book()
    book("two", at("26 10:00", TARIQ))
    book("three", at("30 10:00"))
    hold("four", LATER)
    touched = bookings().absent(MILA, date(2026, 11, 26), date(2026, 11, 27))
    assert [one.id for one in touched] == [mine.id]
    assert mine.state == "booked"
    assert session.scalars(select(Leave.staff_id)).all() == [MILA]
    with pytest.raises(HoldIsOver):  # it was only held: a talk with somebody who is away is promised to nobody
        bookings().book("four", a_case(session, "case-four"))
    with pytest.raises(MomentTaken):
        hold("five", at("27 12:00"))
    assert {one.staff_id for one in bookings().free(TEAM, WISH, 20, at("26 00:00").start)} == {TARIQ}


def test_somebody_has_no_more_talks_a_day_than_suits_them(session, team, hold):
    session.get(BookingWorker, MILA).most_a_day = 2
    session.flush()
    hold("one", at("26 09:00"))
    hold("two", at("26 11:00"))
    with pytest.raises(MomentTaken):
        hold("three", at("26 15:00"))
