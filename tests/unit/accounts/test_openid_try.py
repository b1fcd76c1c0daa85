"""A try to sign in elsewhere is good for ten minutes, in the browser that holds it."""

import re

import pytest

from portal.accounts.keys import Keys
from portal.accounts.openid_rules import Reason, Stopped
from portal.accounts.openid_try import begin, resume

OLD, NEW = "the old key, long enough for a test", "the new key, long enough for a test"
KEYS = Keys((OLD,), "zwolle")


def test_a_try_is_the_same_each_time_it_is_looked_at(clock):
    kept = begin(KEYS, clock.now())
    first = resume(KEYS, kept, clock.now())
    clock.forward(minutes=9, seconds=59)
    assert resume(KEYS, kept, clock.now()) == first


def test_its_values_are_long_and_unlike_and_not_to_be_read_from_the_cookie(clock):
    kept = begin(KEYS, clock.now())
    attempt = resume(KEYS, kept, clock.now())
    values = {attempt.state, attempt.nonce, attempt.verifier, *kept.split(".")[1:]}
    assert len(values) == 5
    assert all(re.fullmatch(r"[\w-]{43}", value) for value in values)


def test_no_two_tries_are_alike(clock):
    tries = [resume(KEYS, begin(KEYS, clock.now()), clock.now()) for _ in range(50)]
    assert len({value for one in tries for value in (one.state, one.nonce, one.verifier)}) == 150


def test_after_ten_minutes_it_is_over(clock):
    kept = begin(KEYS, clock.now())
    clock.forward(minutes=10)
    refused(KEYS, kept, clock)


def refused(keys, kept, clock):
    with pytest.raises(Stopped) as stopped:
        resume(keys, kept, clock.now())
    assert stopped.value.reason is Reason.OVER


@pytest.mark.parametrize("kept", [None, "", "x", "1.2.3", "é" * 99, "1795424400." + "a" * 43, "9" * 11 + ".a.b"])
def test_what_is_no_try_is_none(kept, clock):
    refused(KEYS, kept, clock)


@pytest.mark.parametrize("place", [0, 11, 60])
def test_a_try_that_somebody_changed_is_none(place, clock):
    kept = begin(KEYS, clock.now())
    refused(KEYS, f"{kept[:place]}{'2' if kept[place] != '2' else '3'}{kept[place + 1 :]}", clock)


def test_a_try_of_another_site_or_another_key_is_none(clock):
    kept = begin(KEYS, clock.now())
    refused(Keys((OLD,), "leeuwarden"), kept, clock)
    refused(Keys((NEW,), "zwolle"), kept, clock)


def test_a_new_key_before_the_old_one_ends_no_try(clock):
    kept = begin(KEYS, clock.now())
    assert resume(Keys((NEW, OLD), "zwolle"), kept, clock.now()) == resume(KEYS, kept, clock.now())
