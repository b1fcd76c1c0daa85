"""Roles: of a team or of the municipality, and which do not go together."""

import pytest

from portal.accounts.labels import ROLES
from portal.accounts.roles import OF_A_TEAM, OUTSIDE_THE_TEAMS, Role, clashes, fits_team, principals


def test_every_role_has_a_name_for_people():
    assert set(ROLES) == set(Role)
    assert len(Role) == 13


@pytest.mark.parametrize("role", Role)
def test_a_role_of_a_team_names_its_team_and_another_names_none(role):
    assert fits_team(role, "holtenbroek") == (role in OF_A_TEAM)
    assert fits_team(role, None) == (role not in OF_A_TEAM)


@pytest.mark.parametrize("inside", OF_A_TEAM)
@pytest.mark.parametrize("outside", OUTSIDE_THE_TEAMS)
def test_who_judges_the_plans_of_teams_is_in_no_team(inside, outside):
    assert clashes(inside, {outside, Role.TRANSLATOR}) == {outside}
    assert clashes(outside, {inside, Role.TRANSLATOR}) == {inside}


def test_other_roles_go_together():
    assert clashes(Role.MAP_EDITOR, set(Role)) == set()
    assert clashes(Role.TEAM_WORKER, {Role.TEAM_COORDINATOR, Role.COMPLAINT_HANDLER}) == set()


def test_lists_speak_of_a_role_and_of_a_role_in_a_team():
    assert principals(Role.TEAM_WORKER, "holtenbroek") == {"role:team_worker", "role:team_worker:holtenbroek"}
    assert principals(Role.PUBLISHER, None) == {"role:publisher"}
