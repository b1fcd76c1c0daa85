"""Free moments that were looked for a moment ago, kept in memory until something in the diaries changes.

Who chooses a moment looks at one page several times, and a team's page is looked at by many; looking through a full
diary takes as long as a hundred of those pages. What is kept hangs on what is asked (`Asked`) and on the state of the
diaries: the versions of the workers of the team, raised by whoever writes in them (`Standing.queue`). A hold that runs
out raises nothing, so what was found is kept until the first of them does. Rooms have no version: a talk at a team is
never kept. Choosing looks again, so nothing that is kept can be booked twice.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from portal.bookings.availability import Place, Wish
from portal.bookings.models import Booking, BookingWorker, Closure
from portal.bookings.rules import up_to_grid
from portal.bookings.standing import is_taken
from portal.foundation.clock import local_date
from portal.foundation.site import Site

#: Answers that are kept for one site; one takes some kilobytes.
MOST = 128

Days = list[list[datetime]]


@dataclass(frozen=True)
class Asked:
    """All that decides on an answer beside the diaries; moments lie on the grid, so `earliest` needs no more."""

    team: str
    wish: Wish
    after: datetime | None
    earliest: datetime
    today: date
    horizon: timedelta


def asked(team: str, wish: Wish, after: datetime | None, now: datetime, lead: timedelta, horizon: timedelta) -> Asked:
    """What is asked at this moment."""
    return Asked(team, wish, after, up_to_grid(now + lead), local_date(now), horizon)


@dataclass(frozen=True)
class _Answer:
    versions: tuple[int, ...]
    until: datetime | None
    days: Days


class Remembered:
    """What one site remembers in one process."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Asked, _Answer] = OrderedDict()

    def days(self, reader: Connection, question: Asked, now: datetime, find: Callable[[], Days]) -> Days:
        """What was found, or what `find` finds now. `reader` may not have written in the diaries itself."""
        if question.wish.place is Place.TEAM:
            return find()
        versions = _versions(reader, question.team)
        known = self._answers.get(question)
        if known is not None and known.versions == versions and (known.until is None or now < known.until):
            return known.days
        until = _first_to_run_out(reader, question.team, now)
        self._answers[question] = _Answer(versions, until, find())
        self._answers.move_to_end(question)
        while len(self._answers) > MOST:
            self._answers.popitem(last=False)
        return self._answers[question].days


def remembered(site: Site) -> Remembered:
    """The memory of a site."""
    if "moments" not in site.memo:
        site.memo["moments"] = Remembered()
    found: Remembered = site.memo["moments"]
    return found


def _versions(reader: Connection, team: str) -> tuple[int, ...]:
    """How many workers a team has, how often their diaries were written in, and when the municipality is closed."""
    shut = select(func.coalesce(func.sum(Closure.id), 0)).where(Closure.team_slug.is_(None)).scalar_subquery()
    query = select(func.count(), func.coalesce(func.sum(BookingWorker.version), 0), shut)
    row = reader.execute(query.where(BookingWorker.team_slug == team, BookingWorker.active)).one()
    return tuple(int(number) for number in row)


def _first_to_run_out(reader: Connection, team: str, now: datetime) -> datetime | None:
    """When the first hold in these diaries is over."""
    query = (
        select(Booking.hold_until)
        .join(BookingWorker, BookingWorker.staff_id == Booking.staff_id)
        .where(BookingWorker.team_slug == team, Booking.state == "held", is_taken(now))
        .order_by(Booking.hold_until)
    )
    return reader.execute(query.limit(1)).scalar()
