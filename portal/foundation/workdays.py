"""Days that count: Dutch public holidays, working days, and the last day of a term. Pure; days of the calendar.

The law is the Algemene termijnenwet ("the Act"). It speaks of terms set by an act or a general order in council; terms
of a by-law and promises of our own are counted in the same way, so that people meet one calendar.

Uncertain, for the lawyer who checks this before it goes live:
- the days of royal decrees (`EQUATED_DAYS`) come from the title of each decree as quoted by others; after 2028 there is
  no decree yet. A day that is missing here makes a term end too early, never too late;
- the AVG counts by Regulation 1182/71, which rolls in the same way, but also beyond three months;
- a municipality may be closed on other days (a bridge day, carnival); those are working days to the Act, and here.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
#: Article 4(a): the Act does not reach terms of more than this. Years are months here, so always more.
LONGEST_THAT_ROLL: Mapping[str, int] = MappingProxyType({"days": 90, "weeks": 12, "months": 3})
#: Article 2: a term of this many days or more holds at least so many working days.
SHORTEST_WITH_WORKING_DAYS, WORKING_DAYS_IN_A_TERM = 3, 2
#: Article 3(3): days that royal decrees make equal to a holiday, each decree for three years. Add the next one here.
EQUATED_DAYS = frozenset(
    {
        # Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en 30 mei 2025
        date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27), date(2025, 5, 30),
        # Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028
        date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7), date(2028, 4, 28), date(2028, 5, 26),
    }
)  # fmt: skip


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """27 April, or the Saturday before when that is a Sunday. True since 2014; before, the Queen's day differed."""
    day = date(year, 4, 27)
    return day - ONE_DAY if day.weekday() == SUNDAY else day


@lru_cache(maxsize=64)
def holidays(year: int) -> Mapping[date, str]:
    """The holidays of a year with their Dutch names, as in article 3(1) of the Act.

    Goede Vrijdag is equated by article 3(2). 5 May is in the Act each year, not only in the fifth year in which many
    employers give the day off. Eerste Paasdag and Eerste Pinksterdag are Sundays; the Act does not name them.
    When two fall on one day (Hemelvaart on 5 May, as in 2016) both names are given.
    """
    sunday = easter(year)
    found: dict[date, str] = {}
    for day, name in (
        (date(year, 1, 1), "Nieuwjaarsdag"),
        (sunday - 2 * ONE_DAY, "Goede Vrijdag"),
        (sunday, "Eerste Paasdag"),
        (sunday + ONE_DAY, "Tweede Paasdag"),
        (kings_day(year), "Koningsdag"),
        (date(year, 5, 5), "Bevrijdingsdag"),
        (sunday + 39 * ONE_DAY, "Hemelvaartsdag"),
        (sunday + 49 * ONE_DAY, "Eerste Pinksterdag"),
        (sunday + 50 * ONE_DAY, "Tweede Pinksterdag"),
        (date(year, 12, 25), "Eerste Kerstdag"),
        (date(year, 12, 26), "Tweede Kerstdag"),
    ):
        found[day] = f"{found[day]}, {name}" if day in found else name
    return MappingProxyType(found)


def is_working_day(day: date) -> bool:
    """Whether it is no Saturday, no Sunday, no holiday and no day equated with one (articles 1 and 3)."""
    _refuse_moment(day)
    return day.weekday() < SATURDAY and day not in EQUATED_DAYS and day not in holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself does not count.

    A count of 0 gives the day itself, or the next working day when it is none: what article 1(1) does with the end of a
    term. Raises ValueError when the count is less.
    """
    if count < 0:
        raise ValueError(f"working days are counted forward, not {count}")
    while not (count or is_working_day(day)):
        day += ONE_DAY
    while count:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days there are after `first`, up to and including `last`; none when `last` is not later.

    So it takes back what `add_working_days` did: that many after `first` is `last`, or the working day before it.
    """
    return sum(is_working_day(first + n * ONE_DAY) for n in range(1, (last - first).days + 1))


def last_working_day(day: date) -> date:
    """That day, or the last working day before it: what staff are steered by, so that nothing waits for a Monday.

    For the people who ask, the legal date stands; theirs is never moved back (article 1(1) only extends).
    """
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def term_end(start: date, *, days: int = 0, weeks: int = 0, months: int = 0) -> date:
    """The legal last day of a term in days, weeks or months that starts the day after `start`.

    A month term ends on the day of the month that `start` has, or on the last day of a shorter month. Then the Act:
    what ends on a Saturday, Sunday or holiday goes on to the next working day (article 1(1)); three days or more hold
    at least two working days (article 2); more than 90 days, 12 weeks or 3 months stay as they are (article 4(a)).
    Terms counted back from a day (article 1(2)) and terms in hours (article 4(a)) are no business of this function.
    Raises ValueError unless exactly one of the three is given, and more than zero.
    """
    _refuse_moment(start)
    given = {unit: size for unit, size in (("days", days), ("weeks", weeks), ("months", months)) if size}
    if len(given) != 1 or min(given.values()) < 0:
        raise ValueError(f"a term has one size, in days, weeks or months, not {given}")
    ((unit, size),) = given.items()
    end = _months_later(start, size) if unit == "months" else start + (days + 7 * weeks) * ONE_DAY
    if size > LONGEST_THAT_ROLL[unit]:
        return end
    if (end - start).days >= SHORTEST_WITH_WORKING_DAYS:
        return max(add_working_days(end, 0), add_working_days(start, WORKING_DAYS_IN_A_TERM))
    return add_working_days(end, 0)


def _months_later(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _refuse_moment(day: date) -> None:
    """A datetime passes for a date, but is never equal to one: every holiday would be missed."""
    if isinstance(day, datetime):
        raise TypeError("a day of the calendar is asked, not a moment")
