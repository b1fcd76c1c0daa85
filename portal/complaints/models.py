"""What a complaint has beside its case: its clock, hearings, what was found of each part, and how it ended."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: About whom or what; `way` is how things went, without somebody in particular.
ABOUT = ("team", "person", "provider", "way")
#: Why the law lets a complaint be left (article 9:8), and what of it was found (article 9:12).
GROUNDS = ("handled_before", "older_than_a_year", "objection", "appeal", "judge", "criminal", "too_small")
JUDGEMENTS = ("founded", "partly", "unfounded", "no_judgement")
#: With whom a hearing is, and what came of it.
PARTIES = ("complainant", "concerned")
HEARINGS = ("offered", "held", "waived", "no_answer")
#: One question for more time at once.
_UNANSWERED: dict[str, Any] = {
    "sqlite_where": text("answered_at IS NULL"),
    "postgresql_where": text("answered_at IS NULL"),
}


class Complaint(Base):
    """The facts that decide on its clock and its end. `received_on` is the day that counts by law."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint(f"about IN {ABOUT}", name="about"),
        CheckConstraint(f"ground IS NULL OR ground IN {GROUNDS}", name="ground"),
        CheckConstraint("extended_on IS NULL OR length(extended_why) > 0", name="extended"),
        CheckConstraint("(ground IS NULL AND forwarded_to IS NULL) OR length(why) > 0", name="left"),
        CheckConstraint("concluded_by IS NULL OR signed_by IS NULL OR concluded_by <> signed_by", name="four_eyes"),
        CheckConstraint("signed_by IS NULL OR (length(findings) > 0 AND length(conclusions) > 0)", name="outcome"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    about: Mapped[str] = mapped_column(String(10))
    received_on: Mapped[date]
    anonymous: Mapped[bool]
    committee: Mapped[bool] = mapped_column(default=False)
    #: The date of a letter with a decision that it also is about: objection has its own last day.
    decision_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    extended_why: Mapped[str | None]
    findings: Mapped[str | None]
    conclusions: Mapped[str | None]
    concluded_by: Mapped[int | None]
    signed_by: Mapped[int | None]
    signed_at: Mapped[datetime | None]
    ground: Mapped[str | None] = mapped_column(String(20))
    forwarded_to: Mapped[str | None] = mapped_column(String(200))
    #: Why it was left or passed on, in words for who complained.
    why: Mapped[str | None]


class ComplaintPart(Base):
    """One thing that somebody complains of, and what was found of it."""

    __tablename__ = "complaint_part"
    __table_args__ = (CheckConstraint(f"judgement IS NULL OR judgement IN {JUDGEMENTS}", name="judgement"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    said: Mapped[str]
    judgement: Mapped[str | None] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(default="")


class ComplaintWait(Base):
    """More time that we asked for; it counts from the moment that the complainant agreed, and not before.

    With `first` the days from there to `until` are left out of the term; without, the term ends on `until`.
    """

    __tablename__ = "complaint_wait"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (agreed IS NULL)", name="answer"),
        CheckConstraint('"first" IS NULL OR "first" <= "until"', name="dates"),
        Index("uq_complaint_wait_open", "case_id", unique=True, **_UNANSWERED),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[date | None]
    until: Mapped[date]
    why: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]


class ComplaintConcerned(Base):
    """Somebody of the staff who was told that it is about them or their team. No foreign key to who: it stays."""

    __tablename__ = "complaint_concerned"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told_at: Mapped[datetime]
    #: Until when we hope for their own story.
    react_by: Mapped[date]


class Hearing(Base):
    """A hearing that was offered to one side, and what was said there."""

    __tablename__ = "complaint_hearing"
    __table_args__ = (
        CheckConstraint(f"party IN {PARTIES}", name="party"),
        CheckConstraint(f"state IN {HEARINGS}", name="state"),
        CheckConstraint("state <> 'held' OR length(report) > 0", name="report"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    party: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    interpreter: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(10))
    report: Mapped[str] = mapped_column(default="")
