"""Somebody complains in one sitting: with a name or without, about whomever, for whomever, about one thing or three."""

from datetime import date

import pytest

from portal.cases.models import Case, CaseEvent, Contact, Draft, Representative, Term
from portal.cases.wall_models import CaseWall
from portal.complaints.models import Complaint, ComplaintPart
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import answer, on, question, reference, sending
from tests.unit.complaints.complaining import (
    BY_LETTER,
    EMAIL,
    FOLLOW,
    FOR_MOTHER,
    FORM,
    HELPER_EMAIL,
    ME,
    NAME,
    NAMELESS,
    PERSONAL,
    SECOND,
    THIRD,
    WHOM,
    WISH,
    WITH_A_DECISION,
    WORDS,
    at,
    send,
    to_check,
)

LOCALES = ("nl", "nl_simple", "ar")
ORDER = ["who", "about", "happened", "decision", "wish", "named", "name", "home", "reach"]
STATUS = f"{FOLLOW['nl']}/stand"
#: Six weeks after Monday 23 November 2026.
DUE = date(2027, 1, 4)


@pytest.mark.parametrize("locale", LOCALES)
def test_somebody_complains_and_hears_by_when_there_is_an_answer(visitor, books, locale):
    page = send(visitor, ME, locale)
    case, complaint, contact = books.the(Case), books.the(Complaint), books.the(Contact)
    assert reference(page).replace(" ", "") == case.reference
    assert (case.kind, case.state, case.locale, case.team_slug) == ("complaint", "received", locale, None)
    assert (complaint.about, complaint.anonymous, complaint.received_on) == ("team", False, date(2026, 11, 23))
    assert (contact.name, contact.postcode, contact.way) == (NAME, "8011PK", "email")
    assert [part.said for part in books.rows(ComplaintPart)] == [WORDS]
    assert [wall.team_slug for wall in books.rows(CaseWall)] == ["midden"]
    assert {term.key: term.due_on for term in books.rows(Term)} == {
        "complaint_decide": DUE, "complaint_receipt": date(2026, 11, 30),
    }  # fmt: skip
    assert books.rows(Draft) == books.rows(Representative) == []
    (mail,) = books.messages(EMAIL)
    assert reference(page) in mail.text
    assert "038 000 02 00" in mail.text
    assert not [private for private in PERSONAL if private in mail.text + mail.subject]
    assert "2027" in text(main(page))


def test_five_days_to_say_who_handles_it_and_six_weeks_for_the_answer_are_told_on_every_page(visitor, books):
    page = send(visitor)
    (mail,) = books.messages()
    for told in (text(main(page)), text(main(visitor.get(f"{FOLLOW['nl']}/stand"))), mail.text):
        assert "4 januari 2027" in told
    assert "Uiterlijk 30 november 2026 weet u wie uw klacht behandelt" in text(main(visitor.get(STATUS)))


@pytest.mark.parametrize("locale", LOCALES)
def test_what_it_means_to_stay_without_a_name_is_said_before_it_is_chosen_and_kept(visitor, books, locale):
    said = text(main(at(visitor, "named", NAMELESS, locale)))
    assert (
        words("Without your name we read it and learn from it. We can ask you nothing and tell you nothing.", locale)
        in said
    )
    page = send(visitor, NAMELESS, locale)
    contact = books.the(Contact)
    assert (contact.name, contact.postcode, contact.phone, contact.email) == ("–", "", None, None)
    assert books.the(Complaint).anonymous
    assert books.messages() == books.rows(Representative) == []
    for shown in (page, visitor.get(f"{FOLLOW[locale]}/stand")):
        assert "2027" not in text(main(shown)), "nothing is promised that we cannot do"
        assert not [private for private in PERSONAL if private in text(main(shown))]


def test_who_stays_without_a_name_is_asked_no_name_address_or_phone(visitor, books):
    page, asked = visitor.get(f"{FORM['nl']}/vraag/who"), []
    while "/vraag/" in page.request.path:
        asked.append(question(page))
        page = answer(visitor, page, NAMELESS[asked[-1]])
    assert asked == ORDER[:6]


def test_a_name_that_was_given_first_is_not_kept_by_who_then_stays_without(visitor, books):
    to_check(visitor)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/named"), {"named": "anonymous"})
    on(visitor, visitor.submit(sending(page)))
    assert NAME not in str([*books.rows(Contact), *books.rows(Case), *books.rows(Draft)])


@pytest.mark.parametrize(
    ("about", "walls"), [("team", ["midden"]), ("person", ["midden"]), ("provider", []), ("way", [])]
)
def test_about_whomever_it_is_the_team_that_was_named_does_not_see_it(visitor, books, about, walls):
    team = "midden" if walls else ""
    send(visitor, {**ME, "about": {"about": about, "team": team, "whom": WHOM}})
    assert books.the(Complaint).about == about
    assert [wall.team_slug for wall in books.rows(CaseWall)] == walls
    assert books.the(Case).answers["whom"] == WHOM


def test_somebody_complains_for_their_mother_and_gets_the_messages(visitor, books):
    send(visitor, FOR_MOTHER)
    helper, (mail,) = books.the(Representative), books.messages()
    assert (helper.relation, mail.recipient) == ("carer", HELPER_EMAIL)
    assert [(event.action, event.author) for event in books.rows(CaseEvent)] == [
        ("open", "representative"), ("begin", "system"),
    ]  # fmt: skip


def test_by_letter_an_envelope_comes(visitor, books):
    send(visitor, BY_LETTER)
    (letter,) = books.messages()
    assert (letter.channel, "4 januari 2027" in letter.text) == ("letter", True)


def test_each_thing_that_went_wrong_is_a_part_of_its_own(visitor, books):
    send(visitor, WITH_A_DECISION)
    assert [(part.number, part.said) for part in books.rows(ComplaintPart)] == [(1, WORDS), (2, SECOND), (3, THIRD)]


def test_the_second_thing_may_stay_empty_and_the_third_be_told(visitor, books):
    send(visitor, {**ME, "happened": {**ME["happened"], "more_3": THIRD}})
    assert [(part.number, part.said) for part in books.rows(ComplaintPart)] == [(1, WORDS), (2, THIRD)]


def test_every_answer_stands_on_the_check_page_and_can_be_changed(visitor, books):
    page = to_check(visitor, WITH_A_DECISION)
    shown = text(page.html.select_one("dl.answers"))
    for said in (NAME, WORDS, SECOND, THIRD, WHOM, WISH, "16 november 2026", "Sociaal wijkteam"):
        assert said in shown
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/name"), {"name": "Jan Anders"})
    on(visitor, visitor.submit(sending(page)))
    assert books.the(Contact).name == "Jan Anders"


@pytest.mark.parametrize("first", ["talk", "examine"])
def test_talking_first_is_a_choice_and_changes_no_date(visitor, books, first):
    send(visitor, {**ME, "wish": {"wish": "", "first": first}})
    assert books.the(Case).answers["first"] == first
    assert max(term.due_on for term in books.rows(Term)) == DUE


def test_each_question_says_which_step_it_is_and_why_it_is_asked(visitor, books):
    page = visitor.get(f"{FORM['nl']}/vraag/who")
    for number, name in enumerate(ORDER, 1):
        assert question(page) == name
        assert words("step %(number)s of %(count)s", number=number, count=len(ORDER)) in page.html.title.text
        assert len(text(page.html.select_one("details.why p"))) > 15
        page = answer(visitor, page, ME[name])


@pytest.mark.parametrize("page", ["", "/vraag/about", "/vraag/happened"])
def test_whoever_reads_along_at_home_the_form_can_be_left_at_once(visitor, books, page):
    at(visitor, "decision")
    shown = visitor.get(f"{FORM['nl']}{page}")
    assert "/weg" in hrefs(shown.html)
    assert "no-store" in shown.headers["Cache-Control"]


def test_the_start_is_offered_on_the_page_about_complaining(visitor):
    for segment, word in (("nl", "klacht"), ("nl-simple", "klacht"), ("ar", "complaint")):
        assert FORM[segment.replace("-", "_")] in hrefs(visitor.get(f"/{segment}/{word}").html)


def test_reading_what_it_is_sets_no_cookie_and_asks_nothing(visitor):
    visitor.get(FORM["nl"])
    assert visitor.cookies == {}
