"""The list of rooms and cars: what is on it, and what talks lose when one goes out of use."""

from datetime import timedelta

import pytest

from portal.bookings.availability import Place
from portal.bookings.thing_keeping import ThingList
from portal.bookings.things import Things
from portal.cases.references import new_id
from tests.unit.bookings.conftest import MILA, TARIQ, TEAM, a_case, at, wish

TALK = wish(Place.TEAM, 0)


@pytest.fixture
def listed(session, clock):
    return lambda: ThingList(session, clock.now())


@pytest.fixture
def booked(team, session, bookings):
    def book(when, who=MILA):
        key = new_id()
        bookings().hold(TEAM, TALK, at(when, who), key)
        return bookings().book(key, a_case(session, key))

    return book


def test_a_list_shows_rooms_before_cars_by_name_and_what_is_out_of_use_too(session, listed):
    for team, kind, name in ((TEAM, "car", "Auto"), (TEAM, "room", "Groen"), (TEAM, "room", "Blauw"),
                             ("holtenbroek", "room", "Elders")):  # fmt: skip
        listed().add(team, kind, name, ["quiet", "lift"])
    listed().stop(listed().of_teams([TEAM])[TEAM][0])
    found = listed().of_teams([TEAM, "schelle"])
    assert {team: [(one.name, one.active) for one in things] for team, things in found.items()} == {
        TEAM: [("Blauw", False), ("Groen", True), ("Auto", True)], "schelle": [],
    }  # fmt: skip
    assert found[TEAM][1].features == ["lift", "quiet"]


def test_a_new_name_changes_nothing_for_the_talks_that_have_it(booked, session, clock, listed):
    room = listed().add(TEAM, "room", "Blauw", ())
    booking = booked("26 10:00")
    listed().change(room, "Paars", ["lift"])
    assert Things(session, clock.now()).of(booking)["room"].name == "Paars"


def test_who_takes_a_room_out_of_use_sees_the_talks_that_lose_it_and_their_staff_see_it_too(
    booked, session, bookings, clock, listed
):
    room = listed().add(TEAM, "room", "Blauw", ())
    late, early, over = booked("27 10:00"), booked("26 10:00", TARIQ), booked("24 11:00")
    clock.set(at("24 12:00").end + timedelta(hours=1))
    assert [one.booking_id for one in listed().talks(room)] == [early.id, late.id]
    assert listed().stop(room) == 2
    things = Things(session, clock.now())
    assert [things.missing(one) for one in (late, early, over)] == [{"room"}, {"room"}, set()]
    assert [things.of(one) for one in (late, early)] == [{}, {}]
    assert listed().talks(room) == []
    listed().start(room)
    assert things.take(late.id, room.id).name == "Blauw"
    assert things.missing(late) == set()


def test_twice_out_of_use_is_once(booked, listed):
    room = listed().add(TEAM, "room", "Blauw", ())
    booked("26 10:00")
    assert [listed().stop(room), listed().stop(room)] == [1, 0]
