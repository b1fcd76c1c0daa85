"""A request is opened once, its promises are kept as they were made, and it ends wholly."""

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from portal.cases.models import AccessKey, Case, CaseEvent, CaseMessage, Contact, Term
from portal.cases.references import hashed
from portal.cases.services import LONGEST_MESSAGE, MOST_MESSAGES, CaseDesk, TooMuch
from portal.cases.workflow import Author, StepRefused
from portal.cleaning.kind import CLEANING
from portal.foundation.db import writing
from portal.foundation.policies import PolicyRow, read_policies
from tests.clock import START
from tests.unit.cases.conftest import ANSWERS, somebody


def terms(session, case):
    rows = session.scalars(select(Term).where(Term.case_id == case.id).order_by(Term.key, Term.number))
    return [(row.key, row.number, row.due_on, row.ended_on) for row in rows]


def test_a_request_is_opened_with_contact_first_event_and_a_link(session, opened, case, clock):
    assert opened.new
    assert (case.kind, case.state, case.received_at) == ("cleaning", "submitted", clock.now())
    assert session.get(Contact, case.id).name == "Mevrouw Jansen"
    assert session.get(AccessKey, hashed(opened.token)).purpose == "follow"
    assert session.scalars(select(CaseEvent.action).where(CaseEvent.case_id == case.id)).all() == ["open"]


def test_the_same_key_again_is_the_same_case_and_tells_no_second_link(session, desk, opened):
    again = desk().open("key-1", {**ANSWERS, "note": "anders"}, somebody(name="Iemand anders"), "ar")
    assert (again.case.id, again.token, again.new) == (opened.case.id, "", False)
    assert again.case.answers["note"] == ""
    assert session.get(Contact, opened.case.id).name == "Mevrouw Jansen"
    assert len(session.scalars(select(CaseEvent).where(CaseEvent.case_id == opened.case.id)).all()) == 1


def test_two_keys_are_two_cases_with_names_of_their_own(desk, opened):
    other = desk().open("key-2", dict(ANSWERS), somebody(), "nl").case
    assert len({opened.case.id, other.id}) == len({opened.case.reference, other.reference}) == 2


def test_the_same_form_sent_by_two_threads_at_once_is_one_request(zwolle, books, clock):
    start, found, faults = Barrier(2), [], []

    def send():
        try:
            start.wait()
            with writing(zwolle.engine) as session:
                policies = read_policies(session.connection(), START.date())
                opened = CaseDesk(session, CLEANING, policies, clock.now()).open("twice", ANSWERS, somebody(), "nl")
                found.append((opened.case.id, opened.new))
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len({case_id for case_id, _new in found}) == 1
    assert sorted(new for _id, new in found) == [False, True]
    assert [len(books.rows(table)) for table in (Case, Contact, CaseEvent, AccessKey)] == [1, 1, 1, 1]


def test_a_step_begins_its_promise_with_the_rule_as_it_is_now(session, desk, case):
    desk().take(case, "offer", Author.SYSTEM)
    assert terms(session, case) == [("cleaning_provider_answer", 1, date(2026, 11, 25), None)]
    term = session.scalar(select(Term))
    assert (term.rule, term.legal_basis) == ("2 working_days", "Belofte van de gemeente; afspraak met de aanbieders")


def test_a_rule_that_changes_later_changes_no_promise_that_was_made(session, desk, case, clock):
    desk().take(case, "offer", Author.SYSTEM)
    session.execute(update(PolicyRow).where(PolicyRow.key == "cleaning_provider_answer").values(value=9))
    desk().take(case, "decline", Author.PROVIDER, "other")
    changed = CaseDesk(session, CLEANING, read_policies(session.connection(), START.date()), clock.now())
    changed.take(case, "offer", Author.RESIDENT)
    of_providers = [term for term in terms(session, case) if term[0] == "cleaning_provider_answer"]
    assert of_providers == [
        ("cleaning_provider_answer", 1, date(2026, 11, 25), date(2026, 11, 23)),
        ("cleaning_provider_answer", 2, date(2026, 12, 4), None),
    ]
    asked = select(Term).where(Term.key == "cleaning_provider_answer").order_by(Term.number)
    assert [term.rule for term in session.scalars(asked)] == [
        "2 working_days",
        "9 working_days",
    ]


@pytest.mark.parametrize(
    ("offered", "due"),
    [
        ("2026-11-27T10:00:00+01:00", date(2026, 12, 1)),  # Friday: not over the weekend
        ("2026-11-28T10:00:00+01:00", date(2026, 12, 1)),
        ("2026-12-23T10:00:00+01:00", date(2026, 12, 28)),  # both days of Christmas
        ("2026-11-25T23:30:00+00:00", date(2026, 11, 30)),  # after midnight in Zwolle: Thursday already
    ],
)
def test_promises_are_counted_in_working_days_of_this_country(session, desk, case, clock, offered, due):
    from datetime import datetime

    clock.set(datetime.fromisoformat(offered))
    desk().take(case, "offer", Author.SYSTEM)
    assert session.scalar(select(Term.due_on)) == due


def test_a_promise_that_was_kept_ends_and_the_next_one_begins(session, desk, case, clock):
    desk().take(case, "offer", Author.SYSTEM)
    clock.forward(days=1)
    desk().take(case, "accept", Author.PROVIDER)
    assert terms(session, case) == [
        ("cleaning_provider_answer", 1, date(2026, 11, 25), date(2026, 11, 24)),
        ("cleaning_start", 1, date(2026, 12, 8), None),
    ]
    assert [term.key for term in desk().open_terms(case)] == ["cleaning_start"]


def test_a_request_that_is_closed_has_no_open_promise(desk, case, clock):
    desk().take(case, "offer", Author.SYSTEM)
    desk().take(case, "accept", Author.PROVIDER)
    assert case.closed_at is None
    desk().take(case, "withdraw", Author.RESIDENT)
    assert (case.state, case.closed_at, list(desk().open_terms(case))) == ("withdrawn", clock.now(), [])


def test_a_step_that_is_refused_changes_nothing(session, desk, case):
    with pytest.raises(StepRefused):
        desk().take(case, "accept", Author.PROVIDER)
    assert case.state == "submitted"
    assert terms(session, case) == []
    assert len(session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)).all()) == 1


def test_a_message_is_kept_and_written_down_without_its_words(session, desk, case):
    desk().say(case, Author.RESIDENT, "De sleutel ligt bij de buren.")
    message = session.scalar(select(CaseMessage).where(CaseMessage.case_id == case.id))
    assert (message.text, message.author) == ("De sleutel ligt bij de buren.", "resident")
    events = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)).all()
    assert [event.action for event in events] == ["open", "message"]
    assert "sleutel" not in str([vars(event) for event in events])


def test_a_message_that_is_too_long_loses_its_end_and_one_too_many_is_refused(session, desk, case):
    desk().say(case, Author.RESIDENT, "a" * (LONGEST_MESSAGE + 1))
    assert len(session.scalar(select(CaseMessage.text))) == LONGEST_MESSAGE
    for _ in range(MOST_MESSAGES - 1):
        desk().say(case, Author.RESIDENT, "nog een")
    with pytest.raises(TooMuch):
        desk().say(case, Author.RESIDENT, "één te veel")
