"""The teams and what they cover: nine teams, every neighbourhood and postcode, in seven languages."""

import csv
import re
from datetime import date

import pytest

from portal.foundation.lib.hours import parse_closures, parse_openings
from portal.foundation.seeding import read_yaml
from portal.teams.coverage import read_rules, report
from portal.ui.prose import fact_names
from tests.composed import ROOT

TODAY = date(2026, 11, 23)
SITES = {"zwolle": ROOT / "content", "leeuwarden": ROOT / "tests" / "sites" / "leeuwarden"}
PATHS = [path for folder in SITES.values() for path in sorted((folder / "teams").glob("*.yaml"))]
ZWOLLE = {path.stem: read_yaml(path) for path in (SITES["zwolle"] / "teams").glob("*.yaml")}

every_team = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
every_site = pytest.mark.parametrize("site", SITES)


def rows(folder, name):
    return list(csv.DictReader((folder / "areas" / name).read_text("utf-8").splitlines()))


def test_zwolle_has_nine_teams():
    assert len(ZWOLLE) == 9


@pytest.mark.parametrize("slug", ZWOLLE)
def test_a_team_is_there_in_seven_languages_each_complete(slug, zwolle):
    texts = ZWOLLE[slug]["text"]
    assert set(texts) == set(zwolle.profile.locales)
    for locale, text in texts.items():
        assert {"name", "summary", "route", "what"} <= set(text), locale
        assert bool(text.get("draft")) == (locale not in {"nl", "nl_simple"}), locale
        assert set(re.findall(r"\[\[([^\]]+)\]\]", text["what"])) <= fact_names(zwolle.profile), locale
        assert "!" not in " ".join(str(part) for part in text.values()), locale


@every_team
def test_the_name_of_the_file_is_the_name_in_the_address(path):
    assert read_yaml(path)["slug"] == path.stem


@every_team
def test_a_team_is_open_on_every_working_day_or_says_how_to_reach_it(path):
    openings = parse_openings(read_yaml(path)["hours"])
    assert {opening.kind for opening in openings} <= {"open", "walk_in", "phone"}
    assert {opening.weekday for opening in openings if opening.kind == "phone"} >= {0, 1, 2, 3}
    assert any(opening.kind == "walk_in" for opening in openings)


@every_team
def test_one_can_only_walk_in_where_the_door_is_open(path):
    openings = parse_openings(read_yaml(path)["hours"])
    for walk_in in (opening for opening in openings if opening.kind == "walk_in"):
        doors = [opening for opening in openings if (opening.kind, opening.weekday) == ("open", walk_in.weekday)]
        assert any(door.start <= walk_in.start and walk_in.end <= door.end for door in doors), walk_in


@every_team
def test_a_team_says_when_it_is_closed_in_the_coming_time_and_why(path):
    closures = parse_closures(read_yaml(path)["closed"])
    languages = set(read_yaml(path)["text"])
    assert any(closure.covers(date(2026, 12, 25)) for closure in closures)
    assert any(closure.covers(date(2027, 1, 1)) for closure in closures)
    for closure in closures:
        assert closure.first <= closure.last
        assert set(closure.reason) >= languages


@every_team
def test_an_invented_team_can_be_called_or_written_by_nobody(path):
    team = read_yaml(path)
    assert team["example"] is True
    assert re.fullmatch(r"0[35]8 000 \d\d \d\d", team["phone"])
    assert team["email"].endswith("@voorbeeld.example")


@every_team
def test_a_team_tells_of_its_building_all_that_one_needs_to_know(path):
    assert set(read_yaml(path)["building"]) == {"step_free", "lift", "toilet", "hearing_loop", "quiet_room", "parking"}


@every_site
def test_every_neighbourhood_and_postcode_has_a_team_and_none_has_two_by_mistake(site, registry):
    folder = SITES[site]
    path = next(folder.glob("areas/coverage.csv*"))
    rules = read_rules(path, {team.stem for team in (folder / "teams").glob("*.yaml")})
    buurten = {row["code"]: row["name"] for row in rows(folder, "neighbourhoods.csv")}
    found = report(rules, buurten, registry.sites.by_key(site).profile.pc4, TODAY)
    assert found.gaps == ()
    assert found.overlaps == ()


@every_site
def test_every_team_covers_something(site):
    folder = SITES[site]
    teams = {team.stem for team in (folder / "teams").glob("*.yaml")}
    rules = read_rules(next(folder.glob("areas/coverage.csv*")), teams)
    assert {rule.team for rule in rules if rule.kind == "buurt"} == teams


@every_site
def test_every_other_name_belongs_to_a_place_that_is_there(site):
    folder = SITES[site]
    known = {
        (level, row[column])
        for row in rows(folder, "neighbourhoods.csv")
        for level, column in (("buurt", "name"), ("wijk", "wijk"), ("district", "district"))
    }
    assert [row for row in rows(folder, "aliases.csv") if (row["level"], row["name"]) not in known] == []
