"""Whatever somebody answers, a slip is told at its field, nothing typed is lost, and every answer can be changed."""

import pytest
from sqlalchemy import update

from portal.cases.models import Case, Contact, Draft, Representative
from portal.cleaning.models import Provider
from portal.foundation.db import writing
from portal.ui.forms import TRAP
from tests.reading import main, text, words
from tests.unit.cleaning.asking import (
    EMAIL,
    FOR_MOTHER,
    FORM,
    HOUSE,
    ME,
    NAME,
    NOTE,
    answer,
    at,
    faults,
    fill,
    on,
    question,
    sending,
    to_check,
)

LOCALES = ("nl", "nl_simple", "ar")
ORDER = ["who", "home", "provider", "when", "name", "reach", "language", "note"]


WRONG = [
    ("who", {}, "who", "Choose who it is for."),
    ("home", {"postcode": "", "house": "12"}, "postcode", "Write the postcode."),
    ("home", {"postcode": "8011", "house": "12"}, "postcode", None),
    ("home", {"postcode": "7411 AA", "house": "12"}, "postcode", None),
    ("home", {"postcode": "8011 PK", "house": ""}, "house", "Write the house number."),
    ("home", {"postcode": "8011 PK", "house": "1" * 21}, "house", None),
    ("provider", {}, "provider", "Choose a provider, or “no preference”."),
    ("when", {"parts": [], "start": "soon"}, "parts", "Choose at least one part of a day."),
    ("when", {"parts": ["mo-morning"]}, "start", "Choose when it may begin."),
    ("name", {"name": "   "}, "name", "Write the name."),
    ("name", {"name": "a" * 81}, "name", None),
    ("reach", {}, "way", "Choose how we may reach you."),
    ("reach", {"way": "phone"}, "phone", "Write the phone number, such as 06 12345678."),
    ("reach", {"way": "phone", "phone": "bel maar"}, "phone", "Write the phone number, such as 06 12345678."),
    ("reach", {"way": "sms", "phone": "038 1234567"}, "phone", "Write the phone number, such as 06 12345678."),
    ("reach", {"way": "email"}, "email", "Write the e-mail address, such as naam@voorbeeld.nl."),
    ("reach", {"way": "email", "email": "jan@"}, "email", "Write the e-mail address, such as naam@voorbeeld.nl."),
    ("reach", {"way": "letter", "phone": "vijf"}, "phone", "Write the phone number, such as 06 12345678."),
    ("reach", {"way": "letter", "email": "x"}, "email", "Write the e-mail address, such as naam@voorbeeld.nl."),
    ("language", {"language": "a" * 41}, "language", None),
    ("note", {"note": "a" * 301}, "note", None),
    ("helper", {"helper_name": "", "phone": "0612345678", "knows": "yes", "messages": "helper"}, "helper_name",
     "Write your name."),
    ("helper", {"helper_name": "Piet", "knows": "yes", "messages": "helper"}, "phone",
     "Give your phone number or your e-mail address, so that we can reach you."),
    ("helper", {"helper_name": "Piet", "phone": "x", "email": "p@example.nl", "knows": "yes", "messages": "helper"},
     "phone", "Write the phone number, such as 06 12345678."),
    ("helper", {"helper_name": "Piet", "phone": "0612345678", "knows": "no", "messages": "helper"}, "knows",
     "Ask the person first. Is that not possible? Call us."),
    ("helper", {"helper_name": "Piet", "phone": "0612345678", "messages": "helper"}, "knows", "Choose yes or no."),
    ("helper", {"helper_name": "Piet", "phone": "0612345678", "knows": "yes"}, "messages",
     "Choose who gets our messages."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "field", "message"), WRONG)
def test_each_wrong_answer_gets_its_message_at_the_field_and_nothing_typed_is_lost(
    visitor, books, name, values, field, message
):
    page = visitor.submit(fill(at(visitor, name, FOR_MOTHER).forms["form"], values), status=422)
    assert [where for where, _said in faults(page)] == [field]
    said = text(page.html.find(id=f"{field}-error"))
    assert said == faults(page)[0][1]
    assert message is None or said == words(message)
    assert page.html.title.text.startswith(words("Look again"))
    for key, value in values.items():
        boxes = page.html.select(f"input[name={key}][checked]")
        shown = page.forms["form"].fields[key]
        kept = [box["value"] for box in boxes] if isinstance(value, list) else shown[0].value
        assert kept == value or (not str(value).strip() and not kept)


def test_after_a_mistake_the_same_form_goes_on(visitor, books):
    page = visitor.submit(fill(at(visitor, "home").forms["form"], {"postcode": "80", "house": HOUSE}), status=422)
    page.forms["form"]["postcode"] = "8011PK"
    assert question(on(visitor, visitor.submit(page.forms["form"]))) == "provider"


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("who", {"who": "nobody"}),
        ("provider", {"provider": "de-emmer"}),
        ("when", {"__start__": "parts:sequence", "checkbox": "mo-night", "__end__": "parts:sequence", "start": "soon"}),
        ("when", {"__start__": "parts:mapping", "mo-morning": "x", "__end__": "parts:mapping", "start": "soon"}),
        ("reach", {"way": "pigeon"}),
    ],
)
def test_what_no_form_of_ours_offers_is_refused_as_a_wrong_answer(visitor, books, name, more):
    form = at(visitor, name).forms["form"]
    values = {"csrf_token": form["csrf_token"].value, **more}
    assert visitor.post(form.action, values).status_int == 422


def test_a_program_that_fills_in_everything_gets_nowhere(visitor, books):
    form = visitor.get(f"{FORM['nl']}/vraag/who").forms["form"]
    form["who"], form[TRAP] = "me", "+31"
    assert visitor.submit(form).location.endswith(FORM["nl"])
    assert books.rows(Draft) == []


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(visitor, books):
    page = to_check(visitor)
    shown = text(page.html.select_one("dl.answers"))
    for said in (NAME, HOUSE, EMAIL, "De Bezem", "Twents", NOTE, words("Monday morning"), words("By e-mail")):
        assert said in shown
    links = [link["href"].rsplit("/", 1)[1] for link in page.html.select("dd.answers__change a")]
    assert links == ORDER


@pytest.mark.parametrize("name", ORDER)
def test_changing_one_answer_leads_back_to_the_check_page_with_the_old_answer_filled_in(visitor, books, name):
    to_check(visitor)
    page = visitor.get(f"{FORM['nl']}/vraag/{name}")
    for key, value in ME[name].items():
        if not isinstance(value, list):
            assert page.forms["form"][key].value == value
        else:
            assert [box["value"] for box in page.html.select(f"input[name={key}][checked]")] == value
    back = on(visitor, visitor.submit(page.forms["form"]))
    assert back.request.path == f"{FORM['nl']}/controle"


def test_the_new_answer_is_the_one_that_is_sent(visitor, books):
    to_check(visitor)
    page = visitor.get(f"{FORM['nl']}/vraag/name")
    page = answer(visitor, page, {"name": "Jan Anders"})
    assert "Jan Anders" in text(main(page))
    on(visitor, visitor.submit(sending(page)))
    assert books.the(Contact).name == "Jan Anders"


def test_who_turns_out_to_ask_for_another_is_asked_who_they_are(visitor, books):
    to_check(visitor)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/who"), {"who": "carer"})
    assert question(page) == "helper"
    page = answer(visitor, page, FOR_MOTHER["helper"])
    assert page.request.path.endswith("/controle")


def test_who_turns_out_to_ask_for_themselves_has_no_helper_any_more(visitor, books):
    to_check(visitor, FOR_MOTHER)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/who"), {"who": "me"})
    on(visitor, visitor.submit(sending(page)))
    assert books.rows(Representative) == []


def test_another_address_where_the_provider_does_not_work_asks_for_a_provider_again(visitor, books):
    to_check(visitor)
    page = visitor.get(f"{FORM['nl']}/vraag/home")
    page = answer(visitor, page, {"postcode": "8031 AB", "house": "1"})
    assert question(page) == "provider"
    assert "de-bezem" not in {box["value"] for box in page.html.select("input[name=provider]")}
    page = answer(visitor, page, {"provider": "vechtstreek-thuishulp"})
    assert page.request.path.endswith("/controle")


def test_a_provider_that_left_before_it_was_sent_is_chosen_again(visitor, books, zwolle):
    page = to_check(visitor)
    elsewhere, here = ["8031"], ["8011", "8012", "8013", "8021", "8022", "8023"]
    try:
        with writing(zwolle.engine) as session:
            session.execute(update(Provider).where(Provider.slug == "de-bezem").values(postcodes=elsewhere))
        assert question(on(visitor, visitor.submit(sending(page)))) == "provider"
    finally:
        with writing(zwolle.engine) as session:
            session.execute(update(Provider).where(Provider.slug == "de-bezem").values(postcodes=here))
    assert books.rows(Case) == []


def test_a_question_that_is_not_open_yet_leads_to_the_start_and_one_that_is_not_there_is_not_found(visitor, books):
    assert on(visitor, visitor.get(f"{FORM['nl']}/vraag/note", status=303)).request.path == FORM["nl"]
    assert on(visitor, visitor.get(f"{FORM['nl']}/controle", status=303)).request.path == FORM["nl"]
    at(visitor, "provider")
    visitor.get(f"{FORM['nl']}/vraag/helper", status=404)
    visitor.get(f"{FORM['nl']}/vraag/bsn", status=404)
    assert question(on(visitor, visitor.get(f"{FORM['nl']}/controle", status=303))) == "provider"


def test_back_leads_to_the_question_before(visitor, books):
    page = at(visitor, "home", FOR_MOTHER)
    assert page.html.select_one("p.back a")["href"] == f"{FORM['nl']}/vraag/helper"
    page = at(visitor, "who")
    assert page.html.select_one("p.back a")["href"] == FORM["nl"]
