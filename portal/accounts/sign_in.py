"""Signing in, in two steps: what one knows, then what one has.

`SignIn` opens short transactions of its own. A try that went wrong is counted although the answer is a fault, it is
counted before it is weighed, so that a hundred at once are a hundred, and nobody waits for the database while a
password is weighed. All that goes wrong is one `Refused`: it does not say whether there is such an account.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts import hashing, rules, totp
from portal.accounts.keys import Keys, hashed, new_recovery_codes, new_seed
from portal.accounts.models import Staff, StaffEvent, StaffLink, StaffRecoveryCode, StaffSession, StaffTally
from portal.accounts.sessions import HALF, StaffSessions

#: A network where somebody signed in lately has tries of its own: a stranger's wrong tries do not hold them up there.
KNOWN_FOR = timedelta(days=30)

Writing = Callable[[], AbstractContextManager[Session]]


class Refused(Exception):
    """This does not lead in. Which part was wrong is not said."""


class Lane(Protocol):
    """One way in, with what went wrong along it."""

    failed_tries: int
    locked_until: datetime | None


@dataclass(frozen=True)
class _Turn:
    """One try with a password: whose, and what it is to be weighed against; `before` is undone when it was right."""

    staff_id: int | None
    kept: str | None
    lane: str | None = None
    before: tuple[int, datetime | None] = (0, None)
    locks: bool = False


class SignIn:
    """The door of one site, for somebody who knocks from one network."""

    def __init__(self, writing: Writing, keys: Keys, now: datetime, today: date, network: str) -> None:
        self._writing, self._keys, self._now, self._today, self._network = writing, keys, now, today, network

    def with_password(self, email: str, password: str) -> str:
        """The first step; returns the cookie of a half session. Raises `Refused`."""
        turn = self._take_turn(rules.fold_email(email))
        if turn is None:
            raise Refused()
        good = hashing.is_right(turn.kept, password)
        fresh = hashing.hash_password(password) if good and hashing.is_old(turn.kept or "") else None
        token = None
        with self._writing() as session:
            if good and turn.staff_id is not None:
                token = self._let_half_way(session, turn, fresh)
            if token is None:
                self._note(session, "locked" if turn.locks else "refused", turn.staff_id)
        if token is None:
            raise Refused()
        return token

    def with_code(self, token: str, typed: str) -> str:
        """The second step with the phone; returns the cookie of a session. Raises `Refused`."""
        return self._second_step(token, lambda session, staff: self._uses_step(session, staff, typed))

    def with_recovery_code(self, token: str, typed: str) -> str:
        """The second step without the phone: one of ten codes, gone after this. Raises `Refused`."""
        return self._second_step(token, lambda session, staff: self._uses_recovery_code(session, staff, typed))

    def with_first_code(self, token: str, typed: str) -> tuple[str, list[str]]:
        """Set up the second factor that was offered; returns the cookie and the recovery codes. Raises `Refused`."""
        codes: list[str] = []

        def sets_up(session: Session, staff: Staff) -> bool:
            offer = session.scalar(select(StaffSession.totp_offer).where(StaffSession.id == hashed(token)))
            if offer is None or staff.totp_seed is not None or not self._uses_step(session, staff, typed, offer):
                return False
            staff.totp_seed = offer
            self._note(session, "second_factor_set", staff.id)
            codes.extend(self._new_codes(session, staff))
            return True

        return self._second_step(token, sets_up), codes

    def new_recovery_codes(self, staff_id: int, typed: str) -> list[str]:
        """Ten new recovery codes for who is signed in and shows a code; the old ones end. Raises `Refused`."""
        codes: list[str] = []
        with self._writing() as session:
            staff = session.get(Staff, staff_id, with_for_update=True)
            if staff is not None and self._code_is_right(
                session, staff, lambda session, staff: self._uses_step(session, staff, typed)
            ):
                codes = self._new_codes(session, staff)
        if not codes:
            raise Refused()
        return codes

    # The first step

    def _take_turn(self, email: str) -> _Turn | None:
        """Count this try as wrong until it is right. None when this network has had its share."""
        with self._writing() as session:
            if not self._network_may(session):
                self._note(session, "refused", None)
                return None
            staff = session.scalar(select(Staff).where(Staff.email == email).with_for_update())
            if staff is None or staff.state != "active":
                return _Turn(None, None)
            name, lane = self._lane(session, staff)
            if rules.is_locked(lane.locked_until, self._now):
                return _Turn(staff.id, None, name)
            before = lane.failed_tries, lane.locked_until
            self._count(lane)
            return _Turn(staff.id, staff.password_hash, name, before, lane.locked_until is not None)

    def _let_half_way(self, session: Session, turn: _Turn, fresh: str | None) -> str | None:
        """Take the count back and start a half session; None when there is no second factor and no time to set one."""
        staff = session.get(Staff, turn.staff_id, with_for_update=True)
        if staff is None or staff.state != "active" or staff.password_hash != turn.kept:
            return None
        lane = staff if turn.lane is None else self._tally(session, turn.lane)
        lane.failed_tries, lane.locked_until = turn.before
        if self._network:
            tally = self._tally(session, f"network:{self._network}")
            tally.failed_tries = max(0, tally.failed_tries - 1)
        if fresh is not None:
            staff.password_hash = fresh
        if staff.totp_seed is None and not self._was_invited(session, staff):
            return None
        offer = new_seed() if staff.totp_seed is None else None
        return self._sessions(session).start(staff.id, second_factor=False, offer=offer)

    def _was_invited(self, session: Session, staff: Staff) -> bool:
        """Whether the invitation is still good: only then may a password alone lead to a second factor."""
        return bool(
            session.scalar(
                select(StaffLink.id).where(
                    StaffLink.staff_id == staff.id, StaffLink.used_at.is_not(None), StaffLink.expires_at > self._now
                )
            )
        )

    def _lane(self, session: Session, staff: Staff) -> tuple[str | None, Lane]:
        """The way in from here: one's own desk, or the one that all strangers share."""
        known = self._network and session.scalar(
            select(StaffEvent.id)
            .where(
                StaffEvent.staff_id == staff.id, StaffEvent.kind == "signed_in", StaffEvent.network == self._network,
                StaffEvent.at > self._now - KNOWN_FOR,
            )
            .limit(1)
        )  # fmt: skip
        if not known:
            return None, staff
        name = f"desk:{staff.id}:{self._network}"
        return name, self._tally(session, name)

    def _network_may(self, session: Session) -> bool:
        """Count one try of this network; whether it is within its share."""
        if not self._network:
            return True
        tally = self._tally(session, f"network:{self._network}")
        if self._now - tally.began_at >= rules.NETWORK_STRETCH:
            tally.began_at, tally.failed_tries = self._now, 0
        if tally.failed_tries >= rules.NETWORK_TRIES:
            return False
        tally.failed_tries += 1
        return True

    # The second step

    def _second_step(self, token: str, check: Callable[[Session, Staff], bool]) -> str:
        found = None
        with self._writing() as session:
            half = self._sessions(session).half_way(token)
            staff = half and session.get(Staff, half.staff_id, with_for_update=True)
            if staff and self._code_is_right(session, staff, check):
                sessions = self._sessions(session)
                sessions.end(token)
                found = sessions.start(staff.id, second_factor=True)
                self._forget(session, staff)
                self._note(session, "signed_in", staff.id)
        if found is None:
            raise Refused()
        return found

    def _code_is_right(self, session: Session, staff: Staff, check: Callable[[Session, Staff], bool]) -> bool:
        """Weigh a code; wrong ones are counted on a lane of their own, that a right password does not empty."""
        lane = self._tally(session, f"code:{staff.id}")
        if rules.is_locked(lane.locked_until, self._now):
            return False
        if check(session, staff):
            lane.failed_tries, lane.locked_until = 0, None
            return True
        self._count(lane)
        self._note(session, "locked" if lane.locked_until else "code_refused", staff.id)
        return False

    def _uses_step(self, session: Session, staff: Staff, typed: str, seed: str | None = None) -> bool:
        """Whether a code is right; its step is used up in the same breath, so that of twenty at once one is."""
        seed = seed or staff.totp_seed
        if seed is None:
            return False
        moment, last = self._now.timestamp(), staff.totp_last_step
        for secret in self._keys.totp_secrets(staff.id, seed):
            step = totp.matching_step(secret, typed, moment, last)
            if step is not None:
                unused = or_(Staff.totp_last_step.is_(None), Staff.totp_last_step < step)
                taken = update(Staff).where(Staff.id == staff.id, unused).values(totp_last_step=step)
                return session.scalar(taken.returning(Staff.id)) is not None
        return False

    def _uses_recovery_code(self, session: Session, staff: Staff, typed: str) -> bool:
        hashes = self._keys.recovery_hashes(staff.id, typed)
        taken = session.scalar(
            update(StaffRecoveryCode)
            .where(
                StaffRecoveryCode.staff_id == staff.id, StaffRecoveryCode.hash.in_(hashes),
                StaffRecoveryCode.used_at.is_(None),
            )
            .values(used_at=self._now)
            .returning(StaffRecoveryCode.id)
        )  # fmt: skip
        if taken is None:
            return False
        self._note(session, "recovery_code_used", staff.id)
        return True

    def _new_codes(self, session: Session, staff: Staff) -> list[str]:
        codes = new_recovery_codes()
        session.execute(delete(StaffRecoveryCode).where(StaffRecoveryCode.staff_id == staff.id))
        session.add_all(
            StaffRecoveryCode(staff_id=staff.id, hash=self._keys.recovery_hashes(staff.id, code)[0]) for code in codes
        )
        self._note(session, "codes_made", staff.id)
        return codes

    # Counting and remembering

    def _tally(self, session: Session, lane: str) -> StaffTally:
        tally = session.get(StaffTally, lane, with_for_update=True)
        if tally is not None:
            return tally
        with suppress(IntegrityError), session.begin_nested():  # two may begin it at once
            session.add(StaffTally(lane=lane, failed_tries=0, began_at=self._now, locked_until=None))
        return session.get_one(StaffTally, lane, with_for_update=True)

    def _count(self, lane: Lane) -> None:
        lane.failed_tries, lane.locked_until = rules.after_wrong(lane.failed_tries, lane.locked_until, self._now)

    def _forget(self, session: Session, staff: Staff) -> None:
        """Who got in has no wrong tries behind them; tallies of others that are long over go too."""
        staff.failed_tries, staff.locked_until = 0, None
        old = StaffTally.began_at < self._now - rules.FORGOTTEN_AFTER - HALF
        idle = or_(StaffTally.locked_until.is_(None), StaffTally.locked_until < self._now - rules.FORGOTTEN_AFTER)
        session.execute(delete(StaffTally).where(old, idle))
        if self._network:
            session.execute(delete(StaffTally).where(StaffTally.lane == f"desk:{staff.id}:{self._network}"))

    def _note(self, session: Session, kind: str, staff_id: int | None) -> None:
        session.add(StaffEvent(at=self._now, kind=kind, staff_id=staff_id, network=self._network))

    def _sessions(self, session: Session) -> StaffSessions:
        return StaffSessions(session, self._now, self._today)
