"""Who can be met when, and what was agreed. Moments are in UTC; hours of work are as the clock on the wall shows them.

What must never break is held by the database, the same on SQLite and PostgreSQL: a quarter of an hour of a worker is
one row at most (`BookingCell`), and a request and a form have one booking at most that stands (`Booking`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.bookings.availability import Place
from portal.foundation.db import Base

PLACES = tuple(map(str, Place))
#: `lapsed` is a hold that nobody used in time, or that was given back: nobody was promised anything.
STATES = ("held", "booked", "moved", "cancelled", "lapsed", "done", "no_show")
#: The states that stand: their quarters are nobody else's.
LIVE = ("held", "booked")
#: The end of a day, as hours are written.
MIDNIGHT = "24:00"
_HOURS = '\'00:00\' <= "start" AND "start" {less} "end" AND "end" <= \'24:00\''


def _live() -> dict[str, Any]:
    return {"sqlite_where": text(f"state IN {LIVE}"), "postgresql_where": text(f"state IN {LIVE}")}


class BookingWorker(Base):
    """Somebody of a team with whom a talk can be booked. Its row is the queue of who writes in their diary.

    No foreign key to who: accounts are never thrown away.
    """

    __tablename__ = "booking_worker"
    __table_args__ = (CheckConstraint("most_a_day > 0", name="most_a_day"),)

    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    team_slug: Mapped[str] = mapped_column(ForeignKey("team.slug", ondelete="CASCADE"), index=True)
    most_a_day: Mapped[int]
    skills: Mapped[list[str]]
    languages: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    #: How often their diary was written in: what was looked for before that is looked for again (`remembered`).
    version: Mapped[int] = mapped_column(default=0)


class WorkPattern(Base):
    """Hours that come back each so many weeks on a weekday, 0 is Monday; `valid_until` is the first day without them.

    Weeks are counted from the one that holds `valid_from`.
    """

    __tablename__ = "booking_pattern"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(_HOURS.format(less="<"), name="hours"),
        CheckConstraint("every > 0", name="every"),
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("booking_worker.staff_id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    start: Mapped[str] = mapped_column(String(5))
    end: Mapped[str] = mapped_column(String(5))
    places: Mapped[list[str]]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    every: Mapped[int] = mapped_column(default=1)


class WorkDay(Base):
    """Hours of one day, in the place of the pattern of that day; from and until the same moment is a day off."""

    __tablename__ = "booking_day"
    __table_args__ = (
        CheckConstraint(_HOURS.format(less="<="), name="hours"),
        Index("ix_booking_day_staff_id_day", "staff_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("booking_worker.staff_id", ondelete="CASCADE"))
    day: Mapped[date]
    start: Mapped[str] = mapped_column(String(5))
    end: Mapped[str] = mapped_column(String(5))
    places: Mapped[list[str]]


class Leave(Base):
    """Somebody is not there, the last day included. Why is nobody's business, and not kept."""

    __tablename__ = "booking_leave"
    __table_args__ = (
        CheckConstraint('"first" <= "last"', name="dates"),
        Index("ix_booking_leave_staff_id_last", "staff_id", "last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("booking_worker.staff_id", ondelete="CASCADE"))
    first: Mapped[date]
    last: Mapped[date]


class Closure(Base):
    """A team is closed, the last day included; without a team the whole municipality is."""

    __tablename__ = "booking_closure"
    __table_args__ = (CheckConstraint('"first" <= "last"', name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_slug: Mapped[str | None] = mapped_column(ForeignKey("team.slug", ondelete="CASCADE"))
    first: Mapped[date]
    last: Mapped[date]


class Booking(Base):
    """A moment of a worker, held for a form for some minutes or booked for a request.

    `busy_from` and `busy_until` hold the travel as well, in whole quarters. `sequence` counts how often it was moved:
    calendars ask for it. Who and which team are no foreign keys: what was agreed stays as it was.
    """

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"place IN {PLACES}", name="place"),
        CheckConstraint("busy_from <= starts_at AND starts_at < ends_at AND ends_at <= busy_until", name="order"),
        CheckConstraint("state <> 'held' OR (hold_until IS NOT NULL AND hold_key IS NOT NULL)", name="held"),
        CheckConstraint("state <> 'booked' OR case_id IS NOT NULL", name="booked"),
        Index("uq_booking_live_hold", "hold_key", unique=True, **_live()),
        Index("uq_booking_live_case", "case_id", unique=True, **_live()),
        Index("ix_booking_live", "staff_id", "busy_until", **_live()),
        Index("ix_booking_week", "staff_id", "starts_at"),
        Index("ix_booking_case_id", "case_id"),
        Index("ix_booking_hold_until", "state", "hold_until"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    #: The send key of the form it was held for.
    hold_key: Mapped[str | None] = mapped_column(String(64))
    staff_id: Mapped[int]
    team_slug: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    busy_from: Mapped[datetime]
    busy_until: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    hold_until: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]


class BookingCell(Base):
    """A quarter of an hour of a worker that a live booking takes, counted from 1970 in UTC. Two never share one."""

    __tablename__ = "booking_cell"

    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cell: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), index=True)


class Feed(Base):
    """The secret address at which somebody's own calendar reads their diary; kept as a hash, gone when revoked.

    Without `with_names` it says when and where one is expected, and nothing of whom.
    """

    __tablename__ = "booking_feed"

    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    with_names: Mapped[bool]
    made_at: Mapped[datetime]


class FirstFree(Base):
    """The first day on which a talk could be had, as we saw it last that day; None: not within the horizon."""

    __tablename__ = "booking_first_free"
    __table_args__ = (CheckConstraint(f"place IN {PLACES}", name="place"),)

    team_slug: Mapped[str] = mapped_column(ForeignKey("team.slug", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(10), primary_key=True)
    looked_on: Mapped[date] = mapped_column(primary_key=True)
    free_on: Mapped[date | None]
    looked_at: Mapped[datetime]
