"""Reads a week of diaries in four questions, however many people; what somebody may not see does not leave here."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Integer, String, and_, cast, literal, null, or_, select, union_all

from portal.accounts.models import Staff
from portal.bookings.availability import Pattern
from portal.bookings.diaries import midnight
from portal.bookings.models import MIDNIGHT, Booking, BookingWorker, Closure, Leave, WorkDay, WorkPattern
from portal.bookings.rules import is_address_shown
from portal.bookings.thing_models import Thing, ThingCell, ThingMissing
from portal.bookings.week_rules import ONE_WEEK, Around, Entry, Home, Off, OneDay, Talk
from portal.cases.models import Case, Contact

#: What stands in a diary of what was; what was moved or cancelled is gone from it.
STOOD = ("booked", "done", "no_show")
NAMELESS = "–"


@dataclass(frozen=True)
class Person:
    """Somebody of the staff with a diary; `active` when talks can be booked with them."""

    staff_id: int
    name: str
    team: str
    active: bool


def people_with_a_diary(reader: Connection, teams: Collection[str], me: int) -> list[Person]:
    """Whose diaries there are in these teams, by name; one's own too, wherever it is kept."""
    rows = reader.execute(
        select(BookingWorker.staff_id, Staff.name, BookingWorker.team_slug, BookingWorker.active)
        .join(Staff, Staff.id == BookingWorker.staff_id)
        .where(or_(BookingWorker.team_slug.in_(sorted(teams)), BookingWorker.staff_id == me))
        .order_by(Staff.name, Staff.id)
    )
    return [Person(*row) for row in rows]


class WeekReader:
    """Reads a week that begins on a Monday. `scope` is the condition under which who asks sees a case."""

    def __init__(self, reader: Connection, scope: Any, now: datetime, address_days: int) -> None:
        self._reader, self._scope, self._now, self._address_days = reader, scope, now, address_days

    def entries(self, people: Mapping[int, str], monday: date) -> list[Entry]:
        """What stands in the diaries of these people, in order. An address is there only when it may be seen now."""
        rows = self._reader.execute(self._bookings(people, monday)).all()
        things = self._things([row.id for row in rows])
        return [self._entry(row, people, things) for row in rows]

    def around(self, people: Collection[int], teams: Collection[str], monday: date) -> Around:
        """Leave, single days, closures of these teams, and the hours that come back."""
        last = monday + ONE_WEEK
        rows = defaultdict(list)
        for row in self._reader.execute(_around(sorted(people), sorted(teams), monday, last)):
            rows[row.what].append(row)
        return Around(
            leave=[Off(row.staff_id, row.first, row.last) for row in rows["leave"]],
            days=[OneDay(row.staff_id, row.first, _wall(row.start), _wall(row.end)) for row in rows["day"]],
            closures=[Off(None, row.first, row.last) for row in rows["closure"]],
            patterns=[
                Pattern(
                    row.staff_id, row.weekday, _wall(row.start), _wall(row.end), frozenset(), row.first, row.last,
                    row.every,
                )
                for row in rows["pattern"]
            ],
        )  # fmt: skip

    def _bookings(self, people: Collection[int], monday: date) -> Any:
        held = and_(Booking.state == "held", Booking.hold_until > self._now)
        begin, end = midnight(monday), midnight(monday + ONE_WEEK)
        return (
            select(
                Booking.id, Booking.staff_id, Booking.state, Booking.place, Booking.starts_at, Booking.ends_at,
                Booking.busy_from, Booking.busy_until, Case.reference, Case.kind, Case.locale, Contact.language,
                Contact.interpreter, Contact.street, Contact.house, Contact.postcode,
            )
            # the scope stands in the join: without it a moment is busy, and nothing of the request comes along
            .join(Case, and_(Case.id == Booking.case_id, self._scope), isouter=True)
            .join(Contact, Contact.case_id == Case.id, isouter=True)
            .where(
                Booking.staff_id.in_(sorted(people)), Booking.starts_at >= begin, Booking.starts_at < end,
                or_(Booking.state.in_(STOOD), held),
            )
            .order_by(Booking.starts_at, Booking.staff_id)
        )  # fmt: skip

    def _things(self, ids: Sequence[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The rooms and cars of these bookings; one that was lost has no name."""
        if not ids:
            return {}
        taken = (
            select(ThingCell.booking_id, ThingCell.kind, Thing.name)
            .join(Thing, Thing.id == ThingCell.thing_id)
            .where(ThingCell.booking_id.in_(ids))
            .distinct()
        )
        lost = select(ThingMissing.booking_id, ThingMissing.kind, literal("")).where(ThingMissing.booking_id.in_(ids))
        found: dict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
        for booking_id, kind, name in sorted(tuple(row) for row in self._reader.execute(union_all(taken, lost))):
            found[booking_id] += ((kind, name),)
        return found

    def _entry(self, row: Any, people: Mapping[int, str], things: Mapping[str, Any]) -> Entry:
        seen = row.reference is not None
        return Entry(
            row.staff_id, people.get(row.staff_id, NAMELESS), row.starts_at, row.ends_at, row.busy_from, row.busy_until,
            row.state, row.place if seen else "", row.starts_at > self._now, self._talk(row) if seen else None,
            things.get(row.id, ()) if seen else (),
        )  # fmt: skip

    def _talk(self, row: Any) -> Talk:
        visited = row.place == "home" and row.house is not None
        shown = visited and is_address_shown(self._now, row.starts_at, self._address_days)
        home = Home(row.street, row.house, row.postcode) if shown else None
        return Talk(row.reference, row.kind, row.locale, row.language, bool(row.interpreter), home)


def _around(people: Sequence[int], teams: Sequence[str], first: date, last: date) -> Any:
    """Four tables in one question; each row says of which it is. `last` is the first day after the week."""
    no_text, no_number = cast(null(), String), cast(null(), Integer)

    def part(what: str, who: Any, begin: Any, end: Any, *more: Any) -> Any:
        start, until, weekday, every = more or (no_text, no_text, no_number, no_number)
        return select(
            literal(what).label("what"), who.label("staff_id"), begin.label("first"), end.label("last"),
            start.label("start"), until.label("end"), weekday.label("weekday"), every.label("every"),
        )  # fmt: skip

    return union_all(
        part("leave", Leave.staff_id, Leave.first, Leave.last).where(
            Leave.staff_id.in_(people), Leave.first < last, Leave.last >= first
        ),
        part("day", WorkDay.staff_id, WorkDay.day, WorkDay.day, WorkDay.start, WorkDay.end, no_number, no_number).where(
            WorkDay.staff_id.in_(people), WorkDay.day >= first, WorkDay.day < last
        ),
        part("closure", no_number, Closure.first, Closure.last).where(
            or_(Closure.team_slug.in_(teams), Closure.team_slug.is_(None)), Closure.first < last, Closure.last >= first
        ),
        part(
            "pattern", WorkPattern.staff_id, WorkPattern.valid_from, WorkPattern.valid_until,
            WorkPattern.start, WorkPattern.end, WorkPattern.weekday, WorkPattern.every,
        ).where(
            WorkPattern.staff_id.in_(people), WorkPattern.valid_from < last,
            or_(WorkPattern.valid_until.is_(None), WorkPattern.valid_until > first),
        ),
    )  # fmt: skip


def _wall(written: str) -> time:
    """A time on the clock; midnight at the end of a day is `time.max`."""
    return time.max if written == MIDNIGHT else time.fromisoformat(written)
