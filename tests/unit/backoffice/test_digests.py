"""The mail of the morning: once on a working day, from eight, with numbers and nothing of people."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from portal.backoffice.digests import HEAPS, heaps, write_digests
from portal.backoffice.models import Digest
from portal.cleaning.kind import CLEANING
from portal.foundation.clock import LOCAL
from portal.foundation.tasks import paths
from portal.messaging.models import Message
from tests.clock import START
from tests.desk import an_office, due, leads, works
from tests.unit.cleaning.asking import PERSONAL

office = pytest.fixture(an_office)
OURS = frozenset({("cleaning", "submitted"), ("cleaning", "offered")})
#: A kind in which the next step is ours at once.
WAITS = replace(CLEANING, ours=frozenset(state for _kind, state in OURS))
MONDAY = date(2026, 11, 23)


def here(year, month, day, hour, minute=0):
    """A moment on the clock on the wall."""
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL).astimezone(UTC)


@pytest.fixture
def write(office, registry):
    """Writes the mails of a morning; gives how many."""
    return lambda moment=START: write_digests(office.site, moment, paths(registry, office.site), [WAITS])


@pytest.fixture
def mails(office):
    """Name → the numbers of their mail, in the order of the heaps."""
    return lambda: {
        row.recipient.split("@")[0]: tuple(int(number) for number in re.findall(r": (\d+)$", row.text, re.MULTILINE))
        for row in office.books.rows(Message)
        if row.about.startswith("staff:")
    }


@pytest.fixture
def mila(office):
    """Works in Midden; nobody has the one request there."""
    return office.colleague("Mila", works("midden"))


#: Where the next step is ours, in these tests: everywhere a request begins.


def days_from_now(number):
    return due(MONDAY + timedelta(days=number), MONDAY - timedelta(days=20))


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (here(2026, 11, 23, 7, 59), 0), (here(2026, 11, 23, 8), 1), (here(2026, 11, 23, 17), 1),
        (here(2026, 11, 28, 9), 0), (here(2026, 11, 29, 9), 0), (here(2026, 12, 25, 9), 0), (here(2027, 1, 1, 9), 0),
        (here(2027, 4, 27, 9), 0), (here(2027, 5, 7, 9), 0), (here(2026, 12, 24, 8), 1), (here(2027, 7, 1, 8), 1),
    ],
)  # fmt: skip
def test_mails_are_written_from_eight_on_a_working_day(office, mila, write, moment, written):
    office.ask(way="phone")
    assert write(moment) == written
    assert len(office.books.rows(Digest)) == written


def test_once_a_day_however_often_the_worker_looks(office, mila, write, mails):
    office.ask(way="phone")
    assert [write(), write(), write(START + timedelta(hours=5))] == [1, 0, 0]
    assert write(START + timedelta(days=1)) == 1
    assert len([row for row in office.books.rows(Message) if row.about.startswith("staff:")]) == 2


def test_a_morning_on_which_nothing_waits_has_no_mail_and_is_over_too(office, mila, write):
    assert write() == 0
    office.ask(way="phone")
    assert write(START + timedelta(hours=1)) == 0


def test_the_numbers_are_those_of_what_one_has_and_of_what_nobody_has(office, mila, write, mails):
    piet = office.colleague("Piet", works("midden"))
    carla = office.colleague("Carla", leads("midden"), works("holtenbroek"))
    office.colleague("Ellen", works("schelle"))
    for team, owner, days, asks in (
        ("midden", mila, -3, True), ("midden", mila, 0, False), ("midden", mila, 1, False), ("midden", piet, -1, False),
        ("midden", None, -1, True), ("midden", None, None, False), ("holtenbroek", None, 20, False),
        (None, None, -1, True), ("holtenbroek", mila, 0, False),
    ):  # fmt: skip
        day = due(None, MONDAY) if days is None else days_from_now(days)
        office.change(
            office.ask(team, way="phone"), owner_id=owner and owner.staff_id, asks_since=START if asks else None, **day
        )
    assert write() == 3
    assert carla
    assert HEAPS == ("late", "today", "half", "asks", "free")
    assert mails() == {"mila": (2, 2, 1, 2, 2), "piet": (2, 0, 0, 1, 2), "carla": (2, 0, 1, 2, 4)}


def test_what_is_done_waits_for_nobody(office, mila, write):
    office.change(office.ask(way="phone"), closed_at=START)
    assert write() == 0


def test_who_left_and_who_has_no_team_gets_no_mail(office, mila, write):
    from portal.accounts.roles import Role

    office.colleague("Tine", (Role.TRANSLATOR, None))
    office.ask(way="phone")
    office.leaves(mila)
    assert write() == 0


def test_nothing_personal_stands_in_it(office, mila, write):
    reference = office.ask(name="Mevrouw Zonneveld-Kanarie", phone="0612349876", way="phone")
    write()
    mail = next(row for row in office.books.rows(Message) if row.recipient.startswith("mila"))
    for word in (*PERSONAL, reference, reference[:4], "Mila", "schoonmaak"):
        assert word not in mail.text + mail.subject
    assert "http://zwolle.test/nl/werk/vandaag" in mail.text


def row(due_from=None, due_on=None, asks=False, owner=1):
    return SimpleNamespace(
        due_from=due_from, due_on=due_on, asks_since=START if asks else None, owner_id=owner, kind="cleaning",
        state="submitted",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], {}),
        ([row()], {}),
        ([row(owner=None)], {"free": 1}),
        ([row(asks=True), row(asks=True, owner=None)], {"asks": 2, "free": 1}),
        ([row(MONDAY - timedelta(9), MONDAY - timedelta(1))], {"late": 1}),
        ([row(MONDAY - timedelta(9), MONDAY)], {"today": 1}),
        ([row(MONDAY - timedelta(7), MONDAY + timedelta(7))], {"half": 1}),
        ([row(MONDAY - timedelta(6), MONDAY + timedelta(9))], {}),
        ([row(MONDAY - timedelta(28), MONDAY + timedelta(1))], {"half": 1}),
        ([row(MONDAY, MONDAY + timedelta(1))], {}),
    ],
)
def test_heaps_are_counted_by_what_waits(rows, expected):
    assert heaps(rows, MONDAY, OURS) == {**dict.fromkeys(HEAPS, 0), **expected}
