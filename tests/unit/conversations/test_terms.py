"""Each promise about a conversation, counted a second time in a diary that is turned over page by page."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.conversations.kind import FIRST_MOMENT, INVESTIGATION, OWN_PLAN, URGENT
from portal.foundation.policies import read_policies
from tests.unit.foundation.test_workdays import DIARY, STEP, on_foot

#: The law and our own choice, written down a second time: how much of what.
PROMISES = {INVESTIGATION: (6, "weeks"), OWN_PLAN: (7, "days"), FIRST_MOMENT: (10, "working"), URGENT: (1, "working")}
#: Worked out on paper: asked on, and by when each promise has to be kept.
BY_HAND = [
    ("2026-11-22", "2027-01-04", "2026-11-30", "2026-12-04", "2026-11-23"),  # Sunday 3 January; Sunday 29 November
    ("2026-11-23", "2027-01-04", "2026-11-30", "2026-12-07", "2026-11-24"),
    ("2026-12-18", "2027-01-29", "2026-12-28", "2027-01-05", "2026-12-21"),  # Christmas on a Friday and Saturday
    ("2026-12-24", "2027-02-04", "2026-12-31", "2027-01-11", "2026-12-28"),
    ("2027-02-12", "2027-03-30", "2027-02-19", "2027-02-26", "2027-02-15"),  # Good Friday, and Easter over the weekend
    ("2027-03-25", "2027-05-10", "2027-04-01", "2027-04-12", "2027-03-30"),  # Ascension Day, and the Friday after it
    ("2028-02-28", "2028-04-10", "2028-03-06", "2028-03-13", "2028-02-29"),  # a leap day
    ("2028-02-29", "2028-04-11", "2028-03-07", "2028-03-14", "2028-03-01"),
]  # fmt: skip


def counted(start, key):
    """The last day, by turning over pages."""
    size, unit = PROMISES[key]
    if unit != "working":
        return on_foot(start, unit, size)
    day = start
    while size:
        day += STEP
        size -= DIARY[day]
    return day


@pytest.fixture(scope="module")
def policies(registry):
    with registry.sites.by_key("zwolle").engine.connect() as connection:
        return read_policies(connection, date(2026, 11, 23))


@pytest.mark.parametrize(("asked", "by"), [(asked, by) for asked, *by in BY_HAND])
def test_on_paper_in_the_diary_and_in_the_portal_it_is_the_same_day(policies, asked, by):
    start = date.fromisoformat(asked)
    for key, written in zip(PROMISES, by, strict=True):
        assert str(counted(start, key)) == written, key
        assert str(policies[key].due(start)) == written, key


@given(day=some.sampled_from([day for day in DIARY if day < date(2041, 1, 1)]))
def test_on_whatever_day_somebody_asks(policies, day):
    for key in PROMISES:
        due = policies[key].due(day)
        assert due == counted(day, key), key
        assert DIARY[due], f"{key} ends on a day on which nobody works"


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        # just before and after midnight here, in winter and in summer
        (datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2027, 7, 4, 21, 59, 59, tzinfo=UTC), date(2027, 7, 4)),
        (datetime(2027, 7, 4, 22, 0, tzinfo=UTC), date(2027, 7, 5)),
        # the hour that comes twice, and the one that does not come
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_the_day_on_which_somebody_asks_is_the_day_here(policies, asked, day):
    for key in PROMISES:
        assert policies[key].due(asked) == counted(day, key)
