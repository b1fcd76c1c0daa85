"""Pages, their texts per locale, and what readers say of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: What a reader may write in a reaction; longer asks for a conversation.
LONGEST_REMARK = 1_000


class Page(Base):
    """A page, whatever the language: what is true of all its texts.

    `service` names the screen it belongs to; `with_exit`: one can leave it at once, as nobody else should see it.
    `parent_key` and `place`: where it stands in the tree of the editors. `legal`: two people look before it goes out.
    `edited`: these facts were changed on screen since they were read from a file, and stay as they are.
    """

    __tablename__ = "page"
    __table_args__ = (
        CheckConstraint("state IN ('published', 'archived')", name="state"),
        CheckConstraint("parent_key <> key", name="parent"),
    )

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(String(12), default="published")
    service: Mapped[str | None] = mapped_column(String(30))
    topics: Mapped[list[str]]
    audience: Mapped[list[str]]
    related: Mapped[list[str]]
    sources: Mapped[list[str]]
    with_exit: Mapped[bool] = mapped_column(server_default=false(), default=False)
    owner: Mapped[str] = mapped_column(String(120))
    checked_on: Mapped[date]
    review_by: Mapped[date]
    parent_key: Mapped[str | None] = mapped_column(ForeignKey("page.key", ondelete="SET NULL"), index=True)
    place: Mapped[int] = mapped_column(server_default="0", default=0)
    legal: Mapped[bool] = mapped_column(server_default=false(), default=False)
    edited: Mapped[bool] = mapped_column(server_default=false(), default=False)


class PageText(Base):
    """A page in one locale, as it is on show: a copy of version `number` with what reading needs.

    `seeded` is the digest of the file it came from; empty once edited on screen. `behind_since`: the day from which
    the Dutch text says something else. `review_by` is this text's own day to be looked at; the page's holds without it.
    """

    __tablename__ = "page_text"
    __table_args__ = (UniqueConstraint("locale", "slug"),)

    page_key: Mapped[str] = mapped_column(ForeignKey("page.key", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str]
    markdown: Mapped[str]
    html: Mapped[str]
    headings: Mapped[list[Any]]
    actions: Mapped[list[Any]]
    keywords: Mapped[list[str]]
    draft: Mapped[bool]
    seeded: Mapped[str] = mapped_column(String(64), default="")
    number: Mapped[int] = mapped_column(server_default="1", default=1)
    behind_since: Mapped[date | None]
    review_by: Mapped[date | None]


class PageReaction(Base):
    """Whether a page was of use to somebody, and a remark. Holds nothing about the reader."""

    __tablename__ = "page_reaction"
    __table_args__ = (CheckConstraint(f"length(remark) <= {LONGEST_REMARK}", name="remark_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_key: Mapped[str] = mapped_column(ForeignKey("page.key", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(12))
    useful: Mapped[bool]
    remark: Mapped[str]
    received_at: Mapped[datetime]
