"""Whom a complaint is about: told once, kept out of it, and told of every date that both sides have to hear."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.models import CaseEvent
from portal.cases.notices import about_for_staff
from portal.cases.wall_models import CaseWall
from portal.cases.workflow import NotSo, StepRefused
from portal.complaints.models import ComplaintConcerned
from portal.complaints.outcomes import Offered
from portal.complaints.words import STAFF_TEXTS
from portal.foundation.i18n import SOURCE
from portal.messaging.models import Message
from portal.messaging.rules import check_subject
from portal.ui.dates import day_and_year
from tests.clock import START
from tests.desk import hire, leads, works
from tests.unit.complaints.conftest import EMAIL

SAID = "Er werd niet geluisterd."


@pytest.fixture
def boss(session, clock):
    """Leads Midden."""
    return hire(session, clock.now(), "Carla Smit", leads("midden"))


@pytest.fixture
def case(session, clock, told):
    """One about Midden, in hand."""
    found = told(SAID)
    found.owner_id = hire(session, clock.now(), "Hanna Visser", works("holtenbroek"))
    session.flush()
    return found


@pytest.fixture
def handle(complaints, case):
    """The service of who has it in hand."""
    return complaints(case.owner_id)


@pytest.fixture
def mails(session, case):
    return lambda: [row for row in session.scalars(select(Message).order_by(Message.id))
                    if row.about == about_for_staff(case.id)]  # fmt: skip


def refused(act, *given, **more):
    with pytest.raises(NotSo) as fault:
        act(*given, **more)
    return str(fault.value)


def test_who_leads_the_team_is_told_with_ten_working_days_to_react(session, case, handle, boss, mails):
    handle.tell_concerned(case, team="midden")
    row = session.scalars(select(ComplaintConcerned)).one()
    assert (row.staff_id, row.react_by) == (boss, date(2026, 12, 7))
    (mail,) = mails()
    assert mail.recipient == "carla.smit@staff.example"
    assert "7 december 2026" in mail.text
    assert "Hanna Visser" in mail.text
    assert not [word for word in (SAID, EMAIL, "Zonneveld", "8011") if word in mail.text]


def test_the_copy_is_on_paper_says_what_was_said_and_not_by_whom(session, case, handle, boss):
    handle.tell_concerned(case, team="midden")
    letter = session.scalars(select(Message).where(Message.channel == "letter")).one()
    assert (letter.about, letter.recipient) == (case.id, "Carla Smit\nGemeente Zwolle")
    assert f"1. {SAID}" in letter.text
    assert not [word for word in (EMAIL, "Zonneveld", "8011", "0612349876") if word in letter.text]


def test_by_name_a_wall_comes_with_it(session, case, handle, clock):
    ids = hire(session, clock.now(), "Ids de Boer")
    handle.tell_concerned(case, staff_id=ids)
    walls = session.scalars(
        select(CaseWall.staff_id).where(CaseWall.case_id == case.id, CaseWall.staff_id.is_not(None))
    )
    assert list(walls) == [ids]
    assert refused(handle.tell_concerned, case, staff_id=ids) == "known"


def test_a_second_coordinator_of_the_team_is_told_later_and_the_first_once(session, case, handle, boss, mails, clock):
    handle.tell_concerned(case, team="midden")
    other = hire(session, clock.now(), "Dirk Later", leads("midden"))
    handle.tell_concerned(case, team="midden")
    assert {row.staff_id for row in session.scalars(select(ComplaintConcerned))} == {boss, other}
    assert [row.recipient.split("@")[0] for row in mails()] == ["carla.smit", "dirk.later"]


def test_it_is_refused_without_a_handler_by_themselves_and_where_nobody_leads(session, complaints, case, handle):
    assert refused(handle.tell_concerned, case, team="midden") == "nobody"
    assert refused(handle.tell_concerned, case, staff_id=case.owner_id) == "self"
    owner, case.owner_id = case.owner_id, None
    assert refused(complaints(owner).tell_concerned, case, team="midden") == "owner"


def test_what_is_to_be_signed_asks_nobody_any_more(case, handle, boss):
    case.state = "concluded"
    with pytest.raises(StepRefused):
        handle.tell_concerned(case, team="midden")


def test_both_sides_hear_of_four_weeks_more_with_the_same_date(session, case, handle, boss, mails):
    handle.tell_concerned(case, team="midden")
    handle.extend(case, "Wij wachten op een verslag.")
    due = day_and_year(handle.terms.due(handle.of(case)), SOURCE)
    theirs = session.scalars(select(Message).where(Message.about == case.id, Message.channel == "email"))
    assert due in mails()[-1].text
    assert due in list(theirs)[-1].text
    assert "verslag" not in mails()[-1].text


def test_a_hearing_of_their_own_is_told_to_who_was_told_before(case, handle, boss, mails):
    case.state = "formal"
    handle.offer_hearing(case, Offered("concerned", START.replace(day=30), "Stadskantoor"))
    assert mails() == []
    handle.tell_concerned(case, team="midden")
    handle.offer_hearing(case, Offered("complainant", START.replace(day=30), "Bij u thuis"))
    assert len(mails()) == 1
    handle.offer_hearing(case, Offered("concerned", START.replace(day=30), "Stadskantoor"))
    assert "30 november 2026 om 10:00" in mails()[-1].text
    assert "Stadskantoor" in mails()[-1].text


def test_it_is_a_line_in_the_story_without_a_name(session, case, handle, boss):
    handle.tell_concerned(case, team="midden")
    last = session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number.desc())
    ).first()
    assert (last.action, last.reason, last.staff_id) == ("tell_concerned", None, case.owner_id)


@pytest.mark.parametrize("moment", sorted(STAFF_TEXTS.moments("nl")))
def test_no_subject_tells_what_it_is_about(moment):
    class Anything(dict[str, str]):
        def __missing__(self, key):
            return key

    check_subject(STAFF_TEXTS.say(moment, SOURCE, Anything()).subject)
