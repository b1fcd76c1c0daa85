"""Opening hours: a week that repeats, with closed periods. Pure; local wall-clock times, weekday 0 is Monday."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
#: How far ahead we look for the next opening.
HORIZON_DAYS = 21


@dataclass(frozen=True, order=True)
class Opening:
    """Open on a weekday from `start` until `end` (`end` not included); `kind` is open, walk_in or phone."""

    weekday: int
    start: time
    end: time
    kind: str


@dataclass(frozen=True)
class Closure:
    """Closed from `first` up to and including `last`, with the reason per locale."""

    first: date
    last: date
    reason: Mapping[str, str]

    def covers(self, day: date) -> bool:
        """Whether the day falls in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class OpenState:
    """What to tell now: open `until`, or next open at `opens`; `changes` is when this stops being true."""

    is_open: bool
    until: datetime | None
    opens: datetime | None
    changes: datetime | None


def _time(text: str) -> time:
    """A time of day; 24:00 is the last moment of the day."""
    return time.max if text == "24:00" else time.fromisoformat(text.zfill(5))


def parse_openings(rows: Iterable[Mapping[str, Any]], default_kind: str = "open") -> tuple[Opening, ...]:
    """Rows of a content file (`days`, `from`, `to`, `kind`). Raises ValueError or KeyError on nonsense."""
    found = []
    for row in rows:
        start, end = (_time(str(row[key])) for key in ("from", "to"))
        if start >= end:
            raise ValueError(f"opens at {start} but closes at {end}")
        found += [Opening(DAYS.index(day), start, end, row.get("kind", default_kind)) for day in row["days"]]
    return tuple(sorted(found))


def parse_closures(rows: Iterable[Mapping[str, Any]]) -> tuple[Closure, ...]:
    """Closed periods of a content file (`from`, `to`, `reason`). Raises ValueError or KeyError on nonsense."""
    return tuple(
        Closure(date.fromisoformat(str(row["from"])), date.fromisoformat(str(row["to"])), row["reason"]) for row in rows
    )


def spans(openings: Iterable[Opening], kind: str) -> list[tuple[int, int, time, time]]:
    """The week of one kind in few words: (first weekday, last weekday, start, end), days alike taken together."""
    found: list[tuple[int, int, time, time]] = []
    for opening in sorted(o for o in openings if o.kind == kind):
        first, last, start, end = found[-1] if found else (-9, -9, time(), time())
        if opening.weekday == last + 1 and (opening.start, opening.end) == (start, end):
            found[-1] = (first, opening.weekday, start, end)
        else:
            found.append((opening.weekday, opening.weekday, opening.start, opening.end))
    return found


def on_day(
    openings: Iterable[Opening], kind: str, day: date, closures: Iterable[Closure] = ()
) -> list[tuple[time, time]]:
    """The hours of one kind on a date, earliest first; none when closed."""
    if any(closure.covers(day) for closure in closures):
        return []
    return sorted((o.start, o.end) for o in openings if o.kind == kind and o.weekday == day.weekday())


def always(openings: Iterable[Opening], kind: str) -> bool:
    """Whether it never closes: every day from midnight to midnight."""
    return spans(openings, kind) == [(0, 6, time.min, time.max)]


def state(openings: Iterable[Opening], kind: str, moment: datetime, closures: Iterable[Closure] = ()) -> OpenState:
    """Whether it is open at a local moment, and what comes next."""
    openings, closures, zone = tuple(openings), tuple(closures), moment.tzinfo
    for ahead in range(HORIZON_DAYS):
        day = moment.date() + timedelta(days=ahead)
        for start, end in on_day(openings, kind, day, closures):
            opens, shuts = datetime.combine(day, start, zone), datetime.combine(day, end, zone)
            if opens <= moment < shuts:
                return OpenState(True, until=shuts, opens=None, changes=shuts)
            if moment < opens:
                return OpenState(False, until=None, opens=opens, changes=opens)
    return OpenState(False, None, None, None)


def minutes_of_week(openings: Iterable[Opening]) -> tuple[tuple[int, int], ...]:
    """The same hours as pairs of minutes since Monday 0:00, the end not included."""
    return tuple((_minute(one.weekday, one.start), _minute(one.weekday, one.end)) for one in openings)


def minute_of_week(moment: datetime) -> int:
    """The minute of the week of a local moment."""
    return moment.weekday() * 1440 + moment.hour * 60 + moment.minute


def _minute(weekday: int, at: time) -> int:
    """`time.max` is the last moment of a day: the first minute of the next."""
    return weekday * 1440 + (1440 if at == time.max else at.hour * 60 + at.minute)
