"""Staff: who they are, what they may and until when, where they are signed in, and what happened at the door."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.roles import OF_A_TEAM, Role
from portal.foundation.db import Base

EVENTS = (
    "invited", "granted", "grant_ended", "password_set", "second_factor_set", "codes_made", "signed_in", "refused",
    "locked", "code_refused", "recovery_code_used", "signed_out", "left",
)  # fmt: skip


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Staff(Base):
    """One person who works here. Somebody who left stays as a row, so that what they did keeps its name.

    `totp_seed` gives no code by itself: the secret follows from it and from the portal's key, which is in no database.
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("state IN ('active', 'left')", name="state"),
        CheckConstraint("(state = 'left') = (left_at IS NOT NULL)", name="left_at"),
        CheckConstraint("email = lower(email)", name="email_folded"),
        CheckConstraint("failed_tries >= 0", name="failed_tries"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    employer: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_seed: Mapped[str | None] = mapped_column(String(64))
    totp_last_step: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(8), default="active")
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class StaffGrant(Base):
    """A role of somebody, for a team or for the municipality. `valid_to` is the first day without it.

    The team is a name and no foreign key: teams are read from files, and a grant on one that went away opens nothing.
    """

    __tablename__ = "staff_grant"
    __table_args__ = (
        CheckConstraint(_one_of("role", tuple(Role)), name="role"),
        CheckConstraint(f"({_one_of('role', tuple(sorted(OF_A_TEAM)))}) = (team_slug IS NOT NULL)", name="team"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    team_slug: Mapped[str | None] = mapped_column(String(60))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class StaffSession(Base):
    """Being signed in, in one browser. `id` is the hash of what the cookie holds.

    Without `second_factor` it is half: it opens only the screen that asks for the code. `totp_offer` is the seed of the
    second factor that somebody who has none yet is setting up.
    """

    __tablename__ = "staff_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    second_factor: Mapped[bool]
    totp_offer: Mapped[str | None] = mapped_column(String(64))


class StaffRecoveryCode(Base):
    """One of ten codes for who has lost their phone; works once."""

    __tablename__ = "staff_recovery_code"
    __table_args__ = (UniqueConstraint("staff_id", "hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class StaffLink(Base):
    """The link of an invitation, known by its hash; works once, and not for long."""

    __tablename__ = "staff_link"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StaffOpenId(Base):
    """Who somebody is at a provider where staff sign in: its own name for them (`sub`), which it gives nobody else."""

    __tablename__ = "staff_openid"
    __table_args__ = (UniqueConstraint("issuer", "sub"), UniqueConstraint("staff_id", "issuer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    issuer: Mapped[str] = mapped_column(String(300))
    sub: Mapped[str] = mapped_column(String(255))
    bound_at: Mapped[datetime]


class StaffTally(Base):
    """How many tries went wrong along one way in: a network, somebody's codes, a password from somebody's own desk."""

    __tablename__ = "staff_tally"
    __table_args__ = (CheckConstraint("failed_tries >= 0", name="failed_tries"),)

    lane: Mapped[str] = mapped_column(String(120), primary_key=True)
    failed_tries: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class StaffEvent(Base):
    """What happened at the door. Rows are added, never changed; of the visitor only a piece of the network is kept."""

    __tablename__ = "staff_event"
    __table_args__ = (
        CheckConstraint(_one_of("kind", EVENTS), name="kind"),
        Index("ix_staff_event_staff_id_kind_at", "staff_id", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(24))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    network: Mapped[str] = mapped_column(String(50))
