"""The checker of the kills finds what a kill could do; a check that sees nothing proves nothing."""

import pytest
from sqlalchemy import delete, insert, update

from portal.cases.models import AccessKey, Case, CaseEvent, Contact, Draft, Term
from portal.cleaning.models import Offer
from portal.foundation.outbox import OutboxRow
from portal.messaging.models import Message
from tests.chaos import checker
from tests.chaos.checker import Told, look
from tests.unit.cases.conftest import ANSWERS
from tests.unit.cleaning.asking import Books
from tests.unit.cleaning.conftest import ask, service_on

WHOLE, HURT, CALLED = Told("whole", "Bewoner 1"), Told("hurt", "Bewoner 2"), Told("called", "Bewoner 3", hears=False)
EVERYBODY = (WHOLE, HURT, CALLED)


@pytest.fixture
def case(session, clock, zwolle):
    """One of three requests that are whole: this one will be hurt."""
    session.rollback()
    Books(zwolle).empty()
    service = service_on(session, clock)
    ask(service, key=WHOLE.key, name=WHOLE.name)
    ask(service, "de-bezem", key=CALLED.key, name=CALLED.name, way="phone")
    return ask(service, key=HURT.key, name=HURT.name)


def test_nothing_is_found_where_all_is_well(case, session):
    assert look(session, EVERYBODY) == {}


def test_a_request_that_is_gone_is_lost(case, session):
    session.execute(delete(Case).where(Case.id == case.id))
    assert look(session, EVERYBODY) == {checker.LOST: [HURT.key]}


def test_a_person_with_two_requests_is_doubled_under_whatever_key(case, session, clock):
    ask(service_on(session, clock), key="again", name=HURT.name)
    assert look(session, EVERYBODY) == {checker.DOUBLED: [HURT.key], checker.UNASKED: ["again"]}


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (delete(Contact), checker.NO_CONTACT),
        (delete(Term), checker.NO_TERM),
        (delete(Offer), checker.NO_OFFER),
        (update(Offer).values(state="lapsed"), checker.NO_OFFER),
        (delete(AccessKey), checker.NO_LINK),
    ],
    ids=["contact", "term", "offer", "open offer", "link"],
)
def test_what_a_request_lacks_is_named(case, session, rows, fault):
    session.execute(rows.where(rows.table.c.case_id == case.id))
    assert look(session, EVERYBODY) == {fault: [HURT.key]}


@pytest.mark.parametrize("number", [1, 2])
def test_a_request_without_an_event_is_named_and_its_chain_is_broken(case, session, number):
    session.execute(delete(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.number == number))
    assert look(session, EVERYBODY) == {checker.NO_EVENT: [HURT.key], checker.BROKEN: [HURT.key]}


def test_an_event_that_says_something_else_breaks_the_chain(case, session):
    event = session.query(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.number == 1).one()
    columns = {column.name: getattr(event, column.name) for column in CaseEvent.__table__.columns}
    session.execute(delete(CaseEvent).where(CaseEvent.id == event.id))
    session.execute(insert(CaseEvent).values({**columns, "author": "staff"}))
    session.expire_all()
    assert look(session, EVERYBODY) == {checker.BROKEN: [HURT.key]}


@pytest.mark.parametrize("occasion", ["received", "ask"])
def test_a_request_without_one_of_its_messages_is_named(case, session, occasion):
    session.execute(delete(Message).where(Message.dedupe_key.startswith(f"{case.id}:{occasion}:")))
    assert look(session, EVERYBODY) == {checker.NO_MESSAGE: [HURT.key]}


def test_a_message_that_no_worker_will_find_is_named(case, session):
    (first, *_) = session.query(Message).where(Message.about == case.id).order_by(Message.id)
    (row,) = [
        row for row in session.query(OutboxRow).where(OutboxRow.kind == "message") if row.payload["id"] == first.id
    ]
    session.delete(row)
    session.flush()
    assert look(session, EVERYBODY) == {checker.NO_OUTBOX: [HURT.key]}


def test_a_message_that_leaves_twice_is_named(case, session, clock):
    (first, *_) = session.query(Message).where(Message.about == case.id).order_by(Message.id)
    session.add(OutboxRow(kind="message", payload={"id": first.id}, due_at=clock.now()))
    session.flush()
    assert look(session, EVERYBODY) == {checker.TWICE: [HURT.key]}


def test_somebody_who_saw_another_number_is_named(case, session):
    told = Told(HURT.key, HURT.name, number="7KD4 MW3F")
    assert look(session, (WHOLE, told, CALLED)) == {checker.OTHER_NUMBER: [HURT.key]}


def test_a_draft_that_could_be_sent_again_is_named(case, session, clock):
    session.add(Draft(hash="x", kind="cleaning", answers=ANSWERS, send_key=HURT.key, expires_at=clock.now()))
    session.flush()
    assert look(session, EVERYBODY) == {checker.DRAFT_LEFT: [HURT.key]}
