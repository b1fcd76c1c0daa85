"""Providers of cleaning help, and the requests offered to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

OFFER_STATES = ("open", "accepted", "declined", "lapsed")
#: Why a provider says no; a code, so that no words about a resident are needed.
DECLINE_REASONS = ("no_capacity", "not_in_area", "not_these_days", "other")


class Provider(Base):
    """Somebody the municipality has a contract with. Money in cents, with the date it holds from."""

    __tablename__ = "cleaning_provider"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    example: Mapped[bool]
    email: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(30))
    website: Mapped[str | None] = mapped_column(String(200))
    price_per_hour: Mapped[int]
    price_from: Mapped[date]
    waiting_days: Mapped[int]
    waiting_on: Mapped[date]
    languages: Mapped[list[str]]
    #: The postcodes of four digits where they work; empty is the whole municipality.
    postcodes: Mapped[list[str]]
    texts: Mapped[dict[str, Any]]
    #: No longer offered; kept for the requests it said yes to.
    gone: Mapped[bool] = mapped_column(default=False)


class Offer(Base):
    """A request shown to one provider. At most one offer of a request is accepted: the database sees to that."""

    __tablename__ = "cleaning_offer"
    __table_args__ = (
        CheckConstraint(f"state IN {OFFER_STATES}", name="state"),
        Index(
            "uq_cleaning_offer_accepted", "case_id", unique=True,
            sqlite_where=text("state = 'accepted'"), postgresql_where=text("state = 'accepted'"),
        ),
    )  # fmt: skip

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    provider_slug: Mapped[str] = mapped_column(ForeignKey("cleaning_provider.slug", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(10))
    #: Whether the resident chose this provider; else only the postcode area and the day-parts are shown.
    chosen: Mapped[bool]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    first_date: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(20))
