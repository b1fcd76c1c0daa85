"""Until when one may object: known cases, and every day of six years against a second computation."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from portal import foundation
from portal.foundation.policies import Policy, read_policies
from portal.ways.rules import WINDOW, Objection, objection, objection_until

ROW = yaml.safe_load((Path(foundation.__file__).parent / "data" / "policies.yaml").read_text("utf-8"))[WINDOW]
POLICIES = {WINDOW: Policy(WINDOW, ROW["value"], ROW["unit"], ROW["legal_basis"], ROW["certain"])}

#: date on the letter → last day for objection. Why the day six weeks later is not the last is said behind it.
CASES = """
2026-11-02 2026-12-14 a Monday, as on the page about objection
2026-11-03 2026-12-15 a Tuesday
2026-11-04 2026-12-16 a Wednesday
2026-11-05 2026-12-17 a Thursday
2026-11-06 2026-12-18 a Friday
2026-11-07 2026-12-21 Saturday, so Monday
2026-11-08 2026-12-21 Sunday, so Monday
2026-11-12 2026-12-24 the day before Christmas is a day to work
2026-11-13 2026-12-28 Christmas on Friday and Saturday, Sunday
2026-11-14 2026-12-28 second day of Christmas, a Saturday
2026-11-16 2026-12-28 the first Monday after Christmas
2026-11-19 2026-12-31 the last day of the year
2026-11-20 2027-01-04 New Year on a Friday, and a weekend
2025-11-13 2025-12-29 Christmas on Thursday and Friday, and a weekend
2025-11-20 2026-01-05 New Year, the equated 2 January, and a weekend
2025-11-21 2026-01-05 the equated 2 January, and a weekend
2024-11-13 2024-12-30 Christmas, the equated 27 December, and a weekend
2024-11-14 2024-12-30 second day of Christmas, the equated 27 December
2024-11-20 2025-01-02 New Year on a Wednesday
2023-11-18 2024-01-02 Saturday, Sunday, New Year
2023-11-20 2024-01-02 New Year on a Monday
2026-02-19 2026-04-02 the day before Good Friday
2026-02-20 2026-04-07 Good Friday to Easter Monday
2026-02-21 2026-04-07 Easter Saturday
2026-02-22 2026-04-07 Easter Sunday
2026-02-23 2026-04-07 Easter Monday
2027-02-12 2027-03-30 Good Friday, early in the year
2024-02-16 2024-04-02 Good Friday; 29 February lies between
2024-01-18 2024-02-29 the last day is the leap day
2024-02-29 2024-04-11 the letter is of the leap day
2028-01-18 2028-02-29 the last day is the leap day
2028-02-29 2028-04-11 the letter is of the leap day
2027-01-18 2027-03-01 no leap day: Monday 1 March
2026-03-16 2026-04-28 King's day on a Monday
2026-03-14 2026-04-28 Saturday, Sunday, King's day
2027-03-16 2027-04-28 King's day on a Tuesday
2025-03-15 2025-04-28 King's day moved to Saturday 26 April, Sunday
2028-03-16 2028-05-01 King's day on Thursday, the equated Friday, a weekend
2026-03-24 2026-05-06 5 May counts each year
2025-03-22 2025-05-06 Saturday, Sunday, 5 May
2028-03-24 2028-05-08 5 May on a Friday, a weekend
2026-04-02 2026-05-18 Ascension, the equated Friday, a weekend
2026-04-01 2026-05-13 the day before Ascension
2027-03-24 2027-05-10 5 May, Ascension, the equated Friday, a weekend
2026-04-13 2026-05-26 Whit Monday
2026-04-11 2026-05-26 Saturday, Whit Sunday, Whit Monday
2026-07-06 2026-08-17 nothing in summer
2026-12-31 2027-02-11 over the turn of the year
2026-12-03 2027-01-14 Thursday 14 January
"""
ROWS = [line.split(" ", 2) for line in CASES.strip().splitlines()]

#: The second computation: from the calendar on the wall, written out by hand.
EASTER = {
    2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1),
}  # fmt: skip
KINGS_DAY = {2023: 27, 2024: 27, 2025: 26, 2026: 27, 2027: 27, 2028: 27, 2029: 27}
DECREES = {
    (2023, 4, 28), (2023, 5, 19), (2024, 5, 10), (2024, 12, 27), (2025, 5, 30), (2026, 1, 2), (2026, 5, 15),
    (2027, 5, 7), (2028, 4, 28), (2028, 5, 26),
}  # fmt: skip


def is_free(number):
    """Of a day by its number since the year 1: whether the Algemene termijnenwet moves an end away from it."""
    day = date.fromordinal(number)
    after_easter = number - date(day.year, *EASTER[day.year]).toordinal()
    return (
        number % 7 in {6, 0}
        or after_easter in {-2, 1, 39, 50}
        or (day.month, day.day) in {(1, 1), (4, KINGS_DAY[day.year]), (5, 5), (12, 25), (12, 26)}
        or (day.year, day.month, day.day) in DECREES
    )


def last_day_again(letter):
    """Count six weeks of seven days from the day after, then on to a day that is not free."""
    number, left = letter.toordinal(), 6 * 7
    while left:
        number, left = number + 1, left - 1
    while is_free(number):
        number += 1
    return date.fromordinal(number)


@pytest.mark.parametrize(("letter", "until", "why"), ROWS, ids=[row[0] for row in ROWS])
def test_the_last_day_of_a_known_case(letter, until, why):
    letter, until = date.fromisoformat(letter), date.fromisoformat(until)
    assert objection_until(letter, POLICIES) == until, why
    assert last_day_again(letter) == until, "the second computation disagrees with the table"


def test_there_are_enough_known_cases():
    assert len(ROWS) >= 40


def test_every_day_of_six_years_agrees_with_the_second_computation():
    first, last = date(2023, 1, 1), date(2028, 11, 1)
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    different = [str(day) for day in days if objection_until(day, POLICIES) != last_day_again(day)]
    assert len(days) > 2000
    assert different == []


def test_the_second_computation_sees_a_fault(monkeypatch):
    monkeypatch.setitem(KINGS_DAY, 2026, 26)
    assert last_day_again(date(2026, 3, 16)) != objection_until(date(2026, 3, 16), POLICIES)


def test_nobody_ever_gets_less_than_six_weeks():
    for n in range(800):
        letter = date(2026, 1, 1) + timedelta(days=n)
        assert objection_until(letter, POLICIES) >= letter + timedelta(weeks=6)


@pytest.mark.parametrize(
    ("today", "left", "over"),
    [
        (date(2026, 11, 3), 42, False),
        (date(2026, 11, 23), 22, False),
        (date(2026, 12, 14), 1, False),
        (date(2026, 12, 15), 0, False),
        (date(2026, 12, 16), 0, True),
        (date(2027, 12, 15), 0, True),
    ],
)
def test_how_far_away_the_last_day_is(today, left, over):
    letter = date(2026, 11, 3)
    assert objection(letter, today, POLICIES) == Objection(letter, date(2026, 12, 15), left, over)


def test_a_municipality_that_gives_more_time_gives_more_time_here():
    eight = {WINDOW: Policy(WINDOW, 8, "weeks", "", True)}
    assert objection_until(date(2026, 11, 3), eight) == date(2026, 12, 29)


def test_the_portal_asks_the_policy_of_the_municipality(ask, zwolle):
    request = ask("/nl/welke-weg")
    found = request.objection(date(2026, 11, 3))
    with zwolle.engine.connect() as connection:
        policies = read_policies(connection, date(2026, 11, 23))
    assert found == objection(date(2026, 11, 3), date(2026, 11, 23), policies)
    assert found.until == date(2026, 12, 15)
