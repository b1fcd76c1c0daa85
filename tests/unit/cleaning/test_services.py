"""A request for cleaning goes to whom the resident chose, or to the first who says yes."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from portal.cases.events import broken_link
from portal.cases.models import Case, CaseEvent
from portal.cases.references import spoken
from portal.cases.workflow import Author, StepRefused
from portal.cleaning import clockwork
from portal.cleaning.models import Offer, Provider
from portal.cleaning.services import TooLate
from portal.cleaning.words import TEXTS
from portal.foundation.db import writing
from portal.foundation.i18n import LOCALES
from portal.messaging.models import Message
from tests.unit.cases.test_texts import FACTS
from tests.unit.cleaning.conftest import ask, path, service_on

FIRST_DAY = date(2026, 12, 3)
EVERYWHERE = {"helder-huis", "schoon-en-samen", "thuis-fris"}
AT_8011 = EVERYWHERE | {"de-bezem"}


def begins(moment):
    """The first words of a message in Dutch."""
    return TEXTS.say(moment, LOCALES["nl"], FACTS).text.splitlines()[0].split("{")[0]


@pytest.fixture
def offers(session):
    """The offers of a case by provider."""
    return lambda case: {
        offer.provider_slug: offer for offer in session.scalars(select(Offer).where(Offer.case_id == case.id))
    }


@pytest.fixture
def mails(session):
    """All messages: to whom, about what moment."""
    return lambda: session.scalars(select(Message).order_by(Message.id)).all()


def test_only_the_provider_that_was_chosen_gets_the_request(service, offers, mails):
    case = ask(service(), "thuis-fris")
    assert case.state == "offered"
    assert [(slug, offer.state, offer.chosen) for slug, offer in offers(case).items()] == [("thuis-fris", "open", True)]
    assert [mail.recipient for mail in mails()] == ["planning@thuis-fris.example", "m.jansen@example.nl"]


def test_without_a_preference_all_who_work_there_get_it_and_nobody_else(service, offers):
    case = ask(service())
    assert set(offers(case)) == AT_8011
    assert not any(offer.chosen for offer in offers(case).values())


def test_each_provider_gets_a_link_of_their_own_and_the_database_knows_only_its_hash(service, offers, mails):
    case = ask(service())
    links = {mail.recipient: mail.text.split("/cleaning.offer/")[1].split()[0] for mail in mails()[:-1]}
    assert len(set(links.values())) == len(AT_8011)
    assert not set(links.values()) & {offer.hash for offer in offers(case).values()}


def test_sent_twice_it_is_offered_and_told_once(service, mails):
    first = ask(service(), "thuis-fris")
    again = ask(service(), "de-bezem")
    assert first.id == again.id
    assert len(mails()) == 2


def test_a_provider_is_written_to_in_dutch_and_the_resident_in_their_own_language(service, mails):
    ask(service(), "thuis-fris", locale="ar")
    provider, resident = mails()
    assert (provider.locale, "/nl/cleaning.offer/" in provider.text) == ("nl", True)
    assert "/ar/cases.link/" in resident.text


def test_the_first_yes_wins_and_the_others_lapse(service, offers):
    case = ask(service())
    service().accept(offers(case)["de-bezem"], FIRST_DAY)
    assert case.state == "accepted"
    assert {slug: offer.state for slug, offer in offers(case).items()} == {
        slug: "accepted" if slug == "de-bezem" else "lapsed" for slug in AT_8011
    }
    with pytest.raises(TooLate):
        service().accept(offers(case)["thuis-fris"], FIRST_DAY)
    with pytest.raises(TooLate):
        service().decline(offers(case)["thuis-fris"], "other")


def test_of_two_that_say_yes_at_once_one_gets_it(zwolle, books, clock):
    with writing(zwolle.engine) as session:
        ask(service_on(session, clock))
    hashes = [offer.hash for offer in books.rows(Offer)]
    start, said, faults = Barrier(len(hashes)), [], []

    def yes(hash_):
        try:
            start.wait()
            with writing(zwolle.engine) as session:
                service_on(session, clock).accept(session.get(Offer, hash_), FIRST_DAY)
            said.append("mine")
        except TooLate:
            said.append("too late")
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=yes, args=(one,)) for one in hashes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(said) == ["mine", *["too late"] * (len(hashes) - 1)]
    assert sorted(offer.state for offer in books.rows(Offer)) == ["accepted", *["lapsed"] * (len(hashes) - 1)]
    assert [event.action for event in books.rows(CaseEvent)] == ["open", "offer", "accept"]


def test_the_database_holds_that_one_offer_is_accepted(session, service, offers):
    from sqlalchemy.exc import IntegrityError

    case = ask(service())
    with pytest.raises(IntegrityError), session.begin_nested():
        for offer in list(offers(case).values())[:2]:
            offer.state = "accepted"
        session.flush()


def test_who_asked_hears_who_comes_and_when_in_words(service, offers, mails):
    service().accept(offers(ask(service(), "thuis-fris"))["thuis-fris"], FIRST_DAY)
    text = mails()[-1].text
    assert "Thuis Fris" in text
    assert "3 december 2026" in text
    assert "2026-12-03" not in text


def test_one_who_says_no_leaves_it_to_the_others(service, offers, mails):
    case = ask(service())
    before = len(mails())
    service().decline(offers(case)["de-bezem"], "no_capacity")
    assert case.state == "offered"
    assert offers(case)["thuis-fris"].state == "open"
    assert len(mails()) == before


def test_the_last_who_says_no_opens_the_choice_again(service, offers, mails):
    case = ask(service())
    for slug in AT_8011:
        service().decline(offers(case)[slug], "no_capacity")
    assert case.state == "declined"
    assert mails()[-1].recipient == "m.jansen@example.nl"
    assert begins("declined") in mails()[-1].text


def test_after_a_no_the_resident_chooses_another(service, offers):
    case = ask(service(), "thuis-fris")
    service().decline(offers(case)["thuis-fris"], "no_capacity")
    service().offer(case, "helder-huis", Author.RESIDENT)
    assert case.state == "offered"
    assert {slug: offer.state for slug, offer in offers(case).items()} == {
        "thuis-fris": "declined",
        "helder-huis": "open",
    }


def test_no_preference_after_a_no_does_not_ask_them_again(service, offers):
    case = ask(service(), "thuis-fris")
    service().decline(offers(case)["thuis-fris"], "no_capacity")
    service().offer(case, "anyone", Author.RESIDENT)
    assert {slug for slug, offer in offers(case).items() if offer.state == "open"} == AT_8011 - {"thuis-fris"}


def test_when_everybody_said_no_they_may_all_be_asked_once_more(session, service):
    case = ask(service())
    for offer in service().offers(case):
        service().decline(offer, "no_capacity")
    service().offer(case, "anyone", Author.RESIDENT)
    now_open = session.scalars(select(Offer).where(Offer.state == "open")).all()
    assert {offer.provider_slug for offer in now_open} == AT_8011


def test_an_offer_is_answered_once(service, offers):
    offer = offers(ask(service(), "thuis-fris"))["thuis-fris"]
    service().accept(offer, FIRST_DAY)
    with pytest.raises(TooLate):
        service().accept(offer, FIRST_DAY)
    with pytest.raises(TooLate):
        service().decline(offer, "other")


def test_a_link_is_not_open_for_ever(service, offers, clock):
    offer = offers(ask(service(), "thuis-fris"))["thuis-fris"]
    clock.forward(days=15)
    with pytest.raises(TooLate):
        service().accept(offer, FIRST_DAY)


def test_a_provider_is_silent_after_two_working_days_a_weekend_apart(zwolle, books, clock):
    clock.set(datetime(2026, 11, 27, 15, 0, tzinfo=UTC))  # Friday: promised for Tuesday
    with writing(zwolle.engine) as session:
        ask(service_on(session, clock))
    for day in (28, 29, 30):
        clock.set(datetime(2026, 11, day, 12, 0, tzinfo=UTC))
        assert clockwork.look(zwolle, clock, path) == 0
    clock.set(datetime(2026, 12, 1, 22, 59, tzinfo=UTC))  # the last minute of Tuesday in Zwolle
    assert clockwork.look(zwolle, clock, path) == 0
    clock.set(datetime(2026, 12, 1, 23, 1, tzinfo=UTC))
    assert clockwork.look(zwolle, clock, path) == 1
    assert clockwork.look(zwolle, clock, path) == 0
    assert books.the(Case).state == "silent"
    assert [event.action for event in books.rows(CaseEvent)] == ["open", "offer", "silence"]
    assert begins("silent") in books.messages("m.jansen@example.nl")[-1].text
    with writing(zwolle.engine) as session:
        assert broken_link(session, books.the(Case).id) is None


def test_one_who_answered_in_time_is_not_silent(zwolle, books, clock):
    with writing(zwolle.engine) as session:
        case = ask(service_on(session, clock), "thuis-fris")
        service_on(session, clock).accept(service_on(session, clock).offers(case)[0], FIRST_DAY)
    clock.forward(days=30)
    assert clockwork.look(zwolle, clock, path) == 0
    assert books.the(Case).state == "accepted"


def test_after_the_silence_a_late_yes_is_better_than_none(service, offers):
    case = ask(service(), "thuis-fris")
    service().silence(case)
    service().accept(offers(case)["thuis-fris"], FIRST_DAY)
    assert case.state == "accepted"


def test_after_the_silence_a_late_no_changes_nothing_for_the_resident(service, offers):
    case = ask(service(), "thuis-fris")
    service().silence(case)
    service().decline(offers(case)["thuis-fris"], "no_capacity")
    assert case.state == "silent"


def test_a_late_yes_is_too_late_once_the_resident_asked_another(session, service, offers):
    case = ask(service(), "thuis-fris")
    service().silence(case)
    first = offers(case)["thuis-fris"]
    service().offer(case, "de-bezem", Author.RESIDENT)
    session.refresh(first)
    with pytest.raises(TooLate):
        service().accept(first, FIRST_DAY)


def test_a_request_belongs_to_the_team_at_its_address(service):
    assert ask(service(), postcode="8031AB", house="12").team_slug == "holtenbroek"


def test_at_the_border_of_two_teams_a_request_has_none_yet(service):
    assert ask(service(), postcode="8013AB", house="12").team_slug is None


def take(session, service, case, action):
    service()._desk.take(case, action, Author.RESIDENT)
    service().after_step(case)


def test_taking_it_back_closes_every_link(session, service, offers):
    case = ask(service())
    take(session, service, case, "withdraw")
    assert {offer.state for offer in offers(case).values()} == {"lapsed"}
    with pytest.raises(TooLate):
        service().accept(offers(case)["de-bezem"], FIRST_DAY)


def test_taking_it_back_is_told_to_the_provider_that_said_yes_and_to_no_other(session, service, offers, mails):
    case = ask(service())
    service().accept(offers(case)["de-bezem"], FIRST_DAY)
    before = len(mails())
    take(session, service, case, "withdraw")
    assert [mail.recipient for mail in mails()[before:]] == ["planning@de-bezem.example", "m.jansen@example.nl"]
    assert mails()[before].subject == f"Vraag {spoken(case.reference)} is gestopt"


@pytest.mark.parametrize("action", ["came", "nobody_came"])
def test_who_asked_says_whether_they_came(session, service, offers, mails, action):
    case = ask(service(), "thuis-fris")
    with pytest.raises(StepRefused):
        take(session, service, case, action)
    service().accept(offers(case)["thuis-fris"], FIRST_DAY)
    take(session, service, case, action)
    assert case.state == {"came": "started"}.get(action, action)
    assert mails()[-1].recipient == "m.jansen@example.nl"


def test_nothing_personal_goes_to_a_provider_or_stands_in_a_subject(session, service, offers, mails):
    case = ask(service())
    service().accept(offers(case)["de-bezem"], FIRST_DAY)
    take(session, service, case, "withdraw")
    for mail in mails():
        said = mail.subject if mail.recipient == "m.jansen@example.nl" else mail.subject + mail.text
        for word in ("Jansen", "8011", "0612345678", "5678", "m.jansen"):
            assert word not in said, mail.recipient


def test_a_provider_that_is_gone_from_the_list_is_asked_nothing_but_the_others_are(session, service, offers):
    assert session.get(Provider, "weg") is None
    assert set(offers(ask(service(), "weg"))) == AT_8011
