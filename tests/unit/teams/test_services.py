"""The finder on the real data of two municipalities: every postcode, every outcome, two questions at most."""

import csv

import pytest
from sqlalchemy import event

from portal.foundation.clock import today
from portal.foundation.db import reading
from portal.foundation.i18n import LOCALES
from portal.teams.reading import TeamReader, read_borders
from portal.teams.rules import Outcome
from tests.composed import SITES

#: Every postcode of Zwolle with its team, or both teams where two work.
ZWOLLE = {
    "8011": "midden", "8012": "midden", "8013": "midden wipstrik-berkum", "8014": "ittersum", "8015": "ittersum",
    "8016": "schelle", "8017": "midden schelle", "8019": "midden schelle", "8021": "diezerpoort",
    "8022": "diezerpoort", "8023": "wipstrik-berkum", "8024": "wipstrik-berkum", "8025": "wipstrik-berkum",
    "8026": "wipstrik-berkum", "8028": "aalanden-vechtlanden", "8031": "holtenbroek", "8032": "aalanden-vechtlanden",
    "8033": "aalanden-vechtlanden", "8034": "aalanden-vechtlanden", "8035": "aalanden-vechtlanden",
    "8041": "westenholte", "8042": "westenholte", "8043": "stadshagen", "8044": "stadshagen", "8045": "stadshagen",
}  # fmt: skip


def slugs(answer):
    return sorted(team.slug for team in answer.teams)


def test_the_table_above_holds_every_postcode_of_zwolle(zwolle):
    assert set(ZWOLLE) == set(zwolle.profile.pc4)
    assert len(ZWOLLE) == 25


@pytest.mark.parametrize(("asked", "teams"), ZWOLLE.items())
def test_every_postcode_of_zwolle_leads_to_its_team_or_asks_once_more(find, asked, teams):
    answer = find(asked)
    wanted = teams.split()
    assert slugs(answer) == wanted
    assert answer.outcome is (Outcome.TEAM if len(wanted) == 1 else Outcome.CHOOSE)


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("8013", {"midden": "Assendorp, Bedrijventerrein Marslanden-Zuid", "wipstrik-berkum": "Herfte, Wijthmen"}),
        ("8017", {"midden": "Assendorp", "schelle": "Schelle"}),
        ("8019", {"midden": "Kamperpoort-Veerallee", "schelle": "Schelle"}),
    ],
)
def test_a_shared_postcode_says_which_neighbourhood_goes_with_which_team(find, asked, about):
    answer = find(asked)
    assert {team.slug: ", ".join(team.about) for team in answer.teams} == about
    assert not answer.asks_number


@pytest.mark.parametrize(
    ("asked", "outcome", "detail"),
    [
        ("8000", Outcome.PO_BOX, "Zwolle"),
        ("8000 AA", Outcome.PO_BOX, "Zwolle"),
        ("8261", Outcome.OUTSIDE, "Kampen"),
        ("8261 AB 12", Outcome.OUTSIDE, "Kampen"),
        ("8911", Outcome.OUTSIDE, "Leeuwarden"),
        ("9999", Outcome.OUTSIDE, "Het Hogeland"),
        ("Kampen", Outcome.OUTSIDE, "Kampen"),
        ("IJsselmuiden", Outcome.OUTSIDE, "Kampen"),
        ("den haag", Outcome.OUTSIDE, "Den Haag"),
        ("9998 ZZ", Outcome.OUTSIDE, "Het Hogeland"),
        ("Nergenshuizen", Outcome.UNKNOWN, None),
        ("asdfghjkl", Outcome.UNKNOWN, None),
    ],
)
def test_a_place_elsewhere_gets_its_own_answer(find, asked, outcome, detail):
    answer = find(asked)
    assert (answer.outcome, answer.detail, answer.teams) == (outcome, detail, ())


def test_a_postcode_that_nobody_has_is_unknown(find):
    with (SITES["zwolle"]["content"].parent / "portal/teams/data/postcodes_nl.csv").open(encoding="utf-8") as lines:
        known = {row["postcode"] for row in csv.DictReader(lines)}
    free = sorted({str(number) for number in range(1_000, 10_000)} - known)
    for asked in (free[0], free[-1], free[len(free) // 2] + "AB"):
        assert find(asked).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("asked", "why"),
    [("", "empty"), (" \u200f ", "empty"), ("801", "length"), ("0123", "zero"), ("8011 SS", "letters")],
)
def test_what_cannot_be_a_postcode_says_why(find, asked, why):
    answer = find(asked)
    assert (answer.outcome, answer.why) == (Outcome.INVALID, why)


@pytest.mark.parametrize(
    ("asked", "teams", "understood"),
    [
        ("Assendorp", "midden", None),
        ("asendorp", "midden", "Assendorp"),
        ("Holtenbroek III", "holtenbroek", None),
        ("holtenbroek 3", "holtenbroek", None),
        ("centrum", "midden", "Binnenstad"),
        ("de Aa-landen", "aalanden-vechtlanden", "Aalanden"),
        ("westenhotle", "westenholte", "Westenholte"),
        ("stadshage", "stadshagen", "Stadshagen"),
    ],
)
def test_the_name_of_a_neighbourhood_leads_to_its_team(find, asked, teams, understood):
    answer = find(asked)
    assert (answer.outcome, slugs(answer), answer.understood) == (Outcome.TEAM, [teams], understood)


@pytest.mark.parametrize("asked", ["Zwolle-Noord", "Oost"])
def test_a_district_with_several_teams_asks_once_more(find, asked):
    answer = find(asked)
    assert answer.outcome is Outcome.CHOOSE
    assert len(answer.teams) > 1


@pytest.mark.parametrize("asked", ["Zwolle", "gemeente zwolle", "ZWOLLE "])
def test_the_municipality_itself_gives_every_team(find, asked):
    answer = find(asked)
    assert (answer.outcome, len(answer.teams)) == (Outcome.CHOOSE, 9)


def test_what_was_typed_comes_back_as_it_was_and_not_endless(find):
    assert find("  8031   ab ").asked == "8031 ab"
    assert len(find("x" * 5_000).asked) == 120


def test_a_card_is_in_the_language_of_the_reader_or_else_in_dutch(find, finder, leeuwarden):
    assert find("8011", "nl").teams[0].name == "Sociaal wijkteam Midden"
    assert find("8011", "en").teams[0].name != find("8011", "nl").teams[0].name
    with finder(leeuwarden, "ar") as found:
        assert found("8911").teams


@pytest.mark.parametrize(
    "asked",
    ["8011", "8013", "8000", "8261", "8011AB 12", "Assendorp", "asendorp", "Zwolle", "Kampen", "zzz", "", "012"],
)
def test_one_question_costs_two_queries_at_most(find, zwolle, asked):
    find(asked)  # what is kept in memory is there now
    statements = []

    def count(_connection, _cursor, statement, *_more):
        statements.append(statement)

    event.listen(zwolle.engine, "before_cursor_execute", count)
    try:
        find(asked)
    finally:
        event.remove(zwolle.engine, "before_cursor_execute", count)
    assert len([statement for statement in statements if "content_version" not in statement]) <= 2


def test_a_team_page_shows_its_neighbourhoods_and_their_borders(zwolle, clock):
    with reading(zwolle.engine) as reader:
        team = TeamReader(reader, LOCALES["nl"], today(clock)).team("midden")
        drawn = dict(read_borders(reader).outlines)
    assert [wijk for wijk, _ in team.neighbourhoods] == sorted(wijk for wijk, _ in team.neighbourhoods)
    assert "Assendorp" in dict(team.neighbourhoods)
    assert team.codes
    assert team.codes <= set(drawn)
    assert len(drawn) == 78


def test_a_team_is_read_in_dutch_when_its_own_language_is_not_there(leeuwarden, clock):
    with reading(leeuwarden.engine) as reader:
        assert TeamReader(reader, LOCALES["ar"], today(clock)).team("west").locale == "nl"


def test_a_team_that_is_not_there_is_none(zwolle, clock):
    with reading(zwolle.engine) as reader:
        assert TeamReader(reader, LOCALES["nl"], today(clock)).team("niets") is None
