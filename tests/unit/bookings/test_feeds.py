"""The address of somebody's calendar: kept as a hash, one a person, and worth nothing once they work here no more."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.roles import Role
from portal.accounts.services import StaffAccounts
from portal.bookings.availability import Moment, Place, Wish
from portal.bookings.feeds import FeedReader, Feeds, of_who_left
from portal.bookings.models import Booking, Feed
from portal.bookings.services import Bookings
from portal.conversations.kind import CONVERSATION
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.policies import read_policies
from tests.desk import hire, leads, works
from tests.unit.bookings.conftest import TEAM, a_worker, hours
from tests.weeks import a_talk

EIGHT_WEEKS = timedelta(days=56)


def here(written):
    return datetime.strptime(f"2026-{written}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


@pytest.fixture
def mila(session, clock):
    """Somebody of the team with a diary, who has an account."""
    staff_id = hire(session, clock.now(), "Mila de Wit", works(TEAM))
    a_worker(session, staff_id)
    hours(session, staff_id)
    return staff_id


@pytest.fixture
def feeds(session, clock):
    return Feeds(session, clock.now())


@pytest.fixture
def reader(session, clock):
    return lambda: FeedReader(session.connection(), clock.now(), local_date(clock.now()))


@pytest.fixture
def expected(reader):
    def read(token, kinds=(CONVERSATION,)):
        who = reader().who(token)
        assert who is not None
        return reader().expected(who, kinds, EIGHT_WEEKS)

    return read


def test_only_a_hash_of_the_secret_is_kept(session, feeds, mila):
    token = feeds.make(mila, with_names=False)
    row = session.query(Feed).one()
    assert len(token) == 43
    assert (row.staff_id, row.with_names, len(row.hash)) == (mila, False, 64)
    assert token not in row.hash


def test_a_new_one_ends_the_old_one_and_changes_what_it_says(session, feeds, reader, mila):
    first = feeds.make(mila, with_names=False)
    second = feeds.make(mila, with_names=True)
    assert reader().who(first) is None
    assert (reader().who(second).staff_id, reader().who(second).with_names) == (mila, True)
    assert session.query(Feed).count() == 1


def test_taken_away_it_is_gone_and_twice_is_once(feeds, reader, mila):
    token = feeds.make(mila, with_names=True)
    assert [feeds.end(mila), feeds.end(mila)] == [True, False]
    assert reader().who(token) is None
    assert reader().of(mila) is None


def test_who_holds_it_sees_by_the_roles_of_today(session, clock, feeds, reader, mila):
    token = feeds.make(mila, with_names=False)
    accounts = StaffAccounts(session, clock.now(), local_date(clock.now()))
    staff = accounts.by_email("mila.de.wit@staff.example")
    accounts.grant(staff, Role.TEAM_COORDINATOR, "holtenbroek")
    session.flush()
    assert reader().who(token).identity.principals == {
        "role:team_worker", f"role:team_worker:{TEAM}", "role:team_coordinator", "role:team_coordinator:holtenbroek",
    }  # fmt: skip


def test_it_is_over_when_somebody_left_or_has_no_role_in_a_team_any_more(session, clock, feeds, reader, mila):
    boss = hire(session, clock.now(), "Carla Smit", leads(TEAM), (Role.CONTENT_EDITOR, None))
    tokens = [feeds.make(staff_id, with_names=True) for staff_id in (mila, boss)]
    session.flush()
    assert session.execute(of_who_left(local_date(clock.now()))).all() == []
    accounts = StaffAccounts(session, clock.now(), local_date(clock.now()))
    accounts.leave("mila.de.wit@staff.example")
    accounts.end_grant(accounts.by_email("carla.smit@staff.example"), Role.TEAM_COORDINATOR, TEAM)
    session.flush()
    assert [reader().who(token) for token in tokens] == [None, None]
    assert set(session.execute(of_who_left(local_date(clock.now()))).scalars()) == {mila, boss}


def test_without_names_nothing_of_the_request_leaves_the_database(session, clock, feeds, expected, mila):
    case = a_talk(session, clock.now(), mila, TEAM, here("11-24 10:00"))
    (one,) = expected(feeds.make(mila, with_names=False))
    assert (one.name, one.reference, one.team_address) == ("", "", "")
    for private in (case.reference, "Zonneveld", "8011", "Melkmarkt", case.id):
        assert private not in repr(one)


def test_with_names_it_says_who_and_which_request_where_that_may_be_seen(session, clock, feeds, expected, mila):
    case = a_talk(session, clock.now(), mila, TEAM, here("11-24 10:00"))
    token = feeds.make(mila, with_names=True)
    (one,) = expected(token)
    assert (one.name, one.reference) == ("Mevrouw Zonneveld-Kanarie", case.reference)
    assert "Melkmarkt" not in repr(one)
    case.team_slug = "holtenbroek"
    session.flush()
    (one,) = expected(token)
    assert (one.name, one.reference) == ("", "")


def test_the_address_of_the_team_is_the_only_one(session, clock, feeds, expected, mila):
    for day, place in enumerate(("home", "team", "phone", "video", "elsewhere"), 24):
        if day < 28:
            a_talk(session, clock.now(), mila, TEAM, here(f"11-{day} 10:00"), place)
    addresses = {one.place: bool(one.team_address) for one in expected(feeds.make(mila, with_names=True))}
    assert addresses == {"home": False, "team": True, "phone": False, "video": False}


@pytest.mark.parametrize("state", ["held", "moved", "cancelled", "lapsed"])
def test_what_does_not_stand_is_not_there(session, clock, feeds, expected, mila, state):
    a_talk(session, clock.now(), mila, TEAM, here("11-24 10:00"))
    booking = session.query(Booking).one()
    booking.state, booking.hold_until = state, here("11-23 10:15") if state == "held" else None
    session.flush()
    assert expected(feeds.make(mila, with_names=True)) == []


def test_moved_it_keeps_its_key(session, clock, feeds, expected, mila):
    a_talk(session, clock.now(), mila, TEAM, here("11-24 10:00"), "phone")
    token = feeds.make(mila, with_names=False)
    (before,) = expected(token)
    policies = read_policies(session.connection(), date(2026, 11, 23))
    later = Moment(here("11-26 14:00"), here("11-26 15:00"), mila)
    wish = Wish(Place.PHONE, timedelta(hours=1), timedelta())
    booking = session.scalar(select(Booking).where(Booking.state == "booked"))
    Bookings(session, policies, clock.now()).move(booking, wish, later)
    (after,) = expected(token)
    assert after.key == before.key
    assert (before.sequence, after.sequence) == (0, 1)
