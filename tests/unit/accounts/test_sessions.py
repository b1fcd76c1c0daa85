"""Being signed in: fifteen minutes of quiet, eight hours in all, and over at once when somebody leaves."""

import pytest
from sqlalchemy import event, select

from portal.accounts.models import StaffSession
from portal.accounts.roles import Role
from portal.accounts.sessions import STAFF, StaffSessions
from portal.foundation.clock import today
from tests.unit.accounts.conftest import EMAIL


@pytest.fixture
def inside(house):
    """Somebody who is in: (id, token)."""
    staff_id, _codes = house.welcome()
    return staff_id, house.sign_in(staff_id)


def see(house, token):
    with house.writing() as session:
        sessions = StaffSessions(session, house.clock.now(), today(house.clock))
        sessions.seen(sessions.who(token))


def test_who_is_in_has_their_name_and_their_roles(house, inside):
    staff_id, token = inside
    who = house.who(token)
    assert who.userid == f"staff:{staff_id}"
    assert who.name == "Noor de Vries"
    assert who.principals == {STAFF, f"staff:{staff_id}", "role:team_worker", "role:team_worker:holtenbroek"}


def test_looking_who_it_is_takes_one_question(house, inside):
    asked = []
    event.listen(house.site.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    with house.writing() as session:
        accounts = house.accounts(session)
        accounts.grant(accounts.by_email(EMAIL), Role.TRANSLATOR, None)
    asked.clear()
    assert "role:translator" in house.who(inside[1]).principals
    assert len([question for question in asked if question.startswith("SELECT")]) == 1


def test_after_fifteen_minutes_of_quiet_one_is_out(house, inside):
    house.clock.forward(minutes=15, seconds=-1)
    assert house.who(inside[1])
    house.clock.forward(seconds=1)
    assert house.who(inside[1]) is None


def test_who_keeps_working_stays_in_for_eight_hours_and_not_longer(house, inside):
    for _ in range(47):
        house.clock.forward(minutes=10)
        see(house, inside[1])
    house.clock.forward(minutes=10, seconds=-1)
    assert house.who(inside[1])
    house.clock.forward(seconds=1)
    assert house.who(inside[1]) is None


def test_being_seen_is_written_down_once_a_minute_at_most(house, inside):
    sessions = StaffSessions(None, house.clock.now(), today(house.clock))
    assert not sessions.wants_to_be_seen(house.who(inside[1]))
    house.clock.forward(minutes=1)
    sessions = StaffSessions(None, house.clock.now(), today(house.clock))
    assert sessions.wants_to_be_seen(house.who(inside[1]))


def test_who_leaves_is_out_at_that_moment_with_every_role(house, inside):
    staff_id, token = inside
    another = house.door().with_password(EMAIL, "paarse olifant leest kranten")
    with house.writing() as session:
        house.accounts(session).leave(EMAIL)
    assert house.who(token) is None
    assert house.half_way(another) is None
    with house.writing() as session:
        assert house.accounts(session).grants(staff_id) == []
        assert None not in session.scalars(select(StaffSession.ended_at)).all()


def test_who_signs_out_is_out_with_that_browser_only(house, inside):
    staff_id, token = inside
    house.clock.forward(seconds=90)
    another = house.sign_in(staff_id)
    with house.writing() as session:
        house.accounts(session).sign_out(token)
    assert house.who(token) is None
    assert house.who(another)


def test_a_role_counts_from_its_first_day_to_the_day_before_its_end(house, inside):
    with house.writing() as session:
        accounts = house.accounts(session)
        accounts.grant(accounts.by_email(EMAIL), Role.PUBLISHER, None, today(house.clock).replace(day=24))
    assert "role:publisher" in house.who(inside[1]).principals
    house.clock.forward(hours=7)
    see_all_day(house, inside[1])
    assert "role:publisher" in house.who(house.sign_in(inside[0])).principals
    house.clock.forward(hours=8)
    assert "role:publisher" not in house.who(house.sign_in(inside[0])).principals


def see_all_day(house, token):
    assert house.who(token) is None  # seven quiet hours


def test_a_role_that_is_taken_back_is_over_at_the_next_request(house, inside):
    with house.writing() as session:
        accounts = house.accounts(session)
        assert accounts.end_grant(accounts.by_email(EMAIL), Role.TEAM_WORKER, "holtenbroek")
    assert house.who(inside[1]).principals == {STAFF, f"staff:{inside[0]}"}


def test_the_row_holds_no_cookie(house, inside):
    with house.writing() as session:
        assert inside[1] not in session.scalars(select(StaffSession.id)).all()


def test_very_old_rows_are_thrown_away_at_the_next_sign_in(house, inside):
    house.clock.forward(days=91)
    house.sign_in(inside[0])
    with house.writing() as session:
        oldest = min(session.scalars(select(StaffSession.created_at)))
    assert (house.clock.now() - oldest).days == 0
