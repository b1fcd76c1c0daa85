"""What a second opinion has beside its case: the plan it is about, who judges, what they may see, and the end."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: How it stands with somebody who was asked to judge: from `proposed` on they have signed that they are independent.
STANDS = ("invited", "declined", "proposed", "refused", "accepted", "ended")
LIVE = ("invited", "proposed", "accepted")
PURPOSES = ("link", "code", "visit")
#: The answer to the one question that every expert gets: is this the right plan?
ANSWERS = ("yes", "partly", "no")
_LIVE: dict[str, Any] = {
    "sqlite_where": text(f"state IN {LIVE}"),
    "postgresql_where": text(f"state IN {LIVE}"),
}
_GIVEN: dict[str, Any] = {
    "sqlite_where": text("taken_back_at IS NULL"),
    "postgresql_where": text("taken_back_at IS NULL"),
}


class Expert(Base):
    """Somebody outside the teams who judges plans. Who stopped stays as a row, so that an opinion keeps its name.

    Name, employer, profession and languages are public; phone and e-mail are not. `free_hours` are hours a week.
    """

    __tablename__ = "opinion_expert"
    __table_args__ = (CheckConstraint("free_hours >= 0", name="free_hours"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    employer: Mapped[str] = mapped_column(String(120))
    profession: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(default="")
    #: The languages they speak with people, as words, between commas.
    languages: Mapped[str] = mapped_column(String(200))
    free_hours: Mapped[int]
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    since: Mapped[date]
    left_on: Mapped[date | None]


class SecondOpinion(Base):
    """The plan it is about: one of ours, or one on paper. What is written here decides who is independent of it.

    `checked_by` is the coordinator who looked whether author and providers stand here as they are; before that
    nobody is asked to judge. `providers` are names of organisations, one on a line.
    """

    __tablename__ = "second_opinion"
    __table_args__ = (
        CheckConstraint("(checked_by IS NULL) = (checked_at IS NULL)", name="checked"),
        CheckConstraint("checked_by IS NULL OR length(author_employer) > 0", name="employer"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    plan_case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id", ondelete="SET NULL"), index=True)
    plan_number: Mapped[int | None]
    plan_on: Mapped[date | None]
    team_slug: Mapped[str | None] = mapped_column(String(60))
    #: Who of the staff wrote the plan. No foreign key: what was so stays as it was.
    author_id: Mapped[int | None]
    author_name: Mapped[str] = mapped_column(String(120), default="")
    author_employer: Mapped[str] = mapped_column(String(120), default="")
    providers: Mapped[str] = mapped_column(default="")
    decision_on: Mapped[date | None]
    checked_by: Mapped[int | None]
    checked_at: Mapped[datetime | None]


class Invitation(Base):
    """Somebody who was asked to judge one plan, and what came of it. One at a time; earlier ones stay readable."""

    __tablename__ = "opinion_invitation"
    __table_args__ = (
        CheckConstraint(f"state IN {STANDS}", name="state"),
        CheckConstraint(
            "state NOT IN ('proposed', 'refused', 'accepted') OR (signed_at IS NOT NULL AND length(declaration) > 0)",
            name="signed",
        ),
        CheckConstraint("state <> 'ended' OR length(why) > 0", name="ended"),
        Index("uq_opinion_invitation_live", "case_id", unique=True, **_LIVE),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    expert_id: Mapped[int] = mapped_column(ForeignKey("opinion_expert.id"))
    state: Mapped[str] = mapped_column(String(10))
    invited_by: Mapped[int | None]
    invited_at: Mapped[datetime]
    #: The words that they signed, as they read them.
    declaration: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")


class Release(Base):
    """One thing that who asked lets the expert see, until it is taken back.

    `item` is `words` (what they wrote), `plan` (its report), `reach` (name and how to reach them), or
    `document:` with the number of a document.
    """

    __tablename__ = "opinion_release"
    __table_args__ = (Index("uq_opinion_release_given", "case_id", "item", unique=True, **_GIVEN),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(60))
    given_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class ExpertLook(Base):
    """That an expert looked at something, and when: who asked reads it. Rows are only added."""

    __tablename__ = "opinion_look"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "number"], ["opinion_invitation.case_id", "opinion_invitation.number"], ondelete="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(String(24), index=True)
    number: Mapped[int]
    item: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class ExpertKey(Base):
    """A key of an expert to one case, known by its hash only: the link in a mail, a code by phone, a visit."""

    __tablename__ = "opinion_key"
    __table_args__ = (
        CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),
        ForeignKeyConstraint(
            ["case_id", "number"], ["opinion_invitation.case_id", "opinion_invitation.number"], ondelete="CASCADE"
        ),
    )

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(24), index=True)
    number: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]


class Opinion(Base):
    """What the expert says. Nobody else writes here, and it is not changed: the team answers beside it (`Reaction`)."""

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint(f"right_plan IN {ANSWERS}", name="right_plan"),
        CheckConstraint("length(why) > 0", name="why"),
        CheckConstraint("right_plan = 'yes' OR length(change) > 0", name="change"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("opinion_expert.id"))
    right_plan: Mapped[str] = mapped_column(String(8))
    change: Mapped[str]
    why: Mapped[str]
    #: When they talked with who asked; None when who asked did not want to.
    talked_on: Mapped[date | None]
    written_at: Mapped[datetime]


class Reaction(Base):
    """What the team says to an opinion: once, beside it, after who asked could read the opinion."""

    __tablename__ = "opinion_reaction"
    __table_args__ = (CheckConstraint('length("text") > 0', name="text"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("opinion.case_id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[int]
    text: Mapped[str]
    at: Mapped[datetime]
