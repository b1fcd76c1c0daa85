"""The secret address at which somebody's own calendar reads their diary: made, read and taken away.

Who has the address needs nothing else, so it says little: never where somebody lives, and whom a talk is with only when
the worker chose so. It works as long as they work here. Only its hash is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, false, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import OF_A_TEAM, Role, principals
from portal.bookings.models import Booking, Feed
from portal.bookings.weeks import STOOD
from portal.cases.models import Case, Contact
from portal.cases.references import hashed, new_token
from portal.cases.scope import visible_to
from portal.cases.workflow import CaseKind
from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.security import Identity
from portal.foundation.site import Site
from portal.teams.models import Team

#: How far back a calendar may look.
LOOKS_BACK = timedelta(weeks=2)
IN_A_TEAM = StaffGrant.role.in_(sorted(OF_A_TEAM))


@dataclass(frozen=True)
class Reader:
    """Whose calendar reads, and what they may see of requests today."""

    identity: Identity
    staff_id: int
    with_names: bool


@dataclass(frozen=True)
class Expected:
    """A talk in a diary. `key` stays the same when it is moved. Of whom it is with nothing is known without names.

    `team_address` is where a talk at the team is; no other address is ever here.
    """

    key: str
    sequence: int
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    place: str
    team_address: str
    name: str
    reference: str


class Feeds:
    """The addresses of calendars, one a person."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def make(self, staff_id: int, with_names: bool) -> str:
        """A new secret for somebody; the one before is over. It is nowhere kept: who loses it makes another."""
        token = new_token()
        fresh = {"hash": hashed(token), "with_names": with_names, "made_at": self._now}
        try:
            with self._session.begin_nested():
                self._session.execute(delete(Feed).where(Feed.staff_id == staff_id))
                self._session.add(Feed(staff_id=staff_id, **fresh))
                self._session.flush()
        except IntegrityError:  # made twice in one moment: the last one holds, here too
            self._session.execute(update(Feed).where(Feed.staff_id == staff_id).values(**fresh))
        return token

    def end(self, staff_id: int) -> bool:
        """Take the address away; whether there was one."""
        gone = self._session.execute(delete(Feed).where(Feed.staff_id == staff_id).returning(Feed.staff_id))
        return gone.first() is not None


class FeedReader:
    """Reads a diary for who holds its address. `day` is the one on which roles are looked at."""

    def __init__(self, reader: Connection, now: datetime, day: date) -> None:
        self._reader, self._now, self._day = reader, now, day

    def of(self, staff_id: int) -> Any:
        """What is kept of somebody's address: with_names, made_at; None when they have none."""
        query = select(Feed.with_names, Feed.made_at).where(Feed.staff_id == staff_id)
        return self._reader.execute(query).first()

    def who(self, token: str) -> Reader | None:
        """Whose address this is; None when it is nobody's, or of somebody who works in no team today.

        One question whatever the answer, so that nothing can be told from the time it takes.
        """
        found = working_on(self._day).add_columns(Feed.with_names).join(Feed, Feed.staff_id == Staff.id)
        rows = self._reader.execute(found.where(Feed.hash == hashed(token), IN_A_TEAM)).all()
        if not rows:
            return None
        named = frozenset[str]().union(*(principals(Role(row.role), row.team_slug) for row in rows))
        return Reader(Identity(f"staff:{rows[0].id}", named), rows[0].id, rows[0].with_names)

    def expected(self, who: Reader, kinds: Iterable[CaseKind], horizon: timedelta) -> Sequence[Expected]:
        """The talks in somebody's diary from two weeks ago until the horizon, the first first."""
        names = visible_to(who.identity, kinds) if who.with_names else false()
        seen = and_(Case.id == Booking.case_id, names)
        rows = self._reader.execute(
            select(
                Booking.id, Booking.hold_key, Booking.sequence, Booking.made_at, Booking.starts_at, Booking.ends_at,
                Booking.place, Team.address, Team.city, Case.reference, Contact.name,
            )
            .select_from(Booking)
            .join(Case, seen, isouter=True)
            .join(Contact, Contact.case_id == Case.id, isouter=True)
            .join(Team, and_(Team.slug == Booking.team_slug, Booking.place == "team"), isouter=True)
            .where(
                Booking.staff_id == who.staff_id, Booking.state.in_(STOOD),
                Booking.starts_at >= self._now - LOOKS_BACK, Booking.starts_at < self._now + horizon,
            )
            .order_by(Booking.starts_at, Booking.id)
        )  # fmt: skip
        return [
            Expected(
                row.hold_key or row.id, row.sequence, row.made_at, row.starts_at, row.ends_at, row.place,
                f"{row.address}, {row.city}" if row.address else "", row.name or "", row.reference or "",
            )
            for row in rows
        ]  # fmt: skip


def of_who_left(day: date) -> Any:
    """The question whose addresses work no more, as they are in no team: such a one never lives again by itself."""
    here = working_on(day).where(IN_A_TEAM, Staff.id == Feed.staff_id).order_by(None)
    return select(Feed.staff_id).where(~here.correlate(Feed).exists())


def look(site: Site, clock: Clock, path: Any) -> int:
    """The worker's task: take away the addresses of who left; returns how many."""
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        left = connection.execute(of_who_left(today(clock))).scalars().all()
    if not left:
        return 0
    with writing(site.engine) as session:
        feeds = Feeds(session, clock.now())
        return sum(feeds.end(staff_id) for staff_id in session.scalars(of_who_left(today(clock))).all())
