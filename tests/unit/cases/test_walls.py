"""A case with a wall: whoever it is about does not see it, whatever their role, and never gets it in hand."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.accounts.models import Staff
from portal.accounts.roles import Role
from portal.accounts.services import StaffAccounts
from portal.cases.models import Case, CaseEvent
from portal.cases.scope import visible_to
from portal.cases.wall_models import CaseWall
from portal.cases.walls import Walls, kept_from
from portal.cleaning.kind import CLEANING
from portal.foundation.clock import local_date
from portal.foundation.security import Identity
from tests.desk import hire, identity_of, leads, works
from tests.unit.cases.conftest import ANSWERS, somebody

HANDLER = (Role.COMPLAINT_HANDLER, None)
KIND = replace(CLEANING, code="cleaning", seen_in_team=(), seen_by=("complaint_handler",), walled=True)


@pytest.fixture
def case(session, desk):
    return desk().open("walled", dict(ANSWERS), somebody(), "nl").case


@pytest.fixture
def walls(session, clock):
    return Walls(session, clock.now(), local_date(clock.now()))


@pytest.fixture
def hired(session, clock):
    return lambda name, *roles: hire(session, clock.now(), name, *roles)


@pytest.fixture
def sees(session, clock):
    def look(staff_id):
        identity = identity_of(session, clock.now(), staff_id)
        return session.scalar(select(Case.id).where(visible_to(identity, [KIND]))) is not None

    return look


@pytest.fixture
def outside(session, case, clock):
    return lambda: kept_from(session.connection(), case.id, local_date(clock.now()))


def test_without_a_wall_the_role_decides(case, hired, sees, outside):
    assert sees(hired("Piet", HANDLER))
    assert outside() == frozenset()


def test_who_it_is_about_does_not_see_it_and_a_colleague_does(case, walls, hired, sees, outside):
    piet, noor = hired("Piet", HANDLER), hired("Noor", HANDLER)
    walls.build(case, staff_id=piet)
    assert (sees(piet), sees(noor)) == (False, True)
    assert outside() == {piet}


def test_everybody_of_the_team_it_is_about_is_kept_out_those_who_come_later_too(case, walls, hired, sees, outside):
    walls.build(case, team="midden")
    inside, elsewhere = hired("Piet", HANDLER, works("midden")), hired("Noor", HANDLER, works("holtenbroek"))
    assert (sees(inside), sees(elsewhere)) == (False, True)
    assert inside in outside()
    assert elsewhere not in outside()


def test_who_has_no_number_sees_no_case_with_a_wall(session, case, walls, hired):
    nameless = Identity("staff:0", frozenset({"staff", "role:complaint_handler"}))
    seen = select(Case.id).where(visible_to(nameless, [KIND]))
    assert session.scalar(seen) == case.id
    walls.build(case, team="midden")
    assert session.scalar(seen) is None


def test_who_had_it_in_hand_loses_it_with_a_line_in_the_story(session, case, walls, hired):
    piet = hired("Piet", HANDLER)
    case.owner_id = piet
    session.flush()
    walls.build(case, staff_id=piet)
    assert case.owner_id is None
    actions = session.scalars(select(CaseEvent.action).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number))
    assert list(actions)[-1] == "release"


def test_the_same_wall_twice_is_one(session, case, walls):
    walls.build(case, team="midden")
    walls.build(case, team="midden")
    assert len(session.scalars(select(CaseWall.id)).all()) == 1


def test_a_kind_without_walls_asks_nothing_more(session, case, walls, hired, clock):
    piet = hired("Piet", HANDLER)
    walls.build(case, staff_id=piet)
    identity = identity_of(session, clock.now(), piet)
    assert session.scalar(select(Case.id).where(visible_to(identity, [replace(KIND, walled=False)]))) == case.id


def test_who_works_under_the_one_it_is_about_does_not_judge_them(case, walls, hired, sees, outside):
    boss = hired("Boris", HANDLER, leads("schelle"))
    under, beside = hired("Piet", HANDLER, works("schelle")), hired("Noor", HANDLER, works("holtenbroek"))
    walls.build(case, staff_id=boss)
    assert (sees(boss), sees(under), sees(beside)) == (False, False, True)
    assert outside() == {boss, under}


def test_who_is_under_somebody_is_not_a_wall_around_the_other_way(case, walls, hired, sees, outside):
    boss, under = hired("Boris", HANDLER, leads("schelle")), hired("Piet", HANDLER, works("schelle"))
    walls.build(case, staff_id=under)
    assert (sees(boss), sees(under)) == (True, False)
    assert outside() == {under}


def test_who_led_the_team_when_it_happened_is_judged_by_nobody_of_it(session, case, clock, walls, hired, sees, outside):
    boss, under = hired("Boris", HANDLER, leads("schelle")), hired("Piet", HANDLER, works("schelle"))
    accounts = StaffAccounts(session, clock.now(), local_date(clock.now()))
    accounts.end_grant(session.get_one(Staff, boss), *leads("schelle"))
    walls.build(case, staff_id=boss)
    assert not sees(under)
    assert under in outside()


def test_one_by_one_and_all_together_say_the_same(session, case, walls, hired, sees, outside):
    roles = [role(team) for team in ("midden", "schelle", "holtenbroek") for role in (works, leads)]
    people = [hired(f"Collega {number}", HANDLER, role) for number, role in enumerate(roles)]
    people.append(hired("Van niemand", HANDLER))
    walls.build(case, team="midden")
    walls.build(case, staff_id=people[3])  # leads Schelle
    assert outside() == {one for one in people if not sees(one)} == set(people[:4])
