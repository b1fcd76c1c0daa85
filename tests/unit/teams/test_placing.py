"""Which team works at an address: one, or none that we dare to name."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from portal.teams.models import CoverageRule, Team
from portal.teams.placing import Called, team_at, what_teams_are_called
from portal.teams.rules import parse_where, teams_at
from portal.teams.services import read_rules

TODAY = date(2026, 11, 23)


@pytest.fixture
def at(session):
    """The team at an address: `at("8011PK", "12")`."""
    return lambda postcode, house="1", day=TODAY: team_at(session.connection(), postcode, house, day)


@pytest.mark.parametrize(
    ("postcode", "house", "team"),
    [
        ("8011PK", "12", "midden"),
        ("8031AB", "1", "holtenbroek"),
        ("8021AB", "3", "diezerpoort"),
        ("8011 pk", "12", "midden"),
        ("8011PK", "12-a", "midden"),
        ("8011PK", "12 bis", "midden"),
        ("8011PK", "127-kanarie", "midden"),
        ("8011PK", "", "midden"),
        ("8011PK", "zonder nummer", "midden"),
        ("9999XX", "1", None),
        ("1012AB", "1", None),
        ("", "", None),
        ("niets", "1", None),
        ("0000AA", "1", None),
        ("8011PK", "9" * 400, "midden"),
    ],
)
def test_an_address_belongs_to_its_team_however_it_is_written(at, postcode, house, team):
    assert at(postcode, house) == team


def test_where_two_teams_work_and_the_number_does_not_decide_nobody_is_chosen(session, at):
    """8013 is shared by two teams in the data that we have."""
    where = parse_where("8013AB 1")
    assert len(teams_at(where, read_rules(session.connection(), where), TODAY)) > 1
    assert at("8013AB") is None


@pytest.fixture
def street(session):
    """A street of which the even numbers and the long end are of another team than the rest, from this month on."""
    since = {"kind": "number", "value": "8011ZZ", "valid_from": date(2026, 11, 1)}
    session.execute(insert(CoverageRule), [
        {**since, "team_slug": "schelle", "number_from": 1, "number_to": 99, "parity": "even"},
        {**since, "team_slug": "ittersum", "number_from": 100, "number_to": 300, "parity": None},
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("house", "team"),
    [
        ("12", "schelle"), ("13", "midden"), ("12-3", "schelle"), ("13-2", "midden"), ("12 3 hoog", "schelle"),
        ("12a", "schelle"), ("12/3", "schelle"), ("bus 12", "schelle"), ("100", "ittersum"), ("301", "midden"),
        ("", None), ("zonder", None),
    ],
)  # fmt: skip
def test_where_the_number_decides_it_is_the_first_number_of_the_house(street, at, house, team):
    assert at("8011ZZ", house) == team


def test_a_rule_that_does_not_hold_yet_decides_nothing(street, at):
    assert at("8011ZZ", "12", date(2026, 10, 31)) == "midden"


def test_every_team_has_an_address_that_leads_to_it(session, at):
    """Of each team some postcode area is its own; else requests would only come to the coordinators."""
    areas = session.execute(select(CoverageRule.__table__).where(CoverageRule.kind == "pc4")).all()
    found = {at(f"{row.value}AB") for row in areas}
    assert found >= set(session.scalars(select(Team.slug)))


def test_teams_are_called_by_their_dutch_name_with_their_phone_in_the_order_of_lists(session):
    called = what_teams_are_called(session.connection())
    assert called["holtenbroek"] == Called("Sociaal wijkteam Holtenbroek", "038 000 02 20")
    assert list(called) == list(session.scalars(select(Team.slug).order_by(Team.district, Team.position)))
