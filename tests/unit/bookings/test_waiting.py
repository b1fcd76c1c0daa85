"""Days until the first free moment: one row a day, looked at once an hour, and what is read of it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from portal.bookings.availability import Place
from portal.bookings.models import BookingWorker, FirstFree, WorkPattern
from portal.bookings.waiting import LOOK_EVERY, PLACES, WEEKS, Figure, by_week, look, newest, since
from portal.foundation.clock import LOCAL
from portal.foundation.db import reading, writing
from portal.foundation.policies import Policy
from tests.clock import START
from tests.unit.bookings.conftest import MILA, TEAM, a_worker, hours

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def site(zwolle):
    """Zwolle, with nobody who can be booked and no figures, before and after."""

    def empty():
        with writing(zwolle.engine) as session:
            for table in (FirstFree, WorkPattern, BookingWorker):
                session.execute(delete(table))

    empty()
    yield zwolle
    empty()


@pytest.fixture
def worker(site):
    """Somebody of the team, on these hours."""

    def hire(staff_id=MILA, team=TEAM, **more):
        with writing(site.engine) as session:
            a_worker(session, staff_id, team)
            hours(session, staff_id, **more)

    return hire


def rows(site):
    with reading(site.engine) as connection:
        return connection.execute(select(FirstFree.__table__)).all()


def free_on(site):
    return {row.place: row.free_on for row in rows(site)}


def test_each_team_that_can_be_booked_has_one_row_for_each_kind_of_place(site, worker, clock):
    worker(weekdays=[3], places=["home", "team"])
    worker(MILA + 1, "holtenbroek", weekdays=[1, 2])
    assert look(site, clock, None) == 8
    assert {(row.team_slug, row.place) for row in rows(site)} == {
        (team, str(place)) for team in (TEAM, "holtenbroek") for place in PLACES
    }
    mine = {row.place: row.free_on for row in rows(site) if row.team_slug == TEAM}
    assert mine == {"home": date(2026, 11, 26), "team": date(2026, 11, 26), "phone": None, "video": None}
    assert {(row.looked_on, row.looked_at) for row in rows(site)} == {(MONDAY, START)}


def test_where_nobody_can_be_booked_nothing_is_written(site, clock):
    assert look(site, clock, None) == 0
    assert rows(site) == []


def test_within_the_hour_nobody_looks_again_and_after_it_the_row_of_the_day_changes(site, worker, clock):
    worker()
    assert look(site, clock, None) == 4
    with writing(site.engine) as session:
        session.execute(delete(WorkPattern))
        hours(session, MILA, weekdays=[4])
    clock.forward(minutes=59)
    assert look(site, clock, None) == 0
    assert set(free_on(site).values()) == {MONDAY + DAY}
    clock.forward(minutes=1)
    assert look(site, clock, None) == 4
    assert set(free_on(site).values()) == {MONDAY + 4 * DAY}
    assert {row.looked_at for row in rows(site)} == {START + LOOK_EVERY}
    assert len(rows(site)) == 4


def test_the_next_day_has_rows_of_its_own(site, worker, clock):
    worker()
    look(site, clock, None)
    clock.forward(days=1)
    look(site, clock, None)
    assert sorted({row.looked_on for row in rows(site)}) == [MONDAY, MONDAY + DAY]
    with reading(site.engine) as connection:
        figures = newest(connection, MONDAY + DAY)
        assert {one.looked_at for one in figures[TEAM].values()} == {START + DAY}
        assert [row.looked_on for row in since(connection, MONDAY + DAY, TEAM) if row.place == "home"] == [
            MONDAY, MONDAY + DAY,
        ]  # fmt: skip
        assert since(connection, MONDAY, "holtenbroek") == []


def test_what_is_older_than_a_week_is_no_answer_for_today(site, worker, clock):
    worker()
    look(site, clock, None)
    with reading(site.engine) as connection:
        assert newest(connection, MONDAY + 6 * DAY)
        assert newest(connection, MONDAY + 7 * DAY) == {}
        assert newest(connection, MONDAY - DAY) == {}
        assert len(since(connection, MONDAY + (WEEKS - 1) * 7 * DAY)) == 4
        assert since(connection, MONDAY + WEEKS * 7 * DAY) == []


def test_the_weeks_hold_the_days_one_waited():
    class Row:
        def __init__(self, looked_on, free_on, place="home"):
            self.looked_on, self.free_on, self.place = looked_on, free_on, place

    found = by_week(
        [Row(MONDAY, MONDAY + 3 * DAY), Row(MONDAY + 6 * DAY, None), Row(MONDAY + 7 * DAY, MONDAY + 7 * DAY),
         Row(MONDAY, MONDAY, "phone")], Place.HOME,
    )  # fmt: skip
    assert found == {MONDAY: [3, None], MONDAY + 7 * DAY: [0]}


@pytest.mark.parametrize(
    ("free", "kept"), [(date(2026, 12, 7), True), (date(2026, 12, 8), False), (None, False), (MONDAY, True)]
)
def test_a_promise_of_ten_working_days_is_kept_until_the_last_of_them(free, kept):
    promise = Policy("conversation_first_slot", 10, "working_days", "", True)
    late = datetime(2026, 11, 23, 23, 30, tzinfo=LOCAL)
    assert Figure(free, late).keeps(promise) is kept
    assert Figure(free, late).days == (None if free is None else (free - MONDAY).days)
