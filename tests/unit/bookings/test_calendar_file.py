"""An appointment as a file: what is written is read back by the rules of RFC 5545, whatever stands in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bookings.calendar_file import (
    LONGEST_LINE,
    Appointment,
    calendar_feed,
    calendar_file,
    duration,
    escape,
    folded,
    moment,
)

HERE = ZoneInfo("Europe/Amsterdam")
ONE = Appointment(
    uid="7f3a@zwolle.example", sequence=0, made_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    starts_at=datetime(2026, 12, 1, 10, 0, tzinfo=HERE), ends_at=datetime(2026, 12, 1, 11, 0, tzinfo=HERE),
    title="Afspraak gemeente", place="Voorbeeldhof 1, Zwolle", alarm=timedelta(days=1),
)  # fmt: skip


def lines(raw):
    """The lines of a file, put together again."""
    return raw.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def values(raw):
    return dict(line.split(":", 1) for line in lines(raw) if not line.startswith(("BEGIN", "END")))


def read(value):
    """A value without its escapes, as a calendar does it."""
    found, signs = [], iter(value)
    for sign in signs:
        found.append({"n": "\n", "N": "\n"}.get(after := next(signs), after) if sign == "\\" else sign)
    return "".join(found)


def test_the_file_says_when_and_where_and_nothing_else():
    assert lines(calendar_file(ONE)) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sociaal portaal//Afspraken//NL", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "BEGIN:VEVENT", "UID:7f3a@zwolle.example", "SEQUENCE:0", "DTSTAMP:20261123T090000Z",
        "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z", "SUMMARY:Afspraak gemeente",
        "LOCATION:Voorbeeldhof 1\\, Zwolle", "STATUS:CONFIRMED", "TRANSP:OPAQUE", "CLASS:PRIVATE", "BEGIN:VALARM",
        "ACTION:DISPLAY", "DESCRIPTION:Afspraak gemeente", "TRIGGER:-PT1440M", "END:VALARM", "END:VEVENT",
        "END:VCALENDAR",
    ]  # fmt: skip


def test_without_a_place_and_an_alarm_these_lines_are_not_there():
    bare = lines(calendar_file(replace(ONE, place="", alarm=None)))
    assert not [line for line in bare if line.startswith(("LOCATION", "URL", "BEGIN:VALARM", "TRIGGER"))]


def test_a_link_stands_as_it_is():
    link = "https://zwolle.example/nl/mijn-aanvraag?a=1;b=2,3"
    assert values(calendar_file(replace(ONE, link=link)))["URL"] == link


def test_a_moved_appointment_keeps_its_uid_and_has_a_higher_number():
    moved = values(calendar_file(replace(ONE, sequence=3, starts_at=ONE.starts_at + timedelta(days=2))))
    assert (moved["UID"], moved["SEQUENCE"]) == (ONE.uid, "3")


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2026, 7, 1, 10, 0, tzinfo=HERE), "20260701T080000Z"),
        (datetime(2026, 12, 1, 10, 0, tzinfo=HERE), "20261201T090000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=HERE), "20261025T003000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=HERE, fold=1), "20261025T013000Z"),
        (datetime(2027, 3, 28, 9, 0, tzinfo=HERE), "20270328T070000Z"),
    ],
)
def test_summer_and_winter_time_are_the_same_moment_everywhere(local, utc):
    assert moment(local) == utc


def test_a_moment_without_a_time_zone_is_a_fault_of_a_programmer():
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 12, 1, 10, 0))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a, b; c\\d", r"a\, b\; c\\d"),
        ("a\r\nb\rc\nd", r"a\nb\nc\nd"),
        ("a\x00\x07b\x7f", "ab"),
        ("", ""),
        ("10\u00a0uur", "10\u00a0uur"),
        ("\u2068Hof 1\u2069", "\u2068Hof 1\u2069"),
        ("a\u2028b", "ab"),
    ],
)
def test_signs_that_mean_something_are_escaped(text, value):
    assert escape(text) == value


def test_nobody_adds_a_line_of_their_own():
    raw = calendar_file(replace(ONE, title="Afspraak\r\nBEGIN:VALARM\r\nX:y", place="a\nDTSTART:19700101T000000Z"))
    assert sum(line.startswith("BEGIN:VALARM") for line in lines(raw)) == 1
    assert sum(line.startswith("DTSTART") for line in lines(raw)) == 1


@given(st.text(max_size=400))
def test_whatever_the_words_are_a_calendar_reads_them_back(text):
    known = text.replace("\r\n", "\n").replace("\r", "\n")
    expected = "".join(sign for sign in known if sign == "\n" or category(sign) not in {"Cc", "Zl", "Zp"})
    raw = calendar_file(replace(ONE, title=text, place=""))
    assert read(values(raw)["SUMMARY"]) == expected
    for line in raw.split(b"\r\n"):
        assert len(line) <= LONGEST_LINE
        line.decode("utf-8")  # no letter is cut through


@pytest.mark.parametrize("length", range(70, 155))
def test_a_line_is_cut_at_its_length_and_not_before(length):
    raw = folded("a" * length)
    assert raw.replace(b"\r\n ", b"") == b"a" * length + b"\r\n"
    first = raw.split(b"\r\n")[0]
    assert len(first) == min(length, LONGEST_LINE)


def test_arabic_and_smileys_are_never_cut_through():
    title = "موعد مع البلدية " * 8 + "👩‍👩‍👧"
    assert values(calendar_file(replace(ONE, title=title)))["SUMMARY"] == title


@pytest.mark.parametrize(
    ("span", "said"),
    [(timedelta(days=1), "PT1440M"), (timedelta(hours=2), "PT120M"), (timedelta(minutes=15), "PT15M")],
)
def test_an_alarm_is_said_in_minutes(span, said):
    assert duration(span) == said


def test_a_feed_holds_many_appointments_under_one_name_and_says_when_to_ask_again():
    two = replace(ONE, uid="other@zwolle.example", alarm=None)
    feed = lines(calendar_feed([ONE, two], "Mijn gesprekken, en meer", timedelta(hours=1)))
    assert [line for line in feed if line.startswith("UID:")] == ["UID:7f3a@zwolle.example", "UID:other@zwolle.example"]
    assert (feed.count("BEGIN:VCALENDAR"), feed.count("BEGIN:VEVENT"), feed.count("END:VEVENT")) == (1, 2, 2)
    assert (feed[0], feed[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "X-WR-CALNAME:Mijn gesprekken\\, en meer" in feed
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT60M" in feed


def test_of_one_appointment_a_feed_and_a_file_say_the_same():
    file, feed = lines(calendar_file(ONE)), lines(calendar_feed([ONE], "x", timedelta(hours=1)))
    assert [line for line in feed if line in file] == file


def test_a_feed_without_appointments_is_still_a_whole_file():
    feed = lines(calendar_feed([], "Mijn gesprekken", timedelta(hours=1)))
    assert "BEGIN:VEVENT" not in feed
    assert (feed.count("BEGIN:VTIMEZONE"), feed[-2:]) == (1, ["END:VTIMEZONE", "END:VCALENDAR"])
