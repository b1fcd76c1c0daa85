"""Being signed in: rows here, and one cookie that holds nothing but a random name.

Each request looks at the database, with one question: who left a second ago is out now.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Update, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts.keys import hashed, new_token
from portal.accounts.models import Staff, StaffGrant, StaffSession
from portal.accounts.roles import Role, principals
from portal.foundation.security import Identity

#: Without a request for this long one is signed out; whatever one does, after a working day.
IDLE, ABSOLUTE = timedelta(minutes=15), timedelta(hours=8)
#: How long one may look for one's phone between password and code.
HALF = timedelta(minutes=10)
#: Being seen is written down at most this often: it is the only thing that a GET writes.
SEEN_EVERY = timedelta(minutes=1)
#: How long ended sessions stay, for who asks when somebody was here.
ROWS_ARE_KEPT = timedelta(days=90)
#: The name of everybody who is signed in as staff, for access control lists.
STAFF = "staff"


@dataclass(frozen=True)
class StaffIdentity(Identity):
    """Who of the staff asks. `session` is the name of the row, not of the cookie."""

    staff_id: int
    name: str
    session: str
    seen_at: datetime


@dataclass(frozen=True)
class HalfWay:
    """Somebody whose password was right and whose code is still to come; `offer` when there is no second factor yet."""

    staff_id: int
    email: str
    offer: str | None


class StaffSessions:
    """Finds, starts and ends sessions."""

    def __init__(self, db: Connection | Session, now: datetime, today: date) -> None:
        self._db, self._now, self._today = db, now, today

    def who(self, token: str) -> StaffIdentity | None:
        """Who holds this cookie; None when nobody does any more."""
        is_valid = and_(
            StaffGrant.staff_id == Staff.id,
            StaffGrant.valid_from <= self._today,
            or_(StaffGrant.valid_to.is_(None), StaffGrant.valid_to > self._today),
        )
        rows = self._db.execute(
            select(
                Staff.id, Staff.name, StaffSession.id.label("session"), StaffSession.seen_at,
                StaffGrant.role, StaffGrant.team_slug,
            )
            .join(Staff, Staff.id == StaffSession.staff_id)
            .join(StaffGrant, is_valid, isouter=True)
            .where(
                StaffSession.id == hashed(token),
                StaffSession.second_factor,
                StaffSession.ended_at.is_(None),
                StaffSession.seen_at > self._now - IDLE,
                StaffSession.created_at > self._now - ABSOLUTE,
                Staff.state == "active",
            )
        ).all()  # fmt: skip
        if not rows:
            return None
        first = rows[0]
        named = {STAFF, f"staff:{first.id}"}
        for row in rows:
            if row.role is not None:
                named |= principals(Role(row.role), row.team_slug)
        return StaffIdentity(
            userid=f"staff:{first.id}", principals=frozenset(named), staff_id=first.id, name=first.name,
            session=first.session, seen_at=first.seen_at,
        )  # fmt: skip

    def half_way(self, token: str) -> HalfWay | None:
        """Who gave a password a moment ago and not yet a code."""
        row = self._db.execute(
            select(Staff.id, Staff.email, StaffSession.totp_offer)
            .join(Staff, Staff.id == StaffSession.staff_id)
            .where(
                StaffSession.id == hashed(token),
                StaffSession.second_factor.is_(False),
                StaffSession.ended_at.is_(None),
                StaffSession.created_at > self._now - HALF,
                Staff.state == "active",
            )
        ).first()
        return row and HalfWay(row.id, row.email, row.totp_offer)

    def start(self, staff_id: int, *, second_factor: bool, offer: str | None = None) -> str:
        """Begin a session under a new name; returns what the cookie holds. Throws very old rows away."""
        token = new_token()
        self._db.execute(
            delete(StaffSession).where(
                StaffSession.staff_id == staff_id, StaffSession.created_at < self._now - ROWS_ARE_KEPT
            )
        )
        self._db.execute(
            insert(StaffSession).values(
                id=hashed(token), staff_id=staff_id, created_at=self._now, seen_at=self._now,
                second_factor=second_factor, totp_offer=offer,
            )
        )  # fmt: skip
        return token

    def end(self, token: str) -> int | None:
        """End the session of a cookie, whole or half; returns whose it was."""
        session = hashed(token)
        owner = self._db.execute(
            select(StaffSession.staff_id).where(StaffSession.id == session, StaffSession.ended_at.is_(None))
        ).scalar()
        self._db.execute(self._ending().where(StaffSession.id == session))
        return owner

    def end_all(self, staff_id: int) -> None:
        """End whatever is open of somebody."""
        self._db.execute(self._ending().where(StaffSession.staff_id == staff_id))

    def _ending(self) -> Update:
        return update(StaffSession).where(StaffSession.ended_at.is_(None)).values(ended_at=self._now, totp_offer=None)

    def seen(self, identity: StaffIdentity) -> None:
        """Write down that somebody is still here."""
        self._db.execute(
            update(StaffSession)
            .where(StaffSession.id == identity.session, StaffSession.ended_at.is_(None))
            .values(seen_at=self._now)
        )

    def wants_to_be_seen(self, identity: StaffIdentity) -> bool:
        """Whether it is a minute ago that this was written down."""
        return self._now - identity.seen_at >= SEEN_EVERY
