"""What staff do with a case: who it was stands in the chain, and the resident hears in their way and language."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.events import broken_link
from portal.cases.handling import ONE_LOOK, Handling, NothingChanges, looked_lately
from portal.cases.models import CaseEvent, CaseLook, CaseMessage, Contact, Representative
from portal.cases.scope import visible_to
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.messaging.models import Message
from tests.desk import hire, identity_of, works
from tests.unit.cases.conftest import ANSWERS, somebody

FACTS = {"reference": "7KD4 MW3F", "phone": "038 000 02 00", "link": "https://zwolle.test/nl/mijn-aanvraag"}
TEAM = {**FACTS, "team": "Sociaal wijkteam Holtenbroek", "team_phone": "038 000 02 20"}
WORDS = "Wij komen dinsdag langs.\n\nTot dan!"


@pytest.fixture
def mila(session, clock):
    """Somebody of the team."""
    return hire(session, clock.now(), "Mila", works("midden"))


@pytest.fixture
def at_work(session, clock, mila):
    """Mila, as she is at this moment."""
    return lambda: Handling(session, clock.now(), mila)


@pytest.fixture
def new(desk):
    """Opens cases in a team: `new(way="sms")`."""
    keys = iter(range(100))

    def opened(locale="nl", helper=None, **contact):
        return desk().open(f"key-{next(keys)}", dict(ANSWERS), somebody(**contact), locale, team="midden",
                           representative=Representative(**helper) if helper else None).case  # fmt: skip

    return opened


@pytest.fixture
def events(session):
    """What happened to a case, as (action, author, who)."""

    def rows(case):
        query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number)
        return [(row.action, row.author, row.staff_id) for row in session.scalars(query)]

    return rows


@pytest.fixture
def post(session):
    """The messages there are, the oldest first."""
    return lambda: list(session.scalars(select(Message).order_by(Message.id)))


def test_everything_staff_do_names_who_it_was_and_the_chain_stays_whole(session, at_work, new, events, mila, clock):
    case = new()
    for act in (
        lambda: at_work().assign(case, mila),
        lambda: at_work().write(case, WORDS, FACTS),
        lambda: at_work().note(case, "Gebeld, niet thuis."),
        lambda: at_work().answered(case),
        lambda: at_work().assign(case, None),
        lambda: at_work().hand_over(case, "holtenbroek", TEAM),
    ):
        act()
        clock.forward(minutes=1)
        assert broken_link(session, case.id) is None
    actions = ("assign", "write", "note", "answered", "release", "hand_over")
    assert events(case) == [("open", "resident", None), *((action, "staff", mila) for action in actions)]


def test_who_it_was_is_bound_into_the_chain(session, at_work, new, mila):
    from sqlalchemy import delete, insert

    case = new()
    at_work().answered(case)
    row = session.execute(select(CaseEvent.__table__).where(CaseEvent.case_id == case.id, CaseEvent.number == 2)).one()
    session.execute(delete(CaseEvent).where(CaseEvent.id == row.id))
    session.execute(insert(CaseEvent).values(**row._asdict() | {"staff_id": mila + 1}))
    session.expire_all()
    assert broken_link(session, case.id) == 2


def test_a_case_goes_to_a_colleague_and_back_to_the_team(session, at_work, new, mila, clock):
    case, piet = new(), hire(session, clock.now(), "Piet", works("midden"))
    for owner in (mila, piet, None):
        at_work().assign(case, owner)
        assert case.owner_id == owner


def test_giving_it_to_who_has_it_changes_nothing(at_work, new, events, mila):
    case = new()
    with pytest.raises(NothingChanges):
        at_work().assign(case, None)
    at_work().assign(case, mila)
    with pytest.raises(NothingChanges):
        at_work().assign(case, mila)
    assert len(events(case)) == 2


# --- to another team


def test_after_handing_over_the_old_team_does_not_see_it_and_the_new_one_does(session, at_work, new, mila, clock):
    case, noor = new(), hire(session, clock.now(), "Noor", works("holtenbroek"))

    def in_sight(staff_id):
        condition = visible_to(identity_of(session, clock.now(), staff_id), [CLEANING])
        return session.scalar(select(type(case).id).where(type(case).id == case.id, condition)) is not None

    at_work().assign(case, mila)
    assert (in_sight(mila), in_sight(noor)) == (True, False)
    at_work().hand_over(case, "holtenbroek", TEAM)
    assert (in_sight(mila), in_sight(noor)) == (False, True)
    assert case.owner_id is None


def test_the_resident_hears_which_team_has_it_now_and_its_phone(at_work, new, post):
    at_work().hand_over(new(), "holtenbroek", TEAM)
    (mail,) = post()
    assert (mail.channel, mail.recipient) == ("email", "m.jansen@example.nl")
    for fact in (TEAM["team"], TEAM["team_phone"], TEAM["reference"], TEAM["link"]):
        assert fact in mail.text


@pytest.mark.parametrize("locale", ["ar", "pl", "tr", "uk", "en", "nl_simple"])
def test_the_resident_hears_it_in_their_own_language(session, at_work, new, post, locale):
    at_work().hand_over(new(), "holtenbroek", TEAM)
    at_work().hand_over(new(locale), "holtenbroek", TEAM)
    dutch, own = post()
    assert own.locale == locale
    assert own.text != dutch.text
    assert TEAM["team"] in own.text


def test_handing_over_to_where_it_is_changes_nothing(at_work, new, post):
    case = new()
    with pytest.raises(NothingChanges):
        at_work().hand_over(case, "midden", TEAM)
    assert post() == []


def test_a_case_may_go_on_to_a_third_team_and_each_time_it_is_told(at_work, new, post):
    case = new()
    at_work().hand_over(case, "holtenbroek", TEAM)
    at_work().hand_over(case, "midden", {**TEAM, "team": "Sociaal wijkteam Midden"})
    assert len(post()) == 2


# --- writing


@pytest.mark.parametrize(
    ("contact", "goes"),
    [
        ({"way": "email"}, ("email", "m.jansen@example.nl")),
        ({"way": "sms"}, ("sms", "0612345678")),
        ({"way": "letter"}, ("letter", "Mevrouw Jansen\n8011 PK 12\nZwolle")),
    ],
)
def test_what_is_written_goes_in_the_way_of_the_resident(at_work, new, post, contact, goes):
    assert at_work().write(new(**contact), WORDS, FACTS)
    (message,) = post()
    assert (message.channel, message.recipient) == goes


def test_a_mail_and_a_text_message_say_that_there_are_words_and_not_which(at_work, new, post):
    for way in ("email", "sms"):
        at_work().write(new(way=way), WORDS, FACTS)
    for message in post():
        assert "dinsdag" not in message.text + message.subject
        assert FACTS["link"] in message.text


def test_a_letter_holds_the_words_themselves(at_work, new, post):
    at_work().write(new(way="letter"), WORDS, FACTS)
    (letter,) = post()
    assert WORDS in letter.text
    assert "dinsdag" not in letter.subject


def test_signs_that_mean_something_in_our_texts_are_words_in_a_letter(at_work, new, post):
    at_work().write(new(way="letter"), "Neem {phone} en 100% {x} mee", FACTS)
    assert "Neem {phone} en 100% {x} mee" in post()[0].text


def test_who_wants_a_call_gets_nothing_and_staff_are_told_to_call(session, at_work, new, post):
    case = new(way="phone")
    assert not at_work().write(case, WORDS, FACTS)
    assert post() == []
    assert session.scalar(select(CaseMessage.text).where(CaseMessage.case_id == case.id)) == WORDS


def test_who_speaks_for_the_resident_gets_it(at_work, new, post):
    helper = {"name": "Piet", "relation": "carer", "gets_messages": True, "email": "piet@example.nl"}
    assert at_work().write(new(helper=helper, way="phone"), WORDS, FACTS)
    assert [(one.channel, one.recipient) for one in post()] == [("email", "piet@example.nl")]


def test_it_is_told_in_the_language_of_the_resident(at_work, new, post):
    at_work().write(new(), WORDS, FACTS)
    at_work().write(new("ar", way="letter"), "نأتي يوم الثلاثاء", FACTS)
    dutch, arabic = post()
    assert (dutch.locale, arabic.locale) == ("nl", "ar")
    assert "نأتي يوم الثلاثاء" in arabic.text


def test_two_messages_are_told_twice(at_work, new, post):
    case = new()
    at_work().write(case, WORDS, FACTS)
    at_work().write(case, "En nog iets.", FACTS)
    assert len(post()) == 2


def test_words_are_kept_with_who_wrote_them_and_a_note_as_a_note(session, at_work, new, mila):
    case = new()
    at_work().write(case, WORDS, FACTS)
    at_work().note(case, "Belt liever na tienen.")
    query = select(CaseMessage).where(CaseMessage.case_id == case.id).order_by(CaseMessage.id)
    assert [(one.author, one.staff_id, one.note, one.text) for one in session.scalars(query)] == [
        ("staff", mila, False, WORDS),
        ("staff", mila, True, "Belt liever na tienen."),
    ]


def test_a_note_is_sent_to_nobody(at_work, new, post):
    at_work().note(new(), "Belt liever na tienen.")
    assert post() == []


def test_somebody_without_details_any_more_is_told_nothing_and_nothing_breaks(session, at_work, new, post):
    case = new()
    session.delete(session.get(Contact, case.id))
    session.flush()
    assert not at_work().write(case, WORDS, FACTS)
    assert post() == []


# --- waiting for an answer


@pytest.fixture
def asks(desk, new, clock):
    """A case in which the resident wrote and waits."""
    case = new()
    desk().say(case, Author.RESIDENT, "Wanneer komt er iemand?")
    assert case.asks_since == clock.now()
    return case


def test_nobody_waits_any_more_after_we_wrote_or_talked(at_work, desk, asks):
    at_work().write(asks, WORDS, FACTS)
    assert asks.asks_since is None
    desk().say(asks, Author.RESIDENT, "En hoe laat?")
    at_work().answered(asks)
    assert asks.asks_since is None


def test_a_note_or_another_owner_answers_nobody(at_work, asks, mila, clock):
    at_work().note(asks, "Nog bellen.")
    at_work().assign(asks, mila)
    at_work().hand_over(asks, "holtenbroek", TEAM)
    assert asks.asks_since is not None


def test_somebody_waits_since_the_first_thing_they_wrote(desk, asks, clock):
    since = asks.asks_since
    clock.forward(hours=5)
    desk().say(asks, Author.RESIDENT, "Ik hoor niets.")
    assert asks.asks_since == since


def test_the_words_of_staff_count_for_nothing_in_how_much_a_resident_may_write(at_work, desk, new):
    case = new(way="phone")
    for number in range(25):
        at_work().note(case, f"Notitie {number}")
    desk().say(case, Author.RESIDENT, "Ik kan nog schrijven.")


def test_a_step_that_staff_take_names_who(session, policies, desk, new, events, mila, clock):
    case = new()
    CaseDesk(session, CLEANING, policies, clock.now(), mila).take(case, "withdraw", Author.STAFF)
    assert events(case)[-1] == ("withdraw", "staff", mila)
    assert broken_link(session, case.id) is None


# --- looking


@pytest.mark.parametrize(
    ("ago", "lately"), [(timedelta(0), True), (timedelta(minutes=59), True), (ONE_LOOK, False), (timedelta(1), False)]
)
def test_a_look_within_the_hour_is_the_same_look(session, new, mila, clock, ago, lately):
    case = new()
    session.add(CaseLook(case_id=case.id, staff_id=mila, at=clock.now() - ago, why="work"))
    session.flush()
    assert looked_lately(session, case.id, mila, clock.now()) is lately


def test_the_look_of_a_colleague_is_another_look(session, new, mila, clock):
    case, other = new(), new()
    session.add(CaseLook(case_id=case.id, staff_id=mila, at=clock.now(), why="work"))
    session.flush()
    assert not looked_lately(session, case.id, mila + 1, clock.now())
    assert not looked_lately(session, other.id, mila, clock.now())
