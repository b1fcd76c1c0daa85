"""When somebody may be told something, and when they are reminded of a talk. Pure; moments are in UTC.

Nobody's telephone makes a sound at night, and what is kept for somebody is kept while they are awake.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Literal

from portal.foundation.clock import LOCAL, local_date
from portal.foundation.policies import Policy
from portal.foundation.workdays import add_working_days, is_working_day

#: The day of a telephone, as the clock on the wall shows it; the end is no part of it. Our own choice.
MORNING, EVENING = time(8), time(21)
#: When somebody of a team can be asked to call, on working days.
DESK_OPENS, DESK_CLOSES = time(9), time(16)
#: In so many working days a letter is printed, sent and on the mat: what comes later is of no use to anybody.
POST_TAKES = 3
ONE_DAY = timedelta(days=1)

Which = Literal["first", "last"]


def is_night(moment: datetime) -> bool:
    """Whether no text message goes out now."""
    return not MORNING <= moment.astimezone(LOCAL).time() < EVENING


def is_office_time(moment: datetime) -> bool:
    """Whether somebody of the team can be asked to call now."""
    here = moment.astimezone(LOCAL)
    return is_working_day(here.date()) and DESK_OPENS <= here.time() < DESK_CLOSES


def awake_after(moment: datetime, span: timedelta) -> datetime:
    """When so much time has passed of which the nights are no part. From within a night it counts from the morning."""
    while True:
        here = moment.astimezone(LOCAL)
        if here.time() >= EVENING:
            moment = _at(here + ONE_DAY, MORNING)
        elif here.time() < MORNING:
            moment = _at(here, MORNING)
        evening = _at(moment.astimezone(LOCAL), EVENING)
        if moment + span <= evening:
            return moment + span
        span -= evening - moment
        moment = evening


def _at(day: datetime, wall: time) -> datetime:
    return datetime.combine(day.date(), wall, LOCAL).astimezone(UTC)


def before(starts_at: datetime, policy: Policy) -> datetime:
    """So long before a talk: days as the clock on the wall shows them, hours in real time.

    So two days before ten in the morning is ten in the morning, also when the clock was changed in between.
    """
    if policy.unit == "days":
        return (starts_at.astimezone(LOCAL) - policy.span()).astimezone(UTC)
    return starts_at.astimezone(UTC) - policy.span()


def reminder_due(now: datetime, starts_at: datetime, first: Policy, last: Policy) -> tuple[Which, datetime] | None:
    """Which reminder of a talk has its time now, and since when: the first until the last has, then that.

    Who booked since then needs none: they know it still.
    """
    first_at, last_at = before(starts_at, first), before(starts_at, last)
    if last_at <= now < starts_at:
        return "last", last_at
    return ("first", first_at) if first_at <= now < last_at else None


def may_go(channel: str | None, now: datetime, starts_at: datetime) -> bool:
    """Whether words about a talk can go out by this channel now; what waits for the morning is tried again.

    A letter that would come after the talk, or on its morning, is not written.
    """
    if channel == "letter":
        return add_working_days(local_date(now), POST_TAKES) < local_date(starts_at)
    return channel == "email" or (channel == "sms" and not is_night(now))
