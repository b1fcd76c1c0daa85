"""Entries of the social map, their texts per locale, and the fixed themes."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base
from portal.social_map.rules import KINDS, WAYS_TO_COME


class Theme(Base):
    """A theme by its fixed code. `names` and `summaries` are read whole; `words` are everyday words per language."""

    __tablename__ = "theme"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int]
    icon: Mapped[str] = mapped_column(String(20))
    start: Mapped[bool]


class ThemeText(Base):
    """A theme in one locale."""

    __tablename__ = "theme_text"

    theme_code: Mapped[str] = mapped_column(ForeignKey("theme.code", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str | None]


class Entry(Base):
    """One place, group, organisation or line: what is true in every language."""

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"come IN {WAYS_TO_COME}", name="come"),
    )

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    formal: Mapped[bool]
    example: Mapped[bool]
    national: Mapped[bool]
    themes: Mapped[list[str]]
    audience: Mapped[list[str]]
    areas: Mapped[list[str]]
    place: Mapped[dict[str, Any]]
    hours: Mapped[list[Any]]
    cost: Mapped[dict[str, Any]]
    come: Mapped[str] = mapped_column(String(12))
    referral_needed: Mapped[bool]
    languages: Mapped[list[str]]
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(120))
    website: Mapped[str | None] = mapped_column(String(200))
    keywords: Mapped[list[str]]
    checked_on: Mapped[date | None]


class EntryText(Base):
    """An entry in one locale."""

    __tablename__ = "entry_text"

    entry_slug: Mapped[str] = mapped_column(ForeignKey("entry.slug", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    first_step: Mapped[str]
    route: Mapped[str | None]
    cost_note: Mapped[str | None]
    keywords: Mapped[list[str]]
    draft: Mapped[bool]
