"""A date as people type it is read; what is no date is said exactly."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as some

from portal.foundation.i18n import LOCALES
from portal.ways.days import FIRST_YEAR, LONGEST, Slip, Unread, read_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "14-1-2026", "14-01-2026", "14/1/2026", "14.1.2026", "14 1 2026", " 14 - 1 - 2026 ", "14-1-26", "14/01/26",
        "14012026", "140126", "20260114", "2026-01-14", "2026/1/14", "14 januari 2026", "14 jan 2026",
        "14 jan. 2026", "14jan2026", "14 JANUARI '26", "14 januari", "14 jan", "14-1", "woensdag 14 januari 2026",
        "wo 14-1-2026", "14e januari 2026", "de 14de Januari 2026", "January 14th, 2026",
        "14 January 2026", "Jan 14 2026", "the 14th of January 2026", "14 Ocak 2026", "14 ocak", "14 stycznia 2026 r.",
        "14 styczeń 2026", "14 січня 2026 року", "14 січень 2026", "١٤ يناير ٢٠٢٦", "١٤/١/٢٠٢٦", "14 يناير 2026",
        "14 كانون الثاني 2026", "الأربعاء 14 يناير 2026", "１４－１－２０２６",
        "\u200f14-1-2026\u200e", "14\u00a0januari\u00a02026",
    ],
)  # fmt: skip
def test_people_write_dates_in_many_ways(typed):
    assert read_day(typed, TODAY) == date(2026, 1, 14)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("23-11-2026", date(2026, 11, 23)),
        ("23 november", date(2026, 11, 23)),
        ("24 november", date(2025, 11, 24)),
        ("31-12", date(2025, 12, 31)),
        ("29 februari", date(2024, 2, 29)),
        ("29-2-2024", date(2024, 2, 29)),
        ("1 mei 2026", date(2026, 5, 1)),
        ("1 mayıs 2026", date(2026, 5, 1)),
        ("1 MAYIS 2026", date(2026, 5, 1)),
        ("1 kasım 2026", date(2026, 11, 1)),
        ("3 sept 2026", date(2026, 9, 3)),
        ("3 listopada 2026", date(2026, 11, 3)),
        ("3 листопада 2026", date(2026, 11, 3)),
        ("12 تشرين الأول 2026", date(2026, 10, 12)),
        ("1 ابريل 2026", date(2026, 4, 1)),
    ],
)
def test_a_day_that_has_been_is_meant(typed, meant):
    assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("", Slip.UNREADABLE), ("gisteren", Slip.UNREADABLE), ("2026", Slip.UNREADABLE), ("14", Slip.UNREADABLE),
        ("januari 2026", Slip.UNREADABLE), ("14 janvier 2026", Slip.UNREADABLE), ("14 jan feb 2026", Slip.UNREADABLE),
        ("14-1-2026 10:00", Slip.UNREADABLE), ("x" * (LONGEST + 1), Slip.UNREADABLE), ("?", Slip.UNREADABLE),
        ("<script>", Slip.UNREADABLE), ("1234567", Slip.UNREADABLE),
        ("30-2-2026", Slip.NO_SUCH_DAY), ("31 april 2026", Slip.NO_SUCH_DAY), ("29-2-2026", Slip.NO_SUCH_DAY),
        ("14-13-2026", Slip.NO_SUCH_DAY), ("0-1-2026", Slip.NO_SUCH_DAY), ("32 januari", Slip.NO_SUCH_DAY),
        ("1-14-2026", Slip.NO_SUCH_DAY), ("99999999999-1-2026", Slip.NO_SUCH_DAY), ("99999999999-1", Slip.NO_SUCH_DAY),
        ("14-1-202", Slip.YEAR), ("14-1-20266", Slip.YEAR), ("14-1-1026", Slip.YEAR), ("14-1-6", Slip.YEAR),
        ("24-11-2026", Slip.FUTURE), ("14 januari 2027", Slip.FUTURE), ("14-1-99", Slip.FUTURE),
    ],
)  # fmt: skip
def test_what_is_no_date_of_a_letter_is_said_exactly(typed, slip):
    with pytest.raises(Unread) as fault:
        read_day(typed, TODAY)
    assert fault.value.slip is slip


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
@pytest.mark.parametrize("width", ["short", "medium", "long", "full"])
@given(day=some.dates(date(2000, 1, 1), TODAY))
def test_what_the_portal_itself_writes_can_be_read(locale, width, day):
    assert read_day(format_date(day, width, locale=locale.formats), TODAY) == day


@given(some.text(max_size=80))
def test_nothing_that_can_be_typed_breaks_it(typed):
    try:
        found = read_day(typed, TODAY)
    except Unread:
        return
    assert date(FIRST_YEAR, 1, 1) <= found <= TODAY
