"""A small diary: two workers of a team in Zwolle who were there before nobody, and requests to book for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.bookings.availability import Moment, Place, Wish
from portal.bookings.models import BookingWorker, WorkPattern
from portal.bookings.services import Bookings
from portal.cases.models import Case
from portal.foundation.clock import LOCAL
from portal.foundation.policies import read_policies
from tests.clock import START, FixedClock

TEAM = "midden"
#: Numbers of staff; a diary asks no account.
MILA, TARIQ = 9001, 9002
EVERYWHERE = ["home", "team", "phone", "video", "elsewhere"]
WEEKDAYS = range(5)


def a_worker(session: Session, staff_id: int, team: str = TEAM, most_a_day: int = 9, **more: Any) -> None:
    """Somebody of a team with a diary, without hours yet."""
    facts = {"skills": [], "languages": ["nl"], "active": True} | more
    session.add(BookingWorker(staff_id=staff_id, team_slug=team, most_a_day=most_a_day, **facts))
    session.flush()


def hours(session: Session, staff_id: int, start: str = "09:00", end: str = "17:00", **more: Any) -> None:
    """The same hours on every weekday, since long."""
    weekdays = more.pop("weekdays", WEEKDAYS)
    facts = {"places": EVERYWHERE, "valid_from": date(2026, 1, 5), "valid_until": None, "every": 1} | more
    for weekday in weekdays:
        session.add(WorkPattern(staff_id=staff_id, weekday=weekday, start=start, end=end, **facts))
    session.flush()


def a_case(session: Session, case_id: str) -> str:
    """A request that was sent."""
    session.add(
        Case(
            id=case_id, reference=case_id[-8:], send_key=f"sent-{case_id}", kind="conversation", state="received",
            channel="web", locale="nl", answers={}, received_at=START, moved_at=START,
        )
    )  # fmt: skip
    session.flush()
    return case_id


def wish(place: Place = Place.HOME, travel: int = 15, length: int = 60, **more: Any) -> Wish:
    """A talk of an hour at home."""
    return Wish(place, timedelta(minutes=length), timedelta(minutes=travel), **more)


def at(text: str, staff_id: int = MILA, length: int = 60) -> Moment:
    """A moment of the test's own days: `at("26 10:00")` is Thursday 26 November."""
    start = datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)
    return Moment(start, start + timedelta(minutes=length), staff_id)


@pytest.fixture
def team(session: Session) -> str:
    """A team in which two people work from nine to five."""
    for staff_id in (MILA, TARIQ):
        a_worker(session, staff_id)
        hours(session, staff_id)
    return TEAM


@pytest.fixture
def bookings(session: Session, clock: FixedClock) -> Callable[[], Bookings]:
    """Makes the service as it is at this moment, on a session that is undone after the test."""
    policies = read_policies(session.connection(), date(2026, 11, 23))
    return lambda: Bookings(session, policies, clock.now())
