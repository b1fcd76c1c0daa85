"""How often something may be tried, from one side, in a quarter of an hour."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from portal.cases.limits import Limits, network_of
from portal.cases.models import Attempt
from portal.foundation.db import writing


@pytest.fixture
def allows(session, clock):
    """Whether a try is within three a stretch: `allows("side")`."""
    return lambda side, what="code": Limits(session, clock.now()).allows(what, side, 3)


def test_the_first_three_are_allowed_and_the_rest_are_not(allows):
    assert [allows("a") for _ in range(5)] == [True, True, True, False, False]


def test_each_side_and_each_thing_has_a_count_of_its_own(allows):
    assert [allows("a") for _ in range(4)][-1] is False
    assert allows("b")
    assert allows("a", "draft")


def test_a_new_quarter_of_an_hour_begins_anew_and_forgets_the_old_one(session, allows, clock):
    for _ in range(4):
        allows("a")
    clock.forward(minutes=14, seconds=59)
    assert not allows("a")
    clock.forward(minutes=16)
    assert allows("a")
    assert len(session.scalars(select(Attempt)).all()) == 1


def test_nothing_that_is_kept_names_the_side(session, allows):
    allows("192.0.2.1")
    (row,) = session.execute(select(Attempt.__table__))
    assert "192.0.2" not in str(tuple(row))


def test_tries_of_several_threads_at_once_all_count(zwolle, books, clock):
    start, said, faults = Barrier(4), [], []

    def attempt():
        try:
            start.wait()
            with writing(zwolle.engine) as session:
                said.append(Limits(session, clock.now()).allows("code", "x", 2))
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(said) == [False, False, True, True]
    assert books.the(Attempt).count == 4


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:1200::1", "2001:db8:1:12ff::1", True),
        ("2001:db8:1:1200::1", "2001:db8:1:1300::1", False),
        (None, "", True),
        ("unix:", "no address", True),
    ],
)
def test_a_network_is_where_people_share_a_line(one, other, same):
    assert (network_of(one) == network_of(other)) is same


def test_a_network_of_four_numbers_is_none_of_six():
    assert network_of("0.0.1.1") != network_of("::1")
