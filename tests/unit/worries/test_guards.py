"""What the database refuses, whoever writes it: a person who does not know, one who decides alone, half a name."""

from datetime import date

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from portal.cases.models import Case
from portal.worries.models import WorryPerson
from portal.worries.services import Named
from tests.unit.worries.conftest import PERSON, WHY

KNOWN = {"informed_on": date(2026, 11, 23), "informed_how": "visit", "informed_by": 1}


def put(session, case, **columns):
    session.execute(update(WorryPerson).where(WorryPerson.case_id == case.id).values(**columns))


def move(session, case, state):
    session.execute(text('UPDATE "case" SET state = :state WHERE id = :id'), {"state": state, "id": case.id})


def refused(session, act):
    with pytest.raises(DBAPIError), session.begin_nested():
        act()


@pytest.mark.parametrize("state", ["informed", "offered", "no_action", "refused"])
def test_no_state_says_that_the_person_knows_before_it_is_so(named, session, state):
    refused(session, lambda: move(session, named, state))
    put(session, named, **KNOWN)
    move(session, named, state)


def test_not_even_in_a_worry_without_anybody_in_it(worry, session):
    case = worry()
    refused(session, lambda: move(session, case, "no_action"))


def test_nor_as_a_new_row(named, session):
    columns = "kind, channel, locale, answers, received_at, moved_at, sort_on, head, version"
    insert = (f'INSERT INTO "case" (id, reference, send_key, state, {columns}) '
              f"SELECT 'nieuw', 'AAAA2222', 'k2', 'refused', {columns} FROM \"case\" WHERE id = :id")  # fmt: skip
    refused(session, lambda: session.execute(text(insert), {"id": named.id}))
    session.execute(text(insert.replace("'refused'", "'named'")), {"id": named.id})


def test_another_kind_may_be_what_it_likes(named, session):
    session.execute(update(Case).where(Case.id == named.id).values(kind="cleaning", state="refused"))


def test_that_the_person_knew_is_not_taken_back(named, session):
    put(session, named, **KNOWN)
    refused(session, lambda: put(session, named, informed_on=None))


def test_one_person_does_not_decide_alone_on_safety(named, session):
    refused(session, lambda: move(session, named, "safety"))
    decided = {"safety_by": 1, "safety_why": "Gevaar.", "safety_review_on": date(2026, 12, 1)}
    put(session, named, **decided)
    refused(session, lambda: move(session, named, "safety"))
    refused(session, lambda: put(session, named, safety_second=1))
    put(session, named, safety_second=2)
    move(session, named, "safety")


@pytest.mark.parametrize("without", ["safety_why", "safety_review_on"])
def test_a_decision_on_safety_has_a_reason_and_a_day_of_review(named, session, without):
    decided = {"safety_by": 1, "safety_why": "Gevaar.", "safety_review_on": date(2026, 12, 1)}
    refused(session, lambda: put(session, named, **{**decided, without: "" if without == "safety_why" else None}))


def test_nobody_is_a_second_person_without_a_first(named, session):
    refused(session, lambda: put(session, named, safety_second=2))


def test_a_source_is_hidden_for_a_reason(worry, session):
    case = worry(named=Named(**PERSON, hidden_why=WHY))
    refused(session, lambda: put(session, case, source_hidden_why=""))


def test_that_the_person_was_told_says_how_and_by_whom(named, session):
    refused(session, lambda: put(session, named, informed_on=date(2026, 11, 23)))
    refused(session, lambda: put(session, named, **{**KNOWN, "informed_how": "gerucht"}))


def test_erased_is_wholly_erased(named, session, clock):
    refused(session, lambda: put(session, named, erased_at=clock.now()))
    refused(session, lambda: put(session, named, erased_at=clock.now(), name="", postcode="", house="", phone=None))


def test_too_late_is_only_what_has_no_name_any_more(named, service, session):
    refused(session, lambda: move(session, named, "lapsed"))
    service().erase(named)
    move(session, named, "lapsed")
