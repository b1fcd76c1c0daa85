"""A date as people type it, read kindly: `14-1-2027`, `14 januari 2027`, `14/01/27`, `١٤ يناير`, `14012027`. Pure.

The day comes before the month, as everywhere in Europe; only a year of four digits may stand first. Names of months are
known in all languages of the portal, in full and cut short. Without a year it is the last such day that has been.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import get_day_names, get_month_names

from portal.foundation.i18n import LOCALES

#: The first year in which the law had this term (Awb); what is older is a slip.
FIRST_YEAR = 1994
#: More than any date that people write out.
LONGEST = 60
#: What people write around the numbers and the month.
_AROUND = frozenset(
    {"de", "den", "van", "the", "of", "st", "nd", "rd", "th", "e", "ste", "r", "roku", "року", "р", "в", "يوم"}
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
#: Where people say the months of Syria, Lebanon and Iraq instead of those of Egypt.
_LEVANT = Locale.parse("ar_SY")
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
_FORMS = tuple((width, context) for width in _WIDTHS for context in _CONTEXTS)


class Slip(StrEnum):
    """Why no date was read; `labels` has the words."""

    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    YEAR = "year"
    FUTURE = "future"


class Unread(ValueError):
    """What was typed is no date, or not one of a letter."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.value)
        self.slip = slip


def read_day(typed: str, today: date) -> date:
    """The date that was meant, today at the latest. Raises `Unread`."""
    if len(typed) > LONGEST:
        raise Unread(Slip.UNREADABLE)
    day, month, year = _parts(typed)
    found = _last(day, month, today) if year is None else _exact(day, month, year)
    if found > today:
        raise Unread(Slip.FUTURE)
    return found


def _plain(text: str) -> str:
    """Small letters without marks, digits 0-9, no signs that only turn the text around."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    kept = (sign for sign in signs if unicodedata.category(sign) not in {"Mn", "Cf"})
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in kept).replace("ı", "i")


@cache
def _months() -> Mapping[str, int]:
    """The names of months, such as people type them: “januari”, “jan”, “كانون الثاني”."""
    found = {}
    for locale in (*(one.formats for one in LOCALES.values()), _LEVANT):
        for width, context in _FORMS:
            for number, name in get_month_names(width, context, locale).items():
                plain = _plain(name).strip(". ")
                if len(plain) > 1 and not plain.isdecimal():
                    found[plain] = number
    return found


@cache
def _month() -> re.Pattern[str]:
    """Finds the name of a month between letters of no other word; the longest first, as “juni” begins like “jun”."""
    names = sorted(_months(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, names))})(?![^\W\d_])")


@cache
def _passed_over() -> frozenset[str]:
    """Words that say nothing new: the day of the week, and what stands around a date."""
    days = (get_day_names(width, context, one.formats) for one in LOCALES.values() for width, context in _FORMS)
    names = {word for some in days for name in some.values() for word in _TOKEN.findall(_plain(name))}
    return frozenset((names | _AROUND) - _months().keys())


def _parts(typed: str) -> tuple[int, int, str | None]:
    """Day, month, and the year as it was typed."""
    plain = _plain(typed)
    months = [_months()[name] for name in _month().findall(plain)]
    tokens = [token for token in _TOKEN.findall(_month().sub(" ", plain)) if token not in _passed_over()]
    if len(months) > 1 or not all(token.isdecimal() for token in tokens):
        raise Unread(Slip.UNREADABLE)
    return _around_month(tokens, months[0]) if months else _only_numbers(tokens)


def _around_month(numbers: list[str], month: int) -> tuple[int, int, str | None]:
    match numbers:
        case [day] if len(day) < 3:
            return int(day), month, None
        case [first, second] if len(first) == 4:
            return int(second), month, first
        case [first, second]:
            return int(first), month, second
    raise Unread(Slip.UNREADABLE)


def _only_numbers(numbers: list[str]) -> tuple[int, int, str | None]:
    match numbers:
        case [joined] if len(joined) in {6, 8}:
            return _joined(joined)
        case [day, month]:
            return int(day), int(month), None
        case [first, second, third] if len(first) == 4:
            return int(third), int(second), first
        case [first, second, third]:
            return int(first), int(second), third
    raise Unread(Slip.UNREADABLE)


def _joined(digits: str) -> tuple[int, int, str]:
    """Digits without anything between them; the year comes last, or first when that is the only way to read it."""
    day, month, year = int(digits[:2]), int(digits[2:4]), digits[4:]
    if month > 12 and len(digits) == 8:
        return int(digits[6:]), int(digits[4:6]), digits[:4]
    return day, month, year


def _exact(day: int, month: int, typed: str) -> date:
    if len(typed) not in {2, 4} or (year := int(typed) + (2000 if len(typed) == 2 else 0)) < FIRST_YEAR:
        raise Unread(Slip.YEAR)
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as fault:
        raise Unread(Slip.NO_SUCH_DAY) from fault


def _last(day: int, month: int, today: date) -> date:
    """The last such day that has been; 29 February goes back to a leap year."""
    for year in range(today.year, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except (ValueError, OverflowError):
            continue
        if found <= today:
            return found
    raise Unread(Slip.NO_SUCH_DAY)
