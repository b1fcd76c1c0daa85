"""Cases: what somebody asked, how to reach them, what happened, and what was promised. One table for every kind.

Three things name a case and are never the same: `id` (ours, in no address), `reference` (may be said by phone, opens
nothing by itself) and the token in a link (kept here only as a hash).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

CHANNELS = ("web", "desk", "phone", "post")
#: How somebody wants to hear from us. Nobody needs e-mail.
WAYS = ("phone", "sms", "email", "letter", "helper")
RELATIONS = ("helper", "carer", "professional")
AUTHORS = ("resident", "representative", "provider", "staff", "system")
#: Who can take a step: who judges from outside as well, but they send no messages and no documents.
ACTORS = (*AUTHORS, "expert")
PURPOSES = ("follow", "visit", "code")
#: Why somebody of the staff opened a case.
LOOKS = ("work", "export")
#: Later than every promise.
NEVER = date(9999, 12, 31)
_CLOSED: dict[str, Any] = {
    "sqlite_where": text("closed_at IS NOT NULL"),
    "postgresql_where": text("closed_at IS NOT NULL"),
}
_OPEN: dict[str, Any] = {"sqlite_where": text("closed_at IS NULL"), "postgresql_where": text("closed_at IS NULL")}


class Case(Base):
    """One request. `answers` hold what its kind asked, in the shape of that kind's schema."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        # The inbox walks the first of these in its own order and stops after a page; the second is counted in order.
        Index(
            "ix_case_open_due",
            "sort_on",
            "received_at",
            "id",
            "team_slug",
            "kind",
            "state",
            "owner_id",
            "asks_since",
            **_OPEN,
        ),
        Index("ix_case_open_counts", "team_slug", "kind", "state", "owner_id", "sort_on", "asks_since", **_OPEN),
        Index("ix_case_closed", "closed_at", "id", "team_slug", "kind", **_CLOSED),
        Index("ix_case_moved", "kind", "state", "moved_at"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    #: Made by the form before it is sent: sending twice is one request.
    send_key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(30))
    team_slug: Mapped[str | None] = mapped_column(ForeignKey("team.slug", ondelete="SET NULL"))
    channel: Mapped[str] = mapped_column(String(8))
    locale: Mapped[str] = mapped_column(String(12))
    answers: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    #: When it came into its state: retention counts from here.
    moved_at: Mapped[datetime]
    #: Who of the staff has it in hand. No foreign key: accounts are never thrown away, who leaves is marked so.
    owner_id: Mapped[int | None]
    #: The open promise that is due first, and when it began; kept beside its terms so that a long list is quick.
    due_from: Mapped[date | None]
    due_on: Mapped[date | None]
    #: What an inbox is sorted by: `due_on`, or a day after all others.
    sort_on: Mapped[date] = mapped_column(default=NEVER)
    #: Since when somebody waits for an answer to what they wrote.
    asks_since: Mapped[datetime | None]
    #: Why it may not be thrown away, when there is a reason in law.
    held: Mapped[str | None] = mapped_column(String(200))
    #: The hash of the last event, so that the end of the chain cannot be cut off unseen.
    head: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Contact(Base):
    """Who asked and how to reach them; apart from the case, so that it can be taken away when the time is there."""

    __tablename__ = "case_contact"
    __table_args__ = (CheckConstraint(f"way IN {WAYS}", name="way"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(6))
    house: Mapped[str] = mapped_column(String(20))
    street: Mapped[str | None] = mapped_column(String(120))
    way: Mapped[str] = mapped_column(String(8))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(200))
    voicemail: Mapped[bool]
    language: Mapped[str | None] = mapped_column(String(40))
    interpreter: Mapped[bool]


class Representative(Base):
    """Who asks for somebody else. The resident sees this, and can end it."""

    __tablename__ = "case_representative"
    __table_args__ = (CheckConstraint(f"relation IN {RELATIONS}", name="relation"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    relation: Mapped[str] = mapped_column(String(16))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(200))
    gets_messages: Mapped[bool]
    ended_at: Mapped[datetime | None]


class CaseEvent(Base):
    """Something that happened. Rows are only added; each holds the hash of the one before, so that a change shows."""

    __tablename__ = "case_event"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(f"author IN {ACTORS}", name="author"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime]
    author: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[str] = mapped_column(String(30))
    to_state: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str | None] = mapped_column(String(40))
    #: Who of the staff did it. No foreign key: what happened stays as it was written.
    staff_id: Mapped[int | None]
    hash: Mapped[str] = mapped_column(String(64))


class Term(Base):
    """A promise as it was made: its date, and the rule it came from, whatever happens to the rule later."""

    __tablename__ = "case_term"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    started_on: Mapped[date]
    due_on: Mapped[date]
    rule: Mapped[str] = mapped_column(String(60))
    legal_basis: Mapped[str] = mapped_column(String(200))
    ended_on: Mapped[date | None]
    #: How far on its way staff were last told of it, in percent: 0, 50, 80 or 100.
    warned: Mapped[int] = mapped_column(default=0)


class CaseMessage(Base):
    """Words that somebody added to a case. A `note` is for colleagues; the resident may read it all the same."""

    __tablename__ = "case_message"
    __table_args__ = (CheckConstraint(f"author IN {AUTHORS}", name="author"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    author: Mapped[str] = mapped_column(String(16))
    staff_id: Mapped[int | None]
    note: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    text: Mapped[str]


class CaseLook(Base):
    """Somebody of the staff opened a case: shown to the resident as “who looked”. No foreign key to who: it stays."""

    __tablename__ = "case_look"
    __table_args__ = (CheckConstraint(f"why IN {LOOKS}", name="why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int]
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(10))


class DeletionRecord(Base):
    """That a case was thrown away, when and why; nothing of whom it was about."""

    __tablename__ = "deletion_record"
    __table_args__ = (CheckConstraint("why IN ('time', 'asked')", name="why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(30))
    opened_on: Mapped[date]
    deleted_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(10))
    #: The policy it followed, or the reason that was given.
    basis: Mapped[str] = mapped_column(String(200))


class AccessKey(Base):
    """A key to a case, known by its hash only: the link in a message, a visit in a browser, a code of six digits."""

    __tablename__ = "case_key"
    __table_args__ = (CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(8))
    full: Mapped[bool]
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]


class Draft(Base):
    """Answers that were not sent yet, kept for a few days under a code that only the writer has."""

    __tablename__ = "case_draft"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    answers: Mapped[dict[str, Any]]
    send_key: Mapped[str] = mapped_column(String(64), unique=True)
    #: Who of the staff writes it down; at the desk nobody else goes on with it.
    staff_id: Mapped[int | None]
    expires_at: Mapped[datetime]


class Attempt(Base):
    """How often something was tried from one side in one stretch of time; the side is a hash."""

    __tablename__ = "attempt"

    bucket: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime]
