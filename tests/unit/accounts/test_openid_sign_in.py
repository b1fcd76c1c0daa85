"""Who signed in elsewhere is bound once, also when several come at once."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select

from portal.accounts.models import StaffOpenId
from portal.accounts.openid_rules import Person, Reason, Stopped
from portal.accounts.openid_sign_in import OpenIdSignIn
from portal.foundation.clock import today
from portal.foundation.db import writing
from tests.unit.accounts.conftest import EMAIL, HERE

ISSUER = "https://login.test"
AT_ONCE = 8


def door(house):
    return OpenIdSignIn(partial(writing, house.site.engine), house.clock.now(), today(house.clock), HERE)


def subs(house):
    with house.writing() as session:
        return list(session.scalars(select(StaffOpenId.sub).order_by(StaffOpenId.id)))


def at_once(house, people):
    """Everybody at the same moment; gives the cookies of who got in."""
    ready = Barrier(len(people))

    def come(person):
        ready.wait(timeout=10)
        try:
            return door(house).let_in(person, None)
        except Stopped as stopped:
            assert stopped.reason is Reason.UNKNOWN
            return None

    with ThreadPoolExecutor(len(people)) as pool:
        return [token for token in pool.map(come, people) if token is not None]


def test_who_comes_for_the_first_time_in_several_windows_is_bound_once(house):
    staff_id, _link = house.invite()
    tokens = at_once(house, [Person(ISSUER, "a-1", EMAIL)] * AT_ONCE)
    assert len(set(tokens)) == AT_ONCE
    assert {house.who(token).staff_id for token in tokens} == {staff_id}
    assert subs(house) == ["a-1"]


def test_of_several_who_claim_one_address_at_once_one_is_bound(house):
    house.invite()
    tokens = at_once(house, [Person(ISSUER, f"a-{number}", EMAIL) for number in range(AT_ONCE)])
    assert len(tokens) == 1
    assert len(subs(house)) == 1


def test_one_who_is_two_people_at_once_is_one_of_them(house):
    for name in ("a", "b"):
        house.invite(f"{name}@example.nl")
    people = [Person(ISSUER, "a-1", f"{name}@example.nl") for name in "ab" * 4]
    tokens = at_once(house, people)
    assert len({house.who(token).staff_id for token in tokens}) == 1
    assert subs(house) == ["a-1"]


def test_the_same_name_at_another_provider_is_somebody_else(house):
    first, _link = house.invite()
    second, _link = house.invite("b@example.nl")
    assert house.who(door(house).let_in(Person(ISSUER, "1", EMAIL), None)).staff_id == first
    assert house.who(door(house).let_in(Person("https://other.test", "1", "b@example.nl"), None)).staff_id == second
    with pytest.raises(Stopped):
        door(house).let_in(Person("https://third.test", "1", None), None)


def test_names_of_a_provider_differ_by_capitals(house):
    house.invite()
    door(house).let_in(Person(ISSUER, "abc", EMAIL), None)
    with pytest.raises(Stopped):
        door(house).let_in(Person(ISSUER, "ABC", None), None)


def test_the_session_of_before_ends_in_the_same_breath(house):
    house.invite()
    before = door(house).let_in(Person(ISSUER, "a", EMAIL), None)
    after = door(house).let_in(Person(ISSUER, "a", None), before)
    assert house.who(before) is None
    assert house.who(after) is not None
    assert house.events()[-2:] == ["signed_in", "signed_in"]
