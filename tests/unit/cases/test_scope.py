"""Who of the staff sees which cases: every role, in the team of a case, in another, and for cases without a team."""

from dataclasses import replace

import pytest
from sqlalchemy import false, select

from portal.accounts.roles import OF_A_TEAM, Role, principals, teams_of
from portal.cases.models import Case
from portal.cases.scope import names_who_see, visible_to
from portal.cleaning.kind import CLEANING
from portal.foundation.security import Identity
from tests.desk import due, hire, identity_of, leads, put, works
from tests.unit.cases.conftest import ANSWERS, somebody

EVERYWHERE = ("midden", "holtenbroek", None)
#: A kind that complaints might be: seen in no team, by people of the whole municipality.
WIDE = replace(CLEANING, code="wide", seen_in_team=(), seen_by=("complaint_handler", "complaint_coordinator"))


@pytest.fixture
def cases(session, desk):
    """A case in each team and one in none: team → case."""
    found = {team: desk().open(f"in-{team}", dict(ANSWERS), somebody(), "nl", team=team).case for team in EVERYWHERE}
    for case in found.values():
        put(session, case, **due(None, None))
    return found


@pytest.fixture
def sees(session, cases, clock):
    """The teams of the cases that somebody with these roles sees: `sees(works("midden"))`."""

    def teams(*roles, kinds=(CLEANING,)):
        staff_id = hire(session, clock.now(), "Noor", *roles)
        identity = identity_of(session, clock.now(), staff_id)
        return set(session.scalars(select(Case.team_slug).where(visible_to(identity, kinds))))

    return teams


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([works("midden")], {"midden"}),
        ([works("holtenbroek")], {"holtenbroek"}),
        ([works("schelle")], set()),
        ([leads("midden")], {"midden", None}),
        ([leads("schelle")], {None}),
        ([works("midden"), works("holtenbroek")], {"midden", "holtenbroek"}),
        ([works("midden"), leads("holtenbroek")], {"midden", "holtenbroek", None}),
        ([works("midden"), leads("midden")], {"midden", None}),
        ([works("midden"), (Role.ADMINISTRATOR, None)], {"midden"}),
        ([], set()),
    ],
)
def test_in_a_team_one_sees_its_cases_and_who_leads_one_those_without_a_team(sees, roles, expected):
    assert sees(*roles) == expected


@pytest.mark.parametrize("role", sorted(set(Role) - OF_A_TEAM))
def test_no_role_of_the_whole_municipality_sees_a_request_for_cleaning(sees, role):
    assert sees((role, None)) == set()


def test_every_role_was_tried():
    assert {Role.TEAM_WORKER, Role.TEAM_COORDINATOR} == OF_A_TEAM


def test_nobody_sees_nothing(session, cases):
    assert session.scalars(select(Case.id).where(visible_to(None, [CLEANING]))).all() == []


def test_without_kinds_there_is_nothing_to_see(sees):
    assert sees(leads("midden"), kinds=()) == set()


def test_a_role_that_ended_shows_nothing_any_more(session, cases, clock):
    from portal.accounts.models import Staff
    from portal.accounts.services import StaffAccounts

    staff_id = hire(session, clock.now(), "Noor", works("midden"))
    accounts = StaffAccounts(session, clock.now(), clock.now().date())
    assert accounts.end_grant(session.get(Staff, staff_id), *works("midden"))
    identity = identity_of(session, clock.now(), staff_id)
    assert session.scalars(select(Case.id).where(visible_to(identity, [CLEANING]))).all() == []


def test_a_kind_of_the_whole_municipality_is_seen_by_its_own_roles_only(session, cases, sees, clock):
    put(session, cases["midden"], kind="wide")
    both = (CLEANING, WIDE)
    assert sees((Role.COMPLAINT_HANDLER, None), kinds=both) == {"midden"}
    noor = hire(session, clock.now(), "Piet", works("midden"), works("holtenbroek"))
    identity = identity_of(session, clock.now(), noor)
    assert set(session.scalars(select(Case.team_slug).where(visible_to(identity, both)))) == {"holtenbroek"}


@pytest.mark.parametrize("team", EVERYWHERE)
def test_the_access_list_of_a_case_names_who_has_it_in_sight_and_nobody_else(session, cases, clock, team):
    for role in Role:
        for place in ("midden", "holtenbroek") if role in OF_A_TEAM else (None,):
            who = Identity("staff:1", frozenset({"staff", *principals(role, place)}))
            found = session.scalar(
                select(Case.id).where(Case.id == cases[team].id, visible_to(who, [CLEANING]))
            )  # fmt: skip
            assert bool(found) == bool(who.principals & set(names_who_see(CLEANING, team))), (role, place)


@pytest.mark.parametrize(
    ("names", "roles", "teams"),
    [
        ({"role:team_worker", "role:team_worker:midden"}, ["team_worker"], {"midden"}),
        ({"role:team_worker:midden", "role:team_worker:schelle"}, ["team_worker"], {"midden", "schelle"}),
        ({"role:team_worker:midden", "role:team_coordinator:schelle"}, ["team_worker"], {"midden"}),
        ({"role:team_worker:midden", "role:team_coordinator:schelle"}, ["team_coordinator", "team_worker"],
         {"midden", "schelle"}),
        ({"role:team_worker"}, ["team_worker"], set()),
        ({"staff", "staff:3", "role:translator"}, ["team_worker", "translator"], set()),
        ({"role:team_worker_of_old:midden"}, ["team_worker"], set()),
        ({"role:team_worker:a:b"}, ["team_worker"], {"a:b"}),
        ({"role:team_worker:midden"}, [], set()),
        (set(), ["team_worker"], set()),
    ],
)  # fmt: skip
def test_the_teams_of_somebody_follow_from_the_names_of_their_roles(names, roles, teams):
    assert teams_of(frozenset(names), roles) == teams


def test_a_condition_for_nobody_is_never_true():
    assert str(visible_to(None, [CLEANING])) == str(false())
