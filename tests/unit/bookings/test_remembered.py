"""What was looked for a moment ago is not looked for again; and never shown once something in the diaries changed."""

from datetime import date, timedelta

import pytest

from portal.bookings.availability import Place
from portal.bookings.models import BookingWorker, Closure
from portal.bookings.remembered import MOST, Remembered, asked
from portal.bookings.standing import Standing
from tests.unit.bookings.conftest import MILA, TARIQ, TEAM, a_case, at, wish

LEAD, HORIZON = timedelta(hours=24), timedelta(days=56)


@pytest.fixture
def look(session, bookings, clock, team):
    """Looks for the first moments of a day: gives them, and how often the diaries were read for it."""
    memory, read = Remembered(), []

    def find(wanted=None, after=None):
        wanted = wanted or wish()
        question = asked(TEAM, wanted, after, clock.now(), LEAD, HORIZON)

        def search():
            read.append(question)
            return [[moment.start for moment in bookings().free(TEAM, wanted, 5, after)]]

        return memory.days(session.connection(), question, clock.now(), search)[0]

    find.read = read
    return find


def test_the_same_question_is_looked_up_once(look):
    assert look() == look() == look()
    assert len(look.read) == 1


@pytest.mark.parametrize("other", [wish(travel=30), wish(Place.PHONE, 0), wish(part="afternoon"), wish(length=30)])
def test_another_question_is_another_answer(look, other):
    look()
    look(other)
    assert len(look.read) == 2


def test_a_talk_at_the_team_is_always_looked_up_as_rooms_have_no_version(look):
    look(wish(Place.TEAM, 0))
    look(wish(Place.TEAM, 0))
    assert len(look.read) == 2


def test_what_somebody_holds_is_gone_at_once_and_back_when_the_hold_runs_out(look, bookings, clock):
    first = look()
    for staff_id in (MILA, TARIQ):
        bookings().hold(TEAM, wish(), at("24 10:00", staff_id), f"key-{staff_id}")
    held = look()
    assert first[0] not in held
    clock.forward(minutes=14)
    assert look() == held or look()[0] not in first[:1]
    clock.forward(minutes=2)
    assert first[1] in look() or len(look.read) >= 3


def test_a_moment_that_is_given_back_is_there_again(look, session, bookings):
    case = a_case(session, "case-remembered")
    before = look()
    booked = [bookings().hold(TEAM, wish(), at("24 10:00", staff_id), f"key-{staff_id}") for staff_id in (MILA, TARIQ)]
    bookings().book(f"key-{MILA}", case)
    assert look() != before
    for one in booked:
        bookings().cancel(one)
    assert look() == before


def test_leave_and_a_worker_who_comes_or_goes_are_seen_at_once(look, session, bookings):
    before = look()
    for staff_id in (MILA, TARIQ):
        bookings().absent(staff_id, date(2026, 11, 24), date(2026, 11, 24))
    assert look()[0].date() == date(2026, 11, 25) != before[0].date()
    for staff_id in (MILA, TARIQ):
        session.get_one(BookingWorker, staff_id).active = False
    session.flush()
    assert look() == []


def test_a_day_on_which_the_municipality_is_closed_is_seen_at_once(look, session):
    look()
    session.add(Closure(team_slug=None, first=date(2026, 11, 24), last=date(2026, 11, 24)))
    session.flush()
    assert look()[0].date() == date(2026, 11, 25)


def test_a_quarter_later_it_is_looked_up_anew(look, clock):
    first = look()
    clock.forward(minutes=16)
    assert first[0] not in look()
    assert len(look.read) == 2


def test_whoever_writes_in_a_diary_raises_its_version_and_no_other(session, clock, team):
    Standing(session, clock.now()).queue({MILA})
    session.expire_all()
    assert [session.get_one(BookingWorker, one).version for one in (MILA, TARIQ)] == [1, 0]


def test_only_so_much_is_kept(look):
    for length in range(15, 15 + MOST + 2):
        look(wish(length=length))
    look(wish(length=15))
    assert len(look.read) == MOST + 3
