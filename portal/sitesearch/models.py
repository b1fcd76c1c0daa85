"""What editors teach the search, and what the search could not answer; nothing about who asked."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: Why a question counts as unmet.
UNMET_KINDS = ("nothing", "unhelpful")


class SearchWord(Base):
    """An everyday word or phrase that an editor added to a concept of the thesaurus."""

    __tablename__ = "search_word"
    __table_args__ = (UniqueConstraint("concept", "language", "phrase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    concept: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(12))
    phrase: Mapped[str] = mapped_column(String(80))
    added_at: Mapped[datetime]


class UnmetWeek(Base):
    """The secret of one week, by which equal questions are recognised; gone when the week is over."""

    __tablename__ = "unmet_week"

    monday: Mapped[date] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))


class UnmetSearch(Base):
    """A question that found nothing or did not help, counted per week.

    `words` stay empty until the question was asked often enough to say nothing about one person; until then only
    `digest` is here, which nobody can turn back once the week's secret is gone.
    """

    __tablename__ = "unmet_search"
    __table_args__ = (CheckConstraint(f"kind IN {UNMET_KINDS}", name="kind"),)

    monday: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    words: Mapped[str | None] = mapped_column(String(200))
