"""Time as a talk needs it: its grid, the Dutch clock on the wall, the way there, when an address is shown. Pure.

Moments are in UTC. A span is a piece of time of which the end is no part.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from portal.foundation.clock import LOCAL, local_date
from portal.foundation.workdays import EQUATED_DAYS, add_working_days, holidays, last_working_day

#: Talks start at so many minutes of the hour. Dutch time is whole hours from UTC: the grid of one is that of the other.
GRID = timedelta(minutes=15)
ONE_HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: The digits at the front of a postcode that the places of one region share.
REGION = 2

Span = tuple[datetime, datetime]


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC, as sums with a local clock go by the wall. Raises TypeError when it has no time zone."""
    return EPOCH + (moment - EPOCH)


def up_to_grid(moment: datetime) -> datetime:
    """The first moment on the grid that is not earlier."""
    return moment + (EPOCH - moment) % GRID


def shown_at(day: date, wall: time) -> datetime:
    """The first moment at which the clock of that day shows this time or a later one; `time.max` is midnight after it.

    So of the hour that comes twice in October it is the first turn. The hour that is missing in March is skipped.
    """
    if wall == time.max:
        day, wall = day + ONE_DAY, time.min
    shown = datetime.combine(day, wall, LOCAL)
    moment = shown.astimezone(UTC)
    if moment.astimezone(LOCAL) != shown:  # no clock shows it; clocks are put forward up to a whole hour
        moment = (shown.replace(minute=0, second=0, microsecond=0) + ONE_HOUR).astimezone(UTC)
    return moment


def is_shown_again(moment: datetime) -> bool:
    """Whether the clock on the wall shows it for the second time: who comes at that time comes the first time."""
    return moment.astimezone(LOCAL).fold == 1


def is_holiday(day: date) -> bool:
    """Whether it is a public holiday or equated with one; a Saturday or Sunday as such is not."""
    return day in EQUATED_DAYS or day in holidays(day.year)


def address_days(starts_at: datetime, working_days: int) -> tuple[date, date]:
    """The first and the last day on which staff see where somebody lives to whom they go; both are shown whole.

    So many working days before and after the day of the talk, which may itself be none. Raises ValueError for fewer
    than none.
    """
    first = local_date(starts_at)
    last = add_working_days(first, working_days)
    for _ in range(working_days):
        first = last_working_day(first - ONE_DAY)
    return first, last


def is_address_shown(now: datetime, starts_at: datetime, working_days: int) -> bool:
    """Whether it is one of those days now, on the calendar on the wall."""
    first, last = address_days(starts_at, working_days)
    return first <= local_date(now) <= last


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time in order, in pieces that do not touch; what takes no time is left out."""
    found: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def travel_between(
    area_a: str | None, area_b: str | None, same: timedelta, other: timedelta, near: timedelta | None = None
) -> timedelta:
    """How long it takes from one area to another; an area is the four digits of a postcode, and times are policy.

    `same` within one area, `near` between areas that share their first two digits, `other` further away and when an
    area is not known. Without `near` it is half way between `same` and `other`, rounded up to the grid.
    """
    if not area_a or not area_b:
        return other  # too early at the door is better than too late
    if area_a == area_b:
        return same
    if area_a[:REGION] != area_b[:REGION]:
        return other
    return _half_way(same, other) if near is None else near


def _half_way(same: timedelta, other: timedelta) -> timedelta:
    """Never more than the longer of the two, which need not lie on the grid."""
    middle = (same + other) / 2
    return min(middle + -middle % GRID, max(same, other))
