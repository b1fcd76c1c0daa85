"""Gaps and overlaps of coverage have names; the real files of two municipalities have none."""

import csv
from datetime import date

import pytest

from portal.foundation.site import Profile
from portal.teams.coverage import read_rules, report
from portal.teams.rules import Rule
from tests.composed import SITES

TODAY = date(2026, 11, 23)
BUURTEN = {"BU01930001": "Aalanden", "BU01930002": "Berkum"}


def covering(**more):
    return [Rule("noord", "buurt", code) for code in BUURTEN] + [Rule("noord", "pc4", "8011")] + more.get("extra", [])


def said(extra=(), rules=None, postcodes=("8011",)):
    found = report(covering(extra=list(extra)) if rules is None else rules, BUURTEN, postcodes, TODAY)
    return list(found.gaps), list(found.overlaps), list(found.shared)


def test_a_whole_file_has_nothing_to_report():
    assert said() == ([], [], [])


def test_gaps_are_named():
    gaps, _, _ = said(rules=[Rule("noord", "buurt", "BU01930002")], postcodes=("8012", "8011"))
    assert gaps == [
        "neighbourhood Aalanden (BU01930001) has no team",
        "postcode 8011 has no team",
        "postcode 8012 has no team",
    ]


def test_a_postcode_is_reached_by_any_narrower_rule():
    assert said([Rule("zuid", "pc6", "8012AB")], postcodes=("8011", "8012"))[0] == []


def test_a_rule_of_yesterday_or_tomorrow_covers_nothing_today():
    past = [Rule("noord", "pc4", "8012", valid_to=date(2026, 11, 22))]
    future = [Rule("noord", "pc4", "8012", valid_from=date(2026, 11, 24))]
    for rules in (past, future):
        assert said(rules, postcodes=("8011", "8012"))[0] == ["postcode 8012 has no team"]


@pytest.mark.parametrize(
    ("extra", "overlaps"),
    [
        ([Rule("zuid", "buurt", "BU01930001")], ["buurt Aalanden: noord and zuid"]),
        ([Rule("noord", "buurt", "BU01930001")], []),
        ([Rule("noord", "pc6", "8011AB"), Rule("zuid", "pc6", "8011AB")], ["pc6 8011AB: noord and zuid"]),
        (
            [Rule("noord", "number", "8011AB", 1, 25), Rule("zuid", "number", "8011AB", 25, 40)],
            ["number 8011AB: noord and zuid claim the same house numbers"],
        ),
        ([Rule("noord", "number", "8011AB", 1, 25), Rule("zuid", "number", "8011AB", 26)], []),
        ([Rule("noord", "number", "8011AB", 1, 25), Rule("noord", "number", "8011AB", 9, 30)], []),
        ([Rule("noord", "number", "8011AB", parity="odd"), Rule("zuid", "number", "8011AB", parity="even")], []),
        (
            [Rule("noord", "number", "8011AB", parity="odd"), Rule("zuid", "number", "8011AB", 1, 9)],
            ["number 8011AB: noord and zuid claim the same house numbers"],
        ),
        (
            [
                Rule("noord", "pc6", "8011AB", valid_to=date(2026, 11, 22)),
                Rule("zuid", "pc6", "8011AB", valid_from=date(2026, 11, 23)),
            ],
            [],
        ),
    ],
    ids=[
        "buurt",
        "same-team",
        "pc6",
        "numbers",
        "split-numbers",
        "one-team-twice",
        "odd-even",
        "odd-and-range",
        "one-after-the-other",
    ],
)
def test_overlaps_are_named(extra, overlaps):
    assert said(extra)[1] == overlaps


def test_a_shared_postcode_is_no_fault():
    assert said([Rule("zuid", "pc4", "8011")]) == ([], [], ["pc4 8011: noord and zuid"])


def real(site):
    folder = SITES[site]["content"]
    teams = [path.stem for path in (folder / "teams").glob("*.yaml")]
    path = next((folder / "areas").glob("coverage.csv*"))
    with (folder / "areas" / "neighbourhoods.csv").open(encoding="utf-8") as lines:
        buurten = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    return report(read_rules(path, teams), buurten, Profile.read(folder).pc4, TODAY)


def test_the_real_file_of_zwolle_has_no_gap_or_overlap_and_shares_three_postcodes():
    found = real("zwolle")
    assert (found.gaps, found.overlaps) == ((), ())
    assert [line.partition(":")[0] for line in found.shared] == ["pc4 8013", "pc4 8017", "pc4 8019"]


def test_the_real_file_of_leeuwarden_has_no_gap_or_overlap_and_shares_nothing():
    found = real("leeuwarden")
    assert (found.gaps, found.overlaps, found.shared) == ((), (), ())
