"""What the database itself refuses, whoever writes: nothing below goes through the services."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from portal.bookings.models import Booking, BookingCell, BookingWorker, Closure, Leave, WorkDay, WorkPattern
from portal.cases.models import Case
from tests.clock import START
from tests.unit.bookings.conftest import MILA, TEAM, a_case, a_worker

HOUR = timedelta(hours=1)
ROW = {
    "id": "one", "staff_id": MILA, "team_slug": TEAM, "place": "home", "starts_at": START, "ends_at": START + HOUR,
    "busy_from": START, "busy_until": START + HOUR, "state": "held", "hold_until": START + HOUR, "hold_key": "key",
    "sequence": 0, "made_at": START,
}  # fmt: skip


@pytest.fixture
def put(session):
    """Writes a row and leaves everything as it was when the database refuses it."""
    a_worker(session, MILA)
    a_case(session, "case-1")

    def write(model, **row):
        with session.begin_nested():
            session.execute(insert(model).values(**row))

    return write


@pytest.mark.parametrize("change", [
    {"state": "perhaps"}, {"place": "garden"}, {"ends_at": START}, {"busy_from": START + HOUR / 2},
    {"busy_until": START + HOUR / 2}, {"hold_until": None}, {"hold_key": None}, {"state": "booked"},
    {"case_id": "no-such-case"},
])  # fmt: skip
def test_a_booking_that_cannot_be_is_refused(put, change):
    with pytest.raises(IntegrityError):
        put(Booking, **ROW | change)
    put(Booking, **ROW)


def test_a_quarter_of_somebody_is_taken_once(put):
    put(Booking, **ROW)
    put(Booking, **ROW | {"id": "two", "hold_key": "other"})
    put(BookingCell, staff_id=MILA, cell=7, booking_id="one")
    put(BookingCell, staff_id=MILA + 1, cell=7, booking_id="two")
    with pytest.raises(IntegrityError):
        put(BookingCell, staff_id=MILA, cell=7, booking_id="two")


@pytest.mark.parametrize("live", ["held", "booked"])
def test_a_form_and_a_request_have_one_booking_that_stands(put, live):
    mine = {"case_id": "case-1", "state": live}
    put(Booking, **ROW | mine)
    with pytest.raises(IntegrityError):
        put(Booking, **ROW | {"id": "two", "case_id": None})
    with pytest.raises(IntegrityError):
        put(Booking, **ROW | mine | {"id": "two", "hold_key": "other"})
    put(Booking, **ROW | mine | {"id": "two", "state": "moved"})
    put(Booking, **ROW | mine | {"id": "three", "state": "moved"})


def test_what_hangs_on_a_request_goes_with_it(put, session):
    put(Booking, **ROW | {"case_id": "case-1", "state": "booked"})
    put(BookingCell, staff_id=MILA, cell=7, booking_id="one")
    session.execute(delete(Case).where(Case.id == "case-1"))
    assert session.scalars(select(Booking.id).where(Booking.staff_id == MILA)).all() == []
    assert session.scalars(select(BookingCell.cell).where(BookingCell.staff_id == MILA)).all() == []


HOURS = {"staff_id": MILA, "weekday": 0, "start": "09:00", "end": "24:00", "places": ["home"],
         "valid_from": date(2026, 1, 1), "every": 1}  # fmt: skip
DAY = {"staff_id": MILA, "day": date(2026, 1, 1), "start": "09:00", "end": "09:00", "places": []}


@pytest.mark.parametrize(("model", "row", "change"), [
    (WorkPattern, HOURS, {"weekday": 7}), (WorkPattern, HOURS, {"start": "24:00"}), (WorkPattern, HOURS, {"every": 0}),
    (WorkPattern, HOURS, {"end": "24:15"}), (WorkPattern, HOURS, {"valid_until": date(2025, 1, 1)}),
    (WorkPattern, HOURS, {"staff_id": 1}), (WorkDay, DAY, {"end": "08:45"}), (WorkDay, DAY, {"staff_id": 1}),
    (Leave, {"staff_id": MILA, "first": date(2026, 1, 2), "last": date(2026, 1, 3)}, {"last": date(2026, 1, 1)}),
    (Closure, {"first": date(2026, 1, 2), "last": date(2026, 1, 3)}, {"last": date(2026, 1, 1)}),
    (BookingWorker, {"staff_id": 9999, "team_slug": TEAM, "most_a_day": 1, "skills": [], "languages": [],
                     "active": True}, {"most_a_day": 0}),
])  # fmt: skip
def test_hours_that_cannot_be_are_refused(put, model, row, change):
    with pytest.raises(IntegrityError):
        put(model, **row | change)
    put(model, **row)


def test_a_moment_without_its_time_zone_is_refused(put):
    with pytest.raises(Exception, match="time zone"):
        put(Booking, **ROW | {"made_at": datetime(2026, 1, 1)})
