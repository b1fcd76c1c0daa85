"""Time as a talk needs it: its grid, the Dutch clock on the wall, holidays, spans, and how long the way there takes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.bookings.rules import is_holiday, is_shown_again, joined, shown_at, travel_between, up_to_grid


def utc(written):
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def minutes(count):
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("here", "there", "takes"),
    [
        ("8011", "8011", 15), ("8011", "8012", 30), ("8011", "8099", 30), ("8099", "8011", 30), ("8011", "8111", 45),
        ("8011", "1011", 45), (None, "8011", 45), ("8011", None, 45), (None, None, 45), ("", "", 45), ("8011", "", 45),
    ],
)  # fmt: skip
def test_the_way_is_longer_the_less_two_postcodes_share_and_longest_when_one_is_unknown(here, there, takes):
    assert travel_between(here, there, minutes(15), minutes(45), minutes(30)) == minutes(takes)


@pytest.mark.parametrize(
    ("same", "other", "near"),
    [(15, 45, 30), (15, 30, 30), (0, 45, 30), (0, 0, 0), (20, 20, 20), (10, 20, 15), (10, 22, 22), (0, 60, 30)],
)
def test_without_a_time_of_its_own_the_next_area_is_half_way_on_the_grid(same, other, near):
    assert travel_between("8011", "8012", minutes(same), minutes(other)) == minutes(near)


@pytest.mark.parametrize(
    ("moment", "on_the_grid"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:00"), ("2026-11-23T09:00:01", "2026-11-23T09:15"),
        ("2026-11-23T09:14:59.999999", "2026-11-23T09:15"), ("2026-11-23T09:46", "2026-11-23T10:00"),
        ("2026-12-31T23:50", "2027-01-01T00:00"), ("1969-12-31T23:50", "1970-01-01T00:00"),
    ],
)  # fmt: skip
def test_a_moment_goes_up_to_the_next_quarter_of_an_hour_or_stays(moment, on_the_grid):
    assert up_to_grid(utc(moment)) == utc(on_the_grid)


@pytest.mark.parametrize(
    ("day", "wall", "moment"),
    [
        ("2026-11-23", time(9), "2026-11-23T08:00"),
        ("2026-07-01", time(9), "2026-07-01T07:00"),
        ("2026-12-31", time.max, "2026-12-31T23:00"),
        ("2028-02-28", time.max, "2028-02-28T23:00"),
        ("2028-02-29", time(0), "2028-02-28T23:00"),
        # the hour from two to three comes twice: its first turn
        ("2026-10-25", time(1, 45), "2026-10-24T23:45"),
        ("2026-10-25", time(2), "2026-10-25T00:00"),
        ("2026-10-25", time(2, 45), "2026-10-25T00:45"),
        ("2026-10-25", time(3), "2026-10-25T02:00"),
        ("2026-10-25", time.max, "2026-10-25T23:00"),
        # the hour from two to three is missing: right after it
        ("2027-03-28", time(1, 59), "2027-03-28T00:59"),
        ("2027-03-28", time(2), "2027-03-28T01:00"),
        ("2027-03-28", time(2, 7), "2027-03-28T01:00"),
        ("2027-03-28", time(2, 59), "2027-03-28T01:00"),
        ("2027-03-28", time(3), "2027-03-28T01:00"),
        ("2027-03-28", time(3, 15), "2027-03-28T01:15"),
        ("2027-03-28", time.max, "2027-03-28T22:00"),
    ],
)
def test_a_time_on_the_wall_is_the_first_moment_that_shows_it_or_a_later_one(day, wall, moment):
    assert shown_at(date.fromisoformat(day), wall) == utc(moment)
    assert shown_at(date.fromisoformat(day), wall).tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "again"),
    [
        ("2026-10-25T00:00", False), ("2026-10-25T00:59", False), ("2026-10-25T01:00", True),
        ("2026-10-25T01:59", True), ("2026-10-25T02:00", False), ("2027-03-28T00:30", False),
        ("2027-03-28T01:30", False), ("2026-11-23T09:00", False),
    ],
)  # fmt: skip
def test_only_the_second_turn_of_the_doubled_hour_is_shown_again(moment, again):
    assert is_shown_again(utc(moment)) is again


@pytest.mark.parametrize(
    ("day", "free"),
    [
        ("2026-05-14", True), ("2026-05-15", True), ("2026-12-25", True), ("2026-12-26", True), ("2027-03-28", True),
        ("2026-11-23", False), ("2026-11-21", False), ("2026-11-22", False), ("2028-02-29", False),
    ],
)  # fmt: skip
def test_a_holiday_is_one_by_law_or_by_decree_and_not_every_weekend(day, free):
    assert is_holiday(date.fromisoformat(day)) is free


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        ([], []),
        ([(9, 10)], [(9, 10)]),
        ([(9, 9), (10, 10)], []),
        ([(11, 12), (9, 10)], [(9, 10), (11, 12)]),
        ([(9, 10), (10, 11)], [(9, 11)]),
        ([(9, 12), (10, 11)], [(9, 12)]),
        ([(9, 11), (10, 12), (12, 13), (15, 16)], [(9, 13), (15, 16)]),
        ([(12, 10), (9, 10)], [(9, 10)]),
    ],
)
def test_pieces_of_time_that_touch_become_one(pieces, whole):
    def of(spans):
        return [(utc(f"2026-11-23T{start:02}:00"), utc(f"2026-11-23T{end:02}:00")) for start, end in spans]

    assert joined(of(pieces)) == of(whole)
