"""The chain of events shows whether a row was altered, taken away or put in."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from portal.cases.events import broken_link, link
from portal.cases.models import CaseEvent
from portal.cases.workflow import Author
from tests.unit.cases.conftest import ANSWERS, somebody

LIFE = (
    ("offer", Author.SYSTEM, None),
    ("decline", Author.PROVIDER, "no_capacity"),
    ("offer", Author.RESIDENT, None),
    ("accept", Author.PROVIDER, None),
    ("came", Author.RESIDENT, None),
    ("nobody_came", Author.RESIDENT, None),
    ("came", Author.STAFF, None),
    ("end", Author.PROVIDER, None),
)
LAST = len(LIFE) + 2


@pytest.fixture
def lived(desk, case, clock):
    """A case with a whole life behind it, a message in the middle."""
    for number, (action, author, reason) in enumerate(LIFE):
        clock.forward(days=1, minutes=7)
        desk().take(case, action, author, reason)
        if number == 3:
            desk().say(case, Author.RESIDENT, "De bel is weer heel.")
    return case


@pytest.fixture
def events(session, lived):
    """The rows of that case, as they are stored."""
    query = select(CaseEvent.__table__).where(CaseEvent.case_id == lived.id).order_by(CaseEvent.number)
    return lambda: [row._asdict() for row in session.execute(query)]


def remove(session, case, number):
    session.execute(delete(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.number == number))


def test_every_step_is_one_event_with_who_when_from_where_to(lived, events):
    rows = events()
    assert [row["number"] for row in rows] == list(range(1, LAST + 1))
    assert [row["action"] for row in rows] == [
        "open", "offer", "decline", "offer", "accept", "message", "came", "nobody_came", "came", "end",
    ]  # fmt: skip
    for before, after in pairwise(rows):
        assert after["from_state"] == before["to_state"]
        assert after["at"] >= before["at"]
    assert rows[2]["reason"] == "no_capacity"
    assert rows[-1]["to_state"] == lived.state == "ended"


def test_the_chain_is_whole_after_a_whole_life(session, lived):
    assert broken_link(session, lived.id) is None


def test_a_case_without_events_is_broken_from_the_start(session, lived):
    session.execute(delete(CaseEvent).where(CaseEvent.case_id == lived.id))
    assert broken_link(session, lived.id) == 1


@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_a_row_that_is_taken_away_is_found(session, lived, number):
    remove(session, lived, number)
    assert broken_link(session, lived.id) == number


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("author", "staff"), ("action", "accept"), ("from_state", "submitted"), ("to_state", "ended"),
        ("reason", "other"), ("at", None), ("hash", "0" * 64),
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [1, 3, LAST])
def test_a_row_that_is_altered_is_found(session, lived, events, number, field, value):
    row = events()[number - 1]
    other = row["at"] + timedelta(seconds=1) if field == "at" else value
    if row[field] == other:
        other = "resident" if field == "author" else "came"
    remove(session, lived, number)
    session.execute(insert(CaseEvent).values(**row | {field: other}))
    assert broken_link(session, lived.id) == number


def test_a_row_that_was_altered_with_a_fitting_hash_is_found_at_the_next(session, lived, events):
    previous, row = events()[1:3]
    row["reason"] = "other"
    parts = (row["author"], row["action"], row["from_state"], row["to_state"], row["reason"])
    row["hash"] = link(previous["hash"], lived.id, 3, row["at"], parts)
    remove(session, lived, 3)
    session.execute(insert(CaseEvent).values(**row))
    assert broken_link(session, lived.id) == 4


def test_a_row_that_is_put_in_at_the_end_is_found_even_with_a_fitting_hash(session, lived, events):
    row = events()[-1]
    parts = ("staff", "came", "ended", "started", None)
    new = {
        "case_id": lived.id, "number": LAST + 1, "at": row["at"], "author": "staff", "action": "came",
        "from_state": "ended", "to_state": "started", "reason": None,
        "hash": link(row["hash"], lived.id, LAST + 1, row["at"], parts),
    }  # fmt: skip
    session.execute(insert(CaseEvent).values(**new))
    assert broken_link(session, lived.id) is not None


def test_an_event_cannot_be_moved_to_another_case(session, desk, lived, events):
    other = desk().open("key-2", dict(ANSWERS), somebody(), "nl").case
    row = events()[0]
    remove(session, other, 1)
    del row["id"]
    session.execute(insert(CaseEvent).values(**row | {"case_id": other.id}))
    assert broken_link(session, other.id) == 1


def test_the_database_refuses_to_change_an_event(session, lived):
    with pytest.raises(DBAPIError, match="events are only added"):
        session.execute(update(CaseEvent).where(CaseEvent.case_id == lived.id).values(author="staff"))


def test_the_database_refuses_two_events_of_one_number(session, lived, events):
    row = events()[0]
    del row["id"]
    with pytest.raises(DBAPIError):
        session.execute(insert(CaseEvent).values(**row))
