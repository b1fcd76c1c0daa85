"""An appointment as a file, read by two calendars that others wrote: they see what we meant, and both the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.bookings.calendar_file import calendar_file
from tests.calendars import every_calendar, in_python
from tests.unit.bookings.test_calendar_file import HERE, ONE

ARABIC = "موعد مع البلدية في مركز الحي، الطابق الأول؛ من فضلك اطرق الباب " * 4
#: What people may call a place: signs that mean something in the format, other scripts, letters made of several.
WORDS = [
    "Voorbeeldhof 1, Zwolle", "a;b,c\\d", "regel een\nregel twee", "\\n is geen nieuwe regel", '"aan":het;begin',
    ARABIC.strip(), "👩‍👩‍👧 " * 30, "ё" * 200, "ą" * 37 + "é" * 80, "SUMMARY:x", "Ünal’ın evi – 2. kat", "مرحبا abc 12",
]  # fmt: skip


@every_calendar
def test_both_read_who_when_where_and_that_it_stands(read):
    [[event]] = read([calendar_file(replace(ONE, link="https://zwolle.example/nl/mijn-aanvraag"))])
    assert event == {
        "method": "PUBLISH", "uid": ONE.uid, "sequence": 0, "status": "CONFIRMED", "title": "Afspraak gemeente",
        "place": "Voorbeeldhof 1, Zwolle", "link": "https://zwolle.example/nl/mijn-aanvraag",
        "starts": datetime(2026, 12, 1, 9, tzinfo=UTC), "ends": datetime(2026, 12, 1, 10, tzinfo=UTC), "zone": "UTC",
        "alarm": -86_400,
    }  # fmt: skip


@every_calendar
def test_without_an_alarm_nothing_rings(read):
    [[event]] = read([calendar_file(replace(ONE, alarm=None, place=""))])
    assert (event["alarm"], event["place"]) == (None, "")


@every_calendar
def test_a_moved_appointment_is_the_same_one_later(read):
    moved = replace(ONE, sequence=1, starts_at=ONE.starts_at + timedelta(days=2), ends_at=ONE.ends_at + timedelta(2))
    [[before], [after]] = read([calendar_file(ONE), calendar_file(moved)])
    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"]
    assert after["starts"] - before["starts"] == timedelta(days=2)


@every_calendar
@pytest.mark.parametrize(
    ("local", "hour"),
    [
        (datetime(2026, 7, 1, 10, tzinfo=HERE), 8),
        (datetime(2026, 10, 25, 2, 30, tzinfo=HERE), 0),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=HERE), 1),
        (datetime(2027, 3, 28, 9, tzinfo=HERE), 7),
        (datetime(2028, 2, 29, 16, 45, tzinfo=HERE), 15),
    ],
)
def test_both_show_it_at_the_same_moment_whatever_the_clock_does(read, local, hour):
    one = replace(ONE, starts_at=local, ends_at=local.astimezone(UTC) + timedelta(hours=1))
    [[event]] = read([calendar_file(one)])
    assert (event["starts"], event["starts"].hour) == (local.astimezone(UTC), hour)
    assert event["ends"] - event["starts"] == timedelta(hours=1)


@every_calendar
def test_words_come_back_as_they_were_however_long_and_in_whatever_script(read):
    found = read([calendar_file(replace(ONE, title=words, place=words)) for words in WORDS])
    assert [event["title"] for [event] in found] == WORDS
    assert [event["place"] for [event] in found] == WORDS


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Cf"]), min_size=1, max_size=200))
def test_whatever_is_typed_is_read_back(words):
    [[event]] = in_python([calendar_file(replace(ONE, title=words))])
    assert event["title"] == words
