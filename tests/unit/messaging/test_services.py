"""One occasion gives one message, written with its cause or not at all."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.foundation.db import reading, writing
from portal.messaging.models import Message
from portal.messaging.services import Messages, deliveries, newest
from tests.clock import START
from tests.unit.messaging.conftest import ADDRESS, NAME, WORDS


def test_a_message_is_written_with_a_task_that_holds_its_number_only(write, rows, jobs):
    assert write()
    (message,), (job,) = rows(), jobs()
    assert (job.kind, job.payload, job.due_at) == ("message", {"id": message.id}, START)
    assert {name: getattr(message, name) for name in WORDS} == WORDS
    assert (message.state, message.attempts, message.fault, message.sent_at) == ("waiting", 0, None, None)
    assert message.created_at == START


def test_an_occasion_gives_one_message(write, rows, jobs):
    assert [write("received:1"), write("received:1"), write("received:2")] == [True, False, True]
    assert (len(rows()), len(jobs())) == (2, 2)


def test_the_rest_of_the_transaction_stands_when_there_is_one_already(house, rows):
    with writing(house.engine) as session:
        messages = Messages(session, START)
        assert messages.send(dedupe_key="a", **WORDS)
        assert not messages.send(dedupe_key="a", **WORDS)
        assert messages.send(dedupe_key="b", **WORDS)
    assert [row.dedupe_key for row in rows()] == ["a", "b"]


def test_a_rollback_leaves_neither_row(house, rows, jobs):
    with pytest.raises(ZeroDivisionError), writing(house.engine) as session:
        assert Messages(session, START).send(dedupe_key="a", **WORDS)
        raise ZeroDivisionError
    assert (rows(), jobs()) == ([], [])


def test_of_many_at_the_same_moment_one_is_written(house, rows, jobs):
    together, said = threading.Barrier(4), []

    def send() -> None:
        together.wait()
        with writing(house.engine) as session:
            said.append(Messages(session, START).send(dedupe_key="a", **WORDS))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [False, False, False, True]
    assert (len(rows()), len(jobs())) == (1, 1)


def test_another_broken_rule_is_not_taken_for_a_message_that_is_there(session):
    message = Message(dedupe_key="a", created_at=START, **WORDS | {"channel": "pigeon"})
    with pytest.raises(IntegrityError):
        Messages(session, START)._added(message)


@pytest.mark.parametrize(("column", "value"), [("channel", "pigeon"), ("state", "lost")])
def test_the_database_holds_the_words_for_channel_and_state(session, column, value):
    session.add(Message(dedupe_key="a", created_at=START, **WORDS | {column: value}))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_letter_waits_for_staff(write, rows, jobs):
    assert write(channel="letter", recipient="Mevrouw Jansen\nVoorbeeldstraat 1\n8011 AB Zwolle")
    assert [row.state for row in rows()] == ["waiting"]
    assert jobs() == []


def test_what_somebody_typed_never_breaks_their_request(write, rows, jobs):
    assert write("a", recipient="m.jansen at example")
    assert write("b", channel="sms", recipient="x" * 500)
    assert write("c", text="Dag\x00 u")
    assert write("d", channel="sms", recipient="06 - 123 456 21")
    assert [(row.state, row.fault) for row in rows()] == [
        ("failed", "Unreachable"), ("failed", "Unreachable"), ("waiting", None), ("waiting", None),
    ]  # fmt: skip
    assert rows()[2].text == "Dag u"
    assert rows()[3].recipient == "0612345621"
    assert len(jobs()) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Uw klacht"}, {"subject": "Dag\r\nBcc: x@example.nl"}, {"channel": "pigeon"}, {"locale": "fy"},
        {"about": "a" * 41}, {"about": ""},
    ],
)  # fmt: skip
def test_what_a_programmer_got_wrong_is_said_at_once_and_quotes_nobody(write, rows, wrong):
    with pytest.raises(ValueError, match=r"^\D+") as said:
        write(**wrong)
    assert NAME not in str(said.value)
    assert ADDRESS not in str(said.value)
    assert rows() == []


def test_staff_see_what_became_of_the_messages_of_a_case_and_not_to_whom(house, write):
    write("a")
    write("b", channel="sms", recipient="0612345621")
    write("c", about="c-other")
    with writing(house.engine) as session:
        first = session.scalars(select(Message).order_by(Message.id)).first()
        first.state, first.attempts, first.sent_at = "sent", 2, START + timedelta(minutes=1)
    with reading(house.engine) as connection:
        one, two = deliveries(connection, "c-81f3")
        assert deliveries(connection, "c-none") == []
    assert (one.channel, one.recipient, one.state, one.attempts) == ("email", "m…@example.nl", "sent", 2)
    assert (one.created_at, one.sent_at, one.fault) == (START, START + timedelta(minutes=1), None)
    assert (two.channel, two.recipient, two.state) == ("sms", "06…21", "waiting")


def test_makers_see_the_newest_first(house, write):
    for key in "abc":
        write(key)
    with reading(house.engine) as connection:
        assert [row.dedupe_key for row in newest(connection, 2)] == ["c", "b"]
