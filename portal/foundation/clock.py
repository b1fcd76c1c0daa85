"""Time is asked here and nowhere else, so that a test can say what time it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from pyramid.config import Configurator
from pyramid.request import Request

#: Every municipality we serve lives by this clock.
LOCAL = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)


def local_now(clock: Clock) -> datetime:
    """This moment as the clock on the wall shows it."""
    return clock.now().astimezone(LOCAL)


def today(clock: Clock) -> date:
    """The date on the calendar on the wall."""
    return local_now(clock).date()


def next_midnight(moment: datetime) -> datetime:
    """The first moment of the next local day: until then a page about "today" is true."""
    return datetime.combine(moment.astimezone(LOCAL).date() + timedelta(days=1), datetime.min.time(), LOCAL)


def local_date(moment: datetime) -> date:
    """The date on the calendar on the wall at a moment."""
    return moment.astimezone(LOCAL).date()


def _clock(request: Request) -> Clock:
    return request.registry.clock


def includeme(config: Configurator) -> None:
    """Give the registry its clock; a test puts its own in."""
    config.registry.clock = SystemClock()
    config.add_request_method(_clock, "clock", reify=True)
