"""Which rule of coverage decides, and which place is meant by a name. Tables, no database."""

from datetime import date

import pytest

from portal.teams.rules import (
    Name,
    Place,
    Postcode,
    Rule,
    asks_number,
    find_place,
    parse_where,
    plain_name,
    teams_at,
    telling_names,
)

TODAY = date(2026, 11, 23)


def rule(team, kind, value, **more):
    return Rule(team, kind, value, **more)


WIDE = rule("wide", "pc4", "8011")
OTHER = rule("other", "pc4", "8012")
NARROW = rule("narrow", "pc6", "8011AB")
LOW = rule("low", "number", "8011AB", number_from=1, number_to=25)
HIGH = rule("high", "number", "8011AB", number_from=26)
ODD = rule("odd", "number", "8011AB", parity="odd")
EVEN = rule("even", "number", "8011AB", parity="even")


@pytest.mark.parametrize(
    ("asked", "rules", "teams"),
    [
        ("8011", [WIDE, OTHER], ["wide"]),
        ("8011AB", [WIDE, OTHER], ["wide"]),
        ("8011AB", [WIDE, NARROW], ["narrow"]),
        ("8011AC", [WIDE, NARROW], ["wide"]),
        ("8011AB 12", [WIDE, NARROW], ["narrow"]),
        ("8011AB 12", [LOW, HIGH], ["low"]),
        ("8011AB 25", [LOW, HIGH], ["low"]),
        ("8011AB 26", [LOW, HIGH], ["high"]),
        ("8011AB 99999", [LOW, HIGH], ["high"]),
        ("8011AB", [LOW, HIGH], ["low", "high"]),
        ("8011AB 3", [ODD, EVEN], ["odd"]),
        ("8011AB 4", [ODD, EVEN], ["even"]),
        ("8011AB 12", [LOW, NARROW, WIDE], ["low"]),
        ("8011AB 80", [LOW, NARROW, WIDE], ["narrow"]),
        ("8011AB 80", [LOW, WIDE], ["wide"]),
        ("8011AB", [LOW, WIDE], ["low", "wide"]),
        ("8011AB", [LOW, NARROW, WIDE], ["low", "narrow"]),
        ("8011", [WIDE, NARROW], ["wide", "narrow"]),
        ("8011", [NARROW, rule("far", "pc6", "8011XZ")], ["narrow", "far"]),
        ("8011", [NARROW, rule("narrow", "pc6", "8011XZ")], ["narrow"]),
        ("8011", [WIDE, rule("second", "pc4", "8011")], ["wide", "second"]),
        ("8011AC", [NARROW], []),
        ("8011AB 80", [LOW], []),
        ("8099", [WIDE, NARROW], []),
        ("8011", [], []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_narrowest_rule_decides_and_nothing_is_guessed(asked, rules, teams):
    assert list(teams_at(parse_where(asked), rules, TODAY)) == teams


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 1, 1), date(2026, 11, 23), True),
        (date(2026, 1, 1), date(2026, 11, 22), False),
    ],
    ids=["from-today", "from-tomorrow", "until-today", "until-yesterday"],
)
def test_a_rule_holds_from_its_first_to_its_last_day(first, last, holds):
    found = teams_at(Postcode("8011"), [rule("a", "pc4", "8011", valid_from=first, valid_to=last)], TODAY)
    assert found == (("a",) if holds else ())


def test_a_team_takes_over_at_midnight_without_a_day_of_two_or_none():
    rules = [
        rule("old", "pc4", "8011", valid_to=date(2026, 12, 31)),
        rule("new", "pc4", "8011", valid_from=date(2027, 1, 1)),
    ]
    days = (date(2026, 12, 31), date(2027, 1, 1))
    assert [teams_at(Postcode("8011"), rules, day) for day in days] == [("old",), ("new",)]


@pytest.mark.parametrize(("asked", "asks"), [("8011AB", True), ("8011AB 3", False), ("8011AC", False), ("8011", False)])
def test_the_house_number_is_asked_only_where_it_tells(asked, asks):
    assert asks_number(parse_where(asked), [LOW, HIGH, WIDE], TODAY) is asks


PLACES = [
    (plain_name(name), Place(name, level, frozenset({name + level})))
    for name, level in [
        ("Assendorp", "wijk"), ("Assendorp", "district"), ("Holtenbroek I", "buurt"), ("Holtenbroek", "wijk"),
        ("Aa-landen", "wijk"), ("Westenholte", "wijk"), ("Stadshagen", "district"), ("Berkum", "wijk"),
    ]
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "name", "level"),
    [
        ("Assendorp", "Assendorp", "wijk"),
        ("assendrop", "Assendorp", "wijk"),
        ("asendorp", "Assendorp", "wijk"),
        ("Holtenbroek 1", "Holtenbroek I", "buurt"),
        ("holtenbroek", "Holtenbroek", "wijk"),
        ("Holtenbrook", "Holtenbroek", "wijk"),
        ("aalanden", "Aa-landen", "wijk"),
        ("westenhotle", "Westenholte", "wijk"),
        ("Stadshage", "Stadshagen", "district"),
        ("berkem", "Berkum", "wijk"),
    ],
)
def test_a_place_is_found_by_its_name_misspelt_or_not_and_the_smallest_counts(asked, name, level):
    found = find_place(parse_where(asked), PLACES)
    assert found is not None
    assert (found.name, found.level) == (name, level)


@pytest.mark.parametrize("asked", ["Kampen", "xyz", "ber", "assen", "holten", "b" * 46, "زفوله"])
def test_a_name_that_is_not_alike_is_not_guessed(asked):
    assert find_place(parse_where(asked), PLACES) is None


def test_without_places_nothing_is_found():
    assert find_place(Name("assendorp"), []) is None


def test_teams_that_share_a_wijk_are_told_apart_by_their_buurten():
    areas = [("a", "Noord", "Dorp"), ("a", "Zuid", "Laan"), ("b", "Zuid", "Plein"), ("a", "Noord", "Kade")]
    assert telling_names(areas) == {"a": ["Noord", "Laan"], "b": ["Plein"]}
