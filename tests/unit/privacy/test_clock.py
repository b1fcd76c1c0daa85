"""The month of the AVG, held against a second computation that counts on a calendar on paper."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.cases.workflow import NotSo
from portal.privacy.clock import last_day, may_extend

DAY = timedelta(days=1)
#: The days off of a calendar on paper, from the end of 2026 until far in 2028; weekends are not in it.
PAPER = {
    date.fromisoformat(day)
    for day in (
        "2026-12-25", "2026-12-26", "2027-01-01", "2027-03-26", "2027-03-28", "2027-03-29", "2027-04-27", "2027-05-05",
        "2027-05-06", "2027-05-07", "2027-05-16", "2027-05-17", "2027-12-25", "2027-12-26", "2028-01-01", "2028-04-14",
        "2028-04-16", "2028-04-17", "2028-04-27", "2028-04-28", "2028-05-05", "2028-05-25", "2028-05-26", "2028-06-04",
        "2028-06-05", "2028-12-25", "2028-12-26",
    )
}  # fmt: skip
#: (came in, the last day, the last day with two months more): read from that calendar by hand.
DATED = [
    ("2026-11-23", "2026-12-23", "2027-02-23"),  # an ordinary Monday
    ("2026-11-25", "2026-12-28", "2027-02-25"),  # first Christmas day, then a Saturday and a Sunday
    ("2026-11-26", "2026-12-28", "2027-02-26"),
    ("2026-11-30", "2026-12-30", "2027-03-01"),  # there is no 30 February, and the 28th is a Sunday
    ("2026-12-01", "2027-01-04", "2027-03-01"),  # New year's day is a Friday
    ("2026-12-24", "2027-01-25", "2027-03-24"),
    ("2026-12-31", "2027-02-01", "2027-03-31"),  # 31 January is a Sunday
    ("2027-01-04", "2027-02-04", "2027-04-05"),
    ("2027-01-28", "2027-03-01", "2027-04-28"),  # 28 February is a Sunday
    ("2027-01-29", "2027-03-01", "2027-04-29"),
    ("2027-01-31", "2027-03-01", "2027-04-30"),  # no 31 February
    ("2027-02-26", "2027-03-30", "2027-05-26"),  # Good Friday until Easter Monday
    ("2027-02-28", "2027-03-30", "2027-05-28"),
    ("2027-03-01", "2027-04-01", "2027-06-01"),
    ("2027-03-27", "2027-04-28", "2027-06-28"),  # King's day
    ("2027-03-31", "2027-04-30", "2027-06-30"),  # no 31 April
    ("2027-04-05", "2027-05-10", "2027-07-05"),  # 5 May, Ascension, the Friday after, a weekend
    ("2027-04-06", "2027-05-10", "2027-07-06"),
    ("2027-04-16", "2027-05-18", "2027-07-16"),  # Whitsun
    ("2027-05-31", "2027-06-30", "2027-08-31"),
    ("2027-06-30", "2027-07-30", "2027-09-30"),
    ("2027-07-15", "2027-08-16", "2027-10-15"),  # a Sunday
    ("2027-08-31", "2027-09-30", "2027-11-30"),
    ("2027-09-25", "2027-10-25", "2027-12-27"),  # Christmas on a Saturday
    ("2027-10-31", "2027-11-30", "2028-01-31"),
    ("2027-11-25", "2027-12-27", "2028-02-25"),
    ("2027-11-30", "2027-12-30", "2028-02-29"),  # a leap year
    ("2027-12-01", "2028-01-03", "2028-03-01"),
    ("2028-01-29", "2028-02-29", "2028-05-01"),
    ("2028-01-30", "2028-02-29", "2028-05-01"),
    ("2028-01-31", "2028-02-29", "2028-05-01"),  # leap day; 30 April is a Sunday
    ("2028-02-29", "2028-03-29", "2028-05-29"),
    ("2028-03-14", "2028-04-18", "2028-06-14"),  # Good Friday until Easter Monday
]
RECEIVED = some.dates(date(2026, 11, 1), date(2028, 9, 1))


def off(day):
    return day.isoweekday() > 5 or day in PAPER


def on_paper(received, months):
    """Turns the leaves one by one: the same number on the last leaf, or the last number on it."""
    leaf = received.replace(day=1)
    for _ in range(months):
        leaf = (leaf + 31 * DAY).replace(day=1)
    end = leaf
    while end.day < received.day and (end + DAY).month == leaf.month:
        end += DAY
    while off(end):
        end += DAY
    return end


def test_there_are_enough_days():
    assert len(DATED) >= 30


@pytest.mark.parametrize(("received", "plain", "extended"), DATED)
def test_the_last_day_is_the_one_on_paper(received, plain, extended):
    came_in = date.fromisoformat(received)
    assert last_day(came_in, 1) == on_paper(came_in, 1) == date.fromisoformat(plain)
    assert last_day(came_in, 3) == on_paper(came_in, 3) == date.fromisoformat(extended)


@given(RECEIVED, some.sampled_from([1, 3]))
def test_any_day_is_counted_as_on_paper(received, months):
    assert last_day(received, months) == on_paper(received, months)


@given(RECEIVED)
def test_more_time_never_ends_earlier_and_no_end_is_a_day_off(received):
    assert received < last_day(received, 1) < last_day(received, 3)
    assert not off(last_day(received, 1))


@given(RECEIVED)
def test_more_time_is_taken_on_the_last_day_at_the_latest_and_once(received):
    end = last_day(received, 1)
    may_extend(received, 1, extended=False, today=end)
    with pytest.raises(NotSo, match="late"):
        may_extend(received, 1, extended=False, today=end + DAY)
    with pytest.raises(NotSo, match="twice"):
        may_extend(received, 1, extended=True, today=received)
