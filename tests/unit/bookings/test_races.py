"""Many at once on one team: nobody is in two places, nothing that was promised is lost, and the sums are right."""

from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from sqlalchemy import select

from portal.bookings.models import Booking, BookingCell, BookingWorker, Leave
from portal.bookings.services import Bookings, MomentTaken
from portal.foundation.clock import local_date
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.policy_files import seed as seed_policies
from portal.teams.models import Team
from tests.clock import START
from tests.unit.bookings.conftest import TEAM, a_case, a_worker, hours, wish
from tests.unit.bookings.crowd import FORMS, MOST_A_DAY, OPERATIONS, THREADS, WISHES, WORKERS, Crowd


@pytest.fixture
def crowd(new_site):
    """A team with four workers in a municipality of its own, and the requests of the forms."""
    with writing(new_site.engine) as session:
        session.add(
            Team(
                slug=TEAM, district="Midden", position=1, example=True, phone="1", email="a@b.example", address="A 1",
                postcode="8011 AA", city="Zwolle", lat=52.5, lon=6.1, languages=[], building={}, hours=[], closed=[],
            )
        )  # fmt: skip
        session.flush()
        seed_policies(session, new_site)
        for staff_id in range(9100, 9100 + WORKERS):
            a_worker(session, staff_id, most_a_day=MOST_A_DAY)
            hours(session, staff_id)
        for form in range(FORMS):
            a_case(session, f"case-{form}")
    with reading(new_site.engine) as connection:
        policies = read_policies(connection, START.date())
    return Crowd(new_site, policies)


def everything(site):
    with reading(site.engine) as connection:
        rows = connection.execute(select(Booking.__table__)).all()
        cells = connection.execute(select(BookingCell.staff_id, BookingCell.cell, BookingCell.booking_id)).all()
        leaves = connection.execute(select(Leave.staff_id, Leave.first)).all()
    return rows, cells, leaves


def overlaps(rows):
    """Every pair of one worker that touches, travel included; looked at one by one, by no rule of the portal's."""
    live = [row for row in rows if row.state in {"held", "booked"}]
    return [
        (one, other)
        for one, other in combinations(live, 2)
        if one.staff_id == other.staff_id and one.busy_from < other.busy_until and other.busy_from < one.busy_until
    ]


def too_near(rows):
    """Every pair with less time between than the two ways take: 15 or 40 minutes for a talk at home."""
    way = {key: WISHES[key].travel for key in range(len(WISHES))}
    live = sorted((row for row in rows if row.state in {"held", "booked"}), key=lambda row: row.starts_at)
    return [
        (one, other)
        for one, other in combinations(live, 2)
        if one.staff_id == other.staff_id
        and other.starts_at - one.ends_at < sum((way[int(row.hold_key[4:]) % 4] for row in (one, other)), timedelta())
    ]


def quarters(row):
    """The quarters a booking touches, counted minute by minute."""
    minutes = int((row.busy_until - row.busy_from).total_seconds()) // 60
    return {(row.staff_id, int(row.busy_from.timestamp() // 60 + minute) // 15) for minute in range(minutes)}


def test_a_crowd_on_one_team_breaks_nothing(crowd):
    crowd.run()
    rows, cells, leaves = everything(crowd.site)
    print(dict(crowd.counts), Counter(row.state for row in rows), len(cells), "quarters")
    assert crowd.unexpected == []
    assert sum(crowd.counts.values()) - crowd.counts["try again"] == OPERATIONS // THREADS * THREADS
    assert (overlaps(rows), too_near(rows)) == ([], [])
    nothing_is_lost(crowd, rows)
    live = [row for row in rows if row.state in {"held", "booked"}]
    assert {(cell.staff_id, cell.cell) for cell in cells} == set().union(*map(quarters, live))
    assert {cell.booking_id for cell in cells} == {row.id for row in live}
    per_day = Counter((row.staff_id, row.starts_at.date()) for row in live)
    assert max(per_day.values()) <= MOST_A_DAY
    assert len(leaves) == crowd.counts["absent"] > 0


def nothing_is_lost(crowd, rows):
    """Every booking somebody was told of is there, in the state they were told last, and there are no others."""
    told = {what: {one for said, one in crowd.told if said == what} for what in ("hold", "book", "move", "cancel")}
    of_requests = {row.id: row for row in rows if row.case_id is not None}
    assert set(of_requests) == told["book"] | told["move"]
    by_state = Counter(row.state for row in of_requests.values())
    assert by_state["moved"] == crowd.counts["move"] == len(told["move"])
    assert {row.id for row in of_requests.values() if row.state == "cancelled"} == told["cancel"]
    assert len(told["cancel"]) == sum(said == "cancel" for said, _one in crowd.told)
    first = {row.id for row in of_requests.values() if row.sequence == 0}
    assert by_state["booked"] == len(first) - by_state["cancelled"]
    assert first <= told["hold"]
    for form in range(FORMS):
        mine = [row for row in rows if row.hold_key == f"key-{form}"]
        assert sum(row.state in {"held", "booked"} for row in mine) <= 1
        assert sum(row.case_id is None for row in mine) <= 1
        assert {row.case_id for row in mine} <= {None, f"case-{form}"}


def at_once(crowd, moments):
    """Each of these moments is held for a form of its own, all at once: gives what each was told, in order."""
    site, together, told = crowd.site, Barrier(len(moments)), []

    def want(number, moment):
        together.wait()
        try:
            with writing(site.engine) as session:
                Bookings(session, crowd.policies, START).hold(TEAM, wish(), moment, f"key-{number}")
            told.append("held")
        except MomentTaken:
            told.append("taken")

    with ExitStack() as open_already:  # so that nobody is late because of a connection
        for _one in moments:
            open_already.enter_context(site.engine.connect())
    threads = [Thread(target=want, args=numbered) for numbered in enumerate(moments)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def free(crowd, most):
    with reading(crowd.site.engine) as connection:
        return Bookings(connection, crowd.policies, START).free(TEAM, wish(), most)


def test_the_same_moment_for_everybody_at_once_is_for_one(crowd):
    assert at_once(crowd, free(crowd, 1) * 12) == ["held"] + ["taken"] * 11
    assert len(everything(crowd.site)[1]) == 6


def test_one_talk_a_day_stays_one_when_everybody_wants_another_hour(crowd):
    with writing(crowd.site.engine) as session:
        for worker in session.scalars(select(BookingWorker)):
            worker.most_a_day, worker.active = 1, worker.staff_id == 9100
    a_day = [one for one in free(crowd, 200) if local_date(one.start) == date(2026, 11, 25)]
    hours_apart = a_day[::6]  # an hour, with the way there and back
    assert len(hours_apart) == 5
    assert at_once(crowd, hours_apart) == ["held"] + ["taken"] * 4


def test_two_who_choose_anew_each_with_who_the_other_had_first_never_wait_for_each_other(crowd):
    """As on the page where a request is followed: the moment is held and booked in one transaction."""
    site, together, faults = crowd.site, Barrier(2), []
    for number in range(2):
        with writing(site.engine) as session:
            bookings = Bookings(session, crowd.policies, START)
            bookings.hold(TEAM, wish(), with_whom(crowd, 9100 + number), f"first-{number}")
            bookings.cancel(bookings.book(f"first-{number}", f"case-{number}"))

    def choose_anew(number):
        try:
            with writing(site.engine) as session:
                bookings = Bookings(session, crowd.policies, START)
                bookings.hold(TEAM, wish(), with_whom(crowd, 9101 - number), f"second-{number}")
                with suppress(BrokenBarrierError):  # on SQLite one writes after the other
                    together.wait(timeout=1)
                bookings.book(f"second-{number}", f"case-{number}")
        except Exception as fault:
            faults.append(repr(fault))

    threads = [Thread(target=choose_anew, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    states = sorted((row.case_id, row.state, row.staff_id) for row in everything(site)[0])
    assert states == [
        ("case-0", "booked", 9101), ("case-0", "cancelled", 9100),
        ("case-1", "booked", 9100), ("case-1", "cancelled", 9101),
    ]  # fmt: skip


def with_whom(crowd, staff_id):
    """The first free moment, with this worker."""
    (first,) = free(crowd, 1)
    return replace(first, staff_id=staff_id)
