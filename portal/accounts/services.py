"""Accounts of staff: who is let in by whom, with which role, and who is out."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts import hashing, rules
from portal.accounts.keys import hashed, new_seed, new_token
from portal.accounts.models import Staff, StaffEvent, StaffGrant, StaffLink, StaffOpenId, StaffRecoveryCode
from portal.accounts.reading import AccountReader, Invited, LinkIsOver
from portal.accounts.roles import Role, clashes, fits_team
from portal.accounts.sessions import StaffSessions
from portal.accounts.word_list import common_words

#: How long an invitation can be used: long enough for a weekend.
INVITATION_LASTS = timedelta(days=3)


class NoSuchStaff(LookupError):
    """Nobody who works here has this e-mail address."""


class AlreadyHere(Exception):
    """Somebody who works here has this e-mail address."""


class RoleDoesNotFit(Exception):
    """The role misses its team, may have none, or does not go together with another role."""


class WeakPassword(Exception):
    """The password will not do; `why` says why."""

    def __init__(self, why: rules.Weak) -> None:
        super().__init__(why)
        self.why = why


class StaffAccounts:
    """Lets people in and out. Flushes; who calls it commits."""

    def __init__(self, session: Session, now: datetime, today: date, network: str = "") -> None:
        self._session, self._now, self._today, self._network = session, now, today, network

    def add(self, email: str, name: str, employer: str) -> Staff:
        """A new account, or one of somebody who comes back; they get in by an invitation. Raises `AlreadyHere`."""
        staff = self._find(email)
        if staff is None:
            staff = Staff(email=rules.fold_email(email), created_at=self._now, failed_tries=0)
            self._session.add(staff)
        elif staff.state == "active":
            raise AlreadyHere()
        staff.name, staff.employer, staff.state, staff.left_at = name, employer, "active", None
        self._session.flush()
        return staff

    def grant(self, staff: Staff, role: Role, team: str | None, until: date | None = None) -> None:
        """A role from today, until the first day without it. Raises `RoleDoesNotFit`."""
        others = {Role(grant.role) for grant in self.grants(staff.id)}
        if not fits_team(role, team) or clashes(role, others):
            raise RoleDoesNotFit()
        if any((grant.role, grant.team_slug) == (role, team) for grant in self.grants(staff.id)):
            return
        self._session.add(
            StaffGrant(staff_id=staff.id, role=role, team_slug=team, valid_from=self._today, valid_to=until)
        )
        self._note("granted", staff.id)
        self._session.flush()

    def end_grant(self, staff: Staff, role: Role, team: str | None) -> bool:
        """Take a role back, now; whether there was one."""
        ended = [grant for grant in self.grants(staff.id) if (grant.role, grant.team_slug) == (role, team)]
        for grant in ended:
            grant.valid_to = self._today
            self._note("grant_ended", staff.id)
        self._session.flush()
        return bool(ended)

    def invite(self, staff: Staff) -> str:
        """What goes into a link to set a password and a second factor; earlier links are over.

        Who signs in elsewhere is known anew there by e-mail: a new account at the provider gets in after this.
        """
        token = new_token()
        self._session.execute(delete(StaffLink).where(StaffLink.staff_id == staff.id))
        self._forget_openid(staff)
        self._session.add(
            StaffLink(
                id=hashed(token), staff_id=staff.id, created_at=self._now, expires_at=self._now + INVITATION_LASTS
            )
        )
        self._note("invited", staff.id)
        self._session.flush()
        return token

    def set_password(self, token: str, password: str, about_the_site: tuple[str, ...]) -> str:
        """Use the link: a new password; second factor, codes and sessions of before are over.

        Returns the cookie of a half session that offers a second factor. Raises `LinkIsOver`, `WeakPassword`.
        """
        who = AccountReader(self._session.connection(), self._now, self._today).invited(token)
        why = rules.why_weak(password, common_words(), personal_words(who, about_the_site))
        if why is not None:
            raise WeakPassword(why)
        kept = hashing.hash_password(password)
        used = update(StaffLink).where(StaffLink.id == hashed(token), StaffLink.used_at.is_(None))
        if self._session.scalar(used.values(used_at=self._now).returning(StaffLink.id)) is None:
            raise LinkIsOver()
        staff = self._session.get_one(Staff, who.staff_id, with_for_update=True)
        staff.password_hash, staff.failed_tries, staff.locked_until = kept, 0, None
        self._forget_second_factor(staff)
        self._note("password_set", staff.id)
        self._session.flush()
        return self._sessions().start(staff.id, second_factor=False, offer=new_seed())

    def leave(self, email: str) -> Staff:
        """Somebody leaves: sessions, roles, password and links end together, now. Raises `NoSuchStaff`."""
        staff = self.by_email(email)
        staff.state, staff.left_at, staff.password_hash = "left", self._now, None
        for grant in self._session.scalars(self._not_over(staff.id)):
            grant.valid_to = max(self._today, grant.valid_from)
        self._session.execute(delete(StaffLink).where(StaffLink.staff_id == staff.id))
        self._forget_second_factor(staff)
        self._forget_openid(staff)
        self._note("left", staff.id)
        self._session.flush()
        return staff

    def sign_out(self, token: str) -> None:
        """End the session of a cookie."""
        owner = self._sessions().end(token)
        if owner is not None:
            self._note("signed_out", owner)
            self._session.flush()

    def by_email(self, email: str) -> Staff:
        """Somebody who works here. Raises `NoSuchStaff`."""
        staff = self._find(email)
        if staff is None or staff.state != "active":
            raise NoSuchStaff(email)
        return staff

    def grants(self, staff_id: int) -> list[StaffGrant]:
        """The roles of somebody that are valid today, or will be."""
        return list(self._session.scalars(self._not_over(staff_id).order_by(StaffGrant.role, StaffGrant.team_slug)))

    def everybody(self) -> list[Staff]:
        """All accounts by name, also of who left."""
        return list(self._session.scalars(select(Staff).order_by(Staff.state, Staff.name, Staff.id)))

    def _find(self, email: str) -> Staff | None:
        return self._session.scalar(select(Staff).where(Staff.email == rules.fold_email(email)))

    def _not_over(self, staff_id: int) -> Select[StaffGrant]:
        return select(StaffGrant).where(
            StaffGrant.staff_id == staff_id, or_(StaffGrant.valid_to.is_(None), StaffGrant.valid_to > self._today)
        )

    def _forget_second_factor(self, staff: Staff) -> None:
        """The steps that were used stay used."""
        staff.totp_seed = None
        self._session.execute(delete(StaffRecoveryCode).where(StaffRecoveryCode.staff_id == staff.id))
        self._sessions().end_all(staff.id)

    def _forget_openid(self, staff: Staff) -> None:
        self._session.execute(delete(StaffOpenId).where(StaffOpenId.staff_id == staff.id))

    def _note(self, kind: str, staff_id: int) -> None:
        self._session.add(StaffEvent(at=self._now, kind=kind, staff_id=staff_id, network=self._network))

    def _sessions(self) -> StaffSessions:
        return StaffSessions(self._session, self._now, self._today)


def personal_words(who: Invited, about_the_site: tuple[str, ...]) -> set[str]:
    """What an attacker knows of somebody without asking."""
    before, _, after = who.email.partition("@")
    parts = {*before.replace("-", ".").replace("_", ".").split("."), after.rpartition(".")[0], *who.name.split()}
    return {who.email, before, *parts, *about_the_site}
