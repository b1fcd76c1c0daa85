"""Somebody asks for a conversation in one sitting and chooses its moment: with somebody at their side, or on paper."""

import pytest

from portal.bookings.models import Booking
from portal.cases.models import Case, CaseEvent, Contact, Draft, Representative, Term
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import FOLLOW, Books, answer, faults, fill, on, question, reference, sending
from tests.unit.conversations.talking import (
    BY_PHONE,
    CALL_ME,
    EMAIL,
    FOR_MOTHER,
    FORM,
    FRIEND_EMAIL,
    FRIEND_PHONE,
    HELPER_EMAIL,
    IN_WRITING,
    ME,
    NAME,
    WORDS,
    a_diary,
    at,
    offered,
    send,
    to_check,
)

diary = pytest.fixture(a_diary)
LOCALES = ("nl", "nl_simple", "ar")
ORDER = ["who", "about", "home", "where", "supporter", "language", "needs", "company", "moment", "name", "reach"]


@pytest.fixture
def books(diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.mark.parametrize("locale", LOCALES)
def test_somebody_asks_chooses_a_moment_and_gets_a_mail_with_all_the_law_wants_told(visitor, books, locale):
    page = send(visitor, ME, locale)
    case, contact, booking = books.the(Case), books.the(Contact), books.the(Booking)
    assert reference(page).replace(" ", "") == case.reference
    assert (case.kind, case.state, case.locale, case.team_slug) == ("conversation", "booked", locale, "midden")
    assert (booking.case_id, booking.state, booking.place, booking.hold_until) == (case.id, "booked", "home", None)
    assert booking.starts_at.isoformat().startswith("2026-11-24T09:00")
    assert (contact.name, contact.postcode, contact.way) == (NAME, "8011PK", "email")
    assert case.answers["topics"] == ["home_care", "money"]
    assert case.answers["words"] == WORDS
    assert books.rows(Draft) == books.rows(Representative) == []
    (mail,) = books.messages(EMAIL)
    assert reference(page) in mail.text
    assert "038 000 02 00" in mail.text
    assert "10:00" in mail.text
    for private in (NAME, "8011", "127", WORDS):
        assert private not in mail.text


def test_six_weeks_after_a_sunday_is_told_as_the_monday_that_the_law_means(visitor, books, clock):
    clock.forward(days=-1)  # Sunday 22 November
    page = send(visitor)
    assert "4 januari 2027" in text(main(page))
    (mail,) = books.messages(EMAIL)
    assert "Uiterlijk 4 januari 2027 weet u" in mail.text
    assert "uiterlijk 30 november 2026" in mail.text  # seven days for a plan of one's own, not ending on a Sunday
    terms = {term.key: term for term in books.rows(Term)}
    assert set(terms) == {"melding_investigation", "conversation_first_slot"}
    assert terms["melding_investigation"].ended_on is None
    assert terms["conversation_first_slot"].ended_on is not None


def test_a_carer_asks_for_their_mother_with_an_interpreter_and_two_who_come_along(visitor, books):
    page = send(visitor, FOR_MOTHER)
    case, contact, helper = books.the(Case), books.the(Contact), books.the(Representative)
    assert (contact.language, contact.interpreter, helper.relation) == ("Berbers", True, "carer")
    assert case.answers["interpreter"] == "language"
    assert [mail.recipient for mail in books.messages()] == [HELPER_EMAIL, FRIEND_EMAIL, FRIEND_PHONE]
    for recipient, channel in ((FRIEND_EMAIL, "email"), (FRIEND_PHONE, "sms")):
        (invitation,) = books.messages(recipient)
        assert invitation.channel == channel
        assert "24 november" in invitation.text
        for private in (NAME, WORDS, "8011", "127", "http", reference(page), "Berbers"):
            assert private not in invitation.text + invitation.subject
    events = [(event.action, event.author) for event in books.rows(CaseEvent)]
    assert events == [("open", "representative"), ("begin", "system"), ("book", "representative")]


def test_by_phone_and_without_mail_there_is_a_moment_and_no_message(visitor, books):
    page = send(visitor, BY_PHONE)
    booking = books.the(Booking)
    assert (booking.place, booking.state) == ("phone", "booked")
    assert booking.busy_from == booking.starts_at  # nobody travels
    assert books.messages() == []
    assert "10:00" in text(main(page))
    assert reference(page).replace(" ", "") == books.the(Case).reference


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_suits_and_somebody_wants_to_be_called(visitor, books, locale):
    page = send(visitor, CALL_ME, locale)
    case = books.the(Case)
    assert (case.state, case.answers["chosen"]) == ("received", False)
    assert books.rows(Booking) == []
    assert [term.key for term in books.rows(Term) if term.ended_on is None] == [
        "conversation_first_slot", "melding_investigation",
    ]  # fmt: skip
    assert str(case.due_on) == "2026-12-07"
    assert "038 000 02 00" in text(main(page))


def test_who_wants_to_be_called_gives_a_phone_number(visitor, books):
    page = at(visitor, "reach", CALL_ME)
    page = visitor.submit(fill(page.forms["form"], {"way": "letter"}), status=422)
    assert [field for field, _message in faults(page)] == ["phone"]


def test_in_writing_there_is_no_question_about_a_moment_and_a_letter_comes(visitor, books):
    send(visitor, IN_WRITING)
    case = books.the(Case)
    assert (case.state, case.answers["place"], case.answers["company"]) == ("received", "writing", [])
    (letter,) = books.messages()
    assert (letter.channel, "4 januari 2027" in letter.text) == ("letter", True)


def test_each_question_says_which_step_it_is_and_why_it_is_asked(visitor, books):
    page = visitor.get(f"{FORM['nl']}/vraag/who")
    for number, name in enumerate(ORDER, 1):
        assert question(page) == name
        assert words("step %(number)s of %(count)s", number=number, count=len(ORDER)) in page.html.title.text
        assert len(text(page.html.select_one("details.why p"))) > 15
        page = answer(visitor, page, {"moment": offered(page)[0]} if name == "moment" else ME[name])


@pytest.mark.parametrize("locale", LOCALES)
def test_the_supporter_is_free_and_independent_and_that_is_said_before_a_moment(visitor, books, locale):
    page = at(visitor, "supporter", ME, locale)
    assert words(
        "A client supporter thinks along with you, is free, and does not work for the municipality.", locale
    ) in text(main(page))
    assert ORDER.index("supporter") < ORDER.index("moment")


WRONG = [
    ("about", {"words": "a" * 1001}, "words"),
    ("home", {"postcode": "7411 AA", "house": "1"}, "postcode"),
    ("where", {}, "place"),
    ("where", {"place": "elsewhere"}, "other_place"),
    ("supporter", {}, "supporter"),
    ("language", {"interpreter": "language"}, "language"),
    ("needs", {"note": "a" * 301}, "note"),
    ("company", {"role_1": "mijn zus"}, "name_1"),
    ("company", {"name_1": "Zus"}, "reach_1"),
    ("company", {"name_1": "Zus", "reach_1": "038 1234567"}, "reach_1"),
    ("company", {"reach_2": "zus@example.nl"}, "name_2"),
    ("moment", {}, "moment"),
    ("reach", {"way": "email", "email": "x"}, "email"),
]


@pytest.mark.parametrize(("name", "values", "field"), WRONG)
def test_each_slip_is_told_at_its_field_and_nothing_typed_is_lost(visitor, books, name, values, field):
    page = visitor.submit(fill(at(visitor, name).forms["form"], values), status=422)
    assert [where for where, _said in faults(page)] == [field]
    for key, value in values.items():
        kept = [box["value"] for box in page.html.select(f"input[name={key}][checked]")]
        assert value in (*kept, page.forms["form"].fields[key][0].value)


def test_every_answer_stands_on_the_check_page_and_can_be_changed(visitor, books):
    page = to_check(visitor, FOR_MOTHER)
    shown = text(page.html.select_one("dl.answers"))
    for said in (NAME, WORDS, "Buurvrouw", FRIEND_EMAIL, "Berbers", "dinsdag 24 november, 10:00", words("Money")):
        assert said in shown
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/name"), {"name": "Jan Anders"})
    on(visitor, visitor.submit(sending(page)))
    assert books.the(Contact).name == "Jan Anders"


def test_the_text_about_the_conversation_leads_to_the_form(visitor):
    for segment, word in (("nl", "keukentafelgesprek"), ("nl-simple", "keukentafelgesprek")):
        page = visitor.get(f"/{segment}/{word}")
        assert f"/{segment}/gesprek-vragen" in hrefs(page.html)


def test_a_question_that_is_not_open_yet_leads_to_the_start(visitor, books):
    assert on(visitor, visitor.get(f"{FORM['nl']}/vraag/moment", status=303)).request.path == FORM["nl"]
    at(visitor, "where")
    assert question(on(visitor, visitor.get(f"{FORM['nl']}/controle", status=303))) == "where"


def test_reading_what_it_is_sets_no_cookie_and_asks_nothing(visitor):
    visitor.get(FORM["nl"])
    assert visitor.cookies == {}
    assert FOLLOW["nl"] not in FORM["nl"]
