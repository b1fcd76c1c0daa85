"""How long a complaint may take, by chapter 9 of the Algemene wet bestuursrecht ("Awb"). Pure; days of the calendar.

Article 9:11: six weeks after it came in, ten with an advisory committee; once four weeks more, told in writing to the
complainant and to who is complained about; any further only as far as the complainant agrees in writing. That is also
the only ground for a pause (a talk first, a hearing that has to wait): it has a last day from the beginning, and the
days of it are not counted. Nothing here makes a term longer by itself.

Uncertain, for the lawyer who checks this before it goes live: ten weeks and four are together more than the twelve
after which the Algemene termijnenwet no longer moves an end from a Sunday to a Monday. Such an end stays where it is:
a date that may be too early does nobody harm, a date that is too late does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.cases.workflow import NotSo
from portal.foundation.workdays import LONGEST_THAT_ROLL, ONE_DAY, add_working_days


@dataclass(frozen=True)
class Weeks:
    """The policies `complaint_decide`, `complaint_decide_committee` and `complaint_extend`, in weeks."""

    plain: int = 6
    committee: int = 10
    extension: int = 4


@dataclass(frozen=True)
class Pause:
    """Days that do not count, both included, with the complainant's agreement of that day."""

    first: date
    last: date
    agreed_on: date


@dataclass(frozen=True)
class Course:
    """Everything that decides on the last day of one complaint."""

    received_on: date
    committee: bool = False
    extended: bool = False
    pauses: tuple[Pause, ...] = ()
    #: Until when the complainant agreed to wait, beside all pauses.
    agreed_until: date | None = None


def last_day(course: Course, weeks: Weeks) -> date:
    """The last day on which the complaint is dealt with in time; the term starts the day after it came in."""
    size = _weeks(course, weeks)
    end = course.received_on + timedelta(weeks=size)
    for day in _paused(course):
        if day > course.received_on and day <= end:
            end += ONE_DAY
    if size <= LONGEST_THAT_ROLL["weeks"]:
        end = add_working_days(end, 0)
    return max(end, course.agreed_until) if course.agreed_until else end


def may_extend(course: Course, weeks: Weeks, today: date) -> None:
    """Whether the four weeks can be taken. Raises `NotSo`: `twice`, or `late` when the term is over."""
    if course.extended:
        raise NotSo("twice")
    if today > last_day(course, weeks):
        raise NotSo("late")


def may_pause(course: Course, weeks: Weeks, pause: Pause, today: date) -> None:
    """Whether these days can be left out. Raises `NotSo`.

    `order`: the last day lies before the first; `past`: it begins before today, and what has gone by has counted;
    `agreed`: the complainant agreed later than it begins; `late`: the term is over then; `twice`: a day counts once.
    """
    if pause.last < pause.first:
        raise NotSo("order")
    if pause.first < today:
        raise NotSo("past")
    if pause.agreed_on > pause.first:
        raise NotSo("agreed")
    if pause.first > last_day(course, weeks):
        raise NotSo("late")
    if any(pause.first <= other.last and other.first <= pause.last for other in course.pauses):
        raise NotSo("twice")


def may_agree(course: Course, weeks: Weeks, until: date) -> None:
    """Whether this is more time. Raises `NotSo`: `shorter` when the term already ends then, or later."""
    if until <= last_day(course, weeks):
        raise NotSo("shorter")


def _weeks(course: Course, weeks: Weeks) -> int:
    return (weeks.committee if course.committee else weeks.plain) + (weeks.extension if course.extended else 0)


def _paused(course: Course) -> Iterable[date]:
    """Each day that is left out, once, in order: one that comes within the term may push the end over the next."""
    days = {one.first + n * ONE_DAY for one in course.pauses for n in range((one.last - one.first).days + 1)}
    return sorted(days)
