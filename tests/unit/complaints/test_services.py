"""What happens to a complaint: its dates on screen and in letters are one, and nothing is longer without a yes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.cases.models import CaseEvent, Term
from portal.cases.wall_models import CaseWall
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.complaints.models import Complaint
from portal.complaints.outcomes import Judged, Offered
from portal.messaging.models import Message
from tests.clock import START
from tests.unit.complaints.conftest import COORDINATOR, DECISION, HANDLER

#: Six weeks after Monday 23 November 2026, and four more.
FIRST, LONGER = date(2027, 1, 4), date(2027, 2, 1)
SPOKEN = {FIRST: "4 januari 2027", LONGER: "1 februari 2027"}


@pytest.fixture
def mails(session):
    return lambda: [row.text for row in session.scalars(select(Message).order_by(Message.id))]


@pytest.fixture
def taken(session, complaints, told):
    """One that is being examined."""

    def take(*parts, **more):
        case = told(*parts, **more)
        case.owner_id = HANDLER
        complaints().step(case, "examine")
        return case

    return take


def open_term(session, case, key="complaint_decide"):
    return session.scalars(select(Term).where(Term.case_id == case.id, Term.key == key, Term.ended_on.is_(None))).one()


def refused(act, *given, **more):
    with pytest.raises(NotSo) as fault:
        act(*given, **more)
    return str(fault.value)


def test_told_it_has_its_weeks_its_wall_and_a_message_with_the_same_date(session, complaints, told, mails):
    case = told("Er werd niet geluisterd.", "Ik kreeg geen antwoord.")
    assert open_term(session, case).due_on == FIRST == complaints().terms.due(complaints().of(case))
    assert SPOKEN[FIRST] in mails()[-1]
    assert session.scalars(select(CaseWall.team_slug).where(CaseWall.case_id == case.id)).all() == ["midden"]
    assert [part.said for part in complaints().parts(case)] == ["Er werd niet geluisterd.", "Ik kreeg geen antwoord."]
    assert case.team_slug is None


def test_sent_twice_it_is_one_complaint_with_one_message(told, mails):
    assert told().id == told().id
    assert len(mails()) == 1


def test_a_letter_with_a_decision_has_its_own_last_day_in_every_message(complaints, taken, mails):
    case = taken(decision_on=DECISION)
    assert complaints().objection_until(case) == date(2026, 12, 28)
    assert all("bezwaar maken tot en met 28 december 2026" in mail for mail in mails())


def test_four_weeks_more_are_taken_once_with_the_reason_and_the_old_date_stays_readable(
    session, complaints, taken, mails
):
    case = taken()
    complaints().extend(case, "Wij wachten op een verslag.")
    assert open_term(session, case).due_on == LONGER
    assert SPOKEN[LONGER] in mails()[-1]
    assert "Wij wachten op een verslag." in mails()[-1]
    kept = session.scalars(select(Term.due_on).where(Term.case_id == case.id, Term.key == "complaint_decide")).all()
    assert sorted(kept) == [FIRST, LONGER]
    assert refused(complaints().extend, case, "Nog eens.") == "twice"
    assert len(mails()) == 3


def test_only_a_yes_makes_it_longer(session, complaints, taken, mails):
    case = taken()
    until = date(2027, 3, 1)
    complaints().ask_more(case, until, "De medewerker is ziek.")
    assert open_term(session, case).due_on == FIRST
    assert "blijft de datum 4 januari 2027" in mails()[-1]
    assert refused(complaints().ask_more, case, until, "Nog eens.") == "twice"
    complaints(None).answer_more(case, Author.RESIDENT, agreed=False)
    assert open_term(session, case).due_on == FIRST
    complaints().ask_more(case, until, "Nog steeds ziek.")
    complaints(None).answer_more(case, Author.RESIDENT, agreed=True)
    assert open_term(session, case).due_on == until
    assert "1 maart 2027" in mails()[-1]
    assert refused(complaints(None).answer_more, case, Author.RESIDENT, agreed=True) == "none"


def test_days_that_went_by_before_the_yes_have_counted(session, complaints, taken, clock):
    case = taken()
    complaints().ask_more(case, date(2026, 12, 6), "Wij praten eerst.", first=date(2026, 11, 23))
    clock.set(START + timedelta(days=7))
    complaints(None).answer_more(case, Author.RESIDENT, agreed=True)
    assert open_term(session, case).due_on == date(2027, 1, 11)


def test_a_yes_after_the_last_day_of_a_pause_is_told_so(session, complaints, taken, clock):
    case = taken()
    complaints().ask_more(case, date(2026, 11, 25), "Wij praten eerst.", first=date(2026, 11, 24))
    clock.set(START + timedelta(days=7))
    assert refused(complaints(None).answer_more, case, Author.RESIDENT, agreed=True) == "late"


def test_with_a_committee_it_is_ten_weeks(session, complaints, taken):
    case = taken()
    complaints().with_committee(case)
    assert open_term(session, case).due_on == date(2027, 2, 1)
    assert refused(complaints().with_committee, case) == "twice"


def test_a_promise_that_is_over_is_not_made_longer(session, complaints, taken):
    case = taken()
    complaints(None).desk.take(case, "withdraw", Author.RESIDENT)
    with pytest.raises(StepRefused):
        complaints().extend(case, "Wij willen toch verder.")


def concluded(complaints, case):
    complaints().offer_hearing(case, Offered("complainant", START + timedelta(days=3), "Bij u thuis", "Arabisch"))
    complaints().offer_hearing(case, Offered("concerned", START + timedelta(days=4), "Stadskantoor"))
    complaints().hear(case, {1: "Mevrouw vertelde dat niemand luisterde.", 2: ""})
    judged = {part.number: Judged("founded", "Er is niet geluisterd.") for part in complaints().parts(case)}
    complaints().conclude(case, "Wij hoorden beide kanten.", "Wij bieden onze excuses aan.", judged)


def test_from_hearing_to_a_signed_answer_with_the_ombudsman_and_a_year(session, complaints, taken, mails):
    case = taken(way="letter")
    concluded(complaints, case)
    assert "27 november" not in mails()[-1] or "Bij u thuis" in mails()[-1]
    assert [(one.party, one.state) for one in complaints().hearings(case)] == [
        ("complainant", "held"), ("concerned", "no_answer"),
    ]  # fmt: skip
    complaints(COORDINATOR).sign(case)
    letter = mails()[-1]
    for words in ("Wij geven u gelijk.", "Er is niet geluisterd.", "Wij bieden onze excuses aan.", "ombudsman",
                  "23 november 2027"):  # fmt: skip
        assert words in letter
    assert case.state == "outcome_sent"
    assert not session.scalars(select(Term).where(Term.case_id == case.id, Term.ended_on.is_(None))).all()


def test_a_mail_with_the_answer_says_only_that_it_is_there(complaints, taken, mails):
    case = taken()
    concluded(complaints, case)
    complaints(COORDINATOR).sign(case)
    assert "excuses" not in mails()[-1]
    assert "https://zwolle.test/nl/cases.find" in mails()[-1]


def test_who_wrote_it_does_not_sign_and_neither_does_the_database_let_them(session, complaints, taken):
    case = taken()
    concluded(complaints, case)
    assert refused(complaints().sign, case) == "own"
    complaints().of(case).signed_by = HANDLER
    with pytest.raises(IntegrityError):
        session.flush()


def test_each_part_needs_a_judgement_and_a_reason(complaints, taken):
    case = taken("Niet geluisterd.", "Geen antwoord.")
    complaints().skip_hearing(case, "Zij wilde geen gesprek.")
    judged = {1: Judged("founded", "Zo was het.")}
    assert refused(complaints().conclude, case, "Gezien.", "Niets.", judged) == "parts"
    assert refused(complaints().conclude, case, " ", "Niets.", judged) == "empty"
    judged[2] = Judged("unfounded", " ")
    assert refused(complaints().conclude, case, "Gezien.", "Niets.", judged) == "parts"
    assert case.state == "heard"


def test_a_hearing_without_a_report_of_who_complains_is_none(complaints, taken):
    case = taken()
    complaints().offer_hearing(case, Offered("complainant", START + timedelta(days=3), "Bij u thuis"))
    assert refused(complaints().hear, case, {1: " "}) == "report"
    assert refused(complaints().offer_hearing, case, Offered("complainant", START, "Hier")) == "past"


def test_left_within_four_weeks_with_the_ground_of_the_law_and_after_that_handled(complaints, taken, clock, mails):
    case = taken(way="letter")
    clock.set(START + timedelta(days=28))
    complaints().leave(case, "judge", "De rechter kijkt ernaar.")
    assert "De rechter kijkt ernaar." in mails()[-1]
    later = taken(key="later")
    clock.set(START + timedelta(days=28 + 29))
    assert refused(complaints().leave, later, "judge", "De rechter kijkt ernaar.") == "late"


def test_passed_on_it_says_to_whom_and_why(complaints, taken, mails):
    case = taken(way="letter")
    complaints().forward(case, "Thuiszorg Voorbeeld, 038 000 07 00", "Zij helpen u thuis.")
    assert "Thuiszorg Voorbeeld, 038 000 07 00" in mails()[-1]
    assert "Zij helpen u thuis." in mails()[-1]
    assert case.state == "forwarded"


def test_nobody_builds_a_wall_before_themselves_and_who_has_it_in_hand_loses_it(session, complaints, taken):
    case = taken()
    assert refused(complaints().keep_from, case, staff_id=HANDLER) == "self"
    complaints(COORDINATOR).keep_from(case, staff_id=HANDLER)
    assert case.owner_id is None


def test_every_change_of_the_clock_is_a_line_in_the_story(session, complaints, taken):
    case = taken()
    complaints().extend(case, "Meer tijd nodig.")
    complaints().ask_more(case, date(2027, 3, 1), "Nog meer.")
    complaints(None).answer_more(case, Author.RESIDENT, agreed=True)
    lines = session.scalars(select(CaseEvent.action).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number))
    assert [line for line in lines if line in {"extend", "ask_more", "agree_more"}] == [
        "extend",
        "ask_more",
        "agree_more",
    ]
    assert session.get_one(Complaint, case.id).extended_why == "Meer tijd nodig."
