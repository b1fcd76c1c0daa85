"""Documents that people sent along, in the database so that they stand or fall with their request, whatever happens."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.attachments.kinds import KINDS
from portal.cases.models import AUTHORS
from portal.foundation.db import Base

#: Whether a scanner looked at it, or the municipality has none.
STATES = ("clean", "unscanned")


class Attachment(Base):
    """One document of a request, or of a form that was not sent yet. `name` is for showing only; `size` is in bytes."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"author IN {AUTHORS}", name="author"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("(case_id IS NULL) <> (draft_hash IS NULL)", name="holder"),
        # The same document sent twice is one.
        UniqueConstraint("case_id", "sha256"),
        UniqueConstraint("draft_hash", "sha256"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    draft_hash: Mapped[str | None] = mapped_column(ForeignKey("case_draft.hash", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    #: Of what is kept, not of what was sent.
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    author: Mapped[str] = mapped_column(String(16))
    #: Who of the staff put it there. No foreign key: it stays as it was written.
    staff_id: Mapped[int | None]


class AttachmentPiece(Base):
    """A piece of a document under lock and key, so that nobody has to hold a whole one in memory."""

    __tablename__ = "attachment_piece"

    attachment_id: Mapped[str] = mapped_column(ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
