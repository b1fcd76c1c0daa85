"""Accounts: invited by a link that works once, with roles that fit, until somebody leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.reading import AccountReader, LinkIsOver
from portal.accounts.roles import Role
from portal.accounts.rules import Weak
from portal.accounts.services import AlreadyHere, NoSuchStaff, RoleDoesNotFit, WeakPassword
from portal.accounts.sign_in import Refused
from portal.foundation.clock import today
from portal.foundation.db import reading
from tests.unit.accounts.conftest import EMAIL, PASSWORD


def read(house, what, *values):
    with reading(house.site.engine) as connection:
        return getattr(AccountReader(connection, house.clock.now(), today(house.clock)), what)(*values)


def test_a_link_says_whom_it_invites_and_works_once(house):
    staff_id, link = house.invite()
    who = read(house, "invited", link)
    assert (who.staff_id, who.email, who.name) == (staff_id, EMAIL, "Noor de Vries")
    house.set_password(link)
    with pytest.raises(LinkIsOver):
        house.set_password(link)


@pytest.mark.parametrize("link", ["", "x", "a" * 43, "é" * 5_000])
def test_a_link_that_never_was_invites_nobody(house, link):
    house.invite()
    with pytest.raises(LinkIsOver):
        read(house, "invited", link)


def test_a_link_is_over_after_three_days_and_when_there_is_a_newer_one(house):
    _id, first = house.invite()
    with house.writing() as session:
        accounts = house.accounts(session)
        second = accounts.invite(accounts.by_email(EMAIL))
    with pytest.raises(LinkIsOver):
        read(house, "invited", first)
    house.clock.forward(days=3, seconds=-1)
    assert read(house, "invited", second)
    house.clock.forward(seconds=1)
    with pytest.raises(LinkIsOver):
        read(house, "invited", second)


@pytest.mark.parametrize(
    ("password", "why"),
    [("kort", Weak.SHORT), ("welkom123456", Weak.COMMON), ("de vries van hiernaast", Weak.PERSONAL),
     ("Het mooie Zwolle 38", Weak.PERSONAL)],
)  # fmt: skip
def test_a_weak_password_is_refused_and_the_link_still_works(house, password, why):
    _id, link = house.invite()
    with pytest.raises(WeakPassword) as refused:
        house.set_password(link, password)
    assert refused.value.why is why
    assert house.set_password(link)


def test_a_new_invitation_ends_password_phone_codes_and_sessions_of_before(house):
    staff_id, codes = house.welcome()
    token = house.sign_in(staff_id)
    with house.writing() as session:
        accounts = house.accounts(session)
        link = accounts.invite(accounts.by_email(EMAIL))
    assert house.who(token)  # until it is used
    half = house.set_password(link, "groene walvis zingt zacht")
    assert house.who(token) is None
    with pytest.raises(Refused):
        house.door().with_password(EMAIL, PASSWORD)
    with pytest.raises(Refused):
        house.door().with_recovery_code(half, codes[0])
    house.clock.forward(seconds=90)
    assert house.door().with_first_code(half, house.offered_code(half))


def test_somebody_is_here_once_and_may_come_back_after_leaving(house):
    staff_id, _link = house.invite()
    with house.writing() as session, pytest.raises(AlreadyHere):
        house.accounts(session).add(EMAIL.upper(), "Nog een", "Elders")
    with house.writing() as session:
        house.accounts(session).leave(EMAIL)
    with house.writing() as session, pytest.raises(NoSuchStaff):
        house.accounts(session).by_email(EMAIL)
    with house.writing() as session:
        back = house.accounts(session).add(EMAIL, "Noor de Vries", "Elders")
        assert (back.id, back.left_at, back.password_hash) == (staff_id, None, None)
        assert house.accounts(session).grants(staff_id) == []


def test_roles_that_do_not_fit_are_refused(house):
    staff_id, _link = house.invite()
    for role, team in (
        (Role.TEAM_WORKER, None), (Role.PUBLISHER, "holtenbroek"), (Role.SECOND_OPINION_COORDINATOR, None),
        (Role.INDEPENDENT_PROFESSIONAL, None),
    ):  # fmt: skip
        with house.writing() as session, pytest.raises(RoleDoesNotFit):
            house.accounts(session).grant(session.get(Staff, staff_id), role, team)


def test_a_role_is_given_once_however_often_it_is_asked(house):
    staff_id, _link = house.invite()
    with house.writing() as session:
        for _ in range(2):
            house.accounts(session).grant(session.get(Staff, staff_id), Role.TEAM_WORKER, "holtenbroek")
    assert [(one.role, one.team) for one in read(house, "roles", staff_id)] == [(Role.TEAM_WORKER, "holtenbroek")]


@pytest.mark.parametrize(
    "values",
    [
        {"role": "wizard", "team_slug": None},
        {"role": "team_worker", "team_slug": None},
        {"role": "publisher", "team_slug": "holtenbroek"},
        {"role": "publisher", "team_slug": None, "valid_to": -1},
    ],
)
def test_the_database_refuses_a_grant_that_cannot_be(house, values):
    staff_id, _link = house.invite()
    first = today(house.clock)
    if "valid_to" in values:
        values = {**values, "valid_to": first + timedelta(days=values["valid_to"])}
    with pytest.raises(IntegrityError), house.writing() as session:
        session.add(StaffGrant(staff_id=staff_id, valid_from=first, **values))


@pytest.mark.parametrize(
    "wrong", ["email = 'Noor@Example.nl'", "state = 'asleep'", "state = 'left'", "failed_tries = -1"]
)
def test_the_database_refuses_an_account_that_cannot_be(house, wrong):
    house.invite()
    with pytest.raises(IntegrityError), house.writing() as session:
        session.execute(text(f"UPDATE staff SET {wrong}"))


def test_one_sees_ones_last_five_sign_ins_and_the_codes_that_are_left(house):
    staff_id, codes = house.welcome()
    for code in codes[:6]:
        house.clock.forward(minutes=2)
        house.door().with_recovery_code(house.door().with_password(EMAIL, PASSWORD), code)
    moments = [at for at, _network in read(house, "sign_ins", staff_id)]
    assert len(moments) == 5
    assert moments == sorted(moments, reverse=True)
    assert moments[0] == house.clock.now()
    assert read(house, "codes_left", staff_id) == 4
