"""What goes wrong while somebody complains: a plain answer, and nothing that was typed is lost."""

import pytest

from portal.cases.models import Case, Draft
from portal.complaints.models import Complaint
from tests.reading import main, text, words
from tests.unit.cleaning.asking import answer, button, faults, fill, on, question, sending
from tests.unit.complaints.complaining import FOLLOW, FORM, ME, NAME, WHOM, WISH, WORDS, at, send, to_check

LONG = "a" * 3001
WRONG = [
    ("who", {}, "who"),
    ("about", {"whom": WHOM}, "about"),
    ("about", {"about": "provider", "whom": ""}, "whom"),
    ("happened", {"what": "", "when": "vorige week", "more_2": WORDS}, "what"),
    ("happened", {"what": LONG, "where": "aan de balie"}, "what"),
    ("happened", {"what": WORDS, "more_3": LONG}, "more_3"),
    ("decision", {"date": "16 november 2026"}, "letter"),
    ("decision", {"letter": "yes", "date": "31 februari 2026"}, "date"),
    ("decision", {"letter": "yes", "date": "24 november 2026"}, "date"),
    ("decision", {"letter": "yes", "date": "vorige week ergens"}, "date"),
    ("wish", {"wish": "a" * 1001, "first": "talk"}, "wish"),
    ("named", {}, "named"),
    ("name", {"name": ""}, "name"),
    ("home", {"postcode": "801", "house": "127"}, "postcode"),
    ("home", {"postcode": "8011PK", "house": ""}, "house"),
    ("reach", {"way": "email", "email": "x", "phone": "06 1234 9876"}, "email"),
    ("reach", {"way": "phone", "phone": ""}, "phone"),
]


@pytest.mark.parametrize(("name", "values", "field"), WRONG)
def test_each_slip_is_told_at_its_field_and_nothing_typed_is_lost(visitor, books, name, values, field):
    page = visitor.submit(fill(at(visitor, name).forms["form"], values), status=422)
    assert [where for where, _said in faults(page)] == [field]
    for key, value in values.items():
        kept = [box["value"] for box in page.html.select(f"input[name={key}][checked]")]
        assert value in (*kept, page.forms["form"].fields[key][0].value)


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_a_date_that_is_still_to_come_is_asked_again_in_the_readers_own_words(visitor, books, locale):
    page = at(visitor, "decision", ME, locale)
    page = visitor.submit(fill(page.forms["form"], {"letter": "yes", "date": "24-11-2026"}), status=422)
    ((_field, said),) = faults(page)
    assert said == words("This day still has to come. Look at the date on the letter again.", locale)


def test_somebody_who_lives_elsewhere_may_complain_here(visitor, books):
    send(visitor, {**ME, "home": {"postcode": "7411 AA", "house": "1"}})
    assert books.the(Case).kind == "complaint"


@pytest.mark.parametrize("name", ["wish", "reach", "happened"])
def test_a_question_that_builds_on_others_waits_for_them(visitor, books, name):
    at(visitor, "about")
    assert question(on(visitor, visitor.get(f"{FORM['nl']}/vraag/{name}", status=303))) == "about"


def test_two_tabs_that_both_send_are_one_complaint_with_one_message(visitor, books):
    one, other = to_check(visitor), visitor.get(f"{FORM['nl']}/controle")
    first = on(visitor, visitor.submit(sending(one)))
    again = on(visitor, visitor.submit(sending(other)))
    assert text(main(first)) == text(main(again))
    assert len(books.rows(Case)) == len(books.rows(Complaint)) == len(books.messages()) == 1


def test_back_and_sent_again_nothing_is_opened_and_the_draft_is_gone(visitor, books):
    page = to_check(visitor)
    on(visitor, visitor.submit(sending(page)))
    on(visitor, visitor.submit(sending(page)))
    assert len(books.rows(Case)) == 1
    assert books.rows(Draft) == []


def test_somebody_stops_half_way_and_goes_on_at_another_computer(visitor, another, books):
    page = at(visitor, "wish")
    code = page.html.select(".hint bdi")[-1].text
    resume = another.get(f"{FORM['nl']}/verder")
    page = on(another, another.submit(fill(resume.forms["form"], {"code": code})))
    assert question(page) == "wish"
    assert WORDS in another.get(f"{FORM['nl']}/vraag/happened").text


def test_an_answer_from_an_old_tab_is_kept(visitor, books):
    to_check(visitor)
    old_tab = visitor.get(f"{FORM['nl']}/vraag/name")
    assert question(answer(visitor, visitor.get(f"{FORM['nl']}/vraag/who"), {"who": "carer"})) == "helper"
    assert question(answer(visitor, old_tab, {"name": "Jan Anders"})) == "helper"
    assert books.the(Draft).answers["name"]["name"] == "Jan Anders"


def test_a_message_of_who_complained_is_kept_and_one_too_long_is_not_lost(visitor, books):
    send(visitor)
    status = f"{FOLLOW['nl']}/stand"
    page = visitor.submit(fill(visitor.get(status).forms["form"], {"text": "b" * 1001}), status=422)
    assert page.forms["form"]["text"].value == "b" * 1001
    page = on(visitor, visitor.submit(fill(page.forms["form"], {"text": "Ik heb ook een foto."})))
    assert words("You told us something") in text(main(page))


def test_taken_back_it_is_over_and_a_second_time_says_the_same(visitor, books):
    send(visitor)
    sure = visitor.get(f"{FOLLOW['nl']}/stap/withdraw")
    for _time in (1, 2):
        page = on(visitor, visitor.submit(button(sure, "/stap/withdraw")))
        assert "U hebt uw klacht gestopt" in text(main(page))
    assert books.the(Case).state == "withdrawn"
    assert len(books.messages()) == 2


def test_what_nobody_sees_without_a_code_is_not_on_the_page(visitor, books):
    send(visitor)
    shown = text(main(visitor.get(f"{FOLLOW['nl']}/stand")))
    assert not [private for private in (NAME, WORDS, WHOM, WISH, "8011") if private in shown]


@pytest.mark.parametrize("page", ["meer-tijd", "antwoord", "nalezen"])
def test_a_page_that_has_nothing_to_say_yet_leads_back_to_the_complaint(visitor, another, books, page):
    send(visitor)
    assert on(visitor, visitor.get(f"{FOLLOW['nl']}/{page}", status=303)).request.path == f"{FOLLOW['nl']}/stand"
    assert on(another, another.get(f"{FOLLOW['nl']}/{page}", status=303)).request.path == FOLLOW["nl"]
