"""Whom a worry is about, apart from the case so that it can go away in time; and who else was told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.another import OF_ANOTHER
from portal.foundation.db import Base

#: How the person was told.
HOW = ("visit", "call", "letter")
#: Why somebody else may be told.
GROUNDS = ("consent", "law")
_INFO: dict[str, Any] = {"info": {OF_ANOTHER: "worry"}}
_NOTHING_LEFT = (
    "name = '' AND postcode = '' AND house = '' AND phone IS NULL AND said = '' "
    "AND source_hidden_why = '' AND safety_why = ''"
)


class WorryPerson(Base):
    """Somebody who did not ask for anything. Erased, nothing of who it was is left; the row says that it was so.

    `safety_by` proposed that the person is not told yet, `safety_second` agreed: a decision is complete with both.
    Two triggers of the migration hold the rest: no state that says the person knows, without `informed_on`.
    """

    __tablename__ = "worry_person"
    __table_args__ = (
        CheckConstraint("source_shown OR erased_at IS NOT NULL OR length(source_hidden_why) > 0", name="source_hidden"),
        CheckConstraint(f"informed_how IS NULL OR informed_how IN {HOW}", name="informed_how"),
        CheckConstraint(
            "informed_on IS NULL OR (informed_how IS NOT NULL AND informed_by IS NOT NULL)", name="informed"
        ),
        CheckConstraint(
            "safety_by IS NULL OR erased_at IS NOT NULL OR (length(safety_why) > 0 AND safety_review_on IS NOT NULL)",
            name="safety",
        ),
        CheckConstraint(
            "safety_second IS NULL OR (safety_by IS NOT NULL AND safety_by <> safety_second)", name="two_people"
        ),
        CheckConstraint(f"erased_at IS NULL OR ({_NOTHING_LEFT})", name="erased"),
        _INFO,
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(6))
    house: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(String(20))
    #: What was told us of the person, in words that the person may read.
    said: Mapped[str]
    #: Whether the person may hear who told us of it; why not, when it would do harm.
    source_shown: Mapped[bool]
    source_hidden_why: Mapped[str] = mapped_column(default="")
    informed_on: Mapped[date | None]
    informed_how: Mapped[str | None] = mapped_column(String(8))
    informed_by: Mapped[int | None]
    safety_by: Mapped[int | None]
    safety_second: Mapped[int | None]
    safety_why: Mapped[str] = mapped_column(default="")
    safety_review_on: Mapped[date | None]
    erased_at: Mapped[datetime | None]


class WorryShare(Base):
    """One party that was told one thing about the person, on one ground. There is no list that goes round."""

    __tablename__ = "worry_share"
    __table_args__ = (
        CheckConstraint(f"ground IN {GROUNDS}", name="ground"),
        CheckConstraint("length(party) > 0 AND length(what) > 0", name="said"),
        _INFO,
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    party: Mapped[str] = mapped_column(String(120))
    what: Mapped[str]
    ground: Mapped[str] = mapped_column(String(10))
    on: Mapped[date]
    by: Mapped[int]
