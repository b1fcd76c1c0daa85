"""What a question about data has beside its case: who asks, its clock, what was found and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: What people may ask by the AVG, articles 15, 16, 17, 21 and 20.
WANTS = ("access", "correction", "erasure", "objection", "copy")
#: How we know that it is them: a code to their own phone or address, shown in person, or called back.
PROOFS = ("code", "desk", "called_back")
#: By what a request of theirs was found: the phone or address, the name and where they live, or the number they gave.
FOUND_BY = ("reach", "name", "number")
DECISIONS = ("given", "corrected", "erased", "kept")


class PrivacyRequest(Base):
    """One question. `received_on` is the day that counts by law; no copy of an identity paper is ever kept."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint(f"wants IN {WANTS}", name="wants"),
        CheckConstraint(f"identity_how IS NULL OR identity_how IN {PROOFS}", name="identity_how"),
        CheckConstraint("(identity_how IS NULL) = (identity_on IS NULL)", name="identity"),
        CheckConstraint("identity_how IS NULL OR identity_how <> 'code' OR proved_at IS NOT NULL", name="proved"),
        CheckConstraint("extended_on IS NULL OR length(extended_why) > 0", name="extended"),
        CheckConstraint("answer IS NULL OR (length(answer) > 0 AND identity_how IS NOT NULL)", name="answered"),
        CheckConstraint("refused_why IS NULL OR (length(refused_why) > 0 AND answer IS NULL)", name="refused"),
        CheckConstraint("(answer IS NULL AND refused_why IS NULL) = (answered_on IS NULL)", name="ended"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    wants: Mapped[str] = mapped_column(String(12))
    #: What it is about, in their own words.
    what: Mapped[str]
    received_on: Mapped[date]
    #: When they gave a code that went to the phone or address of the question.
    proved_at: Mapped[datetime | None]
    identity_how: Mapped[str | None] = mapped_column(String(12))
    #: Who of the staff saw to it. No foreign key: it stays as it was written.
    identity_by: Mapped[int | None]
    identity_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    extended_why: Mapped[str | None]
    answer: Mapped[str | None]
    refused_why: Mapped[str | None]
    answered_on: Mapped[date | None]


class PrivacyItem(Base):
    """A request of theirs that was found, and what becomes of it. The number stays when the request itself is gone."""

    __tablename__ = "privacy_item"
    __table_args__ = (
        CheckConstraint(f"found_by IN {FOUND_BY}", name="found_by"),
        CheckConstraint(f"decision IS NULL OR decision IN {DECISIONS}", name="decision"),
        CheckConstraint("decision IS NULL OR decision <> 'kept' OR length(why) > 0", name="kept"),
        CheckConstraint("done_at IS NULL OR decision = 'erased'", name="done"),
        UniqueConstraint("case_id", "reference"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(30))
    opened_on: Mapped[date]
    found_by: Mapped[str] = mapped_column(String(8))
    decision: Mapped[str | None] = mapped_column(String(10))
    #: In words for who asked.
    why: Mapped[str] = mapped_column(default="")
    #: When it was really thrown away.
    done_at: Mapped[datetime | None]
