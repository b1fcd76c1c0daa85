"""Every text that a page had, has or may get: a version is a row. What is on show is copied to `page_text`.

So reading asks nothing of this table, and no history is lost to what came after.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base
from portal.pages.workflow import OPEN, State

LONGEST_NOTE = 300
#: Markdown of one page, in signs; a page of this length is a book.
LONGEST_TEXT = 200_000


def _one_of(states: Any) -> str:
    return f"state IN ({', '.join(repr(str(state)) for state in sorted(states))})"


class PageVersion(Base):
    """A text of a page in a locale; `number` counts per page and locale.

    `source_number` is the Dutch version that it says the same as. `small`: a correction that leaves no translation
    behind. `unread`: no native speaker read it yet; `read_by` did. `hands` are all of the staff who touched it,
    `revision` rises with every save. `reason` says why it went out although it is hard to read. `busy_by` works in it
    until `busy_until`, as far as they said.
    """

    __tablename__ = "page_version"
    __table_args__ = (
        UniqueConstraint("page_key", "locale", "number"),
        CheckConstraint(_one_of(State), name="state"),
        CheckConstraint("state <> 'scheduled' OR on_at IS NOT NULL", name="on_at"),
        CheckConstraint("off_at IS NULL OR on_at IS NULL OR off_at > on_at", name="off_at"),
        CheckConstraint(f"length(markdown) <= {LONGEST_TEXT}", name="markdown_length"),
        Index(
            "uq_page_version_open", "page_key", "locale", unique=True,
            sqlite_where=text(_one_of(OPEN)), postgresql_where=text(_one_of(OPEN)),
        ),
        Index(
            "uq_page_version_on_show", "page_key", "locale", unique=True,
            sqlite_where=text("state = 'published'"), postgresql_where=text("state = 'published'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    page_key: Mapped[str] = mapped_column(ForeignKey("page.key", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str]
    markdown: Mapped[str]
    actions: Mapped[list[Any]]
    keywords: Mapped[list[str]]
    source_number: Mapped[int | None]
    small: Mapped[bool] = mapped_column(server_default=false(), default=False)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    reason: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    unread: Mapped[bool] = mapped_column(server_default=false(), default=False)
    read_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    hands: Mapped[list[Any]] = mapped_column(default=list)
    revision: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    touched_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    touched_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    remark: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    shown_from: Mapped[datetime | None]
    shown_until: Mapped[datetime | None]
    on_at: Mapped[datetime | None]
    off_at: Mapped[datetime | None]
    busy_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    busy_until: Mapped[datetime | None]


class PageRedirect(Base):
    """An address that a page had once; it leads on for good."""

    __tablename__ = "page_redirect"

    locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    page_key: Mapped[str] = mapped_column(ForeignKey("page.key", ondelete="CASCADE"), index=True)


class PagePreview(Base):
    """A secret link to one version, known by its hash; for who has no account here. It ends by itself."""

    __tablename__ = "page_preview"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("page_version.id", ondelete="CASCADE"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    until: Mapped[datetime]
