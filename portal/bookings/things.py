"""Which room and which car a talk has: taken with its quarters, kept when it is moved, never for two talks at once.

Who takes something locks the things of the team first, after the diary and the booking, so that what was looked at is
still so when it is written. Should anything slip past that, the database refuses it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.bookings.availability import Place
from portal.bookings.models import Booking
from portal.bookings.standing import Standing, cells_of, is_taken, to_let_go
from portal.bookings.thing_models import KINDS, Thing, ThingCell, ThingMissing

ROOM, CAR = KINDS


class ThingTaken(Exception):
    """Another talk has it then, it is out of use, or it is of another team."""


def quarters_of(booking: Booking, kind: str) -> range:
    """The quarters for which a talk needs it: a room for the talk itself, a car for the way there and back too."""
    if kind == ROOM:
        return cells_of(booking.starts_at, booking.ends_at)
    return cells_of(booking.busy_from, booking.busy_until)


class Things:
    """The rooms and cars of the teams. Flushes; who calls it commits, or takes all of it back."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def of(self, booking: Booking) -> Mapping[str, Thing]:
        """What a talk has, by kind."""
        query = select(Thing).join(ThingCell).where(ThingCell.booking_id == booking.id).distinct()
        return {one.kind: one for one in self._session.scalars(self._plain(query))}

    def missing(self, booking: Booking) -> set[str]:
        """What a talk had and lost, by kind, as long as nobody chose again."""
        return set(self._session.scalars(select(ThingMissing.kind).where(ThingMissing.booking_id == booking.id)))

    def free(self, booking: Booking, kind: str) -> list[Thing]:
        """What its team has of this kind that can be taken for a talk, its own among them; by name."""
        query = select(Thing).where(Thing.team_slug == booking.team_slug, Thing.kind == kind, Thing.active)
        taken = self._taken(booking, kind)
        return [one for one in self._session.scalars(query.order_by(Thing.name, Thing.id)) if one.id not in taken]

    def take(self, booking_id: str, thing_id: int) -> Thing:
        """A talk that is booked gets this, in the place of what it had of its kind.

        Raises `ThingTaken`, and then it keeps what it had.
        """
        booking = self._booked(booking_id)
        thing = {one.id: one for one in self._queue(booking.team_slug)}.get(thing_id)
        if thing is None or thing.id in self._taken(booking, thing.kind):
            raise ThingTaken()
        try:
            with self._session.begin_nested():
                self._forget(booking, thing.kind)
                self._write(booking, thing)
        except IntegrityError as fault:
            raise ThingTaken() from fault
        return thing

    def let_go(self, booking_id: str, kind: str) -> None:
        """A talk needs nothing of this kind any more. Raises `ThingTaken` when it does not stand."""
        self._forget(self._booked(booking_id), kind)

    def settle(self, booking: Booking, had: Mapping[str, Thing], features: frozenset[str]) -> None:
        """What a talk that was just written down gets by itself: what it `had` before it was moved, if that is free.

        A talk at a team that lists rooms gets one with these features in any case: raises `ThingTaken` when there is
        none. The database may raise IntegrityError.
        """
        if booking.place == Place.TEAM:
            rooms = [one for one in self._queue(booking.team_slug) if one.kind == ROOM]
            if rooms:
                taken = self._taken(booking, ROOM)
                free = {one.id: one for one in rooms if one.id not in taken}
                same = free.get(had[ROOM].id) if ROOM in had else None
                self._write(booking, same or plainest(free.values(), features))
                had = {kind: one for kind, one in had.items() if kind != ROOM}
        self.follow(booking, had)

    def follow(self, booking: Booking, had: Mapping[str, Thing]) -> None:
        """A talk that was moved keeps what it had where that is free then; what is not, is written down as missing.

        The database may raise IntegrityError.
        """
        here = {one.id: one for one in self._queue(booking.team_slug)} if had else {}
        for kind, thing in had.items():
            if thing.id in here and thing.id not in self._taken(booking, kind):
                self._write(booking, thing)
            else:
                self._session.add(ThingMissing(booking_id=booking.id, kind=kind))
        self._session.flush()

    def _booked(self, booking_id: str) -> Booking:
        booking = Standing(self._session, self._now).one(Booking.id == booking_id, Booking.state == "booked")
        if booking is None:
            raise ThingTaken()
        return booking

    def _queue(self, team_slug: str) -> list[Thing]:
        """What a team has in use, locked until the end. Talks that were held too long give back what they had."""
        mine = self._plain(select(Thing).where(Thing.team_slug == team_slug).order_by(Thing.id))
        things = self._session.scalars(mine.with_for_update()).all()
        standing = Standing(self._session, self._now)
        held = select(ThingCell.booking_id).where(ThingCell.thing_id.in_([one.id for one in things]))
        due = select(Booking.id).where(to_let_go(self._now), Booking.id.in_(held))
        # who writes in one of these now waits for us: it is theirs to let go
        standing.release(self._session.scalars(due.with_for_update(skip_locked=True)).all(), "lapsed")
        return [one for one in things if one.active]

    def _taken(self, booking: Booking, kind: str) -> set[int]:
        """The things that another talk has in these quarters."""
        cells = quarters_of(booking, kind)
        query = (
            select(ThingCell.thing_id)
            .join(Thing)
            .join(Booking, Booking.id == ThingCell.booking_id)
            .where(
                Thing.team_slug == booking.team_slug, ThingCell.cell.between(cells[0], cells[-1]),
                ThingCell.booking_id != booking.id, is_taken(self._now),
            )
        )  # fmt: skip
        return set(self._session.scalars(query))

    def _write(self, booking: Booking, thing: Thing) -> None:
        cells = quarters_of(booking, thing.kind)
        rows = [{"thing_id": thing.id, "cell": cell, "booking_id": booking.id, "kind": thing.kind} for cell in cells]
        self._session.execute(insert(ThingCell).values(rows))

    def _forget(self, booking: Booking, kind: str) -> None:
        for table in (ThingCell, ThingMissing):
            self._session.execute(delete(table).where(table.booking_id == booking.id, table.kind == kind))

    @staticmethod
    def _plain(query: Any) -> Any:
        return query.execution_options(populate_existing=True)


def plainest(free: Iterable[Thing], features: Collection[str]) -> Thing:
    """The first of those with these features, the ones with little more first: a lift is for who needs it.

    Raises `ThingTaken` when there is none.
    """
    fitting = [one for one in free if set(features) <= set(one.features)]
    if not fitting:
        raise ThingTaken()
    return min(fitting, key=lambda one: (len(one.features), one.id))
