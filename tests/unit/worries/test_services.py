"""Nothing of a person before somebody names them; a name never without the promise to tell it; gone when too late."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.entry import Entry
from portal.cases.events import broken_link
from portal.cases.models import CaseMessage
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.messaging.models import Message
from portal.worries.informing import Informed, Share
from portal.worries.kind import ADVICE, AFTER, DANGER, INFORM, REVIEW
from portal.worries.models import WorryPerson, WorryShare
from portal.worries.services import Named
from tests.clock import START
from tests.unit.worries.conftest import ANSWERS, NAME, PERSON, SAID, WHY, neighbour

TODAY = date(2026, 11, 23)


def promises(service, case):
    return {term.key: term.due_on for term in service.desk.open_terms(case)}


def sent(session, case):
    """(channel, subject, text) of what went to who worries."""
    rows = session.scalars(select(Message).where(Message.about == case.id).order_by(Message.id))
    return [(row.channel, row.subject, row.text) for row in rows]


def letters(session, case):
    """What waits on paper for the person."""
    query = select(Message).where(Message.about == f"desk:{case.id}", Message.channel == "letter").order_by(Message.id)
    return list(session.scalars(query))


def tell(service, case, on=TODAY, how="visit", locale="nl"):
    service.inform(case, Informed(on, how, locale))


# Advice


def test_without_a_name_nothing_of_anybody_is_kept(worry, service, session):
    case = worry()
    assert (case.state, case.team_slug) == ("advice", None)
    assert session.get(WorryPerson, case.id) is None
    assert promises(service(), case) == {ADVICE: date(2026, 11, 25)}
    assert "uiterlijk 25 november 2026" in sent(session, case)[0][2].casefold()


def test_sent_twice_is_one_worry(worry):
    assert worry("same").id == worry("same").id


def test_an_area_of_four_digits_may_give_it_a_team(service):
    opened = service().file("key", {**ANSWERS, "area": "8031"}, neighbour(), Entry("nl"))
    assert opened.case.team_slug == "holtenbroek"


def test_in_danger_the_promise_is_shorter_and_somebody_waits(worry, service):
    case = worry(danger=True)
    assert promises(service(), case) == {DANGER: date(2026, 11, 24)}
    assert case.asks_since is not None


def test_advice_stands_behind_a_code_and_what_goes_out_does_not_hold_it(worry, service, session, noor):
    case = worry()
    assert service(noor).advise(case, "Praat met hem overdag.")
    assert case.state == "advised" and case.closed_at is not None
    assert promises(service(), case) == {}
    (words,) = session.scalars(select(CaseMessage).where(CaseMessage.case_id == case.id))
    assert (words.text, words.note, words.staff_id) == ("Praat met hem overdag.", False, noor)
    assert "Praat met hem" not in str(sent(session, case))


def test_who_is_called_by_phone_gets_no_message_and_staff_know_it(worry, service, noor):
    assert service(noor).advise(worry(way="phone", email=None), "Praat met hem.") is False


# A name


def test_with_a_name_the_month_of_the_law_begins_and_the_team_of_the_person_sees_it(named, service, session):
    assert (named.state, named.team_slug) == ("named", "midden")
    promised = promises(service(), named)
    assert promised[INFORM] == date(2026, 12, 23)
    assert ADVICE not in promised
    person = service().person(named)
    assert (person.name, person.said, person.source_shown) == (NAME, SAID, True)


def test_what_goes_to_who_told_us_never_names_the_person(named, service, session, noor):
    tell(service(noor), named)
    service(noor).finish(named, "refuse")
    said = str(sent(session, named))
    assert not [word for word in (NAME, "Kanarie", SAID, "0687654321", "8011PK") if word in said]


def test_after_advice_somebody_can_go_on_with_a_name_and_it_is_work_again(worry, service, noor):
    case = worry()
    service(noor).advise(case, "Praat met hem.")
    service().name(case, Named(**PERSON), Author.RESIDENT)
    assert (case.state, case.closed_at, case.team_slug) == ("named", None, "midden")
    assert INFORM in promises(service(), case)


def test_the_month_begins_on_the_day_of_the_name_and_not_of_the_advice(worry, service, clock):
    case = worry()
    clock.set(START + timedelta(days=7))
    service().name(case, Named(**PERSON), Author.RESIDENT)
    assert promises(service(), case)[INFORM] == date(2026, 12, 30)


def test_who_takes_it_back_takes_the_name_back(named, service, session):
    desk = service()
    desk.desk.take(named, "withdraw", Author.RESIDENT)
    desk.step(named, "withdraw")
    assert service().person(named) is None
    row = session.get(WorryPerson, named.id)
    assert (row.name, row.said, row.phone, row.house) == ("", "", None, "")


def test_once_the_person_knows_nobody_can_take_it_back(named, service, noor):
    tell(service(noor), named)
    with pytest.raises(StepRefused):
        service().desk.take(named, "withdraw", Author.RESIDENT)


# Telling


def test_the_person_gets_a_letter_with_what_was_said_and_by_whom(named, service, session, noor):
    tell(service(noor), named)
    (letter,) = letters(session, named)
    assert letter.recipient.split("\n") == [NAME, "8011 PK 12", "Zwolle"]
    assert SAID in letter.text and "Buurvrouw" in letter.text and "Noor de Vries" in letter.text
    assert "nee" in letter.text and "klagen" in letter.text and "Niemand" in letter.text
    assert named.reference not in letter.text.replace(" ", "")


def test_who_may_not_be_named_is_not_and_neither_is_why(worry, service, session, noor):
    case = worry(named=Named(**PERSON, hidden_why=WHY))
    tell(service(noor), case)
    (letter,) = letters(session, case)
    assert "Buurvrouw" not in letter.text and WHY not in letter.text
    assert "wil niet genoemd worden" in letter.text


def test_the_person_reads_it_in_the_language_that_was_chosen(named, service, session, noor):
    tell(service(noor), named, locale="ar")
    assert letters(session, named)[0].locale == "ar"


@pytest.mark.parametrize(("on", "why"), [(date(2026, 11, 24), "future"), (date(2026, 11, 22), "before")])
def test_the_person_was_told_on_a_day_on_which_that_can_have_been(named, service, noor, on, why):
    with pytest.raises(NotSo, match=why):
        tell(service(noor), named, on=on)
    assert named.state == "named"


def test_the_promise_is_kept_and_the_next_begins(named, service, noor):
    tell(service(noor), named)
    assert named.state == "informed"
    assert promises(service(), named) == {AFTER: date(2026, 12, 7)}


@pytest.mark.parametrize("end", ["offer", "no_action", "refuse"])
def test_every_end_tells_who_came_to_us_the_same(named, service, session, noor, end):
    tell(service(noor), named)
    service(noor).finish(named, end)
    assert sent(session, named)[-1][1:] == (f"Wij zijn klaar {spoken(named)}", sent(session, named)[-1][2])
    assert not any(word in sent(session, named)[-1][2] for word in ("nee", "weiger", "gesprek"))
    assert broken_link(session, named.id) is None


def spoken(case):
    return f"{case.reference[:4]} {case.reference[4:]}"


def test_before_the_person_knows_it_cannot_end(named, service, noor):
    with pytest.raises((NotSo, StepRefused)):
        service(noor).finish(named, "no_action")


# Not yet, for safety


def not_yet(service, case, first, second, review=date(2026, 12, 7)):
    service(first).propose_safety(case, "Zijn zoon slaat hem.", review)
    service(second).agree_to_safety(case)


def test_one_person_alone_changes_nothing(named, service, noor):
    service(noor).propose_safety(named, "Zijn zoon slaat hem.", date(2026, 12, 1))
    assert named.state == "triage"
    assert INFORM in promises(service(), named)
    with pytest.raises(NotSo, match="own"):
        service(noor).agree_to_safety(named)


def test_two_people_may_wait_until_a_day_of_review(named, service, noor, karim):
    not_yet(service, named, noor, karim, date(2026, 12, 1))
    assert named.state == "safety"
    assert promises(service(), named) == {REVIEW: date(2026, 12, 1)}


def test_a_review_is_at_most_two_weeks_away(named, service, noor):
    assert service().longest_review() == date(2026, 12, 7)
    with pytest.raises(NotSo, match="late"):
        service(noor).propose_safety(named, "Nee.", date(2026, 12, 8))
    with pytest.raises(NotSo, match="past"):
        service(noor).propose_safety(named, "Nee.", TODAY)


def test_who_does_not_agree_gives_it_back_and_the_month_goes_on(named, service, noor, karim):
    service(noor).propose_safety(named, "Zijn zoon slaat hem.", date(2026, 12, 1))
    service(karim).give_back_safety(named)
    assert not service().waits_for_second(named)
    assert INFORM in promises(service(), named)


def test_the_same_two_may_look_again_and_wait_once_more(named, service, noor, karim, clock):
    not_yet(service, named, noor, karim)
    clock.set(START + timedelta(days=11))
    not_yet(service, named, karim, noor, date(2026, 12, 11))
    assert promises(service(), named) == {REVIEW: date(2026, 12, 11)}


def test_when_it_is_safe_the_person_is_told_after_all(named, service, noor, karim):
    not_yet(service, named, noor, karim)
    tell(service(noor), named)
    assert named.state == "informed" and REVIEW not in promises(service(), named)


def test_what_is_not_told_yet_cannot_be_finished(named, service, noor, karim):
    not_yet(service, named, noor, karim)
    with pytest.raises(NotSo, match="informed"):
        service(noor).finish(named, "no_action")


# Who else knows


def test_each_party_is_a_row_and_the_person_gets_it_on_paper(named, service, session, noor):
    tell(service(noor), named)
    service(noor).share(named, Share("Huisarts De Wit", "Dat hij roept.", "consent", TODAY))
    row = session.scalars(select(WorryShare).where(WorryShare.case_id == named.id)).one()
    assert (row.party, row.ground, row.by) == ("Huisarts De Wit", "consent", noor)
    assert "Huisarts De Wit" in letters(session, named)[-1].text
    assert "Huisarts" not in str(sent(session, named))


def test_who_does_not_know_of_it_cannot_have_said_yes(named, service, noor):
    with pytest.raises(NotSo, match="consent"):
        service(noor).share(named, Share("Huisarts", "Iets.", "consent", TODAY))
    service(noor).share(named, Share("Politie", "Iets.", "law", TODAY))


def test_the_letter_says_who_was_told_before(named, service, session, noor):
    service(noor).share(named, Share("Politie", "Dat er geslagen wordt.", "law", TODAY))
    tell(service(noor), named)
    assert "Politie" in letters(session, named)[0].text and "Niemand" not in letters(session, named)[0].text
