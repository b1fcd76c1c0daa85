"""What a change of a diary does to what is booked in it. Pure; a talk fits or does not, by `availability` alone.

So what is broken is exactly what nobody could choose any more: other hours, another place, leave, a closed day, or
somebody who cannot be booked. How many talks a day and which skills somebody has break nothing that was agreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from portal.bookings.availability import Diary, Moment, Place, Wish, is_free
from portal.bookings.rules import GRID
from portal.foundation.clock import local_date

ONE_DAY, NO_TIME = timedelta(days=1), timedelta()
#: More talks than a day holds.
ANY_NUMBER = 1000


@dataclass(frozen=True)
class Stands:
    """A talk that was agreed: with whom, where and when, in UTC; `travel` before and after it."""

    booking_id: str
    staff_id: int
    place: Place
    start: datetime
    end: datetime
    travel: timedelta = NO_TIME


def fits(diary: Diary, talk: Stands) -> bool:
    """Whether a talk lies in the hours of its worker, in their place, and not in leave or on a closed day.

    The diary holds leave and no bookings: a talk is not in its own way.
    """
    everybody = [replace(one, most_a_day=ANY_NUMBER) for one in diary.workers]
    wish = Wish(talk.place, talk.end - talk.start, talk.travel)
    moment = Moment(talk.start, talk.end, talk.staff_id)
    empty = replace(diary, workers=everybody, booked_per_day={}, rooms=())
    return is_free(empty, wish, moment, talk.start, NO_TIME, ONE_DAY)


def broken_by(before: Diary, after: Diary, bookings: Iterable[Stands]) -> list[Stands]:
    """Which talks fitted before and do not fit after, the first first. The diaries hold leave and no bookings."""
    broken = [one for one in bookings if fits(before, one) and not fits(after, one)]
    return sorted(broken, key=lambda one: (one.start, one.staff_id, one.booking_id))


def who_else(diary: Diary, wish: Wish, talk: Stands, now: datetime, lead: timedelta, horizon: timedelta) -> list[int]:
    """Who could have this talk in the place of its worker, at the same moment: with the fewest talks that day first.

    The diary holds all that is in it, bookings as well; none is found for a talk that begins before `now` and `lead`.
    """
    day = local_date(talk.start)
    others = sorted(
        (diary.booked_per_day.get((one.staff_id, day), 0), one.staff_id)
        for one in diary.workers
        if one.staff_id != talk.staff_id
    )
    moments = (Moment(talk.start, talk.end, staff_id) for _booked, staff_id in others)
    return [one.staff_id for one in moments if is_free(diary, wish, one, now, lead, horizon)]


def is_beside_the_grid(wall: time) -> bool:
    """Whether no talk begins at this time of the clock; midnight at the end is no such time."""
    return wall != time.max and timedelta(hours=wall.hour, minutes=wall.minute) % GRID != NO_TIME
