"""Where somebody lives is seen by staff around a visit only: a working day before, a working day after."""

from datetime import UTC, date, datetime

import pytest

from portal.bookings.rules import address_days, is_address_shown
from portal.foundation.clock import LOCAL


def here(written):
    return datetime.fromisoformat(written).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("talk", "first", "last"),
    [
        # in the middle of a week
        ("2026-11-25T10:00", "2026-11-24", "2026-11-26"),
        # on Monday and on Friday: the weekend does not count, and lies in between
        ("2026-11-23T10:00", "2026-11-20", "2026-11-24"),
        ("2026-11-27T10:00", "2026-11-26", "2026-11-30"),
        # in the weekend
        ("2026-11-28T10:00", "2026-11-27", "2026-11-30"),
        ("2026-11-29T10:00", "2026-11-27", "2026-11-30"),
        # around Christmas: Friday and Saturday are holidays
        ("2026-12-24T10:00", "2026-12-23", "2026-12-28"),
        ("2026-12-28T10:00", "2026-12-24", "2026-12-29"),
        # after New Year; 2 January 2026 was equated with a holiday
        ("2026-01-05T10:00", "2025-12-31", "2026-01-06"),
        ("2025-12-31T10:00", "2025-12-30", "2026-01-05"),
        # Easter 2026: from Goede Vrijdag until Tweede Paasdag nobody works
        ("2026-04-07T10:00", "2026-04-02", "2026-04-08"),
        ("2026-04-02T10:00", "2026-04-01", "2026-04-07"),
        # Hemelvaart on a Thursday, and the Friday after it is equated
        ("2026-05-13T10:00", "2026-05-12", "2026-05-18"),
        # the last day of February, and of a leap year
        ("2027-02-26T10:00", "2027-02-25", "2027-03-01"),
        ("2028-02-29T10:00", "2028-02-28", "2028-03-01"),
    ],
)
def test_a_working_day_before_and_one_after(talk, first, last):
    assert address_days(here(talk), 1) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("days", "first", "last"), [(1, "2026-11-20", "2026-11-24"), (2, "2026-11-19", "2026-11-25"),
                                (5, "2026-11-16", "2026-11-30")]
)  # fmt: skip
def test_how_many_days_is_policy(days, first, last):
    assert address_days(here("2026-11-23T10:00"), days) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("now", "talk", "shown"),
    [
        # the day begins and ends at midnight here, in UTC an hour earlier in winter
        ("2026-11-23T22:59:59", "2026-11-25T09:00", False),
        ("2026-11-23T23:00:00", "2026-11-25T09:00", True),
        ("2026-11-26T22:59:59", "2026-11-25T09:00", True),
        ("2026-11-26T23:00:00", "2026-11-25T09:00", False),
        # and two hours in summer
        ("2026-06-08T21:59:59", "2026-06-10T09:00", False),
        ("2026-06-08T22:00:00", "2026-06-10T09:00", True),
        # the clock is put back in the night to Sunday 25 October: Friday begins by summer time, Tuesday ends by winter
        ("2026-10-22T21:59:59", "2026-10-26T09:00", False),
        ("2026-10-22T22:00:00", "2026-10-26T09:00", True),
        ("2026-10-25T00:30:00", "2026-10-26T09:00", True),
        ("2026-10-25T01:30:00", "2026-10-26T09:00", True),
        ("2026-10-27T22:59:59", "2026-10-26T09:00", True),
        ("2026-10-27T23:00:00", "2026-10-26T09:00", False),
        # and forward in the night to Sunday 28 March 2027, with Goede Vrijdag before it and Paasmaandag after it
        ("2027-03-24T22:59:59", "2027-03-30T08:00", False),
        ("2027-03-24T23:00:00", "2027-03-30T08:00", True),
        ("2027-03-31T21:59:59", "2027-03-30T08:00", True),
        ("2027-03-31T22:00:00", "2027-03-30T08:00", False),
        # late in the evening in UTC it is the next day here
        ("2026-11-23T12:00", "2026-11-24T23:30", False),
        ("2026-11-24T12:00", "2026-11-24T23:30", True),
    ],
)
def test_days_are_those_of_the_calendar_here_whatever_the_clock_does(now, talk, shown):
    in_utc = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, talk))
    assert is_address_shown(*in_utc, 1) is shown


def test_fewer_days_than_none_is_a_mistake():
    with pytest.raises(ValueError, match="forward"):
        address_days(here("2026-11-25T10:00"), -1)
