"""What the desk keeps of its own work: saved searches, what was taken out of the house, which digests were made."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

LONGEST_NAME, LONGEST_QUERY, LONGEST_REASON = 60, 300, 200


class SavedSearch(Base):
    """A view on the inbox that somebody wants to come back to: the parameters of its address."""

    __tablename__ = "desk_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY))


class DeskEvent(Base):
    """Somebody took a list out of the portal, or looked for a person by name or address: why, and how much came of it.

    No foreign key to who: it stays.
    """

    __tablename__ = "desk_event"
    __table_args__ = (CheckConstraint("kind IN ('export', 'find')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    staff_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY))
    count: Mapped[int]


class Digest(Base):
    """The mails of one morning were written; the row is there before them, so that they are written once."""

    __tablename__ = "desk_digest"

    day: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
