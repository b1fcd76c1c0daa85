"""Letting in who signed in elsewhere: the first time by a verified e-mail address, after that by `sub` alone.

Who could change their address at the provider into a colleague's would else be that colleague here. The provider has
asked as much as we ask at our own door, so the session is a whole one; `openid.acr` makes the provider say so.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.models import Staff, StaffEvent, StaffOpenId
from portal.accounts.openid_rules import Person, Reason, Stopped
from portal.accounts.sessions import StaffSessions

Writing = Callable[[], AbstractContextManager[Session]]


class OpenIdSignIn:
    """The other door of one site. Opens a transaction of its own: a refusal is written down although it is one."""

    def __init__(self, writing: Writing, now: datetime, today: date, network: str) -> None:
        self._writing, self._now, self._today, self._network = writing, now, today, network

    def let_in(self, person: Person, before: str | None) -> str:
        """Start a session; returns the cookie. `before` is the cookie of the session it replaces. Raises `Stopped`."""
        token = None
        try:
            with self._writing() as session:
                staff = self._bound(session, person) or self._bind(session, person)
                if staff is not None and staff.state == "active":
                    token = self._start(session, staff, before)
                else:
                    self._note(session, "refused", None if staff is None else staff.id)
        except IntegrityError as fault:  # two came at once, each for the first time
            raise Stopped(Reason.UNKNOWN, "bound meanwhile") from fault
        if token is None:
            raise Stopped(Reason.UNKNOWN, "no account")
        return token

    def _bound(self, session: Session, person: Person) -> Staff | None:
        """Whose account this is since an earlier time, whatever their address is now."""
        found = select(StaffOpenId.staff_id).where(StaffOpenId.issuer == person.issuer, StaffOpenId.sub == person.sub)
        staff_id = session.scalar(found)
        return None if staff_id is None else session.get(Staff, staff_id, with_for_update=True)

    def _bind(self, session: Session, person: Person) -> Staff | None:
        """The account with this address, bound from now on; None when it is somebody's there already."""
        if person.email is None:
            return None
        staff = session.scalar(select(Staff).where(Staff.email == person.email).with_for_update())
        if staff is None or staff.state != "active":
            return staff
        theirs = select(StaffOpenId.sub).where(StaffOpenId.issuer == person.issuer, StaffOpenId.staff_id == staff.id)
        sub = session.scalar(theirs)
        if sub is None:
            session.add(StaffOpenId(staff_id=staff.id, issuer=person.issuer, sub=person.sub, bound_at=self._now))
        return staff if sub in {None, person.sub} else None

    def _start(self, session: Session, staff: Staff, before: str | None) -> str:
        sessions = StaffSessions(session, self._now, self._today)
        if before is not None:
            sessions.end(before)
        self._note(session, "signed_in", staff.id)
        return sessions.start(staff.id, second_factor=True)

    def _note(self, session: Session, kind: str, staff_id: int | None) -> None:
        session.add(StaffEvent(at=self._now, kind=kind, staff_id=staff_id, network=self._network))
