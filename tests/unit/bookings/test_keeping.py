"""A change of a diary: nothing is broken unseen, nothing is cancelled, and sent again it is the same change."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.bookings.edits import About, AddHours, Away, BackAgain, Close, EndHours, OpenAgain, SetDay, UsualDay
from portal.bookings.keeping import Breaks, Keeping
from portal.bookings.models import Booking, BookingCell, BookingWorker, Closure, Leave, WorkDay, WorkPattern
from portal.foundation.policies import read_policies
from tests.unit.bookings.conftest import MILA, TARIQ, TEAM, a_case, a_worker, at, hours, wish

pytestmark = pytest.mark.usefixtures("team")
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
MORNING = {"weekdays": (3,), "start": "09:00", "end": "12:00", "places": ("home",), "every": 1}


@pytest.fixture
def keeping(session, clock):
    policies = read_policies(session.connection(), date(2026, 11, 23))
    return lambda: Keeping(session, policies, clock.now())


@pytest.fixture
def booked(bookings, session):
    """Books a moment for a new request."""

    def book(name="one", moment=None, team=TEAM):
        bookings().hold(team, wish(), moment or at("26 10:00"), name)
        return bookings().book(name, a_case(session, f"case-{name}"))

    return book


@pytest.fixture
def count(session):
    """How many rows a table has."""
    return lambda table: session.scalar(select(func.count()).select_from(table))


def test_what_a_change_would_break_is_named_and_nothing_has_changed(keeping, booked, count):
    one = booked()
    with pytest.raises(Breaks) as breaks:
        keeping().keep(Away(MILA, THURSDAY, THURSDAY))
    assert [row.id for row in breaks.value.bookings] == [one.id]
    assert (count(Leave), one.state) == (0, "booked")


def test_agreed_to_it_is_made_and_the_talk_stands_until_somebody_acts(keeping, booked, count):
    one = booked()
    assert keeping().keep(Away(MILA, THURSDAY, THURSDAY), [one.id]) == [one]
    assert (count(Leave), one.state, count(BookingCell)) == (1, "booked", 6)


def test_who_agreed_to_one_did_not_agree_to_another(keeping, booked, count):
    one, two = booked(), booked("two", at("26 14:00"))
    with pytest.raises(Breaks) as breaks:
        keeping().keep(Away(MILA, THURSDAY, FRIDAY), [one.id])
    assert [row.id for row in breaks.value.bookings] == [one.id, two.id]
    assert count(Leave) == 0
    assert keeping().keep(Away(MILA, THURSDAY, FRIDAY), [one.id, two.id, "gone"]) == [one, two]


def test_what_is_only_held_is_let_go_and_breaks_nothing(keeping, bookings, session):
    bookings().hold(TEAM, wish(), at("26 10:00"), "form")
    assert keeping().keep(Away(MILA, THURSDAY, THURSDAY)) == []
    assert session.scalars(select(Booking.state)).all() == ["lapsed"]


def test_a_talk_of_a_colleague_or_one_that_is_over_is_not_touched(keeping, booked, clock):
    booked("theirs", at("26 10:00", TARIQ))
    booked()
    clock.forward(days=3, hours=2)  # Thursday, 12:00
    assert keeping().keep(Away(MILA, THURSDAY, FRIDAY)) == []


@pytest.mark.parametrize("edit", [
    AddHours(MILA, since=THURSDAY, until=None, **MORNING), Away(MILA, FRIDAY, FRIDAY), Close(TEAM, FRIDAY, FRIDAY),
    SetDay(MILA, FRIDAY, "09:00", "10:00", ("home",)),
    About(MILA, TEAM, 2, ("woman",), ("nl",), True), About(9003, TEAM, 2, ("woman",), ("nl",), True),
], ids=lambda edit: type(edit).__name__)  # fmt: skip
def test_sent_twice_it_is_one_change(keeping, count, edit):
    tables = (WorkPattern, WorkDay, Leave, Closure, BookingWorker)
    keeping().keep(edit)
    once = [count(table) for table in tables]
    keeping().keep(edit)
    assert [count(table) for table in tables] == once


def test_hours_come_for_each_weekday_and_can_be_chosen(keeping, bookings, session):
    a_worker(session, 9003)
    keeping().keep(Away(MILA, THURSDAY, FRIDAY))
    keeping().keep(Away(TARIQ, THURSDAY, FRIDAY))
    assert bookings().free(TEAM, wish(), 1, at("26 00:00").start)[0].start > at("27 23:00").start
    keeping().keep(AddHours(9003, since=THURSDAY, until=date(2026, 12, 4), **{**MORNING, "weekdays": (3, 4)}))
    found = bookings().free(TEAM, wish(), 99, at("26 00:00").start)
    assert {(one.staff_id, one.start.day) for one in found if one.start < at("28 00:00").start} == {
        (9003, 26), (9003, 27),
    }  # fmt: skip


def test_hours_end_and_are_not_forgotten(keeping, session, booked):
    row = session.scalars(select(WorkPattern).where(WorkPattern.staff_id == MILA, WorkPattern.weekday == 3)).one()
    one = booked()
    with pytest.raises(Breaks):
        keeping().keep(EndHours(MILA, row.id, THURSDAY))
    assert row.valid_until is None
    assert keeping().keep(EndHours(MILA, row.id, FRIDAY)) == []
    assert row.valid_until == FRIDAY
    assert keeping().keep(EndHours(MILA, row.id, THURSDAY), [one.id]) == [one]
    keeping().keep(EndHours(MILA, row.id, date(2026, 12, 31)))
    assert row.valid_until == THURSDAY  # what ended before does not begin again


def test_hours_that_did_not_begin_yet_are_gone(keeping, session, count):
    keeping().keep(AddHours(MILA, since=date(2026, 12, 7), until=None, **MORNING))
    row = session.scalars(select(WorkPattern).where(WorkPattern.valid_from == date(2026, 12, 7))).one()
    before = count(WorkPattern)
    keeping().keep(EndHours(MILA, row.id, date(2026, 12, 7)))
    assert count(WorkPattern) == before - 1


def test_a_day_takes_the_place_of_what_was_said_of_it_and_is_as_usual_again(keeping, booked, count, session):
    one = booked()
    assert keeping().keep(SetDay(MILA, THURSDAY, "00:00", "00:00", ()), [one.id]) == [one]
    keeping().keep(SetDay(MILA, THURSDAY, "09:00", "12:00", ("home",)))
    assert session.scalars(select(WorkDay.end)).all() == ["12:00"]
    keeping().keep(UsualDay(MILA, THURSDAY))
    assert count(WorkDay) == 0


def test_an_extra_day_taken_away_breaks_what_stands_in_it(keeping, booked):
    keeping().keep(SetDay(MILA, date(2026, 11, 28), "09:00", "12:00", ("home",)))
    one = booked("saturday", at("28 10:00"))
    with pytest.raises(Breaks):
        keeping().keep(UsualDay(MILA, date(2026, 11, 28)))
    assert keeping().keep(UsualDay(MILA, date(2026, 11, 28)), [one.id]) == [one]


def test_who_cannot_be_booked_any_more_breaks_all_that_is_to_come(keeping, booked):
    one, two = booked(), booked("two", at("27 10:00"))
    booked("theirs", at("27 10:00", TARIQ))
    with pytest.raises(Breaks) as breaks:
        keeping().keep(About(MILA, TEAM, 9, (), ("nl",), active=False))
    assert breaks.value.bookings == [one, two]


def test_fewer_talks_a_day_and_other_skills_break_nothing(keeping, booked, session):
    booked()
    booked("two", at("26 14:00"))
    assert keeping().keep(About(MILA, TEAM, 1, (), ("ar",), active=True)) == []
    assert session.get(BookingWorker, MILA).most_a_day == 1


def test_another_team_breaks_what_was_agreed_in_the_first(keeping, booked):
    one = booked()
    assert keeping().keep(About(MILA, "holtenbroek", 9, (), ("nl",), active=True), [one.id]) == [one]


def test_a_closed_team_breaks_the_talks_of_all_and_of_no_other_team(keeping, booked, session, count):
    a_worker(session, 9003, "holtenbroek")
    hours(session, 9003)
    one, two = booked(), booked("two", at("26 10:00", TARIQ))
    booked("elsewhere", at("26 10:00", 9003), "holtenbroek")
    with pytest.raises(Breaks) as breaks:
        keeping().keep(Close(TEAM, THURSDAY, THURSDAY))
    assert {row.id for row in breaks.value.bookings} == {one.id, two.id}
    assert count(Closure) == 0


def test_leave_and_closures_are_taken_back_and_what_is_over_stays(keeping, session, clock, count):
    keeping().keep(Away(MILA, date(2026, 11, 23), FRIDAY))
    keeping().keep(Away(MILA, FRIDAY, FRIDAY))
    keeping().keep(Close(TEAM, date(2026, 11, 23), FRIDAY))
    clock.forward(days=2)  # Wednesday
    begun, coming = session.scalars(select(Leave).order_by(Leave.first)).all()
    keeping().keep(BackAgain(MILA, begun.id))
    keeping().keep(BackAgain(MILA, coming.id))
    keeping().keep(OpenAgain(TEAM, session.scalars(select(Closure.id)).one()))
    assert [(row.first, row.last) for row in session.scalars(select(Leave))] == [
        (date(2026, 11, 23), date(2026, 11, 24)),
    ]  # fmt: skip
    assert session.scalars(select(Closure.last)).all() == [date(2026, 11, 24)]


def test_nobody_changes_what_is_of_somebody_else(keeping, session, count):
    keeping().keep(Away(MILA, FRIDAY, FRIDAY))
    keeping().keep(Close(TEAM, FRIDAY, FRIDAY))
    leave, closure = session.scalars(select(Leave.id)).one(), session.scalars(select(Closure.id)).one()
    pattern = session.scalars(select(WorkPattern.id).where(WorkPattern.staff_id == MILA)).first()
    keeping().keep(BackAgain(TARIQ, leave))
    keeping().keep(OpenAgain("holtenbroek", closure))
    keeping().keep(EndHours(TARIQ, pattern, FRIDAY))
    assert (count(Leave), count(Closure)) == (1, 1)
    assert session.get(WorkPattern, pattern).valid_until is None


def test_what_can_no_longer_be_kept_is_found_whatever_happened(keeping, booked, session):
    one, two = booked(), booked("two", at("27 10:00"))
    assert keeping().unfit() == []
    session.add(Closure(team_slug=None, first=THURSDAY, last=THURSDAY))
    session.flush()
    assert keeping().unfit() == [one]
    session.get(BookingWorker, MILA).active = False
    session.flush()
    assert keeping().unfit() == [one, two]


def test_a_colleague_takes_a_talk_over_or_nobody_does(bookings, booked, session):
    one = booked()
    taken = bookings().take_over(one, wish(), wish().travel)
    assert (taken.staff_id, taken.starts_at, taken.case_id, taken.sequence) == (TARIQ, one.starts_at, one.case_id, 1)
    assert one.state == "moved"
    booked("two", at("26 10:00", MILA))
    assert bookings().take_over(taken, wish(), wish().travel) is None
    assert taken.state == "booked"
    assert bookings().take_over(taken, wish(skills=frozenset({"woman"})), wish().travel) is None
