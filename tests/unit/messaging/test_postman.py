"""The worker's part: each message by itself, and none lost when the worker is killed."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from portal.foundation.clock import SystemClock
from portal.foundation.db import writing
from portal.foundation.outbox import TAKEN_FOR, OutboxRow
from portal.messaging import postman
from portal.messaging.backends import FolderBackend, Outgoing
from portal.messaging.models import Message
from tests.composed import ROOT


class Door:
    """Takes messages and remembers them; breaks when told."""

    def __init__(self, breaks: BaseException | None = None) -> None:
        self.took: list[Outgoing] = []
        self.breaks = breaks

    def deliver(self, message: Outgoing) -> None:
        self.took.append(message)
        if self.breaks:
            raise self.breaks


def test_a_message_goes_through_the_door_of_its_channel(write, work):
    write("a")
    write("b", channel="sms", recipient="0612345621")
    email, sms = Door(), Door()
    assert work(email=email, sms=sms) == 2
    assert [one.dedupe_key for one in email.took] == ["a"]
    assert [one.dedupe_key for one in sms.took] == ["b"]


def test_the_words_are_not_kept_once_a_message_left(write, work, rows):
    """They hold the link that opens a request, of which the request itself keeps only a hash."""
    write()
    door = Door()
    work(email=door)
    assert door.took[0].text
    assert rows()[0].text == ""


def test_the_words_of_a_message_that_could_not_leave_are_kept(write, work, rows):
    write()
    work(email=Door(OSError()))
    assert rows()[0].text


def test_a_channel_without_a_door_is_a_fault_that_staff_see(write, work, rows):
    write(channel="sms", recipient="0612345621")
    assert work(email=Door()) == 0
    assert [(row.state, row.fault) for row in rows()] == [("waiting", "NoDoor")]


def test_a_message_that_is_gone_from_the_table_asks_nothing(house, write, work, jobs):
    write()
    with writing(house.engine) as session:
        session.execute(delete(Message))
    assert work(email=Door()) == 1
    assert jobs()[0].done_at is not None


@pytest.mark.parametrize("state", ["sent", "printed"])
def test_a_message_that_left_does_not_leave_again(house, write, work, state):
    write()
    with writing(house.engine) as session:
        session.execute(update(Message).values(state=state))
    door = Door()
    assert work(email=door) == 1
    assert door.took == []


def test_one_that_was_given_up_can_be_tried_again_by_hand(house, write, work, rows):
    write()
    with writing(house.engine) as session:
        session.execute(update(Message).values(state="failed", attempts=10))
    assert work(email=Door()) == 1
    assert rows()[0].state == "sent"


def test_nobody_waits_for_a_door(house, write, work):
    """While a message goes out no transaction is open: a resident's request is written meanwhile."""

    class Slow(Door):
        def deliver(self, message: Outgoing) -> None:
            super().deliver(message)
            if message.dedupe_key == "a":
                write("b")

    write("a")
    door = Slow()
    assert work(email=door) == 2
    assert [one.dedupe_key for one in door.took] == ["a", "b"]


def test_two_workers_do_not_take_the_same_message(write, work):
    class TwoAtOnce(Door):
        def deliver(self, message: Outgoing) -> None:
            super().deliver(message)
            assert work(email=other) == 0

    write()
    door, other = TwoAtOnce(), Door()
    assert work(email=door) == 1
    assert (len(door.took), other.took) == (1, [])


def test_killed_between_the_door_and_the_note_it_leaves_again_as_the_same_message(write, work, rows, clock):
    write()
    door = Door(breaks=SystemExit())
    with pytest.raises(SystemExit):
        work(email=door)
    assert [(row.state, row.attempts) for row in rows()] == [("waiting", 0)]
    door.breaks = None
    assert work(email=door) == 0, "it may still be under way"
    clock.forward(seconds=TAKEN_FOR.total_seconds())
    assert work(email=door) == 1
    first, second = door.took
    assert first == second
    assert rows()[0].state == "sent"


def test_killed_between_the_two_notes_it_does_not_leave_again(house, write, work, rows, clock, monkeypatch):
    write()
    door = Door()
    noted = postman._note_sent

    def note_and_die(*args, **words):
        noted(*args, **words)
        raise SystemExit

    monkeypatch.setattr(postman, "_note_sent", note_and_die)
    with pytest.raises(SystemExit):
        work(email=door)
    clock.forward(seconds=TAKEN_FOR.total_seconds())
    assert work(email=door) == 1
    assert len(door.took) == 1
    assert (rows()[0].state, rows()[0].attempts) == ("sent", 1)


def test_a_database_that_is_busy_does_not_make_a_message_leave_again(write, work, rows, monkeypatch):
    write()
    real, faults = postman.writing, [OperationalError("", {}, Exception("locked"))] * 2

    def busy(engine):
        if faults:
            raise faults.pop()
        return real(engine)

    monkeypatch.setattr(postman, "writing", busy)
    door = Door()
    assert work(email=door) == 1
    assert (len(door.took), rows()[0].state) == (1, "sent")


KILLED = """
import os, signal, sys
from portal.app import configure
from portal.cli import read_ini
from portal.foundation.outbox import OneByOne, run_once
from portal.messaging.backends import FolderBackend
from portal.messaging.postman import Postman
from pathlib import Path

registry = configure(read_ini(sys.argv[1])).registry
class Deadly(FolderBackend):
    def deliver(self, message):
        super().deliver(message)
        os.kill(os.getpid(), signal.SIGKILL)
postman = Postman(lambda site: {"email": Deadly(Path(sys.argv[2]))}, lambda: registry.clock)
run_once(next(iter(registry.sites)), {"message": OneByOne(postman.deliver)}, registry.clock)
"""


def test_a_real_kill_loses_nothing_and_leaves_one_file(house, write, work, rows, jobs, tmp_path, clock):
    """The process dies right after the file is there; the next worker writes the same file again."""
    write()
    with writing(house.engine) as session:  # due by the machine's clock, which that process reads
        session.execute(update(OutboxRow).values(due_at=SystemClock().now()))
    ini, post = tmp_path / "own.ini", tmp_path / "post"
    ini.write_text(
        "[app:main]\nportal.sites = small\nportal.development = true\n"
        f"portal.locales_dir = {ROOT / 'locales'}\nsite.small.hosts = *\nsite.small.base_url = http://small.test\n"
        f"site.small.content = {house.content}\nsite.small.index = {tmp_path / 'index'}\n"
        f"site.small.database = {house.settings.database}\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, "-c", KILLED, ini, post], env=environ, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert len(list(post.iterdir())) == 1
    assert [(row.state, row.attempts) for row in rows()] == [("waiting", 0)]
    clock.set(jobs()[0].due_at)
    assert work(email=FolderBackend(post)) == 1
    assert len(list(post.iterdir())) == 1
    assert [(row.state, row.attempts) for row in rows()] == [("sent", 1)]
