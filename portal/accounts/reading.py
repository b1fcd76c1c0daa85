"""Read accounts without changing anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from portal.accounts.keys import hashed
from portal.accounts.models import Staff, StaffEvent, StaffGrant, StaffLink, StaffRecoveryCode
from portal.accounts.roles import Role

#: How many of their own sign-ins somebody sees.
LATELY = 5


class LinkIsOver(Exception):
    """The link was used, is too old, or never was."""


@dataclass(frozen=True)
class Invited:
    """Whom a link invites."""

    staff_id: int
    email: str
    name: str


@dataclass(frozen=True)
class Granted:
    """A role of somebody; `until` is the first day without it."""

    role: Role
    team: str | None
    since: date
    until: date | None


def working_on(day: date) -> Any:
    """The question who works here on a day, a row for each role: id, email, name, role, team_slug."""
    return (
        select(Staff.id, Staff.email, Staff.name, StaffGrant.role, StaffGrant.team_slug)
        .join(StaffGrant, StaffGrant.staff_id == Staff.id)
        .where(
            Staff.state == "active", StaffGrant.valid_from <= day,
            or_(StaffGrant.valid_to.is_(None), StaffGrant.valid_to > day),
        )
        .order_by(Staff.name, Staff.id)
    )  # fmt: skip


def colleagues(reader: Connection, team: str | None, roles: Iterable[str], today: date) -> list[tuple[int, str]]:
    """Who works with one of these roles in a team today, as (id, name), by name; without a team in any."""
    in_team = StaffGrant.team_slug == team if team else StaffGrant.team_slug.is_not(None)
    rows = reader.execute(working_on(today).where(in_team, StaffGrant.role.in_(sorted(roles))))
    return list({row.id: (row.id, row.name) for row in rows}.values())


def colleagues_of_all(reader: Connection, roles: Iterable[str], today: date) -> list[tuple[int, str]]:
    """Who works with one of these roles today, in a team or for the whole municipality, as (id, name), by name."""
    rows = reader.execute(working_on(today).where(StaffGrant.role.in_(sorted(roles))))
    return list({row.id: (row.id, row.name) for row in rows}.values())


class AccountReader:
    """Reads what is known of somebody who works here."""

    def __init__(self, reader: Connection, now: datetime, today: date) -> None:
        self._reader, self._now, self._today = reader, now, today

    def invited(self, token: str) -> Invited:
        """Whom a link invites. Raises `LinkIsOver`."""
        row = self._reader.execute(
            select(Staff.id, Staff.email, Staff.name)
            .join(StaffLink, StaffLink.staff_id == Staff.id)
            .where(
                StaffLink.id == hashed(token), StaffLink.used_at.is_(None), StaffLink.expires_at > self._now,
                Staff.state == "active",
            )
        ).first()  # fmt: skip
        if row is None:
            raise LinkIsOver()
        return Invited(row.id, row.email, row.name)

    def roles(self, staff_id: int) -> list[Granted]:
        """The roles that somebody has today or will have."""
        rows = self._reader.execute(
            select(StaffGrant.role, StaffGrant.team_slug, StaffGrant.valid_from, StaffGrant.valid_to)
            .where(
                StaffGrant.staff_id == staff_id, or_(StaffGrant.valid_to.is_(None), StaffGrant.valid_to > self._today)
            )
            .order_by(StaffGrant.role, StaffGrant.team_slug)
        )
        return [Granted(Role(row.role), row.team_slug, row.valid_from, row.valid_to) for row in rows]

    def sign_ins(self, staff_id: int) -> list[tuple[datetime, str]]:
        """When somebody signed in lately, and from which network; the newest first."""
        rows = self._reader.execute(
            select(StaffEvent.at, StaffEvent.network)
            .where(StaffEvent.staff_id == staff_id, StaffEvent.kind == "signed_in")
            .order_by(StaffEvent.at.desc(), StaffEvent.id.desc())
            .limit(LATELY)
        )
        return [(row.at, row.network) for row in rows]

    def codes_left(self, staff_id: int) -> int:
        """How many recovery codes still work."""
        unused = select(func.count()).where(StaffRecoveryCode.staff_id == staff_id, StaffRecoveryCode.used_at.is_(None))
        return self._reader.execute(unused).scalar() or 0

    def email(self, staff_id: int) -> str:
        """The address somebody signs in with."""
        return str(self._reader.execute(select(Staff.email).where(Staff.id == staff_id)).scalar_one())
