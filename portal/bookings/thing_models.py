"""Rooms and cars that a talk needs, and for which talk they are taken; the database lets none be taken twice."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: What can be taken. A room is for a talk at the team, a car for one somewhere else.
KINDS = ("room", "car")


class Thing(Base):
    """A room or a car of a team. `features` are what helps somebody, such as `lift` and `quiet`."""

    __tablename__ = "booking_thing"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_slug: Mapped[str] = mapped_column(ForeignKey("team.slug", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    features: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)


class ThingCell(Base):
    """A quarter of an hour of a thing that a booking takes, counted as `BookingCell` does. Two never share one.

    `kind` is that of the thing: a booking has one room and one car at most.
    """

    __tablename__ = "booking_thing_cell"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        Index("uq_booking_thing_cell_of_booking", "booking_id", "kind", "cell", unique=True),
    )

    thing_id: Mapped[int] = mapped_column(ForeignKey("booking_thing.id", ondelete="CASCADE"), primary_key=True)
    cell: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))


class ThingMissing(Base):
    """A booking had a thing that it lost: it was moved, or the thing is out of use. Gone when staff choose again."""

    __tablename__ = "booking_thing_missing"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"),)

    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
