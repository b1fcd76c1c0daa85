"""Reports: who may write what, which one counts, who hears it; and nothing of it in a mail."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from portal.cases.events import broken_link
from portal.cases.models import CaseEvent, Representative, Term
from portal.cases.services import MOST_MESSAGES, TooMuch
from portal.cases.workflow import Author, StepRefused
from portal.conversations.models import Reply, Report
from portal.conversations.plan import last_reply, newest_report, plan_facts, replies_of, reports_of, ways_are_open
from portal.conversations.reports import NewerReport, NotDiscussed, TooEarly
from portal.foundation.i18n import LOCALES
from portal.foundation.policies import read_policies
from portal.messaging.models import Message
from tests.unit.conversations.planning import COSTS, FOUND, IN_SPRING, PLAN, REPORT, reports, talked

MILA, PIET = 7, 8
BEHIND_A_CODE = (FOUND, PLAN, COSTS, "anarie zingt", "Zonneveld")


@pytest.fixture
def case(session, clock):
    """A request after the talk."""
    return talked(session, clock.now())


@pytest.fixture
def staff(session, clock):
    """Mila at her desk, as it is now."""
    return lambda staff_id=MILA: reports(session, clock.now(), staff_id)


@pytest.fixture
def resident(session, clock):
    """Who it is about, as it is now."""
    return lambda: reports(session, clock.now())


@pytest.fixture
def mails(session):
    """The messages to the resident, the oldest first."""
    return lambda: session.scalars(select(Message).order_by(Message.id)).all()


def actions(session, case):
    return session.scalars(
        select(CaseEvent.action).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number)
    ).all()


# Sending


def test_a_report_ends_the_six_weeks_and_the_resident_hears_that_it_is_there(session, case, staff, mails):
    report = staff().send(case, **REPORT)
    assert (case.state, report.number, report.staff_id) == ("report_sent", 1, MILA)
    assert [term.ended_on for term in session.scalars(select(Term).where(Term.case_id == case.id))].count(None) == 0
    (mail,) = mails()
    assert mail.subject.startswith("Uw verslag is klaar")
    assert "U hoeft niet te tekenen." in mail.text
    assert not [word for word in BEHIND_A_CODE if word in mail.subject + mail.text]


def test_a_letter_holds_the_report_itself(session, clock, staff, mails):
    case = talked(session, clock.now(), way="letter")
    staff().send(case, **REPORT)
    (letter,) = mails()
    assert letter.channel == "letter"
    for word in (FOUND, PLAN, COSTS, "1 maart 2027"):
        assert word in letter.text


def test_a_changed_report_takes_the_next_number_and_the_old_one_stays(session, case, staff, mails):
    staff().send(case, **REPORT)
    changed = staff(PIET).send(case, **REPORT | {"plan": "Iets anders."})
    assert (changed.number, changed.staff_id) == (2, PIET)
    assert [(one.number, one.plan) for one in reports_of(session, case.id)] == [(2, "Iets anders."), (1, PLAN)]
    assert len(mails()) == 2


def test_the_same_report_sent_twice_is_one(session, case, staff, mails):
    first = staff().send(case, **REPORT)
    assert staff().send(case, **REPORT) is first
    assert (len(reports_of(session, case.id)), len(mails())) == (1, 1)
    assert actions(session, case).count("report") == 1


@pytest.mark.parametrize("days", [-400, -1, 0])
def test_a_plan_is_looked_at_again_in_the_future(session, case, staff, clock, days):
    day = clock.now().date() + timedelta(days=days)
    with pytest.raises(TooEarly):
        staff().send(case, **REPORT | {"evaluate_on": day})
    assert (case.state, newest_report(session, case.id)) == ("talked", None)


@pytest.mark.parametrize("missing", ["budget_discussed", "choices_shown"])
def test_without_what_the_law_asks_there_is_no_report_here_nor_in_the_database(session, case, staff, missing):
    with pytest.raises(NotDiscussed):
        staff().send(case, **REPORT | {missing: False})
    assert case.state == "talked"
    staff().send(case, **REPORT)
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE conversation_report SET {missing} = false"))


def test_before_the_talk_and_after_the_end_there_is_no_report(session, case, staff):
    for state in ("received", "booked", "no_contact", "plan_agreed", "closed", "withdrawn"):
        case.state = state
        with pytest.raises(StepRefused):
            staff().send(case, **REPORT)
    assert newest_report(session, case.id) is None


# The resident answers


def test_a_remark_changes_nothing_but_waits_for_us_until_the_report_is_changed(session, case, staff, resident, mails):
    staff().send(case, **REPORT)
    resident().reply(case, 1, "remark", "De kanarie is een parkiet.")
    assert (case.state, case.asks_since is not None) == ("report_sent", True)
    assert [(one.view, one.number, one.staff_id) for one in replies_of(session, case.id)] == [("remark", 1, None)]
    assert len(mails()) == 1
    staff().send(case, **REPORT | {"found": "De parkiet zingt te hard."})
    assert case.asks_since is None


def test_who_agrees_reads_what_happens_when_it_is_looked_at_again_and_that_a_second_opinion_is_possible(
    session, case, staff, resident, mails
):
    staff().send(case, **REPORT)
    resident().reply(case, 1, "agree", "")
    assert case.state == "plan_agreed"
    said = mails()[-1].text
    assert "Wat gebeurt er nu?" in said
    assert "1 maart 2027" in said
    assert "second opinion" in said
    assert not [word for word in BEHIND_A_CODE if word in said]


def test_an_agreed_plan_on_paper_says_who_does_what_and_what_it_costs(session, clock, staff, resident, mails):
    case = talked(session, clock.now(), way="letter")
    staff().send(case, **REPORT)
    resident().reply(case, 1, "agree", "")
    assert PLAN in mails()[-1].text
    assert COSTS in mails()[-1].text


def test_who_does_not_agree_reads_the_four_ways_and_by_when_is_decided(session, case, staff, resident, mails):
    staff().send(case, **REPORT)
    assert not ways_are_open(session, case)
    resident().reply(case, 1, "disagree", "Ik wil een budget.")
    assert (case.state, ways_are_open(session, case)) == ("plan_not_agreed", True)
    said = mails()[-1].text
    for way in ("second opinion", "aanvraag", "klacht", "cliëntondersteuner", "7 december 2026"):
        assert way in said
    assert "budget" not in said


def test_after_no_a_changed_report_or_yes_is_possible_and_after_yes_no(session, case, staff, resident):
    staff().send(case, **REPORT)
    resident().reply(case, 1, "disagree", "")
    resident().reply(case, 1, "agree", "")
    assert (case.state, ways_are_open(session, case)) == ("plan_agreed", False)
    resident().reply(case, 1, "disagree", "")
    staff().send(case, **REPORT | {"plan": "Iets anders."})
    assert case.state == "report_sent"
    assert broken_link(session, case.id) is None


def test_an_answer_is_to_the_report_that_was_read(session, case, staff, resident):
    staff().send(case, **REPORT)
    staff().send(case, **REPORT | {"plan": "Iets anders."})
    for view in ("agree", "disagree", "remark"):
        with pytest.raises(NewerReport):
            resident().reply(case, 1, view, "Prima.")
    assert (case.state, replies_of(session, case.id)) == ("report_sent", [])
    resident().reply(case, 2, "agree", "")
    assert last_reply(session, case.id).number == 2


def test_an_answer_to_no_report_is_none(session, case, resident):
    with pytest.raises(NewerReport):
        resident().reply(case, 1, "agree", "")


@pytest.mark.parametrize("view", ["agree", "disagree", "remark"])
def test_the_same_answer_sent_twice_is_one(session, case, staff, resident, mails, view):
    staff().send(case, **REPORT)
    for _ in range(2):
        resident().reply(case, 1, view, "Zo is het.")
    assert len(replies_of(session, case.id)) == 1
    assert len(mails()) == (1 if view == "remark" else 2)


def test_who_speaks_for_somebody_may_remark_and_never_say_yes_or_no(session, clock, staff, resident):
    helper = Representative(name="Piet", relation="carer", phone=None, email="piet@example.nl", gets_messages=True)
    case = talked(session, clock.now(), representative=helper)
    staff().send(case, **REPORT)
    for view in ("agree", "disagree"):
        with pytest.raises(StepRefused):
            resident().reply(case, 1, view, "Namens haar.", Author.REPRESENTATIVE)
    assert replies_of(session, case.id) == []
    resident().reply(case, 1, "remark", "Zij woont op nummer 127.", Author.REPRESENTATIVE)
    event = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.action == "remark")).one()
    assert event.author == "representative"


def test_remarks_have_an_end(session, case, staff, resident):
    staff().send(case, **REPORT)
    for number in range(MOST_MESSAGES):
        resident().reply(case, 1, "remark", f"Nog iets: {number}")
    with pytest.raises(TooMuch):
        resident().reply(case, 1, "remark", "En dit.")


def test_a_remark_has_words_in_the_database_too(session, case, staff):
    staff().send(case, **REPORT)
    session.add(Reply(case_id=case.id, number=1, at=case.received_at, view="remark", text="", staff_id=None))
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_answer_to_a_report_that_never_was_is_refused_by_the_database(session, case, staff):
    staff().send(case, **REPORT)
    session.add(Reply(case_id=case.id, number=2, at=case.received_at, view="agree", text="", staff_id=None))
    with pytest.raises(IntegrityError):
        session.flush()


# Staff write down what they were told


@pytest.mark.parametrize(("view", "state", "said"), [
    ("agree", "plan_agreed", "u bent het eens met het plan"),
    ("disagree", "plan_not_agreed", "u bent het niet eens met het plan"),
    ("nothing", "closed", "u niets zei"),
])  # fmt: skip
def test_what_staff_heard_is_told_back_with_that_it_may_not_be_right(session, case, staff, mails, view, state, said):
    staff().send(case, **REPORT)
    staff().heard(case, view, "Zei ze aan de telefoon.")
    reply = last_reply(session, case.id)
    assert (case.state, reply.view, reply.staff_id) == (state, view, MILA)
    assert said in mails()[-1].text
    assert "Klopt dat niet?" in mails()[-1].text
    assert "telefoon" not in mails()[-1].text


def test_what_staff_heard_is_written_down_once(session, case, staff, mails):
    staff().send(case, **REPORT)
    for _ in range(2):
        staff().heard(case, "agree", "")
    assert (len(replies_of(session, case.id)), len(mails())) == (1, 2)


def test_who_reads_that_they_agree_and_does_not_says_so_themselves(session, case, staff, resident):
    staff().send(case, **REPORT)
    staff().heard(case, "agree", "")
    resident().reply(case, 1, "disagree", "Dat heb ik niet gezegd.")
    assert (case.state, ways_are_open(session, case)) == ("plan_not_agreed", True)


def test_staff_cannot_have_heard_of_a_report_that_is_not_there(case, staff):
    for view in ("agree", "disagree", "nothing"):
        with pytest.raises(StepRefused):
            staff().heard(case, view, "")


def test_staff_never_agree_in_their_own_name(session, case, staff, resident):
    staff().send(case, **REPORT)
    with pytest.raises(StepRefused):
        staff().reply(case, 1, "agree", "", Author.STAFF)


# What texts and pages may name


def test_the_facts_tell_nothing_of_what_the_report_says(session, case, staff, clock):
    policies = read_policies(session.connection(), clock.now().date())
    before = plan_facts(session, policies, case, clock.now(), LOCALES["nl"])
    assert (before["report"], before["ways"], before["late"], before["evaluate_on"]) == ("", "", "", "–")
    staff().send(case, **REPORT)
    after = plan_facts(session, policies, case, clock.now(), LOCALES["nl"])
    assert (after["report"], after["evaluate_on"]) == ("yes", "1 maart 2027")
    assert after["decide_by"] == "7 december 2026"
    assert not [word for word in BEHIND_A_CODE if word in " ".join(after.values())]


def test_what_goes_with_a_request_goes_with_its_reports(session, case, staff, resident):
    staff().send(case, **REPORT)
    resident().reply(case, 1, "remark", "Iets.")
    session.execute(text('DELETE FROM "case" WHERE id = :id'), {"id": case.id})
    assert session.scalars(select(Report.number)).all() == session.scalars(select(Reply.id)).all() == []


def test_a_day_far_away_is_kept_as_it_was_given(session, case, staff):
    assert staff().send(case, **REPORT).evaluate_on == IN_SPRING
