"""Teams, the areas they cover, and the places of the country that we know by postcode."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.db import Base

#: What a rule of coverage speaks of, from the widest to the narrowest.
COVERAGE_KINDS = ("buurt", "pc4", "pc6", "number")


class Team(Base):
    """One team: where it sits and how to reach it. Texts are rows of `TeamText`."""

    __tablename__ = "team"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    district: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    example: Mapped[bool]
    phone: Mapped[str] = mapped_column(String(30))
    email: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(7))
    city: Mapped[str] = mapped_column(String(60))
    lat: Mapped[float]
    lon: Mapped[float]
    staff_count: Mapped[int | None]
    languages: Mapped[list[str]]
    building: Mapped[dict[str, Any]]
    hours: Mapped[list[Any]]
    closed: Mapped[list[Any]]


class TeamText(Base):
    """What a team says of itself in one locale."""

    __tablename__ = "team_text"

    team_slug: Mapped[str] = mapped_column(ForeignKey("team.slug", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str]
    route: Mapped[str]
    what: Mapped[str]
    what_html: Mapped[str]
    note: Mapped[str | None]
    draft: Mapped[bool]


class Neighbourhood(Base):
    """A buurt with its real border, as an SVG path on the municipality's own canvas (see `geometry`)."""

    __tablename__ = "neighbourhood"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    wijk: Mapped[str] = mapped_column(String(80))
    district: Mapped[str] = mapped_column(String(60))
    outline: Mapped[str]


class PlaceName(Base):
    """A name people use for a buurt, wijk or district, that is not the official one."""

    __tablename__ = "place_name"

    alias: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(10))


class PostcodeWijk(Base):
    """Which wijken a postcode of four digits touches; the first is where most of its addresses lie."""

    __tablename__ = "postcode_wijk"

    postcode: Mapped[str] = mapped_column(String(4), primary_key=True)
    wijk: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]


class CoverageRule(Base):
    """A team covers this from one date to another; the narrowest rule about an address decides."""

    __tablename__ = "coverage_rule"
    __table_args__ = (
        CheckConstraint(f"kind IN {COVERAGE_KINDS}", name="kind"),
        CheckConstraint("parity IS NULL OR parity IN ('odd', 'even')", name="parity"),
        CheckConstraint("number_from IS NULL OR number_to IS NULL OR number_from <= number_to", name="numbers"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="dates"),
        Index("ix_coverage_rule_what", "kind", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_slug: Mapped[str] = mapped_column(ForeignKey("team.slug", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(String(12))
    number_from: Mapped[int | None]
    number_to: Mapped[int | None]
    parity: Mapped[str | None] = mapped_column(String(4))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class KnownPostcode(Base):
    """A postcode of four digits anywhere in the country: place, municipality, middle, whether it is post boxes."""

    __tablename__ = "known_postcode"

    postcode: Mapped[str] = mapped_column(String(4), primary_key=True)
    place: Mapped[str] = mapped_column(String(80))
    municipality: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
