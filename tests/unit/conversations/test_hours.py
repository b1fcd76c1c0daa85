"""When a telephone may sound, and when somebody is reminded: also in the nights in which the clock is changed."""

from datetime import datetime, timedelta

import pytest

from portal.conversations.hours import awake_after, before, is_night, is_office_time, may_go, reminder_due
from portal.foundation.clock import LOCAL
from portal.foundation.policies import Policy

FIRST = Policy("slot_reminder_first", 2, "days", "", True)
LAST = Policy("slot_reminder_last", 2, "hours", "", True)


def on(text):
    """A moment as the clock on the wall shows it."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


@pytest.mark.parametrize(("wall", "night"), [("07:59", True), ("08:00", False), ("20:59", False), ("21:00", True),
                                             ("23:30", True), ("00:10", True)])  # fmt: skip
@pytest.mark.parametrize("day", ["2026-11-26", "2026-07-16"])
def test_the_night_is_from_nine_till_eight_in_winter_and_in_summer(day, wall, night):
    assert is_night(on(f"{day} {wall}")) == night


@pytest.mark.parametrize(("moment", "open"), [("2026-11-26 09:00", True), ("2026-11-26 16:00", False),
                                              ("2026-11-28 10:00", False), ("2026-12-25 10:00", False)])  # fmt: skip
def test_the_desk_calls_on_working_days(moment, open):
    assert is_office_time(on(moment)) == open


@pytest.mark.parametrize(("begin", "end"), [
    ("2026-11-26 10:00", "2026-11-26 14:00"), ("2026-11-26 17:00", "2026-11-26 21:00"),
    ("2026-11-26 20:00", "2026-11-27 11:00"), ("2026-11-26 22:00", "2026-11-27 12:00"),
    ("2026-11-26 03:00", "2026-11-26 12:00"),
    # the night in which the clock is put back is an hour longer, and is no part of it
    ("2026-10-24 19:00", "2026-10-25 10:00"),
])  # fmt: skip
def test_what_is_kept_four_hours_is_kept_four_hours_in_which_one_is_awake(begin, end):
    assert awake_after(on(begin), timedelta(hours=4)) == on(end)


def test_what_is_kept_longer_than_a_day_goes_on_the_next_one():
    assert awake_after(on("2026-11-26 08:00"), timedelta(hours=14)) == on("2026-11-27 09:00")


@pytest.mark.parametrize(("talk", "first", "last"), [
    ("2026-11-26 10:00", "2026-11-24 10:00", "2026-11-26 08:00"),
    # the clock is put back in the night of 25 October 2026, and forward in that of 28 March 2027
    ("2026-10-26 10:00", "2026-10-24 10:00", "2026-10-26 08:00"),
    ("2027-03-29 10:00", "2027-03-27 10:00", "2027-03-29 08:00"),
])  # fmt: skip
def test_two_days_before_is_the_same_time_on_the_wall_and_two_hours_are_two_hours(talk, first, last):
    assert before(on(talk), FIRST) == on(first)
    assert before(on(talk), LAST) == on(last)


def test_hours_are_real_hours_in_the_night_in_which_one_comes_twice():
    talk = on("2026-10-25 03:30")
    assert talk.timestamp() - before(talk, LAST).timestamp() == 2 * 3600


@pytest.mark.parametrize(("now", "which"), [
    ("2026-11-24 09:59", None), ("2026-11-24 10:00", "first"), ("2026-11-26 07:59", "first"),
    ("2026-11-26 08:00", "last"), ("2026-11-26 09:59", "last"), ("2026-11-26 10:00", None),
])  # fmt: skip
def test_each_reminder_has_its_time_until_the_next_thing_comes(now, which):
    found = reminder_due(on(now), on("2026-11-26 10:00"), FIRST, LAST)
    assert (found[0] if found else None) == which


@pytest.mark.parametrize(("channel", "now", "goes"), [
    ("email", "2026-11-26 03:00", True), ("sms", "2026-11-26 03:00", False), ("sms", "2026-11-26 08:00", True),
    (None, "2026-11-26 12:00", False),
])  # fmt: skip
def test_a_mail_may_come_at_night_and_a_text_message_may_not(channel, now, goes):
    assert may_go(channel, on(now), on("2026-11-27 10:00")) == goes


@pytest.mark.parametrize(("talk", "goes"), [("2026-11-30 10:00", False), ("2026-12-01 10:00", False),
                                            ("2026-12-02 10:00", True)])  # fmt: skip
def test_a_letter_goes_only_when_it_comes_before_the_day_of_the_talk(talk, goes):
    """Written on Thursday it is there on Tuesday."""
    assert may_go("letter", on("2026-11-26 10:00"), on(talk)) == goes
