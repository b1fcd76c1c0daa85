"""Letters: what waits in one's own teams, printed once, and then their words are gone."""

import pytest

from portal.cases.handling import Handling
from portal.cases.models import Contact
from portal.messaging.models import Message
from portal.messaging.services import Messages
from tests.desk import leads, put, works

FACTS = {"reference": "7KD4 MW3F", "phone": "038 000 02 00", "link": "https://zwolle.test/nl/mijn-aanvraag"}


@pytest.fixture
def mila(staff):
    """Works in Midden."""
    return staff("Mila", works("midden"))


@pytest.fixture
def letters(reads):
    """The numbers of the requests of which letters wait for somebody."""
    return lambda staff_id: [letter.reference for letter in reads(staff_id).letters()]


def test_the_letters_of_ones_own_teams_wait_the_oldest_first(ask, mila, letters, reads, clock):
    first = ask(way="letter")
    clock.forward(minutes=1)
    second = ask(way="letter")
    ask("holtenbroek", way="letter")
    ask(way="email")
    assert letters(mila) == [first.reference, second.reference]
    assert reads(mila).letters_waiting() == 2


def test_a_letter_of_another_team_is_not_there(ask, mila, staff, reads):
    ask("holtenbroek", way="letter")
    (letter,) = reads(staff("Noor", works("holtenbroek"))).letters()
    assert reads(mila).letter(letter.id) is None
    assert reads(mila).letters_waiting() == 0


def test_the_letters_of_a_case_without_a_team_wait_for_coordinators(ask, mila, staff, letters):
    case = ask(None, way="letter")
    assert letters(mila) == []
    assert letters(staff("Carla", leads("schelle"))) == [case.reference]


def test_a_letter_has_its_address_its_words_and_its_language(ask, mila, reads):
    case = ask(way="letter", street="Melkmarkt", name="Mevrouw Jansen", locale="ar")
    (line,) = reads(mila).letters()
    letter = reads(mila).letter(line.id)
    assert letter.recipient == "Mevrouw Jansen\nMelkmarkt 12\n8011 PK  Zwolle"
    assert letter.locale == "ar"
    assert case.reference[:4] in letter.text
    assert letter.subject


def test_printed_it_waits_no_more_and_can_be_put_back(session, ask, mila, reads, clock):
    ask(way="letter")
    (line,) = reads(mila).letters()
    assert Messages(session, clock.now()).printed(line.id)
    row = session.get(Message, line.id)
    assert (row.state, row.sent_at) == ("printed", clock.now())
    assert row.text
    assert reads(mila).letters() == []
    assert reads(mila).letter(line.id) is None
    assert [one.id for one in reads(mila).printed_lately()] == [line.id]
    assert Messages(session, clock.now()).put_back(line.id)
    assert [one.id for one in reads(mila).letters()] == [line.id]


def test_a_letter_whose_words_are_gone_is_not_put_back(session, ask, mila, reads, clock):
    ask(way="letter")
    (line,) = reads(mila).letters()
    messages = Messages(session, clock.now())
    assert not messages.put_back(line.id)
    messages.printed(line.id)
    session.get(Message, line.id).text = ""
    session.flush()
    assert not messages.put_back(line.id)
    assert reads(mila).printed_lately() == []


def test_what_was_printed_in_another_team_is_not_there_to_put_back(session, ask, mila, staff, reads, clock):
    ask("holtenbroek", way="letter")
    noor = staff("Noor", works("holtenbroek"))
    (line,) = reads(noor).letters()
    Messages(session, clock.now()).printed(line.id)
    assert len(reads(noor).printed_lately()) == 1
    assert reads(mila).printed_lately() == []


def test_twice_is_once(session, ask, mila, reads, clock):
    ask(way="letter")
    (line,) = reads(mila).letters()
    assert Messages(session, clock.now()).printed(line.id)
    first = clock.now()
    clock.forward(hours=1)
    assert not Messages(session, clock.now()).printed(line.id)
    assert session.get(Message, line.id).sent_at == first


def test_what_is_no_letter_is_not_printed(session, ask, clock):
    ask(way="email")
    mail = session.query(Message).filter_by(channel="email", recipient="m.jansen@example.nl").one()
    assert not Messages(session, clock.now()).printed(mail.id)
    assert not Messages(session, clock.now()).printed(999_999)
    assert mail.text


def test_a_letter_waits_also_when_its_case_is_done(session, ask, mila, letters, clock):
    """The last letter says that it is over."""
    case = ask(way="letter")
    put(session, case, closed_at=clock.now())
    assert letters(mila) == [case.reference]


# --- what could not be sent


def test_messages_that_failed_are_told_while_the_case_is_open(session, ask, mila, reads, clock):
    case, other = ask(way="email"), ask("holtenbroek", way="email")
    for message in session.query(Message).filter(Message.about.in_([case.id, other.id])):
        message.state = "failed" if message.recipient == "m.jansen@example.nl" else "sent"
    session.flush()
    assert [row.reference for row in reads(mila).undelivered()] == [case.reference]
    put(session, case, closed_at=clock.now())
    assert reads(mila).undelivered() == []


@pytest.mark.parametrize("action", ["answered", "write"])
def test_a_message_that_failed_is_off_the_list_once_somebody_did_something_about_it(
    session, ask, mila, reads, clock, action
):
    case = ask(way="sms", phone="0381234567")
    assert [row.reference for row in reads(mila).undelivered()] == [case.reference]
    clock.forward(minutes=1)
    at_work = Handling(session, clock.now(), mila)
    if action == "answered":
        at_work.answered(case)
    else:
        session.get(Contact, case.id).way = "letter"
        at_work.write(case, "Dag", FACTS)
    assert reads(mila).undelivered() == []


def test_a_note_does_nothing_about_a_message_that_failed(session, ask, mila, reads, clock):
    case = ask(way="sms", phone="0381234567")
    clock.forward(minutes=1)
    Handling(session, clock.now(), mila).note(case, "Nog bellen.")
    assert [row.reference for row in reads(mila).undelivered()] == [case.reference]
