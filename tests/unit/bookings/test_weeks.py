"""Reading a week of diaries: what stands there, for whom it may be more than busy, and an address only in its days."""

from datetime import date, datetime, time

import pytest

from portal.bookings.models import Booking, Closure, Leave, WorkDay
from portal.bookings.thing_models import Thing, ThingCell, ThingMissing
from portal.bookings.week_rules import Home, Off, OneDay
from portal.bookings.weeks import WeekReader, people_with_a_diary
from portal.cases.models import Case
from portal.foundation.clock import LOCAL
from tests.desk import hire, works
from tests.unit.bookings.conftest import MILA, TARIQ, TEAM, a_worker, hours
from tests.weeks import a_talk

MONDAY = date(2026, 11, 23)
NAMES = {MILA: "Mila", TARIQ: "Tariq"}


def here(written):
    return datetime.strptime(f"2026-{written}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


@pytest.fixture
def talk(session, team, clock):
    return lambda start, staff_id=MILA, **more: a_talk(session, clock.now(), staff_id, team, here(start), **more)


@pytest.fixture
def read(session, clock):
    def entries(scope=Case.team_slug == TEAM, monday=MONDAY, people=NAMES):
        session.flush()
        return WeekReader(session.connection(), scope, clock.now(), 1).entries(people, monday)

    return entries


def test_talks_are_there_in_order_with_their_travel(talk, read):
    second, first = talk("11-25 10:00", place="phone"), talk("11-24 10:00", TARIQ)
    entries = read()
    assert [one.talk.reference for one in entries] == [first.reference, second.reference]
    assert [one.staff for one in entries] == ["Tariq", "Mila"]
    assert [one.has_travel for one in entries] == [True, False]
    assert (entries[0].busy_from, entries[0].busy_until) == (here("11-24 09:45"), here("11-24 11:15"))


def test_a_week_is_from_monday_to_sunday_and_of_these_people_only(talk, read, session, team, clock):
    hours(session, MILA, weekdays=(5, 6))
    for start in ("11-29 16:00", "11-30 09:00"):
        talk(start)
    talk("11-24 10:00", TARIQ)
    assert [one.starts_at for one in read(people={MILA: "Mila"})] == [here("11-29 16:00")]
    assert [one.starts_at for one in read(monday=date(2026, 11, 30))] == [here("11-30 09:00")]
    assert read(people={}) == []


def test_outside_the_scope_it_is_busy_and_nothing_more(talk, read, session):
    talk("11-24 10:00", language="Berbers", interpreter=True)
    (one,) = read(scope=Case.team_slug == "holtenbroek")
    assert (one.talk, one.place, one.things) == (None, "", ())
    assert "Berbers" not in repr(one)
    assert "8011" not in repr(one)


@pytest.mark.parametrize(
    ("now", "seen"),
    [("11-24 23:50", None), ("11-25 00:10", Home("Melkmarkt", "127", "8011PK")),
     ("11-27 23:50", Home("Melkmarkt", "127", "8011PK")), ("11-28 00:10", None)],
)  # fmt: skip
def test_an_address_is_read_in_its_days_only(talk, read, clock, now, seen):
    talk("11-26 10:00")
    clock.set(here(now))
    (one,) = read()
    assert one.talk.address == seen


@pytest.mark.parametrize("place", ["team", "phone", "video", "elsewhere"])
def test_a_talk_that_is_not_at_home_has_no_address(talk, read, place):
    talk("11-24 10:00", place=place)
    (one,) = read()
    assert (one.place, one.talk.address) == (place, None)


@pytest.mark.parametrize(
    ("state", "stands"),
    [("booked", True), ("done", True), ("no_show", True), ("moved", False), ("cancelled", False), ("lapsed", False)],
)
def test_what_was_moved_or_cancelled_is_gone_and_what_was_stays(talk, read, session, state, stands):
    talk("11-24 10:00")
    session.query(Booking).one().state = state
    assert bool(read()) == stands


def test_what_is_held_is_there_until_it_is_over(talk, read, session, clock):
    talk("11-24 10:00")
    booking = session.query(Booking).one()
    booking.state, booking.case_id, booking.hold_until = "held", None, here("11-23 10:15")
    (one,) = read()
    assert (one.state, one.talk) == ("held", None)
    clock.set(here("11-23 10:15"))
    assert read() == []


def test_rooms_and_cars_stand_with_their_talk_once_and_what_was_lost_without_a_name(talk, read, session):
    talk("11-24 10:00")
    booking = session.query(Booking).one()
    car = Thing(team_slug=TEAM, kind="car", name="Fiat wit", features=[])
    session.add(car)
    session.flush()
    session.add_all(ThingCell(thing_id=car.id, cell=cell, booking_id=booking.id, kind="car") for cell in range(4))
    session.add(ThingMissing(booking_id=booking.id, kind="room"))
    (one,) = read()
    assert one.things == (("car", "Fiat wit"), ("room", ""))


def test_what_stands_around_the_talks_comes_in_one_question(session, team, clock):
    session.add_all(
        [Leave(staff_id=MILA, first=date(2026, 11, 20), last=MONDAY), Leave(staff_id=MILA, first=date(2026, 12, 1),
                                                                            last=date(2026, 12, 2)),
         WorkDay(staff_id=TARIQ, day=date(2026, 11, 29), start="00:00", end="24:00", places=[]),
         Closure(team_slug=TEAM, first=date(2026, 11, 27), last=date(2026, 11, 27)),
         Closure(team_slug=None, first=date(2026, 11, 26), last=date(2026, 11, 26)),
         Closure(team_slug="holtenbroek", first=MONDAY, last=MONDAY)]
    )  # fmt: skip
    session.flush()
    around = WeekReader(session.connection(), Case.id.is_(None), clock.now(), 1).around(NAMES, [TEAM], MONDAY)
    assert around.leave == [Off(MILA, date(2026, 11, 20), MONDAY)]
    assert around.days == [OneDay(TARIQ, date(2026, 11, 29), time(0), time.max)]
    assert {one.first for one in around.closures} == {date(2026, 11, 26), date(2026, 11, 27)}
    assert len(around.patterns) == 10
    assert {(one.start, one.end, one.every) for one in around.patterns} == {(time(9), time(17), 1)}


def test_the_people_are_those_of_the_teams_and_oneself(session, clock):
    people = (("Mila de Wit", TEAM), ("Ali Baba", TEAM), ("Els Where", "holtenbroek"), ("Om Ega", "schelle"))
    ids = [hire(session, clock.now(), name, works(slug)) for name, slug in people]
    for staff_id, team in zip(ids, (TEAM, TEAM, "holtenbroek", "schelle"), strict=True):
        a_worker(session, staff_id, team, active=team != "schelle")
    found = people_with_a_diary(session.connection(), [TEAM], ids[3])
    assert [(one.name, one.team, one.active) for one in found] == [
        ("Ali Baba", TEAM, True), ("Mila de Wit", TEAM, True), ("Om Ega", "schelle", False),
    ]  # fmt: skip
