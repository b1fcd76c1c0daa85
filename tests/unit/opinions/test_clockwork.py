"""What happens by itself: silence, somebody who is not independent any more, and what is put away."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact
from portal.foundation.db import writing
from portal.opinions.clockwork import Daily
from portal.opinions.models import Expert, Invitation
from tests.unit.cleaning.asking import Books
from tests.unit.opinions.asking import EMAIL, FACTS, NAME, an_expert, an_office, judging, path
from tests.unit.opinions.conftest import ANSWERS, PLAN

office = pytest.fixture(an_office)


@pytest.fixture
def books(office, zwolle):
    return Books(zwolle)


@pytest.fixture
def invited(office, zwolle, clock):
    """Somebody asked, and an expert was asked to judge."""
    with writing(zwolle.engine) as session:
        desk = judging(session, clock)
        contact = Contact(name=NAME, postcode="8011PK", house="127", way="email", email=EMAIL, voicemail=False,
                          interpreter=False)  # fmt: skip
        case = desk.file("sent", dict(ANSWERS), PLAN, contact, Entry("nl")).case
        desk.acknowledge(case)
        desk.check_plan(case, FACTS)
        desk.invite(case, an_expert(session))


def look(zwolle, clock):
    return Daily()(zwolle, clock, path)


def test_an_expert_has_two_working_days_and_then_another_is_looked_for(invited, zwolle, clock, books):
    clock.forward(days=2)
    assert look(zwolle, clock) == 0
    assert books.the(Invitation).state == "invited"
    clock.forward(days=1)
    assert look(zwolle, clock) == 1
    assert (books.the(Invitation).state, books.the(Case).state) == ("ended", "acknowledged")
    assert look(zwolle, clock) == 0


def test_who_changes_employer_is_out_the_next_day(invited, office, zwolle, clock, books):
    office.does(lambda desk, case, _session: desk.propose(case, "Ik ben onafhankelijk."))
    assert look(zwolle, clock) == 0
    with writing(zwolle.engine) as session:
        session.scalars(select(Expert)).one().employer = "Frion"
    assert look(zwolle, clock) == 1
    assert (books.the(Invitation).state, books.the(Invitation).why) == ("ended", "provider")
    assert "kan niet naar uw plan kijken" in books.messages(EMAIL)[-1].text


def test_once_a_day_is_enough(invited, zwolle, clock):
    daily = Daily()
    assert daily(zwolle, clock, path) == 0
    clock.forward(days=3)
    assert daily(zwolle, clock, path) == 1
    assert daily(zwolle, clock, path) == 0


def test_who_is_not_content_has_six_weeks_to_read_where_else_to_go(invited, office, zwolle, clock, books):
    for act in (lambda desk, case: desk.propose(case, "Ik ben onafhankelijk."),
                lambda desk, case: desk.accept(case, "resident"),
                lambda desk, case: desk.release(case, "resident", ["words"]),
                lambda desk, case: desk.judge(case, "yes", "", "Het is goed zo.", None),
                lambda desk, case: desk.answer(case, "resident", "not_agree"),
                lambda desk, case: desk.talk_on(case, "Wij vertelden waar u terechtkunt.")):  # fmt: skip
        office.does(lambda desk, case, _session, act=act: act(desk, case))
    clock.forward(days=41)
    assert look(zwolle, clock) == 0
    clock.set(clock.now() + timedelta(days=1))
    assert look(zwolle, clock) == 1
    assert books.the(Case).state == "closed"
    assert "U kunt nog altijd verder" in books.messages(EMAIL)[-1].text
