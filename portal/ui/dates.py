"""Dates, times and numbers as people say them, by Babel, in the reader's language. Digits are always 0-9."""

from datetime import date, datetime, time
from typing import Any

from babel.dates import format_date, format_time, get_day_names

from portal.foundation.clock import LOCAL
from portal.foundation.i18n import Locale


def _here(value: Any) -> Any:
    """A moment as the clock on the wall here shows it; a date or a time of day is that already."""
    return value.astimezone(LOCAL) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date, locale: Locale) -> str:
    """A date with its weekday: “maandag 4 januari”; of a moment, its date here."""
    return format_date(_here(value), "EEEE d MMMM", locale=locale.formats)


def day_and_year(value: date, locale: Locale) -> str:
    """A date far away: “16 november 2026”; of a moment, its date here."""
    return format_date(_here(value), "d MMMM y", locale=locale.formats)


def full_day(value: date, locale: Locale) -> str:
    """A date that something depends on: “donderdag 14 januari 2027”; of a moment, its date here."""
    return format_date(_here(value), "EEEE d MMMM y", locale=locale.formats)


def clock_time(value: time | datetime, locale: Locale) -> str:
    """A time of day on the 24-hour clock: “9:00”; the end of the day is “24:00”."""
    if value == time.max:
        return "24:00"
    return format_time(_here(value), "H:mm", locale=locale.formats)


def weekday(number: int, locale: Locale) -> str:
    """The name of a weekday; 0 is Monday."""
    return str(get_day_names("wide", context="stand-alone", locale=locale.formats)[number])


def money(cents: int, locale: Locale) -> str:
    """An amount in euros as it is written in the reader's language; digits as on Dutch paper."""
    from babel.numbers import format_currency

    return str(format_currency(cents / 100, "EUR", locale=locale.formats, numbering_system="latn"))
