"""A week that repeats, with closed periods; the clock on the wall in Zwolle counts."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml

from portal.foundation.lib import hours
from portal.foundation.lib.hours import (
    HORIZON_DAYS,
    Closure,
    Opening,
    minute_of_week,
    minutes_of_week,
    on_day,
    parse_closures,
    parse_openings,
    spans,
    state,
)

ZWOLLE = ZoneInfo("Europe/Amsterdam")
MO, TU, WE, TH, FR, SA, SU = range(7)
WEEK = parse_openings(
    [
        {"kind": "open", "days": ["mo", "tu", "we", "th", "fr"], "from": "09:00", "to": "17:00"},
        {"kind": "open", "days": ["tu"], "from": "18:00", "to": "20:00"},
        {"kind": "walk_in", "days": ["fr"], "from": "9:30", "to": "12:00"},
    ]
)
CHRISTMAS = Closure(date(2026, 12, 25), date(2026, 12, 26), {"nl": "Kerst"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZWOLLE)


@pytest.mark.parametrize(
    ("moment", "is_open", "until", "opens"),
    [
        ("2026-11-23 08:59:59", False, None, "2026-11-23 09:00"),
        ("2026-11-23 09:00", True, "2026-11-23 17:00", None),
        ("2026-11-23 16:59:59", True, "2026-11-23 17:00", None),
        ("2026-11-23 17:00", False, None, "2026-11-24 09:00"),
        ("2026-11-24 17:30", False, None, "2026-11-24 18:00"),
        ("2026-11-24 19:00", True, "2026-11-24 20:00", None),
        ("2026-11-27 17:00", False, None, "2026-11-30 09:00"),
        ("2026-11-29 12:00", False, None, "2026-11-30 09:00"),
        ("2026-12-24 18:00", False, None, "2026-12-28 09:00"),
        ("2026-12-25 10:00", False, None, "2026-12-28 09:00"),
        ("2026-12-24 16:00", True, "2026-12-24 17:00", None),
    ],
    ids=[
        "just-before", "at-the-start", "just-before-the-end", "at-the-end", "between-two", "in-the-evening",
        "friday-evening", "sunday", "the-evening-before-christmas", "on-christmas", "last-afternoon-before",
    ],
)  # fmt: skip
def test_whether_the_door_is_open_and_what_comes_next(moment, is_open, until, opens):
    found = state(WEEK, "open", at(moment), [CHRISTMAS])
    assert found.is_open is is_open
    assert found.until == (at(until) if until else None)
    assert found.opens == (at(opens) if opens else None)
    assert found.changes == (found.until or found.opens)


def test_another_kind_has_hours_of_its_own():
    assert state(WEEK, "walk_in", at("2026-11-23 10:00")).opens == at("2026-11-27 09:30")


def test_without_any_hours_nothing_is_promised():
    found = state((), "open", at("2026-11-23 10:00"))
    assert (found.is_open, found.opens, found.changes) == (False, None, None)


def test_closed_for_longer_than_we_look_ahead_promises_nothing():
    long = Closure(date(2026, 11, 1), date(2027, 6, 1), {})
    assert HORIZON_DAYS < 100
    assert state(WEEK, "open", at("2026-11-23 10:00"), [long]).opens is None


def test_midnight_ends_the_day():
    night = parse_openings([{"days": ["sa"], "from": "22:00", "to": "24:00"}])
    assert state(night, "open", at("2026-11-28 23:59:59")).is_open
    assert not state(night, "open", at("2026-11-29 00:00")).is_open


def test_summer_time_ends_and_the_door_still_opens_at_nine_on_the_wall():
    found = state(WEEK, "open", at("2026-10-24 20:00"))
    assert found.opens.isoformat() == "2026-10-26T09:00:00+01:00"


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 11, 23), [(time(9), time(17))]),
        (date(2026, 11, 24), [(time(9), time(17)), (time(18), time(20))]),
        (date(2026, 11, 28), []),
        (date(2026, 12, 25), []),
        (date(2026, 12, 28), [(time(9), time(17))]),
    ],
    ids=["monday", "tuesday-with-evening", "saturday", "christmas", "after-christmas"],
)
def test_the_hours_of_a_date(day, hours):
    assert on_day(WEEK, "open", day, [CHRISTMAS]) == hours


def test_a_closed_period_holds_its_first_and_last_day():
    days = [date(2026, 12, day) for day in (24, 25, 26, 27)]
    assert [CHRISTMAS.covers(day) for day in days] == [False, True, True, False]


def test_days_alike_are_said_together():
    openings = parse_openings(
        [
            {"days": ["mo", "tu", "we", "fr"], "from": "09:00", "to": "17:00"},
            {"days": ["th"], "from": "13:00", "to": "17:00"},
        ]
    )
    assert spans(openings, "open") == [
        (MO, WE, time(9), time(17)),
        (TH, TH, time(13), time(17)),
        (FR, FR, time(9), time(17)),
    ]


def test_a_kind_without_hours_has_no_words():
    assert spans(WEEK, "phone") == []


def test_sunday_and_monday_are_no_neighbours_in_a_week_that_begins_on_monday():
    openings = parse_openings([{"days": ["mo", "su"], "from": "10:00", "to": "12:00"}])
    assert [(first, last) for first, last, *_ in spans(openings, "open")] == [(MO, MO), (SU, SU)]


def test_a_row_becomes_one_opening_a_day_in_the_order_of_the_week():
    found = parse_openings([{"days": ["we", "mo"], "from": "9:00", "to": "24:00"}], "phone")
    assert found == (Opening(MO, time(9), time.max, "phone"), Opening(WE, time(9), time.max, "phone"))


@pytest.mark.parametrize(
    "row",
    [
        "{days: [mo], from: '17:00', to: '09:00'}",
        "{days: [mo], from: '09:00', to: '09:00'}",
        "{days: [monday], from: '09:00', to: '17:00'}",
        "{days: [mo], from: '9 uur', to: '17:00'}",
        "{days: [mo], from: '09:00', to: '25:00'}",
        "{days: [mo], from: 9:00, to: 17:30}",
        "{days: [mo], from: '09:00'}",
        "{from: '09:00', to: '17:00'}",
    ],
    ids=["backwards", "empty", "unknown-day", "words", "hour-25", "yaml-number", "no-end", "no-days"],
)
def test_hours_that_cannot_be_are_refused(row):
    with pytest.raises((ValueError, KeyError)):
        parse_openings([yaml.safe_load(row)])


def test_a_closed_period_is_read_from_text_or_date():
    rows = yaml.safe_load("[{from: '2026-12-25', to: 2026-12-26, reason: {nl: Kerst}}]")
    assert parse_closures(rows) == (CHRISTMAS,)


@pytest.mark.parametrize("row", [{"from": "kerst", "to": "2026-12-26", "reason": {}}, {"from": "2026-12-25"}])
def test_a_closed_period_that_cannot_be_is_refused(row):
    with pytest.raises((ValueError, KeyError)):
        parse_closures([row])


def test_what_is_open_from_midnight_to_midnight_every_day_never_closes():
    whole = {"from": "00:00", "to": "24:00"}
    assert hours.always(hours.parse_openings([{"days": list(hours.DAYS), **whole}]), "open")
    assert not hours.always(hours.parse_openings([{"days": list(hours.DAYS[:6]), **whole}]), "open")
    assert not hours.always((), "open")


@pytest.mark.parametrize(
    ("moment", "minute"),
    [
        ("2026-11-23 00:00", 0),
        ("2026-11-23 00:00:59", 0),
        ("2026-11-23 10:30", 630),
        ("2026-11-24 00:00", 1440),
        ("2026-11-29 23:59:59.999999", 10_079),
        ("2026-03-29 03:00", 6 * 1440 + 180),
    ],
)
def test_the_minutes_of_a_week_are_counted_from_monday_by_the_clock_on_the_wall(moment, minute):
    assert minute_of_week(at(moment)) == minute


def test_hours_as_minutes_of_the_week_do_not_hold_their_end():
    assert minutes_of_week(WEEK)[:3] == ((540, 1020), (1440 + 540, 1440 + 1020), (1440 + 1080, 1440 + 1200))
    assert minutes_of_week(()) == ()


def test_open_until_midnight_lasts_until_the_first_minute_of_the_next_day():
    late = parse_openings([{"days": ["mo", "su"], "from": "20:00", "to": "24:00"}])
    assert minutes_of_week(late) == ((1200, 1440), (6 * 1440 + 1200, 7 * 1440))


def test_day_and_night_leaves_no_minute_out():
    always = parse_openings([{"days": list(hours.DAYS), "from": "00:00", "to": "24:00"}])
    covered = {minute for start, end in minutes_of_week(always) for minute in range(start, end)}
    assert covered == set(range(7 * 1440))


@pytest.mark.parametrize("minute", range(0, 7 * 1440, 97))
def test_a_minute_of_the_week_says_the_same_as_the_door(minute):
    moment = datetime(2026, 11, 23, tzinfo=ZWOLLE) + timedelta(minutes=minute)
    open_now = any(start <= minute_of_week(moment) < end for start, end in minutes_of_week(WEEK))
    assert open_now == any(state(WEEK, kind, moment).is_open for kind in ("open", "walk_in"))
