"""The rows beneath `services`: who may write in a diary now, and the quarters that each live booking takes.

A live booking has its quarters in `BookingCell`, no other booking has any: they come and go in one flush.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, delete, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from portal.bookings.availability import GRID, Place
from portal.bookings.changes import Stands
from portal.bookings.models import LIVE, Booking, BookingCell, BookingWorker
from portal.bookings.thing_models import ThingCell

EPOCH = datetime.fromtimestamp(0, UTC)
#: Written out, so that both databases see that the index of live bookings will do.
IS_LIVE = Booking.state.in_([literal_column(f"'{state}'") for state in LIVE])


def cells_of(busy_from: datetime, busy_until: datetime) -> range:
    """Every quarter of an hour, counted from 1970 in UTC, of which this takes a piece."""
    return range((busy_from - EPOCH) // GRID, -((EPOCH - busy_until) // GRID))


def whole_quarters(begin: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The quarters of which this takes a piece: what is shown as free is then what the database lets through."""
    return begin - (begin - EPOCH) % GRID, end + (EPOCH - end) % GRID


def to_let_go(now: datetime) -> Any:
    """Which bookings are held by nobody any more, though they say so."""
    return and_(Booking.state == "held", Booking.hold_until <= now)


def is_taken(now: datetime) -> Any:
    """Which bookings are in the way of others."""
    return and_(IS_LIVE, or_(Booking.state == "booked", Booking.hold_until > now))


def talk_of(booking: Booking) -> Stands:
    """A booking as `changes` looks at it."""
    return Stands(
        booking.id, booking.staff_id, Place(booking.place), booking.starts_at, booking.ends_at,
        booking.starts_at - booking.busy_from,
    )  # fmt: skip


class Standing:
    """What stands in the diaries."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def queue(self, staff_ids: Iterable[int]) -> None:
        """Wait until nobody else writes in these diaries; always in one order, so that two never wait for each other.

        What was held there too long is let go, and what was looked for in these diaries is looked for again.
        """
        ids = sorted(set(staff_ids))
        theirs = BookingWorker.staff_id.in_(ids)
        workers = select(BookingWorker.staff_id).where(theirs).order_by(BookingWorker.staff_id)
        self._session.execute(workers.with_for_update()).all()
        written = update(BookingWorker).where(theirs).values(version=BookingWorker.version + 1)
        self._session.execute(written.execution_options(synchronize_session=False))
        due = select(Booking.id).where(Booking.staff_id.in_(ids), to_let_go(self._now)).with_for_update()
        self.release(self._session.scalars(due).all(), "lapsed")

    def workers(self, which: Any) -> set[int]:
        """In whose diaries these bookings stand, or stood."""
        return set(self._session.scalars(select(Booking.staff_id).where(which)))

    def one(self, *which: Any) -> Booking | None:
        """A booking as it is in the database now, locked until the end."""
        query = select(Booking).where(*which).limit(1).with_for_update()
        return self._session.scalar(query.execution_options(populate_existing=True))

    def put(self, booking: Booking) -> None:
        """Write down a live booking with its quarters. Raises IntegrityError when they are another's."""
        self._session.add(booking)
        self._session.flush()
        self.take_quarters(booking)

    def take_quarters(self, booking: Booking) -> None:
        """Take the quarters of a live booking. Raises IntegrityError when one is another's."""
        cells = cells_of(booking.busy_from, booking.busy_until)
        rows = [{"staff_id": booking.staff_id, "cell": cell, "booking_id": booking.id} for cell in cells]
        self._session.execute(insert(BookingCell).values(rows))

    def release(self, ids: Sequence[str], state: str) -> None:
        """These stand no longer: their quarters are there for others, and so are their room and their car."""
        if ids:
            for cells in (BookingCell, ThingCell):
                self._session.execute(delete(cells).where(cells.booking_id.in_(ids)))
            change = update(Booking).where(Booking.id.in_(ids)).values(state=state)
            self._session.execute(change.execution_options(synchronize_session="fetch"))

    def make_room(self, before: Booking) -> None:
        """What is given back for another: a booking was moved; of a hold nothing stays, nobody was promised it."""
        if before.state == "booked":
            self.release([before.id], "moved")
        else:
            self._session.delete(before)
            self._session.flush()
