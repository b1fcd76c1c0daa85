"""The clock of a complaint, held against a second computation that walks through a calendar on paper."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.complaints.clock import Course, NotSo, Pause, Weeks, last_day, may_agree, may_extend, may_pause

DAY, LAW = timedelta(days=1), Weeks()
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
#: Days on which complaints came in: around weekends, Christmas, Easter, King's day, Ascension, Whitsun, a leap day.
RECEIVED = [
    date.fromisoformat(day)
    for day in (
        "2026-11-02", "2026-11-13", "2026-11-14", "2026-11-15", "2026-11-20", "2026-11-22", "2026-12-24", "2026-12-31",
        "2027-01-01", "2027-02-12", "2027-02-14", "2027-03-15", "2027-03-16", "2027-03-24", "2027-03-25", "2027-03-26",
        "2027-04-04", "2027-04-05", "2027-09-30", "2027-11-14", "2027-12-05", "2028-01-18", "2028-02-29", "2028-03-16",
        "2028-03-17", "2028-04-13", "2028-04-23",
    )
]  # fmt: skip


def off(day):
    return day.isoweekday() > 5 or day in PAPER


def on_paper(course):
    """Strikes the days of the term through one by one, starting the day after it came in."""
    left = 7 * ((10 if course.committee else 6) + (4 if course.extended else 0))
    day, rolls = course.received_on, left <= 84
    while left:
        day += DAY
        if not any(pause.first <= day <= pause.last for pause in course.pauses):
            left -= 1
    # what would end on a day that is left out goes on to the first that counts
    while any(pause.first <= day <= pause.last for pause in course.pauses):
        day += DAY
    while rolls and off(day):
        day += DAY
    return day if course.agreed_until is None or course.agreed_until < day else course.agreed_until


@pytest.mark.parametrize(("received", "committee", "extended"), list(product(RECEIVED, (False, True), (False, True))))
def test_a_hundred_and_eight_dated_terms_agree_with_the_calendar_on_paper(received, committee, extended):
    course = Course(received, committee, extended)
    assert last_day(course, LAW) == on_paper(course)


@pytest.mark.parametrize(
    ("received", "committee", "extended", "end"),
    [
        ("2026-11-22", False, False, "2027-01-04"),  # a Sunday six weeks on: Monday
        ("2026-11-13", False, False, "2026-12-28"),  # first day of Christmas, then Saturday, Sunday
        ("2026-11-20", False, False, "2027-01-04"),  # New Year's Day is a Friday
        ("2027-02-12", False, False, "2027-03-30"),  # Good Friday, Easter
        ("2027-03-16", False, False, "2027-04-28"),  # King's day
        ("2027-03-24", False, False, "2027-05-10"),  # Liberation, Ascension, the day after, a weekend
        ("2027-04-05", False, False, "2027-05-18"),  # Whit Monday
        ("2026-11-02", False, True, "2027-01-11"),  # ten weeks
        ("2026-11-02", True, False, "2027-01-11"),  # the same, with a committee
        ("2026-11-15", True, True, "2027-02-21"),  # fourteen weeks: a Sunday stays
        ("2028-02-29", False, False, "2028-04-11"),
        ("2027-11-14", False, False, "2027-12-27"),  # Sunday and second day of Christmas
    ],
)
def test_dates_that_were_looked_up_by_hand(received, committee, extended, end):
    course = Course(date.fromisoformat(received), committee, extended)
    assert last_day(course, LAW).isoformat() == end


def pause(first, last, agreed=None):
    return Pause(date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(agreed or first))


@pytest.mark.parametrize(
    ("received", "pauses", "until", "end"),
    [
        ("2026-11-02", [("2026-11-09", "2026-11-15")], None, "2026-12-21"),  # a week waited is a week later
        ("2026-11-02", [("2026-12-14", "2026-12-14")], None, "2026-12-15"),  # the last day itself
        ("2026-11-02", [("2026-12-15", "2026-12-20")], None, "2026-12-14"),  # after the end nothing is added
        ("2026-11-02", [("2026-12-10", "2026-12-20")], None, "2026-12-28"),  # over the old end, and Christmas
        ("2026-11-02", [("2026-11-09", "2026-11-10"), ("2026-11-20", "2026-11-22")], None, "2026-12-21"),
        ("2026-11-02", [], "2027-02-14", "2027-02-14"),  # agreed is agreed: a Sunday stays
        ("2026-11-02", [], "2026-12-01", "2026-12-14"),  # no agreement makes it shorter
        ("2026-11-02", [("2026-10-01", "2026-11-02")], None, "2026-12-14"),  # before it came in nothing is added
    ],
)
def test_waiting_with_the_complainants_agreement(received, pauses, until, end):
    course = Course(
        date.fromisoformat(received), pauses=tuple(pause(*one) for one in pauses),
        agreed_until=date.fromisoformat(until) if until else None,
    )  # fmt: skip
    assert last_day(course, LAW).isoformat() == end == on_paper(course).isoformat()


days = some.dates(date(2026, 11, 1), date(2028, 6, 30))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days, some.booleans(), some.booleans(), some.lists(some.tuples(days, some.integers(0, 40)), max_size=3))
def test_any_course_agrees_with_the_calendar_on_paper(received, committee, extended, waits):
    pauses = tuple(Pause(first, min(first + length * DAY, date(2028, 7, 31)), first) for first, length in waits)
    course = Course(received, committee, extended, pauses)
    end = on_paper(course)
    if end < date(2028, 12, 20):
        assert last_day(course, LAW) == end


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days, some.booleans())
def test_more_time_never_brings_the_end_nearer(received, committee):
    plain, longer = Course(received, committee), Course(received, committee, extended=True)
    assert last_day(longer, LAW) > last_day(plain, LAW)
    waited = Course(received, committee, pauses=(Pause(received + 3 * DAY, received + 9 * DAY, received),))
    assert last_day(waited, LAW) >= last_day(plain, LAW)


def refused(act, *given):
    with pytest.raises(NotSo) as fault:
        act(*given)
    return str(fault.value)


def test_four_weeks_more_are_taken_once_and_in_time():
    course = Course(date(2026, 11, 2))
    may_extend(course, LAW, date(2026, 12, 14))
    assert refused(may_extend, course, LAW, date(2026, 12, 15)) == "late"
    assert refused(may_extend, Course(date(2026, 11, 2), extended=True), LAW, date(2026, 11, 3)) == "twice"


@pytest.mark.parametrize(
    ("first", "last", "agreed", "why"),
    [
        ("2026-11-20", "2026-11-19", "2026-11-10", "order"),
        ("2026-11-09", "2026-11-19", "2026-11-09", "past"),
        ("2026-11-20", "2026-11-25", "2026-11-21", "agreed"),
        ("2026-12-17", "2026-12-18", "2026-11-10", "late"),
        ("2026-11-30", "2026-12-04", "2026-11-10", "twice"),
    ],
)
def test_a_pause_is_agreed_beforehand_within_the_term_and_counts_once(first, last, agreed, why):
    course = Course(date(2026, 11, 2), pauses=(pause("2026-12-01", "2026-12-02"),))
    assert refused(may_pause, course, LAW, pause(first, last, agreed), date(2026, 11, 10)) == why
    may_pause(course, LAW, pause("2026-11-20", "2026-11-25", "2026-11-20"), date(2026, 11, 10))


def test_an_agreement_is_for_more_time():
    course = Course(date(2026, 11, 2))
    may_agree(course, LAW, date(2026, 12, 15))
    assert refused(may_agree, course, LAW, date(2026, 12, 14)) == "shorter"
