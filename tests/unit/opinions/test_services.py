"""A second opinion on a real database: who may be asked, what is given and taken back, and who has the last word."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.accounts.roles import Role
from portal.cases.models import CaseMessage, Term
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.messaging.models import Message
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.models import ExpertKey, Invitation, SecondOpinion
from portal.opinions.services import Facts
from tests.desk import hire
from tests.unit.opinions.asking import FACTS, an_expert


def messages(session, case):
    return list(session.scalars(select(Message).where(Message.about == case.id).order_by(Message.id)))


def due(session, case):
    return {term.key: term.due_on for term in session.scalars(select(Term).where(Term.case_id == case.id))
            if term.ended_on is None}  # fmt: skip


def test_asked_twice_is_one(asked, session):
    assert asked().id == asked().id
    assert len(session.scalars(select(SecondOpinion)).all()) == 1


def test_our_promises_begin_at_once_and_each_ends_with_what_was_promised(asked, opinions, session):
    case = asked()
    assert due(session, case) == {
        "second_opinion_ack": date(2026, 11, 25), "second_opinion_expert_proposed": date(2026, 11, 30),
    }  # fmt: skip
    opinions().acknowledge(case)
    assert set(due(session, case)) == {"second_opinion_expert_proposed"}


@pytest.mark.parametrize("state, key, day", [
    ("under_review", "second_opinion_opinion", date(2026, 12, 14)),
    ("opinion_sent", "second_opinion_follow_up", date(2026, 11, 30)),
])  # fmt: skip
def test_the_next_promise_begins_when_it_is_our_turn(with_expert, session, state, key, day):
    case, _expert = with_expert(state)
    assert due(session, case) == {key: day}


def test_nobody_is_asked_before_author_and_providers_were_looked_at(asked, opinions, session):
    case = asked()
    opinions().acknowledge(case)
    with pytest.raises(NotSo, match="unchecked"):
        opinions().invite(case, an_expert(session))


@pytest.mark.parametrize("employer", ["Gemeente Zwolle", "gemeente zwolle", "Frion", "Stichting FRION"])
def test_who_works_for_the_author_or_for_a_provider_cannot_be_asked(asked, opinions, session, employer):
    case = asked()
    opinions().acknowledge(case)
    opinions().check_plan(case, FACTS)
    with pytest.raises(NotSo, match="conflict"):
        opinions().invite(case, an_expert(session, employer=employer))
    assert session.scalars(select(Invitation)).all() == []


@pytest.mark.parametrize("state", ["invited", "proposed", "accepted", "under_review"])
def test_who_turns_out_not_to_be_independent_stops_at_once_and_sees_nothing(with_expert, opinions, session, state):
    case, _expert = with_expert(state)
    opinions().check_plan(case, Facts("Mila de Wit", "Gemeente Zwolle", "Frion\nAdviesbureau Noord", "midden"))
    assert case.state == "acknowledged"
    (invitation,) = opinions().invitations(case)
    assert (invitation.state, invitation.why) == ("ended", "provider")
    assert opinions().given(case) == frozenset()
    assert session.scalars(select(ExpertKey)).all() == []
    assert "second_opinion_expert_proposed" in due(session, case)


def test_who_joined_the_team_meanwhile_is_found_by_the_next_look(with_expert, opinions, session, clock):
    case, expert = with_expert("under_review")
    assert opinions().recheck(case) == frozenset()
    staff = hire(session, clock.now(), "Ria Vermeer", (Role.TEAM_WORKER, "midden"))
    assert staff
    expert.email = "ria.vermeer@staff.example"
    session.flush()
    assert opinions().recheck(case) == {"in_team"}
    assert case.state == "acknowledged"


def test_a_refused_expert_is_not_asked_again_and_after_two_it_is_enough(with_expert, opinions, session):
    case, expert = with_expert()
    opinions().refuse(case, Author.RESIDENT, "Liever niet")
    with pytest.raises(NotSo, match="asked"):
        opinions().invite(case, expert)
    for name in ("Bo Smit", "Ko de Boer"):
        opinions().invite(case, an_expert(session, name))
        opinions().propose(case, "Ik ben onafhankelijk.")
        if name == "Bo Smit":
            opinions().refuse(case, Author.RESIDENT)
    assert opinions().refusals_left(case) == 0
    with pytest.raises(NotSo, match="enough"):
        opinions().refuse(case, Author.RESIDENT)
    assert case.state == "proposed"


def test_what_is_taken_back_cannot_be_looked_at_any_more(with_expert, opinions):
    case, _expert = with_expert("under_review")
    desk = opinions()
    assert desk.look(desk.live(case), "words")
    assert not desk.look(desk.live(case), "reach")
    desk.release(case, Author.RESIDENT, ["reach"])
    assert not desk.look(desk.live(case), "words")
    assert [(name, item) for name, item, _at in desk.looks(case)] == [("Ria Vermeer", "words")]
    desk.release(case, Author.RESIDENT, [])
    assert desk.given(case) == frozenset()


def test_saved_without_a_change_tells_nobody(with_expert, opinions, session):
    case, _expert = with_expert("under_review")
    before = len(messages(session, case))
    opinions().release(case, Author.RESIDENT, ["words"])
    assert len(messages(session, case)) == before


def test_the_opinion_closes_every_door_of_the_expert(with_expert, opinions, session):
    case, _expert = with_expert("opinion_sent")
    assert session.scalars(select(ExpertKey)).all() == []
    assert opinions().given(case) == frozenset()
    with pytest.raises((NotSo, StepRefused)):
        opinions().judge(case, "yes", "", "Toch goed", None)
    assert opinions().opinion(case).right_plan == "no"


def test_the_team_answers_once_and_only_after_the_opinion(with_expert, opinions):
    case, _expert = with_expert("under_review")
    with pytest.raises(NotSo, match="later"):
        opinions().react(case, "Wij vinden van niet.")
    opinions().judge(case, "no", "Meer hulp", "Te zwaar", None)
    opinions().react(case, "Wij vinden van niet.")
    with pytest.raises(NotSo, match="once"):
        opinions().react(case, "Nog iets.")
    assert opinions().opinion(case).why == "Te zwaar"


@pytest.mark.parametrize("answer", ["agreed_original", "agreed_changed", "agreed_alternative", "not_agree"])
def test_only_who_asked_says_how_it_ends_and_staff_write_down_what_they_heard(with_expert, opinions, session, answer):
    case, _expert = with_expert("opinion_sent")
    with pytest.raises(StepRefused):
        opinions().answer(case, Author.EXPERT, answer)
    opinions().answer(case, Author.STAFF, answer)
    assert case.state == ("not_agreed" if answer == "not_agree" else answer)
    assert "Klopt dit niet?" in messages(session, case)[-1].text or answer == "not_agree"


def test_the_talk_is_written_down_and_the_page_no_longer_promises_one(with_expert, opinions, session):
    from portal.foundation.i18n import LOCALES

    case, _expert = with_expert("opinion_sent")
    assert opinions().shown(case, LOCALES["nl"])["status_moment"] == ""
    opinions().follow_up(case, "Wij spraken af dat er meer hulp komt.")
    assert opinions().shown(case, LOCALES["nl"])["status_moment"] == "followed_up"
    (note,) = session.scalars(select(CaseMessage).where(CaseMessage.case_id == case.id)).all()
    assert (note.note, note.text) == (True, "Wij spraken af dat er meer hulp komt.")


@pytest.mark.parametrize("state", ["proposed", "accepted", "under_review"])
def test_taken_back_the_expert_is_out_at_once(with_expert, opinions, session, state):
    case, _expert = with_expert(state)
    desk = opinions(None)
    desk.desk.take(case, "withdraw", Author.RESIDENT)
    desk.withdrawn(case)
    assert (case.state, desk.invitations(case)[0].state) == ("withdrawn", "ended")
    assert desk.given(case) == frozenset()
    assert session.scalars(select(ExpertKey)).all() == []


def test_every_message_names_the_last_day_for_objection_that_there_is(with_expert, session):
    case, _expert = with_expert("opinion_sent")
    told = messages(session, case)
    assert len(told) == 6
    assert all("28 december 2026" in message.text for message in told)


def test_after_that_day_it_is_said_that_it_was(asked, session, clock):
    from datetime import timedelta

    clock.set(clock.now() + timedelta(days=60))
    case = asked()
    assert "kon tot en met 28 december 2026" in messages(session, case)[-1].text


def test_nobody_but_who_asked_ends_it():
    ends = {step.action for step in SECOND_OPINION.steps if step.to in SECOND_OPINION.closed}
    theirs = {step.action for step in SECOND_OPINION.steps if Author.RESIDENT in step.authors}
    heard = {action for action in ends if action.startswith("heard_")}
    assert ends - heard - theirs == {"put_away"}
    assert {action.removeprefix("heard_") for action in heard} <= theirs
