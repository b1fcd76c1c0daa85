"""A door of the small municipality, people who may come in by it, and the phone that makes their codes."""

from functools import partial

import pytest
from sqlalchemy import delete, select

from portal.accounts import totp
from portal.accounts.keys import Keys
from portal.accounts.models import (
    Staff,
    StaffEvent,
    StaffGrant,
    StaffLink,
    StaffOpenId,
    StaffRecoveryCode,
    StaffSession,
    StaffTally,
)
from portal.accounts.roles import Role
from portal.accounts.services import StaffAccounts
from portal.accounts.sessions import StaffSessions
from portal.accounts.sign_in import SignIn
from portal.foundation.clock import today
from portal.foundation.db import reading, writing

EMAIL, PASSWORD = "noor.devries@example.nl", "paarse olifant leest kranten"
HERE, ELSEWHERE = "192.0.2.0/24", "198.51.100.0/24"
TABLES = (StaffTally, StaffEvent, StaffLink, StaffOpenId, StaffRecoveryCode, StaffSession, StaffGrant, Staff)


class House:
    """Everything one can do at the door, each step in a transaction of its own."""

    def __init__(self, site, clock):
        self.site, self.clock = site, clock
        self.keys = Keys(("a key that is long enough for this test",), site.key)

    def writing(self):
        return writing(self.site.engine)

    def door(self, network=HERE):
        return SignIn(partial(writing, self.site.engine), self.keys, self.clock.now(), today(self.clock), network)

    def accounts(self, session):
        return StaffAccounts(session, self.clock.now(), today(self.clock), HERE)

    def who(self, token):
        with reading(self.site.engine) as connection:
            return StaffSessions(connection, self.clock.now(), today(self.clock)).who(token)

    def half_way(self, token):
        with reading(self.site.engine) as connection:
            return StaffSessions(connection, self.clock.now(), today(self.clock)).half_way(token)

    def invite(self, email=EMAIL, role=Role.TEAM_WORKER, team="holtenbroek"):
        with self.writing() as session:
            accounts = self.accounts(session)
            staff = accounts.add(email, "Noor de Vries", "Gemeente Zwolle")
            accounts.grant(staff, role, team)
            return staff.id, accounts.invite(staff)

    def set_password(self, link, password=PASSWORD):
        with self.writing() as session:
            return self.accounts(session).set_password(link, password, ("Zwolle",))

    def welcome(self, email=EMAIL, network=ELSEWHERE):
        """Somebody who set up everything and went out again; returns id and recovery codes."""
        staff_id, link = self.invite(email)
        half = self.set_password(link)
        token, codes = self.door(network).with_first_code(half, self.offered_code(half))
        with self.writing() as session:
            self.accounts(session).sign_out(token)
        self.clock.forward(seconds=90)
        return staff_id, codes

    def offered_code(self, half):
        found = self.half_way(half)
        return self._code(found.staff_id, found.offer)

    def code(self, staff_id, steps=0):
        return self._code(staff_id, self.row(staff_id).totp_seed, steps)

    def _code(self, staff_id, seed, steps=0):
        secret = self.keys.totp_secrets(staff_id, seed)[0]
        return totp.code_at(secret, totp.step_at(self.clock.now().timestamp()) + steps)

    def sign_in(self, staff_id, network=HERE, email=EMAIL):
        half = self.door(network).with_password(email, PASSWORD)
        return self.door(network).with_code(half, self.code(staff_id))

    def row(self, staff_id):
        with self.writing() as session:
            return session.execute(select(Staff.__table__).where(Staff.id == staff_id)).one()

    def events(self):
        with self.writing() as session:
            return list(session.scalars(select(StaffEvent.kind).order_by(StaffEvent.id)))


@pytest.fixture
def house(small_site, clock):
    """The door; afterwards nobody was ever here."""
    yield House(small_site, clock)
    with writing(small_site.engine) as session:
        for table in TABLES:
            session.execute(delete(table))
