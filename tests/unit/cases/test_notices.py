"""Who hears what, in the way they chose, once."""

import pytest
from sqlalchemy import select

from portal.cases.models import Contact, Representative
from portal.cases.notices import Notices
from portal.cases.workflow import Author
from portal.cleaning.words import TEXTS
from portal.foundation.outbox import OutboxRow
from portal.messaging.models import Message
from tests.unit.cases.conftest import ANSWERS, somebody
from tests.unit.cases.test_texts import FACTS

HELPER = {"name": "Piet", "relation": "carer", "gets_messages": True}


@pytest.fixture
def tell(session, clock):
    """Tells of a moment: `tell(case, "received")`."""
    return lambda case, moment="received", facts=FACTS: Notices(session, TEXTS, clock.now()).tell(case, moment, facts)


@pytest.fixture
def ask(desk):
    """Opens a request: `ask(way="sms")`, for somebody else with `helper={…}`."""

    def opened(helper=None, locale="nl", **contact):
        by = Representative(**HELPER | helper) if helper is not None else None
        return desk().open("key", dict(ANSWERS), somebody(**contact), locale, representative=by).case

    return opened


@pytest.fixture
def sent(session):
    """What was written: channel and recipient of each message."""
    return lambda: [(row.channel, row.recipient) for row in session.scalars(select(Message).order_by(Message.id))]


def test_who_is_called_by_phone_gets_no_message(ask, tell, sent):
    assert not tell(ask(way="phone"))
    assert sent() == []


@pytest.mark.parametrize(
    ("way", "recipient"),
    [("email", "m.jansen@example.nl"), ("sms", "0612345678"), ("letter", "Mevrouw Jansen\n8011 PK 12\nZwolle")],
)
def test_everybody_hears_in_the_way_they_chose(ask, tell, sent, way, recipient):
    assert tell(ask(way=way))
    assert sent() == [(way, recipient)]


def test_a_letter_names_the_street_when_it_is_known(ask, tell, sent):
    tell(ask(way="letter", street="Melkmarkt", email=None, phone=None))
    assert sent() == [("letter", "Mevrouw Jansen\nMelkmarkt 12\n8011 PK  Zwolle")]


def test_a_text_message_has_the_short_words_and_a_letter_the_long_ones(session, ask, tell):
    case = ask(way="sms")
    tell(case)
    session.get(Contact, case.id).way = "letter"
    tell(case, "declined")
    short, long = session.scalars(select(Message).order_by(Message.id))
    assert "\n" not in short.text
    assert long.text.count("\n") > 1


def test_words_come_in_the_language_of_the_request_or_in_dutch_and_say_which(session, ask, tell):
    tell(ask(locale="nl"))
    assert session.scalar(select(Message)).locale == "nl"


def test_a_helper_who_wants_them_gets_the_messages(ask, tell, sent):
    tell(ask(helper={"email": "piet@example.nl", "phone": "0687654321"}))
    assert sent() == [("email", "piet@example.nl")]


def test_a_helper_with_a_mobile_phone_only_gets_a_text_message(ask, tell, sent):
    tell(ask(helper={"phone": "0687654321"}))
    assert sent() == [("sms", "0687654321")]


def test_a_helper_with_a_phone_that_reads_nothing_is_called(ask, tell, sent):
    assert not tell(ask(helper={"phone": "0381234567"}))
    assert sent() == []


def test_a_helper_who_does_not_want_them_leaves_them_to_the_resident(ask, tell, sent):
    tell(ask(helper={"email": "piet@example.nl", "gets_messages": False}))
    assert sent() == [("email", "m.jansen@example.nl")]


def test_a_helper_whose_time_is_over_hears_nothing_more(session, ask, tell, sent, clock):
    case = ask(helper={"email": "piet@example.nl"})
    session.get(Representative, case.id).ended_at = clock.now()
    tell(case)
    assert sent() == [("email", "m.jansen@example.nl")]


def test_a_moment_is_told_once(session, ask, tell, sent):
    case = ask()
    assert tell(case)
    assert not tell(case)
    assert len(sent()) == 1
    assert len(session.scalars(select(OutboxRow).where(OutboxRow.kind == "message")).all()) == 1


def test_the_same_moment_after_another_step_is_told_again(desk, ask, tell, sent):
    case = ask()
    desk().take(case, "offer", Author.SYSTEM)
    tell(case, "declined")
    desk().take(case, "decline", Author.PROVIDER)
    tell(case, "declined")
    assert len(sent()) == 2


def test_a_way_without_an_address_tells_nobody_and_breaks_nothing(ask, tell, sent):
    assert not tell(ask(way="sms", phone=None))
    assert sent() == []


def test_nothing_personal_stands_in_a_message(session, ask, tell):
    tell(ask(way="letter"))
    message = session.scalar(select(Message))
    for word in ("Jansen", "8011", "0612345678", "m.jansen"):
        assert word not in message.text + message.subject
