"""Who of the staff looked at a case: the names, how often, and the last one first."""

from datetime import timedelta

import pytest

from portal.accounts.models import Staff
from portal.accounts.services import StaffAccounts
from portal.cases.looking import Looked, names_of_staff, who_looked
from portal.cases.models import CaseLook
from tests.desk import hire, works


@pytest.fixture
def look(session, case, clock):
    """Somebody looks, some minutes from now."""

    def at(staff_id, minutes, why="work", case_id=None):
        moment = clock.now() + timedelta(minutes=minutes)
        session.add(CaseLook(case_id=case_id or case.id, staff_id=staff_id, at=moment, why=why))
        session.flush()

    return at


def test_a_case_that_nobody_opened_was_seen_by_nobody(session, case):
    assert who_looked(session.connection(), case.id) == []


def test_each_is_named_once_with_how_often_and_when_last(session, case, clock, look):
    mila, piet = (hire(session, clock.now(), name, works("midden")) for name in ("Mila", "Piet"))
    look(mila, 0)
    look(piet, 70)
    look(mila, 140, "export")
    assert who_looked(session.connection(), case.id) == [
        Looked("Mila", mila, 2, clock.now() + timedelta(minutes=140)),
        Looked("Piet", piet, 1, clock.now() + timedelta(minutes=70)),
    ]


def test_who_left_keeps_their_name_and_who_never_was_is_a_dash(session, case, clock, look):
    mila = hire(session, clock.now(), "Mila", works("midden"))
    look(mila, 0)
    look(mila + 999, 1)
    StaffAccounts(session, clock.now(), clock.now().date()).leave(session.get(Staff, mila).email)
    assert [one.name for one in who_looked(session.connection(), case.id)] == ["–", "Mila"]


def test_looks_at_another_case_are_not_told_here(session, case, desk, clock, look):
    from tests.unit.cases.conftest import ANSWERS, somebody

    other = desk().open("key-2", dict(ANSWERS), somebody(), "nl").case
    look(hire(session, clock.now(), "Mila"), 0, case_id=other.id)
    assert who_looked(session.connection(), case.id) == []


def test_names_are_asked_for_those_who_are_there(session, clock):
    mila = hire(session, clock.now(), "Mila")
    assert names_of_staff(session.connection(), {mila, mila + 999}) == {mila: "Mila"}
    assert names_of_staff(session.connection(), set()) == {}
