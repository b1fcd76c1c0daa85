"""What comes of a talk: its report and plan, what the resident said of it, and who would like to come earlier."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: What somebody may say of a report.
VIEWS = ("remark", "agree", "disagree", "nothing")


class Report(Base):
    """What was found and what is proposed; sent again it is a new number, the old one stays readable.

    The database holds what the law asks before a plan can be agreed: that help in kind and a personal budget were
    talked about, that the choice of providers was shown, and when it is looked at again.
    """

    __tablename__ = "conversation_report"
    __table_args__ = (
        CheckConstraint("length(found) > 0 AND length(plan) > 0", name="filled"),
        CheckConstraint("budget_discussed AND choices_shown", name="discussed"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    staff_id: Mapped[int]
    written_at: Mapped[datetime]
    found: Mapped[str]
    plan: Mapped[str]
    costs: Mapped[str]
    budget_discussed: Mapped[bool]
    choices_shown: Mapped[bool]
    evaluate_on: Mapped[date]
    #: When everybody was told that this date is there: once.
    reminded_at: Mapped[datetime | None]


class Reply(Base):
    """What the resident said of a report; with `staff_id` it was told to us and written down by them."""

    __tablename__ = "conversation_reply"
    __table_args__ = (
        CheckConstraint(f"view IN {VIEWS}", name="view"),
        CheckConstraint("view <> 'remark' OR length(text) > 0", name="remark"),
        ForeignKeyConstraint(
            ["case_id", "number"], ["conversation_report.case_id", "conversation_report.number"], ondelete="CASCADE"
        ),
        Index("ix_conversation_reply_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime]
    view: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    staff_id: Mapped[int | None]


class Waiting(Base):
    """Somebody who would like an earlier moment; first come, first asked. `hold_key` is what is kept for them now."""

    __tablename__ = "conversation_waiting"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]
    hold_key: Mapped[str | None] = mapped_column(String(64))
    #: Until when they are not asked again: who said no today is not asked the same day.
    quiet_until: Mapped[datetime | None]
