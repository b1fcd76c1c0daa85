"""From rows to a diary: what is in it, how many questions that takes, and how quick the first moments are there."""

from datetime import date, time, timedelta
from random import Random
from time import thread_time

import pytest
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from portal.bookings.availability import Place
from portal.bookings.models import PLACES, Booking, BookingWorker, Closure, Leave, WorkDay
from portal.bookings.services import Bookings
from portal.foundation.db import reading
from portal.foundation.policies import read_policies
from tests.clock import START
from tests.unit.bookings.conftest import EVERYWHERE, MILA, TARIQ, TEAM, a_case, a_worker, at, hours, wish

FIRST, LAST = date(2026, 11, 23), date(2027, 1, 17)
EIGHT_WEEKS = 56


@pytest.fixture
def questions(session):
    """The questions that were asked of the database since the test began."""
    asked = []
    listen = (session.get_bind(), "before_cursor_execute", lambda *words: asked.append(words[2]))
    event.listen(*listen)
    yield asked
    event.remove(*listen)


def test_a_diary_holds_who_works_when_and_what_is_taken(team, session, bookings):
    a_worker(session, 9003, active=False)
    a_worker(session, 9004, team="holtenbroek")
    hours(session, MILA, "18:00", "24:00", weekdays=[3], every=2, valid_until=date(2026, 12, 1))
    hours(session, MILA, "07:00", "08:00", weekdays=[3], valid_until=FIRST)
    session.add(WorkDay(staff_id=MILA, day=FIRST, start="10:00", end="10:00", places=[]))
    session.add(Leave(staff_id=TARIQ, first=date(2026, 11, 24), last=date(2026, 11, 25)))
    session.add(Closure(team_slug=TEAM, first=date(2026, 12, 31), last=date(2027, 1, 1)))
    session.add(Closure(team_slug=None, first=date(2027, 1, 17), last=date(2027, 1, 20)))
    session.add(Closure(team_slug="holtenbroek", first=date(2026, 12, 4), last=date(2026, 12, 4)))
    session.flush()
    bookings().hold(TEAM, wish(), at("26 10:00"), "key")
    diary = bookings().diary(TEAM, FIRST, LAST)
    assert {one.staff_id for one in diary.workers} == {MILA, TARIQ}
    assert [(one.start, one.end, one.every) for one in diary.patterns if one.start == time(18)] == [
        (time(18), time.max, 2)
    ]
    assert len(diary.patterns) == 11
    assert [(one.day, one.start) for one in diary.dated] == [(FIRST, time(10))]
    assert {(one.staff_id, one.start, one.end) for one in diary.busy} == {
        (TARIQ, at("24 00:00").start, at("26 00:00").start), (MILA, at("26 09:45").start, at("26 11:15").start),
    }  # fmt: skip
    assert dict(diary.booked_per_day) == {(MILA, date(2026, 11, 26)): 1}
    assert diary.closed == {date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 17)}


def test_eight_weeks_of_a_team_are_seven_questions(team, bookings, questions):
    service = bookings()
    questions.clear()
    service.diary(TEAM, FIRST, LAST)
    assert len(questions) == 7


def test_later_moments_follow_without_a_gap_or_a_double(team, bookings):
    everything = bookings().free(TEAM, wish(), 10_000)
    pages, after = [], None
    while page := bookings().free(TEAM, wish(), 37, after):
        pages += page
        after = page[-1].start
    assert pages == everything
    assert everything[0].start >= START + timedelta(hours=24)
    assert everything[-1].start < at("23 00:00").start + timedelta(days=EIGHT_WEEKS)
    assert bookings().free(TEAM, wish(), 1, START + timedelta(days=400)) == []
    assert bookings().free("no-such-team", wish()) == []


def test_a_connection_that_only_looks_is_enough(zwolle):
    with reading(zwolle.engine) as connection, Session(connection) as looking:
        policies = read_policies(connection, FIRST)
        assert Bookings(looking, policies, START).diary("holtenbroek", FIRST, LAST).workers == []


def test_the_places_of_rows_are_those_of_the_rules():
    assert set(PLACES) == set(Place) == set(EVERYWHERE)


def busy_team(session, workers=15, bookings=3000):
    """A team that is nearly full: so many workers, so many bookings in eight weeks."""
    chance, rows = Random(7), []
    a_case(session, "case-full")
    for staff_id in range(9100, 9100 + workers):
        a_worker(session, staff_id, most_a_day=8)
        hours(session, staff_id, "08:00", "18:00")
    days = [at("24 08:00").start + timedelta(days=day) for day in range(EIGHT_WEEKS)]
    slots = [(9100 + who, day + timedelta(minutes=90 * turn)) for day in days if day.weekday() < 5
             for who in range(workers) for turn in range(6)]  # fmt: skip
    for number, (staff_id, start) in enumerate(sorted(chance.sample(slots, bookings), key=lambda one: one[1])):
        rows.append({
            "id": f"full-{number}", "hold_key": f"full-{number}", "staff_id": staff_id, "state": "held",
            "hold_until": START + timedelta(days=1), "team_slug": TEAM, "place": "home", "starts_at": start,
            "ends_at": start + timedelta(minutes=60), "busy_from": start - timedelta(minutes=15), "sequence": 0,
            "busy_until": start + timedelta(minutes=75), "made_at": START, "case_id": None,
        })  # fmt: skip
    session.execute(insert(Booking), rows)


@pytest.mark.parametrize(("after", "bar"), [(0, 0.025), (40, 0.025)], ids=["first page", "six weeks on"])
def test_twenty_moments_of_a_full_team_are_there_at_once(session, bookings, after, bar):
    busy_team(session)
    service, took = bookings(), []
    for _turn in range(40):
        began = thread_time()
        found = service.free(TEAM, wish(), 20, START + timedelta(days=after))
        took.append(thread_time() - began)
        assert len(found) == 20
    p95 = sorted(took)[37]
    print(f"free(): p95 {p95 * 1000:.1f} ms, median {sorted(took)[20] * 1000:.1f} ms of this process")
    assert p95 <= bar


def test_a_worker_who_left_the_team_is_in_no_diary(team, session, bookings):
    session.get(BookingWorker, MILA).active = False
    session.flush()
    assert {one.staff_id for one in bookings().free(TEAM, wish(), 50)} == {TARIQ}
