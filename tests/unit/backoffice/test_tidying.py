"""What would else be left lying: cases of who left, the words of letters in the post, the desk's own mails."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Staff
from portal.accounts.services import StaffAccounts
from portal.backoffice.models import Digest
from portal.backoffice.tidying import OWN_MAIL_STAYS, PRINTED_STAYS, release_left, tidy
from portal.cases.events import broken_link
from portal.cases.models import CaseEvent
from portal.cleaning.kind import CLEANING
from portal.foundation.clock import today
from portal.foundation.db import writing
from portal.messaging.models import Message
from portal.messaging.services import Messages
from tests.desk import an_office, leads, works

office = pytest.fixture(an_office)


@pytest.fixture
def release(office, clock):
    """Looks which cases are of nobody any more; gives how many."""
    return lambda: release_left(office.site, clock.now(), [CLEANING])


@pytest.fixture
def held(office):
    """A case that somebody has in hand: `held(mila)` gives its number."""

    def taken(colleague, team="midden"):
        reference = office.ask(team, way="phone")
        office.change(reference, owner_id=colleague.staff_id)
        return reference

    return taken


def test_the_cases_of_who_left_go_back_to_the_team_and_it_is_written_down(office, held, release):
    mila, piet = office.colleague("Mila", works("midden")), office.colleague("Piet", works("midden"))
    hers, also_hers, his = held(mila), held(mila), held(piet)
    office.leaves(mila)
    assert release() == 2
    assert [office.case(one).owner_id for one in (hers, also_hers, his)] == [None, None, piet.staff_id]
    last = office.about(CaseEvent, hers)[-1]
    assert (last.action, last.author, last.staff_id) == ("release", "system", None)
    with writing(office.site.engine) as session:
        assert broken_link(session, office.case(hers).id) is None
    assert release() == 0


def test_who_works_in_another_team_now_keeps_only_the_cases_there(office, held, release, clock):
    mila = office.colleague("Mila", works("midden"), works("holtenbroek"))
    here, there = held(mila), held(mila, "holtenbroek")
    with writing(office.site.engine) as session:
        accounts = StaffAccounts(session, clock.now(), today(clock))
        accounts.end_grant(session.get(Staff, mila.staff_id), *works("midden"))
    assert release() == 1
    assert (office.case(here).owner_id, office.case(there).owner_id) == (None, mila.staff_id)


@pytest.mark.parametrize(("role", "kept"), [(works("midden"), False), (leads("schelle"), True)])
def test_a_case_without_a_team_is_held_by_a_coordinator_only(office, held, release, role, kept):
    mila = office.colleague("Mila", role)
    reference = held(mila, None)
    assert release() == (0 if kept else 1)
    assert (office.case(reference).owner_id == mila.staff_id) is kept


def test_what_is_done_stays_with_who_did_it(office, held, release, clock):
    mila = office.colleague("Mila", works("midden"))
    reference = held(mila)
    office.change(reference, closed_at=clock.now())
    office.leaves(mila)
    assert release() == 0
    assert office.case(reference).owner_id == mila.staff_id


def test_a_kind_that_is_not_here_is_left_alone(office, held, clock):
    mila = office.colleague("Mila", works("midden"))
    held(mila)
    office.leaves(mila)
    assert release_left(office.site, clock.now(), []) == 0


# --- letters and mails


@pytest.fixture
def printed(office, clock):
    """A letter that was printed now; gives its number."""
    office.ask(way="letter")
    number = next(row.id for row in office.books.rows(Message) if row.channel == "letter")
    with writing(office.site.engine) as session:
        Messages(session, clock.now()).printed(number)
    return number


def words(office, number):
    return next(row.text for row in office.books.rows(Message) if row.id == number)


def test_a_day_after_it_was_printed_a_letter_has_no_words(office, printed, clock):
    clock.forward(hours=23)
    assert tidy(office.site, clock.now()) == 0
    assert words(office, printed)
    clock.forward(hours=1)
    assert tidy(office.site, clock.now()) == 1
    assert words(office, printed) == ""
    assert tidy(office.site, clock.now()) == 0
    assert timedelta(days=1) == PRINTED_STAYS


def test_a_letter_that_waits_keeps_its_words_however_long(office, clock):
    office.ask(way="letter")
    clock.forward(days=300)
    tidy(office.site, clock.now())
    assert all(row.text for row in office.books.rows(Message))


def test_a_mail_of_the_morning_goes_after_a_month_and_messages_about_cases_do_not(office, clock):
    office.ask(way="email")
    with writing(office.site.engine) as session:
        Messages(session, clock.now()).send(
            dedupe_key="digest:1", about="staff:1", channel="email", recipient="mila@staff.example",
            subject="Wat er vandaag wacht", text="Goedemorgen", locale="nl",
        )  # fmt: skip
        session.add(Digest(day=clock.now().date(), made_at=clock.now()))
    before = len(office.books.rows(Message))
    clock.forward(days=29)
    assert tidy(office.site, clock.now()) == 0
    clock.forward(days=1)
    assert tidy(office.site, clock.now()) == 1
    assert len(office.books.rows(Message)) == before - 1
    assert office.books.rows(Digest) == []
    assert timedelta(days=30) == OWN_MAIL_STAYS


def test_words_of_a_mail_that_was_sent_are_not_ours_to_blank(office, clock):
    office.ask(way="email")
    with writing(office.site.engine) as session:
        session.execute(update(Message).values(state="sent", sent_at=clock.now()))
    clock.forward(days=2)
    assert tidy(office.site, clock.now()) == 0
    with office.site.engine.connect() as connection:
        assert all(connection.execute(select(Message.text)).scalars())
