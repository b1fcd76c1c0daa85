"""Messages: what the municipality said to somebody, and whether it left the house."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base
from portal.messaging.rules import (
    CHANNELS,
    LONGEST_ABOUT,
    LONGEST_KEY,
    LONGEST_RECIPIENT,
    LONGEST_SUBJECT,
    STATES,
)


class Message(Base):
    """One message to one person. `about` is the opaque id of the case it belongs to; `fault` a type, never words.

    `dedupe_key` names the occasion: a second message for the same occasion is not written. `attempts` counts each
    time it was handed to a gateway, the last and good one too.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_message_state", "state", "channel"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    about: Mapped[str] = mapped_column(String(LONGEST_ABOUT), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    recipient: Mapped[str] = mapped_column(String(LONGEST_RECIPIENT))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    text: Mapped[str]
    locale: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
