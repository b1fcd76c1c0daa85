"""Rooms and cars: taken for their own time, kept or lost when a talk is moved, given back when it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from portal.bookings.availability import Place
from portal.bookings.models import Booking
from portal.bookings.services import HoldIsOver, MomentTaken
from portal.bookings.standing import cells_of
from portal.bookings.thing_models import Thing, ThingCell, ThingMissing
from portal.bookings.things import Things, ThingTaken
from portal.cases.references import new_id
from tests.clock import START
from tests.unit.bookings.conftest import MILA, TARIQ, TEAM, a_case, at, wish

TALK = wish(Place.TEAM, 0)
WITH_LIFT = wish(Place.TEAM, 0, features=frozenset({"lift"}))
QUARTER = timedelta(minutes=15)


@pytest.fixture
def things(session, clock):
    return Things(session, clock.now())


@pytest.fixture
def thing(session):
    """Adds a room or a car; gives its number."""

    def add(name, kind="room", team=TEAM, features=(), active=True):
        row = Thing(team_slug=team, kind=kind, name=name, features=list(features), active=active)
        session.add(row)
        session.flush()
        return row.id

    return add


@pytest.fixture
def booked(team, session, bookings):
    """A talk that is booked, of a request of its own."""

    def book(when, wanted=TALK, who=MILA):
        key = new_id()
        bookings().hold(TEAM, wanted, at(when, who), key)
        return bookings().book(key, a_case(session, key))

    return book


def cells(session, booking):
    """The quarters that a talk takes, by thing."""
    found = {}
    query = select(ThingCell.thing_id, ThingCell.cell).where(ThingCell.booking_id == booking.id)
    for thing_id, cell in session.execute(query.order_by(ThingCell.cell)):
        found.setdefault(thing_id, []).append(cell)
    return found


def names(found):
    return [one.name for one in found]


def test_a_team_without_rooms_books_as_before(booked, session):
    booking = booked("26 10:00")
    assert cells(session, booking) == {}
    assert session.scalar(select(func.count()).select_from(ThingMissing)) == 0


def test_a_talk_at_the_team_has_its_room_from_the_moment_it_is_held(team, session, bookings, thing):
    first, second = thing("Blauw"), thing("Groen")
    held = bookings().hold(TEAM, TALK, at("26 10:00"), "key-1")
    other = bookings().hold(TEAM, TALK, at("26 10:30", TARIQ), "key-2")
    assert cells(session, held) == {first: list(cells_of(held.starts_at, held.ends_at))}
    assert list(cells(session, other)) == [second]
    booked = bookings().book("key-1", a_case(session, "case-1"))
    assert list(cells(session, booked)) == [first]


def test_no_moment_is_offered_or_held_when_every_room_is_taken(booked, bookings, thing):
    thing("Blauw")
    thing("Uit gebruik", active=False)
    thing("Elders", team="holtenbroek")
    booked("26 10:00")
    offered = {one.start for one in bookings().free(TEAM, TALK, 300)}
    beside = {at(f"26 {time}").start for time in ("09:15", "10:00", "10:45")}
    assert not offered & beside
    assert {at("26 09:00").start, at("26 11:00").start} <= offered
    assert beside <= {one.start for one in bookings().free(TEAM, wish(Place.PHONE, 0), 300)}
    with pytest.raises(MomentTaken):
        bookings().hold(TEAM, TALK, at("26 10:45", TARIQ), "key")


def test_who_needs_a_lift_gets_it_and_who_does_not_leaves_it_free(booked, session, bookings, thing):
    with_lift, plain = thing("Lift", features=["lift", "quiet"]), thing("Trap")
    assert list(cells(session, booked("26 10:00"))) == [plain]
    assert list(cells(session, booked("26 10:00", WITH_LIFT, TARIQ))) == [with_lift]
    assert at("26 10:30").start not in {one.start for one in bookings().free(TEAM, WITH_LIFT, 300)}
    assert list(cells(session, booked("26 11:00", WITH_LIFT))) == [with_lift]


def test_a_hold_that_is_over_gives_its_room_to_others(team, session, bookings, clock, thing):
    room = thing("Blauw")
    bookings().hold(TEAM, TALK, at("26 10:00"), "late")
    clock.forward(minutes=16)
    assert at("26 10:00").start in {one.start for one in bookings().free(TEAM, TALK, 300)}
    taken = bookings().hold(TEAM, TALK, at("26 10:00", TARIQ), "quick")
    assert list(cells(session, taken)) == [room]
    with pytest.raises(HoldIsOver):
        bookings().book("late", a_case(session, "case-late"))


def test_a_hold_that_is_over_is_booked_again_in_a_room_that_fits(team, session, bookings, clock, thing):
    with_lift, _plain = thing("Lift", features=["lift"]), thing("Trap")
    bookings().hold(TEAM, WITH_LIFT, at("26 10:00"), "key")
    clock.forward(minutes=16)
    bookings().expire()
    booking = bookings().book("key", a_case(session, "case-1"), frozenset({"lift"}))
    assert list(cells(session, booking)) == [with_lift]


@pytest.mark.parametrize("state", ["cancelled", "done", "no_show"])
def test_what_a_talk_had_is_there_for_others_when_it_ends(booked, session, bookings, things, thing, state):
    thing("Blauw")
    car = thing("Auto", "car")
    booking = booked("26 10:00")
    things.take(booking.id, car)
    assert len(cells(session, booking)) == 2
    bookings().end(booking, state)
    assert cells(session, booking) == {}


def test_a_car_is_gone_for_the_way_there_and_back_too(booked, session, things, thing):
    car = thing("Auto", "car")
    visit = booked("26 10:00", wish())
    things.take(visit.id, car)
    assert cells(session, visit) == {car: list(cells_of(visit.busy_from, visit.busy_until))}
    beside = booked("26 11:15", wish(), TARIQ)
    assert things.free(beside, "car") == []
    with pytest.raises(ThingTaken):
        things.take(beside.id, car)
    assert cells(session, beside) == {}
    assert names(things.free(visit, "car")) == ["Auto"]


def test_a_talk_has_one_room_and_one_car_at_most(booked, session, things, thing):
    blue, green, car = thing("Blauw"), thing("Groen"), thing("Auto", "car")
    booking = booked("26 10:00")
    for one in (blue, green, car, green):
        things.take(booking.id, one)
    assert {kind: one.name for kind, one in things.of(booking).items()} == {"room": "Groen", "car": "Auto"}
    cell = next(iter(cells_of(booking.starts_at, booking.ends_at)))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(ThingCell).values(thing_id=blue, cell=cell, booking_id=booking.id, kind="room"))
    things.let_go(booking.id, "room")
    assert list(things.of(booking)) == ["car"]


@pytest.mark.parametrize("other", ["of another team", "out of use", "never was"])
def test_what_is_not_there_for_the_team_cannot_be_taken(booked, things, thing, other):
    number = {
        "of another team": lambda: thing("Elders", team="holtenbroek"),
        "out of use": lambda: thing("Oud", active=False), "never was": lambda: 987_654,
    }[other]()  # fmt: skip
    booking = booked("26 10:00", wish(Place.PHONE, 0))
    with pytest.raises(ThingTaken):
        things.take(booking.id, number)


def test_a_talk_that_does_not_stand_takes_nothing(booked, bookings, things, thing):
    room, booking = thing("Blauw"), booked("26 10:00", wish(Place.PHONE, 0))
    bookings().cancel(booking)
    with pytest.raises(ThingTaken):
        things.take(booking.id, room)


def test_a_talk_that_is_moved_keeps_its_room_and_its_car_when_they_are_free(booked, session, bookings, things, thing):
    _blue, green, car = thing("Blauw"), thing("Groen"), thing("Auto", "car")
    booking = booked("26 10:00")
    things.take(booking.id, green)
    things.take(booking.id, car)
    moved = bookings().move(booking, TALK, at("26 10:30", TARIQ))
    assert {kind: one.name for kind, one in things.of(moved).items()} == {"room": "Groen", "car": "Auto"}
    assert cells(session, booking) == {}
    assert cells(session, moved)[green] == list(cells_of(moved.starts_at, moved.ends_at))
    assert things.missing(moved) == set()


def test_what_is_not_free_at_the_new_moment_is_let_go_and_staff_see_it(booked, session, bookings, things, thing):
    blue, car = thing("Blauw"), thing("Auto", "car")
    elsewhere = booked("27 10:00", wish(Place.PHONE, 0), TARIQ)
    for one in (blue, car):
        things.take(elsewhere.id, one)
    booking = booked("26 10:00", wish(Place.VIDEO, 0))
    for one in (blue, car):
        things.take(booking.id, one)
    moved = bookings().move(booking, wish(Place.VIDEO, 0), at("27 10:30"))
    assert things.of(moved) == {}
    assert things.missing(moved) == {"room", "car"}
    bookings().cancel(elsewhere)
    things.take(moved.id, car)
    things.let_go(moved.id, "room")
    assert things.missing(moved) == set()


def test_a_talk_at_the_team_gets_another_room_when_its_own_is_taken(booked, session, bookings, things, thing):
    blue, green = thing("Blauw"), thing("Groen")
    other = booked("27 10:00", TALK, TARIQ)
    assert list(cells(session, other)) == [blue]
    booking = booked("26 10:00")
    assert list(cells(session, booking)) == [blue]
    moved = bookings().move(booking, TALK, at("27 10:00"))
    assert list(cells(session, moved)) == [green]
    assert things.missing(moved) == set()


def test_a_talk_stays_where_it_was_when_no_room_is_free_at_the_new_moment(booked, session, bookings, thing):
    blue = thing("Blauw")
    booked("27 10:00", TALK, TARIQ)
    booking = booked("26 10:00")
    with pytest.raises(MomentTaken):
        bookings().move(booking, TALK, at("27 10:30"))
    assert list(cells(session, booking)) == [blue]
    assert session.get(Booking, booking.id).state == "booked"


def test_the_only_room_is_no_hindrance_for_the_talk_that_has_it(booked, session, bookings, thing):
    room, booking = thing("Blauw"), booked("26 10:00")
    moved = bookings().move(booking, TALK, at("26 10:15"))
    assert list(cells(session, moved)) == [room]
    taken_over = bookings().take_over(moved, WITH_LIFT, timedelta())
    assert (taken_over.staff_id, list(cells(session, taken_over))) == (TARIQ, [room])


def test_an_earlier_moment_comes_with_its_own_room_and_the_car_of_before(booked, session, bookings, things, thing):
    thing("Blauw")
    car = thing("Auto", "car")
    booking = booked("27 10:00")
    things.take(booking.id, car)
    bookings().hold(TEAM, TALK, at("26 10:00"), "earlier")
    moved = bookings().exchange(booking, "earlier")
    assert sorted(things.of(moved)) == ["car", "room"]
    assert (moved.starts_at, moved.state) == (at("26 10:00").start, "booked")
    assert moved.starts_at > START + QUARTER
