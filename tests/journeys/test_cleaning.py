"""Somebody asks for help with cleaning in one sitting: for themselves or for another, with e-mail or without."""

import pytest

from portal.cases.models import Case, Contact, Draft, Representative
from tests.browser import Browser
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import (
    EMAIL,
    FOLLOW,
    FOR_MOTHER,
    FORM,
    HELPER_EMAIL,
    HELPER_NAME,
    HOUSE,
    ME,
    NAME,
    NOTE,
    answer,
    at,
    question,
    reference,
    send,
)

LOCALES = ("nl", "nl_simple", "ar")
ORDER = ["who", "home", "provider", "when", "name", "reach", "language", "note"]


@pytest.mark.parametrize("locale", LOCALES)
def test_somebody_asks_for_themselves_and_gets_a_mail_with_the_number(visitor, books, locale):
    page = send(visitor, ME, locale)
    case, contact = books.the(Case), books.the(Contact)
    assert text(page.html.h1) == words("We have your request", locale)
    assert reference(page).replace(" ", "") == case.reference
    assert (case.kind, case.state, case.channel, case.locale) == ("cleaning", "offered", "web", locale)
    assert case.answers == {
        "provider": "de-bezem", "parts": ["fr-afternoon", "mo-morning"], "start": "soon", "note": NOTE,
    }  # fmt: skip
    assert (contact.name, contact.postcode, contact.house, contact.way) == (NAME, "8011PK", HOUSE, "email")
    assert (contact.phone, contact.email, contact.language) == ("0612349876", EMAIL, "Twents")
    assert books.rows(Representative) == books.rows(Draft) == []
    (mail,) = books.messages(EMAIL)
    assert mail.channel == "email"
    assert reference(page) in mail.text
    assert reference(page) in mail.subject


@pytest.mark.parametrize(
    ("locale", "date"), [("nl", "25 november 2026"), ("nl_simple", "25 november 2026"), ("ar", "25 نوفمبر 2026")]
)
def test_the_confirmation_says_by_when_whom_to_call_and_how_to_follow(visitor, books, central, locale, date):
    page = main(send(visitor, ME, locale))
    assert date in text(page)
    assert central in hrefs(page)
    assert f"{FOLLOW[locale]}/stand" in hrefs(page)
    assert NAME not in text(page)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_carer_asks_for_their_mother_and_gets_the_messages(visitor, books, locale):
    send(visitor, FOR_MOTHER, locale)
    helper, contact = books.the(Representative), books.the(Contact)
    assert (helper.name, helper.relation, helper.gets_messages) == (HELPER_NAME, "carer", True)
    assert (contact.name, contact.way) == (NAME, "phone")
    assert [mail.recipient for mail in books.messages()] == ["planning@de-bezem.example", HELPER_EMAIL]


def test_a_helper_may_leave_the_messages_to_the_person_they_ask_for(visitor, books):
    answers = {**FOR_MOTHER, "reach": ME["reach"], "helper": {**FOR_MOTHER["helper"], "messages": "resident"}}
    send(visitor, answers)
    assert books.messages()[-1].recipient == EMAIL


def test_for_another_it_asks_the_name_of_that_other(visitor, books):
    mine, theirs = at(visitor, "name"), at(visitor, "name", FOR_MOTHER)
    assert words("Your name") in text(main(mine))
    assert words("The name of the person you ask for") in text(main(theirs))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("reach", "channel"), [({"way": "letter"}, "letter"), ({"way": "phone", "phone": "038 123 45 67"}, None)]
)
def test_nobody_needs_an_email_address(visitor, books, locale, reach, channel):
    page = send(visitor, {**ME, "reach": reach}, locale)
    own = [mail for mail in books.messages() if "de-bezem" not in mail.recipient]
    assert [mail.channel for mail in own] == ([channel] if channel else [])
    assert reference(page).replace(" ", "") == books.the(Case).reference


def test_a_text_message_goes_to_the_mobile_phone(visitor, books):
    send(visitor, {**ME, "reach": {"way": "sms", "phone": "06 1234 9876"}})
    (message,) = books.messages("0612349876")
    assert message.channel == "sms"


def test_each_question_says_which_step_it_is_and_why_it_is_asked(visitor, books):
    page = visitor.get(f"{FORM['nl']}/vraag/who")
    for number, name in enumerate(ORDER, 1):
        assert question(page) == name
        step = words("step %(number)s of %(count)s", number=number, count=len(ORDER))
        assert step in page.html.title.text
        assert len(text(page.html.select_one("details.why p"))) > 15
        page = answer(visitor, page, ME[name])


def test_providers_stand_side_by_side_with_price_date_waiting_time_and_languages(visitor, books):
    page = at(visitor, "provider")
    cards = page.html.select("li.provider")
    assert {text(card.h2).split(" ", 1)[0] for card in cards} == {"De", "Helder", "Schoon", "Thuis"}
    for card in cards:
        assert "€" in text(card)
        assert "1 juli 2026" in text(card)
    values = [box["value"] for box in page.html.select("input[name=provider]")]
    assert values[-1] == "anyone"
    assert set(values) == {"de-bezem", "helder-huis", "schoon-en-samen", "thuis-fris", "anyone"}


def test_the_provider_question_is_not_one_that_recommends_by_its_order(app, books):
    firsts = set()
    for number in range(12):
        visitor = Browser(app, "zwolle.test")
        page = at(visitor, "provider", {**ME, "home": {"postcode": "8011PK", "house": str(number)}})
        firsts.add(page.html.select_one("li.provider h2").text)
    assert len(firsts) > 1
